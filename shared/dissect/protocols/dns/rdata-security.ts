/** Record data of DNSSEC (RFC 4034, 5155) and of transaction security (RFC 2930, 8945, 4025). */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import type { DnsField, DnsLayer } from './fields.ts';
import { takeName, takeRest } from './rdata.ts';
import type { RecordData, RecordReader, RecordWords } from './rdata.ts';
import { typeWords } from './names.ts';

const NOTHING: RecordWords = {};
const RSA_MD5 = 1;

/** Seconds since 1970 in 32 bits. */
function takeTime(layer: DnsLayer, key: DnsField): void {
  if (!layer.has(4)) return;
  layer.put(key, { seconds: layer.peekU32(), nanos: 0 }, layer.cursor, 4);
  layer.skip(4);
}

function signature(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('rrsig.type_covered');
  layer.take('rrsig.algorithm');
  layer.take('rrsig.labels');
  layer.take('rrsig.original_ttl');
  takeTime(layer, 'rrsig.signature_expiration');
  takeTime(layer, 'rrsig.signature_inception');
  layer.take('rrsig.key_tag');
  takeName(layer, 'rrsig.signers_name', data.message);
  takeRest(layer, 'rrsig.signature', data);
  return NOTHING;
}

/** RFC 4034 appendix B: the number by which signatures name the key. -1 where the key is too short. */
function keyTag(layer: DnsLayer, data: RecordData, algorithm: number): number {
  if (data.length < 4 || !layer.reaches(data.end)) return -1;
  if (algorithm === RSA_MD5) return readU16(layer.bytes, data.end - 3);
  let sum = 0;
  for (let index = 0; index < data.length; index += 1) {
    const value = readU8(layer.bytes, data.start + index);
    sum += index % 2 === 0 ? value << 8 : value;
  }
  return (sum + (sum >>> 16)) & 0xffff;
}

function putKeyTag(layer: DnsLayer, key: DnsField, data: RecordData, algorithm: number): void {
  if (layer.broken) return;
  const tag = keyTag(layer, data, algorithm);
  if (layer.broken) return;
  if (tag >= 0) layer.putGenerated(key, tag, layer.cursor, 0);
  else layer.expert('key_id_buffer_too_short', 'warn', 'Protocol', 'Buffer too short to compute a key id');
}

function publicKey(layer: DnsLayer, data: RecordData): RecordWords {
  layer.takeFlags('dnskey.flags');
  layer.take('dnskey.protocol');
  const algorithm = layer.take('dnskey.algorithm');
  putKeyTag(layer, 'dnskey.key_id', data, algorithm);
  takeRest(layer, 'dnskey.public_key', data);
  return NOTHING;
}

/** RFC 2535 §3.1: the older kind of key; the other flags only count where it is a key at all. */
function olderKey(layer: DnsLayer, data: RecordData): RecordWords {
  const flags = layer.take('key.flags');
  if ((flags & 0xc000) !== 0xc000) layer.flags('key.flags');
  else {
    layer.flag('key.flags.authentication');
    layer.flag('key.flags.confidentiality');
  }
  layer.take('key.protocol');
  const algorithm = layer.take('key.algorithm');
  putKeyTag(layer, 'key.key_id', data, algorithm);
  takeRest(layer, 'key.public_key', data);
  return NOTHING;
}

function digest(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('ds.key_id');
  layer.take('ds.algorithm');
  layer.take('ds.digest_type');
  takeRest(layer, 'ds.digest', data);
  return NOTHING;
}

/** One bit per type, from `base` on, in `length` bytes at the cursor. */
function takeTypeBits(layer: DnsLayer, base: number, length: number): void {
  const stop = layer.cursor + length;
  let type = base;
  layer.each(() => {
    const bits = layer.peekU8();
    for (let bit = 0; bit < 8; bit += 1) if ((bits & (0x80 >> bit)) !== 0) putType(layer, type + bit);
    type += 8;
    layer.skip(1);
  }, stop);
  if (layer.cursor < stop) layer.skip(stop - layer.cursor);
}

function putType(layer: DnsLayer, type: number): void {
  layer.put('resp.type', type, layer.cursor, 1);
  layer.label(() => `RR type in bit map: ${typeWords(type) ?? `Unknown (${type})`}`);
}

/** RFC 4034 §4.1.2: windows of 256 types. */
function takeTypeWindows(layer: DnsLayer, data: RecordData): void {
  layer.each(() => {
    if (!layer.has(2)) return;
    const window = layer.peekU8();
    const length = layer.peekU8(1);
    layer.skip(2);
    takeTypeBits(layer, window * 256, length);
  }, data.end);
}

function nextSecure(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const next = takeName(layer, 'nsec.next_domain_name', data.message).text;
  const words = layer.broken ? undefined : { info: ` ${next}`, label: `, next domain name ${next}` };
  takeTypeWindows(layer, data);
  return words;
}

