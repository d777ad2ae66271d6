/**
 * TCP conversations and Wireshark's TCP analysis, computed once, in file order (index pass),
 * and looked up by every later pass. Costs 12 bytes a TCP packet, besides its place in the
 * capture's columns, and 228 bytes a stream.
 */
import type { AddressTable } from './address-table.ts';
import { BaseChanges } from './tcp-bases.ts';
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { SpillingRows } from '../bytes/spilling-rows.ts';
import { FlowTable } from './flow-table.ts';
import { OwnClock, OwnLinks } from './packet-links.ts';
import type { PacketClock, PacketLinks } from './packet-links.ts';
import { SegmentAnalyzer } from './tcp-analysis.ts';
import { SegmentFactTable } from './tcp-facts.ts';
import type { SegmentFacts } from './tcp-facts.ts';
import { ACK, AE, ANALYSIS, COMPLETENESS, CWR, ECE, FIN, RST, SYN } from './tcp-segment.ts';
import type { SegmentAnalysis, SegmentInput, StreamSide, StreamSummary } from './tcp-segment.ts';
import { SCALE_UNKNOWN, SCALE_UNUSED, SIDE, SIDE_A, SIDE_B, SIDE_MARK, STREAM, STREAM_MARK, StreamTable, TIME, TIME_A, TIME_B } from './tcp-stream-table.ts';

export { ANALYSIS } from './tcp-segment.ts';
export type { SegmentAnalysis, SegmentInput, StreamSide, StreamSummary } from './tcp-segment.ts';

/**
 * Flows that a packet's addresses and ports lead to, at most: 8 MB of look-ups, and the same for addresses and for
 * pairs of them, which takes a tenth of a second to go through. With some room below 2 ** 19, where these tables would double.
 */
export const MOST_KNOWN_FLOWS = 500_000;

/** Flows in a chunk: 64 KiB. */
const LATEST_BITS = 14;

export class TcpTracker {
  /** Which side sent the segment observed last: 0 the one that sent the stream's first packet. */
  direction: 0 | 1 = 0;
  readonly flows: FlowTable;
  /** Flow → its latest stream. */
  private readonly latest: SpillingRows<Uint32Array>;
  private readonly streams: StreamTable;
  private readonly facts: SegmentFactTable;
  private readonly analyzer: SegmentAnalyzer;
  private readonly baseChanges = new BaseChanges();
  private ownClock: OwnClock | null = new OwnClock();
  private clock: PacketClock = this.ownClock as OwnClock;
  /** Seconds that count as 0 in the rows' times, so that nanoseconds stay exact as numbers. */
  private epochSeconds = Number.NaN;

  /**
   * `pairs`: numbers the pairs of addresses of all conversations; where given, `pairOf` tells a stream's.
   * `pool` keeps what grows with the packets, `streamPool` what grows with the streams.
   */
  constructor(pairs: FlowTable | null = null, pool: ChunkPool = new ChunkPool(), streamPool: ChunkPool = pool) {
    this.flows = new FlowTable(pairs, streamPool);
    this.latest = new SpillingRows(Uint32Array, 1, LATEST_BITS, streamPool);
    this.streams = new StreamTable(streamPool);
    this.analyzer = new SegmentAnalyzer(this.streams, streamPool);
    this.facts = new SegmentFactTable(new OwnLinks(), pool);
  }

  /** Called when more flows can be found than may: some have to be let go (see Streams). */
  onCrowded: () => void = () => undefined;

  /** The flow that `observe` found last, and which of its sides sent: for `observeIn`. */
  latestFlow = -1;
  latestFlowDirection: 0 | 1 = 0;

  /** Uses times that are stored elsewhere from now on, instead of keeping them itself. Before the first segment. */
  useClock(clock: PacketClock): void {
    this.clock = clock;
    this.ownClock = null;
  }

  /** The same for packets' places in their streams. */
  useLinks(links: PacketLinks): void {
    this.facts.links = links;
  }

  /** Takes the next segment of the capture (index pass, file order). Returns its stream. */
  observe(segment: SegmentInput, _addresses: AddressTable): number {
    const { flows } = this;
    const known = flows.count;
    const flow = flows.findOrAdd(segment.source, segment.sourcePort, segment.destination, segment.destinationPort);
    this.latestFlow = flow;
    this.latestFlowDirection = flows.direction;
    if (flow === known && flows.knownCount >= MOST_KNOWN_FLOWS) this.onCrowded();
    return this.place(segment, flow, flows.direction, flow === known);
  }

