/**
 * What the tracker keeps about each TCP packet: its place in the stream and what was found in
 * the capture's columns (PacketLinks), and 12 bytes here, addressed by packet number. Stretches
 * of a capture without TCP take no space; what few packets have lies in rows of its own. Times
 * are not stored here: the capture's columns have them (PacketClock).
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { KeyedRows } from '../bytes/keyed-rows.ts';
import { PooledRows } from '../bytes/pooled-rows.ts';
import type { PacketLinks } from './packet-links.ts';
import { ANALYSIS } from './tcp-segment.ts';
import type { SegmentInput } from './tcp-segment.ts';
import type { SegmentAnalyzer } from './tcp-analysis.ts';

/** Positions in a row. */
const ACKS = 0;
/** Duplicate ACKs carry no data: their number and first packet stand in these two. */
const IN_FLIGHT = 1;
const PUSHED = 2;
const WIDTH = 3;
const CHUNK_BITS = 14;

/** Beside the ANALYSIS bits: there was something to analyse. */
export const ANALYSED = 0x4_0000;
const ANALYSIS_MASK = ANALYSED - 1;

/** Positions in a row of `others`. */
const OCCURRENCE = 0;
const STREAM = 1;
const DIRECTION = 2;
const PREVIOUS = 3;
const BITS = 4;
const OTHER = 5;
const OTHER_RTO = OTHER + WIDTH;
const OTHER_WIDTH = OTHER_RTO + 1;

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
  links: PacketLinks;
  private readonly rows: PooledRows<Uint32Array>;
  /** Packet whose sending the retransmission timer ran from, by retransmitted packet. */
  private readonly rtoPackets: KeyedRows;
  /** TCP headers that are quoted, or inside of another's payload. */
  private readonly others: KeyedRows;

  constructor(links: PacketLinks, pool: ChunkPool) {
    this.links = links;
    this.rows = new PooledRows(Uint32Array, WIDTH, CHUNK_BITS, pool);
    this.rtoPackets = new KeyedRows(1, pool);
    this.others = new KeyedRows(OTHER_WIDTH, pool);
  }

  get byteLength(): number {
    return this.rows.byteLength + this.rtoPackets.byteLength + this.others.byteLength;
  }

  /** Notes what `result` holds about a segment. */
  set(segment: SegmentInput, stream: number, direction: 0 | 1, previousPacket: number, result: SegmentAnalyzer): void {
    const { packet, occurrence } = segment;
    const bits = result.flags | (result.analysed ? ANALYSED : 0);
    const duplicate = (result.flags & ANALYSIS.duplicate_ack) !== 0;
    const inFlight = duplicate ? result.duplicateAckNumber : result.bytesInFlight;
    const pushed = duplicate ? result.duplicateAckPacket : result.pushBytesSent;
    if (occurrence > 0 || segment.quoted) {
      if (occurrence < MAX_OCCURRENCES) this.others.append(packet, [occurrence, stream, direction, previousPacket, bits, result.acksPacket, inFlight, pushed, result.rtoPacket]);
      return;
    }
    this.links.join(packet, stream, direction, previousPacket, segment.flags, bits);
    const rows = this.rows.chunk(packet);
    const at = this.rows.offset(packet);
    rows[at + ACKS] = result.acksPacket;
    rows[at + IN_FLIGHT] = inFlight;
    rows[at + PUSHED] = pushed;
    if (result.rtoPacket !== 0) this.rtoPackets.append(packet, [result.rtoPacket]);
  }

  /** ANALYSIS bits of a packet's own TCP header. */
  flags(packet: number): number {
    return this.links.analysis(packet) & ANALYSIS_MASK;
  }

  /** The packet before this one in a stream that has it; 0 for the first. */
  previousPacket(stream: number, packet: number): number {
    if (this.links.stream(packet) === stream) return this.links.previousPacket(packet);
    const { others } = this;
    for (let row = others.first(packet); row >= 0 && others.packet(row) === packet; row += 1) if (others.value(row, STREAM) === stream) return others.value(row, PREVIOUS);
    return 0;
  }

  get(packet: number, occurrence: number): SegmentFacts | null {
    const { links, others } = this;
    const stream = occurrence === 0 ? links.stream(packet) : -1;
    if (stream >= 0) {
      const rows = this.rows.peek(packet) ?? NOTHING;
      const bits = links.analysis(packet);
      const rto = (bits & ANALYSIS.retransmission) !== 0 ? this.rtoPackets.first(packet) : -1;
      const at = this.rows.offset(packet);
      return factsOf(stream, links.direction(packet), links.previousPacket(packet), bits, rows[at + ACKS] ?? 0, rows[at + IN_FLIGHT] ?? 0, rows[at + PUSHED] ?? 0, rto < 0 ? 0 : this.rtoPackets.value(rto, 0));
    }
    for (let row = others.count === 0 ? -1 : others.first(packet); row >= 0 && others.packet(row) === packet; row += 1) {
      if (others.value(row, OCCURRENCE) !== occurrence) continue;
      const value = (index: number): number => others.value(row, index);
      return factsOf(value(STREAM), value(DIRECTION) === 0 ? 0 : 1, value(PREVIOUS), value(BITS), value(OTHER + ACKS), value(OTHER + IN_FLIGHT), value(OTHER + PUSHED), value(OTHER_RTO));
    }
    return null;
  }
}

const NOTHING = new Uint32Array(0);

function factsOf(stream: number, direction: 0 | 1, previousPacket: number, bits: number, acksPacket: number, inFlight: number, pushed: number, rtoPacket: number): SegmentFacts {
  const duplicate = (bits & ANALYSIS.duplicate_ack) !== 0;
  return {
    stream,
    direction,
    flags: bits & ANALYSIS_MASK,
    analysed: (bits & ANALYSED) !== 0,
    previousPacket,
    acksPacket,
    bytesInFlight: duplicate ? 0 : inFlight,
    pushBytesSent: duplicate ? 0 : pushed,
    duplicateAckNumber: duplicate ? inFlight : 0,
    duplicateAckPacket: duplicate ? pushed : 0,
    rtoPacket,
  };
}
