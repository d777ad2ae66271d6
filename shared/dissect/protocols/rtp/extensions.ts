/** Header extensions: words of a profile's own, or elements with a number each (RFC 3550 §5.3.1, RFC 8285). */
import type { RtpLayer } from './fields.ts';

const ONE_BYTE = 0xbede;
const TWO_BYTES = 0x1000;
/** Ends the elements; what follows is for later versions of the protocol. */
const LAST_ID = 15;

export function takeExtension(layer: RtpLayer): void {
  const profile = layer.take('ext.profile');
  const bytes = layer.take('ext.len') * 4;
  if (layer.broken || bytes === 0) return;
  const stop = layer.cursor + bytes;
  layer.group('hdr_exts', () => {
    if (!layer.reaches(stop)) return;
    if (profile === ONE_BYTE) takeElements(layer, stop, 1, 0);
    else if ((profile & 0xfff0) === TWO_BYTES) takeElements(layer, stop, 2, profile & 0x0f);
    else layer.each(() => void layer.take('hdr_ext'), stop);
    layer.cursor = stop;
  });
}

function takeElements(layer: RtpLayer, stop: number, headerBytes: 1 | 2, applicationBits: number): void {
  layer.each(() => {
    const padding = paddingBefore(layer, stop);
    if (layer.cursor + padding + headerBytes - 1 >= stop) return;
    if (padding > 0) layer.take('padding.data', padding);
    const first = layer.peekU8();
    const id = headerBytes === 1 ? first >> 4 : first;
    const length = headerBytes === 1 ? (first & 0x0f) + 1 : layer.peekU8(1);
    if ((headerBytes === 1 && id === LAST_ID) || layer.cursor + headerBytes + length > stop) return;
    takeElement(layer, id, length, headerBytes, applicationBits);
  }, stop);
}

function paddingBefore(layer: RtpLayer, stop: number): number {
  let padding = 0;
  while (layer.cursor + padding < stop && layer.peekU8(padding) === 0) padding += 1;
  return padding;
}

function takeElement(layer: RtpLayer, id: number, length: number, headerBytes: 1 | 2, applicationBits: number): void {
  const start = layer.cursor;
  layer.group(null, () => {
    if (headerBytes === 2) layer.put('ext.rfc5285.appbits', applicationBits, start, 1);
    layer.put('ext.rfc5285.id', id, start, 1);
    layer.put('ext.rfc5285.len', length, start + headerBytes - 1, 1);
    layer.skip(headerBytes);
    if (length > 0) layer.take('ext.rfc5285.data', length);
  }, () => `RFC 5285 Header Extension (${headerBytes === 1 ? 'One' : 'Two'}-Byte Header)`);
}
