import { describe, expect, test } from 'vitest';
import { formatBitRate, historySeconds, noteActivity, type Activity, type ActivityTotals } from './activity.ts';

function after(...totals: readonly (readonly [seconds: number, packets: number])[]): Activity {
  const states = totals.map(([seconds, packets]): ActivityTotals => ({ seconds, packets, bytes: packets * 100 }));
  return states.reduce<Activity | undefined>((before, next) => noteActivity(before, next), undefined)!;
}

describe('rates', () => {
  test('step once a second, although events come twice as often', () => {
    expect(after([0.5, 5])).toMatchObject({ packetsPerSecond: null, history: [] });
    expect(after([0.5, 5], [1, 10])).toMatchObject({ packetsPerSecond: 10, bitsPerSecond: 8000, history: [10] });
    expect(after([0.5, 5], [1, 10], [1.5, 40])).toMatchObject({ packetsPerSecond: 10, history: [10] });
    expect(after([0.5, 5], [1, 10], [1.5, 40], [2, 40])).toMatchObject({ packetsPerSecond: 30, history: [10, 30] });
  });

  test('a new watch goes on with the history and counts anew', () => {
    expect(after([1, 10], [2, 30], [0.5, 2], [1, 4])).toMatchObject({ packetsPerSecond: 4, history: [10, 20, 4] });
  });

  test('a minute is kept', () => {
    const seconds = Array.from({ length: 90 }, (_, index) => [index + 1, index + 1] as const);
    expect(after(...seconds).history).toHaveLength(historySeconds);
  });
});

test('silence is counted from the last packet, or from the beginning', () => {
  expect(after([4, 0]).quietSeconds).toBe(4);
  expect(after([4, 1], [9, 1], [16, 1]).quietSeconds).toBe(12);
  expect(after([4, 1], [9, 1], [16, 2]).quietSeconds).toBe(0);
});

test.each([
  [0, '0 bit/s'],
  [999, '999 bit/s'],
  [999.6, '1.0 kbit/s'],
  [210_000, '210 kbit/s'],
  [3_100_000, '3.1 Mbit/s'],
  [25_000_000_000, '25 Gbit/s'],
])('%s bits a second are %s', (bits, text) => {
  expect(formatBitRate(bits)).toBe(text);
});
