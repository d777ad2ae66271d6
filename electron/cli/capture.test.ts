import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { installFakeHelper, type FakeHelper } from '../host/live/fake-helper.test-helper.ts';
import { captureCommand, dropsLine } from './capture.ts';
import { captureCommandOf } from './capture-options.ts';
import { CommandError } from './command-error.ts';
import { interfacesCommand } from './interfaces.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
let helper: FakeHelper;
let printed = '';
let told = '';

beforeAll(async () => {
  helper = await installFakeHelper();
});
afterAll(() => helper.remove());
beforeEach(() => {
  helper.freshFolders();
  vi.stubEnv('LAYERSCOPE_CONFIG_FOLDER', helper.configFolder);
  vi.stubEnv('LAYERSCOPE_CAPTURE_FOLDER', helper.captureFolder);
  printed = '';
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('capture', () => {
  test('writes the file and says what dumpcap says', async () => {
    const file = join(helper.folder, 'x.pcapng');
    expect(await captureCommand(['-i', 'fake0', '-c', '12', '-w', file])).toBe(0);
    expect(told.split('\n').map((line) => line.split('\r').at(-1))).toEqual([
      "Capturing on 'fake0'",
      `File: ${file}`,
      'Packets captured: 12',
      "Packets received/dropped on interface 'fake0': 12/2 (kernel:2/interface:unknown) (85.7%)",
      '',
    ]);
    expect(printed).toBe('');
    expect(readFileSync(file).subarray(0, 4)).toEqual(Buffer.from([0x0a, 0x0d, 0x0d, 0x0a]));
  });

  test('without -w the file lies in the capture folder, and is not offered as lost afterwards', async () => {
    expect(await captureCommand(['-i', 'fake0', '-c', '3', '-q'])).toBe(0);
    expect(readdirSync(helper.captureFolder)).toHaveLength(1);
    await vi.waitFor(() => expect(readdirSync(join(helper.configFolder, 'running-captures'))).toEqual([]));
    expect(told).not.toContain('\r');
  });

  test('-P prints each packet once, as read does', async () => {
    expect(await captureCommand(['-i', 'fake0', '-c', '6', '-P'])).toBe(0);
    const numbers = printed.trimEnd().split('\n').map((line) => Number(line.trim().split(/\s+/)[0]));
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('several files are named as they begin', async () => {
    expect(await captureCommand(['-i', 'fake0', '-c', '25', '-b', 'packets:10', '-b', 'files:2', '-w', join(helper.folder, 'ring.pcapng'), '-q'])).toBe(0);
    expect(told.match(/File: .*_0000\d_/g)).toHaveLength(3);
    expect(existsSync(join(helper.folder, 'ring_00001_20260101000000.pcapng'))).toBe(false);
  });

  test.each([
    [['-i', 'none0'], /There is no interface none0/],
    [['-i', 'fake0', '-f', 'nonsense'], /syntax error/],
  ])('%j is refused in the words of the helper', async (words, message) => {
    await expect(captureCommand(words)).rejects.toThrow(message);
  });

  test('what ends it by a failure makes the status 1', async () => {
    expect(await captureCommand(['-i', 'gone0', '-q'])).toBe(1);
    expect(told).toContain('layerscope: It ended: interface-gone.');
  });

  test('a number names an interface of the list, and none the first that is no loopback', async () => {
    for (const words of [['-i', '1'], []]) {
      told = '';
      await captureCommand([...words, '-c', '1']);
      expect(told).toContain("Capturing on 'fake0'");
    }
  });
});

describe('options', () => {
  test('those after an interface are for that one, those before the first for all', () => {
    expect(captureCommandOf(['-s', '96', '-p', '-i', 'a', '-f', 'tcp', '-i', 'b', '-B', '4', '-y', 'RAW', '-I', '--time-stamp-type', 'adapter', '--time-stamp-precision', 'micro'])).toMatchObject({
      settings: { snaplen: 96, promiscuous: false },
      interfaces: [{ name: 'a', filter: 'tcp' }, { name: 'b', bufferKib: 4096, linkType: 'RAW', monitor: true, timestampType: 'adapter', timestampPrecision: 'micro' }],
    });
  });

  test('conditions are dumpcap\'s, sizes in units of 1000 bytes', () => {
    const words = ['-c', '9', '-a', 'duration:5', '-a', 'filesize:10', '-b', 'duration:2', '-b', 'filesize:3', '-b', 'files:4', '-a', 'files:7', '-w', 'x.pcapng'];
    expect(captureCommandOf(words)).toMatchObject({ stopAfter: { packets: 9, seconds: 5, bytes: 10_000, files: 7 }, nextFileAfter: { seconds: 2, bytes: 3000, ringFiles: 4 } });
  });

  test.each([
    [['-a', 'hours:1'], /unknown -a flag "hours"/],
    [['-c', 'abc'], /whole number/],
    [['-c', '0'], /whole number/],
    [['-b', 'files:3', '-w', 'x'], /no maximum capture file size/],
    [['-a', 'files:3', '-w', 'x'], /next file/],
    [['-b', 'packets:3'], /-w FILE/],
    [['-w', '-', '-P'], /either/],
    [['port', '80'], /behind -f/],
    [['--time-stamp-precision', 'pico'], /micro or nano/],
    [['--nope'], /nope/],
  ])('%j is a wrong command', (words, message) => {
    expect(() => captureCommandOf(words)).toThrow(CommandError);
    expect(() => captureCommandOf(words)).toThrow(message);
  });
});

test.each([
  [{ received: 10, droppedByKernel: 2, droppedByInterface: 0 }, '8/2 (kernel:2/interface:0) (80.0%)'],
  [{ received: 0, droppedByKernel: 0, droppedByInterface: 0 }, '0/0 (kernel:0/interface:0) (0.0%)'],
  [{ received: 10, droppedByKernel: null, droppedByInterface: null }, '10/unknown (kernel:unknown/interface:unknown) (unknown)'],
])('%o is told as %s', (counts, text) => {
  expect(dropsLine({ name: 'x', linkTypeName: '', snaplen: 0, precision: 'micro', ...counts })).toBe(`Packets received/dropped on interface 'x': ${text}`);
});

describe('interfaces', () => {
  test('are numbered, with what is known of each', async () => {
    expect(await interfacesCommand([])).toBe(0);
    expect(printed).toBe('1. fake0 (Made up)\n     up, 192.0.2.1\n');
  });

  test('--json has everything; what stands in the way is told, and makes the status 1', async () => {
    vi.stubEnv('FAKE_MAY_CAPTURE', 'no');
    expect(await interfacesCommand(['--json'])).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ backend: { kind: 'helper' }, interfaces: [{ name: 'fake0' }] });
    expect(told).toMatch(/^layerscope: .+/);
  });
});
