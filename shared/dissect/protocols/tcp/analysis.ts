/** Shows what the tracker found out about a segment: times, round trips, bytes in flight, analysis flags. */
import { ANALYSIS, SEQUENCE_FLAGS } from '../../../streams/tcp-segment.ts';
import type { SegmentFacts } from '../../../streams/tcp-facts.ts';
import type { StreamSummary } from '../../../streams/tcp-segment.ts';
import type { TimeValue } from '../../field.ts';
import type { Severity } from '../../tape.ts';
import type { TcpLayer } from './tcp-layer.ts';

type AnalysisKey = Parameters<TcpLayer['expert']>[0];

interface Finding {
  readonly bit: number;
  readonly key: AnalysisKey;
  readonly severity: Severity;
  readonly words: string;
  /** What stands in front of Info. */
  readonly mark: string;
}

const RETRANSMISSION = 'This frame is a (suspected) retransmission';

/** In the order in which Wireshark tells them; a later mark stands before an earlier one. */
const FINDINGS: readonly Finding[] = [
  { bit: ANALYSIS.reused_ports, key: 'analysis.reused_ports', severity: 'note', words: 'A new tcp session is started with the same ports as an earlier session in this trace', mark: 'Port numbers reused' },
  { bit: ANALYSIS.retransmission, key: 'analysis.retransmission', severity: 'note', words: RETRANSMISSION, mark: 'Retransmission' },
  { bit: ANALYSIS.fast_retransmission, key: 'analysis.fast_retransmission', severity: 'note', words: 'This frame is a (suspected) fast retransmission', mark: 'Fast Retransmission' },
  { bit: ANALYSIS.spurious_retransmission, key: 'analysis.spurious_retransmission', severity: 'note', words: 'This frame is a (suspected) spurious retransmission', mark: 'Spurious Retransmission' },
  { bit: ANALYSIS.out_of_order, key: 'analysis.out_of_order', severity: 'warn', words: 'This frame is a (suspected) out-of-order segment', mark: 'Out-Of-Order' },
  { bit: ANALYSIS.lost_segment, key: 'analysis.lost_segment', severity: 'warn', words: 'Previous segment(s) not captured (common at capture start)', mark: 'Previous segment not captured' },
  { bit: ANALYSIS.ack_lost_segment, key: 'analysis.ack_lost_segment', severity: 'warn', words: "ACKed segment that wasn't captured (common at capture start)", mark: 'ACKed unseen segment' },
  { bit: ANALYSIS.window_update, key: 'analysis.window_update', severity: 'chat', words: 'TCP window update', mark: 'Window Update' },
  { bit: ANALYSIS.window_full, key: 'analysis.window_full', severity: 'warn', words: 'TCP window specified by the receiver is now completely full', mark: 'Window Full' },
  { bit: ANALYSIS.keep_alive, key: 'analysis.keep_alive', severity: 'note', words: 'TCP keep-alive segment', mark: 'Keep-Alive' },
  { bit: ANALYSIS.keep_alive_ack, key: 'analysis.keep_alive_ack', severity: 'note', words: 'ACK to a TCP keep-alive segment', mark: 'Keep-Alive ACK' },
  { bit: ANALYSIS.duplicate_ack, key: 'analysis.duplicate_ack', severity: 'note', words: 'Duplicate ACK', mark: 'Dup ACK' },
  { bit: ANALYSIS.zero_window_probe, key: 'analysis.zero_window_probe', severity: 'note', words: 'TCP Zero Window Probe', mark: 'ZeroWindowProbe' },
  { bit: ANALYSIS.zero_window, key: 'analysis.zero_window', severity: 'warn', words: 'TCP Zero Window segment', mark: 'ZeroWindow' },
  { bit: ANALYSIS.zero_window_probe_ack, key: 'analysis.zero_window_probe_ack', severity: 'note', words: 'ACK to a TCP Zero Window Probe', mark: 'ZeroWindowProbeAck' },
];

