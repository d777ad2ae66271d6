/** The web host as a real browser meets it: other pages get nothing, engines may die, files are sent and reloads survive. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from '@playwright/test';
import { browserLaunchOptions } from './support/browser.ts';
import { expect, samplePath, test } from './support/fixtures.ts';
import { startHost } from './support/host.ts';

/** What a page of somebody else tries on `origin`; each attempt says what it got. */
function attempts(origin: string): Promise<Record<string, string>> {
  const windowId = '11111111-2222-4333-8444-555555555555';
  const told = (promise: Promise<string>): Promise<string> => promise.catch(() => 'nothing');
  const element = (name: 'script' | 'img' | 'link', attribute: 'src' | 'href', path: string): Promise<string> =>
    new Promise((resolve) => {
      const made = document.createElement(name);
      if (name === 'link') made.setAttribute('rel', 'stylesheet');
      made.addEventListener('load', () => resolve('loaded'));
      made.addEventListener('error', () => resolve('nothing'));
      made.setAttribute(attribute, origin + path);
      document.head.append(made);
    });
  const socket = (): Promise<string> =>
    new Promise((resolve) => {
      const made = new WebSocket(`${origin.replace('http', 'ws')}/ipc/shell?window=${windowId}`);
      made.addEventListener('open', () => resolve('open'));
      made.addEventListener('close', () => resolve('nothing'));
    });
  const text = async (init: RequestInit, path: string): Promise<string> => {
    const response = await fetch(origin + path, init);
    return response.type === 'opaque' ? 'nothing' : `${response.status} ${(await response.text()).length} bytes`;
  };
  return Promise.all([
    told(text({ credentials: 'include' }, '/')),
    told(text({ credentials: 'include', mode: 'no-cors' }, '/')),
    told(text({ credentials: 'include', method: 'POST', body: 'x' }, `/upload?window=${windowId}&name=a`)),
    element('script', 'src', '/'),
    element('img', 'src', '/icon.svg'),
    element('link', 'href', '/'),
    socket(),
  ]).then((results) => Object.fromEntries(['page', 'opaque', 'upload', 'script', 'image', 'style', 'socket'].map((name, index) => [name, results[index] ?? ''])));
}

const nothingAtAll = { page: 'nothing', opaque: 'nothing', upload: 'nothing', script: 'nothing', image: 'nothing', style: 'nothing', socket: 'nothing' };

/** A page of somebody else, on another port of this machine. */
async function startStranger(): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>stranger</title>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

async function withBrowser(extraArguments: readonly string[], run: (browser: Browser) => Promise<void>): Promise<void> {
  const options = browserLaunchOptions();
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...extraArguments] });
  try {
    await run(browser);
  } finally {
    await browser.close();
  }
}

test('a page on another port gets nothing, although the browser sends it our cookie', async ({ temporaryFolder }) => {
  const host = await startHost(samplePath('web-page'), { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
  const stranger = await startStranger();
  await withBrowser([], async (browser) => {
    const context = await browser.newContext();
    const ours = await context.newPage();
    await ours.goto(host.address);
    await expect(ours).toHaveTitle(/web-page/);
    const theirs = await context.newPage();
    await theirs.goto(`http://127.0.0.1:${stranger.port}/`);
    expect(await theirs.evaluate(attempts, new URL(host.address).origin)).toEqual(nothingAtAll);
    await theirs.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      return new Promise((resolve) => frame.addEventListener('load', resolve));
    }, new URL(host.address).origin);
    expect(await theirs.frames()[1]?.evaluate(() => document.body.innerText).catch(() => '')).not.toContain('web-page');
    await expect(ours.getByRole('grid')).toBeVisible();
  });
  stranger.server.close();
  await host.stop();
});

test('a name that is pointed at this machine (DNS rebinding) gets nothing', async ({ temporaryFolder }) => {
  const host = await startHost(samplePath('web-page'), { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
  const { port } = new URL(host.address);
  await withBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1'], async (browser) => {
    // A page each: an attempt that ends on the browser's error page would disturb the next one.
    const direct = await (await browser.newPage()).goto(`http://evil.example:${port}/`).catch(() => null);
    if (direct !== null) {
      expect(direct.status()).toBe(403);
      expect((await direct.body()).length).toBe(0);
    }
    // The very token does not help a page whose name is not ours.
    const withToken = await (await browser.newPage()).goto(host.address.replace('127.0.0.1', 'evil.example')).catch(() => null);
    expect(withToken?.status() ?? 403).toBe(403);
    const stranger = await startStranger();
    const page = await browser.newPage();
    await page.goto(`http://evil.example:${stranger.port}/`);
    expect(await page.evaluate(attempts, `http://evil.example:${port}`)).toEqual(nothingAtAll);
    stranger.server.close();
  });
  await host.stop();
});

test('the token is neither in the address bar nor in the history, and a reload keeps the capture', async ({ open }) => {
  const page = await open(samplePath('web-page'));
  await expect(page).toHaveTitle(/web-page/);
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page).toHaveTitle(/web-page/);
  await expect(page.locator('#packet-2')).toBeVisible();
});

test('when the engine is killed, the window says so and goes on at the same packet', async ({ page, temporaryFolder }) => {
  test.skip(process.platform === 'win32', 'finds the engine with pgrep');
  const host = await startHost(samplePath('web-page'), { LAYERSCOPE_CONFIG_FOLDER: temporaryFolder });
  await page.goto(host.address);
  await page.locator('#packet-4').click();
  await expect(page.locator('#packet-4')).toHaveAttribute('aria-selected', 'true');
  const engines = execFileSync('pgrep', ['-P', String(host.process.pid)], { encoding: 'utf8' }).trim().split('\n');
  for (const engine of engines) process.kill(Number(engine), 'SIGKILL');
  await expect(page.getByText(/stopped: it was ended by SIGKILL/)).toBeVisible();
  await expect(page.locator('#packet-4')).toHaveAttribute('aria-selected', 'true');
  await page.locator('#packet-6').click();
  await expect(page.getByText('Packet 6', { exact: false }).first()).toBeVisible();
  await host.stop();
});

test('a file chosen in the page is sent to the host and shown', async ({ open }) => {
  const page = await open(null);
  await expect(page.getByText('Open', { exact: false }).first()).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+O');
  await (await chooser).setFiles(samplePath('vlan-qinq'));
  await expect(page).toHaveTitle(/vlan-qinq\.pcapng/);
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
});
