/**
 * Segments that were sent and not yet acknowledged, one list per side of a stream, newest
 * first, in one pool of rows. Most lists are ordered (each segment starts where an older
 * one ended, or later); for those, acknowledging starts at the oldest end, and the span in
 * flight is known without a walk. A list becomes ordered again when it runs empty.
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { SpillingRows } from '../bytes/spilling-rows.ts';
import { SIDE, SIDE_MARK } from './tcp-stream-table.ts';

/** Wireshark keeps no more per side; later ones are not remembered. */
export const MAX_UNACKNOWLEDGED = 10_000;

const SEQUENCE = 0;
const NEXT_SEQUENCE = 1;
const PACKET = 2;
/** Links hold row + 0; row 0 is never used, so that 0 ends a list. */
const OLDER = 3;
const NEWER = 4;
const WIDTH = 5;
const ROW_BITS = 12;

export class Unacknowledged {
  private readonly rows: SpillingRows<Int32Array>;
  private used = 1;
  /** First of the rows given back; linked by OLDER. */
  private free = 0;

  constructor(pool: ChunkPool) {
    this.rows = new SpillingRows(Int32Array, WIDTH, ROW_BITS, pool);
  }

  get byteLength(): number {
    return this.rows.byteLength;
  }

  /** Remembers a segment of the side at `side` in `state`; false when the side has too many already. */
  push(state: Int32Array, side: number, sequence: number, nextSequence: number, packet: number): boolean {
    const count = state[side + SIDE.unacknowledged] as number;
    if (count >= MAX_UNACKNOWLEDGED) return false;
    const newest = state[side + SIDE.newest] as number;
    const row = this.take();
    const rows = this.rows.chunk(row);
    const at = this.rows.offset(row);
    rows[at + SEQUENCE] = sequence;
    rows[at + NEXT_SEQUENCE] = nextSequence;
    rows[at + PACKET] = packet;
    rows[at + OLDER] = newest;
    rows[at + NEWER] = 0;
    let marks = state[side + SIDE.marks] as number;
    if (newest === 0) {
      state[side + SIDE.oldest] = row;
      marks |= SIDE_MARK.ordered;
    } else {
      const before = this.rows.chunk(newest);
      const beforeAt = this.rows.offset(newest);
      before[beforeAt + NEWER] = row;
      if (((sequence - (before[beforeAt + NEXT_SEQUENCE] as number)) | 0) < 0) marks &= ~SIDE_MARK.ordered;
    }
    state[side + SIDE.marks] = marks;
    state[side + SIDE.newest] = row;
    state[side + SIDE.unacknowledged] = count + 1;
    return true;
  }

  private take(): number {
    const row = this.free;
    if (row !== 0) {
      this.free = this.rows.chunk(row)[this.rows.offset(row) + OLDER] as number;
      return row;
    }
    this.used += 1;
    return this.used - 1;
  }

  private unlink(state: Int32Array, side: number, row: number): void {
    const rows = this.rows.chunk(row);
    const at = this.rows.offset(row);
    const older = rows[at + OLDER] as number;
    const newer = rows[at + NEWER] as number;
    if (older === 0) state[side + SIDE.oldest] = newer;
    else this.rows.chunk(older)[this.rows.offset(older) + NEWER] = newer;
    if (newer === 0) state[side + SIDE.newest] = older;
    else this.rows.chunk(newer)[this.rows.offset(newer) + OLDER] = older;
    rows[at + OLDER] = this.free;
    this.free = row;
    state[side + SIDE.unacknowledged] = (state[side + SIDE.unacknowledged] as number) - 1;
  }

  /**
   * Drops what `ack` covers and cuts off what it covers in part. Gives the packet of the
   * segment that ends exactly at `ack` (the oldest such), or 0.
   */
  acknowledge(state: Int32Array, side: number, ack: number): number {
    const ordered = ((state[side + SIDE.marks] as number) & SIDE_MARK.ordered) !== 0;
    let acknowledged = 0;
    let row = state[side + (ordered ? SIDE.oldest : SIDE.newest)] as number;
    while (row !== 0) {
      const rows = this.rows.chunk(row);
      const at = this.rows.offset(row);
      const following = rows[at + (ordered ? NEWER : OLDER)] as number;
      const nextSequence = rows[at + NEXT_SEQUENCE] as number;
      if (((nextSequence - ack) | 0) > 0) {
        if (((ack - (rows[at + SEQUENCE] as number)) | 0) > 0) rows[at + SEQUENCE] = ack;
        if (ordered) break;
      } else {
        if (nextSequence === ack) acknowledged = rows[at + PACKET] as number;
        this.unlink(state, side, row);
      }
      row = following;
    }
    return acknowledged;
  }

  /** Bytes from the lowest to the highest number in the list, counted from `base` upwards; -1 for an empty list. */
  span(state: Int32Array, side: number, base: number): number {
    const newest = state[side + SIDE.newest] as number;
    if (newest === 0) return -1;
    const ordered = ((state[side + SIDE.marks] as number) & SIDE_MARK.ordered) !== 0;
    const oldest = state[side + SIDE.oldest] as number;
    let low = (this.field(oldest, SEQUENCE) - base) >>> 0;
    let high = (this.field(newest, NEXT_SEQUENCE) - base) >>> 0;
    // Numbers are compared as distances from the base; a list that wraps around it is walked.
    if (ordered && low <= high) return high - low;
    for (let row = newest; row !== 0; row = this.field(row, OLDER)) {
      low = Math.min(low, (this.field(row, SEQUENCE) - base) >>> 0);
      high = Math.max(high, (this.field(row, NEXT_SEQUENCE) - base) >>> 0);
    }
    return (high - low) >>> 0;
  }

  /** The packet of the oldest segment in the list; 0 for an empty list. */
  oldestPacket(state: Int32Array, side: number): number {
    const oldest = state[side + SIDE.oldest] as number;
    return oldest === 0 ? 0 : this.field(oldest, PACKET);
  }

  private field(row: number, field: number): number {
    return this.rows.chunk(row)[this.rows.offset(row) + field] as number;
  }
}
