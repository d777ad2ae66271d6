/**
 * Sorting packets by a column of the list. Equal ones stay in file order, ascending and
 * descending alike.
 *
 * Texts compare by code points, as in Wireshark: "10.0.0.10" stands before "10.0.0.9", and
 * capital letters before small ones. Numbers compare as numbers; packets without a time stand
 * before all others, and so do packets without a text.
 */
import { ipv4Text, ipv6Text } from '../dissect/address-text.ts';
import type { AddressTable } from '../streams/address-table.ts';
import type { Streams } from '../streams/streams.ts';
import { endsByKind } from './endpoints.ts';
import { CONVERSATIONS } from './packet-columns.ts';
import type { PacketColumns } from './packet-columns.ts';
import { sortByKeys } from './radix-sort.ts';
import type { Steps } from './steps.ts';
import { within } from './steps.ts';
import { sortByText } from './text-sort.ts';

export const SORT_COLUMNS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info', 'custom'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type TextColumn = Extract<SortColumn, 'source' | 'destination' | 'protocol' | 'info'>;

export interface SortOrder {
  readonly column: SortColumn;
  readonly descending: boolean;
  /** The user's own column that `custom` stands for. */
  readonly custom?: CustomColumn | undefined;
}

/** A column of the user's own, as the contract has it. */
export interface CustomColumn {
  readonly text: string;
  readonly occurrence: number;
  readonly names: boolean;
}

/** What a column of the user's own has for many packets; asked in ascending order it costs the least. */
export interface ColumnReader {
  readonly isNumeric: boolean;
  /** Before packets are asked for. */
  prepare(): Steps<void>;
  text(position: number): string;
  /** NaN where the packet has no value. */
  number(position: number): number;
}

/** What sorting needs to know of a capture. */
export interface SortedCapture {
  readonly columns: PacketColumns;
  readonly streams: Streams;
  /** The text in a packet's row, for what no column tells. It costs a dissection. */
  readText(position: number, column: TextColumn): string;
  readColumn(column: CustomColumn): ColumnReader;
}

/** Protocol, Info and fields of a packet may change until the deep pass has come by. */
export function needsFinalRows(column: SortColumn): boolean {
  return column === 'protocol' || column === 'info' || column === 'custom';
}

/** The same positions, sorted; `positions` is in ascending order and is used up. */
export function* sortPositions(positions: Uint32Array, order: SortOrder, capture: SortedCapture): Steps<Uint32Array> {
  const { column, descending } = order;
  const { columns } = capture;
  switch (column) {
    case 'number':
      return descending ? positions.reverse() : positions;
    case 'length':
      return yield* sortByWords(positions, [(position) => columns.wireLength(position)], descending);
    case 'time':
      return yield* sortByTime(positions, columns, descending);
    case 'custom':
      return order.custom === undefined ? positions : yield* sortByColumn(positions, capture.readColumn(order.custom), descending);
    case 'info':
      return yield* sortByReading(positions, (position) => capture.readText(position, 'info'), descending);
    case 'source':
    case 'destination':
    case 'protocol':
      return yield* sortByNames(positions, namesOf(column, capture), descending);
  }
}

const NUMBERS_PER_STEP = 32_768;
const TEXTS_PER_STEP = 64;

export type WordOf = (position: number) => number;

/** Sorts by several 32-bit words, the last of which weighs most. */
export function* sortByWords(positions: Uint32Array, words: readonly WordOf[], descending: boolean): Steps<Uint32Array> {
  let order = positions;
  for (const [number, wordOf] of words.entries()) {
    const keys = new Uint32Array(order.length);
    for (let at = 0; at < order.length; at += 1) {
      keys[at] = wordOf(order[at] as number);
      if (at % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield number / words.length;
    }
    order = yield* within(sortByKeys(order, keys, descending), (number + 0.5) / words.length, (number + 1) / words.length);
  }
  return order;
}

function* sortByTime(positions: Uint32Array, columns: PacketColumns, descending: boolean): Steps<Uint32Array> {
  let first = Infinity;
  let last = -Infinity;
  let timed = 0;
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] as number;
    if (at % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield 0;
    if (!columns.hasTime(position)) continue;
    timed += 1;
    first = Math.min(first, columns.timeSeconds(position));
    last = Math.max(last, columns.timeSeconds(position));
  }
  // What stands in the columns of a packet without a time means nothing.
  const elapsed: WordOf = (position) => (columns.hasTime(position) ? columns.timeSeconds(position) - first : 0);
  const words: WordOf[] = [(position) => (columns.hasTime(position) ? columns.timeNanos(position) : 0), (position) => elapsed(position) % 2 ** 32];
  if (last - first >= 2 ** 32) words.push((position) => Math.floor(elapsed(position) / 2 ** 32));
  if (timed < positions.length) words.push((position) => (columns.hasTime(position) ? 1 : 0));
  return yield* sortByWords(positions, words, descending);
}

function* sortByColumn(positions: Uint32Array, column: ColumnReader, descending: boolean): Steps<Uint32Array> {
  yield* within(column.prepare(), 0, 0);
  if (column.isNumeric) return yield* sortByNumbers(positions, (position) => column.number(position), descending);
  return yield* sortByReading(positions, (position) => column.text(position), descending);
}

