/** Exif: directories of tagged values about a picture, laid out as in TIFF (CIPA DC-008 §4.6). */
import { latin1, readU16, readU16le, readU32, readU32le } from '../../../bytes/reader.ts';
import type { JfifLayer } from './fields.ts';

const LITTLE = 0x4949;
const ENTRY_BYTES = 12;
/** Directories that are followed from one to the next. */
const MAX_DIRECTORIES = 16;

const BYTE = 1;
const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const UNDEFINED = 7;
const SLONG = 9;
const SIZES: Readonly<Record<number, number>> = { [BYTE]: 1, [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [RATIONAL]: 8, [UNDEFINED]: 1, [SLONG]: 4, 10: 8 };

const EXIF_POINTER = 0x8769;

/** Bytes of a TIFF structure: its start, its end in the layer, and its byte order. */
interface Tiff {
  readonly start: number;
  readonly end: number;
  readonly isLittle: boolean;
}

/** A directory entry whose value stands elsewhere. */
interface Remote {
  readonly type: number;
  readonly count: number;
  readonly at: number;
}

/** Shows the directories from the TIFF header at the cursor on; the cursor ends at `end`. */
export function takeExif(layer: JfifLayer, end: number): void {
  const start = layer.cursor;
  if (start + 8 > end) return;
  layer.take('endianness');
  const tiff: Tiff = { start, end, isLittle: readU16(layer.bytes, start) === LITTLE };
  const offset = read32(layer, tiff, start + 4);
  layer.put('start_ifd_offset', offset, start + 4, 4);
  if (offset < 8 || start + offset + 2 > end) {
    layer.expert('start_ifd_offset.invalid', 'error', 'Protocol', 'Invalid value');
    layer.cursor = end;
    return;
  }
  if (offset > 8) layer.at('skipped_tiff_data', start + 8, offset - 8);
  let next = offset;
  for (let index = 0; next !== 0 && index < MAX_DIRECTORIES && !layer.run.full; index += 1) next = takeDirectory(layer, tiff, next, `Image File Directory #${index}`, false);
  layer.cursor = end;
}

function read16(layer: JfifLayer, { isLittle }: Tiff, at: number): number {
  return isLittle ? readU16le(layer.bytes, at) : readU16(layer.bytes, at);
}

function read32(layer: JfifLayer, { isLittle }: Tiff, at: number): number {
  return isLittle ? readU32le(layer.bytes, at) : readU32(layer.bytes, at);
}

/** One directory, then its values that stand elsewhere and the Exif directory it points to. Gives the next one's offset. */
function takeDirectory(layer: JfifLayer, tiff: Tiff, offset: number, title: string, isExif: boolean): number {
  const start = tiff.start + offset;
  const count = start + 2 <= tiff.end ? read16(layer, tiff, start) : 0;
  const length = 2 + count * ENTRY_BYTES + 4;
  if (count === 0 || start + length > tiff.end) {
    layer.expert('next_ifd_offset.invalid', 'error', 'Protocol', 'Invalid value');
    return 0;
  }
  const remotes: Remote[] = [];
  let exif = 0;
  layer.text(() => title, start, length);
  layer.inside(() => {
    layer.put('ifd.num_fields', count, start, 2);
    for (let index = 0; index < count && !layer.run.full; index += 1) {
      const entry = start + 2 + index * ENTRY_BYTES;
      if (!isExif && read16(layer, tiff, entry) === EXIF_POINTER) exif = read32(layer, tiff, entry + 8);
      const remote = takeEntry(layer, tiff, entry, isExif);
      if (remote !== null) remotes.push(remote);
    }
    layer.put('next_ifd_offset', read32(layer, tiff, start + length - 4), start + length - 4, 4);
  });
  for (const remote of remotes) putValues(layer, tiff, remote);
  if (exif >= 8 && tiff.start + exif + 2 <= tiff.end) takeDirectory(layer, tiff, exif, 'Exif IFD #0', true);
  return isExif ? 0 : read32(layer, tiff, start + length - 4);
}

/** One entry; gives where its value is, unless that fits the entry. */
function takeEntry(layer: JfifLayer, tiff: Tiff, at: number, isExif: boolean): Remote | null {
  const type = read16(layer, tiff, at + 2);
  const count = read32(layer, tiff, at + 4);
  layer.put(isExif ? 'ifd.tag_exif' : 'ifd.tag', read16(layer, tiff, at), at, 2);
  layer.put('ifd.type', type, at + 2, 2);
  layer.put('ifd.count', count, at + 4, 4);
  const size = (SIZES[type] ?? 0) * count;
  if (size === 0) return null;
  if (size <= 4) {
    putValues(layer, tiff, { type, count, at: at + 8 });
    return null;
  }
  const offset = read32(layer, tiff, at + 8);
  layer.put('ifd.offset', offset, at + 8, 4);
  if (offset >= 8 && tiff.start + offset + size <= tiff.end) return { type, count, at: tiff.start + offset };
  layer.expert('ifd_value_offset.invalid', 'error', 'Protocol', 'Invalid value');
  return null;
}

function putValues(layer: JfifLayer, tiff: Tiff, { type, count, at }: Remote): void {
  const size = SIZES[type] ?? 0;
  if (type === ASCII) {
    layer.put('ifd.value_ascii', latin1(layer.bytes, at, at + count).replace(/\0.*$/s, ''), at, count);
    return;
  }
  if (type === UNDEFINED) {
    layer.at('ifd.value_undefined', at, count);
    return;
  }
  for (let index = 0; index < count && !layer.run.full; index += 1) putValue(layer, tiff, type, at + index * size, size);
}

function putValue(layer: JfifLayer, tiff: Tiff, type: number, at: number, size: number): void {
  if (type === BYTE) layer.at('ifd.value_byte', at);
  else if (type === SHORT) layer.put('ifd.value_short', read16(layer, tiff, at), at, size);
  else if (type === LONG) layer.put('ifd.value_long', read32(layer, tiff, at), at, size);
  else if (type === SLONG) layer.put('ifd.value_slong', read32(layer, tiff, at) | 0, at, size);
  else if (type === RATIONAL) {
    const numerator = read32(layer, tiff, at);
    const denominator = read32(layer, tiff, at + 4);
    layer.put('ifd.value_rational', 0, at, size);
    layer.label(() => `Value: ${numerator}/${denominator}`);
    layer.inside(() => {
      layer.put('ifd.value_rational.numerator', numerator, at, 4);
      layer.put('ifd.value_rational.denominator', denominator, at + 4, 4);
    });
  }
}
