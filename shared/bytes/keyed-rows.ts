/**
 * Rows of numbers for the few packets that have them, appended in file order: found by
 * bisection, without a map's overhead. A packet may have several rows; they stay in order.
 */
import type { ChunkPool } from './chunk-pool.ts';
import { PooledRows } from './pooled-rows.ts';

/** Position of the packet's number in a row; the other numbers follow. */
const PACKET = 0;
const CHUNK_BITS = 10;

export class KeyedRows {
  private readonly rows: PooledRows<Uint32Array>;
  private readonly width: number;
  private used = 0;

  /** `width`: numbers per row besides the packet's. */
  constructor(width: number, pool: ChunkPool) {
    this.width = width;
    this.rows = new PooledRows(Uint32Array, width + 1, CHUNK_BITS, pool);
  }

  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.rows.byteLength;
  }

  /** Appends a row. Packets must not go backwards. */
  append(packet: number, values: readonly number[]): void {
    const row = this.used;
    this.used = row + 1;
    const numbers = this.rows.chunk(row);
    const at = this.rows.offset(row);
    numbers[at + PACKET] = packet;
    for (let index = 0; index < this.width; index += 1) numbers[at + 1 + index] = values[index] ?? 0;
  }

  /** Number of the packet's first row; -1 where it has none. Its others follow it. */
  first(packet: number): number {
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.packet(middle) < packet) low = middle + 1;
      else high = middle;
    }
    return this.packet(low) === packet ? low : -1;
  }

  /** The packet that a row belongs to; -1 behind the last row. */
  packet(row: number): number {
    return row < this.used ? (this.rows.peek(row)?.[this.rows.offset(row) + PACKET] ?? -1) : -1;
  }

  /** Number `index` (from 0) of a row. */
  value(row: number, index: number): number {
    return this.rows.peek(row)?.[this.rows.offset(row) + 1 + index] ?? 0;
  }
}
