/**
 * Stable sorting by 32-bit keys, in steps: least significant digit first, 11 bits at a time.
 * A digit that all keys share costs no pass, so small ranks and short ranges are sorted in one.
 */
import type { Steps } from './steps.ts';

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS = 3;
const STEP = 65_536;

/**
 * `order` sorted by `keys`, of which `keys[i]` belongs to `order[i]`; equal keys stay in order.
 * Both arrays are used up. Descending sorts the keys only: equal ones stay in order then, too.
 */
export function* sortByKeys(order: Uint32Array, keys: Uint32Array, descending: boolean): Steps<Uint32Array> {
  const count = order.length;
  const histograms = yield* countDigits(keys, descending);
  let from = { order, keys };
  let to: typeof from | null = null;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const starts = startsOf(histograms, digit, count);
    if (starts === null) continue;
    to ??= { order: new Uint32Array(count), keys: new Uint32Array(count) };
    yield* scatter(from, to, digit * DIGIT_BITS, starts);
    [from, to] = [to, from];
  }
  return from.order;
}

/** Counts all digits in one go, turning keys over where they are to descend. */
function* countDigits(keys: Uint32Array, descending: boolean): Steps<Uint32Array> {
  const histograms = new Uint32Array(BUCKETS * DIGITS);
  for (let at = 0; at < keys.length; at += 1) {
    const key = descending ? ~(keys[at] as number) : (keys[at] as number);
    if (descending) keys[at] = key;
    const [low, middle, high] = [key & (BUCKETS - 1), BUCKETS + ((key >>> DIGIT_BITS) & (BUCKETS - 1)), 2 * BUCKETS + (key >>> (2 * DIGIT_BITS))];
    histograms[low] = (histograms[low] as number) + 1;
    histograms[middle] = (histograms[middle] as number) + 1;
    histograms[high] = (histograms[high] as number) + 1;
    if (at % STEP === STEP - 1) yield 0;
  }
  return histograms;
}

/** Where each bucket of a digit starts; null where all keys are in one. */
function startsOf(histograms: Uint32Array, digit: number, count: number): Uint32Array | null {
  const counts = histograms.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
  if (counts.includes(count)) return null;
  const starts = new Uint32Array(BUCKETS);
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    starts[bucket] = start;
    start += counts[bucket] as number;
  }
  return starts;
}

interface Keyed {
  readonly order: Uint32Array;
  readonly keys: Uint32Array;
}

function* scatter(from: Keyed, to: Keyed, shift: number, starts: Uint32Array): Steps<void> {
  const count = from.order.length;
  for (let base = 0; base < count; base += STEP) {
    scatterBlock(from, to, shift, starts, base, Math.min(base + STEP, count));
    yield 0;
  }
}

function scatterBlock(from: Keyed, to: Keyed, shift: number, starts: Uint32Array, start: number, end: number): void {
  for (let at = start; at < end; at += 1) {
    const key = from.keys[at] as number;
    const bucket = (key >>> shift) & (BUCKETS - 1);
    const place = starts[bucket] as number;
    starts[bucket] = place + 1;
    to.keys[place] = key;
    to.order[place] = from.order[at] as number;
  }
}
