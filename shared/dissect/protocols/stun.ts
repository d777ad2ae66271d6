/** Session Traversal Utilities for NAT, and TURN upon it: finds out the address that others see, and relays where nothing else works. */
import { readU16, readU32 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import type { Layer } from '../layer.ts';
import { takeAttributes } from './stun/attributes.ts';
import { handOnCarried } from './stun/carried.ts';
import { stunFields } from './stun/fields.ts';
import type { StunLayer } from './stun/fields.ts';
import { CLASSES, METHODS } from './stun/names.ts';
import { learnTransaction, timeSince, transactionOf } from './stun/transactions.ts';

const HEADER_BYTES = 20;
const COOKIE = 0x2112_a442;
const CHANNEL_HEADER_BYTES = 4;
const ID_BYTES = 12;
const REQUEST = 0;
const INDICATION = 1;
const RFC_5389 = 3;
const PORT = 3478;

/** Bits that the type of a message does not have: the two that tell channels, and the upper four of the method, which no assigned one has (so tshark 4.0.17, too). */
const FOREIGN_BITS = 0xfc00;

/** A message of its own, nothing behind it. */
function isMessage(peek: Peek): boolean {
  return peek.length >= HEADER_BYTES && (peek.u16(0) & FOREIGN_BITS) === 0 && peek.u32(4) === COOKIE && peek.u16(2) + HEADER_BYTES === peek.length;
}

/** In streams: a message, and whatever follows it. */
function isBegin(peek: Peek): boolean {
  return peek.length >= HEADER_BYTES && peek.u32(4) === COOKIE && peek.u8(0) < 0x40;
}

/** Stands for all sessions that Microsoft's relays carry over one port; which one follows (MS-TURN §2.2.3). */
const MULTIPLEXED_CHANNEL = 0xff10;
const SESSION_BYTES = 8;

/** Numbers of channels begin with the bits 01 (RFC 8656 §12). */
function isChannel(type: number): boolean {
  return type >> 14 === 1 || type === MULTIPLEXED_CHANNEL;
}

/** As long as data of a TURN channel would be (RFC 8656 §12.4); in datagrams padding is allowed. */
function isChannelLong(peek: Peek): boolean {
  const length = peek.u16(2) + CHANNEL_HEADER_BYTES;
  return peek.length >= CHANNEL_HEADER_BYTES && peek.u8(0) >= 0x40 && (length === peek.length || ((length + 3) & ~3) === peek.length);
}

/** In streams: with the length of RFC 4571 before it, or without. */
function isFramed(peek: Peek): boolean {
  return peek.length >= HEADER_BYTES + 2 && peek.u32(6) === COOKIE && peek.u8(2) < 0x40;
}

export const stun = protocol({
  id: 'stun',
  title: 'Session Traversal Utilities for NAT',
  short: 'STUN',
  spec: 'RFC 8489 §5',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [PORT] },
    { table: 'tcp.port', keys: [PORT] },
  ],
  guesses: [
    { table: 'udp', rank: 10, accepts: isMessage },
    { table: 'tcp', rank: 10, accepts: (peek) => isBegin(peek) || (isFramed(peek) && peek.u16(0) + 2 === peek.length) },
  ],
  // In streams the segment may end anywhere; what is there must look right. Of what is foreign after all a datagram is data, a stream goes on.
  accepts: (peek) => isMessage(peek) || isChannelLong(peek) || isFramed(peek) || isBegin(peek) || (peek.length < HEADER_BYTES && peek.u8(0) < 0x50),
  fields: stunFields,
  parse(layer) {
    const { run } = layer;
    if (run.flow?.protocol === 'tcp' && !run.quoted) return takeStream(layer);
    if (layer.reportedEnd - layer.start < HEADER_BYTES && layer.peekU8() < 0x40) return layer.refuse();
    if (!takeOne(layer, layer.reportedEnd)) layer.refuse();
    else if (run.pass === 'deep' && run.flow !== null && !run.quoted) run.state.pin(run.flowKey(), run.packet.number, 'stun');
  },
});

/** Messages of a stream, one behind the other. */
function takeStream(layer: StunLayer): void {
  layer.each(() => {
    const start = layer.cursor;
    const size = layer.left < CHANNEL_HEADER_BYTES ? -1 : sizeOf(layer);
    if (layer.canDesegment && (size < 0 || size > layer.left)) {
      layer.needMore(start, size < 0 ? 'segment' : size - layer.left);
      return;
    }
    if (size >= 0) layer.pduSize(size);
    const end = Math.min(layer.reportedEnd, start + Math.max(size, CHANNEL_HEADER_BYTES));
    layer.message(end, () => void takeOne(layer, end));
  });
}

