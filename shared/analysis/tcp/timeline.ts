/**
 * The TCP timeline of one stream: every segment with its arithmetic, the states of both ends, the
 * handshake and an overview. One pass over the segments; memory is bounded however long the stream.
 * What the segments carry is left empty: only a dissector knows it, and only for those on show is it asked.
 */
import type { StreamTimeline, TimelineSegment } from '../../ipc/timeline-contract.ts';
import { formatDuration } from '../../format/time.ts';
import { Activity } from './activity.ts';
import { Flight } from './flight.ts';
import { HandshakeRecorder, judgeVantage, roundTripNs } from './handshake.ts';
import { ACK, FIN, RST, SYN, sequenceAfter, sequenceDistance, sequenceLength, type SideIndex } from './sequence.ts';
import { SegmentWindow } from './segment-window.ts';
import { StateInference, type Remark } from './states.ts';
import type { TimelineInput, TimelineSegmentInput, TimelineSide } from './timeline-input.ts';

type MutableSegment = { -readonly [Key in keyof TimelineSegment]: TimelineSegment[Key] };

/** What is known of one side so far. */
interface Side {
  readonly flight: Flight;
  /** Raw number that counts as relative 0; null until it is known. */
  base: number | null;
  /** Raw number after the last byte that it sent, and the highest ACK that it got. */
  next: number | null;
  acknowledged: number | null;
  newBytes: number;
}

const retransmissionNames: ReadonlySet<string> = new Set(['retransmission', 'fast_retransmission', 'spurious_retransmission']);

/**
 * Builds the timeline. Never throws on any numbers: what contradicts itself is shown as it is.
 * Without a SYN the client is the side with the higher port, since services have low ones.
 */
export function buildTimeline(input: TimelineInput & { readonly segments: Iterable<TimelineSegmentInput> }): StreamTimeline {
  const builder = new TimelineBuilder(input);
  for (const segment of input.segments) builder.add(segment);
  return builder.finish();
}

/** The same, segment by segment: whoever must not be busy for long can pause between them. */
export class TimelineBuilder {
  readonly #input: TimelineInput;
  readonly #sides: readonly [Side, Side];
  readonly #states = new StateInference();
  readonly #handshake = new HandshakeRecorder();
  readonly #activity = new Activity();
  readonly #window: SegmentWindow<MutableSegment>;
  #count = 0;
  #retransmissions = 0;
  #firstPacket = 0;
  #lastPacket = 0;
  #durationNs = 0;

  constructor(input: TimelineInput) {
    this.#input = input;
    this.#sides = [newSide(input.sides[0]), newSide(input.sides[1])];
    this.#window = new SegmentWindow(input.aroundPacket);
  }

  /** Takes the next segment, in file order. */
  add(input: TimelineSegmentInput): void {
    this.#handshake.observe(input);
    this.#setBases(input);
    const isKeepAlive = this.#isKeepAlive(input);
    const segment = this.#describe(input);
    this.#acknowledge(input, segment);
    if (!isKeepAlive) this.#send(input, segment);
    this.#states.observe(input, segment.windowBytes, isKeepAlive);
    this.#tally(input, segment);
    this.#window.push(segment);
  }

