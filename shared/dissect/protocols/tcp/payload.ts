/**
 * The payload of a segment. Deep pass: the reassembler decides, piece by piece, what goes on
 * with a message and what the dissector sees. Show pass: the same pieces again, as noted.
 */
import { SENT_AGAIN } from '../../../streams/reassembler.ts';
import { ANALYSIS, FIN, SYN } from '../../../streams/tcp-segment.ts';
import type { Dissect, Need, SegmentPayload } from '../../../streams/reassembly-need.ts';
import { PART } from '../../../streams/reassembly-table.ts';
import type { Part, PartKind } from '../../../streams/reassembly-table.ts';
import type { Layer } from '../../layer.ts';
import { dispatch } from './dispatch.ts';
import { showMessage } from './segments.ts';
import type { PayloadContext, TcpLayer } from './tcp-layer.ts';

/** Kinds of pieces after which a segment is done with. */
const ENDS_SEGMENT: ReadonlySet<PartKind> = new Set([PART.old, PART.repeated, PART.start]);

/** Shows and hands on what follows the header, from the cursor on. `trusted`: the segment is whole, and its checksum not known to be wrong. */
export function dissectPayload(layer: TcpLayer, header: PayloadContext, trusted: boolean): void {
  const { run } = layer;
  if (run.only !== null && !run.only.reachesUp) {
    if (layer.left > 0) layer.at('payload', layer.cursor, layer.left);
    return;
  }
  const reassembles = trusted && !run.quoted && header.payloadLength >= 0 && header.analysis !== null;
  // Where the deep pass has not come by, nobody knows yet what the stream makes of these bytes.
  const known = run.pass !== 'show' || run.packet.number <= run.state.finalPackets;
  if (known && reassembles && header.flags & FIN && takeFin(layer, header)) return;
  if (layer.left <= 0) return;
  const wire = layer.reportedEnd - layer.cursor;
  layer.at('payload', layer.cursor, layer.left);
  layer.label(() => `TCP payload (${wire} byte${wire === 1 ? '' : 's'})`);
  if (!known) return;
  if (!reassembles) dispatch(layer, header, { start: layer.cursor, length: wire });
  else if (run.pass === 'deep') collect(layer, header);
  else replay(layer, header);
}

/** A segment's payload as the reassembler takes it, and what the dissectors make of its pieces. */
class Payload implements SegmentPayload, Dissect {
  readonly packet: number;
  readonly timeSeconds: number;
  readonly occurrence: number;
  readonly side: number;
  readonly flags: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly fromFrame: boolean;
  /** Some of it was dissected, or need not be. */
  wasRead = false;
  private readonly layer: TcpLayer;
  private readonly header: PayloadContext;

  constructor(layer: TcpLayer, header: PayloadContext) {
    const { analysis } = header;
    this.packet = layer.packet.number;
    this.timeSeconds = layer.packet.timeSeconds + layer.packet.timeNanos / 1e9;
    this.occurrence = layer.occurrence;
    this.side = (analysis?.stream ?? 0) * 2 + (analysis?.direction ?? 0);
    this.flags = analysis?.flags ?? 0;
    // The SYN takes a number of its own.
    this.sequence = (header.sequence + (header.flags & SYN ? 1 : 0)) >>> 0;
    this.bytes = layer.bytes;
    this.start = layer.cursor;
    this.end = layer.end;
    this.fromFrame = layer.source === 0;
    this.layer = layer;
    this.header = header;
  }

  segment(start: number): Need | null {
    const { layers, protocolNames } = this.layer.run;
    const layerCount = layers.length;
    const nameCount = protocolNames.length;
    return this.forget(hand(this.layer, this.header, start, this.end), layerCount, nameCount);
  }

  message(bytes: Uint8Array, mayAsk: boolean, checked: number): Need | null {
    const { layers, protocolNames } = this.layer.run;
    const layerCount = layers.length;
    const nameCount = protocolNames.length;
    return this.forget(handMessage(this.layer, this.header, bytes, mayAsk, checked), layerCount, nameCount);
  }

