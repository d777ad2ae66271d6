/** Which view and panes are shown, and how large. */
import * as z from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { keepPersisted, loadPersisted, pageStorage, type Persisted, type SettingsStorage } from './persist.ts';

export const viewIds = ['packets', 'timeline', 'statistics', 'start'] as const;
export type ViewId = (typeof viewIds)[number];

export const paneIds = ['list', 'details', 'bytes', 'layers'] as const;
export type PaneId = (typeof paneIds)[number];

/** Panes that can be hidden; the list is always there. */
export type OptionalPane = Exclude<PaneId, 'list'>;

export interface LayoutState {
  readonly view: ViewId;
  readonly shown: Readonly<Record<OptionalPane, boolean>>;
  /** The pane that fills the capture view for now. */
  readonly maximised: PaneId | null;
  /** Sizes in per cent by panel id, by group id, as the user dragged them. */
  readonly sizes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Which of the two is on top where they share a place (below 1100 px). */
  readonly sharedTab: 'bytes' | 'layers';
  /** The window is too narrow for a dock beside the other panes. */
  readonly narrow: boolean;
  /** The packets view stands ready, unseen, while no capture is open. */
  readonly standsBy: boolean;
}

export type LayoutStore = StoreApi<LayoutState>;

const keptSchema = z.object({
  shown: z.object({ details: z.boolean(), bytes: z.boolean(), layers: z.boolean() }),
  sizes: z.record(z.string().max(64), z.record(z.string().max(64), z.number().min(0).max(100))),
});
type Kept = Pick<LayoutState, 'shown' | 'sizes'>;

const entry: Persisted<Kept> = { key: 'layerscope.layout', version: 1, schema: keptSchema };
const defaults: Kept = { shown: { details: true, bytes: true, layers: true }, sizes: {} };

export function createLayoutStore(storage: SettingsStorage | null = pageStorage()): LayoutStore {
  const store = createStore<LayoutState>(() => ({
    view: 'start',
    maximised: null,
    sharedTab: 'bytes',
    narrow: false,
    standsBy: false,
    ...loadPersisted(storage, entry, defaults),
  }));
  keepPersisted(storage, entry, store, ({ shown, sizes }) => ({ shown, sizes }));
  return store;
}

export function showView(store: LayoutStore, view: ViewId): void {
  store.setState({ view });
}

/** From now on there is a packets view for the next capture before it is opened. */
export function standBy(store: LayoutStore): void {
  store.setState({ standsBy: true });
}

/** Shows or hides a pane. Where bytes and layers share a place, showing one brings it to the front. */
export function togglePane(store: LayoutStore, pane: OptionalPane): void {
  store.setState((state) => {
    const hiddenBehind = state.narrow && state.shown[pane] && (pane === 'bytes' || pane === 'layers') && state.sharedTab !== pane && state.shown[state.sharedTab];
    const show = hiddenBehind || !state.shown[pane];
    return {
      shown: { ...state.shown, [pane]: show },
      maximised: state.maximised === pane && !show ? null : state.maximised,
      ...(show && (pane === 'bytes' || pane === 'layers') ? { sharedTab: pane } : {}),
    };
  });
}

export function toggleMaximised(store: LayoutStore, pane: PaneId): void {
  store.setState((state) => ({ maximised: state.maximised === pane ? null : pane }));
}

/** Returns whether a pane was maximised, so that Escape is only used up when it did something. */
export function restorePanes(store: LayoutStore): boolean {
  if (store.getState().maximised === null) return false;
  store.setState({ maximised: null });
  return true;
}

export function keepSizes(store: LayoutStore, group: string, sizes: Readonly<Record<string, number>>): void {
  store.setState((state) => ({ sizes: { ...state.sizes, [group]: { ...sizes } } }));
}

export function showSharedTab(store: LayoutStore, tab: 'bytes' | 'layers'): void {
  store.setState({ sharedTab: tab });
}

export function setNarrow(store: LayoutStore, narrow: boolean): void {
  store.setState({ narrow });
}

export function resetPanes(store: LayoutStore): void {
  store.setState({ ...defaults, maximised: null, sharedTab: 'bytes' });
}
