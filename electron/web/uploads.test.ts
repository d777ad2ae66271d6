import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Uploads } from './uploads.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('files keep apart, whatever their senders call them', async () => {
  const uploads = new Uploads(folder, 100);
  const [first, second] = await Promise.all([uploads.receive(Readable.from([Buffer.from('one')]), 3), uploads.receive(Readable.from([Buffer.from('two')]), null)]);
  expect(await Promise.all([first, second].map((path) => readFile(path, 'utf8')))).toEqual(['one', 'two']);
  await uploads.remove(first);
  expect(await readdir(folder)).toHaveLength(1);
});

test('exactly the limit is taken', async () => {
  const path = await new Uploads(folder, 3).receive(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3);
  expect(await readFile(path, 'utf8')).toBe('abc');
});

test.each([
  ['says so', 4],
  ['does not say so', null],
  ['says otherwise', 1],
])('a file over the limit that %s is refused, and nothing is kept', async (_title, declared) => {
  const body = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
  await expect(new Uploads(folder, 3).receive(body, declared)).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('larger than 3 bytes') as string });
  expect(await readdir(folder)).toEqual([]);
});

test('a body that breaks off is refused, and nothing is kept', async () => {
  const body = new Readable({ read: () => undefined });
  body.push('part');
  const receiving = new Uploads(folder, 100).receive(body, 100);
  body.destroy(new Error('the connection ended'));
  await expect(receiving).rejects.toMatchObject({ code: 'failed', message: 'The file could not be kept: the connection ended.' });
  expect(await readdir(folder)).toEqual([]);
});
