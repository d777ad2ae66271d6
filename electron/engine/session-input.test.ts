/** How a session takes what is read while it comes, and what happens to files that are open. */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WANT_TREE } from '../../shared/dissect/run.ts';
import { labelText } from '../../shared/dissect/values.ts';
import { somePackets } from '../../shared/capture-files/collect.test-helper.ts';
import { writePcap } from '../../shared/capture-files/write-pcap.ts';
import { lz4Frame, zstdFrame } from './packed.test-helper.ts';
import { closeOpened, opened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-input-'));
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

const finalPackets = (session: CaptureSession): number => session.describe().progress.finalPackets;
const codes = (session: CaptureSession): string[] => session.problems.map(({ code }) => code);
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 10 });

function trees(session: CaptureSession): string[] {
  return Array.from({ length: session.packetCount }, (_, position) => {
    const { tape, columns } = session.show(position, WANT_TREE);
    return [columns.protocol, columns.info, ...Array.from({ length: tape.count }, (__, entry) => labelText(tape, entry))].join('\n');
  });
}

describe('a window that waits for its first rows', () => {
  const packets = somePackets(4000);
  const bytes = writePcap(packets);
  // How long it is waited for at most is no matter here.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  /** Resolves at the session's first packets, when another session has read all of the file. */
  async function openAwaited(path: string): Promise<CaptureSession> {
    const session = await opened(path, { isAwaited: true });
    await new Promise<void>((resolve) => session.onProgress(({ packets: count }) => count > 0 && resolve()));
    await openedWhole(path);
    return session;
  }

  test.each([
    ['plain', bytes],
    ['gzip', gzipSync(bytes)],
    ['lz4', lz4Frame(bytes)],
  ])('%s: gets them before the rest is read', async (kind, file) => {
    const session = await openAwaited(put(`some.${kind}`, file));
    expect(session.packetCount).toBeLessThan(packets.length);
    expect(session.readRows(0, 0, 64).rows).toHaveLength(64);
    vi.runAllTimers();
    await session.finished;
    expect(session.packetCount).toBe(packets.length);
  });

  test('and is closed while it waits', async () => {
    const session = await openAwaited(put('some.pcap', bytes));
    session.close();
    await session.finished;
    expect(session.packetCount).toBeLessThan(packets.length);
  });
});

describe('a followed file', () => {
  test('shows what comes, final, and the same trees as when it is read at once', async () => {
    const bytes = new Uint8Array(readFileSync(samplePath('web-page')));
    const path = put('live.pcapng', bytes.subarray(0, 0));
    const session = await opened(path, { follow: true });
    await until(() => expect(session.describe().progress.state).toBe('following'));
    const steps = [40, 700, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2), bytes.length];
    let before = 0;
    for (const [index, at] of steps.entries()) {
      appendFileSync(path, bytes.subarray(steps[index - 1] ?? 0, at));
      await until(() => expect(session.describe().progress.bytesRead).toBe(at));
      await until(() => expect(finalPackets(session)).toBe(session.packetCount));
      expect(session.packetCount).toBeGreaterThanOrEqual(before);
      before = session.packetCount;
    }
    expect(session.readRows(0, 0, 512).rows.every(({ provisional }) => !provisional)).toBe(true);
    expect(session.problems).toEqual([]);
    session.stop();
    await session.finished;
    expect(session.describe().progress.state).toBe('stopped');
    expect(trees(session)).toEqual(trees(await openedWhole(samplePath('web-page'))));
  });

  test('a torn packet at the end waits for its rest, and is told only when nothing can come any more', async () => {
    const bytes = writePcap(somePackets(10));
    const path = put('live.pcap', bytes.subarray(0, bytes.length - 5));
    const session = await opened(path, { follow: true });
    await until(() => expect(finalPackets(session)).toBe(9));
    expect(session.problems).toEqual([]);
    rmSync(path);
    await session.finished;
    expect(codes(session)).toContain('file-deleted');
    expect(session.problems.some(({ kind }) => kind === 'tail')).toBe(true);
  });

  test.skipIf(process.platform === 'win32').each([
    ['cut off', (path: string) => truncateSync(path, 100), 'file-shrunk'],
    ['replaced, as rotation does', (path: string) => renameSync(put('next.pcap', writePcap([])), path), 'file-replaced'],
    ['deleted', (path: string) => rmSync(path), 'file-deleted'],
  ])('%s: following ends, and it is told', async (_, change, code) => {
    const path = put('live.pcap', writePcap(somePackets(10)));
    const session = await opened(path, { follow: true });
    await until(() => expect(finalPackets(session)).toBe(10));
    change(path);
    await session.finished;
    expect(codes(session)).toContain(code);
    expect(session.packetCount).toBe(10);
  });

  test('ends with the packets that were asked for', async () => {
    const session = await openedWhole(put('live.pcap', writePcap(somePackets(10))), { follow: true, maxPackets: 10 });
    expect(session.describe().progress).toMatchObject({ state: 'done', packets: 10, finalPackets: 10 });
  });

  test('that is compressed is read, and it is told that it is not followed', async () => {
    const session = await openedWhole(put('a.pcap.gz', gzipSync(writePcap(somePackets(10)))), { follow: true });
    expect(session.packetCount).toBe(10);
    expect(codes(session)).toEqual(['not-followed']);
  });
});

