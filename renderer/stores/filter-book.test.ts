import { describe, expect, test } from 'vitest';
import { createFilterBookStore, keepMacros, mostMacros, mostSaved, noteUsed, saveFilter, saveMacro, type FilterMacro } from './filter-book.ts';
import type { SettingsStorage } from './persist.ts';

function storage(): SettingsStorage {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const macro = (name: string): FilterMacro => ({ name, text: 'tcp' });

describe('a book of filters', () => {
  test('is there again, with as much as it has room for', () => {
    const page = storage();
    const store = createFilterBookStore(page);
    for (let index = 0; index < mostSaved; index += 1) saveFilter(store, { name: `filter ${index}`, filter: 'tcp', isButton: true });
    saveFilter(store, { name: 'filter 0', filter: 'udp', isButton: false });
    keepMacros(store, Array.from({ length: mostMacros + 1 }, (_, index) => macro(`m${index}`)));
    noteUsed(store, ' tcp ');
    const again = createFilterBookStore(page).getState();
    expect(again).toEqual(store.getState());
    expect([again.saved.length, again.saved.at(-1), again.macros.length, again.recent]).toEqual([mostSaved, { name: 'filter 0', filter: 'udp', isButton: false }, mostMacros, ['tcp']]);
  });

  test('holds a macro once, under its latest name', () => {
    const store = createFilterBookStore(null);
    keepMacros(store, [macro('a'), macro('b')]);
    saveMacro(store, { name: 'c', text: 'udp' }, 'a');
    saveMacro(store, { name: 'b', text: 'arp' }, '');
    expect(store.getState().macros).toEqual([{ name: 'c', text: 'udp' }, { name: 'b', text: 'arp' }]);
  });
});
