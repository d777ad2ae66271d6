/**
 * The fields that somebody wants on the tape, where not all are wanted: filters and columns ask
 * millions of packets for one or two. Protocols without any of them record nothing, and where
 * all of them lie at the transport layer or below, payloads are not read at all.
 */
import type { FieldInfo, ProtocolInfo } from './field.ts';

/** Record nothing but fields of their own. */
const COMMON: ReadonlySet<string> = new Set(['frame', 'eth', 'vlan', 'ip', 'ipv6', 'tcp', 'udp', 'data']);

const FIELD = 1;
const PROTOCOL = 2;
const TRANSPORT = 4;

export class FieldChoice {
  /** True where a protocol above the transport layer, or what tells of reassembly, is among them. */
  readonly reachesUp: boolean;
  /** True where nothing below the transport layer is wanted: plain headers need not be read again (columns/field-reader.ts). */
  readonly startsAtTransport: boolean;
  /** True where only what lies below the transport layer is wanted. */
  readonly endsAtNetwork: boolean;
  /** By field id, up to the highest that is wanted: FIELD, for a protocol's own field also PROTOCOL where any field of the protocol is wanted. */
  private readonly marks: Uint8Array;
  /** Every protocol is to be read as if something of it were wanted. */
  private readonly isEverywhere: boolean;
  private readonly names = new Map<ProtocolInfo, string[]>();
  private readonly isBeside: boolean;

  /** `isBeside`: the packet is read as a whole for something else, and only these fields' own layers record any of them. */
  constructor(fields: Iterable<FieldInfo>, isBeside = false) {
    let highest = -1;
    for (const { id, protocol } of fields) highest = Math.max(highest, id, protocol.field.id);
    this.marks = new Uint8Array(highest + 1);
    this.isBeside = isBeside;
    let reachesUp = isBeside;
    let isEverywhere = false;
    let lowest = Infinity;
    let uppermost = -Infinity;
    for (const field of fields) {
      const { osi } = field.protocol.spec;
      lowest = Math.min(lowest, osi);
      uppermost = Math.max(uppermost, osi);
      this.mark(field.id, FIELD);
      this.mark(field.protocol.field.id, PROTOCOL);
      this.names.set(field.protocol, [...(this.names.get(field.protocol) ?? []), field.key]);
      reachesUp ||= osi > TRANSPORT || isAboutPayload(field);
      isEverywhere ||= isOfWholePacket(field);
    }
    this.isEverywhere = isEverywhere;
    this.reachesUp = reachesUp;
    this.startsAtTransport = lowest >= TRANSPORT && !isEverywhere && !isBeside;
    this.endsAtNetwork = uppermost < TRANSPORT && !reachesUp;
  }

  private mark(id: number, mark: number): void {
    this.marks[id] = (this.marks[id] as number) | mark;
  }

  /** Lines of text are never wanted. */
  hasField(field: FieldInfo | null): boolean {
    return field !== null && ((this.marks[field.id] ?? 0) & FIELD) !== 0;
  }

  /**
   * Whether any field of the protocol is wanted, the protocol itself included. Exact for the protocols that
   * most packets have; others may record fields of each other, and are read whenever anything is wanted.
   */
  hasProtocol(protocol: ProtocolInfo): boolean {
    return this.isEverywhere || !(this.isBeside || COMMON.has(protocol.id)) || ((this.marks[protocol.field.id] ?? 0) & PROTOCOL) !== 0;
  }

  /** Whether any field of the protocol is wanted whose key begins like this. */
  hasGroup(protocol: ProtocolInfo, prefix: string): boolean {
    return this.names.get(protocol)?.some((key) => key.startsWith(prefix)) ?? false;
  }
}

/** What a transport protocol tells of its payload is known only once the payload has been read. */
function isAboutPayload(field: FieldInfo): boolean {
  return (field.protocol.id === 'tcp' && /^(segment|reassembled|fin_retransmission|pdu)/.test(field.key)) || isOfWholePacket(field);
}

/** Marks of broken layers can stand in every protocol, and the list of protocols names what is read only to be shown. */
function isOfWholePacket({ protocol, key }: FieldInfo): boolean {
  return protocol.id.startsWith('_ws') || (protocol.id === 'frame' && /^(protocols|coloring)/.test(key));
}
