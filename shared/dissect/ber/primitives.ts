/** Elements without parts: their content as a value, and the line that shows it. */
import { concatenated } from '../../bytes/concatenated.ts';
import { readU8 } from '../../bytes/reader.ts';
import type { FieldInfo } from '../field.ts';
import { hexText } from '../address-text.ts';
import { ber } from '../protocols/ber.ts';
import type { BerType, Found, Part, Reading } from './notation.ts';
import { TEXT_TAGS } from './tags.ts';
import { MAX_NESTING, isHeader, readHeader } from './tlv.ts';
import type { Header } from './tlv.ts';
import { generalizedTimeOf, integerOf, oidText, smallIntegerOf, textOf, utcTimeText } from './values.ts';

export type PrimitiveType = Exclude<BerType, { kind: 'sequence' | 'set' | 'sequenceOf' | 'setOf' | 'choice' | 'tagged' | 'lazy' | 'open' | 'any' }>;

/** Reads the content from the cursor to the layer's end (the reader has narrowed it) and records the part's line. */
export function readPrimitive(reader: Reading, part: Part, type: PrimitiveType, element: Header): Found {
  const { layer } = reader;
  // Bytes that the capture left out break the layer; what the packet itself lacks is cut.
  if (!layer.reaches(layer.reportedEnd)) return { value: undefined, entry: -1, start: element.content, end: layer.end };
  switch (type.kind) {
    case 'integer':
    case 'enumerated':
      return readInteger(reader, part);
    case 'boolean':
      return readBoolean(reader, part);
    case 'nothing':
      return readNothing(reader, part);
    case 'oid':
    case 'relativeOid':
      return readOid(reader, part, type.kind === 'relativeOid');
    case 'octets':
      return readOctets(reader, part, element);
    case 'bits':
      return readBits(reader, part, type.flags, type.tellsPadding?.(reader) ?? true);
    case 'text':
      return put(reader, part, textOf(type.text === 'any' ? (TEXT_TAGS[element.tag] ?? 'utf8') : type.text, ...contentOf(reader, element)));
    case 'utcTime':
      return readUtcTime(reader, part, element);
    case 'generalizedTime':
      return readGeneralizedTime(reader, part, element);
    case 'real':
      return put(reader, part, 0);
  }
}

/** Records a value over the whole content. */
function put({ layer }: Reading, part: Part, value: unknown): Found {
  const start = layer.cursor;
  const entry = part.field === null ? -1 : layer.putField(part.field, value, start, layer.end - start);
  return { value, entry, start, end: layer.end };
}

// ── numbers ──────────────────────────────────────────────────────────────────

function readInteger(reader: Reading, part: Part): Found {
  const { layer } = reader;
  const { bytes, cursor: start, end } = layer;
  const length = end - start;
  const type = part.field?.type ?? 'i32';
  if (length === 0) return noNumber(reader, part);
  if (type === 'bytes') return put(reader, part, bytes.subarray(start, end));
  if (length > 8) return readLongInteger(reader, part);
  if (type === 'i64') return put(reader, part, integerOf(bytes, start, end));
  if (type === 'u64') return put(reader, part, BigInt.asUintN(64, integerOf(bytes, start, end)));
  if (length <= 4) {
    const value = smallIntegerOf(bytes, start, end);
    return put(reader, part, type === 'i32' ? value : value >>> 0);
  }
  // A line holds 32 bits; hooks are told the whole number.
  const whole = integerOf(bytes, start, end);
  return { ...put(reader, part, Number(type === 'i32' ? BigInt.asIntN(32, whole) : BigInt.asUintN(32, whole))), value: Number(whole) };
}

/** X.690 §8.3.1: a number has one byte at least. */
function noNumber(reader: Reading, part: Part): Found {
  const { layer } = reader;
  const entry = layer.putField(null, null, layer.cursor, 0);
  layer.labelOf(entry, () => `BER Error: ${part.name}: length of item (0) is not valid`);
  reader.remark('error.length', `BER Error: ${part.name}: length of item (0) is not valid`, entry);
  return { value: undefined, entry, start: layer.cursor, end: layer.end };
}

/** Numbers of more than 64 bits: nine bytes may be an unsigned one, others are shown as they are. */
function readLongInteger(reader: Reading, part: Part): Found {
  const { layer } = reader;
  const { bytes, cursor: start, end } = layer;
  const value = integerOf(bytes, start, Math.min(end, start + LONGEST_INTEGER));
  if (part.field?.type === 'u64' && end - start === 9 && readU8(bytes, start) === 0) return put(reader, part, BigInt.asUintN(64, value));
  const entry = layer.putField(LONG_INTEGER, bytes.subarray(start, end), start, end - start);
  layer.labelOf(entry, () => `${part.name}: 0x${hexText(bytes, start, Math.min(end, start + LONGEST_INTEGER))}`);
  return { value, entry, start, end };
}

/** Keys have 512 bytes or so; longer numbers are not computed. */
const LONGEST_INTEGER = 4096;

const LONG_INTEGER = ber.byKey['64bit_uint_as_bytes'] as FieldInfo;

