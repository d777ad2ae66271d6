/** Live capture as the window knows it: what can be captured from, what runs, and whether the list follows. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LiveInterface, LiveInterfaces, LiveOrphans, LiveSettings, LiveStatus } from '../../shared/ipc/capture-contract.ts';
import { noteActivity, type Activity } from './activity.ts';

/** A capture that did not come about. */
export interface StartFailure {
  readonly message: string;
  /** The helper's code, for example "bad-filter"; "" where there is none. */
  readonly code: string;
}

export interface FlowProcess {
  readonly pid: number;
  readonly name: string;
}

export interface LiveState {
  /** Null until the host has told. */
  readonly found: LiveInterfaces | null;
  readonly isLooking: boolean;
  readonly lookFailure: string | null;
  readonly activity: ReadonlyMap<string, Activity>;
  readonly settings: LiveSettings | null;
  readonly orphans: LiveOrphans | null;
  /** Of the capture on show; null where that is no live one. */
  readonly status: LiveStatus | null;
  readonly isStarting: boolean;
  readonly startFailure: StartFailure | null;
  /** This window asked it to stop: how that ended is no news then. */
  readonly isStopAsked: boolean;
  /** The banner on how the capture ended, or was found again, was closed. */
  readonly isToldDismissed: boolean;
  /** The process behind the selected packet's flow, as the host's socket tables have it; null where that is not known. */
  readonly process: FlowProcess | null;
  /** The list keeps its end in view while packets come. */
  readonly follows: boolean;
  /** Rows there were when it stopped to. */
  readonly rowsWhenLeft: number;
}

export type LiveStore = StoreApi<LiveState>;

const ofNoCapture = { status: null, isStopAsked: false, isToldDismissed: false, process: null, follows: true, rowsWhenLeft: 0 } as const;

export function createLiveStore(): LiveStore {
  return createStore<LiveState>(() => ({ found: null, isLooking: false, lookFailure: null, activity: new Map(), settings: null, orphans: null, isStarting: false, startFailure: null, ...ofNoCapture }));
}

export function lookingForInterfaces(store: LiveStore): void {
  store.setState({ isLooking: true });
}

export function interfacesFound(store: LiveStore, found: LiveInterfaces): void {
  store.setState({ found: { ...found, interfaces: sortInterfaces(found.interfaces) }, isLooking: false, lookFailure: null });
}

export function lookingFailed(store: LiveStore, message: string): void {
  store.setState({ isLooking: false, lookFailure: message });
}

export function activityNoted(store: LiveStore, event: { readonly seconds: number; readonly counters: readonly { readonly name: string; readonly packets: number; readonly bytes: number }[] }): void {
  store.setState(({ activity }) => {
    const next = new Map(activity);
    for (const { name, packets, bytes } of event.counters) next.set(name, noteActivity(activity.get(name), { seconds: event.seconds, packets, bytes }));
    return { activity: next };
  });
}

export function settingsTold(store: LiveStore, settings: LiveSettings): void {
  store.setState({ settings });
}

export function orphansFound(store: LiveStore, orphans: LiveOrphans): void {
  store.setState({ orphans });
}

export function startingCapture(store: LiveStore, isStarting: boolean): void {
  store.setState(isStarting ? { isStarting, startFailure: null } : { isStarting });
}

export function startFailed(store: LiveStore, startFailure: StartFailure | null): void {
  store.setState({ startFailure, isStarting: false });
}

/** Another capture is on show: nothing is known of it yet. */
export function liveForgotten(store: LiveStore): void {
  store.setState({ ...ofNoCapture });
}

export function statusTold(store: LiveStore, status: LiveStatus): void {
  store.setState((state) => {
    // Another state, or another problem, is news: it is told again.
    const hasNewProblem = (state.status?.problems.length ?? 0) !== status.problems.length;
    if (!hasNewProblem && state.status?.state === status.state) return { status };
    return { status, isToldDismissed: !hasNewProblem && status.state === 'stopped' && state.isStopAsked };
  });
}

export function processTold(store: LiveStore, process: FlowProcess | null): void {
  if (store.getState().process !== process) store.setState({ process });
}

export function stopAsked(store: LiveStore): void {
  store.setState({ isStopAsked: true });
}

export function dismissTold(store: LiveStore): void {
  store.setState({ isToldDismissed: true });
}

/** The list stands still from now on: the user looks at something in it. */
export function stopFollowing(store: LiveStore, rows: number): void {
  if (store.getState().follows) store.setState({ follows: false, rowsWhenLeft: rows });
}

export function followAgain(store: LiveStore): void {
  if (!store.getState().follows) store.setState({ follows: true });
}

/** Packets are being captured for the window now. */
export function isCapturing({ status }: LiveState): boolean {
  return status !== null && (status.state === 'capturing' || status.state === 'attached');
}

/** The list keeps its end in view now; the last packets come while the capture stops. */
export function isFollowing({ follows, status }: LiveState): boolean {
  return follows && status !== null && status.state !== 'stopped' && status.state !== 'failed';
}

/** Why nothing can be captured at all now; null when something can. */
export function captureObstacle({ found, lookFailure }: LiveState): string | null {
  if (found === null) return lookFailure ?? 'The interfaces are being looked for';
  if (found.backend.kind === 'none') return found.backend.missing ?? 'Nothing on this system can capture packets';
  if (found.permission !== null) return found.permission.message;
  return found.interfaces.length === 0 ? 'There is no interface to capture on' : null;
}

/** People look for the interface that leads out first, and for those that are down last. */
function sortInterfaces(interfaces: readonly LiveInterface[]): LiveInterface[] {
  return [...interfaces].sort((one, other) => rank(one) - rank(other));
}

function rank({ isDefaultRoute, isLoopback, isUp, hasCarrier, addresses }: LiveInterface): number {
  if (isDefaultRoute) return 0;
  if (!isUp) return 5;
  if (hasCarrier === false) return 4;
  if (isLoopback) return 2;
  return addresses.some(({ kind }) => kind !== 'mac') ? 1 : 3;
}
