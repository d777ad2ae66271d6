import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Collector, digest, digests, joined, somePackets } from '../../shared/capture-files/collect.test-helper.ts';
import { writePcap } from '../../shared/capture-files/write-pcap.ts';
import { writePcapng } from '../../shared/capture-files/write-pcapng.ts';
import type { CaptureProblem } from '../../shared/records/record.ts';
import { openFileSource } from './file-source.ts';
import { openCapture } from './open-capture.ts';
import type { FileSource, OpenOptions } from './source.ts';

let folder = '';
const open: FileSource[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-source-'));
});
afterEach(() => {
  for (const source of open.splice(0)) source.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function readFile(path: string, options: Omit<OpenOptions, 'onProblem'> = {}): Promise<{ sink: Collector; source: FileSource; outcome: string }> {
  const sink = new Collector();
  const opened = openCapture(path, sink, options);
  if (!opened.ok) throw new Error(opened.problem.message);
  open.push(opened.source);
  return { sink, source: opened.source, outcome: await opened.finished };
}

function refusalOf(path: string): CaptureProblem | null {
  const opened = openFileSource(path);
  if (opened.ok) open.push(opened.source);
  return opened.ok ? null : opened.problem;
}

/** Every packet's bytes, read again at random, must be what went by. */
function expectReadable(sink: Collector, source: FileSource): void {
  for (const index of [0, 999, 3, 500, 499, 998, 1]) {
    const packet = sink.packets[index];
    if (packet === undefined) continue;
    expect(source.readAt(packet.dataOffset, packet.capturedLength)).toEqual(packet.data);
    const into = new Uint8Array(packet.capturedLength + 5);
    expect(source.readAt(packet.dataOffset, packet.capturedLength, into)).toEqual(packet.data);
    expect(into.subarray(0, packet.capturedLength)).toEqual(packet.data);
  }
}

const packets = somePackets(1000);
const pcap = writePcap(packets);

describe('what cannot be opened is refused with one sentence', () => {
  test.each([
    ['missing', () => join(folder, 'no.pcap'), 'not-found', 'no.pcap does not exist: check the name and the folder.'],
    ['a folder', () => folder, 'is-a-folder', /^layerscope-source-\w+ is a folder: choose a capture file in it\.$/],
    ['empty', () => put('empty.pcap', new Uint8Array(0)), 'empty-file', 'empty.pcap is empty: it has no bytes, so there is nothing to show.'],
    ['a device', () => '/dev/null', 'not-a-file', 'null is no file but a device or socket: choose a capture file.'],
    ['bzip2', () => put('a.bz2', Uint8Array.of(0x42, 0x5a, 0x68, 0x39, 0, 0, 0, 0)), 'packed-bzip2', 'a.bz2 is compressed with bzip2: unpack it first (bunzip2), then open what comes out.'],
    ['xz', () => put('a.xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0)), 'packed-xz', /compressed with xz/],
  ])('%s', (_, path, code, message) => {
    const problem = refusalOf(path());
    expect(problem).toMatchObject({ kind: 'refused', code });
    expect(problem?.message).toMatch(message);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('no permission (needs a user who is not root)', () => {
    const path = put('secret.pcap', pcap);
    chmodSync(path, 0);
    expect(refusalOf(path)).toMatchObject({ code: 'no-permission' });
  });

  test.each([
    ['text', 'PK but no capture at all', 'notes.pcap is not a capture: byte 0 is 0x50, not a pcap or pcapng mark.'],
    ['a line break', '\n no capture at all', 'notes.pcap is not a capture: byte 0 is 0x0a, and bytes 0 to 3 (0a 20 6e 6f) are not a pcap or pcapng mark.'],
    ['two bytes', 'ab', 'notes.pcap is not a capture: it has only 2 of the 4 bytes of a pcap or pcapng mark.'],
    ['another format', 'snoop\0\0\0\0\0\0\0\0\0\0\0', /is a Sun snoop capture, which cannot be read yet/],
  ])('%s', async (_, text, message) => {
    const { sink, outcome } = await readFile(put('notes.pcap', new TextEncoder().encode(String(text))));
    expect(outcome).toBe('refused');
    expect(sink.problems).toHaveLength(1);
    expect(sink.problems[0]?.message).toMatch(message);
  });
});

describe('plain files', () => {
  test('are read, and again at random', async () => {
    const { sink, source, outcome } = await readFile(put('a.pcap', pcap));
    expect(outcome).toBe('complete');
    expect(source).toMatchObject({ name: 'a.pcap', sizeBytes: pcap.length, compression: null });
    expect(sink.packets).toHaveLength(1000);
    expectReadable(sink, source);
    expect(source.readAt(pcap.length - 3, 10)).toEqual(pcap.slice(-3));
    expect(source.readAt(pcap.length + 5, 10)).toHaveLength(0);
  });

  test('larger than several pages and chunks', async () => {
    const large = somePackets(300).map((packet, index) => ({ ...packet, bytes: new Uint8Array(60_000).fill(index) }));
    const { sink, source } = await readFile(put('large.pcapng', writePcapng(large)));
    expect(sink.packets).toHaveLength(300);
    for (const { dataOffset, capturedLength, data } of sink.packets) expect(digest(source.readAt(dataOffset, capturedLength))).toBe(digest(data));
  });

  test('progress goes up to the size', async () => {
    const seen: number[] = [];
    const sink = new Collector();
    const opened = openCapture(put('a.pcap', joined(pcap, new Uint8Array(600_000))), sink, { onProgress: ({ bytesRead, totalBytes }) => seen.push(bytesRead / totalBytes) });
    if (!opened.ok) throw new Error(opened.problem.message);
    open.push(opened.source);
    await opened.finished;
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test('stop ends reading, and what was read stays', async () => {
    const stopper = new AbortController();
    const sink = new Collector();
    const opened = openCapture(put('a.pcap', writePcap(somePackets(20_000))), sink, { signal: stopper.signal, onProgress: () => stopper.abort() });
    if (!opened.ok) throw new Error(opened.problem.message);
    open.push(opened.source);
    expect(await opened.finished).toBe('stopped');
    expect(sink.packets.length).toBeGreaterThan(0);
    expect(sink.packets.length).toBeLessThan(20_000);
    expect(sink.problems).toEqual([]);
  });

  test('a growing file is read on from where reading ended', async () => {
    const path = put('live.pcap', pcap.slice(0, 5000));
    const sink = new Collector();
    const opened = openCapture(path, sink, { growing: true });
    if (!opened.ok) throw new Error(opened.problem.message);
    open.push(opened.source);
    await opened.finished;
    const first = sink.packets.length;
    for (let at = 5000; at < pcap.length; at += 40_000) {
      appendFileSync(path, pcap.slice(at, at + 40_000));
      await opened.source.feed(opened.reader, { growing: true });
    }
    expect(first).toBeGreaterThan(10);
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toEqual([]);
    expectReadable(sink, opened.source);
  });
});

test('appends of any size to a growing pcapng: each packet is seen once', async () => {
  const file = writePcapng(packets);
  const path = put('live.pcapng', file.slice(0, 1));
  const sink = new Collector();
  const opened = openCapture(path, sink, { growing: true });
  if (!opened.ok) throw new Error(opened.problem.message);
  open.push(opened.source);
  await opened.finished;
  for (let at = 1, turn = 0; at < file.length; turn += 1) {
    const size = 1 + ((turn * 7919) % 1013);
    appendFileSync(path, file.slice(at, at + size));
    at += size;
    await opened.source.feed(opened.reader, { growing: true });
  }
  expect(sink.packets.map(({ data }) => digest(data))).toEqual(packets.map(({ bytes }) => digest(bytes)));
  expect(sink.problems).toEqual([]);
});

test('closing while reading stops it; nothing more is read', async () => {
  const sink = new Collector();
  const opened = openCapture(put('a.pcap', joined(writePcap(somePackets(20_000)))), sink, { onProgress: () => opened.ok && opened.source.close() });
  if (!opened.ok) throw new Error(opened.problem.message);
  expect(await opened.finished).toBe('stopped');
  expect(opened.source.readAt(24, 100)).toHaveLength(0);
  opened.source.close();
});

describe('a file that changes while it is open', () => {
  const later = new Date(Date.now() + 60_000);

  test.each([
    ['cut off', (path: string) => truncateSync(path, 100), 'file-shrunk'],
    ['overwritten with as many bytes', (path: string) => writeFileSync(path, pcap.slice().fill(1, 24)), 'file-changed'],
    ['overwritten with more bytes', (path: string) => writeFileSync(path, new Uint8Array(pcap.length + 1000)), 'file-changed'],
  ])('%s: told once, and no byte of it is shown', async (_, change, code) => {
    const path = put('a.pcap', pcap);
    const { sink, source } = await readFile(path);
    change(path);
    utimesSync(path, later, later);
    expect(source.readAt(200, 20)).toHaveLength(0);
    expect(source.readAt(400, 20)).toHaveLength(0);
    expect(sink.problems.map((problem) => problem.code)).toEqual([code]);
    expect(source.check()).toMatchObject({ code });
  });

  test('that only grows stays readable', async () => {
    const path = put('a.pcap', pcap);
    const { sink, source } = await readFile(path);
    appendFileSync(path, new Uint8Array(1000));
    utimesSync(path, later, later);
    expectReadable(sink, source);
    expect(sink.problems).toEqual([]);
    expect(source.check()).toBeNull();
  });

  test.skipIf(process.platform === 'win32')('replaced or deleted: the opened bytes are shown, and it is told', async () => {
    const path = put('a.pcap', pcap);
    const { sink, source } = await readFile(path);
    expect(source.check()).toBeNull();
    const other = put('b.pcap', new Uint8Array(pcap.length));
    renameSync(other, path);
    expect(source.check()).toMatchObject({ code: 'file-replaced' });
    rmSync(path);
    expect(source.check()).toMatchObject({ code: 'file-deleted' });
    expectReadable(sink, source);
  });
});

describe('gzip', () => {
  test('is recognised by content, read, and read again at random', async () => {
    const { sink, source } = await readFile(put('a.pcap', gzipSync(pcap)));
    expect(source.compression).toBe('gzip');
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toEqual([]);
    expectReadable(sink, source);
  });

  test('members one after another are one file', async () => {
    const { sink } = await readFile(put('a.gz', joined(gzipSync(pcap.slice(0, 5000)), gzipSync(pcap.slice(5000, 5001)), gzipSync(pcap.slice(5001)))));
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toEqual([]);
  });

  test('what follows the last member is told', async () => {
    const packed = gzipSync(pcap);
    const { sink } = await readFile(put('a.gz', joined(packed, new TextEncoder().encode('trailing words'))));
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toMatchObject([{ kind: 'odd', code: 'gzip-trailing', offset: packed.length }]);
  });

  test('zeros behind the last member are padding', async () => {
    const { sink } = await readFile(put('a.gz', joined(gzipSync(pcap), new Uint8Array(512))));
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toEqual([]);
  });

  test('a torn file shows everything before the tear and tells the place', async () => {
    const packed = gzipSync(pcap);
    const torn = packed.subarray(0, Math.floor(packed.length / 2));
    const { sink, source } = await readFile(put('a.gz', torn));
    expect(sink.packets.length).toBeGreaterThan(300);
    expect(digests(sink.packets)).toBe(digests((await readFile(put('b.pcap', pcap))).sink.packets.slice(0, sink.packets.length)));
    expect(sink.problems[0]).toMatchObject({ kind: 'tail', code: 'gzip-torn', offset: torn.length });
    expect(sink.problems[0]?.message).toBe(`The compressed file a.gz ends too early, at byte ${torn.length.toLocaleString('en-US')}; what could be unpacked is shown.`);
    expectReadable(sink, source);
  });

  test('damage in the middle shows what comes before and tells the place', async () => {
    // Not compressible, so that zlib stores it: the packed place of a packet is then known.
    const packed = gzipSync(pcap, { level: 0 });
    const secondBlock = 10 + 5 + 65_535;
    packed[secondBlock] = 0xff;
    const { sink } = await readFile(put('a.gz', packed));
    const lastPacket = sink.packets.at(-1);
    expect(lastPacket?.dataOffset).toBeGreaterThan(65_535 - 700);
    expect(sink.problems[0]).toMatchObject({ kind: 'tail', code: 'gzip-damaged' });
    expect(Math.abs((sink.problems[0]?.offset ?? 0) - secondBlock)).toBeLessThan(10);
  });

  test('a wrong check sum loses nothing', async () => {
    const packed = gzipSync(pcap);
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
    const { sink } = await readFile(put('a.gz', packed));
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toMatchObject([{ kind: 'tail', code: 'gzip-damaged' }]);
    expect(sink.problems[0]?.message).toMatch(/incorrect data check/);
  });

  test('beyond the memory limit the rest goes to a temporary file that leaves nothing behind', async () => {
    const spoolFolder = join(folder, 'spool');
    mkdirSync(spoolFolder);
    const { sink, source } = await readFile(put('a.gz', gzipSync(pcap)), { spool: { memoryBytes: 10_000, blockBytes: 4096, folder: spoolFolder } });
    expect(sink.packets).toHaveLength(1000);
    expectReadable(sink, source);
    source.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(readdirSync(spoolFolder)).toEqual([]);
  });

  test('the limit of the temporary file is told, and what fits is shown', async () => {
    const { sink, outcome } = await readFile(put('a.gz', gzipSync(pcap)), { spool: { limitBytes: 50_000 } });
    expect(outcome).toBe('failed');
    expect(sink.packets.length).toBeGreaterThan(200);
    expect(sink.packets.length).toBeLessThan(500);
    expect(sink.problems).toMatchObject([{ kind: 'tail', code: 'spool-limit', packetsBefore: sink.packets.length }]);
    expect(sink.problems[0]?.message).toMatch(/Unpack it first \(gunzip\), then open what comes out\.$/);
  });

  test('a bomb is stopped within one piece', async () => {
    const bomb = gzipSync(joined(pcap, new Uint8Array(80 << 20)));
    const stopper = new AbortController();
    class StoppingSink extends Collector {
      override packet(): void {
        stopper.abort();
      }
    }
    const opened = openCapture(put('bomb.gz', bomb), new StoppingSink(), { signal: stopper.signal });
    if (!opened.ok) throw new Error(opened.problem.message);
    open.push(opened.source);
    expect(await opened.finished).toBe('stopped');
    expect(opened.reader.consumedBytes).toBeLessThan(10 << 20);
  });
});

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

describe('pipes', () => {
  test.each([['plain', pcap, null], ['gzip', gzipSync(pcap), 'gzip']] as const)('standard input, %s', async (_, bytes, compression) => {
    const { sink, source, outcome } = await readFile('-', { standardInput: inPieces(bytes, 7) });
    expect(outcome).toBe('complete');
    expect(source).toMatchObject({ name: 'standard input', sizeBytes: 0, compression });
    expect(sink.packets).toHaveLength(1000);
    expect(sink.problems).toEqual([]);
    expectReadable(sink, source);
  });

  test('nothing at all', async () => {
    const { sink } = await readFile('-', { standardInput: inPieces(new Uint8Array(0), 1) });
    expect(sink.problems).toMatchObject([{ code: 'empty-file', message: 'standard input is empty: it has no bytes, so there is nothing to show.' }]);
  });

  test.skipIf(process.platform === 'win32')('a named pipe', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const file = put('a.pcap', pcap);
    const reading = readFile(path);
    const writer = spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', file, path]);
    const { sink, source } = await reading;
    expect(sink.packets).toHaveLength(1000);
    expectReadable(sink, source);
    expect(writer.exitCode === 0 || writer.exitCode === null).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('a named pipe that nobody writes to can be stopped', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const stopper = new AbortController();
    const opened = openCapture(path, new Collector(), { signal: stopper.signal });
    if (!opened.ok) throw new Error(opened.problem.message);
    setImmediate(() => setImmediate(() => stopper.abort()));
    expect(await opened.finished).toBe('stopped');
  });
});
