import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FirstLook } from './first-look.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Milliseconds until reading may go on after a first wait, rows being taken (or reading cancelled) after `afterMs`. */
async function waitMs(end: 'taken' | 'cancel' | null, afterMs = 0): Promise<number> {
  const look = new FirstLook();
  const from = Date.now();
  let goneOn = -1;
  void look.wait(64)?.then(() => (goneOn = Date.now() - from));
  if (end !== null) setTimeout(() => look[end](), afterMs);
  await vi.advanceTimersByTimeAsync(10_000);
  return goneOn;
}

test.each([
  ['a window took its rows', 'taken', 20, 80],
  ['no window asks', null, 0, 250],
  ['reading is to end', 'cancel', 20, 20],
] as const)('reading waits, and goes on: %s', async (_, end, afterMs, expected) => {
  expect(await waitMs(end, afterMs)).toBe(expected);
});

test('nobody waits twice, nor after rows were taken', () => {
  const look = new FirstLook();
  expect(look.wait(64)).not.toBeNull();
  expect(look.wait(64)).toBeNull();
  const late = new FirstLook();
  late.taken();
  expect(late.wait(64)).toBeNull();
});

test('nobody waits before there is a screen of packets', () => {
  const look = new FirstLook();
  expect(look.wait(63)).toBeNull();
  expect(look.wait(64)).not.toBeNull();
});
