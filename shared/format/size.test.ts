import { describe, expect, test } from 'vitest';
import { formatBytes, formatCompactCount, formatCount, formatPercent, formatQuantity } from './size.ts';

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [583, '583 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [10_960, '11 kB'],
    [999_600, '1.0 MB'],
    [1_100_000_000, '1.1 GB'],
    [402_000_000, '402 MB'],
  ])('%d', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

test('counts keep every digit, compact ones only what fits', () => {
  expect(formatCount(1_525_202)).toBe('1,525,202');
  expect(formatCount(-1000)).toBe('-1,000');
  expect(formatCompactCount(3104)).toBe('3,104');
  expect(formatCompactCount(211_300)).toBe('211 k');
  expect(formatCompactCount(1_600_000)).toBe('1.6 M');
});

test('a share that is not quite everything never reads as everything', () => {
  expect(formatPercent(41, 42)).toBe('97.6 %');
  expect(formatPercent(999_999, 1_000_000)).toBe('99.9 %');
  expect(formatPercent(1, 1_000_000)).toBe('0.1 %');
  expect(formatPercent(42, 42)).toBe('100 %');
  expect(formatPercent(0, 0)).toBe('0 %');
});

test('one is singular', () => {
  expect(formatQuantity(1, 'packet')).toBe('1 packet');
  expect(formatQuantity(1043, 'packet')).toBe('1,043 packets');
});
