/** Live captures as a window has them: over the contract, with engines in processes of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { bundleEntry, type TestBundle } from '../../../scripts/bundle-entry.test-helper.ts';
import type { LiveOptions, LiveStatus } from '../../../shared/ipc/capture-contract.ts';
import type { Channel } from '../../../shared/ipc/channel.ts';
import { createClient, type Client } from '../../../shared/ipc/client.ts';
import { engineContract, shellContract } from '../../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../../shared/ipc/memory-channel.ts';
import { createServer } from '../../../shared/ipc/peer.ts';
import { startChildEngine } from '../child-engine.ts';
import { EnginePool } from '../engine-pool.ts';
import type { EngineProcess } from '../engine-process.ts';
import { RecentFiles } from '../recent-files.ts';
import { Samples } from '../samples.ts';
import { WindowShell } from '../window-shell.ts';
import { installFakeHelper, type FakeHelper } from './fake-helper.test-helper.ts';
import { LiveCaptures } from './live-captures.ts';

/** Real processes on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let helper: FakeHelper;
let bundle: TestBundle;
let engines: EngineProcess<Channel>[];
let pool: EnginePool<Channel>;
let live: LiveCaptures;
let shells: WindowShell<Channel>[];

const options: LiveOptions = {
  interfaces: [{ name: 'fake0', promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter: '' }],
  file: null,
  autostop: { packets: null, bytes: null, seconds: null, files: null },
  rotate: { bytes: null, seconds: null, packets: null, ring: null },
  excludeOwnSsh: false,
};

beforeAll(async () => {
  helper = await installFakeHelper();
  bundle = await bundleEntry(fileURLToPath(new URL('../../engine/engine.ts', import.meta.url)));
});
afterAll(async () => {
  await bundle.remove();
  await helper.remove();
});
beforeEach(() => {
  helper.freshFolders();
  engines = [];
  shells = [];
  const start = (): EngineProcess<Channel> => {
    const engine = startChildEngine(bundle.path);
    engines.push(engine);
    return engine;
  };
  pool = new EnginePool({ start, spareDelayMs: 0 });
  live = new LiveCaptures({ configFolder: helper.configFolder, captureFolder: helper.captureFolder, environment: {} });
});
afterEach(async () => {
  for (const shell of shells) shell.close();
  for (const { id } of (await live.orphans()).running) await live.discard(id);
  live.close();
  pool.close();
});

function openWindow(): { readonly window: Client<typeof shellContract>; readonly shell: WindowShell<Channel> } {
  const services = { host: 'web' as const, version: '0', pool, live, recentFiles: new RecentFiles(helper.configFolder), samples: new Samples(helper.folder) };
  const shell = new WindowShell<Channel>(services);
  shells.push(shell);
  const [windowEnd, hostEnd] = memoryChannelPair();
  createServer(shellContract, shell.handlers, hostEnd);
  return { window: createClient(shellContract, windowEnd, { checkReplies: true }), shell };
}

function connectEngine(shell: WindowShell<Channel>, captureId: string): Client<typeof engineContract> {
  const [windowEnd, engineEnd] = memoryChannelPair();
  expect(shell.connectEngine(captureId, engineEnd)).toBe(true);
  return createClient(engineContract, windowEnd, { checkReplies: true });
}

function followStatus(window: Client<typeof shellContract>, captureId: string): { latest: LiveStatus | null } {
  const followed: { latest: LiveStatus | null } = { latest: null };
  window.subscribe('live.status', { captureId }, (status) => void (followed.latest = status));
  return followed;
}

const packetsOf = async (engine: Client<typeof engineContract>): Promise<number> => (await engine.call('capture.describe', {})).progress.packets;

test('start, pause, go on, stop: the list and the counts are those of the capture', async () => {
  const { window, shell } = openWindow();
  const { opened } = await window.call('live.start', options);
  const engine = connectEngine(shell, opened.captureId);
  const status = followStatus(window, opened.captureId);
  await until(async () => expect(await packetsOf(engine)).toBeGreaterThan(10));
  expect((await engine.call('capture.describe', {})).progress.state).toBe('capturing');
  await window.call('live.pause', { captureId: opened.captureId });
  await until(() => expect(status.latest?.isShowing).toBe(false));
  const standing = await packetsOf(engine);
  const written = status.latest?.written ?? 0;
  await until(() => expect(status.latest?.written).toBeGreaterThan(written + 20));
  expect(await packetsOf(engine)).toBeLessThan(standing + 20);
  await window.call('live.resume', { captureId: opened.captureId });
  await until(async () => expect(await packetsOf(engine)).toBeGreaterThan(written + 20));
  await window.call('live.stop', { captureId: opened.captureId });
  await until(async () => expect((await engine.call('capture.describe', {})).progress.state).toBe('done'));
  expect(status.latest).toMatchObject({ state: 'stopped', droppedByKernel: 2, droppedByInterface: null });
  expect(await packetsOf(engine)).toBe(status.latest?.written);
  expect((await engine.call('capture.describe', {})).counts).toMatchObject({ written: status.latest?.written, droppedByKernel: 2, droppedByInterface: null });
  await until(async () => expect((await window.call('shell.recent', {})).files.map(({ name }) => name)).toEqual([opened.name]));
});

test('an engine that is killed is replaced, and the list has every packet again', async () => {
  const { window, shell } = openWindow();
  const { opened } = await window.call('live.start', options);
  const first = connectEngine(shell, opened.captureId);
  await until(async () => expect(await packetsOf(first)).toBeGreaterThan(10));
  const stopped = new Promise<boolean>((resolve) => window.subscribe('shell.engineStopped', {}, ({ restarted }) => resolve(restarted)));
  // The first one that was started waited for this capture.
  engines[0]!.kill();
  expect(await stopped).toBe(true);
  const again = connectEngine(shell, opened.captureId);
  const status = followStatus(window, opened.captureId);
  await window.call('live.stop', { captureId: opened.captureId });
  await until(async () => expect((await again.call('capture.describe', {})).progress.state).toBe('done'));
  expect(await packetsOf(again)).toBe(status.latest?.written);
});

test('restart shows another file in the same window', async () => {
  const { window, shell } = openWindow();
  const { opened: first } = await window.call('live.start', options);
  const { opened: second } = await window.call('live.restart', { captureId: first.captureId });
  expect(second.captureId).not.toBe(first.captureId);
  expect(second.name).not.toBe(first.name);
  await until(async () => expect(await packetsOf(connectEngine(shell, second.captureId))).toBeGreaterThan(0));
  await expect(window.call('live.stop', { captureId: first.captureId })).rejects.toMatchObject({ code: 'not-found' });
});

test('a capture outlives its window, and another window takes it over', async () => {
  const first = openWindow();
  await first.window.call('live.start', options);
  const second = openWindow();
  expect((await second.window.call('live.orphans', {})).running).toEqual([]);
  first.shell.close();
  const { running } = await second.window.call('live.orphans', {});
  const { opened } = await second.window.call('live.adopt', { id: running[0]!.id });
  const engine = connectEngine(second.shell, opened.captureId);
  await until(async () => expect(await packetsOf(engine)).toBeGreaterThan(5));
  expect((await second.window.call('live.orphans', {})).running).toEqual([]);
});

test('a folder that another program writes into is shown', async () => {
  const { window, shell } = openWindow();
  const folder = join(helper.folder, 'ring');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.pcap'), Uint8Array.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]));
  const { opened } = await window.call('live.folder', { path: folder });
  const engine = connectEngine(shell, opened!.captureId);
  expect((await engine.call('capture.describe', {})).name).toBe('ring');
  expect(followStatus(window, opened!.captureId).latest).toBe(null);
  await expect(window.call('live.folder', { path: null })).rejects.toMatchObject({ code: 'failed' });
});

test('what cannot start is refused in words, with the code of the helper, and the window keeps what it has', async () => {
  const { window, shell } = openWindow();
  const wrong = { ...options, interfaces: [{ ...options.interfaces[0]!, filter: 'nonsense' }] };
  await expect(window.call('live.start', wrong)).rejects.toMatchObject({ code: 'failed', detail: 'bad-filter' });
  expect(shell.capture).toBe(null);
  await expect(window.call('live.start', { ...options, interfaces: [] })).rejects.toMatchObject({ code: 'invalid-request' });
});
