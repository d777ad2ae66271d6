import { describe, expect, test } from 'vitest';
import { countNumbers, hasNumber, includesNumbers, joinNumbers, nextNumber, rangesOf, subtractNumbers, withNumbers, withoutNumbers, type NumberRanges } from './number-ranges.ts';

const some: NumberRanges = [[3, 5], [9, 9], [12, 20]];

test.each([
  [1, 1, [[1, 1], [3, 5], [9, 9], [12, 20]]],
  [2, 2, [[2, 5], [9, 9], [12, 20]]],
  [4, 4, some],
  [6, 8, [[3, 9], [12, 20]]],
  [6, 11, [[3, 20]]],
  [1, 99, [[1, 99]]],
  [21, 21, [[3, 5], [9, 9], [12, 21]]],
  [30, 31, [[3, 5], [9, 9], [12, 20], [30, 31]]],
])('with %i to %i', (first, last, expected) => {
  expect(withNumbers(some, first, last)).toEqual(expected);
});

test.each([
  [1, 2, some],
  [4, 4, [[3, 3], [5, 5], [9, 9], [12, 20]]],
  [5, 12, [[3, 4], [13, 20]]],
  [1, 99, []],
])('without %i to %i', (first, last, expected) => {
  expect(withoutNumbers(some, first, last)).toEqual(expected);
});

test.each([
  [1, 1, 3], [4, 1, 5], [5, 1, 9], [9, 1, 12], [20, 1, null],
  [99, -1, 20], [12, -1, 9], [9, -1, 5], [4, -1, 3], [3, -1, null], [10, -1, 9], [8, -1, 5],
] as const)('from %i, step %i: %s', (from, step, expected) => {
  expect(nextNumber(some, from, step)).toBe(expected);
});

describe('as sets of numbers', () => {
  const numbersOf = (ranges: NumberRanges): number[] => ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
  let state = 7;
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;

  test.each(Array.from({ length: 40 }, (_, round) => round))('round %i', () => {
    const one = Array.from({ length: random(30) }, () => random(60));
    const two = Array.from({ length: random(30) }, () => random(60));
    const [first, second] = [rangesOf(one), rangesOf(two)];
    const union = [...new Set([...one, ...two])].sort((a, b) => a - b);
    const rest = [...new Set(one)].filter((number) => !two.includes(number)).sort((a, b) => a - b);
    expect(numbersOf(joinNumbers(first, second))).toEqual(union);
    expect(numbersOf(subtractNumbers(first, second))).toEqual(rest);
    expect(countNumbers(first)).toBe(new Set(one).size);
    expect(includesNumbers(joinNumbers(first, second), second)).toBe(true);
    expect(includesNumbers(first, second)).toBe(two.every((number) => one.includes(number)));
    for (let number = 0; number < 60; number += 1) expect(hasNumber(first, number)).toBe(one.includes(number));
  });
});
