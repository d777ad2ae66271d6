/**
 * Transmission Control Protocol: header, options, and what the whole capture tells about the
 * segment. Streams and analysis are kept by streams/tcp-tracker.ts: the index pass feeds it,
 * the later passes look up.
 */
import { RST, emptySegment } from '../../streams/tcp-segment.ts';
import { readOptions } from '../../streams/tcp-options.ts';
import { protocol } from '../define.ts';
import { showAnalysis, showTimes } from './tcp/analysis.ts';
import { MIN_HEADER, readHeader, refuseHeader, showHeader, showNumbers, tellHeader } from './tcp/header.ts';
import { showMultipath } from './tcp/mptcp-analysis.ts';
import { observeMultipath } from './tcp/mptcp-observe.ts';
import { areUnremarkable, dissectOptions } from './tcp/options.ts';
import { dissectPayload } from './tcp/payload.ts';
import { fields } from './tcp/tcp-layer.ts';
import type { Header, TcpLayer } from './tcp/tcp-layer.ts';

/** Bytes of the header up to the window: without them a segment cannot join its stream. */
const UP_TO_WINDOW = 16;

/** Reused: the tracker copies what it keeps. */
const segment = emptySegment();

export const tcp = protocol({
  id: 'tcp',
  title: 'Transmission Control Protocol',
  short: 'TCP',
  spec: 'RFC 9293',
  osi: 4,
  claims: [{ table: 'ip.proto', keys: [6] }],
  fields,
  parse(layer) {
    const { run, start } = layer;
    layer.protocolName('TCP');
    const source = layer.take('srcport');
    const destination = layer.take('dstport');
    if (layer.broken) return;
    layer.info(() => `${source} → ${destination}`);
    layer.summary(() => `Src Port: ${source}, Dst Port: ${destination}`);
    run.sourcePort = source;
    run.destinationPort = destination;
    layer.put('port', source, start, 2);
    layer.put('port', destination, start + 2, 2);
    // An ICMP error need not quote more than eight bytes of a segment (RFC 792).
    const bare = run.quoted && run.network?.version === 4;
    if (bare) layer.at('seq', start + 4);
    if (!layer.has(UP_TO_WINDOW - 4)) return;
    const header = readHeader(layer);
    if (run.pass === 'index') observe(layer, header);
    else dissect(layer, header, bare);
  },
});

/** Index pass: tells the tracker. */
function observe(layer: TcpLayer, header: Header): void {
  const { run, bytes, start } = layer;
  const { network } = run;
  if (network === null) return;
  const { addresses, multipath, tcp: tracker } = run.state.streams;
  segment.packet = run.packet.number;
  segment.occurrence = layer.occurrence;
  segment.quoted = run.quoted;
  segment.timeSeconds = run.packet.timeSeconds;
  segment.timeNanos = run.packet.timeNanos;
  segment.source = addresses.intern(network.version, network.bytes, network.source);
  segment.destination = addresses.intern(network.version, network.bytes, network.destination);
  segment.sourcePort = run.sourcePort;
  segment.destinationPort = run.destinationPort;
  segment.sequence = header.rawSequence;
  segment.acknowledgment = header.rawAcknowledgment;
  segment.flags = header.flags;
  segment.window = header.rawWindow;
  segment.payloadLength = header.payloadLength;
  const optionsEnd = Math.min(start + header.headerLength, layer.end);
  readOptions(bytes, start + MIN_HEADER, optionsEnd, segment);
  const stream = tracker.observe(segment, addresses);
  if (segment.multipath) observeMultipath(multipath, { stream, direction: tracker.direction }, bytes, start + MIN_HEADER, optionsEnd);
  if (run.quoted) return;
  run.tcpFlags = header.flags;
  run.flow = { protocol: 'tcp', stream, direction: tracker.direction };
}

/** Deep and show pass: everything that is recorded, and the payload. */
function dissect(layer: TcpLayer, header: Header, bare: boolean): void {
  const { run } = layer;
  if (!run.quoted) {
    run.tcpFlags = header.flags;
    if (header.analysis !== null) run.flow = { protocol: 'tcp', stream: header.analysis.stream, direction: header.analysis.direction };
  }
  showNumbers(layer, header, !bare);
  tellHeader(layer, header);
  if (header.headerLength < MIN_HEADER) {
    refuseHeader(layer, header);
    return;
  }
  const trusted = showHeader(layer, header);
  if (layer.broken) return;
  const end = layer.start + header.headerLength;
  const readsOptions = layer.cursor < end && (layer.wants('option', 'mptcp', 'suboption', 'nop', 'non_zero') || run.text || !areUnremarkable(layer, end, header));
  const isMultipath = readsOptions && dissectOptions(layer, end, header);
  if (header.analysis !== null) {
    if (header.stream !== null && layer.wants('time_')) showTimes(layer, header.analysis, header.stream.firstPacket);
    if (!layer.broken) showAnalysis(layer, header.analysis, header.stream);
    if (isMultipath && layer.wants('mptcp')) showMultipath(layer, header);
  }
  if (layer.broken) return;
  layer.cursor = Math.min(end, layer.end);
  layer.headerEnd = layer.cursor;
  if ((header.flags & RST) === 0) dissectPayload(layer, header, trusted);
  else if (layer.left > 0) layer.take('reset_cause', layer.left);
}