  /** What the message's protocol would call itself is not known here; see settledName in columns/protocol-names.ts. */
  passOver(protocol: string): void {
    const { run } = this.layer;
    this.wasRead = true;
    this.layer.protocolName('');
    // The bytes that fill a gap are not where the message is shown.
    if (this.flags === 0) run.protocolNames.push(protocol);
    else run.openness = 'any';
  }

  /** What could do nothing with the bytes yet leaves no layer, as in the show pass. */
  private forget(need: Need | null, layerCount: number, nameCount: number): Need | null {
    const { layers, protocolNames } = this.layer.run;
    this.wasRead = true;
    // Where the rest never comes, the packet shows what there is of the message.
    if (need !== null) this.layer.run.openness = 'any';
    if (need !== null && need.from === 0) {
      layers.length = layerCount;
      protocolNames.length = nameCount;
    }
    return need;
  }
}

/** Deep pass: a segment that is plain (see columns/plain-tcp.ts), all there, and in its place, whose payload is left to be read. */
export function dissectPlainPayload(layer: TcpLayer, start: number, header: PayloadContext): void {
  const { run } = layer;
  layer.protocolName('TCP');
  run.tcpFlags = header.flags;
  run.flow = header.analysis === null ? null : { protocol: 'tcp', stream: header.analysis.stream, direction: header.analysis.direction };
  layer.cursor = start;
  layer.headerEnd = start;
  collect(layer, header);
}

// ── deep pass ────────────────────────────────────────────────────────────────

function collect(layer: TcpLayer, header: PayloadContext): void {
  const payload = new Payload(layer, header);
  const { run } = layer;
  run.state.reassembler.take(payload, payload);
  if (!payload.wasRead) run.openness = 'any';
}

function hand(layer: TcpLayer, header: PayloadContext, start: number, end: number): Need | null {
  const found = dispatch(layer, header, { start, length: end - start, canDesegment: true });
  return needOf(found, start);
}

function handMessage(layer: TcpLayer, header: PayloadContext, bytes: Uint8Array, canDesegment: boolean, checked = 0): Need | null {
  const source = layer.run.addSource('Reassembled TCP', bytes);
  const found = dispatch(layer, header, { source, start: 0, length: bytes.length, canDesegment, checked });
  return needOf(found, 0);
}

/** What a dissector asked for, counted from `start`. */
function needOf(found: Layer | null, start: number): Need | null {
  if (found === null || found.need === null) return null;
  const { from, more, atLeast, checked, opaque } = found.need;
  return { from: Math.max(0, from - start), more, atLeast, opaque: opaque === true ? found.protocol.id : '', checked: Math.max(0, (checked ?? from) - start) };
}

// ── show pass ────────────────────────────────────────────────────────────────

function partsOf(layer: TcpLayer): readonly Part[] {
  const { table } = layer.run.state.reassembler;
  return table.partsOf(layer.packet.number, layer.occurrence).map((part) => table.part(part));
}

/** Goes through the segment's pieces as the deep pass left them. */
function replay(layer: TcpLayer, header: PayloadContext): void {
  const parts = partsOf(layer);
  const { columns } = layer.run;
  const flags = header.analysis?.flags ?? 0;
  if (parts.length === 0 && flags & SENT_AGAIN) {
    if (flags & ANALYSIS.retransmission) showData(layer, layer.cursor, layer.left, 'Retransmitted ');
    return;
  }
  let start = layer.cursor;
  let protocol: string | null = null;
  for (let index = 0; start < layer.end; ) {
    const part = parts[index];
    const first = protocol === null;
    const isLeftAlone = part?.kind === PART.early && layer.run.state.reassembler.table.doneIn(part.message) === 0;
    if (isLeftAlone) {
      // Nothing has filled the gap before it: shown as it came.
      showLast(layer, header, start, null, first);
      start = layer.end;
    } else if (part === undefined || part.kind === PART.tail) {
      showLast(layer, header, start, part ?? null, first);
      start = layer.end;
    } else {
      // Several pieces of one message in one segment were asked for one by one; they are one stretch.
      let length = part.length;
      while (part.kind === PART.middle && parts[index + 1]?.message === part.message && parts[index + 1]?.kind === PART.middle) {
        index += 1;
        length += parts[index]?.length ?? 0;
      }
      showPart(layer, header, { ...part, length }, first);
      start = ENDS_SEGMENT.has(part.kind) ? layer.end : part.position + length;
      index += 1;
    }
    if (protocol !== null) columns.protocol = protocol;
    else if (start < layer.end) protocol = columns.protocol;
    if (start < layer.end) layer.infoFence();
  }
}

