import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveChange } from '../../engine/control-contract.ts';
import type { LiveCapture } from './live-capture.ts';
import { watchRingFolder } from './ring-folder.ts';

vi.setConfig({ testTimeout: 20_000 });
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 10 });

/** A pcap header: microseconds, little-endian, Ethernet. */
const header = Uint8Array.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]);
let folder = '';
let capture: LiveCapture | null = null;
let seconds = 1_700_000_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-ring-'));
});
afterEach(() => {
  capture?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Each file is a second younger than the one before. */
function put(name: string, bytes: Uint8Array | string = header): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  seconds += 1;
  utimesSync(path, seconds, seconds);
  return path;
}

async function watch(): Promise<LiveChange[]> {
  capture = await watchRingFolder(folder, 'id');
  const changes: LiveChange[] = [];
  capture.follow((change) => void (change.kind === 'counts' || changes.push(change)));
  return changes;
}

test('capture files are taken in the order in which they were written, others are left alone', async () => {
  const second = put('b.pcap2');
  const third = put('a.pcap3');
  put('notes.txt', 'no packets at all');
  mkdirSync(join(folder, 'folder.pcap'));
  const first = put('c.pcap1');
  utimesSync(first, 1, 1);
  await watch();
  expect(capture?.keptFiles).toEqual([first, second, third]);
});

test('files that begin and files that are deleted are told', async () => {
  const first = put('a1');
  put('a2');
  const changes = await watch();
  changes.length = 0;
  const third = put('a3');
  rmSync(first);
  await until(() => expect(changes).toHaveLength(2));
  expect(changes).toContainEqual({ kind: 'file', path: third });
  expect(changes).toContainEqual({ kind: 'deleted', path: first });
});

test('a file that has no header yet waits until it has one', async () => {
  put('a1');
  const changes = await watch();
  let scans = 0;
  capture?.follow((change) => void (scans += change.kind === 'counts' ? 1 : 0));
  const next = put('a2', '');
  // The first may have begun before the file was there.
  await until(() => expect(scans).toBeGreaterThan(2));
  expect(changes).toEqual([]);
  appendFileSync(next, header);
  await until(() => expect(changes).toEqual([{ kind: 'file', path: next }]));
});

test.each([
  ['another file under its name', (path: string) => renameSync(put('next'), path)],
  ['the same file, from its beginning', (path: string) => void writeFileSync(path, header)],
])('a ring that writes over its oldest file, as %s: the old one is gone, a new one begins', async (_, overwrite) => {
  const first = put('a1', Buffer.concat([header, new Uint8Array(100)]));
  put('a2');
  const changes = await watch();
  changes.length = 0;
  overwrite(first);
  await until(() => expect(changes).toContainEqual({ kind: 'file', path: first }));
  expect(changes.slice(-2)).toEqual([{ kind: 'deleted', path: first }, { kind: 'file', path: first }]);
});

test('watching ends when it is asked to, or the folder is gone', async () => {
  put('a1');
  await watch();
  capture?.stop();
  await capture?.ended;
  expect(capture?.status.state).toBe('stopped');
  await watch();
  rmSync(folder, { recursive: true });
  await capture?.ended;
  expect(capture?.status.state).toBe('failed');
});

test('a folder without captures is refused', async () => {
  put('notes.txt', 'no packets at all');
  await expect(watchRingFolder(folder, 'id')).rejects.toMatchObject({ code: 'not-found' });
});
