import { describe, expect, test } from 'vitest';
import { FragmentTable } from './fragment-table.ts';
import type { Datagram } from './fragment-table.ts';

const numbered = (from: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (from + index) & 0xff);

interface Given {
  readonly offset: number;
  readonly more: boolean;
  readonly bytes: Uint8Array;
  readonly key?: string;
}

/** Hands fragments over as packets 1, 2, … whose captured bytes are four others and then the fragment. */
function feed(given: readonly Given[]): { table: FragmentTable; read: (packet: number) => Uint8Array } {
  const table = new FragmentTable();
  given.forEach(({ key = 'a', ...fragment }, index) => table.add({ key, packet: index + 1, occurrence: 0, position: 4, ...fragment }));
  return { table, read: (packet) => Uint8Array.of(9, 9, 9, 9, ...(given[packet - 1]?.bytes ?? [])) };
}

const FIRST = { offset: 0, more: true, bytes: numbered(0, 16) };
const MIDDLE = { offset: 16, more: true, bytes: numbered(16, 8) };
const LAST = { offset: 24, more: false, bytes: numbered(24, 5) };

describe('fragments become whole', () => {
  test.each([
    ['in order', [FIRST, MIDDLE, LAST]],
    ['backwards', [LAST, MIDDLE, FIRST]],
    ['last in between', [FIRST, LAST, MIDDLE]],
  ])('%s', (_, given) => {
    const { table, read } = feed(given);
    expect(table.datagram(1, 0)).toBe(table.datagram(3, 0));
    const whole = table.datagram(3, 0) as Datagram;
    expect(whole).toMatchObject({ packet: 3, length: 29 });
    expect(whole.fragments.map(({ offset }) => offset)).toEqual([0, 16, 24]);
    expect(table.bytes(whole, read)).toEqual(numbered(0, 29));
  });

  test('and give the same bytes when read again from their packets', () => {
    const { table, read } = feed([FIRST, MIDDLE, LAST, { ...FIRST, key: 'b', more: false }]);
    const first = table.datagram(1, 0) as Datagram;
    const other = table.datagram(4, 0) as Datagram;
    expect(table.bytes(other, read)).toEqual(numbered(0, 16));
    expect(table.bytes(first, read)).toEqual(numbered(0, 29));
  });

  test('keeping the bytes of parts that no packet holds', () => {
    const table = new FragmentTable();
    table.add({ key: 'a', packet: 1, occurrence: 1, position: -1, ...FIRST });
    table.add({ key: 'a', packet: 2, occurrence: 1, position: -1, ...MIDDLE, more: false });
    table.add({ key: 'b', packet: 3, occurrence: 0, position: 0, ...FIRST, more: false });
    expect(table.bytes(table.datagram(1, 1) as Datagram, () => new Uint8Array(0))).toEqual(numbered(0, 24));
  });
});

test('a datagram with a gap, without an end or of another key stays in parts', () => {
  expect(feed([FIRST, LAST]).table.datagram(2, 0)).toBeNull();
  expect(feed([FIRST, MIDDLE]).table.datagram(1, 0)).toBeNull();
  expect(feed([FIRST, MIDDLE, { ...LAST, key: 'b' }]).table.datagram(3, 0)).toBeNull();
});

describe('odd fragments are marked', () => {
  test('a repeated one overlaps without a conflict', () => {
    const { table } = feed([FIRST, FIRST, { ...LAST, offset: 16 }]);
    expect(table.datagram(2, 0)?.fragments.map(({ overlaps, conflicts }) => [overlaps, conflicts])).toEqual([[false, false], [true, false], [false, false]]);
  });

  test('one that says something else conflicts, and what came first stays', () => {
    const { table, read } = feed([FIRST, { offset: 8, more: true, bytes: new Uint8Array(16).fill(7) }, LAST]);
    const whole = table.datagram(1, 0) as Datagram;
    expect(whole.fragments.map(({ conflicts }) => conflicts)).toEqual([false, true, false]);
    expect([...table.bytes(whole, read).subarray(14, 18)]).toEqual([14, 15, 7, 7]);
  });

  test('one past the end, and a second end elsewhere', () => {
    const { table } = feed([LAST, { offset: 24, more: false, bytes: numbered(24, 8) }, MIDDLE, FIRST]);
    expect(table.datagram(1, 0)?.fragments.map(({ multipleTails, tooLong }) => [multipleTails, tooLong])).toEqual([[false, false], [false, false], [false, false], [true, true]]);
  });
});

test('a flood of tiny fragments holds little memory: what keeping one costs counts, not its bytes alone', () => {
  const table = new FragmentTable();
  const count = 100_000;
  for (let key = 0; key < count; key += 1) table.add({ key: String(key), packet: key + 1, occurrence: 0, position: 0, offset: 0, more: true, bytes: new Uint8Array(8) });
  expect(table.byteLength).toBeLessThanOrEqual(64 * 2 ** 20);
  expect(count - table.givenUp).toBeLessThan(50_000);
});

test('unfinished datagrams are given up, oldest first, once they hold 64 MiB', () => {
  const table = new FragmentTable();
  const bytes = new Uint8Array(65_528);
  for (let key = 0; key < 1100; key += 1) table.add({ key: String(key), packet: key + 1, occurrence: 0, position: 0, offset: 0, more: true, bytes });
  const end = { occurrence: 0, position: 0, offset: 65_528, more: false, bytes: numbered(0, 1) };
  table.add({ ...end, key: '0', packet: 2000 });
  table.add({ ...end, key: '1099', packet: 2001 });
  expect(table.datagram(1, 0)).toBeNull();
  expect(table.datagram(1100, 0)?.packet).toBe(2001);
  // 65,528 bytes and 3 KiB that keeping them costs: so many have room. One of the others has come again.
  const room = Math.floor((64 * 2 ** 20) / (65_528 + 3072));
  expect([1100 - room, 1100 - room + 1, 1100 - room + 2]).toContain(table.givenUp);
});