function readBoolean(reader: Reading, part: Part): Found {
  const { layer } = reader;
  const start = layer.cursor;
  if (start >= layer.end) {
    layer.malformed();
    return { value: false, entry: -1, start, end: start };
  }
  if (layer.end - start !== 1) reader.remark('error.length', `BER Error: ${part.name}: length of item (${layer.end - start}) is not valid`);
  const value = readU8(layer.bytes, start) !== 0;
  const entry = part.field === null ? -1 : layer.putField(part.field, value ? 1 : 0, start, 1);
  layer.labelOf(entry, () => `${part.field?.spec.label ?? part.name}: ${value ? 'True' : 'False'}`);
  return { value, entry, start, end: layer.end };
}

function readNothing(reader: Reading, part: Part): Found {
  const found = put(reader, part, null);
  if (found.end > found.start) reader.remark('error.expected.null_zero_length', 'BER Error: NULL expect zero length');
  return found;
}

// ── names ────────────────────────────────────────────────────────────────────

function readOid(reader: Reading, part: Part, relative: boolean): Found {
  const { layer } = reader;
  const value = oidText(layer.bytes, layer.cursor, layer.end, relative);
  const found = put(reader, part, value);
  layer.labelOf(found.entry, () => {
    const name = reader.oidName(value);
    return `${part.field?.spec.label ?? part.name}: ${name === value ? value : `${value} (${name})`}`;
  });
  return found;
}

// ── strings ──────────────────────────────────────────────────────────────────

/** Bytes of a string's content: a constructed one is the sum of its pieces (X.690 §8.7.3). */
function contentOf({ layer }: Reading, element: Header): readonly [bytes: Uint8Array, start: number, end: number] {
  if (!element.constructed) return [layer.bytes, layer.cursor, layer.end];
  const whole = concatenated(piecesOf(layer.bytes, layer.cursor, layer.end, 0, []));
  return [whole, 0, whole.length];
}

/** The primitive pieces of a constructed string, in order. */
function piecesOf(bytes: Uint8Array, start: number, end: number, nesting: number, pieces: Uint8Array[]): readonly Uint8Array[] {
  for (let at = start; at < end; ) {
    const piece = readHeader(bytes, at, end);
    if (!isHeader(piece) || (piece.tag === 0 && piece.tagClass === 0)) break;
    const stop = Math.min(piece.end, end);
    if (!piece.constructed) pieces.push(bytes.subarray(piece.content, stop));
    else if (nesting < MAX_NESTING) piecesOf(bytes, piece.content, stop, nesting + 1, pieces);
    at = piece.next;
  }
  return pieces;
}

function readOctets(reader: Reading, part: Part, element: Header): Found {
  const [bytes, start, end] = contentOf(reader, element);
  return put(reader, part, bytes.subarray(start, end));
}

/** X.690 §8.6: one byte tells how many bits at the end do not count. */
function readBits(reader: Reading, part: Part, flags: readonly Part[], tellsPadding: boolean): Found {
  const { layer } = reader;
  if (layer.cursor >= layer.end) return put(reader, part, layer.bytes.subarray(layer.cursor, layer.end));
  const padding = readU8(layer.bytes, layer.cursor);
  if (tellsPadding) layer.putField(PADDING, padding, layer.cursor, 1, { hidden: padding === 0 });
  if (padding > 7) reader.remark('error.illegal_padding', `Illegal padding (0 .. 7): ${padding}`);
  layer.cursor += 1;
  const found = put(reader, part, layer.bytes.subarray(layer.cursor, layer.end));
  if (flags.length > 0) layer.inside(() => putFlags(reader, flags, found));
  return found;
}

const PADDING = ber.byKey['bitstring.padding'] as FieldInfo;

/** All flags that have a name; those behind the last byte are not set. */
function putFlags({ layer }: Reading, flags: readonly Part[], { start, end }: Found): void {
  for (const [bit, flag] of flags.entries()) {
    const at = start + (bit >> 3);
    const isThere = at < end;
    const value = isThere && (readU8(layer.bytes, at) & (0x80 >> (bit & 7))) !== 0 ? 1 : 0;
    layer.putField(flag.field, value, Math.min(at, end), isThere ? 1 : 0);
  }
}

// ── times ────────────────────────────────────────────────────────────────────

function readUtcTime(reader: Reading, part: Part, element: Header): Found {
  const text = textOf('visible', ...contentOf(reader, element));
  const shown = utcTimeText(text);
  const found = put(reader, part, shown ?? text);
  if (shown === undefined) reader.remark('error.invalid_format.utctime', 'BER Error: malformed UTCTime encoding');
  return found;
}

function readGeneralizedTime(reader: Reading, part: Part, element: Header): Found {
  const time = generalizedTimeOf(textOf('visible', ...contentOf(reader, element)));
  if (time !== undefined) return put(reader, part, time);
  reader.error('error.invalid_format.generalized_time', 'BER Error: GeneralizedTime invalid format', element);
  return { value: undefined, entry: -1, start: element.content, end: element.end };
}
