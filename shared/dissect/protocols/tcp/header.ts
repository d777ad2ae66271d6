/** Reads the fixed header and puts it in the context of its stream; shows it and tells it in Info. */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import { ACK, ANALYSIS, FIN, SYN, URG } from '../../../streams/tcp-segment.ts';
import { showChecksum } from './checksum.ts';
import { flagWords, showFlags } from './flags.ts';
import type { Header, TcpLayer } from './tcp-layer.ts';

export const MIN_HEADER = 20;

/** The header at the layer's start, of which 16 bytes are known to be there. */
export function readHeader(layer: TcpLayer): Header {
  const { bytes, start, run } = layer;
  const headerLength = (readU8(bytes, start + 12) >> 4) * 4;
  const reported = layer.reportedEnd - start;
  const payloadLength = run.quoted || run.fragmented || reported < headerLength ? -1 : reported - headerLength;
  const rawSequence = readU32(bytes, start + 4);
  const rawAcknowledgment = readU32(bytes, start + 8);
  const rawWindow = readU16(bytes, start + 14);
  const flags = readU16(bytes, start + 12) & 0x0fff;
  const tracker = run.state.streams.tcp;
  const packet = run.packet.number;
  const analysis = run.pass === 'index' ? null : tracker.segment(packet, layer.occurrence);
  const stream = analysis !== null && (run.items || run.text) ? tracker.stream(analysis.stream) : null;
  const direction = analysis?.direction ?? 0;
  const forward = direction === 0 ? (stream?.a ?? null) : (stream?.b ?? null);
  const known = payloadLength >= 0 && analysis !== null;
  const forwardBase = known ? tracker.baseSequence(analysis.stream, direction, packet) : 0;
  const reverseBase = analysis === null ? 0 : tracker.baseSequence(analysis.stream, direction === 0 ? 1 : 0, packet);
  const scaled = known && (flags & SYN) === 0 && (forward?.windowScale ?? 0) > 0;
  return {
    rawSequence,
    rawAcknowledgment,
    rawWindow,
    flags,
    headerLength,
    payloadLength,
    sequence: (rawSequence - forwardBase) >>> 0,
    acknowledgment: known && flags & ACK ? (rawAcknowledgment - reverseBase) >>> 0 : rawAcknowledgment,
    window: scaled ? rawWindow * 2 ** (forward?.windowScale ?? 0) : rawWindow,
    analysis,
    stream,
    serverPort: analysis === null ? 0 : tracker.serverPort(analysis.stream),
    forward,
    reverseBase,
  };
}

/** What Info and the header's own line say before checksum and options are read. */
export function tellHeader(layer: TcpLayer, header: Header): void {
  const { flags, sequence, acknowledgment, window, payloadLength } = header;
  const { sourcePort, destinationPort } = layer.run;
  layer.infoAppend(() => ` [${flagWords(header)}] Seq=${sequence}${flags & ACK ? ` Ack=${acknowledgment}` : ''} Win=${window}`);
  layer.summary(() => `Src Port: ${sourcePort}, Dst Port: ${destinationPort}, Seq: ${sequence}${flags & ACK ? `, Ack: ${acknowledgment}` : ''}${payloadLength >= 0 ? `, Len: ${payloadLength}` : ''}`);
}

/** Everything up to the sequence numbers; `withSequence` is false where the quoted header showed them already. */
export function showNumbers(layer: TcpLayer, header: Header, withSequence: boolean): void {
  const { start: at } = layer;
  const { analysis, stream, payloadLength } = header;
  if (analysis !== null && stream !== null) {
    layer.putGenerated('stream', analysis.stream, at, 0);
    layer.putGenerated('completeness', layer.packet.number === stream.firstPacket ? stream.completenessAtFirst : stream.completeness);
  }
  if (payloadLength >= 0) layer.putGenerated('len', payloadLength, at + 12, 1);
  else if (!layer.run.quoted && !layer.run.fragmented) {
    layer.put('short_segment', 0, at, 0);
    layer.label(() => 'Short segment. Segment/fragment does not contain a full TCP header (might be NMAP or someone else deliberately sending unusual packets)');
    layer.run.raiseSeverity('warn');
  }
  if (!withSequence) return;
  layer.put('seq', header.sequence, at + 4, 4);
  layer.label(() => `Sequence Number: ${header.sequence}    (relative sequence number)`);
  layer.put('seq_raw', header.rawSequence, at + 4, 4);
}

