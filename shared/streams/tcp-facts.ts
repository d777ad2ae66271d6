/**
 * What the tracker keeps about each TCP packet: 24 bytes in a row, addressed by packet
 * number. Stretches of a capture without TCP take no space, and what few packets have lies
 * in maps. Times are not stored here: the capture's columns have them (see PacketClock).
 */
import { ChunkedRows } from '../bytes/chunked.ts';
import { ANALYSIS } from './tcp-segment.ts';
import type { SegmentAnalyzer } from './tcp-analysis.ts';

/** Positions in a row. Stream and previous packet are stored + 1 and as they are; 0 = no TCP here. */
const STREAM = 0;
const PREVIOUS = 1;
/** ANALYSIS bits, and the two below. */
const BITS = 2;
const ACKS = 3;
/** Duplicate ACKs carry no data: their number and first packet stand in these two. */
const IN_FLIGHT = 4;
const PUSHED = 5;
const WIDTH = 6;
const CHUNK_BITS = 14;

const ANALYSED = 0x4000_0000;
const FROM_B = 0x2000_0000;
const FLAGS = 0x000f_ffff;

/** TCP headers of one packet that are told apart. */
const MAX_OCCURRENCES = 64;

/** The stored facts of one segment, times not yet worked out (see SegmentAnalysis). A copy: changing it changes nothing here. */
export interface SegmentFacts {
  readonly stream: number;
  readonly direction: 0 | 1;
  flags: number;
  analysed: boolean;
  readonly previousPacket: number;
  readonly acksPacket: number;
  readonly bytesInFlight: number;
  readonly pushBytesSent: number;
  readonly duplicateAckNumber: number;
  readonly duplicateAckPacket: number;
  readonly rtoPacket: number;
}

export class SegmentFactTable {
  private readonly rows = new ChunkedRows((length) => new Uint32Array(length), WIDTH, CHUNK_BITS);
  /** Packet whose sending the retransmission timer ran from, by retransmitted packet. */
  private readonly rtoPackets = new Map<number, number>();
  /** TCP headers inside of tunnels. */
  private readonly inner = new Map<number, SegmentFacts>();

  get byteLength(): number {
    return this.rows.byteLength + (this.rtoPackets.size + this.inner.size) * 64;
  }

  /** Notes what `result` holds about a segment. */
  set(packet: number, occurrence: number, stream: number, direction: 0 | 1, previousPacket: number, result: SegmentAnalyzer): void {
    if (occurrence > 0) {
      if (occurrence < MAX_OCCURRENCES) this.inner.set(packet * MAX_OCCURRENCES + occurrence, copyFacts(stream, direction, previousPacket, result));
      return;
    }
    const rows = this.rows.chunk(packet);
    const at = this.rows.offset(packet);
    const duplicate = (result.flags & ANALYSIS.duplicate_ack) !== 0;
    rows[at + STREAM] = stream + 1;
    rows[at + PREVIOUS] = previousPacket;
    rows[at + BITS] = result.flags | (result.analysed ? ANALYSED : 0) | (direction === 1 ? FROM_B : 0);
    rows[at + ACKS] = result.acksPacket;
    rows[at + IN_FLIGHT] = duplicate ? result.duplicateAckNumber : result.bytesInFlight;
    rows[at + PUSHED] = duplicate ? result.duplicateAckPacket : result.pushBytesSent;
    if (result.rtoPacket !== 0) this.rtoPackets.set(packet, result.rtoPacket);
  }

  /** The stream of a packet's first TCP header; -1 where it has none. */
  stream(packet: number): number {
    const rows = this.rows.peek(packet);
    return rows === undefined ? -1 : (rows[this.rows.offset(packet) + STREAM] as number) - 1;
  }

  /** ANALYSIS bits of a packet's first TCP header. */
  flags(packet: number): number {
    const rows = this.rows.peek(packet);
    return rows === undefined ? 0 : (rows[this.rows.offset(packet) + BITS] as number) & FLAGS;
  }

  /** Direction of a packet's first TCP header; 0 where it has none. */
  direction(packet: number): 0 | 1 {
    const rows = this.rows.peek(packet);
    return rows !== undefined && ((rows[this.rows.offset(packet) + BITS] as number) & FROM_B) !== 0 ? 1 : 0;
  }

  previousPacket(packet: number): number {
    const rows = this.rows.peek(packet);
    return rows === undefined ? 0 : (rows[this.rows.offset(packet) + PREVIOUS] as number);
  }

  get(packet: number, occurrence: number): SegmentFacts | null {
    if (occurrence > 0) {
      const inner = this.inner.get(packet * MAX_OCCURRENCES + occurrence);
      return inner === undefined ? null : { ...inner };
    }
    const rows = this.rows.peek(packet);
    if (rows === undefined) return null;
    const at = this.rows.offset(packet);
    const stream = rows[at + STREAM] as number;
    if (stream === 0) return null;
    const bits = rows[at + BITS] as number;
    const duplicate = (bits & ANALYSIS.duplicate_ack) !== 0;
    const inFlight = rows[at + IN_FLIGHT] as number;
    const pushed = rows[at + PUSHED] as number;
    return {
      stream: stream - 1,
      direction: (bits & FROM_B) === 0 ? 0 : 1,
      flags: bits & FLAGS,
      analysed: (bits & ANALYSED) !== 0,
      previousPacket: rows[at + PREVIOUS] as number,
      acksPacket: rows[at + ACKS] as number,
      bytesInFlight: duplicate ? 0 : inFlight,
      pushBytesSent: duplicate ? 0 : pushed,
      duplicateAckNumber: duplicate ? inFlight : 0,
      duplicateAckPacket: duplicate ? pushed : 0,
      rtoPacket: this.rtoPackets.get(packet) ?? 0,
    };
  }
}

function copyFacts(stream: number, direction: 0 | 1, previousPacket: number, result: SegmentAnalyzer): SegmentFacts {
  const { flags, analysed, acksPacket, bytesInFlight, pushBytesSent, duplicateAckNumber, duplicateAckPacket, rtoPacket } = result;
  return { stream, direction, flags, analysed, previousPacket, acksPacket, bytesInFlight, pushBytesSent, duplicateAckNumber, duplicateAckPacket, rtoPacket };
}
