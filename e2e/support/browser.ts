/** How the tests start the browser that `npm test` found (scripts/test-browser.mjs). */
import type { LaunchOptions } from '@playwright/test';

export function browserLaunchOptions(): LaunchOptions {
  const executablePath = process.env['LAYERSCOPE_TEST_BROWSER'];
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    // Without a path Playwright takes its own browser.
    ...(executablePath ? { executablePath } : {}),
    args: [
      // Chromium refuses to run as root with its sandbox on.
      ...(asRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
