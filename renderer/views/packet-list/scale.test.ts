import { describe, expect, test } from 'vitest';
import { baseAfterJump, baseFor, rebase, windowRows, windowSize, type Viewport } from './scale.ts';

const viewport: Viewport = { rowHeight: 22, height: 440 };
const tenMillion = 10_000_000;
const scrollable = windowRows * viewport.rowHeight - viewport.height;

test('a list that fits is exact: base 0 whatever happens', () => {
  for (const total of [0, 1, 42, windowRows]) {
    expect(windowSize(total)).toBe(total);
    expect(baseFor(total, Math.max(0, total - 1))).toBe(0);
    expect(baseAfterJump(total, 5000, viewport)).toBe(0);
    expect(rebase({ total, base: 0 }, 0, viewport)).toBe(0);
  }
});

describe('ten million rows', () => {
  test('the scroll bar reaches the first row and the last, exactly', () => {
    expect(baseAfterJump(tenMillion, 0, viewport)).toBe(0);
    expect(baseAfterJump(tenMillion, scrollable, viewport)).toBe(tenMillion - windowRows);
  });

  test('a jump to a share of the bar shows that share of the list', () => {
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.999]) {
      const scrollTop = share * scrollable;
      const firstVisible = baseAfterJump(tenMillion, scrollTop, viewport) + scrollTop / viewport.rowHeight;
      expect(Math.abs(firstVisible - share * (tenMillion - 20))).toBeLessThanOrEqual(1);
    }
  });

  test('every row can be brought into the window, and the window never leaves the list', () => {
    for (const position of [0, 1, 499_999, 500_000, 5_000_000, 7_654_321, 9_500_000, tenMillion - 1]) {
      const base = baseFor(tenMillion, position);
      expect(base).toBeGreaterThanOrEqual(0);
      expect(base + windowRows).toBeLessThanOrEqual(tenMillion);
      expect(position - base).toBeGreaterThanOrEqual(0);
      expect(position - base).toBeLessThan(windowRows);
    }
  });

  test('small scrolls keep the window while there is room', () => {
    expect(rebase({ total: tenMillion, base: 4_000_000 }, 500_000 * 22, viewport)).toBe(4_000_000);
  });

  test.each([
    ['end', 4_000_000, windowRows - 100],
    ['start', 4_000_000, 50],
  ])('near the %s of the window it moves on, with the same row on top and room to go on', (_where, base, firstLocal) => {
    const moved = rebase({ total: tenMillion, base }, firstLocal * 22, viewport);
    const position = base + firstLocal;
    expect(moved).not.toBe(base);
    expect(position - moved).toBeGreaterThan(2_000);
    expect(moved + windowRows - position).toBeGreaterThan(2_000);
    // Settled: the next small scroll does not move it again.
    expect(rebase({ total: tenMillion, base: moved }, (position - moved) * 22, viewport)).toBe(moved);
  });

  test('at the true ends of the list nothing moves', () => {
    expect(rebase({ total: tenMillion, base: 0 }, 0, viewport)).toBe(0);
    expect(rebase({ total: tenMillion, base: tenMillion - windowRows }, scrollable, viewport)).toBe(tenMillion - windowRows);
  });

  test('scrolling by three rows from the first row to the last meets every row once', () => {
    const total = windowRows + 50_000;
    let base = 0;
    let local = windowRows - 60_000;
    let position = base + local;
    while (position + 23 < total) {
      local += 3;
      position += 3;
      const next = rebase({ total, base }, local * 22, viewport);
      local -= next - base;
      base = next;
      expect(base + local).toBe(position);
      expect(local + 20).toBeLessThanOrEqual(windowRows);
    }
  });
});
