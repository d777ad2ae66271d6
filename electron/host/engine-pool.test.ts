import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Channel } from '../../shared/ipc/channel.ts';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { engineContract } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { controlContract } from '../engine/control-contract.ts';
import { fakePackets, fatalPackets } from '../engine/fake-session.test-helper.ts';
import { bundleEntry, type TestBundle } from '../../scripts/bundle-entry.test-helper.ts';
import { startChildEngine } from './child-engine.ts';
import { EnginePool, type EnginePoolOptions, type EngineStop, type OpenCapture } from './engine-pool.ts';
import { exitReason, type EngineExit, type EngineProcess } from './engine-process.ts';

/** Real processes on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
const patience = { timeout: 20_000, interval: 5 };

const settings = { verifyChecksums: false };
let bundle: TestBundle;
let pool: EnginePool<Channel> | null = null;
let started: EngineProcess<Channel>[] = [];
let exits = 0;

beforeAll(async () => {
  bundle = await bundleEntry(fileURLToPath(new URL('../engine/fake-engine.test-helper.ts', import.meta.url)));
});
afterAll(() => bundle.remove());
afterEach(() => {
  pool?.close();
  started = [];
  exits = 0;
});

function makePool(options: Partial<EnginePoolOptions<Channel>> = {}): EnginePool<Channel> {
  const start = (): EngineProcess<Channel> => {
    const engine = startChildEngine(bundle.path);
    const watched = {
      ...engine,
      onExit: (handler: (exit: EngineExit) => void) =>
        engine.onExit((exit) => {
          exits += 1;
          handler(exit);
        }),
    };
    started.push(watched);
    return watched;
  };
  pool = new EnginePool({ start, ...options });
  return pool;
}

function connect(capture: OpenCapture<Channel>): Client<typeof engineContract> {
  const [window, engineEnd] = memoryChannelPair();
  expect(capture.connectWindow(engineEnd)).toBe(true);
  return createClient(engineContract, window, { checkReplies: true });
}

async function processOf(client: Client<typeof engineContract>): Promise<string> {
  return (await client.call('capture.describe', {})).comments[0]!;
}

/** Opens a capture and gives the next stop that is told. */
async function openWatched(watched: EnginePool<Channel>): Promise<{ capture: OpenCapture<Channel>; nextStop: () => Promise<EngineStop>; stops: EngineStop[] }> {
  const stops: EngineStop[] = [];
  const capture = await watched.open({ path: 'a.pcap', name: 'a.pcap', settings }, (stop) => stops.push(stop));
  const nextStop = async (): Promise<EngineStop> => {
    await vi.waitUntil(() => stops.length > 0, patience);
    return stops.shift()!;
  };
  return { capture, nextStop, stops };
}

test('a capture is served by an engine of its own, under the name it was given', async () => {
  const watched = makePool();
  const first = await watched.open({ path: 'folder/a.pcap', name: 'first', settings }, () => undefined);
  const second = await watched.open({ path: 'folder/b.pcap', name: 'second', settings }, () => undefined);
  expect(first.captureId).not.toBe(second.captureId);
  expect(await processOf(connect(first))).not.toBe(await processOf(connect(second)));
  expect((await connect(second).call('capture.describe', {})).name).toBe('second');
  expect((await connect(first).call('rows.read', { view: 0, from: fakePackets - 2, count: 10 })).rows).toHaveLength(2);
});

test('a spare engine waits before anything is opened, and another one after', async () => {
  const watched = makePool({ spareDelayMs: 1 });
  expect(started).toHaveLength(1);
  await watched.open({ path: 'a.pcap', name: 'a', settings }, () => undefined);
  await vi.waitUntil(() => started.length === 2, patience);
});

test.each([
  ['ends', fatalPackets.exit, 'it ended with status 7'],
  ['hangs', fatalPackets.hang, 'it did not answer any more'],
])('an engine that %s is told of, and the capture is open again', async (_title, packet, cause) => {
  const { capture, nextStop } = await openWatched(makePool());
  const before = connect(capture);
  const processBefore = await processOf(before);
  await expect(before.call('packet.read', { number: packet })).rejects.toMatchObject({ code: 'disconnected' });
  const stop = await nextStop();
  expect(stop).toEqual({ captureId: capture.captureId, restarted: true, reason: `The process that reads "a.pcap" stopped: ${cause}.` });
  const after = connect(capture);
  expect(await processOf(after)).not.toBe(processBefore);
  expect((await after.call('rows.read', { view: 0, from: 0, count: 1 })).rows[0]!.info).toBe('packet 1');
});

test('a capture that keeps killing its engine is given up after some restarts', async () => {
  const { capture, nextStop } = await openWatched(makePool({ restarts: { count: 2, withinMs: 60_000 } }));
  const outcomes: boolean[] = [];
  for (let death = 0; death < 3; death += 1) {
    connect(capture).call('packet.read', { number: fatalPackets.exit }).catch(() => undefined);
    outcomes.push((await nextStop()).restarted);
  }
  expect(outcomes).toEqual([true, true, false]);
  expect(capture.connectWindow(memoryChannelPair()[0])).toBe(false);
});

test('reopening reads the capture in another engine with other settings, which it keeps, and tells of no stop', async () => {
  const { capture, stops } = await openWatched(makePool());
  const before = connect(capture);
  const processBefore = await processOf(before);
  await capture.reopen({ verifyChecksums: true });
  const after = connect(capture);
  expect(await processOf(after)).not.toBe(processBefore);
  expect((await after.call('capture.describe', {})).settings).toEqual({ verifyChecksums: true });
  await expect(after.call('packet.read', { number: fatalPackets.exit })).rejects.toMatchObject({ code: 'disconnected' });
  await vi.waitUntil(() => stops.length > 0, patience);
  expect(stops).toMatchObject([{ restarted: true }]);
  expect((await connect(capture).call('capture.describe', {})).settings).toEqual({ verifyChecksums: true });
});

