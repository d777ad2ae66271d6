/**
 * The browser for the end-to-end tests: found, or installed where that is possible, or named in one
 * clear line. Needs the packages.
 */
import { existsSync } from 'node:fs';
import { SetupError } from './ensure.mjs';
import { run, say } from './run.mjs';
import { importTypeScript } from './run-ts.mjs';

const installLimitMs = 240_000;

/**
 * @returns {Promise<string>} path of a Chromium or Chrome executable
 * @throws {SetupError} when there is none and none can be installed
 */
export async function ensureTestBrowser() {
  const found = await findTestBrowser();
  if (found) return found;
  if (canUseApt()) await installWithApt();
  const installed = await findTestBrowser();
  if (installed) return installed;
  throw new SetupError(
    'The end-to-end tests need Chromium or Chrome and found neither: install one (Debian: apt-get install chromium; any system: npx playwright install chromium) or name it in LAYERSCOPE_BROWSER.',
  );
}

/** Playwright's own browser goes first: it is the version that its driver was written for. */
async function findTestBrowser() {
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  if (!process.env['LAYERSCOPE_BROWSER'] && existsSync(own)) return own;
  // The product's own search, so that the tests run in the browser that `npm start` would open.
  const { findBrowser } = await importTypeScript('electron/web/find-browser.ts');
  return /** @type {Promise<string | null>} */ (findBrowser());
}

function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

async function installWithApt() {
  say('Installing Chromium for the end-to-end tests (apt-get) …');
  const options = { quiet: true, timeLimitMs: installLimitMs, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-q'], options);
  // The fonts make screenshots readable on a machine that has none.
  const { code, output } = await run('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium', 'fonts-liberation'], options);
  if (code !== 0) say(`apt-get could not install Chromium: ${output.trim().split('\n').at(-1)}`);
}
