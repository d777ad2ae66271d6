import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveOptions, LiveStatus } from '../../../shared/ipc/capture-contract.ts';
import { LiveFeed, applyChange } from '../../engine/live-feed.ts';
import { CaptureSession } from '../../engine/session.ts';
import { installFakeHelper, packetsBeforeEnding, type FakeHelper } from './fake-helper.test-helper.ts';
import type { LiveCapture } from './live-capture.ts';
import { LiveCaptures } from './live-captures.ts';

/** Real processes on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 10 });

let helper: FakeHelper;
let live: LiveCaptures;
/** Hosts that were killed in a test: what they started must not stay. */
let started: LiveCapture[] = [];
const sessions: CaptureSession[] = [];

beforeAll(async () => {
  helper = await installFakeHelper();
});
afterAll(() => helper.remove());
beforeEach(() => {
  helper.freshFolders();
  live = newHost();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  for (const capture of started.splice(0)) {
    capture.stop();
    if (capture.isRunning) await capture.ended;
  }
  live.close();
});

function newHost(environment: NodeJS.ProcessEnv = {}): LiveCaptures {
  return new LiveCaptures({ configFolder: helper.configFolder, captureFolder: helper.captureFolder, environment });
}

function options(name: string, changes: Partial<LiveOptions> = {}): LiveOptions {
  return {
    interfaces: [{ name, promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter: '' }],
    file: null,
    autostop: { packets: null, bytes: null, seconds: null, files: null },
    rotate: { bytes: null, seconds: null, packets: null, ring: null },
    excludeOwnSsh: false,
    ...changes,
  };
}

/** Some 200 ms a file: an engine on a busy machine reads each before the ring deletes it. */
const ring = { bytes: null, seconds: null, packets: 40, ring: 2 };

async function start(name: string, changes: Partial<LiveOptions> = {}): Promise<LiveCapture> {
  const capture = await live.start(options(name, changes));
  started.push(capture);
  return capture;
}

/** As an engine shows it. */
async function show(capture: LiveCapture): Promise<CaptureSession> {
  const feed = new LiveFeed(capture.firstFile);
  const session = await CaptureSession.open(capture.firstFile, { verifyChecksums: false, live: feed });
  capture.follow((change) => applyChange(feed, change));
  sessions.push(session);
  return session;
}

/** The host is gone, as by kill -9: what it knows is on disk only. */
function killHost(capture: LiveCapture): void {
  capture.detach();
  started = started.filter((each) => each !== capture);
  const registry = join(helper.configFolder, 'running-captures', `${capture.id}.json`);
  const entry = JSON.parse(readFileSync(registry, 'utf8')) as object;
  // A process that cannot be any more.
  writeFileSync(registry, JSON.stringify({ ...entry, owner: { pid: 4_194_303, startedAt: '1' } }));
  live = newHost();
}

