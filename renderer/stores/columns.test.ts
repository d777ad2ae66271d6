import { describe, expect, test } from 'vitest';
import { addColumn, alignColumn, changeColumn, completed, createColumnsStore, customColumns, defaultColumns, moveColumn, moveColumnBefore, mostCustomColumns, removeColumn, restoreColumns, setWidths, showColumn, shownColumns, type ColumnsStore, type CustomColumn } from './columns.ts';
import type { SettingsStorage } from './persist.ts';

function memoryStorage(entries: Record<string, string> = {}): SettingsStorage & { readonly entries: Record<string, string> } {
  return { entries, getItem: (key) => entries[key] ?? null, setItem: (key, value) => void (entries[key] = value) };
}

function own(text: string): CustomColumn {
  return { text, occurrence: 0, names: true };
}

function shownIds(store: ColumnsStore): string {
  return shownColumns(store.getState()).map(({ id }) => id).join(' ');
}

describe('columns', () => {
  test('one of the user’s own comes before Info, and is the same one when asked for again', () => {
    const store = createColumnsStore(null);
    addColumn(store, 'TTL', own('ip.ttl'));
    showColumn(store, 'custom-1', false);
    addColumn(store, 'Time to live', own('ip.ttl'));
    expect(shownIds(store)).toBe('number time source destination protocol length custom-1 info');
    expect(customColumns(store.getState())).toEqual([own('ip.ttl')]);
  });

  test('hidden ones are not asked for', () => {
    const store = createColumnsStore(null);
    addColumn(store, 'TTL', own('ip.ttl'));
    addColumn(store, 'Stream', own('tcp.stream'));
    showColumn(store, 'custom-1', false);
    expect(customColumns(store.getState())).toEqual([own('tcp.stream')]);
  });

  test('are moved past neighbours on show, and before any other', () => {
    const store = createColumnsStore(null);
    showColumn(store, 'time', false);
    moveColumn(store, 'number', 1);
    expect(shownIds(store)).toBe('source number destination protocol length info');
    moveColumn(store, 'source', -1);
    expect(shownIds(store)).toBe('source number destination protocol length info');
    moveColumnBefore(store, 'info', 'number');
    moveColumnBefore(store, 'source', null);
    expect(shownIds(store)).toBe('info number destination protocol length source');
  });

  test('the last one on show stays, built-in ones are hidden rather than removed', () => {
    const store = createColumnsStore(null);
    for (const { id } of defaultColumns) removeColumn(store, id);
    expect(shownIds(store)).toBe('info');
    expect(store.getState().columns).toHaveLength(defaultColumns.length);
  });

  test('there is an end to those of the user’s own', () => {
    const store = createColumnsStore(null);
    for (let number = 0; number < mostCustomColumns; number += 1) expect(addColumn(store, '', own(`field.${number}`))).toBe(true);
    expect(addColumn(store, '', own('one.more'))).toBe(false);
  });

  test('all of it is there again in the next window, until the defaults are restored', () => {
    const storage = memoryStorage();
    const store = createColumnsStore(storage);
    addColumn(store, 'TTL', own('ip.ttl'));
    changeColumn(store, 'custom-1', { title: 'Hops', custom: { text: 'ip.ttl', occurrence: -1, names: false } });
    changeColumn(store, 'info', { title: 'What', custom: own('must not stay') });
    alignColumn(store, 'custom-1', 'center');
    setWidths(store, { source: 180.4, number: 2, info: null });
    moveColumn(store, 'number', 1);
    const next = createColumnsStore(storage);
    expect(next.getState().columns).toEqual(store.getState().columns);
    expect(next.getState().columns.find(({ id }) => id === 'custom-1')).toMatchObject({ title: 'Hops', align: 'center', custom: { occurrence: -1 } });
    expect(next.getState().columns.map(({ id, width }) => [id, width])).toContainEqual(['source', 180]);
    expect(next.getState().columns.map(({ id, width }) => [id, width])).toContainEqual(['number', 32]);
    expect(next.getState().columns.at(-1)).toMatchObject({ id: 'info', title: 'What', custom: null });
    restoreColumns(next);
    expect(createColumnsStore(storage).getState().columns).toEqual(defaultColumns);
  });
});

describe('what was kept is checked', () => {
  const [number, time] = defaultColumns;
  test.each([
    ['a column that stands there twice', [number, number, time]],
    ['one that is not known', [{ ...number!, id: 'nonsense' }, number, time]],
    ['a built-in one that claims to be another', [{ ...number!, custom: own('x') }, number, time]],
  ])('%s', (_what, kept) => {
    expect(completed(kept as never).map(({ id }) => id)).toEqual(['number', 'time', 'source', 'destination', 'protocol', 'length', 'info']);
  });

  test('none on show, and entries of another shape, mean the defaults', () => {
    expect(completed(defaultColumns.map((column) => ({ ...column, isHidden: true })))).toEqual(defaultColumns);
    const stored = JSON.stringify({ version: 1, value: [{ id: 'number', title: 'No.', align: 'justified' }] });
    expect(createColumnsStore(memoryStorage({ 'layerscope.columns': stored })).getState().columns).toEqual(defaultColumns);
  });
});
