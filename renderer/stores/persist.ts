/**
 * Settings kept in the browser's storage, one versioned entry per store. What is stored is
 * checked like any other foreign input: a damaged or unknown entry means the defaults, never an error.
 */
import type * as z from 'zod';
import type { StoreApi } from 'zustand/vanilla';

export interface Persisted<T> {
  readonly key: string;
  readonly version: number;
  readonly schema: z.ZodType<T>;
}

/** Just what is needed of `localStorage`; a page without one gets `null`. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The page's storage, or null where the user forbade it (reading it may throw). */
export function pageStorage(): SettingsStorage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** What was stored under `entry.key`, or `defaults` where nothing usable is. */
export function loadPersisted<T>(storage: SettingsStorage | null, entry: Persisted<T>, defaults: T): T {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(entry.key) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('version' in stored) || !('value' in stored)) return defaults;
    if (stored.version !== entry.version) return defaults;
    const parsed = entry.schema.safeParse(stored.value);
    return parsed.success ? parsed.data : defaults;
  } catch {
    return defaults;
  }
}

/** Writes `pick(state)` after every change of it. A full or forbidden storage costs only the memory. */
export function keepPersisted<S, T>(storage: SettingsStorage | null, entry: Persisted<T>, store: StoreApi<S>, pick: (state: S) => T): void {
  let last = JSON.stringify(pick(store.getState()));
  store.subscribe((state) => {
    const next = JSON.stringify(pick(state));
    if (next === last) return;
    last = next;
    try {
      storage?.setItem(entry.key, `{"version":${entry.version},"value":${next}}`);
    } catch {
      // The settings still hold until the window closes.
    }
  });
}
