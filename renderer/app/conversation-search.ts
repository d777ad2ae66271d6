/** Finds the packet before or after another in its conversation, in what is loaded and then beyond. */
import type { Row } from '../../shared/ipc/contract.ts';
import { rowAt, type RowsStore } from '../stores/rows.ts';
import type { ReadRows } from './row-loader.ts';

export interface NeighbourSearch {
  /** As rows name it, for example "tcp 3". */
  readonly conversation: string;
  /** 0-based position to start from, itself excluded. */
  readonly position: number;
  readonly step: -1 | 1;
  /** First and last position where the conversation has packets, as far as known. */
  readonly within: { readonly first: number; readonly last: number };
}

/** As many as the contract allows. */
const rowsPerCall = 512;

/** Position of the nearest packet of the conversation in the direction of `step`; null when there is none. */
export async function findNeighbour(rows: RowsStore, read: ReadRows, { conversation, position, step, within }: NeighbourSearch, signal: AbortSignal): Promise<number | null> {
  const matches = (row: Row): boolean => row.conversation === conversation;
  const inside = (at: number): boolean => at >= within.first && at <= within.last;
  let at = position + step;
  while (inside(at)) {
    const row = rowAt(rows.getState(), at);
    if (row === undefined) break;
    if (matches(row)) return at;
    at += step;
  }
  while (inside(at)) {
    const from = step > 0 ? at : Math.max(within.first, at - rowsPerCall + 1);
    const count = step > 0 ? Math.min(rowsPerCall, within.last - at + 1) : at - from + 1;
    const found = (await read(from, count, { signal })).rows;
    const index = step > 0 ? found.findIndex(matches) : found.findLastIndex(matches);
    if (index >= 0) return from + index;
    if (found.length === 0) return null;
    at = step > 0 ? from + found.length : from - 1;
  }
  return null;
}
