/**
 * Where the segments of a stream are drawn. Time runs down, but not evenly: every label gets its
 * room, short waits grow with time, and silences are folded to a line that tells how long they
 * were. Pure; pixels from the top of the stage.
 */
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { endDistances, segmentTimes, type SegmentTimes } from './ladder-timing.ts';
import { fateFacts, fateOf, isKeepAlive, type Fate } from './segment-facts.ts';

export interface Arrow {
  /** Index into the timeline's segments. */
  readonly index: number;
  readonly fromClient: boolean;
  /** At the sender's line and at the other one, which only what arrives reaches. */
  readonly startY: number;
  readonly endY: number;
  readonly fate: Fate;
  /** When it left and when it arrived, measured or estimated. */
  readonly times: SegmentTimes;
}

export interface Fold {
  readonly y: number;
  readonly silentNs: number;
  /** What is waited for, for example "Server thinks". */
  readonly reason: string;
}

export interface AxisLabel {
  readonly y: number;
  readonly timeNs: number;
}

export interface LadderLayout {
  readonly arrows: readonly Arrow[];
  readonly folds: readonly Fold[];
  readonly axis: readonly AxisLabel[];
  readonly height: number;
}

/** Silences longer than this are folded. */
export const foldFromNs = 60e6;

export const spacing = {
  top: 26,
  /** Between labels at the same end, and between an arrow's head and the next label there. */
  label: 19,
  afterHead: 20,
  /** Between labels at opposite ends. */
  acrossEnds: 12,
  /** Least fall of an arrow, and least distance of heads at one end. */
  fall: 16,
  heads: 3,
  /** An arrow ends this far below what was sent at the end that it reaches. */
  belowSend: 6,
  /** From the mark of what was lost to the next label at the end that it was meant for. */
  lostMark: 25,
  beforeFold: 18,
  afterFold: 38,
  bottom: 56,
  axis: 14,
} as const;

/** How far along the way the mark of what was lost stands. */
export const markShare = 0.76;

const pixelsPerMillisecond = 0.5;
const mostForTime = 30;

interface Event {
  readonly index: number;
  readonly isSend: boolean;
  readonly timeNs: number;
  readonly atClient: boolean;
  /** False for what was lost on the way. */
  readonly arrives: boolean;
}

export function layOutLadder(timeline: Pick<StreamTimeline, 'segments' | 'handshake' | 'vantage' | 'firstShown' | 'totalSegments'>): LadderLayout {
  const { segments, vantage } = timeline;
  const times = segmentTimes(segments, endDistances(timeline));
  const facts = fateFacts(timeline);
  const fates = segments.map((segment) => fateOf(segment, facts));
  const placement = new Placement();
  for (const event of eventsOf(segments, times, fates)) placement.add(event, () => foldReason(segments, event.index));
  const arrows = segments.map((segment, index): Arrow => {
    const startY = placement.starts[index] ?? 0;
    return { index, fromClient: segment.fromClient, startY, endY: placement.ends[index] ?? startY + spacing.fall, fate: fates[index] ?? 'arrives', times: times[index] ?? { sendNs: segment.timeNs, arriveNs: segment.timeNs } };
  });
  return { arrows, folds: placement.folds, axis: axisOf(segments, arrows, vantage), height: placement.bottom + spacing.bottom };
}

/** Everything that happens at an end, in time. What was lost is drawn towards the place where it would have arrived. */
function eventsOf(segments: readonly TimelineSegment[], times: readonly SegmentTimes[], fates: readonly Fate[]): readonly Event[] {
  const events = segments.flatMap((segment, index): Event[] => {
    const { sendNs, arriveNs } = times[index] ?? { sendNs: 0, arriveNs: 0 };
    const arrives = fates[index] === 'arrives';
    return [
      { index, isSend: true, timeNs: sendNs, atClient: segment.fromClient, arrives },
      { index, isSend: false, timeNs: arriveNs, atClient: !segment.fromClient, arrives },
    ];
  });
  return events.sort((one, other) => one.timeNs - other.timeNs || one.index - other.index || Number(other.isSend) - Number(one.isSend));
}

/** Last label and last arrow head at one end of the ladder, and where the mark of what was lost on the way here ends. */
interface EndOfLadder {
  send: number;
  head: number;
  clear: number;
}