describe('a capture', () => {
  test('is counted, written into the capture folder for its user alone, and ends when it is stopped', async () => {
    const capture = await start('fake0');
    const states = new Set<LiveStatus['state']>();
    capture.onStatus(({ state }) => states.add(state));
    await until(() => expect(capture.status.written).toBeGreaterThan(5));
    expect(capture.status).toMatchObject({ state: 'capturing', backend: 'helper', droppedByKernel: 2, droppedByInterface: null, files: 1, stopReason: null });
    expect(capture.status.interfaces).toMatchObject([{ name: 'fake0', linkTypeName: 'EN10MB', precision: 'nano', droppedByKernel: 2, droppedByInterface: null }]);
    expect(capture.name).toMatch(/^layerscope_fake0_\d{14}\.pcapng$/);
    expect(statSync(helper.captureFolder).mode & 0o777).toBe(0o700);
    capture.stop();
    await capture.ended;
    expect([...states]).toEqual(['capturing', 'stopping', 'stopped']);
    expect(capture.status).toMatchObject({ state: 'stopped', stopReason: 'You stopped it.' });
  });

  test('is shown by an engine packet for packet, and the engine is done when it has ended', async () => {
    const capture = await start('fake0');
    const session = await show(capture);
    await until(() => expect(session.packetCount).toBeGreaterThan(20));
    expect(session.describe().progress.state).toBe('capturing');
    capture.stop();
    await session.finished;
    expect(session.packetCount).toBe(capture.status.written);
    expect(session.describe()).toMatchObject({ counts: { written: capture.status.written, droppedByKernel: 2, droppedByInterface: null } });
    expect(session.problems).toEqual([]);
  });

  test('ends by itself with what was asked for', async () => {
    const capture = await start('fake0', { autostop: { packets: 12, bytes: null, seconds: null, files: null } });
    await capture.ended;
    expect(capture.status).toMatchObject({ state: 'stopped', written: 12, stopReason: 'It has the packets that were asked for.' });
  });

  test.each([
    ['gone0', 'interface-gone'],
    ['full0', 'disk-full'],
  ])('on %s fails with %s, and keeps what came', async (device, code) => {
    const capture = await start(device);
    const session = await show(capture);
    await capture.ended;
    await session.finished;
    expect(capture.status).toMatchObject({ state: 'failed', problems: [{ code, fatal: true }] });
    expect(session.packetCount).toBe(packetsBeforeEnding);
  });

  test('whose helper is killed says so, and keeps what was written', async () => {
    const capture = await start('dies0');
    const session = await show(capture);
    await session.finished;
    expect(capture.status.state).toBe('failed');
    expect(capture.status.problems.at(-1)?.fatal).toBe(true);
    expect(session.packetCount).toBe(packetsBeforeEnding);
  });

  test.each([
    ['none0', {}, 'no-such-interface', /no interface/],
    ['closed0', {}, 'no-permission', /may not/],
    ['fake0', { file: '/no/such/folder/a.pcapng' }, 'unwritable', /no folder/],
    ['fake0', { file: 'a.pcapng' }, 'unwritable', /absolute/],
    ['fake0', { rotate: { bytes: null, seconds: null, packets: null, ring: 3 } }, 'bad-options', /next one begins/],
  ])('on %s with %o is refused with %s', async (device, changes, detail, message) => {
    await expect(live.start(options(device, changes))).rejects.toMatchObject({ code: 'failed', detail, message: expect.stringMatching(message) as string });
    expect((await live.orphans()).running).toEqual([]);
  });

  test('never replaces a file that a window names', async () => {
    const file = join(helper.folder, 'precious.pcapng');
    writeFileSync(file, 'precious');
    await expect(live.start(options('fake0', { file }))).rejects.toMatchObject({ detail: 'unwritable' });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  test('paused goes on, while its engine stands still', async () => {
    const capture = await start('fake0');
    const session = await show(capture);
    await until(() => expect(session.packetCount).toBeGreaterThan(5));
    capture.show(false);
    expect(capture.status.isShowing).toBe(false);
    const { written } = capture.status;
    await until(() => expect(capture.status.written).toBeGreaterThan((written ?? 0) + 20));
    expect(session.packetCount).toBeLessThan(capture.status.written!);
    capture.stop();
    await session.finished;
    expect(session.packetCount).toBe(capture.status.written);
  });

  test('is restarted with its options into another file, and the first one stays', async () => {
    const file = join(helper.folder, 'again.pcapng');
    const first = await start('fake0', { file });
    await until(() => expect(first.status.written).toBeGreaterThan(0));
    const second = await live.restart(first);
    started.push(second);
    expect(first.status.state).toBe('stopped');
    expect(second.firstFile).toBe(join(helper.folder, 'again_2.pcapng'));
    expect(existsSync(file)).toBe(true);
  });

  test('into a ring tells of each file, and of each that is deleted', async () => {
    const capture = await start('fake0', { rotate: ring });
    const session = await show(capture);
    await until(() => expect(capture.status.deletedFiles).toBeGreaterThan(1));
    await until(() => expect(session.describe().progress.gonePackets).toBeGreaterThanOrEqual(80));
    capture.stop();
    await session.finished;
    expect(session.packetCount).toBe(capture.status.written);
    expect(session.problems.map(({ code }) => code)).toEqual(['ring-deleted']);
    expect(capture.keptFiles).toHaveLength(2);
    expect(capture.status.files).toBe(capture.status.deletedFiles + 2);
  });
});

describe('after the host was killed', () => {
  test('a running capture is listed and attached again, with nothing lost', async () => {
    const first = await start('fake0');
    await until(() => expect(first.status.written).toBeGreaterThan(3));
    killHost(first);
    const fromMs = performance.now();
    const { running, files } = await live.orphans();
    expect(performance.now() - fromMs).toBeLessThan(2000);
    expect(files).toEqual([]);
    expect(running).toMatchObject([{ id: first.id, name: first.name, interfaces: ['fake0'] }]);
    const again = await live.adopt(first.id);
    started.push(again);
    expect(again.status).toMatchObject({ state: 'attached', backend: 'helper' });
    expect((await newHost().orphans()).running).toEqual([]);
    const session = await show(again);
    again.stop();
    await session.finished;
    expect(session.packetCount).toBe(again.status.written);
    // No number is missing.
    expect(session.index.columns.timeSeconds(session.packetCount - 1) - session.index.columns.timeSeconds(0)).toBe(session.packetCount - 1);
  });

  test('a ring is attached again with the files that it has by then', async () => {
    const first = await start('fake0', { rotate: ring });
    await until(() => expect(first.status.files).toBeGreaterThan(1));
    killHost(first);
    await until(() => expect(readdirSync(helper.captureFolder).some((name) => name.includes('_00005_'))).toBe(true));
    const again = await live.adopt(first.id);
    started.push(again);
    expect(again.keptFiles.length).toBeGreaterThanOrEqual(2);
    const session = await show(again);
    await until(() => expect(session.packetCount).toBeGreaterThan(30));
    again.stop();
    await session.finished;
    expect(session.problems.filter(({ kind }) => kind !== 'odd')).toEqual([]);
  });

  test('the file of a capture whose helper was killed, too, is offered, and opened without its torn tail', async () => {
    const first = await start('dies0');
    killHost(first);
    const size = (): number => statSync(first.firstFile).size;
    await until(() => expect(size() % 4).toBe(2));
    const torn = size();
    await vi.waitFor(async () => expect((await live.orphans()).files).toHaveLength(1), { timeout: 15_000 });
    expect((await live.orphans()).files).toMatchObject([{ id: first.id, sizeBytes: torn, files: 1 }]);
    const opened = await live.adopt(first.id);
    expect(opened.status.state).toBe('stopped');
    expect(size()).toBe(torn - 50);
    const session = await show(opened);
    await session.finished;
    expect(session.packetCount).toBe(packetsBeforeEnding);
    expect(session.problems).toEqual([]);
    expect(await live.orphans()).toEqual({ running: [], files: [] });
  });

  test('what is discarded is stopped and deleted', async () => {
    const first = await start('fake0');
    killHost(first);
    await live.discard(first.id);
    expect(existsSync(first.firstFile)).toBe(false);
    expect(await live.orphans()).toEqual({ running: [], files: [] });
  });

  test('a capture that nobody registered is found by its control socket', async () => {
    const first = await start('fake0');
    killHost(first);
    writeFileSync(join(helper.configFolder, 'running-captures', `${first.id}.json`), '{');
    const { running } = await live.orphans();
    expect(running).toHaveLength(1);
    const again = await live.adopt(running[0]!.id);
    started.push(again);
    expect(again.keptFiles).toEqual([first.firstFile]);
  });

  test('a capture without its control socket is not taken for ended', async () => {
    const first = await start('fake0');
    killHost(first);
    const registry = join(helper.configFolder, 'running-captures', `${first.id}.json`);
    writeFileSync(registry, JSON.stringify({ ...(JSON.parse(readFileSync(registry, 'utf8')) as object), controlSocket: '/no/such.sock' }));
    expect((await live.orphans()).files).toEqual([]);
    const again = await live.adopt(first.id);
    again.stop();
    await again.ended;
    expect(again.status.state).toBe('stopped');
  });
});

describe('windows', () => {
  test('a capture that its last window let go goes on, is listed, and can be shown again', async () => {
    const capture = await start('fake0');
    const letGo = live.show(capture);
    expect((await live.orphans()).running).toEqual([]);
    letGo();
    expect((await live.orphans()).running).toMatchObject([{ id: capture.id }]);
    expect(await live.adopt(capture.id)).toBe(capture);
    expect(capture.status.state).toBe('capturing');
  });

  test('a capture that ended before its window is forgotten; without one its file is offered', async () => {
    const seen = await start('fake0');
    live.show(seen);
    const unseen = await start('fake0');
    for (const capture of [seen, unseen]) capture.stop();
    await Promise.all([seen.ended, unseen.ended]);
    await vi.waitFor(async () => expect((await live.orphans()).files.map(({ id }) => id)).toEqual([unseen.id]), { timeout: 10_000 });
  });
});

describe('before a capture', () => {
  test('interfaces come with what captures and what stands in the way', async () => {
    expect(await live.interfaces()).toMatchObject({ backend: { kind: 'helper', version: 'made up 1.0', missing: null }, permission: null, interfaces: [{ name: 'fake0' }] });
    vi.stubEnv('FAKE_MAY_CAPTURE', 'no');
    expect((await live.interfaces()).permission?.message).toMatch(/.+/);
    vi.unstubAllEnvs();
  });

  test('without anything that captures there is a sentence, and no list', async () => {
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', join(helper.folder, 'missing'));
    const { backend, interfaces } = await live.interfaces();
    if (backend.kind === 'none') expect({ interfaces, missing: backend.missing }).toMatchObject({ interfaces: [], missing: expect.stringMatching(/.+/) as string });
    vi.unstubAllEnvs();
  });

  test('a filter is checked, and its wrong word is told', async () => {
    expect(await live.checkFilter('tcp', 1, 0)).toEqual({ ok: true, message: null, token: null, at: null });
    expect(await live.checkFilter('nonsense', 1, 0)).toEqual({ ok: false, message: 'syntax error', token: 'nonsense', at: 0 });
  });

  test('activity is counted from the subscription on, by one process for all', async () => {
    const first: number[] = [];
    const second: number[] = [];
    const endFirst = live.watch(['fake0'], ({ counters }) => first.push(counters[0]?.packets ?? -1));
    await until(() => expect(first.at(-1)).toBeGreaterThan(5));
    const endSecond = live.watch(['fake0', 'fake1'], ({ counters }) => second.push(counters.length));
    await until(() => expect(second.length).toBeGreaterThan(3));
    expect(second.every((count) => count === 2)).toBe(true);
    expect(first[0]).toBe(0);
    expect(first).toEqual([...first].sort((left, right) => left - right));
    endFirst();
    endSecond();
    const { length } = first;
    live.close();
    expect(first).toHaveLength(length);
  });

  test('the own SSH connection is left out on request, and kept out of the recent filters', async () => {
    live = newHost({ SSH_CONNECTION: '198.51.100.7 51000 192.0.2.9 22' });
    expect((await live.settings()).ownSshFilter).toBe('not (tcp and host 198.51.100.7 and port 51000 and host 192.0.2.9 and port 22)');
    const capture = await live.start({ ...options('fake0'), excludeOwnSsh: true });
    started.push(capture);
    expect((await live.settings()).recentFilters).toEqual([]);
  });

  test('filters that were used or saved are kept, the last ones first', async () => {
    mkdirSync(helper.configFolder, { recursive: true });
    for (const filter of ['tcp', 'udp', 'tcp']) {
      const chosen = { ...options('fake0').interfaces[0]!, filter };
      started.push(await live.start({ ...options('fake0'), interfaces: [chosen] }));
    }
    await vi.waitFor(async () => expect((await live.settings()).recentFilters).toEqual(['tcp', 'udp']), { timeout: 5000 });
    await live.saveFilter({ name: 'Mine', filter: 'port 9' });
    await live.saveFilter({ name: 'Mine', filter: 'port 10' });
    expect((await newHost().settings()).savedFilters.filter(({ name }) => name === 'Mine')).toEqual([{ name: 'Mine', filter: 'port 10' }]);
    expect((await live.removeFilter('Mine')).savedFilters.some(({ name }) => name === 'Mine')).toBe(false);
  });
});
