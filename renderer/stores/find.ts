/** Looking for a packet: what for, and how the last search ended. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export const findModes = ['text', 'hex', 'regex', 'filter'] as const;
export type FindMode = (typeof findModes)[number];

export interface FindState {
  readonly isOpen: boolean;
  readonly mode: FindMode;
  readonly text: string;
  readonly state: 'idle' | 'searching' | 'nothing' | 'wrong';
  /** Why the text cannot be looked for. */
  readonly message: string;
  /** Grows each time the field is to take the keyboard. */
  readonly focusWanted: number;
}

export type FindStore = StoreApi<FindState>;

export function createFindStore(): FindStore {
  return createStore<FindState>(() => ({ isOpen: false, mode: 'text', text: '', state: 'idle', message: '', focusWanted: 0 }));
}

export function openFind(store: FindStore): void {
  store.setState(({ focusWanted }) => ({ isOpen: true, focusWanted: focusWanted + 1 }));
}

export function closeFind(store: FindStore): void {
  store.setState({ isOpen: false });
}

export function writeFind(store: FindStore, text: string): void {
  store.setState({ text, state: 'idle' });
}

export function setFindMode(store: FindStore, mode: FindMode): void {
  store.setState({ mode, state: 'idle' });
}

export function findEnded(store: FindStore, state: FindState['state'], message = ''): void {
  store.setState({ state, message });
}

/** The display filter that says the same; null where nothing is looked for, or the digits are no bytes. */
export function findFilter({ mode, text }: Pick<FindState, 'mode' | 'text'>): string | null {
  if (text === '') return null;
  switch (mode) {
    case 'text':
      return `frame contains "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    case 'regex':
      return `frame matches r"${text.replaceAll('"', '\\x22')}"`;
    case 'filter':
      return text;
    case 'hex': {
      const digits = text.replace(/0x|[\s:.,-]/gi, '');
      return /^([\da-f]{2})+$/i.test(digits) ? `frame contains ${(digits.match(/../g) ?? []).map((byte, index, all) => (all.length === 1 && index === 0 ? `:${byte}` : byte)).join(':')}` : null;
    }
  }
}
