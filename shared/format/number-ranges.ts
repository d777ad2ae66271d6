/**
 * Sets of whole numbers that mostly follow each other (packets, rows), kept as ranges: what was
 * chosen of ten million rows takes as little as one pair. Nothing here changes its argument.
 */

/** First and last number of each range, ascending; no two touch. */
export type NumberRanges = readonly (readonly [first: number, last: number])[];

export const noNumbers: NumberRanges = [];

/** Index of the first range that ends at a number or behind it. */
function rangeAt(ranges: NumberRanges, number: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle] as readonly [number, number])[1] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function hasNumber(ranges: NumberRanges, number: number): boolean {
  const range = ranges[rangeAt(ranges, number)];
  return range !== undefined && range[0] <= number;
}

export function countNumbers(ranges: NumberRanges): number {
  return ranges.reduce((count, [first, last]) => count + last - first + 1, 0);
}

/** With all numbers from `first` to `last`. */
export function withNumbers(ranges: NumberRanges, first: number, last: number): NumberRanges {
  const from = rangeAt(ranges, first - 1);
  let to = from;
  let merged: readonly [number, number] = [first, last];
  for (let range = ranges[to]; range !== undefined && range[0] <= last + 1; range = ranges[to]) {
    merged = [Math.min(merged[0], range[0]), Math.max(merged[1], range[1])];
    to += 1;
  }
  return ranges.toSpliced(from, to - from, merged);
}

/** Without any from `first` to `last`. */
export function withoutNumbers(ranges: NumberRanges, first: number, last: number): NumberRanges {
  return ranges.flatMap(([start, end]): NumberRanges => {
    if (end < first || start > last) return [[start, end]];
    return [...(start < first ? [[start, first - 1] as const] : []), ...(end > last ? [[last + 1, end] as const] : [])];
  });
}

/** All numbers of both. */
export function joinNumbers(ranges: NumberRanges, others: NumberRanges): NumberRanges {
  const sorted = [...ranges, ...others].sort((one, two) => one[0] - two[0]);
  const joined: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** Those of the one that the other does not have. */
export function subtractNumbers(ranges: NumberRanges, others: NumberRanges): NumberRanges {
  const left: [number, number][] = [];
  let at = 0;
  for (const [first, last] of ranges) {
    let start = first;
    while (at < others.length && (others[at] as readonly [number, number])[1] < start) at += 1;
    for (let index = at; index < others.length; index += 1) {
      const [from, to] = others[index] as readonly [number, number];
      if (from > last) break;
      if (from > start) left.push([start, from - 1]);
      start = Math.max(start, to + 1);
    }
    if (start <= last) left.push([start, last]);
  }
  return left;
}

export function includesNumbers(ranges: NumberRanges, wanted: NumberRanges): boolean {
  return wanted.every(([first, last]) => {
    const range = ranges[rangeAt(ranges, first)];
    return range !== undefined && range[0] <= first && range[1] >= last;
  });
}

/** The nearest number above (1) or below (−1) another; null where there is none. */
export function nextNumber(ranges: NumberRanges, from: number, step: -1 | 1): number | null {
  if (step === 1) {
    const range = ranges[rangeAt(ranges, from + 1)];
    return range === undefined ? null : Math.max(range[0], from + 1);
  }
  const at = rangeAt(ranges, from);
  const range = (ranges[at]?.[0] ?? Infinity) < from ? ranges[at] : ranges[at - 1];
  return range === undefined ? null : Math.min(range[1], from - 1);
}

/** Ranges of numbers in any order, each of them once or several times. */
export function rangesOf(numbers: readonly number[]): NumberRanges {
  return joinNumbers(noNumbers, numbers.map((number) => [number, number]));
}
