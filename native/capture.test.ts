/** Captures for real: the helper in a network namespace, packets from a sender whose every byte is known. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { attachCapture, type CaptureEvent, type CaptureOptions, checkFilter, findRunningCaptures, listInterfaces, type RunningCapture, startCapture, type WatchCounters, watchInterfaces } from './capture.ts';
import { captureTestsMissing, isRunning, numbersIn, readCapture, smallDiskBytes, TestNetwork, until, upTo } from './network.test-helper.ts';

const missing = captureTestsMissing();
if (missing !== null) process.stderr.write(`native/capture.test.ts: skipped: ${missing}\n`);

describe.skipIf(missing !== null)('a capture by the helper', () => {
  let network: TestNetwork;
  const running = new Set<RunningCapture>();

  beforeAll(async () => {
    network = await TestNetwork.create();
  });
  afterAll(async () => {
    await network.close();
  });
  afterEach(async () => {
    await Promise.all([...running].filter(({ pid }) => isRunning(pid)).map((capture) => capture.stop()));
    running.clear();
    vi.unstubAllEnvs();
  });

  const path = (name: string): string => join(network.folder, name);

  async function start(options: Partial<CaptureOptions> = {}, helper = network.helper): Promise<RunningCapture> {
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', helper);
    vi.stubEnv('XDG_RUNTIME_DIR', network.folder);
    const capture = await startCapture({ interfaces: [{ name: 'two' }], file: path('a.pcapng'), ...options });
    running.add(capture);
    return capture;
  }

  const written = (capture: RunningCapture, count: number): Promise<void> => until(() => (capture.counters?.written ?? 0) >= count, `${count} packets written`);

  test('writes every packet as it was sent, and tells how many', async () => {
    const capture = await start();
    expect(capture.started.interfaces).toEqual([{ name: 'two', linkType: 1, linkTypeName: 'EN10MB', snaplen: 262_144, precision: 'nano', timestampType: 'host' }]);
    expect(network.send(2000, 100, 20_000)).toBe(2000);
    await written(capture, 2000);
    const stopped = await capture.stop();
    expect(stopped).toMatchObject({ reason: 'request', received: 2000, written: 2000, droppedByKernel: 0, droppedByInterface: 0 });
    expect(stopped.perInterface).toEqual([{ name: 'two', received: 2000, droppedByKernel: 0, droppedByInterface: 0 }]);
    const file = readCapture(capture.file);
    expect(file.problems).toEqual([]);
    expect(numbersIn(file)).toEqual(upTo(2000));
    expect(file.interfaces[0]).toMatchObject({ name: 'two', linkType: 1, ticksPerSecond: 1_000_000_000n, filter: null, os: expect.stringMatching(/^Linux /) });
    expect(file.sections[0]).toMatchObject({ application: expect.stringMatching(/^Layerscope .*libpcap/) });
    expect(file.statisticsSeen[0]).toMatchObject({ received: 2000, droppedByKernel: 0, droppedByInterface: 0 });
    expect(stopped.bytes).toBe(statSync(capture.file).size);
    expect(statSync(capture.file).mode & 0o777).toBe(0o600);
  });

  test('packets that were sent before the request to stop are in the file', async () => {
    const capture = await start();
    network.send(50);
    expect((await capture.stop()).written).toBe(50);
  });

  test('writes frames of every size, cut where the snaplen says', async () => {
    const capture = await start({ interfaces: [{ name: 'two', snaplen: 60, filter: 'udp' }, { name: 'lo', filter: 'tcp' }] });
    network.send(3, 1500);
    const stopped = await capture.stop();
    expect(stopped.perInterface.map(({ name, received }) => [name, received])).toEqual([['two', 3], ['lo', 0]]);
    const file = readCapture(capture.file);
    expect(file.packets.map(({ capturedLength, wireLength }) => [capturedLength, wireLength])).toEqual([[60, 1500], [60, 1500], [60, 1500]]);
    expect(file.interfaces.map(({ name, snapLength, filter }) => [name, snapLength, filter])).toEqual([['two', 60, 'udp'], ['lo', 262_144, 'tcp']]);
  });

  test('microseconds where they are asked for', async () => {
    const capture = await start({ timestampPrecision: 'micro' });
    network.send(1);
    await capture.stop();
    const { interfaces, packets } = readCapture(capture.file);
    expect(interfaces[0]?.ticksPerSecond).toBe(1_000_000n);
    expect(Math.abs(packets[0]!.timeSeconds - Date.now() / 1000)).toBeLessThan(60);
  });

  test('stops after exactly so many packets', async () => {
    const capture = await start({ stopAfter: { packets: 10 } });
    network.send(1000);
    expect(await capture.stopped).toMatchObject({ reason: 'packets', written: 10 });
    expect(numbersIn(readCapture(capture.file))).toEqual(upTo(10));
  });

  test('stops before the file grows beyond its size', async () => {
    const capture = await start({ stopAfter: { bytes: 20_000 } });
    network.send(1000);
    const { reason, written: count } = await capture.stopped;
    expect(reason).toBe('bytes');
    const { size } = statSync(capture.file);
    expect(size).toBeLessThanOrEqual(20_000);
    expect(size).toBeGreaterThan(20_000 - 2 * 132);
    expect(numbersIn(readCapture(capture.file))).toEqual(upTo(count));
  });

  test('stops after its time, without a packet too', async () => {
    const capture = await start({ stopAfter: { seconds: 0.3 } });
    const { reason, seconds, written: count } = await capture.stopped;
    expect({ reason, count }).toEqual({ reason: 'seconds', count: 0 });
    expect(seconds).toBeGreaterThanOrEqual(0.3);
    expect(readCapture(capture.file).statisticsSeen).toHaveLength(1);
  });

  test('a ring keeps the newest files, each complete', async () => {
    const capture = await start({ file: path('ring.pcapng'), nextFileAfter: { packets: 100, ringFiles: 3 } });
    const events: CaptureEvent[] = [];
    capture.onEvent((event) => events.push(event));
    network.send(1000, 100, 10_000);
    await written(capture, 1000);
    await capture.stop();
    const kept = readdirSync(network.folder).filter((name) => name.startsWith('ring_')).sort();
    expect(kept.map((name) => /^ring_(\d{5})_\d{14}\.pcapng$/.exec(name)?.[1])).toEqual(['00008', '00009', '00010']);
    expect(kept.flatMap((name) => numbersIn(readCapture(path(name))))).toEqual(upTo(1000).slice(700));
    for (const name of kept) expect(readCapture(path(name)).statisticsSeen).toHaveLength(1);
    expect(events.flatMap((event) => (event.event === 'file' ? [event.number] : []))).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(events.filter((event) => event.event === 'deleted')).toHaveLength(7);
  });

  test('files of a size, and the end after so many', async () => {
    const capture = await start({ file: path('sized.pcapng'), nextFileAfter: { bytes: 10_000 }, stopAfter: { files: 2 } });
    network.send(1000, 100, 20_000);
    expect((await capture.stopped).reason).toBe('files');
    const files = readdirSync(network.folder).filter((name) => name.startsWith('sized_')).sort();
    expect(files).toHaveLength(2);
    for (const name of files) expect(statSync(path(name)).size).toBeLessThanOrEqual(10_000);
    const numbers = files.flatMap((name) => numbersIn(readCapture(path(name))));
    expect(numbers).toEqual(upTo(numbers.length));
  });

  test('files of a duration', async () => {
    const capture = await start({ file: path('timed.pcapng'), nextFileAfter: { seconds: 0.2 } });
    const files: string[] = [capture.file];
    capture.onEvent((event) => event.event === 'file' && files.push(event.file));
    const sender = network.startSending(10_000, 100, 1000);
    await until(() => files.length >= 3, 'three files');
    sender.kill();
    const { written: count } = await capture.stop();
    expect(files.flatMap((name) => numbersIn(readCapture(name)))).toEqual(upTo(count));
  });

  test.each([
    ['a full disk', () => network.disk, '', (): string => network.inside(network.disk)],
    ['a limit on file sizes', () => network.folder, `prlimit --fsize=${smallDiskBytes}`, (): string => network.folder],
  ])('%s ends it with what fitted, whole to the last packet', async (_, folder, prefix, seenAt) => {
    const helper = network.wrapper('limited', join(dirname(import.meta.filename), 'build/Release/layerscope-capture'), prefix);
    const capture = await start({ file: join(folder(), 'full.pcapng') }, helper);
    const problems: string[] = [];
    capture.onEvent((event) => event.event === 'problem' && problems.push(`${event.code}: ${event.message}`));
    network.send(10_000, 100, 50_000);
    const stopped = await capture.stopped;
    expect(stopped.reason).toBe('disk-full');
    expect(problems).toEqual([expect.stringMatching(/^disk-full: There is no more room for .*full\.pcapng \(.+\)\. The capture has ended; what fitted is in the file\.$/)]);
    const file = readCapture(join(seenAt(), 'full.pcapng'));
    expect(file.problems).toEqual([]);
    expect(stopped.written).toBeGreaterThan(3000);
    expect(numbersIn(file)).toEqual(upTo(stopped.written));
    expect(stopped.bytes).toBe(statSync(join(seenAt(), 'full.pcapng')).size);
  });

  test('an interface that vanishes ends it, with all that came before', async () => {
    network.run('ip', 'link', 'add', 'brief', 'type', 'veth', 'peer', 'name', 'brief2');
    network.run('ip', 'link', 'set', 'brief', 'up');
    const capture = await start({ interfaces: [{ name: 'brief' }] });
    const codes: string[] = [];
    capture.onEvent((event) => event.event === 'problem' && codes.push(event.code));
    network.run('ip', 'link', 'delete', 'brief');
    expect((await capture.stopped).reason).toBe('interface-gone');
    expect(codes).toEqual(['interface-gone']);
    expect(readCapture(capture.file).problems).toEqual([]);
  });

  test('one interface of two that vanishes is told, and the other goes on', async () => {
    network.run('ip', 'link', 'add', 'brief', 'type', 'veth', 'peer', 'name', 'brief2');
    network.run('ip', 'link', 'set', 'brief', 'up');
    const capture = await start({ interfaces: [{ name: 'brief' }, { name: 'two' }] });
    const problems: boolean[] = [];
    capture.onEvent((event) => event.event === 'problem' && problems.push(event.fatal));
    network.run('ip', 'link', 'delete', 'brief');
    await until(() => problems.length > 0, 'a problem');
    network.send(5);
    expect(await capture.stop()).toMatchObject({ reason: 'request', written: 5 });
    expect(problems).toEqual([false]);
  });

  test.each([
    ['there is no such interface', { interfaces: [{ name: 'nowhere' }] }, { code: 'no-such-interface', message: expect.stringContaining('nowhere') }],
    ['the folder does not exist', { file: '/nowhere/a.pcapng' }, { code: 'unwritable', message: expect.stringContaining('/nowhere/a.pcapng') }],
    ['the link type is another', { linkType: 'IEEE802_11_RADIO' }, { code: 'bad-link-type', message: 'two has no link type IEEE802_11_RADIO; it has EN10MB, DOCSIS.' }],
    ['the filter has a mistake', { filter: 'udp porrt 9' }, { code: 'bad-filter', token: 'porrt', at: 4, message: expect.stringMatching(/"udp porrt 9" does not compile for two at "porrt" \(character 5\)/) }],
    ['the filter is of another link type', { filter: 'wlan type mgt' }, { code: 'bad-filter', token: 'mgt' }],
    ['the interface is down', { interfaces: [{ name: 'asleep' }] }, { code: 'no-such-interface', message: expect.stringContaining('is down') }],
  ] as const)('does not start when %s', async (_, options, error) => {
    await expect(start({ file: path('never.pcapng'), ...options })).rejects.toMatchObject(error);
    expect(existsSync(path('never.pcapng'))).toBe(false);
    expect(await findRunningCaptures()).toEqual([]);
  });

  test('goes on without anybody who listens, and is found and attached again', async () => {
    const first = await start();
    first.detach();
    network.send(20);
    const [found, ...others] = await findRunningCaptures();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ pid: first.pid, file: first.file, controlSocket: first.controlSocket });
    expect(statSync(found!.controlSocket).mode & 0o777).toBe(0o600);
    const again = await attachCapture(found!.controlSocket);
    running.add(again);
    await written(again, 20);
    network.send(30);
    expect(await again.stop()).toMatchObject({ reason: 'request', written: 50 });
    await until(() => !isRunning(first.pid), 'the end of the helper');
    expect(existsSync(found!.controlSocket)).toBe(false);
    await expect(attachCapture(found!.controlSocket)).rejects.toThrow(/no capture answers/);
  });

  test('killed, it has lost no more than the last quarter of a second', async () => {
    const capture = await start();
    const sender = network.startSending(1_000_000, 100, 5000);
    await written(capture, 5000);
    const killedMs = Date.now();
    process.kill(capture.pid, 'SIGKILL');
    expect((await capture.stopped).reason).toBe('error');
    sender.kill();
    const file = readCapture(capture.file);
    const { timeSeconds, timeNanos } = file.packets.at(-1)!;
    expect(killedMs - (timeSeconds * 1000 + timeNanos / 1e6)).toBeLessThanOrEqual(250);
    const numbers = numbersIn(file);
    expect(numbers).toEqual(upTo(numbers.length));
    expect(await findRunningCaptures()).toEqual([]);
    expect(existsSync(capture.controlSocket!)).toBe(false);
  });

  test('what the kernel dropped for lack of room is counted, in the file too', async () => {
    const capture = await start({ bufferKib: 512 });
    process.kill(capture.pid, 'SIGSTOP');
    network.send(20_000);
    process.kill(capture.pid, 'SIGCONT');
    const { received, written: count, droppedByKernel } = await capture.stop();
    expect(droppedByKernel).toBeGreaterThan(1000);
    expect({ received, sum: count + droppedByKernel! }).toEqual({ received: 20_000, sum: 20_000 });
    const file = readCapture(capture.file);
    expect(file.packets).toHaveLength(count);
    expect(file.statisticsSeen[0]).toMatchObject({ received: 20_000, droppedByKernel });
  });

  test('a terminating signal is a clean end', async () => {
    const capture = await start();
    network.send(7);
    process.kill(capture.pid, 'SIGTERM');
    expect(await capture.stopped).toMatchObject({ reason: 'signal', written: 7 });
  });

  test('a hundred starts and stops leave no process and no socket', async () => {
    const pids: number[] = [];
    for (let round = 0; round < 10; round++) {
      const captures = await Promise.all(upTo(10).map((index) => start({ file: path(`hundred-${index}.pcapng`), bufferKib: 1024 })));
      pids.push(...captures.map(({ pid }) => pid));
      const reasons = await Promise.all(captures.map(async (capture) => (await capture.stop()).reason));
      expect(new Set(reasons)).toEqual(new Set(['request']));
    }
    expect(new Set(pids).size).toBe(100);
    await until(() => !pids.some(isRunning), 'the end of all helpers');
    expect(readdirSync(join(network.folder, 'layerscope'))).toEqual([]);
  });

  test('lists interfaces with what the system knows of them', async () => {
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', network.helper);
    const interfaces = await listInterfaces();
    const two = interfaces.find(({ name }) => name === 'two')!;
    expect(two).toMatchObject({ isUp: true, isRunning: true, isLoopback: false, isWireless: false, hasCarrier: true, problem: null });
    expect(two.addresses).toEqual([{ address: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/), netmask: null, kind: 'mac' }]);
    expect(two.linkTypes[0]).toEqual({ number: 1, name: 'EN10MB', description: 'Ethernet' });
    const lo = interfaces.find(({ name }) => name === 'lo')!;
    expect(lo).toMatchObject({ isLoopback: true, friendlyName: 'Loopback' });
    expect(lo.addresses).toContainEqual({ address: '127.0.0.1', netmask: '255.0.0.0', kind: 'ipv4' });
  });

  test('counts what passes an interface without capturing it', async () => {
    vi.stubEnv('LAYERSCOPE_CAPTURE_HELPER', network.helper);
    const seen: WatchCounters[] = [];
    const watch = watchInterfaces(['two', 'nowhere'], (counters) => seen.push(counters));
    await until(() => seen.length > 0, 'the first counters');
    network.send(40);
    await until(() => seen.at(-1)!.interfaces[0]?.packets === 40, 'forty packets');
    watch.stop();
    expect(seen.at(-1)!.interfaces).toEqual([{ name: 'two', packets: 40, bytes: 4000, droppedByInterface: 0 }]);
  });
});

describe.skipIf(missing !== null)('a capture filter', () => {
  test.each([
    ['tcp port 80', 1, null],
    ['', 1, null],
    ['port foo', 1, { message: 'unknown port \'foo\'', token: 'foo', at: 5 }],
    ['tcp and and udp', 1, { token: 'and', at: 8 }],
    ['(tcp or udp', 1, { token: null, at: 11 }],
    ['host', 1, { token: null, at: 4 }],
    ['tcp)', 1, { token: ')', at: 3 }],
    ['tcp[13] & 2 !=', 1, { token: null, at: 14 }],
    ['ip6 host 1.2.3.4', 1, { token: 'ip6', at: 0 }],
    ['wlan type mgt', 1, { token: 'mgt', at: 10 }],
    ['wlan type mgt', 105, null],
    ['tcp port é', 1, { token: 'é', at: 9 }],
    ['port 80 -- 90', 1, { token: '--', at: 8 }],
  ])('%j for link type %i', async (text, linkType, expected) => {
    const answer = await checkFilter(text, linkType, 0);
    if (expected === null) expect(answer).toEqual({ ok: true });
    else expect(answer).toMatchObject({ ok: false, ...expected });
  });
});
