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

/**
 * Probably lost behind the capture point: it was sent again before anything acknowledged it. What
 * was captured at its destination has arrived there, so it is not lost, whatever was sent again.
 */
export function isLost(segment: TimelineSegment, vantage: StreamTimeline['vantage']): boolean {
  if (segment.retransmittedBy === 0 || (segment.acknowledgedBy > 0 && segment.acknowledgedBy <= segment.retransmittedBy)) return false;
  return vantage === 'client' ? segment.fromClient : vantage === 'server' ? !segment.fromClient : true;
}

/** Things that need no icon: every connection has them. */
const ordinary: ReadonlySet<string> = new Set(['window_update', 'keep_alive', 'keep_alive_ack', 'reused_ports', 'tfo_syn', 'tfo_ack']);

/** How grave what the analysis found is; null for ordinary segments. */
export function severityOf(segment: TimelineSegment): 'warn' | 'note' | null {
  if (segment.analysis.some((name) => !ordinary.has(name)) || segment.retransmissionOf > 0 || (segment.flags & RST) !== 0) return 'warn';
  return segment.analysis.length > 0 ? 'note' : null;
}