/** Sorts by numbers that all have to be read, each once; packets without one stand before all others. */
export function* sortByNumbers(positions: Uint32Array, numberOf: (position: number) => number, descending: boolean): Steps<Uint32Array> {
  const keys = { low: new Uint32Array(positions.length), high: new Uint32Array(positions.length) };
  const double = new Float64Array(1);
  // Every platform that this runs on is little-endian: the high word comes second.
  const words = new Uint32Array(double.buffer);
  for (let at = 0; at < positions.length; at += 1) {
    const number = numberOf(positions[at] as number);
    if (!Number.isNaN(number)) {
      // As unsigned numbers, the bits of doubles are in order once those of negative ones are turned over. −0 is 0.
      double[0] = number + 0;
      const [low = 0, high = 0] = words;
      const isNegative = high >>> 31 === 1;
      keys.high[at] = isNegative ? ~high : high | 0x8000_0000;
      keys.low[at] = isNegative ? ~low : low;
    }
    if (at % TEXTS_PER_STEP === TEXTS_PER_STEP - 1) yield 0.9 * (at / positions.length);
  }
  const items = Uint32Array.from({ length: positions.length }, (_, item) => item);
  const order = yield* within(sortByWords(items, [(item) => keys.low[item] as number, (item) => keys.high[item] as number], descending), 0.9, 1);
  return order.map((item) => positions[item] as number);
}

/** Sorts by texts that all have to be read. */
function* sortByReading(positions: Uint32Array, textOf: (position: number) => string, descending: boolean): Steps<Uint32Array> {
  const order = yield* sortByText(positions.length, (item) => textOf(positions[item] as number), descending);
  for (let at = 0; at < order.length; at += 1) {
    order[at] = positions[order[at] as number] as number;
    if (at % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield 1;
  }
  return order;
}

// ── columns with few distinct texts ─────────────────────────────────────────

/** A column whose texts are mostly known by number. */
interface Names {
  /** Numbers 0…count−1 have names. */
  readonly count: number;
  readonly nameOf: (number: number) => string;
  /** A packet's number; −1 where its text has to be read. */
  readonly numberOf: (position: number) => number;
  readonly readText: (position: number) => string;
}

function namesOf(column: 'source' | 'destination' | 'protocol', capture: SortedCapture): Names {
  const { columns, streams } = capture;
  const readText = (position: number): string => capture.readText(position, column);
  if (column === 'protocol') {
    const { kinds } = columns;
    const nameOf = (number: number): string => kinds.kind(number + 1)?.name ?? '';
    return { count: kinds.count, nameOf, numberOf: (position) => (nameOf(columns.kind(position) - 1) === '' ? -1 : columns.kind(position) - 1), readText };
  }
  const ends = endsByKind(streams);
  const numberOf = (position: number): number => {
    const conversations = ends[CONVERSATIONS.indexOf(columns.conversationKind(position))];
    if (conversations === null || conversations === undefined) return -1;
    const sender = columns.direction(position);
    return conversations.address(columns.conversation(position), column === 'source' ? sender : sender === 0 ? 1 : 0);
  };
  return { count: streams.addresses.count, nameOf: (address) => addressText(streams.addresses, address), numberOf, readText };
}

function addressText(addresses: AddressTable, address: number): string {
  const bytes = addresses.bytes(address);
  return bytes.length === 4 ? ipv4Text(bytes, 0) : ipv6Text(bytes, 0);
}

/** Distinct texts that are kept while sorting; beyond, every text is read instead. */
const MOST_READ_TEXTS = 1 << 18;

function* sortByNames(positions: Uint32Array, names: Names, descending: boolean): Steps<Uint32Array> {
  const numbered = yield* within(numberAll(positions, names), 0, 0.5);
  if (numbered === null) {
    const textOf = (position: number): string => (names.numberOf(position) < 0 ? names.readText(position) : names.nameOf(names.numberOf(position)));
    return yield* sortByReading(positions, textOf, descending);
  }
  const { keys, texts } = numbered;
  const ranks = yield* ranksOf(names.count + texts.length, (number) => (number < names.count ? names.nameOf(number) : (texts[number - names.count] as string)));
  for (let at = 0; at < keys.length; at += 1) {
    keys[at] = ranks[keys[at] as number] as number;
    if (at % NUMBERS_PER_STEP === NUMBERS_PER_STEP - 1) yield 0.5 + 0.25 * (at / keys.length);
  }
  return yield* within(sortByKeys(positions, keys, descending), 0.75, 1);
}

interface Numbered {
  /** Per packet: its name's number, from `count` on into `texts`. */
  readonly keys: Uint32Array;
  /** Texts that were read, each once. */
  readonly texts: readonly string[];
}

/** Null where there are too many texts to be kept. */
function* numberAll(positions: Uint32Array, names: Names): Steps<Numbered | null> {
  const keys = new Uint32Array(positions.length);
  const numbers = new Map<string, number>();
  let cost = 0;
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] as number;
    let number = names.numberOf(position);
    if (number < 0) {
      const text = names.readText(position);
      number = numbers.get(text) ?? names.count + numbers.size;
      numbers.set(text, number);
      if (numbers.size > MOST_READ_TEXTS) return null;
      cost += NUMBERS_PER_STEP / TEXTS_PER_STEP;
    }
    keys[at] = number;
    cost += 1;
    if (cost < NUMBERS_PER_STEP) continue;
    cost = 0;
    yield at / positions.length;
  }
  return { keys, texts: [...numbers.keys()] };
}

/** Rank of each numbered text; equal texts have the same. */
function* ranksOf(count: number, textOf: (number: number) => string): Steps<Uint32Array> {
  const order = yield* within(sortByText(count, textOf, false), 0.5, 0.5);
  const ranks = new Uint32Array(count);
  let rank = 0;
  for (let at = 0; at < order.length; at += 1) {
    if (at > 0 && textOf(order[at] as number) !== textOf(order[at - 1] as number)) rank += 1;
    ranks[order[at] as number] = rank;
    if (at % TEXTS_PER_STEP === TEXTS_PER_STEP - 1) yield 0.5;
  }
  return ranks;
}
