import { expect, test } from 'vitest';
import { NumberSet } from './number-set.ts';

test('a set of numbers has what was added, however large, until it is cleared', () => {
  const set = new NumberSet();
  const added = [0, 7, 8, 1023, 1024, 5_000_000];
  for (const number of added) set.add(number);
  expect(added.filter((number) => set.has(number))).toEqual(added);
  expect([1, 6, 9, 1025, 4_999_999, 5_000_001, 90_000_000].filter((number) => set.has(number))).toEqual([]);
  set.clear();
  expect(added.filter((number) => set.has(number))).toEqual([]);
});
