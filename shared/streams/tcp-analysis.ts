/**
 * Wireshark's TCP analysis, rule by rule, for one segment at a time in file order (its
 * User's Guide, chapter "TCP Analysis", says what the flags mean; what it leaves open was
 * settled by experiment against tshark 4.0).
 *
 * "Forward" is the side that sent the segment, "reverse" the other one. The rules read what
 * earlier segments left in the stream's row and write what later segments need.
 */
import { ACK, ANALYSIS, FIN, PSH, RST, SYN } from './tcp-segment.ts';
import type { SegmentInput } from './tcp-segment.ts';
import { SCALE_UNKNOWN, SCALE_UNUSED, SIDE, SIDE_MARK, SIDE_TIME, TIME } from './tcp-stream-table.ts';
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import type { StreamTable } from './tcp-stream-table.ts';
import { Unacknowledged } from './tcp-unacknowledged.ts';

const CONTROL = SYN | FIN | RST;
/** A retransmission this soon after the duplicate ACKs is a fast one. */
const FAST_RETRANSMISSION_NS = 20_000_000;
/** Out of order rather than retransmitted, where the round trip time is not known. */
const OUT_OF_ORDER_NS = 3_000_000;
/** More in flight than this means that numbers do not belong together. */
const MAX_IN_FLIGHT = 2_000_000_000;

export class SegmentAnalyzer {
  private readonly streams: StreamTable;
  readonly unacknowledged: Unacknowledged;
  /** Results for the segment last analysed. */
  flags = 0;
  analysed = false;
  acksPacket = 0;
  bytesInFlight = 0;
  pushBytesSent = 0;
  duplicateAckNumber = 0;
  duplicateAckPacket = 0;
  rtoPacket = 0;
  /** Where the segment's stream and its sides stand in the selected rows, valid while it is analysed. */
  private forward = 0;
  private reverse = 0;
  private forwardTime = 0;
  private reverseTime = 0;
  private streamTime = 0;
  /** When the segment was captured, as in the tracker. A field: handed through calls, it would be an object for every packet. */
  timeNs = Number.NaN;

  constructor(streams: StreamTable, pool: ChunkPool) {
    this.streams = streams;
    this.unacknowledged = new Unacknowledged(pool);
  }

  private get row(): Int32Array {
    return this.streams.row;
  }

  private get times(): Float64Array {
    return this.streams.times;
  }

  /** Forgets the last segment. */
  begin(): void {
    this.flags = 0;
    this.analysed = false;
    this.acksPacket = 0;
    this.bytesInFlight = 0;
    this.pushBytesSent = 0;
    this.duplicateAckNumber = 0;
    this.duplicateAckPacket = 0;
    this.rtoPacket = 0;
  }

  /**
   * Analyses a segment of the selected stream. `forward` and `reverse` are where the two
   * sides start in the row, the last two where their times start.
   */
  analyse(segment: SegmentInput, forward: number, reverse: number, forwardTime: number, reverseTime: number): void {
    this.streamTime = this.streams.timeAt;
    this.forward = forward;
    this.reverse = reverse;
    this.forwardTime = forwardTime;
    this.reverseTime = reverseTime;
    const sequence = segment.sequence | 0;
    const acknowledgment = segment.acknowledgment | 0;
    this.setBases(segment, sequence, acknowledgment);
    this.judgeWindowAndOrder(segment, sequence, acknowledgment);
    this.judgeUnseenAck(segment.flags, acknowledgment);
    if (segment.payloadLength > 0 || segment.flags & (SYN | FIN)) this.judgeRepetition(segment, sequence);
    this.advance(segment, sequence);
    this.remember(segment, acknowledgment);
    this.acksPacket = this.unacknowledged.acknowledge(this.row, reverse, acknowledgment);
    if (this.acksPacket !== 0) this.analysed = true;
    if (segment.payloadLength > 0) this.countInFlight(segment);
  }

  /** Notes a finding, before or during the analysis; 0: something was looked at. */
  flag(bit: number): void {
    this.flags |= bit;
    this.analysed = true;
  }

  /** Relative numbers start at the SYN; without one, one before the first number seen. */
  private setBases(segment: SegmentInput, sequence: number, acknowledgment: number): void {
    const { row, forward, reverse } = this;
    const { flags } = segment;
    const forwardMarks = row[forward + SIDE.marks] as number;
    if ((forwardMarks & SIDE_MARK.baseKnown) === 0) {
      row[forward + SIDE.baseSequence] = flags & SYN ? sequence : sequence - 1;
      row[forward + SIDE.baseSynAckPacket] = (flags & (SYN | ACK)) === (SYN | ACK) ? segment.packet : 0;
      row[forward + SIDE.marks] = forwardMarks | SIDE_MARK.baseKnown;
    }
    if ((flags & ACK) === 0) return;
    const reverseMarks = row[reverse + SIDE.marks] as number;
    if ((reverseMarks & SIDE_MARK.baseKnown) === 0) row[reverse + SIDE.baseSequence] = acknowledgment - 1;
    row[reverse + SIDE.marks] = reverseMarks | SIDE_MARK.baseKnown | SIDE_MARK.inFlightValid;
  }

