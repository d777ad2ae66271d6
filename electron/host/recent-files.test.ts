import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecentFiles } from './recent-files.ts';
import { configFolder, displayFolder } from './user-folders.ts';

let folder: string;
let configured: string;
let recent: RecentFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
  configured = join(folder, 'config');
  recent = new RecentFiles(configured);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function capture(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name);
  return path;
}

test('the latest comes first, once each, ten at most', async () => {
  for (let index = 0; index < 12; index += 1) await recent.noteOpened(await capture(`${index}.pcap`), index);
  await recent.noteOpened(join(folder, '5.pcap'), 5);
  expect((await recent.list()).map(({ name }) => name)).toEqual(['5.pcap', ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map((index) => `${index}.pcap`)]);
});

test('an entry tells name, folder and size, never its path; its id leads back to it', async () => {
  const path = await capture('shop.pcap');
  await recent.noteOpened(path, 1234);
  await recent.notePackets(path, 77);
  const [entry] = await recent.list();
  expect(entry).toMatchObject({ name: 'shop.pcap', sizeBytes: 1234, packets: 77, missing: false });
  expect(Object.keys(entry!)).not.toContain('path');
  expect(await recent.pathOf(entry!.id)).toBe(path);
  expect(await recent.pathOf('0'.repeat(32))).toBeNull();
});

test('opened again, a file keeps what is known of it', async () => {
  const path = await capture('a.pcap');
  await recent.noteOpened(path, 1);
  await recent.notePackets(path, 9);
  await recent.noteOpened(path, 1);
  expect((await recent.list())[0]!.packets).toBe(9);
});

test('a file that is gone is listed as missing', async () => {
  const path = await capture('gone.pcap');
  await recent.noteOpened(path, 1);
  await rm(path);
  expect((await recent.list())[0]!.missing).toBe(true);
});

test('what one start wrote, the next one reads; others cannot', async () => {
  await recent.noteOpened(await capture('a.pcap'), 1);
  expect(await new RecentFiles(configured).list()).toHaveLength(1);
  expect((await stat(join(configured, 'recent-files.json'))).mode & 0o777).toBe(0o600);
});

test('changes at the same time all take effect, and leave one whole file', async () => {
  const paths = await Promise.all(Array.from({ length: 9 }, (_, index) => capture(`${index}.pcap`)));
  await Promise.all(paths.map((path) => recent.noteOpened(path, 1)));
  expect(await recent.list()).toHaveLength(9);
  expect(await readdir(configured)).toEqual(['recent-files.json']);
});

test('clearing leaves none', async () => {
  await recent.noteOpened(await capture('a.pcap'), 1);
  await recent.clear();
  expect(await recent.list()).toEqual([]);
});

test.each(['', '{', 'null', '{"version":2,"files":[]}', '{"version":1,"files":[{"path":7}]}'])('a list of %j counts as empty, and is replaced', async (text) => {
  await recent.clear();
  await writeFile(join(configured, 'recent-files.json'), text);
  expect(await recent.list()).toEqual([]);
  await recent.noteOpened(await capture('a.pcap'), 1);
  expect(JSON.parse(await readFile(join(configured, 'recent-files.json'), 'utf8'))).toMatchObject({ version: 1, files: [{ sizeBytes: 1 }] });
});

test('a list that cannot be written keeps nothing from opening', async () => {
  await writeFile(configured, 'a file where the folder should be');
  await chmod(configured, 0o400);
  await recent.noteOpened('/a.pcap', 1);
  expect(await recent.list()).toEqual([]);
});

test.each([
  [{ LAYERSCOPE_CONFIG_FOLDER: '/chosen' }, 'linux', '/chosen'],
  [{ XDG_CONFIG_HOME: '/home/ada/.cfg' }, 'linux', join('/home/ada/.cfg', 'layerscope')],
  [{ APPDATA: '/Users/Ada/AppData/Roaming' }, 'win32', join('/Users/Ada/AppData/Roaming', 'Layerscope')],
] as const)('the configuration of %j on %s lies in %s', (environment, platform, expected) => {
  expect(configFolder(environment, platform)).toBe(expected);
});

test.each([
  ['/home/ada', '~'],
  ['/home/ada/captures', '~/captures'],
  ['/home/adam/captures', '/home/adam/captures'],
  ['/var/log', '/var/log'],
])('%s is shown as %s', (path, shown) => {
  expect(displayFolder(path, '/home/ada')).toBe(shown);
});
