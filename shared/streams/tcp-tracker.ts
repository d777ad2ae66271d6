/**
 * TCP conversations and Wireshark's TCP analysis, computed once, in file order (index pass),
 * and looked up by every later pass.
 */
import type { AddressTable } from './address-table.ts';

/** One TCP segment as the tracker sees it. Reused by callers; copied where kept. */
export interface SegmentInput {
  packet: number;
  /** 0 for the first TCP header of a packet, 1 for one inside a tunnel, … */
  occurrence: number;
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
  /** Payload bytes on the wire. */
  payloadLength: number;
  /** From the options; -1 where absent. */
  windowScale: number;
  mss: number;
  sackPermitted: boolean;
  /** Timestamp option present. */
  timestamps: boolean;
  /** SACK option: number of blocks, 0 where absent. */
  sackBlocks: number;
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

/** What is known about one segment; all numbers are packet numbers, bytes or nanoseconds; 0 = none unless said. */
export interface SegmentAnalysis {
  readonly stream: number;
  /** 0: sent by side A (first sender), 1: by side B. */
  readonly direction: 0 | 1;
  readonly flags: number;
  /** The packet that this one acknowledges (tcp.analysis.acks_frame) and the time since it, in ns. */
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
  readonly mss: number;
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
  /** SYN to the ACK of the SYN-ACK; 0 where not seen. */
  readonly initialRoundTripNs: number;
}

export class TcpTracker {
  /** Takes the next segment of the capture (index pass, file order). Returns its stream. */
  observe(_segment: SegmentInput, _addresses: AddressTable): number {
    throw new Error('not yet written');
  }

  get streamCount(): number {
    return 0;
  }

  /** Null where the packet (or that occurrence in it) was not a tracked segment. */
  analysis(_packet: number, _occurrence: number): SegmentAnalysis | null {
    return null;
  }

  stream(_stream: number): StreamSummary | null {
    return null;
  }
}
