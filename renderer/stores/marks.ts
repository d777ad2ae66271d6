/**
 * Packets that the user marked, those that are left out, and those that times count from. The first two are
 * kept between starts, by capture: they belong to what one is looking for, not to the window.
 */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { includesNumbers, joinNumbers, nextNumber, noNumbers, subtractNumbers, type NumberRanges } from '../../shared/format/number-ranges.ts';
import type { Time } from '../../shared/format/time.ts';
import { loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export interface Marks {
  /** Which capture the marks are of; "" for none. */
  readonly capture: string;
  /** Packet numbers. */
  readonly marked: NumberRanges;
  readonly ignored: NumberRanges;
  /** Times of the packets that are references, by packet number. */
  readonly references: ReadonlyMap<number, Time>;
}

export type MarksStore = StoreApi<Marks>;

const keptCaptures = 64;
/** More ranges than this hold until the window closes, and are not kept. */
const keptRanges = 10_000;

const kept = z
  .array(z.tuple([z.int().positive(), z.int().positive()]))
  .max(keptRanges)
  .refine((ranges) => ranges.every(([first, last], index) => first <= last && first > (ranges[index - 1]?.[1] ?? 0)));
const keptSchema = z.array(z.object({ capture: z.string().max(1024), marked: kept, ignored: kept })).max(keptCaptures);
const entry: Persisted<z.infer<typeof keptSchema>> = { key: 'layerscope.marks', version: 2, schema: keptSchema };

export function createMarksStore(storage: SettingsStorage | null = pageStorage()): MarksStore {
  const store = createStore<Marks>(() => ({ capture: '', marked: noNumbers, ignored: noNumbers, references: new Map() }));
  store.subscribe((state, before) => {
    const { capture, marked, ignored } = state;
    if (capture === '' || capture !== before.capture || (marked === before.marked && ignored === before.ignored)) return;
    const others = loadPersisted(storage, entry, []).filter((other) => other.capture !== capture);
    const own = marked.length === 0 && ignored.length === 0 ? [] : [{ capture, marked: marked.slice(0, keptRanges), ignored: ignored.slice(0, keptRanges) }];
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
  const own = loadPersisted(storage, entry, []).find((each) => each.capture === capture);
  store.setState({ capture, marked: own?.marked ?? noNumbers, ignored: own?.ignored ?? noNumbers, references: new Map() });
}

/** With these packets in it, or without them where all of them are there. */
function toggled(present: NumberRanges, packets: NumberRanges): NumberRanges {
  return includesNumbers(present, packets) ? subtractNumbers(present, packets) : joinNumbers(present, packets);
}

/** Marks packets; those that are all marked no longer are. */
export function toggleMarks(store: MarksStore, packets: NumberRanges): void {
  store.setState(({ marked }) => ({ marked: toggled(marked, packets) }));
}

export function addMarks(store: MarksStore, packets: NumberRanges): void {
  store.setState(({ marked }) => ({ marked: joinNumbers(marked, packets) }));
}

export function clearMarks(store: MarksStore): void {
  store.setState({ marked: noNumbers });
}

/** Leaves packets out; those that are all left out no longer are. */
export function toggleIgnored(store: MarksStore, packets: NumberRanges): void {
  store.setState(({ ignored }) => ({ ignored: toggled(ignored, packets) }));
}

export function addIgnored(store: MarksStore, packets: NumberRanges): void {
  store.setState(({ ignored }) => ({ ignored: joinNumbers(ignored, packets) }));
}

export function clearIgnored(store: MarksStore): void {
  store.setState({ ignored: noNumbers });
}

/** The marked packet after (1) or before (−1) another, going on at the other end; null where none is marked. */
export function nextMark({ marked }: Pick<Marks, 'marked'>, from: number, step: -1 | 1): number | null {
  return nextNumber(marked, from, step) ?? (step === 1 ? marked[0]?.[0] : marked.at(-1)?.[1]) ?? null;
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