  /** Zero window, probes, gaps, keep-alives, window updates, duplicate ACKs. */
  private judgeWindowAndOrder(segment: SegmentInput, sequence: number, acknowledgment: number): void {
    const { row, forward, reverse } = this;
    const { flags, window, payloadLength } = segment;
    const next = row[forward + SIDE.nextSequence] as number;
    if (payloadLength === 1 && sequence === next && row[reverse + SIDE.window] === 0) {
      this.flag(ANALYSIS.zero_window_probe);
    } else {
      if (window === 0 && (flags & CONTROL) === 0) this.flag(ANALYSIS.zero_window);
      if (next !== 0 && ((sequence - next) | 0) > 0 && (flags & RST) === 0) {
        this.flag(ANALYSIS.lost_segment);
        // What is in flight is not known until the other side acknowledges again.
        row[forward + SIDE.marks] = (row[forward + SIDE.marks] as number) & ~SIDE_MARK.inFlightValid;
      }
      if ((flags & CONTROL) === 0) {
        if (payloadLength <= 1 && sequence === ((next - 1) | 0)) this.flag(ANALYSIS.keep_alive);
        if (payloadLength > 0) this.judgeWindowFull(sequence, payloadLength);
        else if (sequence === next && acknowledgment === row[forward + SIDE.lastAck]) this.judgeRepeatedAck(window);
      }
    }
    if (acknowledgment !== row[forward + SIDE.lastAck]) {
      row[forward + SIDE.lastOtherAckPacket] = segment.packet;
      row[forward + SIDE.duplicateAcks] = 0;
    }
  }

  private judgeWindowFull(sequence: number, payloadLength: number): void {
    const { row, reverse } = this;
    const scale = row[reverse + SIDE.windowScale] as number;
    if (scale === SCALE_UNKNOWN) return;
    // The window of a SYN is never scaled (RFC 7323 §2.2).
    const unscaled = scale === SCALE_UNUSED || ((row[reverse + SIDE.marks] as number) & SIDE_MARK.firstAckPending) !== 0;
    const window = (row[reverse + SIDE.window] as number) << (unscaled ? 0 : scale);
    if (((sequence + payloadLength) | 0) === (((row[reverse + SIDE.lastAck] as number) + window) | 0)) this.flag(ANALYSIS.window_full);
  }

  /** An empty segment that repeats the numbers of the one before. */
  private judgeRepeatedAck(window: number): void {
    const { row, forward, reverse } = this;
    const sameWindow = window === row[forward + SIDE.window];
    const answered = row[reverse + SIDE.lastFlags] as number;
    if (!sameWindow) {
      if (window !== 0) this.flag(ANALYSIS.window_update);
    } else if (window === 0) {
      if (answered & ANALYSIS.zero_window_probe) this.flag(ANALYSIS.zero_window_probe_ack);
    } else if (answered & ANALYSIS.keep_alive) {
      this.flag(ANALYSIS.keep_alive_ack);
    } else {
      // -1 stands for "an unseen segment was acknowledged": counting starts again.
      const number = Math.max(0, row[forward + SIDE.duplicateAcks] as number) + 1;
      row[forward + SIDE.duplicateAcks] = number;
      this.flag(ANALYSIS.duplicate_ack);
      this.duplicateAckNumber = number;
      this.duplicateAckPacket = row[forward + SIDE.lastOtherAckPacket] as number;
    }
  }

  /** An ACK for something that the capture does not have. */
  private judgeUnseenAck(flags: number, acknowledgment: number): void {
    const { row, reverse } = this;
    const highest = row[reverse + SIDE.maxToAcknowledge] as number;
    if (highest === 0 || (flags & ACK) === 0 || ((acknowledgment - highest) | 0) <= 0) return;
    this.analysed = true;
    const next = row[reverse + SIDE.nextSequence] as number;
    if (((highest - next) | 0) < 0) {
      // Move up, so that the same gap is told once.
      row[reverse + SIDE.maxToAcknowledge] = next;
      this.flag(ANALYSIS.ack_lost_segment);
      return;
    }
    if (row[reverse + SIDE.duplicateAcks] === 0) this.flag(ANALYSIS.ack_lost_segment);
    row[reverse + SIDE.duplicateAcks] = -1;
  }

