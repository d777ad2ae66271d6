/** Where the states of one end stand beside the ladder, and how sure each change is. Pure; pixels as in the ladder. */
import type { StatePeriod, StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { formatDuration } from '../../../shared/format/time.ts';
import type { Arrow, LadderLayout } from './ladder-layout.ts';

export interface LaneBlock {
  readonly period: StatePeriod;
  readonly y: number;
  readonly height: number;
  /** How long, for example "28.2 ms", "≈ 28.2 ms", "60 s assumed". */
  readonly duration: string;
  /** The capture ended before the state did. */
  readonly isOpenEnded: boolean;
}

/** A change that happened somewhere in here: at that end it was not captured. */
export interface UncertainMoment {
  readonly y: number;
  readonly height: number;
  /** "± 14.1 ms", or "" where the distance is unknown. */
  readonly text: string;
}

export interface LaneLayout {
  readonly blocks: readonly LaneBlock[];
  readonly moments: readonly UncertainMoment[];
}

const momentHeight = 18;
const firstY = 2;
const gap = 1;
const least = 4;

/**
 * @param isClient which end's lane this is.
 * @param uncertainNs half a one-way trip to this end; 0 at the end where the capture was made, null where unknown.
 */
export function layOutLane(timeline: StreamTimeline, ladder: LadderLayout, isClient: boolean, uncertainNs: number | null): LaneLayout {
  const periods = isClient ? timeline.lanes.client : timeline.lanes.server;
  const arrows = new Map(ladder.arrows.map((arrow) => [timeline.segments[arrow.index]?.packet ?? 0, arrow]));
  const shown = { first: timeline.segments[0]?.packet ?? 0, last: timeline.segments.at(-1)?.packet ?? 0 };
  const bottom = ladder.height - 6;
  const starts = periods.map((period) => startOf(period, arrows, shown, isClient, bottom));
  const isUncertain = uncertainNs !== null && uncertainNs > 0;
  const blocks: LaneBlock[] = [];
  const moments: UncertainMoment[] = [];
  let free = firstY;
  periods.forEach((period, index) => {
    const startY = starts[index] ?? firstY;
    const endY = starts[index + 1] ?? bottom;
    // Outside of the window of shown segments, before or after.
    if (endY <= firstY && index < periods.length - 1) return;
    if (startY >= bottom) return;
    const changeIsUncertain = isUncertain && period.cause > 0 && arrows.has(period.cause);
    const y = Math.max(free, startY + (changeIsUncertain ? momentHeight / 2 : 0) + gap);
    if (changeIsUncertain) moments.push({ y: Math.max(free, startY - momentHeight / 2), height: momentHeight, text: `± ${formatDuration(uncertainNs)}` });
    const nextIsUncertain = isUncertain && index + 1 < periods.length && arrows.has(periods[index + 1]?.cause ?? 0);
    const end = endY - (nextIsUncertain ? momentHeight / 2 : 0) - gap;
    const height = Math.max(least, end - y);
    blocks.push({ period, y, height, duration: durationText(period, lastedNs(periods, index, arrows, isClient), isUncertain), isOpenEnded: period.toNs === null });
    free = y + height + gap;
  });
  return { blocks, moments };
}

function startOf(period: StatePeriod, arrows: ReadonlyMap<number, Arrow>, shown: { readonly first: number; readonly last: number }, isClient: boolean, bottom: number): number {
  if (period.cause === 0) return period.fromNs > 0 ? bottom : firstY;
  const arrow = arrows.get(period.cause);
  if (arrow === undefined) return period.cause < shown.first ? firstY : bottom;
  return arrow.fromClient === isClient ? arrow.startY : arrow.endY;
}

/** From change to change at this end, by the estimated times where the changes were not captured here; null for an open end. */
function lastedNs(periods: readonly StatePeriod[], index: number, arrows: ReadonlyMap<number, Arrow>, isClient: boolean): number | null {
  const period = periods[index];
  const next = periods[index + 1];
  if (period === undefined || period.toNs === null) return null;
  const at = ({ cause, fromNs }: StatePeriod): number => {
    const arrow = arrows.get(cause);
    return arrow === undefined ? fromNs : arrow.fromClient === isClient ? arrow.times.sendNs : arrow.times.arriveNs;
  };
  return (next === undefined ? period.toNs : at(next)) - at(period);
}

function durationText(period: StatePeriod, lasted: number | null, isUncertain: boolean): string {
  if (period.state === 'TIME-WAIT' && period.toNs === null) return '60 s assumed';
  if (lasted === null && period.state === 'LISTEN') return 'not seen';
  if (lasted === null) return period.state === 'CLOSED' ? period.certainty === 'inferred' ? 'inferred' : '' : 'until the end';
  if (lasted <= 0 || period.cause === 0) return '';
  return `${isUncertain ? '≈ ' : ''}${formatDuration(lasted)}`;
}
