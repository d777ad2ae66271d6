import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { refreshPauseMs, TimelineLoader } from './timeline-loader.ts';
import { lossySegments, timelineWith } from './timeline.test-helper.ts';

interface Call {
  readonly stream: number;
  readonly around: number;
  readonly signal: AbortSignal;
  readonly answer: (timeline: StreamTimeline) => Promise<void>;
  readonly fail: (message: string) => Promise<void>;
}

function loaderWithCalls() {
  const calls: Call[] = [];
  const loader = new TimelineLoader((stream, around, signal) =>
    new Promise((resolve, reject) => {
      const settled = async (): Promise<void> => { await vi.advanceTimersByTimeAsync(0); };
      calls.push({ stream, around, signal, answer: (timeline) => { resolve(timeline); return settled(); }, fail: (message) => { reject(new Error(message)); return settled(); } });
    }),
  );
  const stop = loader.subscribe(() => undefined);
  return { loader, calls, stop };
}

const whole = timelineWith(lossySegments);
const part = timelineWith(lossySegments, { totalSegments: 9000, firstShown: 100 });

describe('loader of timelines', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  test('loads a wanted stream once, and what is on show stays while the next one comes', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    expect(loader.current()).toMatchObject({ stream: 0, timeline: null, isLoading: true });
    await calls[0]?.answer(whole);
    loader.want(0, 9);
    expect(calls.length).toBe(1);
    expect(loader.current()).toMatchObject({ timeline: whole, sought: 8, isLoading: false });
    loader.want(1, 30);
    expect(loader.current()).toMatchObject({ stream: 1, timeline: whole, isLoading: true });
  });

  test('of a part of a stream another part is loaded for a packet outside of it', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    await calls[0]?.answer(part);
    loader.want(0, 10);
    expect(calls.length).toBe(1);
    loader.want(0, 700);
    expect(calls.map((call) => call.around)).toEqual([8, 700]);
    loader.seek(5000);
    expect(calls.map((call) => call.around)).toEqual([8, 700, 5000]);
  });

  test('a new wish ends the one before, whose answer no longer counts', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    loader.want(1, 0);
    expect(calls[0]?.signal.aborted).toBe(true);
    await calls[0]?.answer(whole);
    expect(loader.current()).toMatchObject({ stream: 1, timeline: null });
  });

  test('a growing capture is asked again, but not before the answer, and not more than twice a second', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    loader.refresh();
    expect(calls.length).toBe(1);
    await calls[0]?.answer(whole);
    loader.refresh();
    loader.refresh();
    expect(calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(refreshPauseMs);
    expect(calls.length).toBe(2);
    await calls[1]?.answer(whole);
    expect(loader.current().sought).toBe(0);
    await vi.advanceTimersByTimeAsync(refreshPauseMs * 3);
    expect(calls.length).toBe(2);
    loader.refresh();
    expect(calls.length).toBe(3);
  });

  test('where an answer takes long, the next question waits longer', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    await vi.advanceTimersByTimeAsync(1000);
    await calls[0]?.answer(whole);
    loader.refresh();
    await vi.advanceTimersByTimeAsync(3900);
    expect(calls.length).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.length).toBe(2);
  });

  test('a failure is told, and can be tried again', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(7, 0);
    await calls[0]?.fail('There is no TCP stream 7 in this capture.');
    expect(loader.current()).toMatchObject({ failure: 'There is no TCP stream 7 in this capture.', timeline: null });
    loader.retry();
    expect(loader.current()).toMatchObject({ failure: null, isLoading: true });
  });

  test('no stream means nothing on show', async () => {
    const { loader, calls } = loaderWithCalls();
    loader.want(0, 8);
    await calls[0]?.answer(whole);
    loader.want(null, 12);
    expect(loader.current()).toMatchObject({ stream: null, timeline: null });
  });

  test('the last listener ends loading', () => {
    const { loader, calls, stop } = loaderWithCalls();
    loader.want(0, 8);
    stop();
    expect(calls[0]?.signal.aborted).toBe(true);
  });
});
