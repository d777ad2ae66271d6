/** What windows ask of many rows at once: their bytes, their numbers, and how the list looks as a whole. */
import { IpcError } from '../../shared/ipc/errors.ts';
import type { SearchResult, SearchWish } from '../../shared/ipc/list-contract.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { ListedRows } from './listed-rows.ts';
import { Overview } from './overview.ts';
import type { OverviewReply, OverviewSource, OverviewWish } from './overview.ts';
import { PacketSearch } from './packet-search.ts';
import type { SearchSource } from './packet-search.ts';
import type { SearchWatch } from './search-watch.ts';
import { Turns } from './turn.ts';

export interface ListSource extends OverviewSource, SearchSource {
  /** Throws `not-found` for a view that is not open. */
  rows(view: number): ListedRows;
}

/** Bytes of one reply; a single packet may be larger. */
const REPLY_BYTES = 4 << 20;
/** As many ranges as a message holds. */
const MOST_RANGES = 100_000;

export class ListTools {
  readonly #source: ListSource;

  constructor(source: ListSource) {
    this.#source = source;
  }

  /** Bytes of rows `from` on, one packet after another: of one at least, of so many as fit a reply. */
  readBytes(view: number, from: number, count: number): { packets: { number: number; length: number }[]; payload: Uint8Array } {
    const rows = this.#source.rows(view);
    const packets: { number: number; length: number }[] = [];
    const parts: Uint8Array[] = [];
    let size = 0;
    for (let row = from; row < Math.min(from + count, rows.length) && size < REPLY_BYTES; row += 1) {
      const position = rows.at(row);
      const bytes = this.#source.bytes(position).slice();
      packets.push({ number: position + 1, length: bytes.length });
      parts.push(bytes);
      size += bytes.length;
    }
    const payload = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      payload.set(part, at);
      at += part.length;
    }
    return { packets, payload };
  }

  /** Numbers of the packets in rows, in ascending order. Throws `failed` where they make too many ranges. */
  async numbersOf(view: number, wanted: NumberRanges, signal: AbortSignal): Promise<NumberRanges> {
    const rows = this.#source.rows(view);
    const found: [number, number][] = [];
    const turns = new Turns(signal);
    for (const [first, last] of wanted) {
      for (let row = first; row <= Math.min(last, rows.length - 1); row += 1) {
        const number = rows.at(row) + 1;
        const before = found.at(-1);
        if (before !== undefined && number === before[1] + 1) before[1] = number;
        else found.push([number, number]);
        if (found.length > MOST_RANGES) throw new IpcError('failed', `These rows are spread over more than ${MOST_RANGES.toLocaleString('en')} places of the capture. Choose fewer, or sort the list by number first.`);
        if (row % 4096 === 0 && turns.isOver) await turns.next();
      }
    }
    return joined(found);
  }

  /** The next place that holds what is looked for; null where none does. Throws `failed` where that cannot be looked for. */
  find(wish: SearchWish, watch: SearchWatch): Promise<SearchResult['found']> {
    return new PacketSearch(this.#source.rows(wish.view), wish, this.#source).next(watch);
  }

  overview(view: number, wish: OverviewWish, signal: AbortSignal): Promise<OverviewReply> {
    return new Overview(this.#source.rows(view), wish, this.#source).make(signal);
  }
}

/** Of ranges in any order, which do not overlap as each packet has one row. */
function joined(ranges: [number, number][]): NumberRanges {
  const result: [number, number][] = [];
  for (const range of ranges.sort((one, two) => one[0] - two[0])) {
    const before = result.at(-1);
    if (before !== undefined && range[0] === before[1] + 1) before[1] = range[1];
    else result.push(range);
  }
  return result;
}