  /** `observe` where the flow, as `latestFlow` told it, is known already; the segment's addresses are not looked at. */
  observeIn(segment: SegmentInput, flow: number, fromFlowB: 0 | 1): number {
    this.flows.touch(flow);
    return this.place(segment, flow, fromFlowB, false);
  }

  private place(segment: SegmentInput, flow: number, fromFlowB: 0 | 1, isNew: boolean): number {
    const { streams, analyzer } = this;
    analyzer.begin();
    this.noteTime(segment);
    const stream = isNew ? this.addStream(flow, fromFlowB, segment) : this.join(flow, fromFlowB, segment);
    const direction = this.directionIn(fromFlowB);
    this.take(segment, direction);
    const { row, at } = streams;
    this.direction = direction;
    this.facts.set(segment, stream, direction, row[at + STREAM.lastPacket] as number, analyzer);
    row[at + STREAM.lastPacket] = segment.packet;
    row[at + STREAM.packets] = (row[at + STREAM.packets] as number) + 1;
    return stream;
  }

  private noteTime(segment: SegmentInput): void {
    if (Number.isNaN(this.epochSeconds)) this.epochSeconds = segment.timeSeconds;
    this.ownClock?.note(segment.packet, segment.timeSeconds, segment.timeNanos);
    this.analyzer.timeNs = (segment.timeSeconds - this.epochSeconds) * 1e9 + segment.timeNanos;
  }

  private addStream(flow: number, fromFlowB: 0 | 1, segment: SegmentInput): number {
    const stream = this.streams.add(flow, segment.packet);
    this.latest.chunk(flow)[this.latest.offset(flow)] = stream;
    const { row, at } = this.streams;
    // Side A is whoever sent the stream's first packet, which need not be the flow's A.
    if (fromFlowB === 1) row[at + STREAM.marks] = STREAM_MARK.startedByFlowB;
    row[at + STREAM.firstBits] = completenessBits(segment);
    if ((segment.flags & (SYN | ACK)) === SYN) row[at + STREAM.completeness] = COMPLETENESS.syn | (segment.payloadLength > 0 ? COMPLETENESS.data : 0);
    return stream;
  }

  private directionIn(fromFlowB: 0 | 1): 0 | 1 {
    const marks = this.streams.row[this.streams.at + STREAM.marks] as number;
    const startedByFlowB = (marks & STREAM_MARK.startedByFlowB) !== 0 ? 1 : 0;
    return fromFlowB === startedByFlowB ? 0 : 1;
  }

  /** Selects the stream that a segment of a known flow belongs to, and notes what it adds to completeness. */
  private join(flow: number, fromFlowB: 0 | 1, segment: SegmentInput): number {
    const { streams } = this;
    let stream = this.latest.chunk(flow)[this.latest.offset(flow)] as number;
    streams.select(stream);
    if (segment.flags & SYN && this.startsAnew(segment, stream, fromFlowB)) {
      stream = this.addStream(flow, fromFlowB, segment);
      streams.row[streams.at + STREAM.completeness] = COMPLETENESS.syn;
    }
    const { row, at } = streams;
    row[at + STREAM.completeness] = (row[at + STREAM.completeness] as number) | completenessBits(segment);
    return stream;
  }

  /**
   * A SYN whose number is not the one its side began with starts a new stream on the same
   * ports. A SYN-ACK with another number keeps the stream, but its numbers count from there.
   */
  private startsAnew(segment: SegmentInput, stream: number, fromFlowB: 0 | 1): boolean {
    const { row, at } = this.streams;
    const direction = this.directionIn(fromFlowB);
    const side = at + (direction === 0 ? SIDE_A : SIDE_B);
    if (((row[side + SIDE.marks] as number) & SIDE_MARK.baseKnown) === 0) return false;
    const sequence = segment.sequence | 0;
    const base = row[side + SIDE.baseSequence] as number;
    const isRequest = (segment.flags & ACK) === 0;
    if (sequence !== base) {
      this.analyzer.flag(ANALYSIS.reused_ports);
      if (isRequest) return true;
      this.baseChanges.note(stream, direction, segment.packet, sequence >>> 0, row[side + SIDE.baseSynAckPacket] as number, base >>> 0);
      row[side + SIDE.baseSequence] = sequence;
    } else if (isRequest) {
      // The same SYN again. An RST between them may have carried any number (RFC 9293 §3.5.2): it does not count.
      row[side + SIDE.nextSequence] = row[side + SIDE.maxToAcknowledge] as number;
      if (!segment.quoted) this.analyzer.flag(0);
    }
    return false;
  }