/** The rest of a segment that belongs to no earlier message; `tail` is a message that starts within it. */
function showLast(layer: TcpLayer, header: PayloadContext, start: number, tail: Part | null, first: boolean): void {
  const need = hand(layer, header, start, layer.end);
  if (need === null) return;
  if (need.from === 0) tellSegment(layer, first);
  if (tail !== null) showWhere(layer, tail);
  showData(layer, start + need.from, layer.end - start - need.from, '');
}

function showPart(layer: TcpLayer, header: PayloadContext, part: Part, first: boolean): void {
  const rest = layer.end - part.position;
  switch (part.kind) {
    case PART.old:
      showData(layer, part.position, rest, 'Retransmitted ');
      return;
    case PART.repeated:
      layer.infoAppend(() => '[Reassembly error, protocol TCP: New fragment overlaps old data (retransmission?)]');
      layer.text(() => `These bytes repeat part of the message that packet ${layer.run.state.reassembler.table.doneIn(part.message)} shows`, part.position, rest, { generated: true });
      return;
    case PART.start:
      tellSegment(layer, first);
      showWhere(layer, part);
      showData(layer, part.position, rest, '');
      return;
    case PART.middle:
    case PART.early:
      tellSegment(layer, first);
      showWhere(layer, part);
      showData(layer, part.position, part.length, '');
      return;
    default: {
      const { reassembler } = layer.run.state;
      const bytes = reassembler.messageBytes(part.message);
      const source = layer.run.sources.length;
      handMessage(layer, header, bytes, reassembler.table.mayAsk(part.message));
      showData(layer, part.position, part.length, '');
      showMessage(layer, part.message, source, bytes);
    }
  }
}

function tellSegment(layer: TcpLayer, first: boolean): void {
  layer.run.columns.protocol = 'TCP';
  if (first) layer.infoAppend(() => '[TCP segment of a reassembled PDU]', ' ');
}

/** The packet that shows the message, where that is another one and known. */
function showWhere(layer: TcpLayer, part: Part): void {
  const packet = layer.run.state.reassembler.table.doneIn(part.message);
  if (packet !== 0 && packet !== layer.packet.number) layer.putGenerated('reassembled_in', packet);
}

function showData(layer: TcpLayer, start: number, length: number, words: string): void {
  layer.at('segment_data', start, length);
  layer.label(() => `${words}TCP segment data (${length} byte${length === 1 ? '' : 's'})`);
}

// ── end of the stream ────────────────────────────────────────────────────────

/** Hands on what waited for the end of the stream. True where that used the segment up. */
function takeFin(layer: TcpLayer, header: PayloadContext): boolean {
  const { reassembler } = layer.run.state;
  const segment = new Payload(layer, header);
  if (layer.run.pass === 'deep') return reassembler.takeFin(segment, segment);
  const ended = partsOf(layer)[0];
  if (ended?.kind === PART.finalAtFin && reassembler.table.doneIn(ended.message) === segment.packet) {
    const bytes = reassembler.messageBytes(ended.message);
    const source = layer.run.sources.length;
    handMessage(layer, header, bytes, false);
    showMessage(layer, ended.message, source, bytes);
    return true;
  }
  const finPacket = reassembler.finPacket(segment.side);
  if (finPacket !== 0 && finPacket !== segment.packet) layer.putGenerated('fin_retransmission', finPacket);
  return false;
}
