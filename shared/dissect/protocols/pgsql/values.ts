/** Lists of formats and of values, as queries and answers have them. */
import type { PgsqlLayer } from './fields.ts';

export function takeFormats(layer: PgsqlLayer, title: string): void {
  const count = layer.peekU16();
  if (!layer.has(2)) return;
  layer.group(null, () => {
    layer.skip(2);
    for (let index = 0; index < count && !layer.broken; index += 1) layer.take('format');
  }, () => `${title}: ${count}`);
}

export function takeValues(layer: PgsqlLayer, title: string): void {
  const count = layer.peekU16();
  if (!layer.has(2)) return;
  layer.group(null, () => {
    layer.skip(2);
    takeLengthsAndValues(layer, count);
  }, () => `${title}: ${count}`);
}

/** Each with its length; -1 stands for NULL. */
export function takeLengthsAndValues(layer: PgsqlLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    const length = layer.take('val.length');
    if (length > 0) layer.take('val.data', length);
  }
}
