/** Numbers and texts with a length before them (MySQL Internals Manual §14.1.1). */
import { readU16le, readU32le, readU64le, readU8, utf8 } from '../../../bytes/reader.ts';
import { escapeText } from '../../values.ts';
import type { MysqlKey, MysqlLayer } from './fields.ts';

const NULL = 251;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

interface Encoded {
  readonly value: number | bigint;
  /** Bytes it takes. */
  readonly size: number;
  readonly isNull: boolean;
}

/** The number at the cursor: up to 250 in one byte, 251 for none, else in as many bytes as the first one says. */
export function peekNumber(layer: MysqlLayer): Encoded {
  const { bytes, cursor: at } = layer;
  const first = readU8(bytes, at);
  if (first === 252) return { value: readU16le(bytes, at + 1), size: 3, isNull: false };
  if (first === 253) return { value: readU16le(bytes, at + 1) + readU8(bytes, at + 3) * 0x1_0000, size: 4, isNull: false };
  if (first === 254) {
    const value = readU64le(bytes, at + 1);
    return { value: value > MAX_SAFE ? value : Number(value), size: 9, isNull: false };
  }
  return { value: first === NULL ? 0 : first, size: 1, isNull: first === NULL };
}

/** Wireshark shows every such number twice; the first time it is kept from view here. */
function putEncoded(layer: MysqlLayer, { value, size, isNull }: Encoded): void {
  const at = layer.cursor;
  layer.put('mariadb.prefix', readU8(layer.bytes, at), at, 1);
  if (!isNull) layer.put('mariadb.length', value, size > 1 ? at + 1 : at, Math.max(1, size - 1));
}

export function takeNumber(layer: MysqlLayer, key: MysqlKey): number {
  const encoded = peekNumber(layer);
  const { value, size } = encoded;
  if (!layer.has(size)) return 0;
  putEncoded(layer, encoded);
  layer.put(key, value, layer.cursor, size);
  layer.skip(size);
  return Number(value);
}

/** Passes over a number without showing it. */
export function skipNumber(layer: MysqlLayer): number {
  const encoded = peekNumber(layer);
  if (!layer.has(encoded.size)) return 0;
  putEncoded(layer, encoded);
  layer.skip(encoded.size);
  return Number(encoded.value);
}

/** A text with its length; "NULL" where there is none. */
export function takeLabelled(layer: MysqlLayer, key: MysqlKey, title: string): void {
  const encoded = peekNumber(layer);
  if (!layer.has(encoded.size)) return;
  putEncoded(layer, encoded);
  const start = layer.cursor;
  layer.skip(encoded.size);
  if (encoded.isNull) layer.put(key, 'NULL', start, 1);
  else layer.take(key, Number(encoded.value));
  if (!layer.broken) layer.label(() => `${title}: ${encoded.isNull ? 'NULL' : escapeText(utf8(layer.bytes, start + encoded.size, layer.cursor))}`);
}

/** A text that a zero ends, or the packet. */
export function takeZeroEnded(layer: MysqlLayer, key: MysqlKey): void {
  const nul = layer.bytes.subarray(layer.cursor, layer.end).indexOf(0);
  layer.take(key, nul < 0 ? layer.reportedLeft : nul + 1);
}

/** A text whose length stands in one byte before it, which is not shown. */
export function takeShort(layer: MysqlLayer, key: MysqlKey): void {
  const length = layer.peekU8();
  layer.skip(1);
  layer.take(key, length);
}

// ── values of parameters and columns ─────────────────────────────────────────

const SIGNED = { 1: 8, 2: 16, 3: 32, 9: 32, 13: 16 } as const;
const TEXT_TYPES: ReadonlySet<number> = new Set([0, 15, 16, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255]);
const TIME = 11;
const DATES: ReadonlySet<number> = new Set([7, 10, 12, 14]);

const INTEGER_KEYS = {
  8: ['exec.field.tiny', 'exec.field.unsigned_tiny'], 16: ['exec.field.short', 'exec.field.unsigned_short'], 32: ['exec.field.long', 'exec.field.unsigned_long'],
} as const;

