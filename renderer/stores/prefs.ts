/** What the user set up once and expects to find again. */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const timeFormats = ['relative', 'delta', 'delta-captured', 'time', 'date-time', 'utc', 'utc-time', 'epoch'] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Digits of times after the point; "auto": as many as the capture has. */
export const timePrecisions = ['auto', 0, 1, 2, 3, 6, 9] as const;
export type TimePrecision = (typeof timePrecisions)[number];

const prefsSchema = z.object({
  theme: z.enum(themeChoices),
  timeFormat: z.enum(timeFormats),
  // Settings of before there was a choice have none.
  timePrecision: z.literal(timePrecisions).default('auto'),
  colourRows: z.boolean(),
  /** The whole list is drawn beside its scroll bar. */
  minimap: z.boolean().default(true),
  /** Tree nodes that the user opened (true) or closed (false), by path key. */
  expanded: z.record(z.string(), z.boolean()),
});

export type Prefs = Readonly<z.infer<typeof prefsSchema>>;
export type PrefsStore = StoreApi<Prefs>;

const entry: Persisted<Prefs> = { key: 'layerscope.prefs', version: 1, schema: prefsSchema };

/** Enough for every protocol met in years of use; the oldest choices go first. */
const rememberedNodes = 1000;
const longestKey = 512;

const defaults: Prefs = { theme: 'system', timeFormat: 'relative', timePrecision: 'auto', colourRows: true, minimap: true, expanded: {} };

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

export function setTimePrecision(store: PrefsStore, timePrecision: TimePrecision): void {
  store.setState({ timePrecision });
}

export function toggleColourRows(store: PrefsStore): void {
  store.setState((state) => ({ colourRows: !state.colourRows }));
}

export function toggleMinimap(store: PrefsStore): void {
  store.setState((state) => ({ minimap: !state.minimap }));
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
