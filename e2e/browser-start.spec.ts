/** `npm start`: from a file's name to an address, set-up included. */
import { join, relative } from 'node:path';
import { expect, samplePath, test } from './support/fixtures.ts';
import { projectFolder, startHostProcess } from './support/host.ts';

const startScript = join(projectFolder, 'scripts', 'start.mjs');

test('npm start finds the file from the folder where npm was called, and prints the address only', async ({ page, temporaryFolder }) => {
  const folder = join(projectFolder, 'assets');
  const environment = { INIT_CWD: folder, LAYERSCOPE_CONFIG_FOLDER: temporaryFolder };
  const host = await startHostProcess([startScript, relative(folder, samplePath('who-has')), '--no-open'], environment);
  await page.goto(host.address);
  await expect(page).toHaveTitle(/who-has\.pcapng/);
  await host.stop();
});

test('an address is good once', async ({ playwright, page, temporaryFolder }) => {
  const host = await startHostProcess([startScript, samplePath('who-has'), '--no-open'], { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
  await page.goto(host.address);
  await expect(page).toHaveTitle(/who-has\.pcapng/);
  const somebodyElse = await playwright.request.newContext();
  const second = await somebodyElse.get(host.address);
  expect(second.status()).toBe(403);
  await somebodyElse.dispose();
  await host.stop();
});

test('a file that is not there is told in one line, with an exit status', async () => {
  const failure = startHostProcess([startScript, 'no-such-file.pcap', '--no-open']);
  await expect(failure).rejects.toThrow(/status [12]:\n[^]*no-such-file\.pcap/);
  await expect(failure).rejects.not.toThrow(/\n\s+at /);
});

test('without a desktop one line says why there is no window, and the address is printed', async ({ temporaryFolder }) => {
  test.skip(process.platform !== 'linux', 'macOS and Windows always have a desktop');
  const host = await startHostProcess([startScript, samplePath('who-has')], { DISPLAY: '', WAYLAND_DISPLAY: '', LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
  expect(host.output()).toContain('Opening through the web host: there is no desktop for Electron');
  await host.stop();
});