/** Standard input that gives what a test says, when it says so. */
class Input implements AsyncIterable<Uint8Array> {
  #chunks: (Uint8Array | null)[] = [];
  #wake: () => void = () => undefined;

  give(chunk: Uint8Array | null): void {
    this.#chunks.push(chunk);
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk === null) return;
      if (chunk === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else yield chunk;
    }
  }
}

describe('a pipe', () => {
  const bytes = writePcap(somePackets(30));

  test.each([
    ['plain', (part: Uint8Array) => part],
    ['gzip, one member a write', (part: Uint8Array) => new Uint8Array(gzipSync(part))],
    ['lz4, one frame a write', (part: Uint8Array) => lz4Frame(part)],
  ])('%s: packets show as they arrive, and become final while nothing comes', async (_, pack) => {
    const input = new Input();
    const session = await opened('-', { standardInput: input });
    const middle = Math.floor(bytes.length * 0.7);
    input.give(pack(bytes.subarray(0, middle)));
    await until(() => expect(session.packetCount).toBeGreaterThan(4));
    await until(() => expect(finalPackets(session)).toBe(session.packetCount));
    expect(session.describe()).toMatchObject({ name: 'standard input', progress: { state: 'reading' } });
    input.give(pack(bytes.subarray(middle)));
    input.give(null);
    await session.finished;
    expect(session.describe().progress).toMatchObject({ state: 'done', packets: 30, finalPackets: 30 });
    expect(session.problems).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('with a name', async () => {
    const path = join(folder, 'pipe');
    const writer = spawn('sh', ['-c', 'mkfifo "$1" && echo made && cat "$2" > "$1"', 'sh', path, put('a.pcap', bytes)]);
    await new Promise((resolve) => writer.stdout.once('data', resolve));
    const session = await openedWhole(path);
    expect(session.packetCount).toBe(30);
  });
});

describe('a file that changes while it is open and nothing is read', () => {
  const later = new Date(Date.now() + 60_000);
  const bytes = writePcap(somePackets(2000).map((packet) => ({ ...packet, bytes: new Uint8Array(1200).fill(7) })));

  test.skipIf(process.platform === 'win32').each([
    ['cut off', (path: string) => truncateSync(path, 100_000), 'file-shrunk', true],
    ['rewritten in place', (path: string) => (writeFileSync(path, new Uint8Array(bytes.length)), utimesSync(path, later, later)), 'file-changed', true],
    ['replaced', (path: string) => renameSync(put('b.pcap', new Uint8Array(bytes.length)), path), 'file-replaced', false],
    ['deleted', (path: string) => rmSync(path), 'file-deleted', false],
  ])('%s: told within a second; no other bytes are shown', async (_, change, code, areGone) => {
    const path = put('a.pcap', bytes);
    const session = await openedWhole(path);
    let told = 0;
    session.onProgress(({ problems }) => (told = problems));
    const before = performance.now();
    change(path);
    await until(() => expect(codes(session)).toEqual([code]));
    expect(performance.now() - before).toBeLessThan(1000);
    expect(told).toBe(1);
    const [row] = session.readRows(0, 1500, 1).rows;
    expect(row?.info.includes('are gone')).toBe(areGone);
    const { detail, payload } = session.readPacket(1501);
    expect(detail.row.capturedLength).toBe(1200);
    expect(payload.subarray(0, 1200).every((byte) => byte === 7)).toBe(true);
    expect(payload.length > 0).toBe(!areGone);
  });
});

describe('a compression bomb', () => {
  const start4 = writePcap(somePackets(4));
  const bomb = (bytes: number): Record<string, Uint8Array> => {
    const zeros = new Uint8Array(bytes);
    const plain = new Uint8Array(Buffer.concat([start4, zeros]));
    return { gzip: gzipSync(plain), lz4: lz4Frame(plain), zstd: zstdFrame(start4, { runs: bytes >> 17 }) };
  };
  const bombs = bomb(64 << 20);

  test.each(['gzip', 'lz4', 'zstd'])('%s: first packets soon, other work in between, stopped at once', async (packing) => {
    const session = await opened(put(`bomb.${packing}`, bombs[packing] ?? new Uint8Array(0)), { spool: { memoryBytes: 1 << 20, folder }, deep: false });
    const told = new Promise<void>((resolve) => session.onProgress(({ state, packets }) => state === 'reading' && packets > 0 && resolve()));
    await told;
    const before = performance.now();
    session.stop();
    await session.finished;
    expect(performance.now() - before).toBeLessThan(200);
    expect(session.describe()).toMatchObject({ compression: packing, progress: { state: 'stopped' } });
  });
});