  /** Data, SYN or FIN at numbers that were sent before: why? */
  private judgeRepetition(segment: SegmentInput, sequence: number): void {
    if (this.flags & ANALYSIS.keep_alive) return;
    const { row, forward, reverse } = this;
    const { payloadLength } = segment;
    const next = row[forward + SIDE.nextSequence] as number;
    const reverseAck = row[reverse + SIDE.lastAck] as number;
    if (payloadLength > 0 && reverseAck !== 0 && ((sequence + payloadLength - reverseAck) | 0) <= 0) {
      this.flag(ANALYSIS.spurious_retransmission);
      return;
    }
    let repeated = next !== 0 && ((sequence - next) | 0) < 0;
    // More than the one byte of a zero window probe: that byte is sent again, with news.
    if (payloadLength > 1 && ((next - 1) | 0) === sequence) repeated = false;
    if (!repeated) return;
    const sinceAck = this.timeNs - (this.times[this.reverseTime + SIDE_TIME.lastAck] as number);
    // Unsigned: after an ACK for something unseen (-1) Wireshark takes there to be enough of them.
    const fast = (row[reverse + SIDE.duplicateAcks] as number) >>> 0 >= 2 && reverseAck === sequence && sinceAck >= 0 && sinceAck < FAST_RETRANSMISSION_NS;
    row[forward + SIDE.repairPacket] = segment.packet;
    if (fast) this.flag(ANALYSIS.fast_retransmission);
    else if (this.isOutOfOrder(segment, sequence, next)) this.flag(ANALYSIS.out_of_order);
    else this.retransmission();
  }

  private isOutOfOrder(segment: SegmentInput, sequence: number, next: number): boolean {
    const since = this.timeNs - (this.times[this.forwardTime + SIDE_TIME.nextSequence] as number);
    const roundTrip = this.times[this.streamTime + TIME.initialRoundTrip] as number;
    if (since < 0 || since >= (roundTrip === 0 ? OUT_OF_ORDER_NS : roundTrip)) return false;
    const end = (sequence + segment.payloadLength + (segment.flags & (SYN | FIN) ? 1 : 0)) | 0;
    return end !== next;
  }

  private retransmission(): void {
    const { row, forward } = this;
    this.flag(ANALYSIS.retransmission);
    const original = this.unacknowledged.oldestPacket(row, forward);
    this.rtoPacket = original !== 0 ? original : (row[forward + SIDE.nextSequencePacket] as number);
  }

  /** Moves the sender's highest numbers on. */
  private advance(segment: SegmentInput, sequence: number): void {
    const { row, forward } = this;
    const { payloadLength } = segment;
    const control = segment.flags & (SYN | FIN) ? 1 : 0;
    let end = (sequence + payloadLength) | 0;
    if (payloadLength > 0 || control === 1) {
      const counted = (end + control) | 0;
      if (this.unacknowledged.push(row, forward, sequence, counted, segment.packet)) end = counted;
    }
    const next = row[forward + SIDE.nextSequence] as number;
    if ((this.flags & ANALYSIS.zero_window_probe) !== 0) return;
    if (next === 0 || ((end - next) | 0) > 0) {
      row[forward + SIDE.nextSequence] = end;
      row[forward + SIDE.nextSequencePacket] = segment.packet;
      this.times[this.forwardTime + SIDE_TIME.nextSequence] = this.timeNs;
    }
    const highest = row[forward + SIDE.maxToAcknowledge] as number;
    if (highest === 0 || sequence === highest) row[forward + SIDE.maxToAcknowledge] = row[forward + SIDE.nextSequence] as number;
  }

  private remember(segment: SegmentInput, acknowledgment: number): void {
    const { row, forward } = this;
    row[forward + SIDE.window] = segment.window;
    row[forward + SIDE.lastAck] = acknowledgment;
    row[forward + SIDE.lastFlags] = this.flags;
    this.times[this.forwardTime + SIDE_TIME.lastAck] = this.timeNs;
  }

  /** Bytes sent and not yet acknowledged, nor selectively acknowledged; and since the last push. */
  private countInFlight(segment: SegmentInput): void {
    const { row, forward, reverse } = this;
    const marks = row[forward + SIDE.marks] as number;
    if ((marks & SIDE_MARK.inFlightValid) === 0) return;
    const span = this.unacknowledged.span(row, forward, row[forward + SIDE.baseSequence] as number);
    if (span < 0) return;
    const inFlight = (span - (row[reverse + SIDE.sackedBytes] as number)) | 0;
    if (inFlight > 0 && inFlight < MAX_IN_FLIGHT) this.bytesInFlight = inFlight - (segment.flags & (SYN | FIN) ? 1 : 0);
    const restart = (marks & SIDE_MARK.pushSetLast) !== 0;
    const pushBytes = segment.payloadLength + (restart ? 0 : (row[forward + SIDE.pushBytes] as number));
    row[forward + SIDE.pushBytes] = pushBytes;
    row[forward + SIDE.marks] = segment.flags & PSH ? marks | SIDE_MARK.pushSetLast : marks & ~SIDE_MARK.pushSetLast;
    this.pushBytesSent = pushBytes;
    this.analysed = true;
  }
}
