/** The Client Hello of SSL 2.0, which later clients sent for the sake of old servers (RFC 5246 appendix E.2). */
import { hexText } from '../../address-text.ts';
import type { Peek } from '../../field.ts';
import type { TlsLayer } from './fields.ts';
import { directionOf, learnSession } from './session.ts';

const HEADER_BYTES = 11;
const SHORTEST_BYTES = 46;

/** Where TLS is expected: two bytes of length and the type. */
export function isSsl2ClientHello(layer: TlsLayer): boolean {
  return layer.left >= 3 && layer.peekU8() === 0x80 && layer.peekU8(2) === 1;
}

/** On any port: strict on purpose, as length and type alone would match many things. */
export function looksLikeSsl2ClientHello(peek: Peek): boolean {
  if (peek.length < SHORTEST_BYTES || peek.u8(0) !== 0x80 || peek.u8(2) !== 1) return false;
  const specs = peek.u16(5);
  const session = peek.u16(7);
  return specs > 0 && specs % 3 === 0 && (session === 0 || session === 16) && peek.u16(9) === 32;
}

export function takeSsl2ClientHello(layer: TlsLayer): void {
  const start = layer.cursor;
  const length = layer.peekU16() & 0x7fff;
  if (layer.left < length + 2 && layer.canDesegment) {
    layer.needMore(start, length + 2 - layer.left);
    return;
  }
  layer.section('handshake');
  layer.protocolName('SSLv2');
  layer.infoAppend(() => 'Client Hello', ', ');
  const session = learnSession(layer);
  if (session) session.serverDirection = directionOf(layer) === 0 ? 1 : 0;
  layer.group('record', () => takeFields(layer, start, length), () => 'SSLv2 Record Layer: Client Hello');
  if (!layer.broken) layer.cursor = start + 2 + length;
}

function takeFields(layer: TlsLayer, start: number, length: number): void {
  layer.putGenerated('record.version', 2, start, 0);
  layer.put('record.length', length, start, 2);
  layer.skip(2);
  layer.take('handshake.type');
  layer.take('handshake.version');
  const specs = layer.take('handshake.cipher_spec_len');
  const session = layer.take('handshake.session_id_length');
  const challenge = layer.take('handshake.challenge_length');
  const stop = start + HEADER_BYTES + specs;
  layer.group('handshake.ciphersuites', () => layer.each(() => layer.take('handshake.cipherspec'), stop), () => `Cipher Specs (${specs / 3} specs)`);
  if (session > 0) layer.take('handshake.session_id', session);
  const at = layer.cursor;
  layer.skip(challenge);
  if (layer.broken) return;
  layer.put('handshake.challenge', 0, at, challenge);
  layer.label(() => `Challenge: ${hexText(layer.bytes, at, at + challenge)}`);
}
