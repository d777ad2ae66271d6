/** Options of Secure Neighbor Discovery (RFC 3971 §5 and §6.4, RFC 6496 §5.1). */
import { readU16, readU48, readU8 } from '../../../bytes/reader.ts';
import type { Icmpv6Layer } from './fields.ts';

const CGA = 11;
const RSA_SIGNATURE = 12;
const TIMESTAMP = 13;
const NONCE = 14;
const TRUST_ANCHOR = 15;
const CERTIFICATE = 16;
const PROXY_SIGNATURE = 32;
const KEY_HASH_LENGTH = 16;
const FQDN = 2;

/** Records the option's body up to `end`; false where the type is none of these. */
export function putSecureOption(layer: Icmpv6Layer, end: number, type: number): boolean {
  if (type === CGA) generatedAddress(layer, end);
  else if (type === RSA_SIGNATURE || type === PROXY_SIGNATURE) signature(layer, end, type);
  else if (type === TIMESTAMP) timestamp(layer);
  else if (type === NONCE) layer.take('opt.nonce', end - layer.cursor);
  else if (type === TRUST_ANCHOR) trustAnchor(layer, end);
  else if (type === CERTIFICATE) certificate(layer, end);
  else return false;
  return true;
}

/** Parameters of a cryptographically generated address (RFC 3972 §3): modifier, prefix, count, public key, extensions. */
function generatedAddress(layer: Icmpv6Layer, end: number): void {
  const padding = layer.take('opt.cga.pad_length');
  layer.take('opt.reserved', 1);
  const parametersEnd = end - padding;
  layer.at('opt.cga', layer.cursor, parametersEnd - layer.cursor);
  layer.inside(() => {
    layer.take('opt.cga.modifier', 16);
    layer.take('opt.cga.subnet_prefix', 8);
    layer.take('opt.cga.count', 1);
    layer.take('opt.cga.subject_public_key_info', derLength(layer, parametersEnd));
    while (layer.cursor + 4 <= parametersEnd && !layer.broken && !layer.run.full) {
      layer.take('opt.cga.ext_type');
      const length = layer.take('opt.cga.ext_length');
      if (length > 0) layer.take('opt.cga.ext_data', length);
    }
  });
  if (layer.cursor < end) layer.take('opt.padding', end - layer.cursor);
}

/** Length of the DER value at the cursor, head included (X.690 §8.1.3), at most up to `end`. */
function derLength(layer: Icmpv6Layer, end: number): number {
  const first = layer.peekU8(1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  let length = first < 0x80 ? first : 0;
  for (let index = 0; index < Math.min(lengthBytes, 4); index += 1) length = length * 256 + layer.peekU8(2 + index);
  return Math.max(0, Math.min(2 + lengthBytes + length, end - layer.cursor));
}

function signature(layer: Icmpv6Layer, end: number, type: number): void {
  layer.take('opt.reserved', 2);
  layer.take(type === PROXY_SIGNATURE ? 'opt.ps.key_hash' : 'opt.rsa.key_hash', KEY_HASH_LENGTH);
  layer.take('opt.digital_signature_padding', end - layer.cursor);
}

/** 48 bits of seconds and 16 bits of their fraction. */
function timestamp(layer: Icmpv6Layer): void {
  layer.take('opt.reserved', 6);
  const at = layer.cursor;
  layer.skip(8);
  const seconds = readU48(layer.bytes, at);
  layer.put('opt.timestamp', { seconds, nanos: Math.floor((readU16(layer.bytes, at + 6) * 1_000_000_000) / 65_536) }, at, 8);
}

function trustAnchor(layer: Icmpv6Layer, end: number): void {
  const kind = layer.take('opt.name_type');
  const padding = layer.take('opt.cga.pad_length');
  const nameEnd = kind === FQDN && readU8(layer.bytes, layer.cursor - 1) === 0 ? end : end - padding;
  layer.take(kind === FQDN ? 'opt.name_type.fqdn' : 'opt.name_x501', nameEnd - layer.cursor);
  if (layer.cursor < end) layer.take('opt.padding', end - layer.cursor);
}

function certificate(layer: Icmpv6Layer, end: number): void {
  layer.take('opt.name_type');
  layer.take('opt.reserved', 1);
  layer.take('opt.certificate_padding', end - layer.cursor);
}
