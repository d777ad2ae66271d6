/**
 * The display filter as it is being written: its text, and what the engine says of it. What the
 * list really shows stands with the rows; the two differ until the text is applied.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FilterReport } from '../../shared/ipc/filter-contract.ts';

export interface FilterState {
  readonly text: string;
  /** What is said of `text`; null while nobody has said anything yet, and where there is none to ask. */
  readonly report: FilterReport | null;
  /** Grows each time the bar is to take the keyboard. */
  readonly focusWanted: number;
}

export type FilterStore = StoreApi<FilterState>;

export type FilterMark = 'empty' | 'checking' | 'valid' | 'uncertain' | 'invalid';

export function createFilterStore(): FilterStore {
  return createStore<FilterState>(() => ({ text: '', report: null, focusWanted: 0 }));
}

export function writeFilter(store: FilterStore, text: string): void {
  if (store.getState().text !== text) store.setState({ text, report: null });
}

/** Takes an answer, unless the text has changed since it was asked for. */
export function filterReported(store: FilterStore, text: string, report: FilterReport): void {
  if (store.getState().text === text) store.setState({ report });
}

export function focusFilter(store: FilterStore): void {
  store.setState(({ focusWanted }) => ({ focusWanted: focusWanted + 1 }));
}

export function filterMark({ text, report }: FilterState): FilterMark {
  if (text.trim() === '') return 'empty';
  if (report === null) return 'checking';
  if (!report.isValid) return 'invalid';
  return report.warnings.length > 0 ? 'uncertain' : 'valid';
}
