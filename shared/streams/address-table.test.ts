import { expect, test } from 'vitest';
import { AddressTable } from './address-table.ts';

const v4 = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const v6 = (last: number): Uint8Array => Uint8Array.from([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last >> 8, last & 0xff]);

test('the same address gets the same number, wherever it stands', () => {
  const table = new AddressTable();
  const first = table.intern(4, v4(10, 0, 0, 1), 0);
  const second = table.intern(4, v4(10, 0, 0, 2), 0);
  expect(table.intern(4, v4(99, 99, 10, 0, 0, 1), 2)).toBe(first);
  expect([first, second]).toEqual([0, 1]);
  expect(table.count).toBe(2);
});

test('IPv4 and IPv6 addresses of the same first bytes differ', () => {
  const table = new AddressTable();
  const bytes = Uint8Array.from([1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const four = table.intern(4, bytes, 0);
  const six = table.intern(6, bytes, 0);
  expect(four).not.toBe(six);
  expect([table.version(four), table.version(six)]).toEqual([4, 6]);
  expect([...table.bytes(four)]).toEqual([1, 2, 3, 4]);
  expect([...table.bytes(six)]).toEqual([...bytes]);
});

test('ten thousand addresses keep their numbers while the table grows', () => {
  const table = new AddressTable();
  for (let index = 0; index < 10_000; index += 1) expect(table.intern(6, v6(index), 0)).toBe(index);
  for (let index = 0; index < 10_000; index += 1) expect(table.intern(6, v6(index), 0)).toBe(index);
  expect([...table.bytes(9_999)].slice(14)).toEqual([9_999 >> 8, 9_999 & 0xff]);
  expect(table.count).toBe(10_000);
});
