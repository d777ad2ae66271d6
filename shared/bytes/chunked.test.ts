import { describe, expect, test } from 'vitest';
import { ChunkedRows } from './chunked.ts';

const rows = (): ChunkedRows<Uint32Array> => new ChunkedRows((length) => new Uint32Array(length), 3, 4);

describe('rows in chunks', () => {
  test('keep what was written, each row apart from its neighbours', () => {
    const table = rows();
    for (const row of [0, 1, 15, 16, 17, 1000]) {
      const chunk = table.chunk(row);
      chunk.set([row + 1, row + 2, row + 3], table.offset(row));
    }
    for (const row of [0, 1, 15, 16, 17, 1000]) {
      const at = table.offset(row);
      expect([...table.chunk(row).subarray(at, at + 3)]).toEqual([row + 1, row + 2, row + 3]);
    }
  });

  test('cost nothing where nothing was written', () => {
    const table = rows();
    table.chunk(1000);
    expect(table.byteLength).toBe(16 * 3 * 4);
    expect(table.peek(0)).toBeUndefined();
    expect(table.peek(-1)).toBeUndefined();
    expect(table.peek(1_000_000)).toBeUndefined();
    expect(table.peek(1003)).toBe(table.chunk(1000));
  });

  test('stay where they are while the table grows', () => {
    const table = rows();
    const first = table.chunk(0);
    for (let row = 0; row < 10_000; row += 1) table.chunk(row);
    expect(table.chunk(0)).toBe(first);
  });
});
