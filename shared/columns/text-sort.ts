/**
 * Sorting by texts that are made when asked for and kept nowhere: what is held of each is a
 * window of a few bytes. Texts that are equal up to there are made again, in their original
 * order, and told apart by the next window, until they end. So memory is bounded whatever the
 * texts, and equal texts stay in order.
 *
 * Texts compare by code points (the order of their UTF-8 bytes).
 */
import { sortByKeys } from './radix-sort.ts';
import type { Steps } from './steps.ts';

/** All windows together. */
const WINDOW_BUDGET_BYTES = 128 * 1024 * 1024;
const LEAST_WORDS = 4;
const MOST_WORDS = 16;
/** Texts made between two steps: at most some 10 µs each. */
const TEXTS_PER_STEP = 64;
const NUMBERS_PER_STEP = 65_536;

/** Items 0…count−1 in the order of their texts. */
export function* sortByText(count: number, textOf: (item: number) => string, descending: boolean): Steps<Uint32Array> {
  const sorted = new Uint32Array(count);
  let open: Open = { items: ascending(count), slots: ascending(count), groups: new Uint32Array(count) };
  let offset = 0;
  // Windows that are still to come are not known: each round goes half the way that is left.
  for (let done = 0; open.items.length > 0; done = (1 + done) / 2) {
    const words = Math.max(LEAST_WORDS, Math.min(MOST_WORDS, Math.floor(WINDOW_BUDGET_BYTES / 4 / open.items.length)));
    const windows = yield* readWindows(open.items, textOf, offset, words, done);
    const order = yield* sortOpen(open, windows, words, descending);
    open = yield* settle(open, order, windows, sorted);
    offset += words * 4;
  }
  return sorted;
}

/** Items that are not told apart yet, in their original order, and the places that they will take. */
interface Open {
  readonly items: Uint32Array;
  /** Ascending; those of one group follow each other. */
  readonly slots: Uint32Array;
  /** Per item: the first slot of its group. */
  readonly groups: Uint32Array;
}

interface Windows {
  /** Word by word: the windows' first words, then their second ones, … */
  readonly words: readonly Uint32Array[];
  /** 1: the text goes on behind the window. */
  readonly goesOn: Uint8Array;
}

function ascending(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) numbers[index] = index;
  return numbers;
}

function* readWindows(items: Uint32Array, textOf: (item: number) => string, offset: number, words: number, done: number): Steps<Windows> {
  const windows = { words: Array.from({ length: words }, () => new Uint32Array(items.length)), goesOn: new Uint8Array(items.length) };
  const window = new Uint8Array(words * 4);
  for (let index = 0; index < items.length; index += 1) {
    const length = fillWindow(textOf(items[index] as number), offset, window);
    if (length > window.length) windows.goesOn[index] = 1;
    for (let word = 0; word < words; word += 1) {
      const at = word * 4;
      (windows.words[word] as Uint32Array)[index] = ((window[at] as number) << 24) | ((window[at + 1] as number) << 16) | ((window[at + 2] as number) << 8) | (window[at + 3] as number);
    }
    if (index % TEXTS_PER_STEP === TEXTS_PER_STEP - 1) yield done + (1 - done) * 0.5 * (index / items.length);
  }
  return windows;
}

/**
 * Writes the text's UTF-8 bytes from `offset` on, zeros behind its end. Gives how many bytes it
 * has from there, as far as they were looked at: more than fit says that it goes on.
 * Bytes are raised by one, so that an end sorts before a NUL: 0xff does not occur in UTF-8.
 */
function fillWindow(text: string, offset: number, window: Uint8Array): number {
  window.fill(0);
  let at = -offset;
  const put = (byte: number): void => {
    if (at >= 0 && at < window.length) window[at] = byte + 1;
    at += 1;
  };
  for (let index = 0; index < text.length && at <= window.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      put(code);
      continue;
    }
    const point = text.codePointAt(index) as number;
    if (point > 0xffff) index += 1;
    putPoint(point, put);
  }
  return at;
}

/** RFC 3629 §3. A surrogate without its other half is written as three bytes, like any other code point of its size. */
function putPoint(point: number, put: (byte: number) => void): void {
  if (point < 0x800) put(0xc0 | (point >> 6));
  else {
    if (point < 0x1_0000) put(0xe0 | (point >> 12));
    else {
      put(0xf0 | (point >> 18));
      put(0x80 | ((point >> 12) & 0x3f));
    }
    put(0x80 | ((point >> 6) & 0x3f));
  }
  put(0x80 | (point & 0x3f));
}

/** Indices into `open.items`, sorted by group, then by window. */
function* sortOpen({ items, groups }: Open, { words }: Windows, wordCount: number, descending: boolean): Steps<Uint32Array> {
  let order: Uint32Array = ascending(items.length);
  for (let word = wordCount - 1; word >= 0; word -= 1) {
    order = yield* sortByKeys(order, yield* gather(words[word] as Uint32Array, order), descending);
  }
  return yield* sortByKeys(order, yield* gather(groups, order), false);
}

function* gather(values: Uint32Array, order: Uint32Array): Steps<Uint32Array> {
  const gathered = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    gathered[at] = values[order[at] as number] as number;
    if (at % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield 0;
  }
  return gathered;
}

/** Puts every item that now stands alone, or whose text has ended, in its place; gives the others. */
function* settle(open: Open, order: Uint32Array, windows: Windows, sorted: Uint32Array): Steps<Open> {
  const count = order.length;
  /** By index into `open.items`: first slot of the item's group + 1; 0 = settled. */
  const nextGroups = new Uint32Array(count);
  const nextSlots = new Uint32Array(count);
  let still = 0;
  let rested = 0;
  for (let start = 0, end = 0; start < count; start = end) {
    // Of equal windows one may end with its text where another goes on.
    let goesOn = windows.goesOn[order[start] as number] as number;
    for (end = start + 1; end < count && isTie(open.groups, windows.words, order[end - 1] as number, order[end] as number); end += 1) goesOn |= windows.goesOn[order[end] as number] as number;
    const isOpen = end - start > 1 && goesOn === 1;
    for (let at = start; at < end; at += 1) {
      const index = order[at] as number;
      const slot = open.slots[at] as number;
      if (isOpen) {
        nextGroups[index] = (open.slots[start] as number) + 1;
        nextSlots[still++] = slot;
      } else sorted[slot] = open.items[index] as number;
    }
    if (end - rested < NUMBERS_PER_STEP) continue;
    rested = end;
    yield 0;
  }
  return yield* stillOpen(open.items, nextGroups, nextSlots.slice(0, still));
}

function isTie(groups: Uint32Array, words: readonly Uint32Array[], one: number, two: number): boolean {
  if (groups[one] !== groups[two]) return false;
  for (const word of words) if (word[one] !== word[two]) return false;
  return true;
}

/** The items whose groups are still open, in their original order. */
function* stillOpen(items: Uint32Array, nextGroups: Uint32Array, slots: Uint32Array): Steps<Open> {
  const next = { items: new Uint32Array(slots.length), slots, groups: new Uint32Array(slots.length) };
  let count = 0;
  for (let index = 0; index < nextGroups.length; index += 1) {
    const group = nextGroups[index] as number;
    if (index % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield 0;
    if (group === 0) continue;
    next.items[count] = items[index] as number;
    next.groups[count] = group - 1;
    count += 1;
  }
  return next;
}
