/** The capture that the window shows, and how its engine fares. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaptureDescription, CaptureProgress } from '../../shared/ipc/contract.ts';

export interface OpenedCapture {
  readonly captureId: string;
  readonly name: string;
}

/** A file that could not be opened at all: nothing of it is shown. */
export interface OpenFailure {
  readonly name: string;
  readonly message: string;
}

/** The engine ended; with `restarted` a new one reads the same file. */
export interface Interruption {
  readonly reason: string;
  readonly restarted: boolean;
  /** Packet that was selected; 0 for none. */
  readonly packet: number;
}

export interface CaptureState {
  readonly opened: OpenedCapture | null;
  readonly description: CaptureDescription | null;
  readonly progress: CaptureProgress | null;
  /** Name and sent share (0…1) of a file on its way to the host. */
  readonly upload: { readonly name: string; readonly share: number } | null;
  readonly openFailure: OpenFailure | null;
  readonly interruption: Interruption | null;
  /** False once the host is gone: nothing more can be asked. */
  readonly connected: boolean;
}

export type CaptureStore = StoreApi<CaptureState>;

const noCapture = { opened: null, description: null, progress: null, interruption: null } as const;

export function createCaptureStore(): CaptureStore {
  return createStore<CaptureState>(() => ({ ...noCapture, upload: null, openFailure: null, connected: true }));
}

export function captureOpened(store: CaptureStore, opened: OpenedCapture): void {
  store.setState({ ...noCapture, opened, openFailure: null, upload: null });
}

export function captureClosed(store: CaptureStore): void {
  store.setState({ ...noCapture });
}

export function captureDescribed(store: CaptureStore, description: CaptureDescription): void {
  store.setState({ description, progress: description.progress });
}

export function captureProgressed(store: CaptureStore, progress: CaptureProgress): void {
  store.setState({ progress });
}

export function openFailed(store: CaptureStore, failure: OpenFailure | null): void {
  store.setState({ openFailure: failure, upload: null });
}

export function uploadProgressed(store: CaptureStore, upload: CaptureState['upload']): void {
  store.setState({ upload });
}

export function engineInterrupted(store: CaptureStore, interruption: Interruption | null): void {
  store.setState({ interruption });
}

export function connectionLost(store: CaptureStore): void {
  store.setState({ connected: false });
}

/** The capture was refused as a whole; the first problem says why. */
export function isRefused(state: CaptureState): boolean {
  return state.progress?.state === 'failed';
}

/** Packets known so far; 0 while none is. */
export function packetCount(state: CaptureState): number {
  return state.progress?.packets ?? 0;
}

/** Packets may still come. */
export function isReading(state: CaptureState): boolean {
  return state.progress?.state === 'opening' || state.progress?.state === 'reading' || isFollowing(state);
}

/** All was read that the file held; what it grows by is read as it comes. */
function isFollowing(state: CaptureState): boolean {
  return state.progress?.state === 'following';
}
