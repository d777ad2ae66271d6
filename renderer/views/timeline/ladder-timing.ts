/**
 * When each segment left its sender and reached the other end. A capture knows one moment per
 * segment; the handshake's halves tell how far each end is from the capture point, so the others
 * can be estimated. Estimates never contradict what the segments prove: no ACK leaves before that
 * which it acknowledges has arrived. Pure; nanoseconds since the stream's first segment.
 */
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';

/** Time from the capture point to each end, one way. */
export interface EndDistances {
  readonly clientNs: number;
  readonly serverNs: number;
}

export interface SegmentTimes {
  readonly sendNs: number;
  readonly arriveNs: number;
}

/** Half of each half round trip; null where the handshake is not complete, or does not tell where the capture was made. */
export function endDistances({ handshake, vantage }: Pick<StreamTimeline, 'handshake' | 'vantage'>): EndDistances | null {
  if (vantage === 'unknown') return null;
  const toServerNs = handshake?.synAckDelayNs ?? null;
  const toClientNs = handshake?.ackDelayNs ?? null;
  return toServerNs === null || toClientNs === null ? null : { clientNs: toClientNs / 2, serverNs: toServerNs / 2 };
}

type Mutable = { -readonly [Key in keyof SegmentTimes]: SegmentTimes[Key] };

/** Times of all segments, in their order. */
export function segmentTimes(segments: readonly TimelineSegment[], distances: EndDistances | null): readonly SegmentTimes[] {
  const near = distances ?? { clientNs: 0, serverNs: 0 };
  let clockNs = Number.NEGATIVE_INFINITY;
  const times = segments.map((segment): Mutable => {
    // A capture's clock may step back; the order of the packets is what counts.
    clockNs = Math.max(clockNs, segment.timeNs);
    return segment.fromClient
      ? { sendNs: clockNs - near.clientNs, arriveNs: clockNs + near.serverNs }
      : { sendNs: clockNs - near.serverNs, arriveNs: clockNs + near.clientNs };
  });
  limitInFlight(segments, times, near);
  respectAcknowledgments(segments, times);
  keepOrder(segments, times);
  return times;
}

/** Segments that may start before one that is on its way ends. */
const mostInFlight = 4;

/**
 * Draws a full pipe as a short one. With hundreds of segments on their way the arrows would fall
 * over many screens; the far end is an estimate, so it moves nearer, and the order stays.
 */
function limitInFlight(segments: readonly TimelineSegment[], times: readonly Mutable[], near: EndDistances): void {
  const captured = segments.map((segment, index) => (times[index]?.sendNs ?? 0) + (segment.fromClient ? near.clientNs : near.serverNs));
  times.forEach((entry, index) => {
    entry.arriveNs = Math.min(entry.arriveNs, captured[index + mostInFlight] ?? Number.POSITIVE_INFINITY);
    entry.sendNs = Math.max(entry.sendNs, captured[index - mostInFlight] ?? Number.NEGATIVE_INFINITY);
  });
}

/** Where the estimates cross, arrival and answer meet half-way between what is known. */
function respectAcknowledgments(segments: readonly TimelineSegment[], times: readonly Mutable[]): void {
  const places = new Map(segments.map((segment, index) => [segment.packet, index]));
  segments.forEach((segment, index) => {
    const answer = places.get(segment.acknowledgedBy);
    const sent = times[index];
    const back = answer === undefined ? undefined : times[answer];
    if (sent === undefined || back === undefined || sent.arriveNs <= back.sendNs) return;
    const middleNs = (sent.sendNs + back.arriveNs) / 2;
    sent.arriveNs = Math.min(sent.arriveNs, middleNs);
    back.sendNs = Math.max(back.sendNs, middleNs);
  });
}

/** What one end sends stays in order, and so does what reaches it. */
function keepOrder(segments: readonly TimelineSegment[], times: readonly Mutable[]): void {
  for (const fromClient of [true, false]) {
    const own = times.filter((_, index) => segments[index]?.fromClient === fromClient);
    own.reduce((beforeNs, entry) => (entry.sendNs = Math.max(beforeNs, entry.sendNs)), Number.NEGATIVE_INFINITY);
    own.reduceRight((afterNs, entry) => (entry.arriveNs = Math.max(entry.sendNs, Math.min(afterNs, entry.arriveNs))), Number.POSITIVE_INFINITY);
  }
}