  /** Everything that a segment tells about its stream, in Wireshark's order. */
  private take(segment: SegmentInput, direction: 0 | 1): void {
    const { streams, analyzer } = this;
    const forward = streams.at + (direction === 0 ? SIDE_A : SIDE_B);
    const reverse = streams.at + (direction === 0 ? SIDE_B : SIDE_A);
    const forwardTime = streams.timeAt + (direction === 0 ? TIME_A : TIME_B);
    const reverseTime = streams.timeAt + (direction === 0 ? TIME_B : TIME_A);
    if (segment.payloadLength >= 0) analyzer.analyse(segment, forward, reverse, forwardTime, reverseTime);
    const { row } = streams;
    if (segment.flags & (SYN | FIN)) this.noteControl(segment, forward, reverse, direction);
    else if (segment.flags & ACK) this.noteAck(segment, forward);
    row[forward + SIDE.sackedBytes] = segment.sackedBytes;
    if (segment.windowScale >= 0) row[forward + SIDE.windowScale] = segment.windowScale;
    if (segment.flags & SYN) this.noteOptions(segment, forward, reverse);
    if (segment.accurateEcn) this.mark(STREAM_MARK.eceOption);
  }

  private mark(bits: number): void {
    const { row, at } = this.streams;
    row[at + STREAM.marks] = (row[at + STREAM.marks] as number) | bits;
  }

  private noteControl(segment: SegmentInput, forward: number, reverse: number, direction: 0 | 1): void {
    const { row, at } = this.streams;
    const { flags } = segment;
    if (flags & SYN) {
      row[forward + SIDE.marks] = (row[forward + SIDE.marks] as number) | SIDE_MARK.firstAckPending;
      if (flags & ACK) {
        row[at + STREAM.serverPort] = segment.sourcePort;
        if ((flags & (AE | CWR)) === CWR || (flags & (AE | ECE)) === AE) this.mark(STREAM_MARK.eceSetupSynAck);
        if (this.relativeAck(segment, reverse) > 1) this.analyzer.flags |= ANALYSIS.tfo_ack;
        else if ((row[at + STREAM.marks] as number) & STREAM_MARK.fastOpenData) this.analyzer.flags |= ANALYSIS.tfo_ignored;
      } else {
        row[at + STREAM.serverPort] = segment.destinationPort;
        row[at + STREAM.lastSynPacket] = segment.packet;
        if ((flags & (AE | CWR | ECE)) === (AE | CWR | ECE)) this.mark(STREAM_MARK.eceSetupSyn);
      }
    } else if (flags & ACK) {
      this.noteAck(segment, forward);
    }
    if (flags & FIN && ((row[at + STREAM.marks] as number) & (STREAM_MARK.sideAClosesFirst | STREAM_MARK.sideBClosesFirst)) === 0) {
      this.mark(direction === 0 ? STREAM_MARK.sideAClosesFirst : STREAM_MARK.sideBClosesFirst);
    }
  }

  private relativeAck(segment: SegmentInput, reverse: number): number {
    return (segment.acknowledgment - (this.streams.row[reverse + SIDE.baseSequence] as number)) >>> 0;
  }

  /** The first ACK after a SYN ends the handshake. */
  private noteAck(segment: SegmentInput, forward: number): void {
    const { row, at, times, timeAt } = this.streams;
    const marks = row[forward + SIDE.marks] as number;
    if (marks & SIDE_MARK.firstAckPending) row[forward + SIDE.marks] = marks & ~SIDE_MARK.firstAckPending;
    const synPacket = row[at + STREAM.lastSynPacket] as number;
    if (synPacket !== 0 && times[timeAt + TIME.initialRoundTrip] === 0) times[timeAt + TIME.initialRoundTrip] = this.nanosBetween(synPacket, segment.packet);
  }

  /** What a SYN offers. Window scaling is used only where both sides offer it (RFC 7323 §2.2). */
  private noteOptions(segment: SegmentInput, forward: number, reverse: number): void {
    const { row } = this.streams;
    if (row[forward + SIDE.windowScale] === SCALE_UNKNOWN) {
      row[forward + SIDE.windowScale] = SCALE_UNUSED;
      row[reverse + SIDE.windowScale] = SCALE_UNUSED;
    } else if (segment.flags & ACK && row[reverse + SIDE.windowScale] === SCALE_UNUSED) {
      row[forward + SIDE.windowScale] = SCALE_UNUSED;
    }
    if (segment.mss >= 0) row[forward + SIDE.mss] = segment.mss;
    let marks = row[forward + SIDE.marks] as number;
    if (segment.sackPermitted) marks |= SIDE_MARK.sackPermitted;
    if (segment.timestamps) marks |= SIDE_MARK.timestamps;
    row[forward + SIDE.marks] = marks;
    if (segment.fastOpenCookie && (segment.flags & ACK) === 0) {
      this.analyzer.flags |= ANALYSIS.tfo_syn;
      if (segment.payloadLength > 0) this.mark(STREAM_MARK.fastOpenData);
    }
  }

