import { describe, expect, test } from 'vitest';
import { createLayoutStore, keepSizes, resetPanes, togglePane, setNarrow, toggleMaximised, restorePanes } from './layout.ts';
import type { SettingsStorage } from './persist.ts';
import { createPrefsStore, rememberExpanded, setTheme, setTimePrecision } from './prefs.ts';

function memoryStorage(entries: Record<string, string> = {}): SettingsStorage & { readonly entries: Record<string, string> } {
  return {
    entries,
    getItem: (key) => entries[key] ?? null,
    setItem: (key, value) => {
      entries[key] = value;
    },
  };
}

describe('settings', () => {
  test('are there again in the next window', () => {
    const storage = memoryStorage();
    const prefs = createPrefsStore(storage);
    setTheme(prefs, 'dark');
    setTimePrecision(prefs, 3);
    expect(createPrefsStore(storage).getState()).toMatchObject({ theme: 'dark', timePrecision: 3 });
  });

  test.each([
    ['nothing', undefined],
    ['text that is no JSON', 'x{'],
    ['another version', '{"version":99,"value":{}}'],
    ['a value of another shape', '{"version":1,"value":{"theme":"pink"}}'],
    ['an array', '[1,2]'],
  ])('%s in the storage means the defaults', (_what, stored) => {
    const prefs = createPrefsStore(memoryStorage(stored === undefined ? {} : { 'layerscope.prefs': stored }));
    expect(prefs.getState().theme).toBe('system');
  });

  test('a storage that refuses to be written costs nothing but the memory', () => {
    const prefs = createPrefsStore({
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    });
    setTheme(prefs, 'light');
    expect(prefs.getState().theme).toBe('light');
  });

  test('remembered tree nodes are bounded, the oldest go first', () => {
    const prefs = createPrefsStore(null);
    rememberExpanded(prefs, Array.from({ length: 1000 }, (_, index) => `key ${index}`), true);
    rememberExpanded(prefs, ['key 0', 'another'], false);
    const { expanded } = prefs.getState();
    expect(Object.keys(expanded)).toHaveLength(1000);
    expect(expanded['key 0']).toBe(false);
    expect(expanded['key 1']).toBeUndefined();
  });

  test('those of a version that knew fewer are kept', () => {
    const stored = JSON.stringify({ version: 1, value: { theme: 'dark', timeFormat: 'utc', colourRows: false, columnWidths: { source: 180 }, expanded: {} } });
    expect(createPrefsStore(memoryStorage({ 'layerscope.prefs': stored })).getState()).toEqual({ theme: 'dark', timeFormat: 'utc', timePrecision: 'auto', colourRows: false, minimap: true, expanded: {} });
  });
});

describe('panes', () => {
  test('sizes and hidden panes are kept, the view and a maximised pane are not', () => {
    const storage = memoryStorage();
    const layout = createLayoutStore(storage);
    togglePane(layout, 'bytes');
    keepSizes(layout, 'lower', { details: 60, bytes: 40 });
    toggleMaximised(layout, 'list');
    const next = createLayoutStore(storage).getState();
    expect(next.shown).toEqual({ details: true, bytes: false, layers: true });
    expect(next.sizes).toEqual({ lower: { details: 60, bytes: 40 } });
    expect(next.maximised).toBeNull();
  });

  test('hiding the maximised pane restores the others', () => {
    const layout = createLayoutStore(null);
    toggleMaximised(layout, 'layers');
    togglePane(layout, 'layers');
    expect(layout.getState().maximised).toBeNull();
    expect(restorePanes(layout)).toBe(false);
  });

  test('where bytes and layers share a place, asking for the hidden one brings it to the front first', () => {
    const layout = createLayoutStore(null);
    setNarrow(layout, true);
    togglePane(layout, 'layers');
    expect(layout.getState()).toMatchObject({ sharedTab: 'layers', shown: { layers: true, bytes: true } });
    togglePane(layout, 'layers');
    expect(layout.getState().shown.layers).toBe(false);
  });

  test('reset brings every pane back at its own size', () => {
    const layout = createLayoutStore(null);
    togglePane(layout, 'details');
    keepSizes(layout, 'lower', { bytes: 100 });
    resetPanes(layout);
    expect(layout.getState()).toMatchObject({ shown: { details: true }, sizes: {} });
  });
});
