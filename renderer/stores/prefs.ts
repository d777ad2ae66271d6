/** What the user set up once and expects to find again. */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const timeFormats = ['relative', 'delta', 'time', 'date-time', 'utc', 'epoch'] as const;
export type TimeFormat = (typeof timeFormats)[number];

const prefsSchema = z.object({
  theme: z.enum(themeChoices),
  timeFormat: z.enum(timeFormats),
  colourRows: z.boolean(),
  /** Widths in pixels of the columns that the user resized, by column id. */
  columnWidths: z.record(z.string().max(32), z.number().min(20).max(2000)),
  /** Fields that have a column of their own, from left to right. */
  fieldColumns: z.array(z.object({ field: z.string().min(1).max(256), title: z.string().max(256) })).max(16),
  /** Tree nodes that the user opened (true) or closed (false), by path key. */
  expanded: z.record(z.string(), z.boolean()),
});

export type Prefs = Readonly<z.infer<typeof prefsSchema>>;
export type PrefsStore = StoreApi<Prefs>;

const entry: Persisted<Prefs> = { key: 'layerscope.prefs', version: 1, schema: prefsSchema };

/** Enough for every protocol met in years of use; the oldest choices go first. */
const rememberedNodes = 1000;
const longestKey = 512;

const defaults: Prefs = { theme: 'system', timeFormat: 'relative', colourRows: true, columnWidths: {}, fieldColumns: [], expanded: {} };

export function createPrefsStore(storage: SettingsStorage | null = pageStorage()): PrefsStore {
  const store = createStore<Prefs>(() => loadPersisted(storage, entry, defaults));
  keepPersisted(storage, entry, store, (state) => state);
  return store;
}

export function setTheme(store: PrefsStore, theme: ThemeChoice): void {
  store.setState({ theme });
}

export function setTimeFormat(store: PrefsStore, timeFormat: TimeFormat): void {
  store.setState({ timeFormat });
}

export function toggleColourRows(store: PrefsStore): void {
  store.setState((state) => ({ colourRows: !state.colourRows }));
}

/** Sets a column's width in pixels; null gives it back to the automatic one. */
export function setColumnWidth(store: PrefsStore, column: string, width: number | null): void {
  store.setState((state) => {
    const { [column]: _old, ...others } = state.columnWidths;
    return { columnWidths: width === null ? others : { ...others, [column]: Math.max(20, Math.min(2000, Math.round(width))) } };
  });
}

export type FieldColumn = Prefs['fieldColumns'][number];

const mostFieldColumns = 16;

/** Gives a field a column, the last one before Info; a field that has one keeps it. */
export function addFieldColumn(store: PrefsStore, column: FieldColumn): void {
  store.setState(({ fieldColumns }) => (fieldColumns.some(({ field }) => field === column.field) ? {} : { fieldColumns: [...fieldColumns, column].slice(-mostFieldColumns) }));
}

export function removeFieldColumn(store: PrefsStore, removed: string): void {
  store.setState(({ fieldColumns }) => ({ fieldColumns: fieldColumns.filter(({ field }) => field !== removed) }));
}

/** Moves a field's column to the left (−1) or right (1) among those of fields. */
export function moveFieldColumn(store: PrefsStore, moved: string, step: -1 | 1): void {
  store.setState(({ fieldColumns }) => {
    const at = fieldColumns.findIndex(({ field }) => field === moved);
    const other = fieldColumns[at + step];
    const own = fieldColumns[at];
    if (own === undefined || other === undefined) return {};
    return { fieldColumns: fieldColumns.map((column, index) => (index === at ? other : index === at + step ? own : column)) };
  });
}

/** Remembers open and closed tree nodes by their path keys. */
export function rememberExpanded(store: PrefsStore, keys: readonly string[], open: boolean): void {
  store.setState((state) => {
    const renewed = new Set(keys);
    // What was chosen last stands last.
    const entries = Object.entries(state.expanded).filter(([key]) => !renewed.has(key));
    for (const key of renewed) if (key.length <= longestKey) entries.push([key, open]);
    return { expanded: Object.fromEntries(entries.slice(-rememberedNodes)) };
  });
}
