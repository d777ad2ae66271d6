/** Graphics Interchange Format: screen, colour map, and blocks of images and extensions (GIF89a specification). */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import type { Layer } from '../layer.ts';

const EXTENSIONS = { 0x01: 'Plain Text', 0xf9: 'Graphics Control', 0xfe: 'Comment', 0xff: 'Application' };

const fields = () => ({
  'version': { type: 'string', encoding: 'ascii', label: 'Version' },
  'screen.width': { type: 'u16le', label: 'Screen width' },
  'screen.height': { type: 'u16le', label: 'Screen height' },
  'settings': { type: 'u8', label: 'Settings', hidden: true },
  'global.color_map.present': { type: 'u8', label: 'Global color map is present', of: 'settings', mask: 0x80 },
  'global.color_bpp': { type: 'u8', label: 'Bits per color minus 1', of: 'settings', mask: 0x70 },
  'global.color_map.ordered': { type: 'u8', label: 'Global color map is ordered', of: 'settings', mask: 0x08 },
  'global.bpp': { type: 'u8', label: 'Image bits per pixel minus 1', of: 'settings', mask: 0x07 },
  'image_background_index': { type: 'u8', label: 'Background color index' },
  'global.pixel_aspect_ratio': { type: 'u8', label: 'Global pixel aspect ratio' },
  'global.color_map': { type: 'bytes', label: 'Global color map' },
  'extension': { type: 'none', label: 'Extension' },
  'extension.label': { type: 'u8', label: 'Extension label', base: 'hex', names: EXTENSIONS },
  'data_block': { type: 'bytes', label: 'Data block' },
  'image': { type: 'none', label: 'Image' },
  'image.left': { type: 'u16le', label: 'Image left position' },
  'image.top': { type: 'u16le', label: 'Image top position' },
  'image.width': { type: 'u16le', label: 'Image width' },
  'image.height': { type: 'u16le', label: 'Image height' },
  'local.color_map.present': { type: 'u8', label: 'Local color map is present', of: 'settings', mask: 0x80 },
  'local.color_bpp': { type: 'u8', label: 'Bits per color minus 1', of: 'settings', mask: 0x70 },
  'local.color_map.ordered': { type: 'u8', label: 'Local color map is ordered', of: 'settings', mask: 0x08 },
  'local.color_map': { type: 'bytes', label: 'Local color map' },
  'image.code_size': { type: 'u8', label: 'LZW minimum code size' },
  'end': { type: 'none', label: 'Trailer (End of the GIF stream)' },
  'unknown_block': { type: 'none', label: 'Unknown GIF data block type', name: 'gif.data_block_type.unknown' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof fields>>;

/** Header, screen and one block. */
const SHORTEST = 20;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

export const imageGif = protocol({
  id: 'image-gif',
  title: 'Compuserve GIF',
  short: 'GIF',
  spec: 'GIF89a',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['image/gif'] }],
  accepts: (peek) => peek.length >= SHORTEST && /^GIF8[79]a/.test(peek.text(0, 6)),
  fields,
  parse(layer) {
    const version = layer.peekText(0, 6);
    layer.summary(() => `Version: ${version}`);
    layer.infoAppend(() => ` (${version})`);
    if (!layer.run.items) return;
    layer.take('version', 6);
    takeScreen(layer);
    layer.each(() => takeBlock(layer));
  },
});

function takeScreen(layer: Own): void {
  layer.take('screen.width');
  layer.take('screen.height');
  if (!layer.has(1)) return;
  const settings = layer.peekU8();
  layer.text(() => `Global settings: ${describe(settings, 'Global')}`, layer.cursor, 1);
  layer.withBits(settings, layer.cursor, 1, () => {
    for (const key of ['global.color_map.present', 'global.color_bpp', 'global.color_map.ordered', 'global.bpp'] as const) layer.flag(key);
  });
  layer.skip(1);
  layer.take('image_background_index');
  if (layer.peekU8() === 0) layer.skip(1);
  else {
    const ratio = layer.take('global.pixel_aspect_ratio');
    layer.label(() => `Global pixel aspect ratio: ${((ratio + 15) / 64).toFixed(6)}, 1`);
  }
  if (settings & 0x80) layer.take('global.color_map', colorMapBytes(settings));
}

function colorMapBytes(settings: number): number {
  return 3 << ((settings & 0x07) + 1);
}

function describe(settings: number, which: string): string {
  const bits = (count: number): string => `${count} bit${count === 1 ? '' : 's'}`;
  const present = settings & 0x80 ? `(${which} color table present) ` : '';
  return `${present}(${bits(((settings & 0x70) >> 4) + 1)} per color) (${bits((settings & 0x07) + 1)} per pixel)`;
}

function takeBlock(layer: Own): void {
  const kind = layer.peekU8();
  if (kind === EXTENSION) takeExtension(layer);
  else if (kind === IMAGE) takeImage(layer);
  else if (kind === TRAILER) {
    layer.put('end', 0, layer.cursor, 1);
    layer.cursor = layer.end;
  } else {
    layer.text(() => `Unknown GIF data block type 0x${kind.toString(16)}`, layer.cursor, 1);
    layer.expert('unknown_block', 'warn', 'Protocol', 'Unknown GIF data block type');
    layer.cursor = layer.end;
  }
}

function takeExtension(layer: Own): void {
  const kind = layer.peekU8(1);
  layer.group(
    'extension',
    () => {
      layer.skip(1);
      layer.take('extension.label');
      takeDataBlocks(layer);
    },
    () => `Extension: ${EXTENSIONS[kind as keyof typeof EXTENSIONS] ?? `<Warning: Unknown extension 0x${kind.toString(16)}>`}`,
  );
}

/** Blocks with their length in front, up to an empty one. */
function takeDataBlocks(layer: Own): void {
  let more = true;
  while (more && !layer.broken && !layer.run.full) {
    const start = layer.cursor;
    if (!layer.has(1) || !layer.has(1 + layer.peekU8())) return;
    const length = layer.peekU8();
    layer.put('data_block', layer.bytes.subarray(start + 1, start + 1 + length), start, 1 + length);
    layer.skip(1 + length);
    more = length > 0;
  }
}

function takeImage(layer: Own): void {
  layer.group('image', () => {
    layer.skip(1);
    layer.take('image.left');
    layer.take('image.top');
    layer.take('image.width');
    layer.take('image.height');
    if (!layer.has(1)) return;
    const settings = readU8(layer.bytes, layer.cursor);
    layer.text(() => `Local settings: ${describe(settings, 'Local')}`, layer.cursor, 1);
    layer.withBits(settings, layer.cursor, 1, () => {
      for (const key of ['local.color_map.present', 'local.color_bpp', 'local.color_map.ordered', 'global.bpp'] as const) layer.flag(key);
    });
    layer.skip(1);
    if (settings & 0x80) layer.take('local.color_map', colorMapBytes(settings));
    layer.take('image.code_size');
    takeDataBlocks(layer);
  });
}
