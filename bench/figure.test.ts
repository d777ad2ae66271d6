import { expect, test } from 'vitest';
import { atLeast, atMost, goalText, isMet, quantity } from './figure.ts';

test.each([
  [12.345, 'ms', '12.3 ms'],
  [999.6, 'ms', '1000 ms'],
  [1234, 'ms', '1.23 s'],
  [42_800, 'ms', '42.8 s'],
  [1.5, 'µs', '1.50 µs'],
  [1024, 'bytes', '1.0 KiB'],
  [62.4, 'bytes', '62.4 B'],
  [7.6 * 1048576, 'bytes', '7.6 MiB'],
  [2000 * 1048576, 'bytes', '2,000 MiB'],
  [27.31, 'times', '27.3×'],
  [4.567, 'times', '4.57×'],
  [0.934, 'share', '93 %'],
  [1_565_000, 'packets', '1,565,000'],
  [Number.NaN, 'ms', '? ms'],
] as const)('%d in %s is written %s', (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});

test.each([
  [20, atLeast(20), true],
  [19.9, atLeast(20), false],
  [30, atMost(30), true],
  [30.1, atMost(30), false],
  // What could not be measured has met nothing.
  [Number.NaN, atMost(30), false],
] as const)('%d against %j: %s', (value, goal, met) => {
  expect(isMet({ what: 'figure', value, unit: 'ms', goal })).toBe(met);
});

test('a figure without a goal is neither met nor missed', () => {
  expect(isMet({ what: 'figure', value: 1, unit: 'ms' })).toBeNull();
  expect(goalText({ what: 'figure', value: 1, unit: 'ms' })).toBe('');
  expect(goalText({ what: 'figure', value: 1, unit: 'ms', goal: atMost(30) })).toBe('at most 30.0 ms');
});
