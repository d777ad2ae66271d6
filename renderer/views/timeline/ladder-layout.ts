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
  const { starts, ends, folds, bottom } = placeEvents(segments, eventsOf(segments, times, fates));
  const arrows = segments.map((segment, index): Arrow => {
    const startY = starts[index] ?? 0;
    return { index, fromClient: segment.fromClient, startY, endY: ends[index] ?? startY + spacing.fall, fate: fates[index] ?? 'arrives', times: times[index] ?? { sendNs: segment.timeNs, arriveNs: segment.timeNs } };
  });
  return { arrows, folds, axis: axisOf(segments, arrows, vantage), height: bottom + spacing.bottom };
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

interface Placed {
  readonly starts: readonly number[];
  readonly ends: readonly (number | undefined)[];
  readonly folds: readonly Fold[];
  readonly bottom: number;
}

/** Last label and last arrow head at one end of the ladder, and where the mark of what was lost on the way here ends. */
interface EndOfLadder {
  send: number;
  head: number;
  clear: number;
}

function placeEvents(segments: readonly TimelineSegment[], events: readonly Event[]): Placed {
  const starts: number[] = [];
  const ends: (number | undefined)[] = [];
  const folds: Fold[] = [];
  const client: EndOfLadder = { send: -100, head: -100, clear: 0 };
  const server: EndOfLadder = { send: -100, head: -100, clear: 0 };
  let y: number = spacing.top;
  let timeNs = events[0]?.timeNs ?? 0;
  let inFlight = 0;
  events.forEach((event, position) => {
    const waitedNs = event.timeNs - timeNs;
    timeNs = event.timeNs;
    const here = event.atClient ? client : server;
    const there = event.atClient ? server : client;
    if (waitedNs > foldFromNs && inFlight === 0 && position > 0) {
      folds.push({ y: y + spacing.beforeFold, silentNs: waitedNs, reason: foldReason(segments, event.index) });
      y += spacing.beforeFold + spacing.afterFold;
    } else {
      y += Math.min(mostForTime, (waitedNs / 1e6) * pixelsPerMillisecond);
    }
    if (event.isSend) {
      y = Math.max(y, here.send + spacing.label, here.head + spacing.afterHead, there.send + spacing.acrossEnds, here.clear);
      here.send = y;
      starts[event.index] = y;
      if (!event.arrives) there.clear = y + spacing.fall * markShare + spacing.lostMark;
    } else {
      const startY = starts[event.index] ?? 0;
      y = Math.max(y, startY + spacing.fall, event.arrives ? here.head + spacing.heads : 0, event.arrives ? here.send + spacing.belowSend : 0);
      if (event.arrives) here.head = y;
      else here.clear = startY + markShare * (y - startY) + spacing.lostMark;
      ends[event.index] = y;
    }
    inFlight += event.isSend ? 1 : -1;
  });
  return { starts, ends, folds, bottom: y };
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