  // ── looking up ─────────────────────────────────────────────────────────────

  get streamCount(): number {
    return this.streams.count;
  }

  /** Bytes held for packets, streams and segments in flight. */
  get byteLength(): number {
    return this.facts.byteLength + this.streams.byteLength + this.analyzer.unacknowledged.byteLength + this.flows.byteLength + this.latest.byteLength;
  }

  /** The stream of a packet's own TCP header; -1 where it has none, or only quotes one. */
  streamOf(packet: number): number {
    return this.facts.links.stream(packet);
  }

  /** ANALYSIS bits of the segment observed last. */
  get latestFlags(): number {
    return this.analyzer.flags;
  }

  /** ANALYSIS bits of a packet's own TCP header; 0 where it has none. */
  flagsOf(packet: number): number {
    return this.facts.flags(packet);
  }

  /** Which side sent a packet's own TCP header: 0 the one that sent the stream's first packet. */
  directionOf(packet: number): 0 | 1 {
    return this.facts.links.direction(packet);
  }

  /** The packet before one of a stream's, quoted ones included; 0 for the first. From `StreamSummary.lastPacket` on, walks the stream backwards. */
  previousPacket(stream: number, packet: number): number {
    return this.facts.previousPacket(stream, packet);
  }

  /** The last packet of a side that brought what was missing or came again; 0 where there is none (yet). */
  lastRepair(stream: number, direction: 0 | 1): number {
    this.streams.select(stream);
    return this.streams.row[this.streams.at + (direction === 0 ? SIDE_A : SIDE_B) + SIDE.repairPacket] as number;
  }

  /** What is known about a segment, without times; null where the packet (or that occurrence in it) was not a tracked segment. */
  segment(packet: number, occurrence: number): SegmentFacts | null {
    const facts = this.facts.get(packet, occurrence);
    if (facts !== null && this.baseChanges.changesAt(facts.stream, facts.direction, packet)) {
      facts.flags |= ANALYSIS.reused_ports;
      facts.analysed = true;
    }
    return facts;
  }

  /** Like `segment`, with times. */
  analysis(packet: number, occurrence: number): SegmentAnalysis | null {
    const facts = this.segment(packet, occurrence);
    if (facts === null) return null;
    this.streams.select(facts.stream);
    const firstPacket = this.streams.row[this.streams.at + STREAM.firstPacket] as number;
    // Written out: copying by spread costs more than everything else here.
    return {
      stream: facts.stream,
      direction: facts.direction,
      flags: facts.flags,
      analysed: facts.analysed,
      acksPacket: facts.acksPacket,
      bytesInFlight: facts.bytesInFlight,
      pushBytesSent: facts.pushBytesSent,
      duplicateAckNumber: facts.duplicateAckNumber,
      duplicateAckPacket: facts.duplicateAckPacket,
      rtoPacket: facts.rtoPacket,
      previousPacket: facts.previousPacket,
      ackRoundTripNs: facts.acksPacket === 0 ? 0 : this.nanosBetween(facts.acksPacket, packet),
      rtoNs: facts.rtoPacket === 0 ? 0 : this.nanosBetween(facts.rtoPacket, packet),
      sinceFirstNs: this.nanosBetween(firstPacket, packet),
      sincePreviousNs: facts.previousPacket === 0 ? 0 : this.nanosBetween(facts.previousPacket, packet),
    };
  }

  /** The port that a SYN of the stream was sent to, or a SYN-ACK came from; 0 where neither was seen. */
  serverPort(stream: number): number {
    this.streams.select(stream);
    return this.streams.row[this.streams.at + STREAM.serverPort] as number;
  }

  /** Raw number that counts as relative 0 for a side at a packet. */
  baseSequence(stream: number, side: 0 | 1, packet: number): number {
    this.streams.select(stream);
    const final = (this.streams.row[this.streams.at + (side === 0 ? SIDE_A : SIDE_B) + SIDE.baseSequence] as number) >>> 0;
    return this.baseChanges.at(stream, side, packet, final);
  }

  /** Time between two packets, exact; `nanosBetween` is that only up to 104 days. */
  between(earlier: number, later: number): { readonly seconds: number; readonly nanos: number } {
    const seconds = this.clock.seconds(later) - this.clock.seconds(earlier);
    const nanos = this.clock.nanos(later) - this.clock.nanos(earlier);
    return nanos < 0 ? { seconds: seconds - 1, nanos: nanos + 1e9 } : { seconds, nanos };
  }

