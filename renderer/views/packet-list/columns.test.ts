import { describe, expect, test } from 'vitest';
import { defaultColumns, type ListColumn } from '../../stores/columns.ts';
import { columnWidth, placedColumns, rowGrid, timeText, type ColumnNeeds } from './columns.ts';

const small: ColumnNeeds = { total: 42, timeCharacters: 8, addressCharacters: 17, roomy: false };

function changed(id: string, change: Partial<ListColumn>): readonly ListColumn[] {
  return defaultColumns.map((column) => (column.id === id ? { ...column, ...change } : column));
}

test('the columns of a small capture are those of the design', () => {
  expect(rowGrid(small, defaultColumns)).toEqual({ template: '26px 48px 76px 125px 125px 98px 74px minmax(80px, 1fr)', minimum: 26 + 48 + 76 + 125 + 125 + 98 + 74 + 80 });
});

test('a width that was chosen holds; without a column that takes the rest, the rest stays empty', () => {
  expect(rowGrid(small, changed('source', { width: 200 })).template).toContain('200px 125px');
  expect(rowGrid(small, changed('info', { width: 300 })).template).toMatch(/ 300px minmax\(0, 1fr\)$/);
});

test('columns of the user’s own have room for their titles, and know their place in a row', () => {
  const custom = { text: 'ip.ttl', occurrence: 0, names: true };
  const own = (id: string, title: string): ListColumn => ({ id, title, align: 'left', width: null, isHidden: false, custom });
  const columns = [own('custom-1', 'TTL'), ...defaultColumns, own('custom-2', 'A title that needs some room')];
  expect(rowGrid(small, columns).template).toMatch(/^26px 96px 48px .* 209px$/);
  expect(placedColumns(columns).map((placed) => placed.custom)).toEqual([0, -1, -1, -1, -1, -1, -1, -1, 1]);
});

test('numbers and times are never cut, addresses are at some width', () => {
  expect(columnWidth('number', { ...small, total: 10_000_000 })).toBeGreaterThanOrEqual(8 * 7);
  expect(columnWidth('time', { ...small, timeCharacters: 26 })).toBeGreaterThanOrEqual(26 * 7);
  expect(columnWidth('source', { ...small, addressCharacters: 39 })).toBe(180);
});

describe('time column', () => {
  const time = { seconds: 1_795_248_301, nanos: 500_000_000 };
  const context = { digits: 6, first: { seconds: 1_795_248_300, nanos: 750_000_000 }, previous: { seconds: 1_795_248_301, nanos: 499_999_000 }, captured: { seconds: 1_795_248_301, nanos: 499_998_000 } };
  test.each([
    ['relative', 6, '0.750000'],
    ['delta', 6, '0.000001'],
    ['delta-captured', 6, '0.000002'],
    ['utc', 6, '2026-11-21 08:05:01.500000'],
    ['utc-time', 3, '08:05:01.500'],
    ['epoch', 6, '1795248301.500000'],
    ['epoch', 0, '1795248301'],
  ] as const)('%s with %i digits', (format, digits, text) => {
    expect(timeText(time, { ...context, format, digits })).toBe(text);
  });

  test.each(['delta', 'delta-captured'] as const)('%s: the first row is its own reference', (format) => {
    expect(timeText(time, { ...context, previous: null, captured: null, format })).toBe('0.000000');
  });

  test('a packet without a time shows none', () => {
    expect(timeText(null, { ...context, format: 'epoch' })).toBe('');
  });
});
