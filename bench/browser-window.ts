/** A browser with a real window, and a host to look at with it: what the benches of the window stand on. */
import { type Browser, chromium, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserLaunchOptions } from '../e2e/support/browser.ts';
import { type Host, startHost } from '../e2e/support/host.ts';
import { findBrowser } from '../electron/web/find-browser.ts';
import { withDisplay } from './display.ts';

export const viewport = { width: 1280, height: 800 };

/** With a folder that is deleted afterwards. Null, after a line that says why, where no browser or display is to be had. */
export async function withBrowser<T>(use: (browser: Browser, folder: string) => Promise<T>): Promise<T | null> {
  const executablePath = findBrowser();
  if (executablePath === null) return skip('no Chromium or Chrome was found');
  const folder = await mkdtemp(join(tmpdir(), 'layerscope-bench-'));
  try {
    return await withDisplay(async (display) => {
      if (display === null) return skip('there is no display and no Xvfb');
      const browser = await chromium.launch({ ...browserLaunchOptions(), executablePath, headless: false, env: { ...process.env, ...display } });
      try {
        return await use(browser, folder);
      } finally {
        await browser.close();
      }
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function skip(reason: string): null {
  process.stdout.write(`The window was not measured: ${reason}.\n`);
  return null;
}

/** `file`: what is open from the start; null = nothing. */
export async function withHost<T>(file: string | null, environment: Readonly<Record<string, string>>, use: (host: Host) => Promise<T>): Promise<T> {
  const host = await startHost(file, environment);
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}

/** How many packets the status bar tells of. */
export async function packetsShown(page: Page): Promise<number> {
  const status = (await page.getByRole('contentinfo').textContent()) ?? '';
  return Number((/Packets: ([\d,]+)/.exec(status)?.[1] ?? '0').replaceAll(',', ''));
}
