import { expect, test } from 'vitest';
import { ONE_SIDE, SAME_SIDES, Tallies, TURNED_SIDES } from './tallies.ts';
import type { Sides } from './tallies.ts';

const both = (tallies: Tallies, row: number): number[] => [tallies.packets(row, 0), tallies.packets(row, 1), tallies.bytes(row, 0), tallies.bytes(row, 1)];

test('counts packets, bytes and times of each side', () => {
  const tallies = new Tallies();
  tallies.add(3, 0, 100, 7, 2e9);
  tallies.add(3, 1, 5_000_000_000, 5, 4e9);
  tallies.add(3, 0, 60, 9, NaN);
  expect(both(tallies, 3)).toEqual([2, 1, 160, 5_000_000_000]);
  expect([tallies.firstPosition(3), tallies.fromNs(3), tallies.durationNs(3)]).toEqual([5, 2e9, 2e9]);
  expect([tallies.bitsPerSecond(3, 0), tallies.bitsPerSecond(3, 1)]).toEqual([640, 20_000_000_000]);
});

test('a row without packets, without times, or of one moment', () => {
  const tallies = new Tallies();
  tallies.add(0, 0, 60, 0, NaN);
  tallies.add(1, 0, 60, 1, 5);
  expect([tallies.fromNs(0), tallies.durationNs(0), tallies.bitsPerSecond(0, 0)]).toEqual([null, null, null]);
  expect([tallies.durationNs(1), tallies.bitsPerSecond(1, 0)]).toEqual([0, null]);
  expect([tallies.firstPosition(2), tallies.firstPosition(1_000_000), tallies.fromNs(1_000_000)]).toEqual([-1, -1, null]);
});

test.each<[string, Sides, number[]]>([
  ['the same way round', SAME_SIDES, [3, 1, 230, 70]],
  ['the other way round', TURNED_SIDES, [2, 2, 120, 180]],
  ['both ends are one', ONE_SIDE, [4, 0, 300, 0]],
])('rows are added up: %s', (_what, sides, expected) => {
  const [sum, other] = [new Tallies(), new Tallies()];
  sum.add(0, 0, 50, 4, 10);
  other.add(9, 0, 90, 2, 5);
  other.add(9, 0, 90, 3, 6);
  other.add(9, 1, 70, 8, 30);
  sum.merge(0, sides, other, 9);
  expect(both(sum, 0)).toEqual(expected);
  expect([sum.firstPosition(0), sum.fromNs(0), sum.durationNs(0)]).toEqual([2, 5, 25]);
});

test('rows beyond the last that is kept are counted as unlisted', () => {
  const tallies = new Tallies(300);
  tallies.add(299, 0, 60, 0, 0);
  tallies.add(300, 0, 60, 1, 0);
  const other = new Tallies();
  other.add(0, 0, 60, 2, 0);
  other.add(0, 1, 60, 3, 0);
  tallies.merge(5000, SAME_SIDES, other, 0);
  expect([tallies.packets(299, 0), tallies.packets(300, 0), tallies.unlisted]).toEqual([1, 0, 3]);
});
