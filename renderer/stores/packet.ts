/**
 * The packet that tree, bytes and layers show. While the next one is on its way the last one
 * stays, so that stepping through a list does not flicker; `wanted` tells which one is asked for.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PacketDetail } from '../../shared/ipc/contract.ts';

export interface PacketState {
  readonly wanted: number | null;
  readonly detail: PacketDetail | null;
  /** Why the wanted packet cannot be shown; null while all is well. */
  readonly failure: string | null;
}

export type PacketStore = StoreApi<PacketState>;

const nothing: PacketState = { wanted: null, detail: null, failure: null };

export function createPacketStore(): PacketStore {
  return createStore<PacketState>(() => nothing);
}

export function clearPacket(store: PacketStore): void {
  store.setState(nothing);
}

export function packetWanted(store: PacketStore, packet: number): void {
  store.setState({ wanted: packet, failure: null });
}

/** Shows an answer, unless the user has moved on since. */
export function packetArrived(store: PacketStore, detail: PacketDetail): void {
  if (store.getState().wanted === detail.number) store.setState({ detail, failure: null });
}

export function packetFailed(store: PacketStore, packet: number, message: string): void {
  if (store.getState().wanted === packet) store.setState({ detail: null, failure: message });
}
