import { describe, expect, test } from 'vitest';
import { ChunkPool } from './chunk-pool.ts';
import { MemoryStore } from './chunk-store.ts';
import { NEAR_ROWS, SpillingRows } from './spilling-rows.ts';

const bits = 10;
const width = 2;

describe('rows that spill', () => {
  test.each([['without a store', new ChunkPool()], ['with one', new ChunkPool(1, new MemoryStore())], ['where most is put away', new ChunkPool(1, new MemoryStore(), { comeAndGo: true })]])('keep what was written, on both sides of the border, %s', (_, pool) => {
    const rows = new SpillingRows(Uint32Array, width, bits, pool);
    const count = NEAR_ROWS + 100 * 2 ** bits;
    for (let row = 0; row < count; row += 100) rows.chunk(row)[rows.offset(row) + 1] = row + 1;
    for (let row = 0; row < count; row += 100) expect(rows.peek(row)?.[rows.offset(row) + 1]).toBe(row + 1);
    // What was never written is 0, in memory that served before, too.
    expect(rows.peek(count - 50)?.[rows.offset(count - 50)]).toBe(0);
    expect(rows.byteLength).toBe(count * width * 4);
  });

  test('only those beyond the border take memory of the pool, and no more than it may', () => {
    const pool = new ChunkPool(40 * 2 ** bits * width * 4, new MemoryStore());
    const rows = new SpillingRows(Uint32Array, width, bits, pool);
    for (let row = 0; row < NEAR_ROWS; row += 2 ** bits) rows.chunk(row);
    expect(pool.bytesInMemory).toBe(0);
    for (let row = 0; row < 100 * 2 ** bits; row += 2 ** bits) rows.chunk(NEAR_ROWS + row);
    expect(pool.bytesInMemory).toBe(pool.budgetBytes);
    expect(pool.timesPutAway).toBe(60);
  });

  test('there is nothing where nothing was written', () => {
    const rows = new SpillingRows(Float64Array, width, bits, new ChunkPool());
    expect([rows.peek(-1), rows.peek(5), rows.peek(NEAR_ROWS + 5)]).toEqual([undefined, undefined, undefined]);
  });
});