test('a bug in one call costs that call only', async () => {
  const { capture, stops } = await openWatched(makePool());
  const client = connect(capture);
  await expect(client.call('packet.read', { number: fatalPackets.throws })).rejects.toMatchObject({ code: 'internal' });
  expect((await client.callWithPayload('packet.read', { number: 1 })).payload).toEqual(new Uint8Array([1, 2, 3]));
  expect(stops).toEqual([]);
});

test('a file that the engine refuses is refused with its words', async () => {
  await expect(makePool().open({ path: 'refused.pcap', name: 'x', settings }, () => undefined)).rejects.toMatchObject({ code: 'failed', message: 'The file is refused.' });
});

test('a file that kills its engine while it is opened is refused, without a restart', async () => {
  const watched = makePool({ spareDelayMs: 60_000 });
  const stops: EngineStop[] = [];
  await expect(watched.open({ path: 'deadly.pcap', name: 'deadly.pcap', settings }, (stop) => stops.push(stop))).rejects.toMatchObject({
    code: 'failed',
    message: '"deadly.pcap" could not be opened: the process that reads it stopped, because it ended with status 9.',
  });
  expect(stops).toEqual([]);
  expect(started).toHaveLength(1);
});

test('a spare that died is replaced when it is needed', async () => {
  const watched = makePool();
  started[0]!.kill();
  await vi.waitUntil(() => exits === 1, patience);
  const capture = await watched.open({ path: 'a.pcap', name: 'a', settings }, () => undefined);
  expect((await connect(capture).call('capture.describe', {})).name).toBe('a');
});

test('closing a capture ends its engine and tells nothing', async () => {
  const { capture, stops } = await openWatched(makePool({ spareDelayMs: 60_000 }));
  const client = connect(capture);
  await client.call('capture.describe', {});
  capture.close();
  await client.closed;
  expect(stops).toEqual([]);
  expect(capture.connectWindow(memoryChannelPair()[0])).toBe(false);
});

// Elsewhere a process's time is not to be had of the system without a program for it (cpuMs is null).
test.runIf(process.platform === 'linux')('an engine tells what processor time it has used', async () => {
  const watched = makePool();
  connect(await watched.open({ path: 'a.pcap', name: 'a', settings }, () => undefined)).call('packet.read', { number: fatalPackets.hang }).catch(() => undefined);
  const cpuMs = started[0]!.cpuMs()!;
  await vi.waitUntil(() => started[0]!.cpuMs()! >= cpuMs + 100, patience);
});

test('standard input goes to an engine of its own, which none replaces: it does not come again', async () => {
  const stops: EngineStop[] = [];
  let withInput = 0;
  const watched = makePool({
    startWithInput: () => {
      withInput += 1;
      return startChildEngine(bundle.path, { hasInput: true });
    },
  });
  const client = connect(await watched.open({ path: '-', name: 'standard input', settings }, (stop) => stops.push(stop)));
  client.call('packet.read', { number: fatalPackets.exit }).catch(() => undefined);
  await vi.waitUntil(() => stops.length > 0, patience);
  expect(stops[0]).toMatchObject({ restarted: false });
  expect(withInput).toBe(1);
});

test('a pipe with a name is neither read again nor opened anew', async () => {
  const stops: EngineStop[] = [];
  const capture = await makePool().open({ path: 'a.fifo', name: 'a.fifo', isPipe: true, settings }, (stop) => stops.push(stop));
  await expect(capture.reopen({ verifyChecksums: true })).rejects.toThrow('What came through a pipe cannot be read again');
  const client = connect(capture);
  expect((await client.call('capture.describe', {})).settings).toEqual({ verifyChecksums: false });
  client.call('packet.read', { number: fatalPackets.exit }).catch(() => undefined);
  await vi.waitUntil(() => stops.length > 0, patience);
  expect(stops).toMatchObject([{ restarted: false }]);
});

test('a host that cannot hand its input on says so', async () => {
  await expect(makePool().open({ path: '-', name: 'standard input', settings }, () => undefined)).rejects.toThrow('Standard input cannot be read here: save it to a file and open that.');
});

test('an engine that loses its host ends', async () => {
  const engine = startChildEngine(bundle.path);
  const exit = new Promise<EngineExit>((resolve) => engine.onExit(resolve));
  engine.control.close();
  expect(await exit).toEqual({ reason: 'it ended with status 0' });
});

test.each([
  [134, null, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'it ran out of memory'],
  [null, 'SIGKILL', '', 'it was ended by SIGKILL'],
  [3, null, 'whatever', 'it ended with status 3'],
])('status %s, signal %s: the reason is one clause', (code, signal, errorOutput, reason) => {
  expect(exitReason(code, signal, errorOutput)).toBe(reason);
});

// Only /proc tells that a process is dead before its parent has taken notice.
test.runIf(process.platform === 'linux')('an engine that died is no less dead for what is sent to it: its end has the reason', async () => {
  const engine = startChildEngine(bundle.path);
  const client = createClient(controlContract, engine.control, { checkReplies: true });
  await client.call('engine.ping', {});
  const reason = new Promise<string>((resolve) => engine.onExit((exit) => resolve(exit.reason)));
  const pid = execFileSync('pgrep', ['-n', '-P', String(process.pid), '-f', bundle.path], { encoding: 'utf8' }).trim();
  engine.kill();
  // Without a turn of the event loop, in which its end would be noticed.
  while (/^State:\s+[^Z]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
  client.call('engine.ping', {}).catch(() => undefined);
  expect(await reason).toBe('it was ended by SIGKILL');
});
