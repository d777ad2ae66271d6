/** Display filters that were used, and those that were kept under a name or as a button. */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { MACRO_NAME } from '../../shared/format/macro-file.ts';
import { LONGEST_FILTER } from '../../shared/ipc/filter-contract.ts';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

const filter = z.string().max(LONGEST_FILTER);
const name = z.string().max(128);

const savedSchema = z.object({
  /** As in Wireshark, a "//" puts what follows into the group that stands before it. */
  name,
  filter,
  /** Shown as a button beside the bar. */
  isButton: z.boolean(),
});

/** A book with more of anything would not be read again. */
export const mostSaved = 256;
export const mostMacros = 256;

const macroSchema = z.object({ name: z.string().regex(MACRO_NAME), text: filter.min(1) });

const bookSchema = z.object({
  /** Latest first. */
  recent: z.array(filter).max(64),
  saved: z.array(savedSchema).max(mostSaved),
  /** The user's own; books of before there were any have none. */
  macros: z.array(macroSchema).max(mostMacros).default([]),
});

export type SavedFilter = Readonly<z.infer<typeof savedSchema>>;
export type FilterMacro = Readonly<z.infer<typeof macroSchema>>;
export type FilterBook = Readonly<z.infer<typeof bookSchema>>;
export type FilterBookStore = StoreApi<FilterBook>;

const entry: Persisted<FilterBook> = { key: 'layerscope.filters', version: 1, schema: bookSchema };
const mostRecent = 20;

/** What people look for first. */
const defaults: FilterBook = {
  recent: [],
  macros: [],
  saved: [
    { name: 'TCP problems', filter: 'tcp.analysis.flags && !tcp.analysis.window_update', isButton: false },
    { name: 'Connections begun', filter: 'tcp.flags.syn == 1 && tcp.flags.ack == 0', isButton: false },
    { name: 'Connections refused or cut', filter: 'tcp.flags.reset == 1', isButton: false },
    { name: 'Name lookups that failed', filter: 'dns.flags.rcode > 0', isButton: false },
    { name: 'HTTP errors', filter: 'http.response.code >= 400', isButton: false },
    { name: 'TLS hellos', filter: 'tls.handshake.type in {1, 2}', isButton: false },
    { name: 'Errors of the network', filter: 'icmp.type in {3, 11} || icmpv6.type in {1..4}', isButton: false },
  ],
};

export function createFilterBookStore(storage: SettingsStorage | null = pageStorage()): FilterBookStore {
  const store = createStore<FilterBook>(() => loadPersisted(storage, entry, defaults));
  keepPersisted(storage, entry, store, (state) => state);
  return store;
}

export function noteUsed(store: FilterBookStore, text: string): void {
  const trimmed = text.trim();
  if (trimmed === '') return;
  store.setState(({ recent }) => ({ recent: [trimmed, ...recent.filter((other) => other !== trimmed)].slice(0, mostRecent) }));
}

export function forgetRecent(store: FilterBookStore): void {
  store.setState({ recent: [] });
}

/** Keeps a filter; one of the same name is replaced. Where there is no room the book stays as it is. */
export function saveFilter(store: FilterBookStore, added: SavedFilter): void {
  const others = store.getState().saved.filter(({ name: other }) => other !== added.name);
  if (others.length < mostSaved) store.setState({ saved: [...others, added] });
}

export function removeFilter(store: FilterBookStore, removed: string): void {
  store.setState((state) => ({ saved: state.saved.filter((other) => other.name !== removed) }));
}

/** Keeps a macro, in the place of another (`replaced`, "" for none); one of the same name goes. */
export function saveMacro(store: FilterBookStore, macro: FilterMacro, replaced: string): void {
  store.setState(({ macros }) => ({ macros: [...macros.filter(({ name: other }) => other !== macro.name && other !== replaced), macro] }));
}

export function removeMacro(store: FilterBookStore, removed: string): void {
  store.setState(({ macros }) => ({ macros: macros.filter(({ name: other }) => other !== removed) }));
}

/** Keeps these and no others; of too many, the last ones are left out. */
export function keepMacros(store: FilterBookStore, macros: readonly FilterMacro[]): void {
  store.setState({ macros: macros.slice(0, mostMacros) });
}

/** As the engine takes them. */
export function macroTexts(macros: readonly FilterMacro[]): Record<string, string> {
  return Object.fromEntries(macros.map(({ name: own, text }) => [own, text]));
}
