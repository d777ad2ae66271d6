/** WebSocket frames, on a connection that HTTP handed over (RFC 6455 §5), compressed ones too (RFC 7692). */
import { readU16, readU32, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Layer } from '../layer.ts';
import { deflateOf } from './websocket/deflate.ts';
import { CLOSE, CONTINUATION, OPCODES, websocketFields } from './websocket/fields.ts';
import type { WebSocketLayer } from './websocket/fields.ts';
import { collect, putFragments } from './websocket/fragments.ts';
import type { FrameHead, Message } from './websocket/fragments.ts';
import { putPayload } from './websocket/payload.ts';

const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK_BYTES = 4;
/** Frames in one stretch of bytes; more show as one. */
const MAX_FRAMES = 4096;

/** What the head of a frame says. */
interface Head extends FrameHead {
  /** Bytes up to the payload. */
  readonly headLength: number;
  readonly payloadLength: number;
}

/** Reads the head at the layer's start; null where it is not all there. */
function readHead(layer: WebSocketLayer): Head | null {
  const { bytes, start } = layer;
  const available = layer.end - start;
  if (available < 2) return null;
  const first = readU8(bytes, start);
  const second = readU8(bytes, start + 1);
  const short = second & 0x7f;
  const extended = short === LENGTH_16 ? 2 : short === LENGTH_64 ? 8 : 0;
  const isMasked = (second & 0x80) !== 0;
  const headLength = 2 + extended + (isMasked ? MASK_BYTES : 0);
  if (available < headLength) return null;
  const payloadLength = extended === 2 ? readU16(bytes, start + 2) : extended === 8 ? readU32(bytes, start + 2) * 2 ** 32 + readU32(bytes, start + 6) : short;
  return { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, isCompressed: (first & 0x40) !== 0, isMasked, headLength, payloadLength };
}

export const websocket = protocol({
  id: 'websocket',
  title: 'WebSocket',
  short: 'WebSocket',
  spec: 'RFC 6455 §5.2',
  osi: 7,
  fields: websocketFields,
  parse(layer) {
    const { run, end, reportedEnd } = layer;
    let before = layer as unknown as Layer;
    let at = takeFrame(layer);
    for (let frame = 1; at >= 0 && at < end && frame < MAX_FRAMES; frame += 1) {
      const following = run.follow(before, at, end, reportedEnd, (next) => void (at = takeFrame(next as unknown as WebSocketLayer)));
      if (following === null) return;
      layer.need = following.need;
      before = following;
    }
  },
});

/** One frame; gives where it ends, -1 where more has to come first. */
function takeFrame(layer: WebSocketLayer): number {
  const { start } = layer;
  const head = readHead(layer);
  const missing = head === null ? 1 : head.headLength + head.payloadLength - (layer.reportedEnd - start);
  if (missing > 0 && layer.canDesegment) {
    layer.needMore(start, head === null ? 'segment' : missing);
    layer.withdraw();
    return -1;
  }
  layer.protocolName('WebSocket');
  if (head === null) {
    layer.reaches(layer.reportedEnd + 1);
    return -1;
  }
  layer.pduSize(head.headLength + head.payloadLength);
  layer.info(() => infoOf(head));
  takeHead(layer, head);
  const end = start + head.headLength + head.payloadLength;
  layer.shrink(end - start);
  if (head.payloadLength > 0) takePayload(layer, head);
  return layer.broken ? -1 : Math.min(end, layer.end);
}

function infoOf({ opcode, isLast, isMasked }: Head): string {
  return `WebSocket ${OPCODES[opcode] ?? 'Unknown Opcode'}${isLast ? ' [FIN]' : '[FRAGMENT] '} ${isMasked ? '[MASKED]' : ''}`;
}

function takeHead(layer: WebSocketLayer, { isMasked, headLength }: Head): void {
  const { start } = layer;
  layer.summary(() => (isMasked ? ' (masked)' : ''));
  layer.at('fin', start);
  layer.at('rsv', start);
  if (deflateOf(layer.run.upgrade?.extensions ?? null) !== null) layer.at('pmc', start);
  layer.at('opcode', start);
  layer.at('mask', start + 1);
  const short = layer.at('payload_length', start + 1);
  if (short === LENGTH_16) layer.at('payload_length_ext_16', start + 2);
  else if (short === LENGTH_64) layer.at('payload_length_ext_64', start + 2);
  if (isMasked) layer.at('masking_key', start + headLength - MASK_BYTES, MASK_BYTES);
  layer.cursor = start + headLength;
  layer.headerEnd = layer.cursor;
}

/** Unmasks the payload, puts fragments together, decompresses them, and shows what comes out. */
function takePayload(layer: WebSocketLayer, head: Head): void {
  const { run, cursor: start } = layer;
  const { opcode, isLast, isMasked, payloadLength } = head;
  if (isMasked) layer.put('masked_payload', 0, start, Math.min(payloadLength, layer.left));
  if (!layer.reaches(start + payloadLength)) return;
  const source = isMasked ? run.addSource('Unmasked data', unmasked(layer.bytes, start, payloadLength)) : layer.source;
  const from = isMasked ? 0 : start;
  const payload = (run.sources[source]?.bytes ?? new Uint8Array(0)).subarray(from, from + payloadLength);
  const message = opcode < CLOSE ? collect(layer, head, payload) : null;
  layer.cursor = start + payloadLength;
  layer.put('payload', 0, start, payloadLength);
  if (message !== null) putMessage(layer, message, source, from, payloadLength);
  else if (opcode === CONTINUATION) layer.inside(() => layer.put('payload.continue', payload, start, payloadLength));
  else if (isLast) putPayload(layer, opcode, source, from, payloadLength);
}

/** A message that ends with this frame, `length` bytes of which are at `from` of a byte source. */
function putMessage(layer: WebSocketLayer, message: Message, source: number, from: number, length: number): void {
  const { run } = layer;
  const isWhole = message.pieces.length === 1;
  const whole = isWhole ? source : run.addSource('Reassembled WebSocket', message.bytes);
  if (!isWhole) putFragments(layer, message, whole);
  if (!message.isCompressed) putPayload(layer, message.opcode, whole, isWhole ? from : 0, isWhole ? length : message.bytes.length);
  else if (message.plain === null) layer.inside(() => layer.expert('decompression.failed.expert', 'error', 'Protocol', 'Decompression failed'));
  else putPayload(layer, message.opcode, run.addSource('Decompressed payload', message.plain), 0, message.plain.length);
}

/** RFC 6455 §5.3: every byte combined with one of the key's four, which stand before the payload. */
function unmasked(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const plain = bytes.slice(start, start + length);
  for (let at = 0; at < plain.length; at += 1) plain[at] = readU8(plain, at) ^ readU8(bytes, start - MASK_BYTES + (at & 3));
  return plain;
}
