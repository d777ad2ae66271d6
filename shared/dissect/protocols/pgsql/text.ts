/** Texts that a zero ends. */
import type { PgsqlKey, PgsqlLayer } from './fields.ts';

/** Bytes up to and with the next zero before `end`; 0 where there is none. */
export function textLength(layer: PgsqlLayer, end = layer.end): number {
  const nul = layer.bytes.subarray(layer.cursor, Math.min(end, layer.end)).indexOf(0);
  return nul + 1;
}

/** A text with its zero. A text without one goes past the message. */
export function takeText(layer: PgsqlLayer, key: PgsqlKey): void {
  const length = textLength(layer);
  if (length > 0) layer.take(key, length);
  else layer.reaches(layer.end + 1);
}