/** The time since another packet, unless both have the same; true where it was recorded. */
function putSince(layer: TcpLayer, key: 'analysis.ack_rtt' | 'analysis.rto', packet: number): boolean {
  const time = layer.run.state.streams.tcp.between(packet, layer.packet.number);
  const differs = time.seconds !== 0 || time.nanos !== 0;
  if (differs) layer.putGenerated(key, time);
  return differs;
}

/** A duration of whole nanoseconds. */
function duration(ns: number): TimeValue {
  const seconds = Math.floor(ns / 1e9);
  return { seconds, nanos: ns - seconds * 1e9 };
}

export function showTimes(layer: TcpLayer, analysis: SegmentFacts, firstPacket: number): void {
  const { tcp: tracker } = layer.run.state.streams;
  const { number } = layer.packet;
  layer.text(() => 'Timestamps', layer.start, 0, { generated: true });
  layer.inside(() => {
    layer.putGenerated('time_relative', tracker.between(firstPacket, number));
    layer.putGenerated('time_delta', tracker.between(analysis.previousPacket || number, number));
  });
}

/** The SEQ/ACK analysis in the tree, its remarks, and the marks in front of Info. `stream`: null where nothing is shown. */
export function showAnalysis(layer: TcpLayer, analysis: SegmentFacts, stream: StreamSummary | null): void {
  if (!analysis.analysed) return;
  layer.putGenerated('analysis', 0);
  layer.inside(() => {
    if (stream !== null && layer.wants('analysis')) showNumbers(layer, analysis, stream);
    const found = analysis.flags & SEQUENCE_FLAGS;
    if (found === 0) return;
    layer.putGenerated('analysis.flags', 0);
    const entry = layer.run.lastEntry;
    for (const finding of FINDINGS) if (found & finding.bit) showFinding(layer, analysis, finding, entry);
  });
}

function showNumbers(layer: TcpLayer, analysis: SegmentFacts, stream: StreamSummary): void {
  if (analysis.acksPacket !== 0) {
    layer.putGenerated('analysis.acks_frame', analysis.acksPacket);
    putSince(layer, 'analysis.ack_rtt', analysis.acksPacket);
  }
  if (stream.initialRoundTripNs !== 0) layer.putGenerated('analysis.initial_rtt', duration(stream.initialRoundTripNs));
  if (analysis.bytesInFlight !== 0) {
    layer.putGenerated('analysis.bytes_in_flight', analysis.bytesInFlight);
    layer.putGenerated('analysis.push_bytes_sent', analysis.pushBytesSent);
  }
}

function showFinding(layer: TcpLayer, analysis: SegmentFacts, finding: Finding, entry: number): void {
  if (finding.bit === ANALYSIS.duplicate_ack) {
    showDuplicateAck(layer, analysis);
    return;
  }
  layer.infoPrependFence(() => `[TCP ${finding.mark}] `);
  layer.expert(finding.key, finding.severity, 'Sequence', finding.words, entry);
  const repeated = finding.bit & (ANALYSIS.fast_retransmission | ANALYSIS.spurious_retransmission);
  if (repeated !== 0) layer.expert('analysis.retransmission', 'note', 'Sequence', RETRANSMISSION, entry);
  if (finding.bit === ANALYSIS.retransmission && layer.run.items) {
    layer.inside(() => {
      if (putSince(layer, 'analysis.rto', analysis.rtoPacket)) layer.putGenerated('analysis.rto_frame', analysis.rtoPacket);
    });
  }
}

function showDuplicateAck(layer: TcpLayer, analysis: SegmentFacts): void {
  const { duplicateAckNumber: number, duplicateAckPacket: packet } = analysis;
  layer.infoPrependFence(() => `[TCP Dup ACK ${packet}#${number}] `);
  layer.inside(() => layer.putGenerated('analysis.duplicate_ack', 0));
  layer.putGenerated('analysis.duplicate_ack_num', number);
  layer.putGenerated('analysis.duplicate_ack_frame', packet);
  layer.expert('analysis.duplicate_ack', 'note', 'Sequence', `Duplicate ACK (#${number})`);
}