  private nanosBetween(earlier: number, later: number): number {
    return (this.clock.seconds(later) - this.clock.seconds(earlier)) * 1e9 + (this.clock.nanos(later) - this.clock.nanos(earlier));
  }

  /** Interned address of a side of a stream that exists. */
  addressOf(stream: number, side: 0 | 1): number {
    const flow = this.selectFlow(stream);
    return this.isFlowB(side) ? this.flows.addressB(flow) : this.flows.addressA(flow);
  }

  /** Port of a side of a stream that exists. */
  portOf(stream: number, side: 0 | 1): number {
    const flow = this.selectFlow(stream);
    return this.isFlowB(side) ? this.flows.portB(flow) : this.flows.portA(flow);
  }

  /** Number of a stream's pair of addresses; see the constructor. */
  pairOf(stream: number): number {
    return this.flows.pair(this.selectFlow(stream));
  }

  private selectFlow(stream: number): number {
    this.streams.select(stream);
    return this.streams.row[this.streams.at + STREAM.flow] as number;
  }

  /** Whether a side of the selected stream is side B of its flow. */
  private isFlowB(side: 0 | 1): boolean {
    const startedByFlowB = ((this.streams.row[this.streams.at + STREAM.marks] as number) & STREAM_MARK.startedByFlowB) !== 0;
    return (side === 1) !== startedByFlowB;
  }

  stream(stream: number): StreamSummary | null {
    if (stream < 0 || stream >= this.streams.count) return null;
    this.streams.select(stream);
    const { row, at, times, timeAt } = this.streams;
    const marks = row[at + STREAM.marks] as number;
    const completeness = row[at + STREAM.completeness] as number;
    const flow = row[at + STREAM.flow] as number;
    const { flows } = this;
    const flipped = (marks & STREAM_MARK.startedByFlowB) !== 0;
    const ends = [
      { address: flows.addressA(flow), port: flows.portA(flow) },
      { address: flows.addressB(flow), port: flows.portB(flow) },
    ] as const;
    return {
      stream,
      a: sideSummary(row, at + SIDE_A, ends[flipped ? 1 : 0]),
      b: sideSummary(row, at + SIDE_B, ends[flipped ? 0 : 1]),
      firstPacket: row[at + STREAM.firstPacket] as number,
      lastPacket: row[at + STREAM.lastPacket] as number,
      packets: row[at + STREAM.packets] as number,
      completeness: completeness | (row[at + STREAM.firstBits] as number),
      completenessAtFirst: completeness,
      initialRoundTripNs: times[timeAt + TIME.initialRoundTrip] as number,
      serverPort: row[at + STREAM.serverPort] as number,
      closingSide: (marks & STREAM_MARK.sideAClosesFirst) !== 0 ? 0 : (marks & STREAM_MARK.sideBClosesFirst) !== 0 ? 1 : -1,
      accurateEcn: (marks & STREAM_MARK.eceOption) !== 0 || (marks & ECE_SETUP) === ECE_SETUP,
    };
  }
}

const ECE_SETUP = STREAM_MARK.eceSetupSyn | STREAM_MARK.eceSetupSynAck;

function sideSummary(row: Int32Array, side: number, end: { readonly address: number; readonly port: number }): StreamSide {
  const marks = row[side + SIDE.marks] as number;
  return {
    address: end.address,
    port: end.port,
    baseSequence: (row[side + SIDE.baseSequence] as number) >>> 0,
    baseKnown: (marks & SIDE_MARK.baseKnown) !== 0,
    windowScale: row[side + SIDE.windowScale] as number,
    mss: row[side + SIDE.mss] as number,
    sackPermitted: (marks & SIDE_MARK.sackPermitted) !== 0,
    timestamps: (marks & SIDE_MARK.timestamps) !== 0,
  };
}

/** What a segment of a stream that is already known adds to tcp.completeness. */
function completenessBits(segment: SegmentInput): number {
  const { flags, payloadLength } = segment;
  let bits = 0;
  if ((flags & (SYN | ACK)) === (SYN | ACK)) bits |= COMPLETENESS.synAck;
  if ((flags & (SYN | ACK)) === ACK) bits |= payloadLength > 0 ? COMPLETENESS.data : COMPLETENESS.ack;
  if ((flags & (FIN | ACK)) === (FIN | ACK)) bits |= COMPLETENESS.fin;
  if (flags & RST) bits |= COMPLETENESS.rst;
  return bits;
}