/** The binary value of a type; false where the type is not known. */
export function takeBinary(layer: MysqlLayer, type: number, isUnsigned: boolean): boolean {
  if (Object.hasOwn(SIGNED, type)) takeInteger(layer, SIGNED[type as keyof typeof SIGNED], isUnsigned);
  else if (type === 8) takeLong(layer, isUnsigned);
  else if (type === 4 || type === 5) takeFloat(layer, type === 4 ? 4 : 8);
  else if (TEXT_TYPES.has(type)) takeText(layer);
  else if (DATES.has(type)) takeDate(layer);
  else if (type === TIME) takeTime(layer);
  else return false;
  return true;
}

function takeInteger(layer: MysqlLayer, bits: 8 | 16 | 32, isUnsigned: boolean): void {
  const size = bits / 8;
  if (!layer.has(size)) return;
  const { bytes, cursor } = layer;
  const value = bits === 8 ? readU8(bytes, cursor) : bits === 16 ? readU16le(bytes, cursor) : readU32le(bytes, cursor);
  const half = 2 ** (bits - 1);
  layer.put(INTEGER_KEYS[bits][isUnsigned ? 1 : 0], !isUnsigned && value >= half ? value - 2 * half : value, cursor, size);
  layer.skip(size);
}

function takeLong(layer: MysqlLayer, isUnsigned: boolean): void {
  if (!layer.has(8)) return;
  const value = readU64le(layer.bytes, layer.cursor);
  layer.put(isUnsigned ? 'exec.field.unsigned_longlong' : 'exec.field.longlong', isUnsigned ? value : BigInt.asIntN(64, value), layer.cursor, 8);
  layer.skip(8);
}

function takeFloat(layer: MysqlLayer, size: 4 | 8): void {
  if (!layer.has(size)) return;
  const { bytes, cursor } = layer;
  const value = size === 4 ? new Float32Array(Uint32Array.of(readU32le(bytes, cursor)).buffer)[0] : new Float64Array(BigUint64Array.of(readU64le(bytes, cursor)).buffer)[0];
  if (size === 4) layer.put('exec.field.float', Number((value ?? 0).toPrecision(6)), cursor, size);
  else layer.put('exec.field.double', value ?? 0, cursor, size);
  layer.skip(size);
}

function takeText(layer: MysqlLayer): void {
  const { value, size } = peekNumber(layer);
  const start = layer.cursor;
  const length = Number(value);
  if (!layer.has(size + length)) return;
  layer.put('exec.field.string', utf8(layer.bytes, start + size, start + size + length), start, size + length);
  layer.skip(size + length);
}

function takeSigned32(layer: MysqlLayer, key: 'exec.field.secondb' | 'exec.field.time.days'): void {
  if (!layer.has(4)) return;
  layer.put(key, readU32le(layer.bytes, layer.cursor) | 0, layer.cursor, 4);
  layer.skip(4);
}

function takeClock(layer: MysqlLayer): void {
  layer.take('exec.field.hour');
  layer.take('exec.field.minute');
  layer.take('exec.field.second');
}

/** As many parts as the length says: date, then time of day, then fractions. */
function takeDate(layer: MysqlLayer): void {
  const length = layer.take('exec.field.datetime.length');
  const end = layer.cursor + length;
  if (length >= 4 && layer.has(2)) {
    layer.put('exec.field.year', (readU16le(layer.bytes, layer.cursor) << 16) >> 16, layer.cursor, 2);
    layer.skip(2);
    layer.take('exec.field.month');
    layer.take('exec.field.day');
  }
  if (length >= 7) takeClock(layer);
  if (length >= 11) takeSigned32(layer, 'exec.field.secondb');
  if (length > 0 && layer.reaches(end)) layer.cursor = end;
}

function takeTime(layer: MysqlLayer): void {
  const length = layer.take('exec.field.time.length');
  const end = layer.cursor + length;
  if (length >= 1) layer.take('exec.field.time.sign');
  if (length >= 5) takeSigned32(layer, 'exec.field.time.days');
  if (length >= 8) takeClock(layer);
  if (length >= 12) takeSigned32(layer, 'exec.field.secondb');
  if (length > 0 && layer.reaches(end)) layer.cursor = end;
}
