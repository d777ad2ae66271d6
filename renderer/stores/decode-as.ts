/** Decode As: what is in force for the capture on show, and what its dialog offers. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Reply } from '../../shared/ipc/define.ts';
import type { decodeContract, DecodeEntry } from '../../shared/ipc/decode-contract.ts';
import type { DecodeTable } from '../../shared/ipc/plain-values.ts';

export type DecodeChoices = Reply<typeof decodeContract, 'decode.choices'>;

export interface DecodeAsState {
  /** In force. */
  readonly entries: readonly DecodeEntry[];
  /** Of the packet that the dialog was opened on; null while it is closed. */
  readonly choices: DecodeChoices | null;
}

export type DecodeAsStore = StoreApi<DecodeAsState>;

const nothing: DecodeAsState = { entries: [], choices: null };

export function createDecodeAsStore(): DecodeAsStore {
  return createStore<DecodeAsState>(() => nothing);
}

/** Another capture is on show: what ports mean there is another matter. */
export function forgetDecodeAs(store: DecodeAsStore): void {
  store.setState(nothing);
}

export function decodeChoicesArrived(store: DecodeAsStore, choices: DecodeChoices): void {
  store.setState({ choices });
}

export function decodedAs(store: DecodeAsStore, entries: readonly DecodeEntry[]): void {
  store.setState({ entries });
}

/** How a table is called in the window. */
export const tableTitles: Readonly<Record<DecodeTable, string>> = { 'tcp.port': 'TCP port', 'udp.port': 'UDP port', 'ip.proto': 'IP protocol', ethertype: 'EtherType' };

/** A table's number as people write it. */
export function keyText(table: DecodeTable, key: number): string {
  return table === 'ethertype' ? `0x${key.toString(16).padStart(4, '0')}` : String(key);
}

/** The number that a text means in a table, decimal or with 0x; null where it is none or too large. */
export function keyOf(table: DecodeTable, text: string): number | null {
  if (!/^(0x[0-9a-f]{1,4}|\d{1,5})$/i.test(text.trim())) return null;
  const key = Number(text.trim());
  return key <= (table === 'ip.proto' ? 0xff : 0xffff) ? key : null;
}
