/** JPEG images: marker segments up to the compressed picture (ITU-T T.81, T.871; Exif). */
import { readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { takeExif } from './jfif/exif.ts';
import { jfifFields, MARKERS } from './jfif/fields.ts';
import type { JfifLayer } from './jfif/fields.ts';

const START_OF_IMAGE = 0xffd8;
const END_OF_IMAGE = 0xffd9;
const START_OF_SCAN = 0xffda;
const COMMENT = 0xfffe;
const APP0 = 0xffe0;
const APP1 = 0xffe1;
const APP2 = 0xffe2;

export const imageJfif = protocol({
  id: 'image-jfif',
  title: 'JPEG File Interchange Format',
  short: 'JFIF (JPEG) image',
  spec: 'ITU-T T.871',
  osi: 6,
  claims: [{ table: 'media-type', keys: ['image/jpg', 'image/jpeg'] }],
  accepts: (peek) => peek.length >= 20 && peek.u16(0) === START_OF_IMAGE && (peek.u16(2) === APP0 || peek.u16(2) === APP1) && /^(JFIF|Exif)\0/.test(peek.text(6, 5)),
  fields: jfifFields,
  parse(layer) {
    layer.infoAppend(() => '(JPEG JFIF image)', ' ');
    if (!layer.run.items) return;
    layer.take('marker');
    layer.each((index) => {
      if (isMarker(layer)) takeSegment(layer, index === 0);
      else takePicture(layer);
    });
  },
});

/** In the compressed picture a zero byte follows every 0xff that is none. */
function isMarker(layer: JfifLayer): boolean {
  return layer.peekU8() === 0xff && layer.peekU8(1) !== 0;
}

/** Without a length: end of the image, restarts within the picture, and a private one. */
function standsAlone(marker: number): boolean {
  return marker === END_OF_IMAGE || marker === 0xff01 || (marker >= 0xffd0 && marker <= START_OF_IMAGE);
}

function nameOf(marker: number): string {
  return MARKERS[marker] ?? (marker >= 0xffe0 && marker <= 0xffef ? `Reserved for application segments - ${marker & 0xf}` : 'Unknown');
}

function takeSegment(layer: JfifLayer, isFirst: boolean): void {
  const marker = layer.peekU16();
  if (marker === 0xffff) {
    layer.take('fill_bytes', 1);
    return;
  }
  if (standsAlone(marker)) {
    layer.take('marker');
    return;
  }
  const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
  const head = isFrame ? 'sof' : marker === START_OF_SCAN ? 'header.sos' : marker === COMMENT ? 'header.comment' : 'marker_segment';
  const title = { 'sof': 'Start of Frame header', 'header.sos': 'Start of Segment header', 'header.comment': 'Comment header', 'marker_segment': 'Marker segment' }[head];
  layer.group(head, () => takeInner(layer, marker, isFrame, isFirst), () => `${title}: ${nameOf(marker)} (0x${marker.toString(16).toUpperCase()})`);
}

function takeInner(layer: JfifLayer, marker: number, isFrame: boolean, isFirst: boolean): void {
  const start = layer.cursor;
  layer.take('marker');
  const length = layer.take('length');
  const end = start + 2 + length;
  if (layer.broken || length < 2 || !layer.reaches(end)) {
    if (length < 2) layer.malformed();
    return;
  }
  if (isFrame) takeFrame(layer, end);
  else if (marker === START_OF_SCAN) takeScan(layer, end);
  else if (marker === COMMENT) {
    layer.take('comment', end - layer.cursor);
  } else if (marker === APP0) takeApp0(layer, end);
  else if (marker === APP1) takeApp1(layer, end, isFirst);
  else if (marker === APP2) takeApp2(layer, end);
  if (layer.cursor < end) {
    const rest = end - layer.cursor;
    layer.take('remain_seg_data', rest);
    layer.label(() => `Remaining segment data: ${rest} bytes`);
  }
}

/** Takes an identifier that ends with a NUL and lies before `end`; "" where there is none. */
function takeIdentifier(layer: JfifLayer, end: number): string {
  const { bytes, cursor: start } = layer;
  const nul = bytes.indexOf(0, start);
  if (nul < 0 || nul >= end) return '';
  const identifier = layer.peekText(0, nul - start);
  layer.take('identifier', nul + 1 - start);
  return identifier;
}

function takeApp0(layer: JfifLayer, end: number): void {
  const identifier = takeIdentifier(layer, end);
  if (identifier === 'JFIF' && layer.cursor + 9 <= end) {
    const version = `${layer.peekU8()}.${layer.peekU8(1)}`;
    layer.group('version', () => {
      layer.take('version.major');
      layer.take('version.minor');
    }, () => `Version: ${version}`);
    layer.take('units');
    layer.take('Xdensity');
    layer.take('Ydensity');
    const width = layer.take('Xthumbnail', 1);
    const height = layer.take('Ythumbnail', 1);
    const pixels = Math.min(3 * width * height, end - layer.cursor);
    if (pixels > 0) layer.take('RGB', pixels);
  } else if (identifier === 'JFXX' && layer.cursor < end) layer.take('extension.code');
}

function takeApp1(layer: JfifLayer, end: number, isFirst: boolean): void {
  const identifier = takeIdentifier(layer, end);
  if (isFirst) layer.expert('app0-identifier-not-jfif', 'warn', 'Protocol', 'Initial App0 segment with "JFIF" Identifier not found');
  if (identifier !== 'Exif' || layer.cursor >= end) return;
  layer.skip(1);
  takeExif(layer, end);
}

function takeApp2(layer: JfifLayer, end: number): void {
  const identifier = takeIdentifier(layer, end);
  if (identifier === 'FPXR') layer.put('exif_flashpix_marker', 0, layer.cursor, 0);
}

function takeFrame(layer: JfifLayer, end: number): void {
  layer.take('sof.precision');
  layer.take('sof.lines');
  layer.take('sof.samples_per_line');
  const components = layer.take('sof.nf');
  for (let index = 0; index < components && layer.cursor + 3 <= end && !layer.broken; index += 1) {
    layer.take('sof.c_i');
    layer.at('sof.h_i', layer.cursor);
    layer.take('sof.v_i');
    layer.take('sof.tq_i');
  }
}

function takeScan(layer: JfifLayer, end: number): void {
  const components = layer.take('sos.ns');
  for (let index = 0; index < components && layer.cursor + 2 <= end && !layer.broken; index += 1) {
    layer.take('sos.component_selector');
    layer.at('sos.dc_entropy_selector', layer.cursor);
    layer.take('sos.ac_entropy_selector');
  }
  if (layer.cursor + 3 > end) return;
  layer.take('sos.ss');
  layer.take('sos.se');
  layer.at('sos.ah', layer.cursor);
  layer.take('sos.al');
}

/** The compressed picture, or whatever else lies before the next marker. */
function takePicture(layer: JfifLayer): void {
  const { bytes, cursor: start, end } = layer;
  let at = bytes.indexOf(0xff, start);
  while (at >= 0 && at + 1 < end && readU8(bytes, at + 1) === 0) at = bytes.indexOf(0xff, at + 1);
  layer.take('entropy_coded_segment', (at < 0 || at + 1 >= end ? end : at) - start);
}
