/** What a segment is, for names, colours and stories. Pure. */
import type { StreamTimeline, TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

const flagNames: readonly (readonly [bit: number, name: string])[] = [[SYN, 'SYN'], [FIN, 'FIN'], [RST, 'RST'], [8, 'PSH'], [ACK, 'ACK'], [32, 'URG'], [64, 'ECE'], [128, 'CWR']];

/** "SYN, ACK". */
export function flagsText(flags: number): string {
  const names = flagNames.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  return names.length > 0 ? names.join(', ') : 'no flags';
}

export function isKeepAlive(segment: TimelineSegment): boolean {
  return segment.analysis.includes('keep_alive');
}

export function isRetransmission(segment: TimelineSegment): boolean {
  return segment.retransmissionOf > 0 || segment.analysis.some((name) => name.endsWith('retransmission'));
}

/** Sequence numbers that it uses up: payload, and one each for SYN and FIN (RFC 9293 §3.4). */
export function numbersUsed(segment: TimelineSegment): number {
  return segment.payloadLength + ((segment.flags & SYN) !== 0 ? 1 : 0) + ((segment.flags & FIN) !== 0 ? 1 : 0);
}

/** Relative number that the sender goes on with. */
export function nextSequence(segment: TimelineSegment): number {
  return segment.relativeSequence + numbersUsed(segment);
}

/** `unanswered`: it was sent until its sender gave up, and nothing at all came from the other end. */
export type Fate = 'arrives' | 'lost' | 'unanswered';

/** What is known of the stream as a whole when a segment's fate is judged. */
export interface FateFacts {
  readonly vantage: StreamTimeline['vantage'];
  /** Whether the capture holds segments of each end. */
  readonly clientHeard: boolean;
  readonly serverHeard: boolean;
}

export function fateFacts({ vantage, segments, firstShown, totalSegments }: Pick<StreamTimeline, 'vantage' | 'segments' | 'firstShown' | 'totalSegments'>): FateFacts {
  // Of a part of a stream nothing is said about what never came.
  const isPart = firstShown > 0 || segments.length < totalSegments;
  return { vantage, clientHeard: isPart || segments.some((segment) => segment.fromClient), serverHeard: isPart || segments.some((segment) => !segment.fromClient) };
}

/**
 * Lost means: probably, behind the capture point; it was sent again before anything acknowledged
 * it. What was captured at its destination has arrived there, whatever was sent again.
 */
export function fateOf(segment: TimelineSegment, { vantage, clientHeard, serverHeard }: FateFacts): Fate {
  const isHeard = segment.fromClient ? serverHeard : clientHeard;
  // Data that goes on without being sent again does arrive: then only the other direction was not captured.
  if (!isHeard && ((segment.flags & SYN) !== 0 || segment.retransmissionOf > 0 || segment.retransmittedBy > 0)) return 'unanswered';
  if (segment.retransmittedBy === 0 || (segment.acknowledgedBy > 0 && segment.acknowledgedBy <= segment.retransmittedBy)) return 'arrives';
  const leavesCapture = vantage === 'client' ? segment.fromClient : vantage === 'server' ? !segment.fromClient : true;
  return leavesCapture ? 'lost' : 'arrives';
}

/** Things that need no icon: every connection has them. */
const ordinary: ReadonlySet<string> = new Set(['window_update', 'keep_alive', 'keep_alive_ack', 'reused_ports', 'tfo_syn', 'tfo_ack']);

/** How grave what the analysis found is; null for ordinary segments. */
export function severityOf(segment: TimelineSegment): 'warn' | 'note' | null {
  if (segment.analysis.some((name) => !ordinary.has(name)) || segment.retransmissionOf > 0 || (segment.flags & RST) !== 0) return 'warn';
  return segment.analysis.length > 0 ? 'note' : null;
}
