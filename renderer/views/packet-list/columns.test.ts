import { describe, expect, test } from 'vitest';
import { columnWidth, gridTemplate, timeText, type ColumnNeeds } from './columns.ts';

const small: ColumnNeeds = { total: 42, timeCharacters: 8, addressCharacters: 17, roomy: false };

test('the columns of a small capture are those of the design', () => {
  expect(gridTemplate(small, {})).toBe('26px 48px 76px 125px 125px 98px 74px minmax(80px, 1fr)');
  expect(gridTemplate(small, { source: 200 })).toContain('200px 125px');
});

test('numbers and times are never cut, addresses are at some width', () => {
  expect(columnWidth('number', { ...small, total: 10_000_000 })).toBeGreaterThanOrEqual(8 * 7);
  expect(columnWidth('time', { ...small, timeCharacters: 26 })).toBeGreaterThanOrEqual(26 * 7);
  expect(columnWidth('source', { ...small, addressCharacters: 39 })).toBe(180);
});

describe('time column', () => {
  const time = { seconds: 1_795_248_301, nanos: 500_000_000 };
  const context = { digits: 6, first: { seconds: 1_795_248_300, nanos: 750_000_000 }, previous: { seconds: 1_795_248_301, nanos: 499_999_000 } };
  test.each([
    ['relative', '0.750000'],
    ['delta', '0.000001'],
    ['utc', '2026-11-21 08:05:01.500000'],
    ['epoch', '1795248301.500000'],
  ] as const)('%s', (format, text) => {
    expect(timeText(time, { ...context, format })).toBe(text);
  });

  test('the first row is its own reference, and a packet without a time shows none', () => {
    expect(timeText(time, { ...context, previous: null, format: 'delta' })).toBe('0.000000');
    expect(timeText(null, { ...context, format: 'epoch' })).toBe('');
  });
});
