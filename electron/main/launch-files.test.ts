import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { launchFiles } from './launch-files.ts';

const folder = resolve('/captures');

test.each([
  ['nothing', ['layerscope'], true, []],
  ['a file', ['layerscope', 'a.pcap'], true, [resolve(folder, 'a.pcap')]],
  ['an absolute file', ['layerscope', resolve('/x/a.pcap')], true, [resolve('/x/a.pcap')]],
  ['several files', ['layerscope', 'a.pcap', 'b.pcap'], true, [resolve(folder, 'a.pcap'), resolve(folder, 'b.pcap')]],
  ['switches of Chromium, wherever they are', ['layerscope', '--enable-crashpad', 'a.pcap', '--no-sandbox'], true, [resolve(folder, 'a.pcap')]],
  ["the application's folder, in development", ['electron', '.', 'a.pcap'], false, [resolve(folder, 'a.pcap')]],
  ['only that folder', ['electron', '--inspect', '.'], false, []],
] as const)('a command line with %s', (_title, argv, isPackaged, files) => {
  expect(launchFiles(argv, folder, isPackaged)).toEqual(files);
});