function newEnd(): EndOfLadder {
  return { send: Number.NEGATIVE_INFINITY, head: Number.NEGATIVE_INFINITY, clear: 0 };
}

/** Gives every event its place, in the order of time: never above the one before, and with room for its label. */
class Placement {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly folds: Fold[] = [];
  readonly #client = newEnd();
  readonly #server = newEnd();
  #y: number = spacing.top;
  #timeNs: number | null = null;
  #inFlight = 0;

  /** @param reason what a silence before this event waits for. */
  add(event: Event, reason: () => string): void {
    this.#wait(event.timeNs - (this.#timeNs ?? event.timeNs), reason);
    this.#timeNs = event.timeNs;
    const here = event.atClient ? this.#client : this.#server;
    const there = event.atClient ? this.#server : this.#client;
    if (event.isSend) this.#send(event, here, there);
    else if (event.arrives) this.#arrive(event, here);
    else this.#lose(event, here);
    this.#inFlight += event.isSend ? 1 : -1;
  }

  get bottom(): number {
    return this.#y;
  }

  #wait(waitedNs: number, reason: () => string): void {
    if (waitedNs > foldFromNs && this.#inFlight === 0) {
      this.folds.push({ y: this.#y + spacing.beforeFold, silentNs: waitedNs, reason: reason() });
      this.#y += spacing.beforeFold + spacing.afterFold;
    } else {
      this.#y += Math.min(mostForTime, (waitedNs / 1e6) * pixelsPerMillisecond);
    }
  }

  #send(event: Event, here: EndOfLadder, there: EndOfLadder): void {
    this.#y = Math.max(this.#y, here.send + spacing.label, here.head + spacing.afterHead, there.send + spacing.acrossEnds, here.clear);
    here.send = this.#y;
    this.starts[event.index] = this.#y;
    if (!event.arrives) there.clear = this.#y + spacing.fall * markShare + spacing.lostMark;
  }

  #arrive(event: Event, here: EndOfLadder): void {
    this.#y = Math.max(this.#y, (this.starts[event.index] ?? 0) + spacing.fall, here.head + spacing.heads, here.send + spacing.belowSend);
    here.head = this.#y;
    this.ends[event.index] = this.#y;
  }

  /** Labels that were placed meanwhile at the end it was meant for must stay clear of its mark. */
  #lose(event: Event, here: EndOfLadder): void {
    const startY = this.starts[event.index] ?? 0;
    const lowest = here.send > startY ? startY + (here.send - spacing.lostMark - startY) / markShare : Number.POSITIVE_INFINITY;
    const endY = Math.max(startY + spacing.fall, Math.min(this.#y, lowest));
    here.clear = startY + markShare * (endY - startY) + spacing.lostMark;
    this.#y = Math.max(this.#y, endY);
    this.ends[event.index] = endY;
  }
}

/** What the stream waited for until this segment. */
function foldReason(segments: readonly TimelineSegment[], index: number): string {
  const next = segments[index];
  if (next === undefined) return 'Silence';
  if (isKeepAlive(next)) return 'Idle until a keep-alive';
  if (next.retransmissionOf > 0) return 'Retransmission timeout';
  const before = segments.slice(0, index).findLast((segment) => segment.payloadLength > 0);
  if (next.payloadLength > 0 && before !== undefined && before.fromClient !== next.fromClient) return next.fromClient ? 'Client thinks' : 'Server thinks';
  return 'Silence';
}

/** Times stand at the end where they were measured; those without room are left out. */
function axisOf(segments: readonly TimelineSegment[], arrows: readonly Arrow[], vantage: StreamTimeline['vantage']): readonly AxisLabel[] {
  const labels = arrows.map((arrow, index): AxisLabel => {
    const atStart = vantage === 'middle' ? null : arrow.fromClient === (vantage !== 'server');
    const y = atStart === null ? (arrow.startY + arrow.endY) / 2 : atStart || arrow.fate !== 'arrives' ? arrow.startY : arrow.endY;
    return { y, timeNs: segments[index]?.timeNs ?? 0 };
  });
  labels.sort((one, other) => one.y - other.y);
  const kept: AxisLabel[] = [];
  for (const label of labels) {
    if (label.y - (kept.at(-1)?.y ?? Number.NEGATIVE_INFINITY) >= spacing.axis) kept.push(label);
  }
  return kept;
}
