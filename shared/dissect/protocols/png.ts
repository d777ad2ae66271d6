/** Portable Network Graphics: a signature and chunks, each with length, type and checksum. */
import { latin1, readU32 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const COLOUR_TYPES = { 0: 'Greyscale', 2: 'Truecolour', 3: 'Indexed-colour', 4: 'Greyscale with alpha', 6: 'Truecolour with alpha' };
const INTENTS = { 0: 'Perceptual', 1: 'Relative colorimetric', 2: 'Saturation', 3: 'Absolute colorimetric' };

const fields = () => ({
  'signature': { type: 'bytes', label: 'PNG Signature' },
  'chunk.len': { type: 'u32', label: 'Len' },
  'chunk.type': { type: 'string', encoding: 'ascii', label: 'Chunk', help: 'Four letters; whether they are capitals says who must understand the chunk.' },
  'chunk.flag.ancillary': { type: 'bool', label: 'Ancillary', of: 'chunk.type', mask: 0x2000_0000, states: ['This is an ANCILLARY chunk', 'This is a CRITICAL chunk'] },
  'chunk.flag.private': { type: 'bool', label: 'Private', of: 'chunk.type', mask: 0x0020_0000, states: ['This is a PRIVATE chunk', 'This is a PUBLIC chunk'] },
  'chunk.flag.stc': { type: 'bool', label: 'Safe To Copy', of: 'chunk.type', mask: 0x0000_0020, states: ['This chunk is SAFE TO COPY', 'This chunk is NOT safe to copy'] },
  'chunk.data': { type: 'none', label: 'Data' },
  'chunk.crc': { type: 'u32', label: 'CRC', base: 'hex' },
  'chunk_too_large': { type: 'none', label: 'chunk size too large, dissection of this chunk is not supported' },
  'ihdr.width': { type: 'u32', label: 'Width' },
  'ihdr.height': { type: 'u32', label: 'Height' },
  'ihdr.bitdepth': { type: 'u8', label: 'Bit Depth' },
  'ihdr.colour_type': { type: 'u8', label: 'Colour Type', names: COLOUR_TYPES },
  'ihdr.compression_method': { type: 'u8', label: 'Compression Method', names: { 0: 'Deflate' } },
  'ihdr.filter_method': { type: 'u8', label: 'Filter Method', names: { 0: 'Adaptive' } },
  'ihdr.interlace_method': { type: 'u8', label: 'Interlace Method', names: { 0: 'No interlace', 1: 'Adam7' } },
  'srgb.intent': { type: 'u8', label: 'Intent', names: INTENTS },
  'text.keyword': { type: 'string', label: 'Keyword' },
  'text.string': { type: 'string', label: 'String' },
  'time.year': { type: 'u16', label: 'Year' },
  'time.month': { type: 'u8', label: 'Month' },
  'time.day': { type: 'u8', label: 'Day' },
  'time.hour': { type: 'u8', label: 'Hour' },
  'time.minute': { type: 'u8', label: 'Minute' },
  'time.second': { type: 'u8', label: 'Second' },
  'phys.horiz': { type: 'u32', label: 'Horizontal pixels per unit' },
  'phys.vert': { type: 'u32', label: 'Vertical pixels per unit' },
  'phys.unit': { type: 'u8', label: 'Unit', names: { 0: 'Unknown', 1: 'Meter' } },
  'bkgd.palette_index': { type: 'u8', label: 'Palette Index' },
  'bkgd.greyscale': { type: 'u16', label: 'Greyscale', base: 'hex' },
  'bkgd.red': { type: 'u16', label: 'Red', base: 'hex' },
  'bkgd.green': { type: 'u16', label: 'Green', base: 'hex' },
  'bkgd.blue': { type: 'u16', label: 'Blue', base: 'hex' },
  'chrm.white.x': { type: 'double', label: 'White X' },
  'chrm.white.y': { type: 'double', label: 'White Y' },
  'chrm.red.x': { type: 'double', label: 'Red X' },
  'chrm.red.y': { type: 'double', label: 'Red Y' },
  'chrm.green.x': { type: 'double', label: 'Green X' },
  'chrm.green.y': { type: 'double', label: 'Green Y' },
  'chrm.blue.x': { type: 'double', label: 'Blue X' },
  'chrm.blue.y': { type: 'double', label: 'Blue Y' },
  'gama.gamma': { type: 'double', label: 'Gamma' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;
type Key = keyof ReturnType<typeof fields>;

const SIGNATURE_BYTES = 8;
/** Longest chunk (PNG §5.3: lengths stay below 2^31). */
const LARGEST_CHUNK = 0x7fff_ffff;

const TITLES: Readonly<Record<string, string>> = {
  IHDR: 'Image Header',
  PLTE: 'Palette',
  IDAT: 'Image data chunk',
  IEND: 'Image Trailer',
  bKGD: 'Background colour',
  cHRM: 'Primary chromaticities and white point',
  gAMA: 'Image gamma',
  iCCP: 'Embedded ICC profile',
  iTXt: 'International textual data',
  pHYs: 'Physical pixel dimensions',
  sRGB: 'Standard RGB colour space',
  tEXt: 'Textual data',
  tIME: 'Image last-modification time',
  tRNS: 'Transparency',
  zTXt: 'Compressed textual data',
};

/** Chunks that are a fixed row of fields. */
const ROWS: Readonly<Record<string, readonly Key[]>> = {
  IHDR: ['ihdr.width', 'ihdr.height', 'ihdr.bitdepth', 'ihdr.colour_type', 'ihdr.compression_method', 'ihdr.filter_method', 'ihdr.interlace_method'],
  sRGB: ['srgb.intent'],
  tIME: ['time.year', 'time.month', 'time.day', 'time.hour', 'time.minute', 'time.second'],
  pHYs: ['phys.horiz', 'phys.vert', 'phys.unit'],
};

/** Chunks of numbers that stand for a hundred thousandth each. */
const FRACTIONS: Readonly<Record<string, readonly Key[]>> = {
  gAMA: ['gama.gamma'],
  cHRM: ['chrm.white.x', 'chrm.white.y', 'chrm.red.x', 'chrm.red.y', 'chrm.green.x', 'chrm.green.y', 'chrm.blue.x', 'chrm.blue.y'],
};

const BACKGROUNDS: Readonly<Record<number, readonly Key[]>> = {
  1: ['bkgd.palette_index'],
  2: ['bkgd.greyscale'],
  6: ['bkgd.red', 'bkgd.green', 'bkgd.blue'],
};

export const png = protocol({
  id: 'png',
  title: 'Portable Network Graphics',
  short: 'PNG',
  spec: 'ISO/IEC 15948',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['image/png'] }],
  accepts: (peek) => peek.u32(0) === 0x8950_4e47 && peek.u32(4) === 0x0d0a_1a0a,
  fields,
  parse(layer) {
    layer.infoAppend(() => ' (PNG)');
    if (!layer.run.items) return;
    layer.take('signature', SIGNATURE_BYTES);
    layer.each(() => takeChunk(layer));
  },
});

function takeChunk(layer: Own): void {
  const type = layer.peekText(4, 4);
  layer.group(
    null,
    () => {
      const length = layer.take('chunk.len');
      const at = layer.cursor;
      layer.take('chunk.type', 4);
      if (layer.broken) return;
      layer.withBits(readU32(layer.bytes, at), at, 4, () => {
        layer.flag('chunk.flag.ancillary');
        layer.flag('chunk.flag.private');
        layer.flag('chunk.flag.stc');
      });
      if (length > LARGEST_CHUNK) {
        layer.expert('chunk_too_large', 'warn', 'Protocol', 'chunk size too large, dissection of this chunk is not supported');
        layer.cursor = layer.end;
        return;
      }
      const end = layer.cursor + length;
      if (length > 0) takeData(layer, type, end);
      layer.cursor = Math.max(layer.cursor, Math.min(end, layer.end));
      layer.take('chunk.crc');
    },
    () => (TITLES[type] === undefined ? `Unknown chunk (${type})` : `${TITLES[type]} (${type})`),
  );
}

function takeData(layer: Own, type: string, end: number): void {
  const start = layer.cursor;
  const row = ROWS[type] ?? (type === 'bKGD' ? BACKGROUNDS[end - start] : undefined);
  if (row !== undefined) for (const key of row) layer.take(key);
  else if (FRACTIONS[type] !== undefined) takeFractions(layer, FRACTIONS[type], end);
  else if (type === 'tEXt') takeText(layer, end);
  else {
    layer.put('chunk.data', 0, start, Math.min(end, layer.end) - start);
    layer.reaches(end);
  }
}

function takeFractions(layer: Own, keys: readonly Key[], end: number): void {
  for (const key of keys) {
    if (layer.cursor + 4 > end || !layer.has(4)) return;
    layer.put(key, layer.peekU32() / 100_000, layer.cursor, 4);
    layer.skip(4);
  }
}

/** A keyword, a NUL and Latin-1 text. */
function takeText(layer: Own, end: number): void {
  const { bytes, cursor: start } = layer;
  if (!layer.reaches(end)) return;
  const nul = bytes.indexOf(0, start);
  const keywordEnd = nul < 0 || nul >= end ? end : nul;
  layer.put('text.keyword', latin1(bytes, start, keywordEnd), start, Math.min(keywordEnd + 1, end) - start);
  if (keywordEnd < end) layer.put('text.string', latin1(bytes, keywordEnd + 1, end), keywordEnd + 1, end - keywordEnd - 1);
}
