/** How a session shows a capture while it is written: files that grow, sets, rings, pauses. */
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { somePackets } from '../../shared/capture-files/collect.test-helper.ts';
import { PcapngBlocks } from '../../shared/capture-files/write-pcapng.ts';
import { writePcap } from '../../shared/capture-files/write-pcap.ts';
import { LiveFeed } from './live-feed.ts';
import { closeOpened, opened, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-live-'));
});
afterEach(() => {
  closeOpened();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** As the helper writes a file of a set: the same interface each time, some packets, statistics at the end. */
function ringFile(packets: number, firstSecond: number, dropped = 0): Uint8Array {
  const blocks = new PcapngBlocks();
  const parts = [blocks.section([]), blocks.interface({ linkType: 1, snapLength: 262_144, timeResolution: 9, options: [{ code: 2, value: 'veth0' }] })];
  for (let index = 0; index < packets; index += 1) parts.push(blocks.enhancedPacket({ timeSeconds: firstSecond, timeNanos: index, bytes: new Uint8Array(60).fill(index) }));
  // isb_ifrecv, isb_ifdrop, isb_osdrop (draft-ietf-opsawg-pcapng §4.6).
  parts.push(blocks.statistics(0, new Map([[4, BigInt(packets + dropped)], [5, 0n], [7, BigInt(dropped)]])));
  return Buffer.concat(parts);
}

const start = (feed: LiveFeed): Promise<CaptureSession> => opened(feed.files[0]!, { live: feed });

const progress = (session: CaptureSession) => session.describe().progress;
const codes = (session: CaptureSession): string[] => session.problems.map(({ code }) => code);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const finalPackets = (session: CaptureSession, count: number): Promise<void> => until(() => expect(progress(session).finalPackets).toBe(count));

test('is capturing until the capture has ended, and then as any file that is read', async () => {
  const bytes = readFileSync(samplePath('web-page'));
  const feed = new LiveFeed(put('a.pcapng', bytes.subarray(0, 5000)));
  const session = await start(feed);
  await until(() => expect(progress(session).state).toBe('capturing'));
  expect(session.isReading).toBe(true);
  appendFileSync(feed.files[0]!, bytes.subarray(5000));
  await until(() => expect(progress(session).bytesRead).toBe(bytes.length));
  expect(progress(session).state).toBe('capturing');
  feed.end();
  await session.finished;
  const whole = await opened(samplePath('web-page'));
  await whole.finished;
  expect(progress(session).state).toBe('done');
  expect(session.readRows(0, 0, 512).rows).toEqual(whole.readRows(0, 0, 512).rows);
  expect(session.problems).toEqual([]);
});

test('what the capturing process counted is described, and what nobody can tell stays unknown', async () => {
  const feed = new LiveFeed(put('a.pcapng', ringFile(3, 1, 7)));
  const session = await start(feed);
  await finalPackets(session, 3);
  feed.count({ received: 12, written: 3, droppedByKernel: 9, droppedByInterface: null });
  expect(session.describe()).toMatchObject({ droppedPackets: 9, counts: { received: 12, written: 3, droppedByKernel: 9, droppedByInterface: null } });
});

test('a set is one capture: positions, interfaces and conversations run on', async () => {
  const bytes = readFileSync(samplePath('web-page'));
  const feed = new LiveFeed(put('a_1.pcapng', bytes));
  const session = await start(feed);
  await until(() => expect(progress(session).bytesRead).toBe(bytes.length));
  const first = session.packetCount;
  feed.add(put('a_2.pcapng', bytes));
  await finalPackets(session, 2 * first);
  feed.end();
  await session.finished;
  expect(session.describe().interfaces).toHaveLength(1);
  const { rows } = session.readRows(0, 0, 512);
  // The same bytes come again: who speaks to whom is the same, what the analysis makes of the repetition is not.
  const ends = rows.map(({ source, destination, wireLength }) => ({ source, destination, wireLength }));
  expect(ends.slice(first)).toEqual(ends.slice(0, first));
  expect(session.readPacket(first + 1).payload).toEqual(session.readPacket(1).payload);
  expect(session.readPacket(2 * first).payload).toEqual(session.readPacket(first).payload);
});

test('files begun before the session opened are read in their order', async () => {
  const feed = new LiveFeed(put('a_1.pcapng', ringFile(5, 1)));
  feed.add(put('a_2.pcapng', ringFile(6, 2)));
  feed.add(put('a_3.pcapng', ringFile(7, 3)));
  const session = await start(feed);
  await finalPackets(session, 18);
  feed.end();
  await session.finished;
  expect(session.index.columns.timeSeconds(17)).toBe(3);
  expect(session.describe().interfaces).toHaveLength(1);
});

test('packets of a file that the ring deleted say so, and the others stay', async () => {
  const first = put('a_1.pcapng', ringFile(5, 1));
  const feed = new LiveFeed(first);
  feed.add(put('a_2.pcapng', ringFile(6, 2)));
  const session = await start(feed);
  await finalPackets(session, 11);
  const before = progress(session).generation;
  rmSync(first);
  feed.drop(first);
  await until(() => expect(progress(session).gonePackets).toBe(5));
  expect(progress(session).generation).toBeGreaterThan(before);
  const { rows } = session.readRows(0, 0, 11);
  expect(rows.slice(0, 5).every(({ info }) => info.startsWith('No longer available'))).toBe(true);
  expect(rows.slice(5).some(({ info }) => info.startsWith('No longer available'))).toBe(false);
  expect(session.readPacket(1).detail.number).toBe(1);
  expect(codes(session)).toEqual(['ring-deleted']);
  feed.end();
  await session.finished;
  expect(progress(session).state).toBe('done');
});

test('a file that the ring deletes before it was read is told, and reading goes on with the next', async () => {
  const feed = new LiveFeed(put('a_1.pcapng', ringFile(5, 1)));
  const session = await start(feed);
  await finalPackets(session, 5);
  feed.show(false);
  const second = put('a_2.pcapng', ringFile(6, 2));
  feed.add(second);
  rmSync(second);
  feed.drop(second);
  feed.add(put('a_3.pcapng', ringFile(7, 3)));
  feed.show(true);
  await finalPackets(session, 12);
  expect(codes(session)).toContain('ring-overtook');
});

/** How often the session has asked whether to show what came. */
function countQuestions(feed: LiveFeed): () => number {
  let { isShowing } = feed;
  let questions = 0;
  Object.defineProperty(feed, 'isShowing', {
    get: () => {
      questions += 1;
      return isShowing;
    },
    set: (value: boolean) => void (isShowing = value),
  });
  return () => questions;
}

test('while showing is paused the list stands still, and then has what came', async () => {
  const path = put('a.pcapng', ringFile(5, 1));
  const feed = new LiveFeed(path);
  const asked = countQuestions(feed);
  const session = await start(feed);
  await finalPackets(session, 5);
  feed.show(false);
  appendFileSync(path, ringFile(6, 2));
  const seen: number[] = [];
  session.onProgress(({ packets }) => seen.push(packets));
  for (let round = 0; round < 3; round += 1) feed.count({ received: round, written: round, droppedByKernel: null, droppedByInterface: null });
  const before = asked();
  await until(() => expect(asked()).toBeGreaterThan(before + 2));
  expect(new Set(seen)).toEqual(new Set([5]));
  feed.show(true);
  await finalPackets(session, 11);
});

test('the end shows what a pause held back', async () => {
  const path = put('a.pcapng', ringFile(5, 1));
  const feed = new LiveFeed(path);
  const session = await start(feed);
  await finalPackets(session, 5);
  feed.show(false);
  appendFileSync(path, ringFile(6, 2));
  feed.end();
  await session.finished;
  expect(session.packetCount).toBe(11);
});

test('a torn tail is told when the capture has ended, and not before', async () => {
  const bytes = ringFile(5, 1);
  const feed = new LiveFeed(put('a.pcapng', bytes.subarray(0, bytes.length - 100)));
  const session = await start(feed);
  await finalPackets(session, 4);
  expect(session.problems).toEqual([]);
  feed.end();
  await session.finished;
  expect(session.problems.some(({ kind }) => kind === 'tail')).toBe(true);
});

test.skipIf(process.platform === 'win32')('a file of the set that another program replaced is told, not shown', async () => {
  const first = put('a_1.pcapng', ringFile(5, 1));
  const feed = new LiveFeed(first);
  // More files than are kept open: the first is opened again when it is looked at.
  for (let number = 2; number <= 36; number += 1) feed.add(put(`a_${number}.pcapng`, ringFile(1, number)));
  const session = await start(feed);
  await finalPackets(session, 40);
  renameSync(put('other.pcapng', ringFile(5, 99)), first);
  expect(session.readRows(0, 0, 1).rows[0]?.info).toMatch(/No longer available/);
  expect(codes(session)).toContain('file-gone');
});

test('pcap files of a ring are one capture, too', async () => {
  const feed = new LiveFeed(put('a.pcap0', writePcap(somePackets(10))));
  feed.add(put('a.pcap1', writePcap(somePackets(4))));
  const session = await start(feed);
  feed.end();
  await session.finished;
  expect(session.packetCount).toBe(14);
  expect(session.readPacket(11).payload).toEqual(session.readPacket(1).payload);
});

test('something in the set that is no capture costs itself', async () => {
  const feed = new LiveFeed(put('a_1.pcapng', ringFile(5, 1)));
  feed.add(put('notes.txt', Buffer.from('these are notes, no packets')));
  feed.add(put('a_2.pcapng', ringFile(6, 2)));
  const session = await start(feed);
  await finalPackets(session, 11);
  expect(session.problems).toMatchObject([{ kind: 'gap', code: 'not-a-capture' }]);
});
