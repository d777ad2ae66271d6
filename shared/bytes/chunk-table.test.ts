import { describe, expect, test } from 'vitest';
import { ChunkPool } from './chunk-pool.ts';
import { MemoryStore } from './chunk-store.ts';
import type { ChunkStore } from './chunk-store.ts';
import { ChunkTable } from './chunk-table.ts';
import { KeyedRows } from './keyed-rows.ts';
import { PooledRows } from './pooled-rows.ts';

const CHUNK_BYTES = 64;
const tableIn = (pool: ChunkPool): ChunkTable<Uint32Array> => new ChunkTable(CHUNK_BYTES, (buffer) => new Uint32Array(buffer), pool);

/** Takes what fits, like a disk. */
class SmallStore implements ChunkStore {
  private readonly inner = new MemoryStore();
  private left: number;

  constructor(pieces: number) {
    this.left = pieces;
  }

  write(bytes: Uint8Array, place: number): number {
    this.left -= 1;
    return this.left < 0 ? -1 : this.inner.write(bytes, place);
  }

  read(place: number, into: Uint8Array): void {
    this.inner.read(place, into);
  }
}

describe('chunks in a pool', () => {
  test('are what was written, far beyond the budget, in whatever order they are visited', () => {
    const pool = new ChunkPool(40 * CHUNK_BYTES, new MemoryStore());
    const table = tableIn(pool);
    for (let index = 0; index < 1000; index += 1) table.forWriting(index)[3] = index + 1;
    // Every third one is changed again after it was put away.
    for (let index = 999; index >= 0; index -= 3) table.forWriting(index)[3] = index + 5000;
    for (let step = 0; step < 1000; step += 1) {
      const index = (step * 389) % 1000;
      expect(table.forReading(index)?.[3]).toBe(index % 3 === 0 ? index + 5000 : index + 1);
    }
    expect(pool.timesPutAway).toBeGreaterThan(900);
  });

  test('take no more memory than the budget, but for the few that stay in any case', () => {
    const pool = new ChunkPool(50 * CHUNK_BYTES, new MemoryStore());
    const table = tableIn(pool);
    for (let index = 0; index < 1000; index += 1) {
      table.forWriting(index);
      expect(pool.bytesInMemory).toBeLessThanOrEqual(50 * CHUNK_BYTES);
    }
    expect(table.byteLength).toBe(1000 * CHUNK_BYTES);
  });

  test('stay for whoever holds one while some others come', () => {
    const pool = new ChunkPool(1, new MemoryStore());
    const held = tableIn(pool);
    const others = tableIn(pool);
    const rows = held.forWriting(0);
    for (let index = 0; index < 500; index += 1) others.forWriting(index)[0] = 1;
    rows[0] = 7;
    expect(held.forReading(0)?.[0]).toBe(7);
  });

  test('of several tables share the budget; what was used last stays', () => {
    const pool = new ChunkPool(40 * CHUNK_BYTES, new MemoryStore());
    const first = tableIn(pool);
    const second = tableIn(pool);
    const kept = first.forWriting(0);
    for (let index = 0; index < 100; index += 1) {
      second.forWriting(index);
      first.forWriting(1 + (index % 2));
      first.forReading(0);
    }
    expect(first.forReading(0)).toBe(kept);
  });

  test('all stay in memory without a store, and once the store takes no more: that is told once', () => {
    for (const store of [null, new SmallStore(10)]) {
      let told = 0;
      const pool = new ChunkPool(40 * CHUNK_BYTES, store);
      pool.onFull = () => (told += 1);
      const table = tableIn(pool);
      for (let index = 0; index < 300; index += 1) table.forWriting(index)[0] = index;
      for (let index = 0; index < 300; index += 1) expect(table.forReading(index)?.[0]).toBe(index);
      expect(told).toBe(store === null ? 0 : 1);
    }
  });

  test('do not exist before they are written', () => {
    const table = tableIn(new ChunkPool());
    table.forWriting(5);
    expect(table.forReading(4)).toBeUndefined();
    expect(table.forReading(6)).toBeUndefined();
    expect(table.byteLength).toBe(CHUNK_BYTES);
  });
});

describe('rows in a pool', () => {
  test('keep their numbers, each apart from its neighbours', () => {
    const rows = new PooledRows(Float64Array, 2, 3, new ChunkPool(1, new MemoryStore()));
    for (let row = 0; row < 2000; row += 1) rows.chunk(row).set([row, -1 - row], rows.offset(row));
    for (let row = 1999; row >= 0; row -= 1) expect([...(rows.peek(row)?.subarray(rows.offset(row), rows.offset(row) + 2) ?? [])]).toEqual([row, -1 - row]);
    expect(rows.peek(-1)).toBeUndefined();
  });
});

describe('rows of few packets', () => {
  const rows = new KeyedRows(2, new ChunkPool());
  rows.append(5, [1, 2]);
  rows.append(9, [3, 4]);
  rows.append(9, [5, 6]);
  rows.append(70_000, [7, 8]);

  test.each([
    [5, [[1, 2]]],
    [9, [[3, 4], [5, 6]]],
    [70_000, [[7, 8]]],
    [4, []],
    [6, []],
    [70_001, []],
  ])('packet %i has its own, in order', (packet, expected) => {
    const found: number[][] = [];
    for (let row = rows.first(packet); row >= 0 && rows.packet(row) === packet; row += 1) found.push([rows.value(row, 0), rows.value(row, 1)]);
    expect(found).toEqual(expected);
  });

  test('an empty table has none', () => {
    expect(new KeyedRows(1, new ChunkPool()).first(0)).toBe(-1);
  });
});
