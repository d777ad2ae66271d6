/** Captures for real, by the helper on a veth pair in a network namespace of the test's own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundleEntry } from '../../../scripts/bundle-entry.test-helper.ts';
import type { LiveOptions } from '../../../shared/ipc/capture-contract.ts';
import { applyChange, LiveFeed } from '../../engine/live-feed.ts';
import { CaptureSession } from '../../engine/session.ts';
import type { LiveCapture } from './live-capture.ts';
import { LiveCaptures } from './live-captures.ts';
import { device, filter, makeNetwork, missing, payloadOffset, type TestNetwork } from './network.test-helper.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const reason = missing();
if (reason !== null) process.stderr.write(`Captures for real are left out: ${reason}.\n`);

let network: TestNetwork;
let live: LiveCaptures;
const captures: LiveCapture[] = [];
const sessions: CaptureSession[] = [];

/** A process that was killed has an owner's rights until it is gone. */
async function killed(host: ChildProcess): Promise<void> {
  const gone = once(host, 'exit');
  host.kill('SIGKILL');
  await gone;
}

function options(changes: Partial<LiveOptions> = {}, name = device): LiveOptions {
  return {
    interfaces: [{ name, promiscuous: true, monitor: false, snaplen: 0, bufferKib: null, linkType: null, timestampType: null, precision: 'auto', filter }],
    file: null,
    autostop: { packets: null, bytes: null, seconds: null, files: null },
    rotate: { bytes: null, seconds: null, packets: null, ring: null },
    excludeOwnSsh: false,
    ...changes,
  };
}

async function start(changes: Partial<LiveOptions> = {}, name = device): Promise<LiveCapture> {
  const capture = await live.start(options(changes, name));
  captures.push(capture);
  return capture;
}

async function show(capture: LiveCapture): Promise<CaptureSession> {
  const feed = new LiveFeed(capture.firstFile);
  const session = await CaptureSession.open(capture.firstFile, { verifyChecksums: false, live: feed });
  capture.follow((change) => applyChange(feed, change));
  sessions.push(session);
  return session;
}

