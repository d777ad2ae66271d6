/** What every browser test needs: a private host, and a page signed in to it that reports its errors. */
import { test as base, expect, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, projectFolder, startHost } from './host.ts';

export interface Fixtures {
  /** Starts a host on a file (null: the welcome page) and opens the window on it. */
  readonly open: (file: string | null) => Promise<Page>;
  readonly temporaryFolder: string;
}

export function samplePath(id: string): string {
  return join(projectFolder, 'assets', 'samples', `${id}.pcapng`);
}

export const test = base.extend<Fixtures>({
  // Playwright finds out from the pattern what a fixture needs: nothing.
  temporaryFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'layerscope-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  open: async ({ page, temporaryFolder }, use) => {
    const hosts: Host[] = [];
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    // Refused resources and violations of the content security policy arrive here too.
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await use(async (file) => {
      // Recent files of the person who runs the tests must neither show nor be written to.
      const host = await startHost(file, { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
      hosts.push(host);
      await page.goto(host.address);
      return page;
    });
    // What a page is still loading when its host goes is no error of either.
    await page.close();
    await Promise.all(hosts.map((host) => host.stop()));
    expect(errors, 'errors of the page').toEqual([]);
  },
});

export { expect };
