/** The timeline of one TCP stream, from the capture's own packets: hands its segments to the builder, and pauses for other calls. */
import { TimelineBuilder } from '../../shared/analysis/tcp/timeline.ts';
import type { SynOptions, TimelineSegmentInput, TimelineSide } from '../../shared/analysis/tcp/timeline-input.ts';
import { readU16, readU32, readU8 } from '../../shared/bytes/reader.ts';
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';
import { WANT_NOTHING, WANT_ROW } from '../../shared/dissect/run.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import { ipv4Text, ipv6Text } from '../../shared/dissect/address-text.ts';
import type { Layer } from '../../shared/dissect/layer.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Streams } from '../../shared/streams/streams.ts';
import { readOptions } from '../../shared/streams/tcp-options.ts';
import { ANALYSIS, emptySegment, SYN } from '../../shared/streams/tcp-segment.ts';
import type { StreamSide, StreamSummary } from '../../shared/streams/tcp-segment.ts';
import { nextTurn } from './turn.ts';

/** The open capture, as far as a timeline needs it. */
export interface TimelineSource {
  readonly index: { readonly columns: PacketColumns };
  /** True while packets may still be added. */
  readonly isReading: boolean;
  show(position: number, wanted: Wanted): Dissection;
}

/** Throws an `IpcError` where there is no such stream, or the caller has given up. */
export async function timelineOf(session: TimelineSource, streams: Streams, stream: number, aroundPacket: number, signal: AbortSignal): Promise<StreamTimeline> {
  const summary = streams.tcp.stream(stream);
  if (summary === null) throw new IpcError('not-found', `There is no TCP stream ${stream} in this capture.`);
  const { columns } = session.index;
  const first = summary.firstPacket - 1;
  const pause = pausing(signal);
  const builder = new TimelineBuilder({
    stream,
    streamCount: streams.tcp.streamCount,
    sides: [sideOf(streams, summary.a), sideOf(streams, summary.b)],
    aroundPacket,
    captureEndNs: session.isReading ? null : sinceNs(columns, first, columns.count - 1),
    reusedAfterNs: reusedAfterNs(columns, streams, summary),
  });
  for (const segment of segmentsOf(session, streams, summary)) {
    builder.add(segment);
    const paused = pause();
    if (paused !== undefined) await paused;
  }
  const timeline = builder.finish();
  for (const segment of timeline.segments) {
    if (segment.payloadLength > 0) segment.content = contentOf(session.show(segment.packet - 1, WANT_ROW));
    const paused = pause();
    if (paused !== undefined) await paused;
  }
  return timeline;
}

const longestTurnMs = 8;

/** Lets other work run when a turn has become long. A huge stream must not keep the rows of the list waiting. */
function pausing(signal: AbortSignal): () => Promise<void> | undefined {
  let turnStart = performance.now();
  return () => {
    if (performance.now() - turnStart < longestTurnMs) return undefined;
    return nextTurn().then(() => {
      if (signal.aborted) throw new IpcError('cancelled', 'The timeline is no longer wanted.');
      turnStart = performance.now();
    });
  };
}

function sideOf(streams: Streams, side: StreamSide): TimelineSide {
  const bytes = streams.addresses.bytes(side.address);
  return { address: bytes.length === 4 ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0), port: side.port, baseSequence: side.baseKnown ? side.baseSequence : null };
}

function sinceNs(columns: PacketColumns, from: number, to: number): number {
  return (columns.timeSeconds(to) - columns.timeSeconds(from)) * 1e9 + columns.timeNanos(to) - columns.timeNanos(from);
}

/** The stream's segments in file order. */
function* segmentsOf(session: TimelineSource, streams: Streams, summary: StreamSummary): Generator<TimelineSegmentInput> {
  for (const packet of packetsOf(streams, summary)) yield* segmentsIn(session, streams, summary, packet);
}

/** Those of one packet, all at once: what `show` gives back is another packet's after the next pause. */
function segmentsIn(session: TimelineSource, streams: Streams, summary: StreamSummary, packet: number): readonly TimelineSegmentInput[] {
  const segments: TimelineSegmentInput[] = [];
  for (const layer of session.show(packet - 1, WANT_NOTHING).layers) {
    if (layer.protocol.id !== 'tcp') continue;
    const analysis = streams.tcp.analysis(packet, layer.occurrence);
    if (analysis?.stream !== summary.stream) continue;
    const timeNs = sinceNs(session.index.columns, summary.firstPacket - 1, packet - 1);
    segments.push(segmentOf(layer, packet, timeNs, analysis.direction, analysis.flags));
  }
  return segments;
}

/** Packet numbers of the stream, first to last: each is linked to the one before. */
function packetsOf({ tcp }: Streams, summary: StreamSummary): number[] {
  const packets: number[] = [];
  for (let packet = summary.lastPacket; packet > 0; packet = tcp.previousPacket(summary.stream, packet)) packets.push(packet);
  return packets.reverse();
}

const nothingFound: readonly string[] = [];
const analysisBits = Object.entries(ANALYSIS);

/** TCP header at the start of `layer` (RFC 9293 §3.1). */
function segmentOf(layer: Layer, packet: number, timeNs: number, side: 0 | 1, analysis: number): TimelineSegmentInput {
  const { bytes, start } = layer;
  const headerLength = (readU8(bytes, start + 12) >> 4) * 4;
  const flags = readU16(bytes, start + 12) & 0x0fff;
  return {
    packet,
    timeNs,
    side,
    flags,
    sequence: readU32(bytes, start + 4),
    acknowledgment: readU32(bytes, start + 8),
    payloadLength: Math.max(0, layer.reportedEnd - start - headerLength),
    window: readU16(bytes, start + 14),
    options: (flags & SYN) !== 0 ? synOptions(bytes, start + 20, Math.min(start + headerLength, layer.end)) : null,
    analysis: analysis === 0 ? nothingFound : analysisBits.filter(([, bit]) => (analysis & bit) !== 0).map(([name]) => name),
  };
}

function synOptions(bytes: Uint8Array, from: number, end: number): SynOptions {
  const segment = emptySegment();
  readOptions(bytes, from, end, segment);
  return {
    mss: segment.mss < 0 ? null : segment.mss,
    windowScale: segment.windowScale < 0 ? null : segment.windowScale,
    sackPermitted: segment.sackPermitted,
    timestamps: segment.timestamps,
  };
}

/** What a packet carries above TCP, without TCP's own remarks in front; "" where TCP is all there is. */
function contentOf(run: Dissection): string {
  return run.columns.protocol === 'TCP' ? '' : run.columns.info.replace(/^(\[TCP [^\]]*\] ?)+/, '');
}

/** Time since the last packet of an earlier stream between the same ports. */
function reusedAfterNs(columns: PacketColumns, streams: Streams, summary: StreamSummary): number | null {
  const reused = streams.tcp.analysis(summary.firstPacket, 0);
  if (reused === null || (reused.flags & ANALYSIS.reused_ports) === 0) return null;
  for (let stream = summary.stream - 1; stream >= 0; stream -= 1) {
    const earlier = streams.tcp.stream(stream);
    if (earlier !== null && sameEnds(earlier, summary)) return sinceNs(columns, earlier.lastPacket - 1, summary.firstPacket - 1);
  }
  return null;
}

function sameEnds(one: StreamSummary, other: StreamSummary): boolean {
  const same = (left: StreamSide, right: StreamSide): boolean => left.address === right.address && left.port === right.port;
  return (same(one.a, other.a) && same(one.b, other.b)) || (same(one.a, other.b) && same(one.b, other.a));
}
