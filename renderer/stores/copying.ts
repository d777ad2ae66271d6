/** Many rows on their way to the clipboard. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface CopyingState {
  /** Rows to be copied; 0 while none are. */
  readonly rows: number;
  readonly done: number;
}

export type CopyingStore = StoreApi<CopyingState>;

export function createCopyingStore(): CopyingStore {
  return createStore<CopyingState>(() => ({ rows: 0, done: 0 }));
}

export function copyingProgressed(store: CopyingStore, rows: number, done: number): void {
  store.setState({ rows, done });
}

export function copyingEnded(store: CopyingStore): void {
  store.setState({ rows: 0, done: 0 });
}
