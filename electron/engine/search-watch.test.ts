import { expect, test, vi } from 'vitest';
import { SearchWatch, sendSearch } from './search-watch.ts';

test('a long search tells how far it is, lets others in, and ends with what it found', async () => {
  const events: unknown[] = [];
  const end = vi.fn();
  let others = 0;
  const timer = setInterval(() => (others += 1), 1);
  await sendSearch(async (watch) => {
    for (let done = 0; events.length < 3; done += 1) {
      const until = performance.now() + 2;
      while (performance.now() < until);
      if (watch.isOver) await watch.tell(Math.min(1.5, done / 10));
    }
    return 7;
  }, { emit: (event) => void events.push(event), end, signal: new AbortController().signal });
  clearInterval(timer);
  expect(others).toBeGreaterThan(3);
  expect(events.at(-1)).toEqual({ found: 7 });
  const shares = events.slice(0, -1).map((event) => (event as { share: number }).share);
  expect(shares).toHaveLength(3);
  expect(shares).toEqual(shares.toSorted((one, two) => one - two));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  expect(end).toHaveBeenCalledOnce();
});

test('a search that is given up ends at its next step, without a word', async () => {
  const controller = new AbortController();
  const watch = new SearchWatch(controller.signal);
  controller.abort();
  await expect((async () => {
    for (;;) if (watch.isOver) await watch.tell(0);
  })()).rejects.toThrow();
});
