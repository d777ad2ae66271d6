import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchResult, SearchWish } from '../../shared/ipc/list-contract.ts';
import { SearchWatch } from './search-watch.ts';
import { closeOpened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

const never = new SearchWatch(new AbortController().signal);
let session: CaptureSession;

beforeAll(async () => {
  session = await openedWhole(samplePath('web-page'));
});
afterAll(closeOpened);

const wish: SearchWish = { view: 0, where: 'list', mode: 'text', text: '', isCaseSensitive: false, columns: [], row: null, place: null, step: 1 };

/** All places, one after another, from the beginning until the first comes again. */
async function places(more: Partial<SearchWish>): Promise<NonNullable<SearchResult['found']>[]> {
  const found: NonNullable<SearchResult['found']>[] = [];
  let at: Pick<SearchWish, 'row' | 'place'> = { row: null, place: null };
  for (;;) {
    const next = await session.list.find({ ...wish, ...more, ...at }, never);
    if (next === null || found.some((one) => one.number === next.number && one.place === next.place)) return found;
    found.push(next);
    at = { row: next.row, place: next.place };
  }
}

describe('in the list', () => {
  test('texts of rows, whatever the case, and exactly where that is asked for', async () => {
    const { rows } = session.readRows(0, 0, 512);
    const holding = rows.filter(({ info }) => info.includes('GET')).map(({ number }) => number);
    expect((await places({ text: 'get /' })).map(({ number }) => number)).toEqual(holding);
    expect(await places({ text: 'get /', isCaseSensitive: true })).toEqual([]);
  });

  test('columns of one’s own, and patterns', async () => {
    const columns = [{ text: 'tcp.dstport', occurrence: 0, names: false }];
    const found = await places({ mode: 'regex', text: '^492[0-9]{2}$', columns });
    expect(found.length).toBeGreaterThan(3);
    expect(await places({ mode: 'regex', text: '^492[0-9]{2}$' })).toEqual([]);
  });

  test('backwards, and round', async () => {
    const all = (await places({ text: 'DNS' })).map(({ number }) => number);
    const last = await session.list.find({ ...wish, text: 'DNS', step: -1 }, never);
    expect(last?.number).toBe(all.at(-1));
    const before = await session.list.find({ ...wish, text: 'DNS', step: -1, row: (all[0] ?? 0) - 1, place: -1 }, never);
    expect(before?.number).toBe(all.at(-1));
  });
});

describe('in the details', () => {
  test('each line that holds it, packet by packet', async () => {
    const found = await places({ where: 'details', text: 'Sequence Number' });
    const expected = session.readRows(0, 0, 512).rows.flatMap(({ number }) => session.readPacket(number).detail.nodes.flatMap(({ label }, place) => (label.toLowerCase().includes('sequence number') ? [[number, place]] : [])));
    expect(found.map(({ number, place }) => [number, place])).toEqual(expected);
    expect(found.length).toBeGreaterThan(20);
  });
});

describe('in the bytes', () => {
  const bytesOf = (number: number): Uint8Array => session.list.readBytes(0, number - 1, 1).payload;
  test.each([
    ['text', 'example', false, 'example'],
    ['text', 'EXAMPLE', false, 'example'],
    ['hex', '6578616D706c65', false, 'example'],
    ['regex', 'exam(ple)+', true, 'example'],
  ] as const)('%s %s, case %s: every occurrence, with its place', async (mode, text, isCaseSensitive, written) => {
    const found = await places({ where: 'bytes', mode, text, isCaseSensitive });
    for (const { number, place, length } of found) expect(Buffer.from(bytesOf(number).subarray(place, place + length)).toString().toLowerCase()).toBe(written);
    const expected = session.readRows(0, 0, 512).rows.reduce((count, { number }) => count + Buffer.from(bytesOf(number)).toString('latin1').split(isCaseSensitive || mode === 'hex' ? 'example' : /example/i).length - 1, 0);
    expect(found).toHaveLength(expected);
    expect(expected).toBeGreaterThan(3);
  });

  test('a pattern that only another thread may run tells the packet', async () => {
    const found = await places({ where: 'bytes', mode: 'regex', text: '(GE)T(?=.*HTTP)' });
    expect(found.map(({ place }) => place)).toEqual(found.map(() => -1));
    expect(found.length).toBeGreaterThan(0);
  });
});

test('packets that are ignored hold nothing', async () => {
  const all = await places({ text: 'DNS' });
  session.ignore([[all[0]!.number, all[0]!.number]]);
  expect((await places({ text: 'DNS' })).map(({ number }) => number)).toEqual(all.slice(1).map(({ number }) => number));
  session.ignore([]);
});

test('what cannot be looked for is refused with the reason', async () => {
  await expect(async () => session.list.find({ ...wish, mode: 'regex', text: '(' }, never)).rejects.toMatchObject({ code: 'failed' });
  await expect(async () => session.list.find({ ...wish, where: 'bytes', mode: 'hex', text: '4' }, never)).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('pairs') });
  expect(await session.list.find({ ...wish, text: 'no such text' }, never)).toBeNull();
});
