/**
 * Rows of the packet list: immutable pages by page number. A page is replaced as a whole when the
 * engine's generation says that it may have changed; an older answer never replaces a newer one.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { neededDigits, type Time } from '../../shared/format/time.ts';
import type { Row } from '../../shared/ipc/contract.ts';

export const rowsPerPage = 128;

export interface RowPage {
  readonly page: number;
  readonly generation: number;
  readonly rows: readonly Row[];
}

export interface RowsState {
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

const noRows: RowsState = { total: 0, generation: 0, pages: new Map(), timeDigits: 6, addressCharacters: 0, latestTime: null };

export function createRowsStore(): RowsStore {
  return createStore<RowsState>(() => noRows);
}

export function clearRows(store: RowsStore): void {
  store.setState(noRows);
}

export function setExtent(store: RowsStore, total: number, generation: number): void {
  const state = store.getState();
  if (state.total === total && state.generation === generation) return;
  store.setState({ total, generation });
}

/** Stores an answer and drops the pages in `evicted`; an answer older than what is there is ignored. */
export function putPage(store: RowsStore, page: RowPage, evicted: readonly number[]): void {
  store.setState((state) => {
    if ((state.pages.get(page.page)?.generation ?? -1) > page.generation) return state;
    const pages = new Map(state.pages);
    for (const old of evicted) pages.delete(old);
    pages.set(page.page, page);
    const finer = state.timeDigits === 9 || page.rows.some((row) => row.time !== null && neededDigits(row.time) === 9);
    const longest = page.rows.reduce((most, row) => Math.max(most, row.source.length, row.destination.length), state.addressCharacters);
    const latest = page.rows.reduce<Time | null>((last, { time }) => (time !== null && (last === null || time.seconds > last.seconds) ? time : last), state.latestTime);
    return { pages, timeDigits: finer ? 9 : 6, addressCharacters: longest, latestTime: latest };
  });
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

/** Position of a packet in the view of all packets: numbers count from 1, positions from 0. */
export function positionOfPacket(packet: number): number {
  return packet - 1;
}

export function packetAtPosition(position: number): number {
  return position + 1;
}
