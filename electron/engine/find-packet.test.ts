import { afterAll, beforeAll, expect, test } from 'vitest';
import { SearchWatch } from './search-watch.ts';
import { closeOpened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

let session: CaptureSession;

beforeAll(async () => {
  session = await openedWhole(samplePath('web-page'));
});
afterAll(closeOpened);

const never = new SearchWatch(new AbortController().signal);
/** Numbers of the packets that a filter matches. */
async function matching(text: string): Promise<number[]> {
  const filter = session.makeFilter(text);
  const found: number[] = [];
  for (const _ of filter?.scan(0, session.packetCount, (positions, count) => found.push(...positions.subarray(0, count))) ?? []) await filter?.waiting;
  return found.map((position) => position + 1);
}

test.each(['dns', 'http.request', 'frame contains "GET"', 'tcp.flags.syn == 1'])('%s: one after the other, round and round, both ways', async (text) => {
  const numbers = await matching(text);
  expect(numbers.length).toBeGreaterThan(0);
  let at = 0;
  const forwards: number[] = [];
  for (const _ of numbers) forwards.push((at = (await session.find(text, at, 1, never)) ?? 0));
  expect(forwards).toEqual(numbers);
  expect(await session.find(text, at, 1, never)).toBe(numbers[0]);
  const backwards: number[] = [];
  at = session.packetCount + 1;
  for (const _ of numbers) backwards.push((at = (await session.find(text, at, -1, never)) ?? 0));
  expect(backwards).toEqual(numbers.toReversed());
  expect(await session.find(text, at, -1, never)).toBe(numbers.at(-1));
});

test('nothing is found where nothing matches, and a text that is no filter is refused', async () => {
  expect(await session.find('sctp', 1, 1, never)).toBeNull();
  await expect(session.find('no such filter', 1, 1, never)).rejects.toThrow();
});