/** Numbers that the sender put into the packets, in the order of the list. */
function numbers(session: CaptureSession, from = 0): number[] {
  return Array.from({ length: session.packetCount - from }, (_, index) => {
    const { payload } = session.readPacket(from + index + 1);
    return Buffer.from(payload).readUInt32BE(payloadOffset);
  });
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe.skipIf(reason !== null)('for real', () => {
  beforeEach(() => {
    network = makeNetwork();
    live = new LiveCaptures({ configFolder: network.configFolder, captureFolder: network.captureFolder });
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.close();
    for (const capture of captures.splice(0)) {
      capture.stop();
      if (capture.isRunning) await capture.ended;
    }
    live.close();
    network.remove();
  });

  test('every packet that was sent is in the list while it is captured, and in the file', async () => {
    const capture = await start();
    const session = await show(capture);
    await network.send(3000);
    await until(() => expect(session.packetCount).toBe(3000));
    await until(() => expect(session.describe().progress).toMatchObject({ state: 'capturing', finalPackets: 3000 }));
    expect(numbers(session)).toEqual(upTo(3000));
    capture.stop();
    await session.finished;
    expect(capture.status).toMatchObject({ state: 'stopped', received: 3000, written: 3000, droppedByKernel: 0 });
    expect(session.describe().counts).toMatchObject({ received: 3000, written: 3000, droppedByKernel: 0 });
    expect(session.problems).toEqual([]);
  });

  test('a ring keeps its last files; the packets of the others say that they are gone', async () => {
    const capture = await start({ rotate: { bytes: null, seconds: null, packets: 100, ring: 3 } });
    const session = await show(capture);
    // Slowly enough that files are read before the ring deletes them.
    await network.send(1000, 60);
    await until(() => expect(session.packetCount).toBe(1000));
    capture.stop();
    await session.finished;
    const gone = session.describe().progress.gonePackets ?? 0;
    expect(gone).toBeGreaterThanOrEqual(600);
    expect(numbers(session, gone)).toEqual(upTo(1000).slice(gone));
    expect(session.readRows(0, gone - 1, 2).rows.map(({ info }) => info.startsWith('No longer available'))).toEqual([true, false]);
  });

  test('an interface that vanishes ends the capture with one message, and what came stays', async () => {
    const capture = await start();
    const session = await show(capture);
    await network.send(200);
    await until(() => expect(session.packetCount).toBe(200));
    network.removeDevice();
    await capture.ended;
    await session.finished;
    expect(capture.status).toMatchObject({ state: 'failed', problems: [{ code: 'interface-gone', fatal: true }] });
    expect(numbers(session)).toEqual(upTo(200));
  });

  test('what the helper refuses is told before anything is opened', async () => {
    await expect(live.start(options({}, 'nosuch0'))).rejects.toMatchObject({ detail: 'no-such-interface' });
    const wrong = options();
    await expect(live.start({ ...wrong, interfaces: [{ ...wrong.interfaces[0]!, filter: 'tcp prt 80' }] })).rejects.toMatchObject({ detail: 'bad-filter' });
    expect(await live.checkFilter('tcp prt 80', 1, 0)).toMatchObject({ ok: false, token: 'prt', at: 4 });
  });

  test('loopback is captured, too, and its activity is seen without capturing', async () => {
    const seen: number[] = [];
    const end = live.watch([device, 'lo'], ({ counters }) => seen.push(counters.find(({ name }) => name === device)?.packets ?? 0));
    const capture = await start({ autostop: { packets: null, bytes: null, seconds: 1, files: null } }, 'lo');
    await until(() => expect(seen.length).toBeGreaterThan(0));
    await network.send(400);
    await until(() => expect(seen.at(-1)).toBeGreaterThanOrEqual(300));
    await capture.ended;
    expect(capture.status).toMatchObject({ state: 'stopped', written: 0 });
    end();
  });

  describe('killed', () => {
    let bundle: Awaited<ReturnType<typeof bundleEntry>>;
    let host: ChildProcess;
    let said = '';

    beforeEach(async () => {
      bundle = await bundleEntry(fileURLToPath(new URL('./live-host.test-helper.ts', import.meta.url)));
      said = '';
      host = spawn(process.execPath, [bundle.path, network.configFolder, network.captureFolder, device, filter], { stdio: ['ignore', 'pipe', 'inherit'] });
      host.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
      await until(() => expect(said).toMatch(/^[0-9a-f]{32} capturing\n/));
    });
    afterEach(async () => {
      host.kill('SIGKILL');
      await bundle.remove();
    });

    test('-9, host and engine lose nothing: the next start attaches to the helper, which never stopped', async () => {
      const sending = network.send(4000, 5);
      await until(() => expect(said).toMatch(/packets \d{2,}/));
      await killed(host);
      const { running } = await live.orphans();
      expect(running).toMatchObject([{ id: said.slice(0, 32), interfaces: [device] }]);
      const capture = await live.adopt(running[0]!.id);
      captures.push(capture);
      const session = await show(capture);
      await sending;
      await until(() => expect(session.packetCount).toBe(4000));
      capture.stop();
      await session.finished;
      expect(numbers(session)).toEqual(upTo(4000));
      expect(capture.status).toMatchObject({ state: 'stopped', written: 4000 });
    });

    test('-9, host and helper leave a file that is offered, and opens without damage', async () => {
      await network.send(500);
      await until(() => expect(said).toMatch(/packets 500/));
      await killed(host);
      const running = (await live.orphans()).running[0]!;
      const attached = await live.adopt(running.id);
      captures.push(attached);
      const { pid } = (await import('../../../native/capture.ts').then(({ findRunningCaptures }) => findRunningCaptures()))[0]!;
      process.kill(pid, 'SIGKILL');
      await attached.ended;
      expect(attached.status.state).toBe('failed');
      const again = new LiveCaptures({ configFolder: network.configFolder, captureFolder: network.captureFolder });
      const { files } = await vi.waitFor(async () => {
        const found = await again.orphans();
        expect(found.files).toHaveLength(1);
        return found;
      }, { timeout: 5000 });
      const session = await show(await again.adopt(files[0]!.id));
      await session.finished;
      expect(session.problems).toEqual([]);
      expect(numbers(session)).toEqual(upTo(500));
    });
  });
});
