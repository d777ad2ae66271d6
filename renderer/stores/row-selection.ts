/**
 * Rows that are selected together. The packet that all panes show is one of them (selection.ts);
 * without any others there are no ranges. Positions are those of the view on show: with another
 * view, or another order, only that packet stays selected.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { countNumbers, hasNumber, noNumbers, withNumbers, withoutNumbers, type NumberRanges } from '../../shared/format/number-ranges.ts';

export interface RowSelection {
  /** 0-based positions; none while a single row is selected. */
  readonly ranges: NumberRanges;
  /** Where Shift extends from; −1: from the selected packet. */
  readonly anchor: number;
  /** Row whose packet is to be shown; −1 while a single row is selected. */
  readonly lead: number;
}

export type RowSelectionStore = StoreApi<RowSelection>;

/** What is done with the rows selected so far when another is pointed at. */
export type SelectMode = 'only' | 'extend' | 'toggle' | 'add';

const single: RowSelection = { ranges: noNumbers, anchor: -1, lead: -1 };

export function createRowSelectionStore(): RowSelectionStore {
  return createStore<RowSelection>(() => single);
}

export function clearRowSelection(store: RowSelectionStore): void {
  if (store.getState() !== single) store.setState(single, true);
}

export function selectAllRows(store: RowSelectionStore, total: number, shown: number): void {
  if (total > 1) store.setState({ ranges: [[0, total - 1]], anchor: -1, lead: shown });
}

/** `shown`: row of the selected packet, −1 where it is in no row. Gives the row whose packet is to be shown. */
export function selectRow(store: RowSelectionStore, position: number, mode: SelectMode, shown: number): number {
  const { ranges, anchor } = store.getState();
  if (mode === 'only' || shown < 0) {
    clearRowSelection(store);
    return position;
  }
  const present = ranges.length > 0 ? ranges : withNumbers(noNumbers, shown, shown);
  if (mode === 'toggle') return toggle(store, present, position, shown);
  const from = anchor >= 0 ? anchor : shown;
  const [first, last] = from < position ? [from, position] : [position, from];
  store.setState({ ranges: withNumbers(mode === 'add' ? present : noNumbers, first, last), anchor: from, lead: position });
  return position;
}

/** Another of the rows that are selected is the one whose packet is shown. */
export function leadSelection(store: RowSelectionStore, position: number): void {
  if (hasNumber(store.getState().ranges, position)) store.setState({ lead: position });
}

/** The last row that is left stays selected. */
function toggle(store: RowSelectionStore, present: NumberRanges, position: number, shown: number): number {
  const isOff = hasNumber(present, position);
  const ranges = isOff ? withoutNumbers(present, position, position) : withNumbers(present, position, position);
  const [first] = ranges;
  if (first === undefined) return position;
  const lead = !isOff ? position : position === shown ? first[0] : shown;
  store.setState({ ranges, anchor: position, lead });
  return lead;
}

/** How many rows are selected besides none but the shown packet's: 0 where that is the only one. */
export function countSelectedRows({ ranges }: RowSelection): number {
  return countNumbers(ranges);
}
