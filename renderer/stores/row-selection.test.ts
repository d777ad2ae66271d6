import { expect, test } from 'vitest';
import { clearRowSelection, createRowSelectionStore, selectAllRows, selectRow, type SelectMode } from './row-selection.ts';

/** Clicks one after another, from a list that shows the packet in row 5. */
function after(...clicks: readonly (readonly [position: number, mode: SelectMode])[]) {
  const store = createRowSelectionStore();
  let shown = 5;
  for (const [position, mode] of clicks) shown = selectRow(store, position, mode, shown);
  return { shown, ranges: store.getState().ranges };
}

test.each<[string, readonly (readonly [number, SelectMode])[], { shown: number; ranges: readonly (readonly number[])[] }]>([
  ['a click selects one row', [[8, 'only']], { shown: 8, ranges: [] }],
  ['Shift extends from the row on show', [[8, 'extend']], { shown: 8, ranges: [[5, 8]] }],
  ['and back over it', [[8, 'extend'], [2, 'extend']], { shown: 2, ranges: [[2, 5]] }],
  ['a click ends that', [[8, 'extend'], [1, 'only']], { shown: 1, ranges: [] }],
  ['Ctrl adds a row', [[8, 'toggle']], { shown: 8, ranges: [[5, 5], [8, 8]] }],
  ['Ctrl takes one away, and another is shown', [[8, 'toggle'], [8, 'toggle']], { shown: 5, ranges: [[5, 5]] }],
  ['Ctrl keeps the last one', [[5, 'toggle']], { shown: 5, ranges: [] }],
  ['Shift extends from what Ctrl chose last', [[8, 'toggle'], [10, 'extend']], { shown: 10, ranges: [[8, 10]] }],
  ['Ctrl+Shift adds a range', [[8, 'toggle'], [10, 'add']], { shown: 10, ranges: [[5, 5], [8, 10]] }],
])('%s', (_what, clicks, expected) => {
  expect(after(...clicks)).toEqual(expected);
});

test('ten million rows are one range', () => {
  const store = createRowSelectionStore();
  selectAllRows(store, 10_000_000, 3);
  expect(store.getState().ranges).toEqual([[0, 9_999_999]]);
  clearRowSelection(store);
  expect(store.getState().ranges).toEqual([]);
});
