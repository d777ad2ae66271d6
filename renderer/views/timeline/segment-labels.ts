/** Name and arithmetic of a segment, as they stand along its arrow. Pure. */
import type { TimelineSegment } from '../../../shared/ipc/timeline-contract.ts';
import { ACK, FIN, RST, SYN, flagsText, nextSequence } from './segment-facts.ts';

const analysisNames: Readonly<Record<string, string>> = {
  fast_retransmission: 'Fast retransmission',
  spurious_retransmission: 'Needless retransmission',
  retransmission: 'Retransmission',
  out_of_order: 'Out of order',
  keep_alive: 'Keep-alive',
  keep_alive_ack: 'Keep-alive ACK',
  zero_window: 'Zero window',
  zero_window_probe: 'Zero window probe',
  zero_window_probe_ack: 'Zero window probe ACK',
  window_full: 'Window full',
  window_update: 'Window update',
  duplicate_ack: 'Duplicate ACK',
  lost_segment: 'Data before it is missing',
  ack_lost_segment: 'ACK of data not captured',
};

const contentLength = 32;

/** What it carries, in few words: without the analysis before it and what stands in brackets, and not longer than the arrow. */
export function shortContent(content: string): string {
  const plain = content.replace(/^(\[[^\]]*\][\s,]*)+(?=\S)/, '').replace(/\s*\([^)]*\)\s*/g, ' ').trim() || content.trim();
  return plain.length > contentLength ? `${plain.slice(0, contentLength - 1).trimEnd()}…` : plain;
}

export function segmentName(segment: TimelineSegment): string {
  if (segment.retransmissionOf > 0) return `${analysisName(segment, 'retransmission') ?? 'Retransmission'} of ${segment.retransmissionOf}`;
  const repeats = analysisName(segment, 'retransmission');
  if (repeats !== null) return repeats;
  const found = Object.keys(analysisNames).find((name) => segment.analysis.includes(name));
  if (found !== undefined && segment.payloadLength === 0) return analysisNames[found] ?? '';
  if ((segment.flags & (SYN | FIN | RST)) !== 0) return flagsText(segment.flags & ~8);
  if (segment.payloadLength > 0) return shortContent(segment.content) || 'Data';
  return flagsText(segment.flags);
}

function analysisName(segment: TimelineSegment, ending: string): string | null {
  const found = Object.keys(analysisNames).find((name) => name.endsWith(ending) && segment.analysis.includes(name));
  return found === undefined ? null : (analysisNames[found] ?? null);
}

/** What the analysis says about it, for people; "" for nothing. */
export function analysisText(segment: TimelineSegment): string {
  return segment.analysis.map((name) => analysisNames[name] ?? name.replaceAll('_', ' ')).join(', ');
}

export type SegmentsByPacket = ReadonlyMap<number, TimelineSegment>;

/** The sum that the segment does, for example "Seq 1 + Len 517 = 518". */
export function segmentArithmetic(segment: TimelineSegment, byPacket: SegmentsByPacket): string {
  const { relativeSequence: sequence, payloadLength, flags } = segment;
  if ((flags & RST) !== 0) return `Seq ${sequence}`;
  if ((flags & SYN) !== 0) return (flags & ACK) === 0 ? `Seq ${sequence} · SYN counts as 1 → next ${nextSequence(segment)}` : `Seq ${sequence} · ${acknowledgmentSum(segment, byPacket)}`;
  if ((flags & FIN) !== 0 && payloadLength === 0) {
    const answered = byPacket.get(segment.acknowledges);
    return answered !== undefined && (answered.flags & FIN) !== 0 ? `Seq ${sequence} · ${acknowledgmentSum(segment, byPacket)}` : `Seq ${sequence} · FIN counts as 1 → next ${nextSequence(segment)}`;
  }
  if (payloadLength > 0) return `Seq ${sequence} + Len ${payloadLength}${(flags & FIN) !== 0 ? ' + FIN 1' : ''} = ${nextSequence(segment)}`;
  return acknowledgmentSum(segment, byPacket);
}

/** "Ack 1 = 0 + 1" for a SYN or FIN, "Ack 518: all of 8" for data, "Ack 518 again" for nothing new. */
function acknowledgmentSum(segment: TimelineSegment, byPacket: SegmentsByPacket): string {
  const { relativeAcknowledgment: acknowledgment, acknowledges, acknowledgedPackets } = segment;
  if ((segment.flags & ACK) === 0) return `Seq ${segment.relativeSequence}`;
  if (acknowledges === 0) return segment.analysis.includes('duplicate_ack') ? `Ack ${acknowledgment} again` : `Ack ${acknowledgment}`;
  const covered = byPacket.get(acknowledges);
  const countsOne = covered !== undefined && acknowledgedPackets === 1 && covered.payloadLength === 0 && (covered.flags & (SYN | FIN)) !== 0;
  return countsOne ? `Ack ${acknowledgment} = ${acknowledgment - 1} + 1` : `Ack ${acknowledgment}: all of ${coveredText(segment, byPacket)}`;
}

const mostNamed = 3;

/** Packets that an ACK newly covers: "25, 26, 27", or "25 and 11 more". */
export function coveredText(segment: TimelineSegment, byPacket: SegmentsByPacket): string {
  const covered = coveredPackets(segment, byPacket);
  if (covered.length === segment.acknowledgedPackets && covered.length <= mostNamed) return covered.join(', ');
  return `${segment.acknowledges} and ${segment.acknowledgedPackets - 1} more`;
}

export function coveredPackets(segment: TimelineSegment, byPacket: SegmentsByPacket): readonly number[] {
  const packets: number[] = [];
  // Packet numbers between are those of other streams, or are not covered.
  for (let packet = segment.acknowledges; packet < segment.packet && packets.length <= mostNamed; packet += 1) {
    const candidate = byPacket.get(packet);
    if (candidate === undefined) continue;
    // Of bytes that were sent twice, the last copy counts.
    const isLastCopy = candidate.retransmittedBy === 0 || candidate.retransmittedBy > segment.packet;
    if (candidate.acknowledgedBy === segment.packet && isLastCopy) packets.push(packet);
  }
  return packets;
}
