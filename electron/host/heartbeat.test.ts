import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultHeartbeat, watchHeartbeat } from './heartbeat.ts';

const options = { intervalMs: 100, hangAfterMs: 500 };
const onHang = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  onHang.mockClear();
});
afterEach(() => vi.useRealTimers());

test('an engine that answers is left alone', async () => {
  const stop = watchHeartbeat(() => Promise.resolve(), options, onHang);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onHang).not.toHaveBeenCalled();
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

test('an engine that stops answering is told of once, in time', async () => {
  let answers = true;
  watchHeartbeat(() => (answers ? Promise.resolve() : new Promise(() => undefined)), options, onHang);
  await vi.advanceTimersByTimeAsync(1000);
  answers = false;
  await vi.advanceTimersByTimeAsync(options.hangAfterMs + options.intervalMs);
  expect(onHang).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('with the default settings, within three seconds', async () => {
  let answers = true;
  watchHeartbeat(() => (answers ? Promise.resolve() : new Promise(() => undefined)), defaultHeartbeat, onHang);
  await vi.advanceTimersByTimeAsync(1000);
  answers = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(onHang).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('a process that is still starting is given longer, but not for ever', async () => {
  watchHeartbeat(() => new Promise(() => undefined), { ...options, firstAnswerMs: 5000 }, onHang);
  await vi.advanceTimersByTimeAsync(4800);
  expect(onHang).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(300);
  expect(onHang).toHaveBeenCalledTimes(1);
});

test('a slow answer is still an answer', async () => {
  watchHeartbeat(() => new Promise((resolve) => setTimeout(resolve, 350)), options, onHang);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(onHang).not.toHaveBeenCalled();
});

test('one ping is under way at a time', async () => {
  const ping = vi.fn(() => new Promise(() => undefined));
  watchHeartbeat(ping, options, onHang);
  await vi.advanceTimersByTimeAsync(2000);
  expect(ping).toHaveBeenCalledTimes(1);
});

test('a process that ended is not called stuck as well', async () => {
  watchHeartbeat(() => Promise.reject(new Error('the connection ended')), options, onHang);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onHang).not.toHaveBeenCalled();
});
