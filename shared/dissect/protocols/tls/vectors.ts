/**
 * Vectors of TLS (RFC 8446 §3.4): a length and as many bytes. A vector that lies about its
 * length is remarked upon and cut to what holds it, so that the rest stays readable.
 */
import type { TlsField, TlsLayer } from './fields.ts';

const MISFIT = 'malformed.buffer_too_small';

/**
 * Reads the length of a vector (`size` bytes) and gives its end, absolute; -1 where not even
 * the length fits before `end`.
 */
export function takeVector(layer: TlsLayer, key: TlsField, size: 1 | 2 | 3, end: number): number {
  const room = end - layer.cursor;
  if (room < 0) {
    remark(layer, `Vector starts ${-room} bytes behind the end of what holds it`);
    return -1;
  }
  if (room < size) {
    layer.text(() => `No more room for vector of length ${size}`);
    remark(layer, `No more room for vector of length ${size}`);
    return -1;
  }
  const length = layer.take(key, size) as number;
  const rest = end - layer.cursor;
  if (length > rest && !layer.broken) remark(layer, `Vector length ${length} is too large, truncating it to ${rest}`);
  return layer.cursor + Math.min(length, rest);
}

/** Checks that what was read of a vector ends where the vector ends, and goes there. */
export function endVector(layer: TlsLayer, end: number): void {
  if (layer.broken || layer.cursor === end) return;
  const over = layer.cursor - end;
  const bytes = `${Math.abs(over)} byte${Math.abs(over) === 1 ? '' : 's'}`;
  if (over > 0) {
    layer.text(() => `Dissector processed too much data (${bytes})`, end);
    remark(layer, `Dissector processed too much data (${bytes})`);
  } else {
    layer.text(() => `${bytes} unprocessed at the end`, layer.cursor, -over);
    layer.expert('malformed.trailing_data', 'warn', 'Undecoded', `${Math.abs(over)} trailing byte${over === -1 ? ' was' : 's were'} unprocessed`);
  }
  layer.cursor = end;
}

function remark(layer: TlsLayer, words: string): void {
  layer.expert(MISFIT, 'error', 'Malformed', words);
}

/** A vector whose content is one field. */
export function takeOpaque(layer: TlsLayer, lengthKey: TlsField, size: 1 | 2 | 3, key: TlsField, end: number): void {
  const stop = takeVector(layer, lengthKey, size, end);
  if (stop >= 0) layer.take(key, stop - layer.cursor);
}

/** A length and as many bytes, which must be there. */
export function takeCounted(layer: TlsLayer, lengthKey: TlsField, key: TlsField): void {
  layer.take(key, layer.take(lengthKey) as number);
}

/** A field of fixed width, which must fit before `end`. */
export function takeFixed(layer: TlsLayer, key: TlsField, width: number, end: number): void {
  if (end - layer.cursor >= width) layer.take(key, width);
  else {
    layer.text(() => `No more room for ${width} byte${width === 1 ? '' : 's'}`);
    remark(layer, `No more room for ${width} byte${width === 1 ? '' : 's'}`);
    layer.cursor = end;
  }
}
