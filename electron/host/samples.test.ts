import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Samples } from './samples.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sample = { id: 'arp', title: 'ARP', description: 'Who has it?', layers: [2], packets: 2, file: 'arp.pcapng' };

test('samples are listed in order and found by id', async () => {
  await writeFile(join(folder, 'samples.json'), JSON.stringify([sample, { ...sample, id: 'dns', file: 'dns.pcapng' }]));
  const samples = new Samples(folder);
  expect((await samples.list()).map(({ id }) => id)).toEqual(['arp', 'dns']);
  expect(await samples.find('dns')).toEqual({ path: join(folder, 'dns.pcapng'), title: 'ARP' });
  expect(await samples.find('tls')).toBeNull();
});

test('a program without samples has none', async () => {
  expect(await new Samples(folder).list()).toEqual([]);
});

test.each(['../arp.pcapng', '/etc/passwd', 'a/b.pcapng', ''])('a sample in the file "%s" is refused: it would lie elsewhere', async (file) => {
  await writeFile(join(folder, 'samples.json'), JSON.stringify([{ ...sample, file }]));
  await expect(new Samples(folder).list()).rejects.toThrow();
});

test('the samples that come with the program are as they should be', async () => {
  const samples = new Samples(join(import.meta.dirname, '..', '..', 'assets', 'samples'));
  expect((await samples.list()).length).toBeGreaterThan(0);
});
