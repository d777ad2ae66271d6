/**
 * What is selected and pointed at, in all panes at once, and where the user came from.
 * Fields are indices into the shown packet's `nodes`; `fieldKey` finds the same field in the next packet.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SelectionState {
  readonly packet: number | null;
  /** 0-based position of the packet's row in the view on show; −1 where it is not known (yet), or not there. */
  readonly position: number;
  readonly field: number;
  readonly fieldKey: string | null;
  /** Byte source (tab of the bytes pane) that is shown. */
  readonly source: number;
  /** Bytes of that source that were chosen by themselves; null where the selected field's are meant. */
  readonly bytes: ByteRange | null;
  /** Node under the pointer in tree or bytes; -1 for none. */
  readonly hoveredField: number;
  /** OSI layer 1…7 under the pointer; 0 for none. */
  readonly hoveredOsi: number;
  readonly back: readonly number[];
  readonly forward: readonly number[];
}

export interface ByteRange {
  readonly start: number;
  /** First byte behind the range. */
  readonly end: number;
}

export type SelectionStore = StoreApi<SelectionState>;

const historyLength = 100;
const nothing: SelectionState = { packet: null, position: -1, field: -1, fieldKey: null, source: 0, bytes: null, hoveredField: -1, hoveredOsi: 0, back: [], forward: [] };

export function createSelectionStore(): SelectionStore {
  return createStore<SelectionState>(() => nothing);
}

export function clearSelection(store: SelectionStore): void {
  store.setState(nothing);
}

/**
 * Selects a packet; `position` is that of its row, −1 where that is still to be found. `remember` adds the packet left behind to the history: for jumps, not for
 * single steps through the list, which would bury the places worth going back to.
 */
export function selectPacket(store: SelectionStore, packet: number, position: number, remember: boolean): void {
  store.setState((state) => {
    if (state.packet === packet) return state.position === position || position < 0 ? state : { position };
    const leave = remember && state.packet !== null ? { back: [...state.back, state.packet].slice(-historyLength), forward: [] } : {};
    return { packet, position, field: -1, bytes: null, hoveredField: -1, ...leave };
  });
}

export function goBack(store: SelectionStore): void {
  store.setState((state) => {
    const target = state.back.at(-1);
    if (target === undefined) return state;
    const forward = state.packet === null ? state.forward : [state.packet, ...state.forward];
    return { packet: target, position: -1, field: -1, bytes: null, hoveredField: -1, back: state.back.slice(0, -1), forward };
  });
}

export function goForward(store: SelectionStore): void {
  store.setState((state) => {
    const [target, ...forward] = state.forward;
    if (target === undefined) return state;
    const back = state.packet === null ? state.back : [...state.back, state.packet];
    return { packet: target, position: -1, field: -1, bytes: null, hoveredField: -1, back, forward };
  });
}

/** Where the selected packet's row stands. */
export function selectionLocated(store: SelectionStore, position: number): void {
  if (store.getState().position !== position) store.setState({ position });
}

/** Selects a node; its source comes to the front where it has bytes. */
export function selectField(store: SelectionStore, field: number, fieldKey: string | null, source: number): void {
  store.setState((state) => {
    const shown = source >= 0 ? source : state.source;
    return { field, fieldKey, source: shown, bytes: field === state.field && shown === state.source ? state.bytes : null };
  });
}

export function showSource(store: SelectionStore, source: number): void {
  store.setState((state) => (state.source === source ? state : { source, bytes: null }));
}

/** Selects bytes of the source on show, whichever fields they belong to; null: those of the selected field. */
export function selectBytes(store: SelectionStore, bytes: ByteRange | null): void {
  store.setState({ bytes });
}

export function hoverField(store: SelectionStore, field: number): void {
  if (store.getState().hoveredField !== field) store.setState({ hoveredField: field });
}

export function hoverOsi(store: SelectionStore, osi: number): void {
  if (store.getState().hoveredOsi !== osi) store.setState({ hoveredOsi: osi });
}
