import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultHeartbeat, watchHeartbeat, type Watched } from './heartbeat.ts';

const options = { intervalMs: 100, hangAfterMs: 500, hangCpuMs: 200, silentAfterMs: 5000, startWithinMs: 20_000 };
const onHang = vi.fn();
const never = (): Promise<never> => new Promise(() => undefined);
const unknown = (): null => null;

beforeEach(() => {
  vi.useFakeTimers();
  onHang.mockClear();
});
afterEach(() => vi.useRealTimers());

/** An engine that answers for a second, then no more; while silent it gets this share of a processor. */
async function fallSilent(cpuShare: number | null, given = options): Promise<void> {
  let answers = true;
  let silentSinceMs = 0;
  const cpuMs = (): number | null => (cpuShare === null ? null : answers ? 0 : (Date.now() - silentSinceMs) * cpuShare);
  watchHeartbeat({ ping: () => (answers ? Promise.resolve() : never()), cpuMs }, given, onHang);
  await vi.advanceTimersByTimeAsync(1000);
  answers = false;
  silentSinceMs = Date.now();
}

test('an engine that answers is left alone', async () => {
  const stop = watchHeartbeat({ ping: () => Promise.resolve(), cpuMs: unknown }, options, onHang);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onHang).not.toHaveBeenCalled();
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['works without an answer', 1],
  ['works without an answer, next to others', 0.6],
  ['is silent, where the system does not tell what it does', null],
])('an engine that %s is told of once, within a second', async (_title, cpuShare) => {
  await fallSilent(cpuShare, defaultHeartbeat);
  await vi.advanceTimersByTimeAsync(1000);
  expect(onHang).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('an engine that gets no processor time is waited for, but not for ever', async () => {
  await fallSilent(0);
  await vi.advanceTimersByTimeAsync(4000);
  expect(onHang).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1500);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('an engine that works on next to nothing is found out as soon as it has worked enough', async () => {
  await fallSilent(0.1);
  await vi.advanceTimersByTimeAsync(1900);
  expect(onHang).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(700);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('a new process may take its time to start, but not for ever', async () => {
  watchHeartbeat({ ping: never, cpuMs: () => Date.now() }, options, onHang);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(onHang).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('a slow answer is still an answer', async () => {
  watchHeartbeat({ ping: () => new Promise((resolve) => setTimeout(resolve, 350)), cpuMs: unknown }, options, onHang);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(onHang).not.toHaveBeenCalled();
});

test('one ping is under way at a time', async () => {
  const ping = vi.fn<Watched['ping']>(never);
  watchHeartbeat({ ping, cpuMs: unknown }, options, onHang);
  await vi.advanceTimersByTimeAsync(2000);
  expect(ping).toHaveBeenCalledTimes(1);
});

test('a process that ended is not called stuck as well', async () => {
  watchHeartbeat({ ping: () => Promise.reject(new Error('the connection ended')), cpuMs: unknown }, options, onHang);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(onHang).not.toHaveBeenCalled();
});
