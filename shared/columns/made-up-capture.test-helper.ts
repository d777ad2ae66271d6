/** Columns of a made-up capture beside the plain list of packets they were made from: the reference of the view tests. */
import { ipv4Text, ipv6Text } from '../dissect/address-text.ts';
import { emptySegment } from '../streams/tcp-segment.ts';
import { Streams } from '../streams/streams.ts';
import { PacketColumns } from './packet-columns.ts';
import type { ConversationKind } from './packet-columns.ts';
import type { SortedCapture, TextColumn } from './view-sort.ts';

export interface MadeUpPacket {
  readonly kind: ConversationKind;
  readonly version: 4 | 6;
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly stream: number;
  readonly flags: number;
  readonly length: number;
  readonly hasTime: boolean;
  readonly seconds: number;
  readonly nanos: number;
  readonly texts: Readonly<Record<TextColumn, string>>;
}

export interface MadeUpCapture extends SortedCapture {
  readonly packets: MadeUpPacket[];
  /** Adds packets behind those that are there. */
  grow(count: number): void;
  /** Texts that were read so far. */
  reads: number;
}

/** The same numbers on every run (Mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const kinds = ['tcp', 'tcp', 'tcp', 'udp', 'ip', 'none'] as const;
const protocols = ['TCP', 'tcp', 'DNS', 'ARP', 'TLSv1.2', 'TLSv1.3'] as const;

export function makeUpCapture(count: number, seed = 1): MadeUpCapture {
  const random = randomNumbers(seed);
  const columns = new PacketColumns();
  const streams = new Streams();
  const packets: MadeUpPacket[] = [];
  const segment = emptySegment();
  const intern = (version: 4 | 6, bytes: Uint8Array): number => streams.addresses.intern(version, bytes, 0);

  function add(): void {
    const draft = draftPacket(random);
    const position = columns.append(packets.length * 100, draft.length, draft.length, draft.hasTime, draft.seconds, draft.nanos, 0);
    const [from, to] = draft.kind === 'none' ? [0, 0] : [intern(draft.version, draft.source), intern(draft.version, draft.destination)];
    let stream = 0;
    if (draft.kind === 'tcp') {
      Object.assign(segment, { packet: position + 1, flags: draft.flags & 0x10, source: from, destination: to, sourcePort: draft.sourcePort, destinationPort: draft.destinationPort });
      stream = streams.tcp.observe(segment, streams.addresses);
      columns.setTcp(position, stream, -1, streams.tcp.directionOf(position + 1), draft.flags, 0);
    } else if (draft.kind === 'udp' || draft.kind === 'ip') {
      const table = streams[draft.kind];
      stream = table.findOrAdd(from, draft.sourcePort, to, draft.destinationPort);
      columns.setConversation(position, draft.kind, stream, -1, table.direction);
    }
    // A few packets have a name that the columns do not know.
    if (position % 17 !== 0) columns.setKind(position, columns.kinds.number(draft.texts.protocol, chainOf(draft)));
    packets.push({ ...draft, stream });
  }

  const capture: MadeUpCapture = {
    columns,
    streams,
    packets,
    reads: 0,
    readText: (position, column) => {
      capture.reads += 1;
      return packets[position]!.texts[column];
    },
    // One column, of numbers or of texts: only packets with TCP have a number.
    readColumn: ({ names }) => ({
      isNumeric: !names,
      *prepare() {},
      text: (position) => packets[position]!.texts.info,
      number: (position) => madeUpNumber(packets[position]!),
    }),
    grow: (more) => {
      for (let index = 0; index < more; index += 1) add();
    },
  };
  capture.grow(count);
  return capture;
}

/** Of both signs, with fractions and zeros of both signs. */
export function madeUpNumber({ flags, length, nanos }: Pick<MadeUpPacket, 'flags' | 'length' | 'nanos'>): number {
  if (flags === 0) return NaN;
  return length % 7 === 0 ? -0 : (length - 700) * (nanos % 3 === 0 ? 1e-3 : 1e12);
}

function chainOf({ kind, version }: Pick<MadeUpPacket, 'kind' | 'version'>): string {
  if (kind === 'none') return 'eth';
  const network = version === 4 ? 'eth:ethertype:ip' : 'eth:ethertype:ipv6';
  return kind === 'ip' ? network : `${network}:${kind}`;
}

function draftPacket(random: (below: number) => number): Omit<MadeUpPacket, 'stream'> {
  const kind = kinds[random(kinds.length)]!;
  const version = random(5) === 0 ? 6 : 4;
  const address = (): Uint8Array => Uint8Array.from({ length: version === 4 ? 4 : 16 }, (_, index) => (index === 3 ? random(12) : index === 0 ? 10 : 0));
  const [source, destination] = [address(), address()];
  const hasPorts = kind === 'tcp' || kind === 'udp';
  const text = (bytes: Uint8Array): string => (kind === 'none' ? `02:00:00:00:00:0${bytes[3]! % 10}` : version === 4 ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0));
  return {
    kind,
    version,
    source,
    destination,
    sourcePort: hasPorts ? 40_000 + random(4) : 0,
    destinationPort: hasPorts ? [53, 80, 443][random(3)]! : 0,
    flags: kind === 'tcp' ? random(0x1000) : 0,
    length: 40 + random(1500),
    hasTime: random(50) !== 0,
    seconds: 1_700_000_000 + random(20) - 10,
    nanos: random(1e9),
    texts: { source: text(source), destination: text(destination), protocol: protocols[random(protocols.length)]!, info: infoText(random) },
  };
}

/** Long common beginnings, equal texts, texts that are the beginning of others, and letters beyond ASCII. */
function infoText(random: (below: number) => number): string {
  const parts = ['', '443 → 51516 [ACK] Seq=1 Ack=1 Win=64240 Len=0 TSval=100 TSecr=200', '443 → 51516 [ACK] Seq=1 Ack=1 Win=64240 Len=0 TSval=100 TSecr=2001', 'ü\u{1F600}', '\u{FFFD}', 'A\u0000', 'A', 'Standard query'];
  return `${parts[random(parts.length)]!}${random(3) === 0 ? 'x'.repeat(random(200)) : ''}${random(2) === 0 ? String(random(5)) : ''}`;
}
