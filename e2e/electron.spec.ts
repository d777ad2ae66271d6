/** The desktop application itself. Skipped, with the reason, where Electron's binary or a display is missing. */
import { _electron as electron, type ElectronApplication, expect, test } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElectron } from '../scripts/electron-binary.mjs';
import { samplePath } from './support/fixtures.ts';
import { projectFolder } from './support/host.ts';

const missing = findElectron() === null ? "Electron's binary is not installed" : (process.env['LAYERSCOPE_ELECTRON_MISSING'] ?? '');

test.skip(missing !== '', `electron: skipped: ${missing}`);

let application: ElectronApplication | undefined;
let folder: string;

async function launch(...files: readonly string[]): Promise<ElectronApplication> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { ELECTRON_OVERRIDE_DIST_PATH: _unset, ...environment } = process.env;
  application = await electron.launch({
    executablePath: findElectron() ?? '',
    args: [projectFolder, `--user-data-dir=${join(folder, 'profile')}`, ...asRoot, ...files],
    env: { ...environment, LAYERSCOPE_CONFIG_FOLDER: folder } as Record<string, string>,
  });
  return application;
}

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-electron-'));
});

test.afterEach(async () => {
  await application?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a file named on the command line is shown', async () => {
  const window = await (await launch(samplePath('web-page'))).firstWindow();
  await expect(window).toHaveTitle(/web-page\.pcapng/);
  await expect(window.getByRole('grid').getByRole('row').filter({ hasText: 'Client Hello' })).toBeVisible();
});

test('without a file the welcome page offers the samples', async () => {
  const window = await (await launch()).firstWindow();
  await expect(window.getByText('One web page, all layers')).toBeVisible();
});

test('the page is sandboxed and knows no Node', async () => {
  const window = await (await launch()).firstWindow();
  expect(await window.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis))).toEqual([]);
  expect(new URL(window.url()).protocol).not.toBe('file:');
});

test('the window neither navigates away nor opens another', async () => {
  const running = await launch();
  const window = await running.firstWindow();
  const before = window.url();
  await window.evaluate(() => {
    open('https://example.com/');
    location.href = 'https://example.com/';
  });
  // A call over the page's own connection comes back only once the attempts above were dealt with.
  await expect(window.getByText('One web page, all layers')).toBeVisible();
  expect(window.url()).toBe(before);
  expect(running.windows()).toHaveLength(1);
});
