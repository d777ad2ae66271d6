/**
 * Rows of the packet list: immutable pages by page number. A page is replaced as a whole when the
 * engine's generation says that it may have changed; an older answer never replaces a newer one.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { neededDigits, type Time } from '../../shared/format/time.ts';
import type { Row, SortOrder } from '../../shared/ipc/contract.ts';

/** Some screens' worth: the fewer, the sooner the first are there. */
export const rowsPerPage = 64;

export interface RowPage {
  readonly page: number;
  readonly generation: number;
  readonly rows: readonly Row[];
}

/** The engine's view of all packets in file order. */
export const allPackets = 0;

/** What a list shows of a capture, and in which order. */
export interface Listing {
  /** Null: file order. */
  readonly sort: SortOrder | null;
  /** Display filter; "": all packets. */
  readonly filter: string;
}

/** What the engine is making rows for. Sorted rows are shown once they are there, filtered ones as they come. */
export interface Making extends Listing {
  /** 0…1. */
  readonly share: number;
}

export interface RowsState {
  /** The engine's view that the rows are of. */
  readonly view: number;
  /** What the view is sorted by; null for file order. */
  readonly sort: SortOrder | null;
  /** Rows in that order: those behind them are in file order for now. */
  readonly sorted: number;
  /** Display filter of the rows; "" where all packets are shown. */
  readonly filter: string;
  readonly making: Making | null;
  /** Rows of the view, whether loaded or not. */
  readonly total: number;
  readonly generation: number;
  readonly pages: ReadonlyMap<number, RowPage>;
  /** Digits after the point that the times seen so far need. */
  readonly timeDigits: 6 | 9;
  /** Characters of the longest address seen so far. */
  readonly addressCharacters: number;
  /** The latest time seen so far. */
  readonly latestTime: Time | null;
}

export type RowsStore = StoreApi<RowsState>;

const noRows: RowsState = { view: allPackets, sort: null, sorted: 0, filter: '', making: null, total: 0, generation: 0, pages: new Map(), timeDigits: 6, addressCharacters: 0, latestTime: null };

export function createRowsStore(): RowsStore {
  return createStore<RowsState>(() => noRows);
}

export function clearRows(store: RowsStore): void {
  store.setState(noRows);
}

export interface ShownView extends Listing {
  readonly view: number;
  readonly sorted: number;
  readonly total: number;
  readonly generation: number;
}

/** Shows another view, or the same one after it has changed; the rows of another are of no use then. */
export function showRowsOf(store: RowsStore, shown: ShownView): void {
  store.setState((state) => (state.view === shown.view ? shown : { ...shown, pages: new Map() }));
}

/** Forgets the rows: they are to be read with other columns. */
export function forgetPages(store: RowsStore): void {
  store.setState({ pages: new Map() });
}

export function makingProgressed(store: RowsStore, making: Making | null): void {
  store.setState({ making });
}

/** Stores an answer and drops the pages in `evicted`; an answer older than what is there is ignored. */
export function putPage(store: RowsStore, page: RowPage, evicted: readonly number[]): void {
  store.setState((state) => {
    const before = state.pages.get(page.page);
    if ((before?.generation ?? -1) > page.generation) return state;
    const pages = new Map(state.pages);
    for (const old of evicted) pages.delete(old);
    pages.set(page.page, before === undefined ? page : { ...page, rows: page.rows.map((row, index) => sameOr(row, before.rows[index])) });
    const finer = state.timeDigits === 9 || page.rows.some((row) => row.time !== null && neededDigits(row.time) === 9);
    const longest = page.rows.reduce((most, row) => Math.max(most, row.source.length, row.destination.length), state.addressCharacters);
    const latest = page.rows.reduce<Time | null>((last, { time }) => (time !== null && (last === null || time.seconds > last.seconds) ? time : last), state.latestTime);
    return { pages, timeDigits: finer ? 9 : 6, addressCharacters: longest, latestTime: latest };
  });
}

/** The row that is there where it says the same, so that it is not drawn anew: in most of a page that is read again nothing has changed. */
function sameOr(row: Row, before: Row | undefined): Row {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row;
}

/** The row at a 0-based position, or undefined while it is not loaded. */
export function rowAt(state: RowsState, position: number): Row | undefined {
  return state.pages.get(Math.floor(position / rowsPerPage))?.rows[position % rowsPerPage];
}

/** True where a page must be asked for: absent, of an older generation, or short of rows that exist now. */
export function pageIsWanted(state: RowsState, page: number): boolean {
  const first = page * rowsPerPage;
  if (page < 0 || first >= state.total) return false;
  const have = state.pages.get(page);
  if (have === undefined || have.generation < state.generation) return true;
  return have.rows.length < Math.min(rowsPerPage, state.total - first);
}

/** Number of the packet at a 0-based position; 0 while nobody knows. In file order positions tell, without a row. */
export function packetAt(state: RowsState, position: number): number {
  if (position < 0 || position >= state.total) return 0;
  return state.view === allPackets ? position + 1 : (rowAt(state, position)?.number ?? 0);
}