  /** Once, after the last segment. */
  finish(): StreamTimeline {
    const { stream, streamCount, sides, captureEndNs } = this.#input;
    const client = this.#client();
    const server: SideIndex = client === 0 ? 1 : 0;
    const handshake = this.#handshake.result();
    const states = this.#states.finish(captureEndNs);
    const window = this.#window.result();
    // `fromClient` has said "side 0" so far: only now is it known who the client is.
    for (const segment of window.segments) segment.fromClient = segment.fromClient === (client === 0);
    return {
      stream,
      streamCount,
      client: { address: sides[client].address, port: sides[client].port },
      server: { address: sides[server].address, port: sides[server].port },
      clientKnown: this.#handshake.client !== null,
      totalSegments: this.#count,
      firstShown: window.first,
      segments: window.segments,
      firstPacket: this.#firstPacket,
      lastPacket: this.#lastPacket,
      durationNs: this.#durationNs,
      payloadBytes: { client: this.#sides[client].newBytes, server: this.#sides[server].newBytes },
      retransmissions: this.#retransmissions,
      vantage: judgeVantage(handshake),
      initialRoundTripNs: roundTripNs(handshake),
      lanes: { client: states.sides[client], server: states.sides[server] },
      handshake,
      activity: this.#activity.result(client === 1),
      remarks: [...this.#reuseRemark(), ...states.remarks].slice(0, 64),
    };
  }

  #client(): SideIndex {
    if (this.#handshake.client !== null) return this.#handshake.client;
    const [a, b] = this.#input.sides;
    return a.port >= b.port ? 0 : 1;
  }

  #reuseRemark(): Remark[] {
    const { reusedAfterNs } = this.#input;
    return reusedAfterNs === null ? [] : [{ packet: this.#firstPacket, text: `The same ports were in use until ${formatDuration(reusedAfterNs)} before.` }];
  }

  /** Relative numbers start at a SYN's, else one below the first number seen, so that data starts at 1. */
  #setBases(input: TimelineSegmentInput): void {
    const sender = this.#sides[input.side];
    const receiver = this.#sides[other(input.side)];
    sender.base ??= (input.flags & SYN) !== 0 ? input.sequence : sequenceAfter(input.sequence, -1);
    if ((input.flags & ACK) !== 0) receiver.base ??= sequenceAfter(input.acknowledgment, -1);
  }

  /** A probe below what was sent last (RFC 9293 §3.8.4). One with a byte may also be data sent again: the analysis decides. */
  #isKeepAlive(input: TimelineSegmentInput): boolean {
    if (input.analysis.includes('keep_alive')) return true;
    const { next } = this.#sides[input.side];
    return input.payloadLength === 0 && (input.flags & (SYN | FIN | RST)) === 0 && next !== null && sequenceAfter(input.sequence, 1) === next;
  }

  #describe(input: TimelineSegmentInput): MutableSegment {
    const hasAck = (input.flags & ACK) !== 0;
    const shift = (input.flags & SYN) !== 0 ? 0 : this.#handshake.windowShift(input.side);
    return {
      packet: input.packet,
      timeNs: input.timeNs,
      fromClient: input.side === 0,
      flags: input.flags,
      sequence: input.sequence,
      acknowledgment: input.acknowledgment,
      relativeSequence: relative(this.#sides[input.side].base, input.sequence),
      relativeAcknowledgment: hasAck ? relative(this.#sides[other(input.side)].base, input.acknowledgment) : 0,
      payloadLength: input.payloadLength,
      windowBytes: input.window * 2 ** shift,
      content: '',
      analysis: input.analysis.length > 0 ? [...input.analysis] : [],
      retransmissionOf: 0,
      retransmittedBy: 0,
      acknowledgedBy: 0,
      acknowledgedAfterNs: null,
      acknowledges: 0,
      acknowledgedPackets: 0,
      bytesInFlight: 0,
    };
  }

  #acknowledge(input: TimelineSegmentInput, segment: MutableSegment): void {
    if ((input.flags & (ACK | RST)) !== ACK) return;
    const peer = this.#sides[other(input.side)];
    const covered = peer.flight.acknowledge(input.acknowledgment, input.packet, input.timeNs);
    segment.acknowledges = covered.first;
    segment.acknowledgedPackets = covered.count;
    if (peer.acknowledged === null || sequenceDistance(peer.acknowledged, input.acknowledgment) > 0) peer.acknowledged = input.acknowledgment;
  }

  #send(input: TimelineSegmentInput, segment: MutableSegment): void {
    const sender = this.#sides[input.side];
    const length = (input.flags & RST) !== 0 ? 0 : sequenceLength(input.flags, input.payloadLength);
    if (length === 0) return;
    const end = sequenceAfter(input.sequence, length);
    segment.retransmissionOf = sender.flight.send(segment, input.sequence, end, input.timeNs);
    const advance = sender.next === null ? length : sequenceDistance(sender.next, end);
    if (advance > 0) {
      sender.newBytes += Math.min(advance, input.payloadLength);
      sender.next = end;
    }
    if (input.payloadLength > 0) segment.bytesInFlight = Math.max(0, sequenceDistance(sender.acknowledged ?? input.sequence, sender.next ?? end));
  }

  #tally(input: TimelineSegmentInput, segment: MutableSegment): void {
    const isRetransmission = segment.retransmissionOf > 0 || input.analysis.some((name) => retransmissionNames.has(name));
    if (isRetransmission) this.#retransmissions += 1;
    if (this.#count === 0) this.#firstPacket = input.packet;
    this.#count += 1;
    this.#lastPacket = input.packet;
    this.#durationNs = Math.max(this.#durationNs, input.timeNs);
    this.#activity.count(input.timeNs, input.packet, input.side === 0, isRetransmission || (input.flags & RST) !== 0);
  }
}

function newSide(side: TimelineSide): Side {
  return { flight: new Flight(), base: side.baseSequence, next: null, acknowledged: null, newBytes: 0 };
}

function other(side: SideIndex): SideIndex {
  return side === 0 ? 1 : 0;
}

/** As the packet list shows it: wraps with the raw number. */
function relative(base: number | null, raw: number): number {
  return base === null ? raw : sequenceAfter(raw, -base);
}
