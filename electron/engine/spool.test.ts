import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spool } from './spool.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerscope-spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const content = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 2_654_435_761) >>> 24);

async function fill(spool: Spool, pieceBytes: number): Promise<number> {
  let taken = 0;
  for (let at = 0; at < content.length; at += pieceBytes) {
    taken += spool.append(content.subarray(at, at + pieceBytes));
    await spool.room;
  }
  return taken;
}

test.each([
  ['all in memory', { memoryBytes: 1 << 20, blockBytes: 4096 }],
  ['some in memory', { memoryBytes: 40_000, blockBytes: 4096 }],
  ['blocks that no direct write can have', { memoryBytes: 40_000, blockBytes: 1000 }],
  ['nothing in memory but the last block', { memoryBytes: 0, blockBytes: 8192 }],
])('%s: every byte can be read again, while it is written and later', async (_, settings) => {
  const spool = new Spool({ ...settings, folder });
  expect(await fill(spool, 7919)).toBe(content.length);
  const check = (): void => {
    for (const [offset, length] of [[0, 10], [39_990, 20], [4090, 10_000], [0, content.length], [content.length - 5, 5], [250_000, 60_000]] as const) {
      expect(Buffer.compare(spool.readAt(offset, length), content.subarray(offset, offset + length))).toBe(0);
      const into = new Uint8Array(length);
      const count = spool.readAt(offset, length, into).length;
      expect(Buffer.compare(into.subarray(0, count), content.subarray(offset, offset + length))).toBe(0);
    }
  };
  check();
  await spool.written;
  check();
  expect(readdirSync(folder)).toEqual([]);
  spool.close();
});

test('takes no more than its limit', async () => {
  const spool = new Spool({ limitBytes: 100_001, memoryBytes: 4096, blockBytes: 4096, folder });
  expect(await fill(spool, 5000)).toBe(100_001);
  expect(spool.append(content)).toBe(0);
  spool.close();
});

test('a file that cannot be made is an error of the append that needs it', () => {
  const spool = new Spool({ memoryBytes: 4096, blockBytes: 4096, folder: join(folder, 'none') });
  expect(spool.append(content.subarray(0, 4096))).toBe(4096);
  expect(() => spool.append(content)).toThrow('ENOENT');
  expect(Buffer.compare(spool.readAt(0, 5000), content.subarray(0, 4096))).toBe(0);
  spool.close();
});
