/**
 * Parts of values: `[0:4]`, `[2-5]`, `[-2:]`, several put together. A part that reaches beyond the
 * value ends the slice there: what was taken before it stays, as in Wireshark.
 */
import type { Range } from './ast.ts';

/** Where a range begins and ends (not included) in a value; null where it reaches beyond it. */
function placeOf({ from, to }: Range, length: number): { readonly start: number; readonly end: number } | null {
  const start = from < 0 ? length + from : from;
  if (start < 0) return null;
  const last = to.kind === 'end' ? length - 1 : to.kind === 'length' ? start + to.value - 1 : to.value < 0 ? length + to.value : to.value;
  return last < start || last >= length ? null : { start, end: last + 1 };
}

export function slicedBytes(bytes: Uint8Array, ranges: readonly Range[]): Uint8Array {
  const [only] = ranges;
  if (only !== undefined && ranges.length === 1) {
    const place = placeOf(only, bytes.length);
    return place === null ? NO_BYTES : bytes.subarray(place.start, place.end);
  }
  const parts: number[] = [];
  for (const range of ranges) {
    const place = placeOf(range, bytes.length);
    if (place === null) break;
    parts.push(...bytes.subarray(place.start, place.end));
  }
  return Uint8Array.from(parts);
}

/** By characters (code points). */
export function slicedText(text: string, ranges: readonly Range[]): string {
  const characters = /^[\0-\x7f]*$/.test(text) ? text : Array.from(text);
  let result = '';
  for (const range of ranges) {
    const place = placeOf(range, characters.length);
    if (place === null) break;
    const part = characters.slice(place.start, place.end);
    result += typeof part === 'string' ? part : part.join('');
  }
  return result;
}

const NO_BYTES = new Uint8Array(0);
