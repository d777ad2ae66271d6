/** The whole stream in one strip: who sent when, where it was silent, and where trouble was. Pure; x from 0 to 1. */
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { isRetransmission, RST } from './segment-facts.ts';

export interface OverviewMark {
  readonly x: number;
  readonly timeNs: number;
  readonly packet: number;
  readonly client: boolean;
  readonly server: boolean;
  readonly isTrouble: boolean;
}

export interface SilentStretch {
  readonly from: number;
  readonly to: number;
  readonly ns: number;
}

/** Marks in time. A stream that is shown in part comes from the slices, one that is shown whole from its segments. */
export function overviewMarks(timeline: StreamTimeline): readonly OverviewMark[] {
  const whole = Math.max(1, timeline.durationNs);
  if (timeline.segments.length >= timeline.totalSegments) {
    return timeline.segments.map((segment) => ({
      x: Math.min(1, Math.max(0, segment.timeNs / whole)),
      timeNs: segment.timeNs,
      packet: segment.packet,
      client: segment.fromClient,
      server: !segment.fromClient,
      isTrouble: isRetransmission(segment) || segment.retransmittedBy > 0 || (segment.flags & RST) !== 0,
    }));
  }
  const { sliceNs, client, server, trouble, packet } = timeline.activity;
  return packet.flatMap((first, slice): OverviewMark[] => {
    if (first === 0) return [];
    const timeNs = (slice + 0.5) * sliceNs;
    return [{ x: Math.min(1, timeNs / whole), timeNs, packet: first, client: (client[slice] ?? 0) > 0, server: (server[slice] ?? 0) > 0, isTrouble: (trouble[slice] ?? 0) > 0 }];
  });
}

/** Silences that take a visible share of the strip, longest first. */
export function silentStretches(marks: readonly OverviewMark[], durationNs: number, leastNs: number, leastShare: number): readonly SilentStretch[] {
  const stretches: SilentStretch[] = [];
  marks.forEach((mark, index) => {
    const next = marks[index + 1];
    if (next === undefined) return;
    const ns = next.timeNs - mark.timeNs;
    if (ns > leastNs && ns / Math.max(1, durationNs) >= leastShare) stretches.push({ from: mark.x, to: next.x, ns });
  });
  return stretches.sort((one, other) => other.ns - one.ns);
}

/** The mark nearest to a place of the strip; null in an empty stream. */
export function nearestMark(marks: readonly OverviewMark[], x: number): OverviewMark | null {
  let nearest: OverviewMark | null = null;
  for (const mark of marks) {
    if (nearest === null || Math.abs(mark.x - x) < Math.abs(nearest.x - x)) nearest = mark;
  }
  return nearest;
}
