/** The one dialog that is open, and the one line that tells what just happened. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type DialogId = 'go-to' | 'properties' | 'problems' | 'settings' | 'keys' | 'about' | 'capture-options' | 'remote-capture' | 'capture-folder' | 'decode-as' | 'colouring-rules' | 'column' | 'macros';

export interface DialogsState {
  readonly open: DialogId | null;
  /** Shown in the status bar until the next notice or a few seconds have passed. */
  readonly notice: string | null;
  /** The problems banner was closed for this capture. */
  readonly problemsDismissed: boolean;
}

export type DialogsStore = StoreApi<DialogsState>;

export function createDialogsStore(): DialogsStore {
  return createStore<DialogsState>(() => ({ open: null, notice: null, problemsDismissed: false }));
}

export function openDialog(store: DialogsStore, dialog: DialogId): void {
  store.setState({ open: dialog });
}

export function closeDialog(store: DialogsStore): void {
  store.setState({ open: null });
}

export function notify(store: DialogsStore, notice: string | null): void {
  store.setState({ notice });
}

export function dismissProblems(store: DialogsStore, dismissed: boolean): void {
  store.setState({ problemsDismissed: dismissed });
}