/** RFC 2535 §5.2, the predecessor of NSEC: one bit map from type 0 on. */
function nextDomain(layer: DnsLayer, data: RecordData): RecordWords | undefined {
  const next = takeName(layer, 'nxt.next_domain_name', data.message).text;
  if (layer.broken) return undefined;
  takeTypeBits(layer, 0, Math.max(0, data.end - layer.cursor));
  return { info: ` ${next}`, label: `, next domain name ${next}` };
}

const BASE32_HEX = '0123456789abcdefghijklmnopqrstuv';

/** RFC 4648 §7, lower case, without padding. */
function base32Hex(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (let index = 0; index < length; index += 1) {
    pending = ((pending << 8) | readU8(bytes, start + index)) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32_HEX[(pending >> bits) & 31];
    }
  }
  return bits > 0 ? text + (BASE32_HEX[(pending << (5 - bits)) & 31] as string) : text;
}

function hashedNext(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('nsec3.algo');
  layer.takeFlags('nsec3.flags');
  layer.take('nsec3.iterations');
  layer.take('nsec3.salt_value', layer.take('nsec3.salt_length'));
  const length = layer.take('nsec3.hash_length');
  const at = layer.cursor;
  layer.skip(length);
  if (layer.broken) return NOTHING;
  layer.putGenerated('nsec3.hash_value', layer.run.items ? base32Hex(layer.bytes, at, length) : '', at, length);
  takeTypeWindows(layer, data);
  return NOTHING;
}

function hashParameters(layer: DnsLayer): RecordWords {
  layer.take('nsec3.algo');
  layer.take('nsec3.flags');
  layer.take('nsec3.iterations');
  layer.take('nsec3.salt_value', layer.take('nsec3.salt_length'));
  return NOTHING;
}

/** RFC 4025 §2.1. */
function ipsecKey(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('ipseckey.gateway_precedence');
  const type = layer.take('ipseckey.gateway_type');
  layer.take('ipseckey.gateway_algorithm');
  if (type === 1) layer.take('ipseckey.gateway_ipv4');
  else if (type === 2) layer.take('ipseckey.gateway_ipv6');
  else if (type === 3) takeName(layer, 'ipseckey.gateway_dns', data.message);
  takeRest(layer, 'ipseckey.public_key', data);
  return NOTHING;
}

function childToParent(layer: DnsLayer, data: RecordData): RecordWords {
  layer.take('csync.soa');
  layer.takeFlags('csync.flags');
  const bitmap = layer.cursor;
  takeRest(layer, 'csync.type_bitmap', data);
  if (layer.broken) return NOTHING;
  layer.cursor = bitmap;
  takeTypeWindows(layer, data);
  return NOTHING;
}

function transactionKey(layer: DnsLayer, data: RecordData): RecordWords {
  takeName(layer, 'tkey.algo_name', data.message);
  takeTime(layer, 'tkey.signature_inception');
  takeTime(layer, 'tkey.signature_expiration');
  layer.take('tkey.mode');
  layer.take('tkey.error');
  const keySize = layer.take('tkey.key_size');
  if (keySize > 0) layer.take('tkey.key_data', keySize);
  const otherSize = layer.take('tkey.other_size');
  if (otherSize > 0) layer.take('tkey.other_data', otherSize);
  return NOTHING;
}

/** RFC 8945 §4.2. */
function transactionSignature(layer: DnsLayer, data: RecordData): RecordWords {
  const algorithm = takeName(layer, 'tsig.algorithm_name', data.message).text;
  if (!layer.has(6)) return NOTHING;
  layer.put('tsig.time_signed', { seconds: layer.peekU16() * 0x1_0000_0000 + layer.peekU32(2), nanos: 0 }, layer.cursor, 6);
  layer.skip(6);
  layer.take('tsig.fudge');
  const size = layer.take('tsig.mac_size');
  if (size > 0) takeCode(layer, algorithm, size);
  layer.take('tsig.original_id');
  layer.take('tsig.error');
  const otherLength = layer.take('tsig.other_len');
  if (otherLength > 0) layer.take('tsig.other_data', otherLength);
  return NOTHING;
}

function takeCode(layer: DnsLayer, algorithm: string, size: number): void {
  const at = layer.cursor;
  layer.skip(size);
  if (layer.broken) return;
  layer.put('tsig.mac', 0, at, size);
  layer.expert('tsig.noalg', 'warn', 'Undecoded', `No dissector for algorithm:${algorithm}`);
}

export const SECURITY_READERS: Readonly<Record<number, RecordReader>> = {
  24: signature,
  25: olderKey,
  30: nextDomain,
  43: digest,
  45: ipsecKey,
  46: signature,
  47: nextSecure,
  48: publicKey,
  50: hashedNext,
  51: hashParameters,
  59: digest,
  60: publicKey,
  62: childToParent,
  249: transactionKey,
  250: transactionSignature,
  32769: digest,
};
