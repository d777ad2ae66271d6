/**
 * What protocols are made of: fields and their types, claims, guesses, and both as the
 * program uses them.
 */

/** Integers are big-endian unless their name ends in `le`. */
export type FieldType =
  | 'u8' | 'u16' | 'u24' | 'u32' | 'u40' | 'u48' | 'u64'
  | 'u16le' | 'u24le' | 'u32le' | 'u40le' | 'u48le' | 'u64le'
  | 'i8' | 'i16' | 'i32' | 'i64'
  | 'bool'
  | 'bytes' | 'string'
  | 'ether' | 'ipv4' | 'ipv6'
  /** Seconds as a number; shown with nine digits. */
  | 'reltime'
  /** Seconds and nanoseconds: value object is `TimeValue`. */
  | 'abstime'
  | 'double'
  /** Number of another packet; shown as a link. */
  | 'framenum'
  /** No value: present or absent, such as tcp.analysis.retransmission. */
  | 'none'
  /** The line of a protocol itself. */
  | 'protocol';

/** An absolute time, or a duration that must be exact. */
export interface TimeValue {
  readonly seconds: number;
  readonly nanos: number;
}

export type Names = Readonly<Record<number, string>> | ((value: number) => string | undefined);

export interface FieldSpec {
  readonly type: FieldType;
  /** What people read, in Wireshark's words where it has a good one. */
  readonly label: string;
  /** How `-T fields` and the tree write an integer; `dec` when absent. Hex is padded to the type's width; `char` is a character in quotation marks. */
  readonly base?: 'dec' | 'hex' | 'oct' | 'dec.hex' | 'hex.dec' | 'char';
  readonly names?: Names;
  /** Key of the field these bits are part of; the field sits on its parent's bytes. */
  readonly of?: string;
  /** Bits of the parent, in the parent's width; without `of`, bits of the bytes that `take` and `at` read. */
  readonly mask?: number;
  /** Number of bytes, for `bytes`, `string` and integers of odd widths. */
  readonly size?: number;
  /** Full filter name where it is not `id.key`. */
  readonly name?: string;
  /** Not drawn in the tree, but found by filters and `-e` (for example ip.addr). */
  readonly hidden?: true;
  /** For `string`: the recorded bytes are an address and the value is its text (ip.src_host). */
  readonly text?: 'ether' | 'ipv4' | 'ipv6';
  /** For `string`: how its bytes are text; UTF-8 when absent. Bytes that are none show as U+FFFD. */
  readonly encoding?: 'ascii';
  /** Words after the number, for example "seconds" or "bytes". */
  readonly unit?: string;
  /** The value in words, used in the tree instead of the plain value. */
  readonly show?: (value: number) => string;
  /** For booleans: words for set and not set; "Set" and "Not set" when absent. */
  readonly states?: readonly [whenSet: string, whenClear: string];
  /** One sentence for the status bar and the glossary. */
  readonly help?: string;
}

export type Fields = Readonly<Record<string, FieldSpec>>;

/** What `take` gives back for a field type. */
export type Taken<T extends FieldType> = T extends 'u64' | 'u64le' | 'i64'
  ? bigint
  : T extends 'bytes' | 'string' | 'ether' | 'ipv4' | 'ipv6'
    ? Uint8Array
    : number;

/**
 * Tables in which protocols look up what comes next. `ethertype` also leaves its own
 * name in frame.protocols, as Wireshark does.
 */
export type TableName = 'link' | 'ethertype' | 'ip.proto' | 'tcp.port' | 'udp.port' | 'llc.dsap' | 'snap.oui' | 'ppp.protocol' | 'media-type' | 'null.family' | 'gre.proto' | 'vxlan.next_proto' | 'sctp.ppi' | 'sctp.port' | 'dccp.port' | 'igmp.type' | 'chdlc.protocol' | 'fr.nlpid' | 'osinl' | 'slow.subtype' | `llc.${string}_pid` | 'pwach.channel_type' | 'sm_pco.protocol' | 'ws.protocol';

export interface Claim {
  readonly table: TableName;
  /** None: the protocol has no number of its own, and users may say that it has one (Decode As). */
  readonly keys: readonly (number | string)[];
}

/** Looks at bytes without consuming them; `at` counts from the start of the payload. */
export interface Peek {
  readonly length: number;
  /** Bytes on the wire, of which `length` were captured. */
  readonly reportedLength: number;
  u8(at: number): number;
  u16(at: number): number;
  u32(at: number): number;
  text(at: number, length: number): string;
}

/** Ports of the segment or datagram that bytes came in; -1 where it has none. */
export interface Ports {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export interface Guess {
  /** What carries the bytes; `stun` is a relay (TURN). */
  readonly table: 'tcp' | 'udp' | 'stun';
  /** Lower ranks are asked first. */
  readonly rank: number;
  readonly accepts: (peek: Peek) => boolean;
}

/** What ASN.1 modules say of an object identifier: its name, and how values are written that it announces (a part; see ber/notation.ts). */
export interface ObjectIdentifier {
  readonly name: string;
  readonly syntax?: object;
}

export type OsiLayer = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A protocol as it is written down; define.ts gives `parse` the type of the field table. */
export interface ProtocolDescription {
  /** As in frame.protocols; also the file's name and the filter prefix. */
  readonly id: string;
  readonly title: string;
  /** For the Protocol column and envelopes, for example "TCP". */
  readonly short: string;
  /** Where its header is specified, for example "RFC 9293 §3.1". */
  readonly spec: string;
  readonly osi: OsiLayer;
  /** A form of another protocol that Wireshark does not name in frame.protocols. */
  readonly unnamed?: true;
  readonly claims?: readonly Claim[];
  readonly guesses?: readonly Guess[];
  /** May refuse bytes that a claim in `table` sent here (a port is only a hint); whoever comes next is asked then. */
  readonly accepts?: (peek: Peek, table?: TableName, ports?: Ports) => boolean;
  /** Object identifiers by their dotted text, where the protocol is a module of ASN.1. */
  readonly objectIdentifiers?: ReadonlyMap<string, ObjectIdentifier>;
  /**
   * Keys under which fields stand that few of the protocol's packets have: `Layer.section` says that a packet has some. Whoever
   * looks for such a field asks these packets only.
   */
  readonly sections?: readonly string[];
  /**
   * Makes the field table. A function, as a capture has few of the protocols, and the tables of all would take as long
   * to make as the rest of a start.
   */
  readonly fields: () => Fields;
  /** Reads one layer; see layer.ts for what it can do. Never throws on any bytes. */
  parse(layer: object): void;
}

/** A field as the program uses it, made once per protocol. */
export interface FieldInfo {
  /** Number over all protocols, in the order in which their tables were needed. */
  readonly id: number;
  readonly protocol: ProtocolInfo;
  readonly key: string;
  /** Filter name. */
  readonly name: string;
  readonly spec: FieldSpec;
  readonly type: FieldType;
  /** Bytes on the wire; 0 where it varies. */
  readonly width: number;
  readonly shift: number;
  /** Fields that are bits of this one, in table order. */
  readonly bits: FieldInfo[];
}

/** A protocol as the program uses it. */
export interface ProtocolInfo {
  readonly spec: ProtocolDescription;
  readonly id: string;
  /** The protocol's own line. */
  readonly field: FieldInfo;
  /** The field table, made when it is first asked for. */
  readonly byKey: Readonly<Record<string, FieldInfo>>;
  readonly fields: readonly FieldInfo[];
}
