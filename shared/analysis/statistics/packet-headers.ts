/**
 * The IP headers of a dissected packet, outermost first, each with the conversation that stands in it. Headers that
 * an ICMP error quotes are not the packet's own, and are left out, as in Wireshark's conversations.
 */
import type { Dissection } from '../../dissect/dissection.ts';

export interface PacketHeader {
  readonly version: 4 | 6;
  /** 4 or 16 bytes of the packet's own: to be copied by whoever keeps them. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** What it carries, with the number of the conversation and the sender's port; null where that is no TCP or UDP. */
  readonly transport: { readonly protocol: 'tcp' | 'udp'; readonly stream: number; readonly sourcePort: number } | null;
}

const ADDRESS_LENGTHS = { 4: 4, 6: 16 } as const;

/** `run` has all fields on its tape. */
export function packetHeaders(run: Dissection): PacketHeader[] {
  const headers: PacketHeader[] = [];
  for (const [index, layer] of run.layers.entries()) {
    const { id } = layer.protocol;
    if (id === 'icmp' || id === 'icmpv6') break;
    if (id === 'ip' || id === 'ipv6') {
      const header = networkHeader(run, index, id === 'ip' ? 4 : 6);
      if (header !== null) headers.push(header);
    } else if (id === 'tcp' || id === 'udp') {
      const within = headers.at(-1);
      const transport = transportHeader(run, index, id);
      if (within !== undefined && within.transport === null) headers[headers.length - 1] = { ...within, transport };
    }
  }
  return headers;
}

function networkHeader(run: Dissection, layer: number, version: 4 | 6): PacketHeader | null {
  const id = version === 4 ? 'ip' : 'ipv6';
  const source = bytesOf(run, layer, `${id}.src`);
  const destination = bytesOf(run, layer, `${id}.dst`);
  const length = ADDRESS_LENGTHS[version];
  if (source === null || destination === null || source.length !== length || destination.length !== length) return null;
  return { version, source, destination, transport: null };
}

function transportHeader(run: Dissection, layer: number, protocol: 'tcp' | 'udp'): PacketHeader['transport'] {
  const stream = numberOf(run, layer, `${protocol}.stream`);
  const sourcePort = numberOf(run, layer, `${protocol}.srcport`);
  return stream === null || sourcePort === null ? null : { protocol, stream, sourcePort };
}

/** First entry of a field in a layer; −1 where there is none. */
function entryOf({ tape }: Dissection, layer: number, name: string): number {
  for (let entry = 0; entry < tape.count; entry += 1) if (tape.layers[entry] === layer && tape.fields[entry]?.name === name) return entry;
  return -1;
}

/** What the first field of this name in a layer stands on, as bytes of the packet's own; null where the layer has none. */
export function bytesOf(run: Dissection, layer: number, name: string): Uint8Array | null {
  const entry = entryOf(run, layer, name);
  if (entry < 0) return null;
  const { sources, starts, lengths } = run.tape;
  const start = starts[entry] as number;
  return run.sources[sources[entry] as number]?.bytes.subarray(start, start + (lengths[entry] as number)) ?? null;
}

function numberOf(run: Dissection, layer: number, name: string): number | null {
  const entry = entryOf(run, layer, name);
  return entry < 0 ? null : (run.tape.numbers[entry] as number);
}
