/** The two ways without a helper: the addon, and the package cap. Both capture on this machine's loopback. */
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { captureWithAddon, loadAddon } from './addon.ts';
import { capCapture, capInterfaces, loadCap } from './cap-fallback.ts';
import { backend, checkFilter, listInterfaces, startCapture } from './capture.ts';
import { captureArguments } from './helper-arguments.ts';
import { readCapture, upTo } from './network.test-helper.ts';

const mayCapture = process.platform === 'linux' && process.getuid?.() === 0;
const addon = loadAddon();
const cap = loadCap();
const addonMissing = addon === null ? 'the addon is not built' : mayCapture ? null : 'capturing needs root';
const capMissing = cap === null ? 'the package cap is not installed (it needs libpcap\'s headers)' : mayCapture ? null : 'capturing needs root';
for (const [what, why] of [['addon', addonMissing], ['cap', capMissing]]) if (why !== null) process.stderr.write(`native/in-process.test.ts: ${what} skipped: ${why}\n`);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-in-process-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Sends numbered datagrams to itself on the loopback, each when the one before has arrived: no buffer is tried. */
async function exchange(count: number, use: (port: number) => Promise<{ readonly done: () => Promise<void> }>): Promise<void> {
  const receiver = createSocket('udp4');
  await new Promise<void>((resolve) => receiver.bind(0, '127.0.0.1', resolve));
  const { port } = receiver.address();
  const { done } = await use(port);
  let next = 0;
  await new Promise<void>((resolve) => {
    const sendNext = (): void => receiver.send(`packet ${next++}`, port, '127.0.0.1');
    receiver.on('message', () => (next < count ? sendNext() : resolve()));
    sendNext();
  });
  await done();
  receiver.close();
}

/** Loopback frames: Ethernet 14, IPv4 20, UDP 8. */
const textsIn = (file: string): readonly string[] => readCapture(file).packets.map(({ data }) => Buffer.from(data.subarray(42)).toString());

describe.skipIf(addonMissing !== null)('the addon', () => {
  const withoutHelper = (): void => void vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', '/nonexistent');

  test('serves in the helper\'s place and says what that means', async () => {
    withoutHelper();
    expect(backend()).toMatchObject({ kind: 'addon', version: expect.stringMatching(/^\d+\.\d+/), missing: null, limits: [expect.stringContaining('ends when the program ends')] });
    expect((await listInterfaces()).map(({ name }) => name)).toContain('lo');
    expect(await checkFilter('udp porrt', 1, 0)).toMatchObject({ ok: false, token: 'porrt', at: 4 });
  });

  test('captures what passes', async () => {
    withoutHelper();
    await exchange(1000, async (port) => {
      const capture = await startCapture({ interfaces: [{ name: 'lo', filter: `udp port ${port}` }], file: join(folder, 'addon.pcapng') });
      return { done: async () => expect(await capture.stop()).toMatchObject({ reason: 'request', written: 1000, droppedByKernel: 0 }) };
    });
    expect(textsIn(join(folder, 'addon.pcapng'))).toEqual(upTo(1000).map((number) => `packet ${number}`));
  });

  test('tells why it does not start', async () => {
    withoutHelper();
    await expect(startCapture({ interfaces: [{ name: 'nowhere' }], file: join(folder, 'never') })).rejects.toMatchObject({ code: 'no-such-interface' });
  });

  test('a hundred starts and stops', async () => {
    for (let round = 0; round < 10; round++) {
      const captures = await Promise.all(upTo(10).map((index) => captureWithAddon(addon!, captureArguments({ interfaces: [{ name: 'lo', bufferKib: 1024 }], file: join(folder, `addon-${index}`) }, null))));
      const reasons = await Promise.all(captures.map(async (capture) => (await capture.stop()).reason));
      expect(new Set(reasons)).toEqual(new Set(['request']));
    }
  });
});

describe.skipIf(capMissing !== null)('the package cap', () => {
  test('captures 1,000 packets and admits what it cannot tell', async () => {
    await exchange(1000, async (port) => {
      const capture = await capCapture(cap!, { interfaces: [{ name: 'lo', filter: `udp port ${port}` }], file: join(folder, 'cap.pcapng'), stopAfter: { packets: 1000 } });
      return { done: async () => expect(await capture.stopped).toMatchObject({ reason: 'packets', received: 1000, written: 1000, droppedByKernel: null, droppedByInterface: null }) };
    });
    expect(textsIn(join(folder, 'cap.pcapng'))).toEqual(upTo(1000).map((number) => `packet ${number}`));
  });

  test('lists interfaces and refuses what it cannot do', () => {
    expect(capInterfaces(cap!).find(({ name }) => name === 'lo')).toMatchObject({ isLoopback: true, isUp: true });
    const open = (options: object) => () => capCapture(cap!, { interfaces: [{ name: 'lo' }], file: join(folder, 'never'), ...options });
    expect(open({ interfaces: [{ name: 'lo' }, { name: 'any' }] })).toThrow(/one interface/);
    expect(open({ interfaces: [{ name: 'nowhere' }] })).toThrow(/could not capture on nowhere/);
    expect(open({ file: '/nonexistent/a' })).toThrow(/cannot be written/);
  });
});
