/**
 * Looking for something from packet to packet: in the list's texts, in the lines of the tree, or in
 * the captured bytes. Packets are taken in the order of the list, those that it does not show are
 * left out, and of one packet all places are found one after another.
 */
import type { ColumnSpec } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { SearchResult, SearchWish } from '../../shared/ipc/list-contract.ts';
import { byteTextOf, bytesOf, utf8ByteText } from '../../shared/filter/byte-text.ts';
import { PatternTimeout } from '../../shared/filter/compile.ts';
import { PatternError, translatePattern } from '../../shared/filter/pattern.ts';
import { boundedSearcher } from './bounded-patterns.ts';
import type { ListedRows } from './listed-rows.ts';
import type { SearchWatch } from './search-watch.ts';

/** The capture as a search sees it. */
export interface SearchSource {
  /** Left out by the user: nothing is found in it. */
  isIgnored(position: number): boolean;
  /** What the packet's row says, with columns of the user's own. */
  texts(position: number, columns: readonly ColumnSpec[]): readonly string[];
  /** The lines of the packet's tree, as `packet.read` gives them. */
  labels(position: number): readonly string[];
  /** Captured bytes, valid until the next call. */
  bytes(position: number): Uint8Array;
}

/** A place in a packet: the number of a line, or the offset of a byte; −1 where the packet as a whole is meant. */
interface Place {
  readonly at: number;
  /** Bytes; 0 for lines. */
  readonly length: number;
}

/** More places of one packet are not told apart. */
const MOST_PLACES = 10_000;

type PlacesOf = (position: number) => readonly Place[];

export class PacketSearch {
  readonly #rows: ListedRows;
  readonly #wish: SearchWish;
  readonly #source: SearchSource;
  readonly #placesOf: PlacesOf;

  /** Throws `failed` with the reason where the text cannot be looked for. */
  constructor(rows: ListedRows, wish: SearchWish, source: SearchSource) {
    this.#rows = rows;
    this.#wish = wish;
    this.#source = source;
    this.#placesOf = placesIn(wish, source);
  }

  /** The next place, round and round; null where there is none. Throws `failed` where a pattern takes too long. */
  async next(watch: SearchWatch): Promise<SearchResult['found']> {
    try {
      return await this.#walk(watch);
    } catch (error) {
      throw error instanceof PatternTimeout ? new IpcError('failed', error.message) : error;
    }
  }

  async #walk(watch: SearchWatch): Promise<SearchResult['found']> {
    const { length } = this.#rows;
    const { row, step } = this.#wish;
    const start = row ?? (step === 1 ? 0 : length - 1);
    // The packet that one starts in comes first and last: with what lies ahead in it, and with what lies behind.
    for (let taken = 0; taken <= length && length > 0; taken += 1) {
      const at = (((start + step * taken) % length) + length) % length;
      const found = this.#bestIn(at, row === null ? null : taken === 0 ? 'ahead' : taken === length ? 'behind' : null);
      if (found !== null) return found;
      if (watch.isOver) await watch.tell(taken / length);
    }
    return null;
  }

  /** The first place of a row's packet in the direction of the search, or of those on one side of where one is. */
  #bestIn(row: number, side: 'ahead' | 'behind' | null): SearchResult['found'] {
    const position = this.#rows.at(row);
    if (this.#source.isIgnored(position)) return null;
    const { step, place } = this.#wish;
    const isAhead = ({ at }: Place): boolean => (place === null ? false : step === 1 ? at > place : at < place);
    const places = this.#placesOf(position).filter((one) => side === null || (side === 'ahead' ? isAhead(one) : !isAhead(one)));
    const best = step === 1 ? places[0] : places.at(-1);
    return best === undefined ? null : { number: position + 1, row, place: best.at, length: best.length };
  }
}

function placesIn({ where, mode, text, isCaseSensitive, columns }: SearchWish, source: SearchSource): PlacesOf {
  if (where === 'bytes') {
    const find = mode === 'regex' ? patternInBytes(text, isCaseSensitive) : bytesInBytes(text, mode, isCaseSensitive);
    return (position) => find(source.bytes(position));
  }
  const holds = mode === 'regex' ? boundedTest(text, isCaseSensitive) : textTest(text, isCaseSensitive);
  if (where === 'list') return (position) => (source.texts(position, columns).some(holds) ? [{ at: -1, length: 0 }] : []);
  return (position) => source.labels(position).flatMap((label, at) => (holds(label) ? [{ at, length: 0 }] : []));
}

function textTest(text: string, isCaseSensitive: boolean): (subject: string) => boolean {
  const wanted = isCaseSensitive ? text : text.toLowerCase();
  return (subject) => (isCaseSensitive ? subject : subject.toLowerCase()).includes(wanted);
}

function searcherOf(text: string, isCaseSensitive: boolean): ReturnType<typeof boundedSearcher> {
  try {
    return boundedSearcher(translatePattern(`${isCaseSensitive ? '(?-i)' : ''}${utf8ByteText(text)}`, text));
  } catch (error) {
    throw error instanceof PatternError ? new IpcError('failed', error.message) : error;
  }
}

function boundedTest(text: string, isCaseSensitive: boolean): (subject: string) => boolean {
  const { test } = searcherOf(text, isCaseSensitive);
  return (subject) => test(utf8ByteText(subject));
}

function patternInBytes(text: string, isCaseSensitive: boolean): (bytes: Uint8Array) => Place[] {
  const { test, find } = searcherOf(text, isCaseSensitive);
  return (bytes) => {
    const subject = byteTextOf(bytes);
    // Where only another thread can run the pattern, it tells whether and not where.
    if (find === null) return test(subject) ? [{ at: -1, length: 0 }] : [];
    const places: Place[] = [];
    for (let found = find(subject, 0); found !== null && places.length < MOST_PLACES; found = find(subject, found.at + Math.max(1, found.length))) places.push(found);
    return places;
  };
}

/** `mode` hex: pairs of digits; else text in UTF-8, of which only A to Z have a case. */
function bytesInBytes(text: string, mode: 'text' | 'hex', isCaseSensitive: boolean): (bytes: Uint8Array) => Place[] {
  const isFolded = mode === 'text' && !isCaseSensitive;
  const wanted = mode === 'hex' ? hexBytes(text) : bytesOf(utf8ByteText(text));
  const needle = isFolded ? wanted.map(folded) : wanted;
  return (bytes) => {
    const places: Place[] = [];
    const subject = isFolded ? bytes.map(folded) : bytes;
    for (let at = indexOf(subject, needle, 0); at >= 0 && places.length < MOST_PLACES; at = indexOf(subject, needle, at + 1)) places.push({ at, length: needle.length });
    return places;
  };
}

function hexBytes(text: string): Uint8Array {
  if (!/^([\da-f]{2})+$/i.test(text)) throw new IpcError('failed', 'Bytes are written as pairs of hex digits.');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function folded(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function indexOf(bytes: Uint8Array, needle: Uint8Array, from: number): number {
  const [first] = needle;
  if (first === undefined) return -1;
  const last = bytes.length - needle.length;
  for (let at = bytes.indexOf(first, from); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let length = 1;
    while (length < needle.length && bytes[at + length] === needle[length]) length += 1;
    if (length === needle.length) return at;
  }
  return -1;
}
