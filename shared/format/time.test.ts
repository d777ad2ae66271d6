import { describe, expect, test } from 'vitest';
import { formatDuration, formatLocalTime, formatSeconds, formatUtcDateTime, formatWhen, neededDigits, timeDifference, timeToNs } from './time.ts';

describe('seconds as text', () => {
  test.each([
    [{ seconds: 0, nanos: 33_204_000 }, 6, '0.033204'],
    [{ seconds: 12, nanos: 1 }, 9, '12.000000001'],
    [{ seconds: -1, nanos: 750_000_000 }, 6, '-0.250000'],
    [{ seconds: -2, nanos: 0 }, 3, '-2.000'],
    [{ seconds: 5, nanos: 999_999_999 }, 6, '5.999999'],
    [{ seconds: 5, nanos: 999_999_999 }, 0, '5'],
  ])('%j with %i digits', (time, digits, text) => {
    expect(formatSeconds(time, digits)).toBe(text);
  });
});

test('a difference borrows a second and keeps nanoseconds positive', () => {
  expect(timeDifference({ seconds: 10, nanos: 100 }, { seconds: 9, nanos: 200 })).toEqual({ seconds: 0, nanos: 999_999_900 });
  expect(timeDifference({ seconds: 9, nanos: 200 }, { seconds: 10, nanos: 100 })).toEqual({ seconds: -1, nanos: 100 });
  expect(timeToNs({ seconds: -1, nanos: 750_000_000 })).toBe(-250_000_000);
});

test('nanosecond files ask for nine digits, others for six', () => {
  expect(neededDigits({ seconds: 1, nanos: 123_456_000 })).toBe(6);
  expect(neededDigits({ seconds: 1, nanos: 123_456_001 })).toBe(9);
});

test('dates in UTC, and a time beyond what a date can hold stays a number', () => {
  expect(formatUtcDateTime({ seconds: 1_795_248_301, nanos: 123_456_789 }, 6)).toBe('2026-11-21 08:05:01.123456');
  expect(formatUtcDateTime({ seconds: -1, nanos: 0 }, 0)).toBe('1969-12-31 23:59:59');
  expect(formatUtcDateTime({ seconds: 1e15, nanos: 0 }, 3)).toBe('1000000000000000.000');
});

test('local time of day follows the runtime zone', () => {
  const time = { seconds: 1_795_248_301, nanos: 5_000_000 };
  const date = new Date(time.seconds * 1000);
  expect(formatLocalTime(time, 3).startsWith(date.getHours().toString().padStart(2, '0'))).toBe(true);
  expect(formatLocalTime(time, 3)).toMatch(/^\d\d:\d\d:01\.005$/);
});

describe('durations for people', () => {
  test.each([
    [0, '0 ns'],
    [850, '850 ns'],
    [60_000, '60.0 µs'],
    [28_200_000, '28.2 ms'],
    [216_400_000, '216 ms'],
    [7_070_000_000, '7.07 s'],
    [200e9, '3 min 20 s'],
    [7500e9, '2 h 5 min'],
    [3 * 86_400e9, '3 d'],
    [-1_500_000, '-1.50 ms'],
  ])('%d ns', (ns, text) => {
    expect(formatDuration(ns)).toBe(text);
  });
});

test('moments are told from today backwards', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime();
  expect(formatWhen(new Date(2026, 10, 21, 14, 2).getTime(), now)).toBe('today 14:02');
  expect(formatWhen(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('yesterday');
  expect(formatWhen(new Date(2026, 10, 12, 9, 0).getTime(), now)).toBe('12 Nov');
  expect(formatWhen(new Date(2024, 0, 3, 9, 0).getTime(), now)).toBe('3 Jan 2024');
});
