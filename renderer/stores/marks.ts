/**
 * Packets that the user marked, and those that times count from. Marks are kept between starts, by
 * capture: they belong to what one is looking for, not to the window.
 */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Time } from '../../shared/format/time.ts';
import { loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export interface Marks {
  /** Which capture the marks are of; "" for none. */
  readonly capture: string;
  readonly marked: ReadonlySet<number>;
  /** Times of the packets that are references, by packet number. */
  readonly references: ReadonlyMap<number, Time>;
}

export type MarksStore = StoreApi<Marks>;

const keptSchema = z.array(z.object({ capture: z.string().max(1024), marked: z.array(z.int().positive()).max(10_000) })).max(64);
const entry: Persisted<z.infer<typeof keptSchema>> = { key: 'layerscope.marks', version: 1, schema: keptSchema };
const keptCaptures = 64;
const keptMarks = 10_000;

export function createMarksStore(storage: SettingsStorage | null = pageStorage()): MarksStore {
  const store = createStore<Marks>(() => ({ capture: '', marked: new Set(), references: new Map() }));
  store.subscribe((state, before) => {
    if (state.capture === '' || state.capture !== before.capture || state.marked === before.marked) return;
    const others = loadPersisted(storage, entry, []).filter(({ capture }) => capture !== state.capture);
    const own = state.marked.size === 0 ? [] : [{ capture: state.capture, marked: [...state.marked].slice(0, keptMarks) }];
    try {
      storage?.setItem(entry.key, JSON.stringify({ version: entry.version, value: [...own, ...others].slice(0, keptCaptures) }));
    } catch {
      // The marks still hold until the window closes.
    }
  });
  return store;
}

/** Takes up the marks that a capture had when it was last open. */
export function loadMarks(store: MarksStore, capture: string, storage: SettingsStorage | null = pageStorage()): void {
  if (store.getState().capture === capture) return;
  const kept = loadPersisted(storage, entry, []).find((each) => each.capture === capture);
  store.setState({ capture, marked: new Set(kept?.marked), references: new Map() });
}

export function toggleMark(store: MarksStore, packet: number): void {
  store.setState(({ marked }) => {
    const next = new Set(marked);
    if (!next.delete(packet)) next.add(packet);
    return { marked: next };
  });
}

export function clearMarks(store: MarksStore): void {
  store.setState({ marked: new Set() });
}

/** The marked packet after (1) or before (−1) another, going on at the other end; null where none is marked. */
export function nextMark({ marked }: Marks, from: number, step: -1 | 1): number | null {
  const numbers = [...marked].sort((one, two) => one - two);
  const found = step === 1 ? (numbers.find((number) => number > from) ?? numbers[0]) : (numbers.findLast((number) => number < from) ?? numbers.at(-1));
  return found ?? null;
}

/** Makes a packet one that the times of those behind it count from, or no longer. */
export function toggleReference(store: MarksStore, packet: number, time: Time): void {
  store.setState(({ references }) => {
    const next = new Map(references);
    if (!next.delete(packet)) next.set(packet, time);
    return { references: next };
  });
}

/** The time that a packet's relative time counts from: that of the last reference up to it; null where there is none. */
export function referenceFor({ references }: Marks, packet: number): Time | null {
  let found = 0;
  for (const number of references.keys()) if (number <= packet && number > found) found = number;
  return references.get(found) ?? null;
}
