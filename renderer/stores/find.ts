/** Looking for a packet: what for and where, and how the last search ended. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export const findModes = ['text', 'hex', 'regex', 'filter'] as const;
export type FindMode = (typeof findModes)[number];

/** The texts of the list, the lines of the tree, or the captured bytes. */
export const findPlaces = ['list', 'details', 'bytes'] as const;
export type FindPlace = (typeof findPlaces)[number];

export interface FindState {
  readonly isOpen: boolean;
  readonly mode: FindMode;
  readonly where: FindPlace;
  readonly isCaseSensitive: boolean;
  readonly text: string;
  readonly state: 'idle' | 'searching' | 'nothing' | 'wrong';
  /** How much of the packets a search has behind it, 0…1; null before that was told. */
  readonly share: number | null;
  /** Why the text cannot be looked for. */
  readonly message: string;
  /** Grows each time the field is to take the keyboard. */
  readonly focusWanted: number;
}

export type FindStore = StoreApi<FindState>;

export function createFindStore(): FindStore {
  return createStore<FindState>(() => ({ isOpen: false, mode: 'text', where: 'list', isCaseSensitive: false, text: '', state: 'idle', share: null, message: '', focusWanted: 0 }));
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

export function setFindPlace(store: FindStore, where: FindPlace): void {
  store.setState({ where, state: 'idle' });
}

export function setCaseSensitive(store: FindStore, isCaseSensitive: boolean): void {
  store.setState({ isCaseSensitive, state: 'idle' });
}

export function findEnded(store: FindStore, state: FindState['state'], message = ''): void {
  store.setState({ state, message, share: null });
}

export function findProgressed(store: FindStore, share: number): void {
  store.setState({ share });
}

/** Bytes stand in packets only; a display filter is about packets as a whole. */
export function placeOf({ mode, where }: Pick<FindState, 'mode' | 'where'>): FindPlace | null {
  if (mode === 'filter') return null;
  return mode === 'hex' ? 'bytes' : where;
}

/** What is to be looked for, bytes as pairs of digits and nothing else; null where that is nothing. */
export function soughtText({ mode, text }: Pick<FindState, 'mode' | 'text'>): string | null {
  if (mode !== 'hex') return text === '' ? null : text;
  const digits = text.replace(/0x|[\s:.,-]/gi, '');
  return /^([\da-f]{2})+$/i.test(digits) ? digits : null;
}