/** A header length that cannot be: nothing after it can be read. */
export function refuseHeader(layer: TcpLayer, header: Header): void {
  const { headerLength } = header;
  layer.infoAppend(() => `, bogus TCP header length (${headerLength}, must be at least ${MIN_HEADER})`);
  showHeaderLength(layer, header);
  layer.expert('bogus_header_length', 'error', 'Protocol', `Bogus TCP header length (${headerLength}, must be at least ${MIN_HEADER})`);
  layer.cursor = layer.end;
}

function showHeaderLength(layer: TcpLayer, { headerLength }: Header): void {
  layer.put('hdr_len', headerLength, layer.start + 12, 1);
  layer.label(() => `${(headerLength >> 2).toString(2).padStart(4, '0')} .... = Header Length: ${headerLength} bytes (${headerLength >> 2})`);
}

/** From the next sequence number to the urgent pointer. False where the payload is not to be reassembled. */
export function showHeader(layer: TcpLayer, header: Header): boolean {
  const { start: at } = layer;
  const { flags, payloadLength } = header;
  if (payloadLength >= 0) {
    const next = (header.sequence + payloadLength + (flags & (SYN | FIN) ? 1 : 0)) >>> 0;
    layer.putGenerated('nxtseq', next, at, 0);
    layer.label(() => `Next Sequence Number: ${next}    (relative sequence number)`);
  }
  showAcknowledgment(layer, header);
  showHeaderLength(layer, header);
  showFlags(layer, at + 12, header);
  layer.put('window_size_value', header.rawWindow, at + 14, 2);
  layer.putGenerated('window_size', header.window, at + 14, 2);
  const scale = header.forward?.windowScale;
  if ((flags & SYN) === 0 && scale !== undefined) layer.putGenerated('window_size_scalefactor', scale >= 0 ? 2 ** scale : scale, at + 14, 2);
  layer.cursor = at + 16;
  const complete = layer.end === layer.reportedEnd && !layer.run.fragmented;
  const trusted = showChecksum(layer, complete);
  const urgent = layer.take('urgent_pointer');
  if (flags & URG) layer.infoAppend(() => ` Urg=${urgent}`);
  else if (urgent !== 0) layer.expert('urgent_pointer.non_zero', 'note', 'Protocol', 'The urgent pointer field is nonzero while the URG flag is not set');
  if (payloadLength >= 0) layer.infoAppend(() => ` Len=${payloadLength}`);
  return complete && trusted;
}

function showAcknowledgment(layer: TcpLayer, header: Header): void {
  const { start: at } = layer;
  layer.put('ack', header.acknowledgment, at + 8, 4);
  const entry = layer.run.lastEntry;
  if (header.flags & ACK) layer.label(() => `Acknowledgment Number: ${header.acknowledgment}    (relative ack number)`);
  else if (header.rawAcknowledgment !== 0) layer.expert('ack.nonzero', 'note', 'Protocol', 'The acknowledgment number field is nonzero while the ACK flag is not set', entry);
  const isSynAck = (header.flags & (SYN | ACK)) === (SYN | ACK);
  // More than the SYN is acknowledged: its data, too (RFC 7413 §4.2.2).
  if (isSynAck && header.acknowledgment > 1) layer.expert('analysis.tfo_ack', 'note', 'Sequence', 'TCP SYN-ACK accepting TFO data', entry);
  else if (isSynAck && (header.analysis?.flags ?? 0) & ANALYSIS.tfo_ignored) layer.expert('analysis.tfo_ignored', 'note', 'Sequence', 'TCP SYN-ACK ignoring TFO data', entry);
  layer.put('ack_raw', header.rawAcknowledgment, at + 8, 4);
}
