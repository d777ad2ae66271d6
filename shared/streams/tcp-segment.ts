/**
 * What goes into the TCP tracker and what comes out of it: one segment, the analysis of one
 * segment, and the summary of a stream. Numbers are unsigned; 0 = none unless said.
 */

/** Bits of the TCP header's flags (RFC 9293 §3.1, RFC 3168, AE as in draft-ietf-tcpm-accurate-ecn). */
export const FIN = 0x001;
export const SYN = 0x002;
export const RST = 0x004;
export const PSH = 0x008;
export const ACK = 0x010;
export const URG = 0x020;
export const ECE = 0x040;
export const CWR = 0x080;
export const AE = 0x100;

/** One TCP segment as the tracker sees it. Reused by callers; copied where kept. */
export interface SegmentInput {
  packet: number;
  /** 0 for the first TCP header of a packet, 1 for one inside a tunnel, … */
  occurrence: number;
  /** Part of a packet that an error message quotes. */
  quoted: boolean;
  timeSeconds: number;
  timeNanos: number;
  /** AddressTable ids. */
  source: number;
  destination: number;
  sourcePort: number;
  destinationPort: number;
  sequence: number;
  acknowledgment: number;
  /** 12 bits: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128, AE 256. */
  flags: number;
  /** As in the header, unscaled. */
  window: number;
  /**
   * Payload bytes on the wire; -1 where nobody knows them (a fragment, a header that an ICMP
   * error quotes, a header longer than the packet): such a segment joins its stream, but its
   * numbers are not analysed.
   */
  payloadLength: number;
  /** From the options; -1 where absent. Shift counts are at most 14 (RFC 7323 §2.3). */
  windowScale: number;
  mss: number;
  sackPermitted: boolean;
  /** Timestamp option present. */
  timestamps: boolean;
  /** SACK option: number of blocks, 0 where absent, and bytes that the first three of them cover. */
  sackBlocks: number;
  sackedBytes: number;
  /** Fast Open option with a cookie (RFC 7413 §2.1). */
  fastOpenCookie: boolean;
  /** Accurate ECN option present. */
  accurateEcn: boolean;
  /** Multipath TCP option present. */
  multipath: boolean;
}

export function emptySegment(): SegmentInput {
  return {
    packet: 0, occurrence: 0, quoted: false, timeSeconds: 0, timeNanos: 0, source: 0, destination: 0, sourcePort: 0, destinationPort: 0,
    sequence: 0, acknowledgment: 0, flags: 0, window: 0, payloadLength: 0,
    windowScale: -1, mss: -1, sackPermitted: false, timestamps: false, sackBlocks: 0, sackedBytes: 0, fastOpenCookie: false, accurateEcn: false, multipath: false,
  };
}

/** Bits of `SegmentAnalysis.flags`; names are tcp.analysis.*. */
export const ANALYSIS = {
  retransmission: 1,
  fast_retransmission: 2,
  spurious_retransmission: 4,
  out_of_order: 8,
  lost_segment: 0x10,
  ack_lost_segment: 0x20,
  duplicate_ack: 0x40,
  keep_alive: 0x80,
  keep_alive_ack: 0x100,
  zero_window: 0x200,
  zero_window_probe: 0x400,
  zero_window_probe_ack: 0x800,
  window_update: 0x1000,
  window_full: 0x2000,
  reused_ports: 0x4000,
  tfo_syn: 0x8000,
  tfo_ack: 0x1_0000,
  tfo_ignored: 0x2_0000,
} as const;

/** The bits of ANALYSIS that Wireshark counts as tcp.analysis.flags: all but those of Fast Open. */
export const SEQUENCE_FLAGS = 0x7fff;

/** Bits of tcp.completeness. */
export const COMPLETENESS = { syn: 1, synAck: 2, ack: 4, data: 8, fin: 16, rst: 32 } as const;

/** What is known about one segment; all numbers are packet numbers, bytes or nanoseconds. */
export interface SegmentAnalysis {
  readonly stream: number;
  /** 0: sent by side A (first sender), 1: by side B. */
  readonly direction: 0 | 1;
  readonly flags: number;
  /** True where Wireshark has a tcp.analysis line: something below was found, or could have been. */
  readonly analysed: boolean;
  /** The packet that this one acknowledges (tcp.analysis.acks_frame) and the time since it. */
  readonly acksPacket: number;
  readonly ackRoundTripNs: number;
  readonly bytesInFlight: number;
  readonly pushBytesSent: number;
  readonly duplicateAckNumber: number;
  readonly duplicateAckPacket: number;
  readonly rtoNs: number;
  readonly rtoPacket: number;
  /** Earlier packet with the same stream, and time since it and since the stream's first. */
  readonly previousPacket: number;
  readonly sinceFirstNs: number;
  readonly sincePreviousNs: number;
}

/** One side of a stream, as known at the end of the index pass. */
export interface StreamSide {
  readonly address: number;
  readonly port: number;
  /** Raw number that counts as relative 0. */
  readonly baseSequence: number;
  readonly baseKnown: boolean;
  /** Shift count; -1 unknown (no SYN seen), -2 not used. */
  readonly windowScale: number;
  /** From the SYN; -1 where not said. */
  readonly mss: number;
  readonly sackPermitted: boolean;
  readonly timestamps: boolean;
}

export interface StreamSummary {
  readonly stream: number;
  readonly a: StreamSide;
  readonly b: StreamSide;
  readonly firstPacket: number;
  readonly lastPacket: number;
  readonly packets: number;
  /** tcp.completeness: SYN 1, SYN-ACK 2, ACK 4, DATA 8, FIN 16, RST 32. */
  readonly completeness: number;
  /** The same without what only the stream's first packet says; Wireshark shows this at that packet. */
  readonly completenessAtFirst: number;
  /** SYN to the ACK of the SYN-ACK; 0 where not seen. */
  readonly initialRoundTripNs: number;
  /** The port that a SYN was sent to, or a SYN-ACK came from; 0 where neither was seen. */
  readonly serverPort: number;
  /** The side that sent the first FIN: 0 or 1; -1 where none did. */
  readonly closingSide: -1 | 0 | 1;
  /** The two ends agreed on Accurate ECN: the three ECN bits are a counter. */
  readonly accurateEcn: boolean;
}
