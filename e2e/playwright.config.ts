import { defineConfig } from '@playwright/test';
import { join } from 'node:path';
import { browserLaunchOptions } from './support/browser.ts';

const projectFolder = join(import.meta.dirname, '..');

// Workers inherit it: importing `electron` by mistake then gives a path instead of starting a download.
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join(projectFolder, '.cache', 'no-electron');

const chromium = { browserName: 'chromium', viewport: { width: 1280, height: 800 }, launchOptions: browserLaunchOptions() } as const;

export default defineConfig({
  testDir: '.',
  outputDir: join(projectFolder, 'test-results'),
  // Each test has a host of its own, so files run side by side; more than two browsers at once starve each other.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(projectFolder, '.cache', 'test', 'e2e.json') }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'browser', testMatch: /browser.*\.spec\.ts$/, use: chromium },
    { name: 'electron', testMatch: /electron.*\.spec\.ts$/ },
    // Only when asked for: npm run screenshots.
    { name: 'screenshots', testMatch: /screenshots\.spec\.ts$/, use: chromium },
  ],
});