function sizeOf(layer: StunLayer): number {
  if (layer.left >= 10 && layer.peekU32(6) === COOKIE) return layer.peekU16() + 2;
  const length = layer.peekU16(2);
  return layer.peekU8() >= 0x40 ? (length + CHANNEL_HEADER_BYTES + 3) & ~3 : length + HEADER_BYTES;
}

/** The message at the cursor, which ends at `end`. False where it is none. */
function takeOne(layer: StunLayer, end: number): boolean {
  const isStream = layer.run.flow?.protocol === 'tcp';
  const framing = isStream && layer.left >= 10 && layer.peekU32(6) === COOKIE ? 2 : 0;
  if (framing === 0 && layer.peekU8() >= 0x40) return takeChannelData(layer, end);
  if (!layer.has(framing + HEADER_BYTES)) return true;
  if ((layer.peekU16(framing) & FOREIGN_BITS) !== 0) return false;
  if (layer.peekU32(framing + 4) !== COOKIE || layer.cursor + framing + HEADER_BYTES + layer.peekU16(framing + 2) !== end) return false;
  takeMessage(layer, framing);
  return true;
}

function takeChannelData(layer: StunLayer, end: number): boolean {
  const length = layer.peekU16(2);
  const size = length + CHANNEL_HEADER_BYTES;
  const reported = end - layer.cursor;
  const channel = layer.peekU16();
  if (!isChannel(channel) || (size !== reported && ((size + 3) & ~3) !== reported)) return false;
  layer.protocolName('STUN');
  if (layer.occurrence === 0 && layer.cursor === layer.start) layer.info(() => 'ChannelData TURN Message');
  else layer.infoAppend(() => 'ChannelData TURN Message');
  layer.summary(() => ', TURN ChannelData Message');
  layer.take('channel');
  layer.take('length');
  const hasSession = channel === MULTIPLEXED_CHANNEL && length >= SESSION_BYTES;
  if (hasSession) layer.take('att.ms.turn_session_id');
  const rest = hasSession ? length - SESSION_BYTES : length;
  if (!layer.broken && rest > 0) handOnCarried(layer, layer.cursor, rest);
  return true;
}

// ── messages ─────────────────────────────────────────────────────────────────

function takeMessage(layer: StunLayer, framing: number): void {
  const message = layer.cursor + framing;
  const type = readU16(layer.bytes, message);
  const kind = ((type & 0x0010) >> 4) | ((type & 0x0100) >> 7);
  const method = (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2);
  const words = `${METHODS[method] ?? 'Unknown'} ${CLASSES[kind] ?? ''}`;
  layer.protocolName('STUN');
  layer.info(() => words);
  layer.summary(() => `: ${words}`);
  learnTransaction(layer as unknown as Layer, message + 8, ID_BYTES, kind === REQUEST);
  putTransaction(layer, message + 8, kind);
  if (framing > 0) layer.take('tcp_frame_length');
  layer.take('type');
  layer.label(() => `Message Type: 0x${type.toString(16).padStart(4, '0')} (${words})`);
  layer.inside(() => takeType(layer, type, kind, method));
  const length = layer.take('length');
  layer.take('cookie');
  layer.take('id');
  if (length === 0) return;
  if (length % 4 !== 0) layer.expert('wrong_msglen', 'error', 'Malformed', 'Packet length is not multiple of 4 bytes', layer.entry);
  layer.putGenerated('network_version', RFC_5389, layer.cursor, 0);
  takeAttributes(layer, message, message + HEADER_BYTES + length);
}

/** Class and method stand with their bits where the type has them. */
function takeType(layer: StunLayer, type: number, kind: number, method: number): void {
  const at = layer.cursor - 2;
  layer.put('type.class', (type & 0x0110) >> 4, at, 2);
  layer.label(() => `Message Class: ${CLASSES[kind]} (${kind})`);
  layer.put('type.method', type & 0x3eef, at, 2);
  layer.label(() => `Message Method: ${METHODS[method] ?? 'Unknown'} (0x${method.toString(16).padStart(3, '0')})`);
  layer.put('type.method-assignment', (type & 0x2000) >> 13, at, 2);
}

function putTransaction(layer: StunLayer, idAt: number, kind: number): void {
  const { number } = layer.packet;
  if (!layer.run.items || layer.run.quoted || readU32(layer.bytes, idAt - 4) !== COOKIE) return;
  const transaction = transactionOf(layer as unknown as Layer, idAt, ID_BYTES);
  if (transaction === undefined) return;
  const original = kind === REQUEST ? transaction.request : transaction.response;
  if (original !== number && original !== 0) layer.putGenerated('reqduplicate', original);
  if (kind === REQUEST) {
    if (transaction.response !== 0) layer.putGenerated('response-in', transaction.response);
  } else if (kind !== INDICATION && transaction.request !== 0) {
    layer.putGenerated('response-to', transaction.request);
    layer.putGenerated('time', timeSince(layer as unknown as Layer, transaction.time));
  }
}
