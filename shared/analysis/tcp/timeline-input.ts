/**
 * What the TCP timeline is built from: one stream's segments in file order, as plain numbers.
 * The engine feeds it from columns and packet bytes; tests from literals.
 */

/** One TCP segment of the stream. */
export interface TimelineSegmentInput {
  readonly packet: number;
  /** Nanoseconds since the stream's first segment; may step back where the capture's clock did. */
  readonly timeNs: number;
  /** 0: sent by `sides[0]`, 1: sent by `sides[1]`. */
  readonly side: 0 | 1;
  /** As in the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128, AE 256. */
  readonly flags: number;
  /** Raw 32-bit numbers as on the wire; the acknowledgment is ignored without the ACK flag. */
  readonly sequence: number;
  readonly acknowledgment: number;
  /** Payload bytes on the wire, whether captured or not. */
  readonly payloadLength: number;
  /** As in the header, unscaled. */
  readonly window: number;
  /** Options of a SYN; null for every other segment. */
  readonly options: SynOptions | null;
  /** Names of its tcp.analysis flags without the prefix, for example "retransmission". */
  readonly analysis: readonly string[];
}

/** What a SYN offers (RFC 9293 §3.2, RFC 7323 §2 and §3, RFC 2018 §2); null where the option is absent. */
export interface SynOptions {
  readonly mss: number | null;
  /** Shift count. */
  readonly windowScale: number | null;
  readonly sackPermitted: boolean;
  readonly timestamps: boolean;
}

export interface TimelineSide {
  /** As text, for example "192.168.1.24". */
  readonly address: string;
  readonly port: number;
  /** Raw number that counts as relative 0 in the packet list; null: judged from the segments. */
  readonly baseSequence: number | null;
}

export interface TimelineInput {
  readonly stream: number;
  /** TCP streams in the capture so far. */
  readonly streamCount: number;
  /** Side 0 is the sender of the stream's first segment. */
  readonly sides: readonly [TimelineSide, TimelineSide];
  /** Packet that the window of shown segments is laid around; 0 for the start of the stream. */
  readonly aroundPacket: number;
  /** When the capture ended, in nanoseconds since the stream's first segment; null while it still grows. */
  readonly captureEndNs: number | null;
  /** Time since an earlier stream between the same ports ended; null where there was none. */
  readonly reusedAfterNs: number | null;
}
