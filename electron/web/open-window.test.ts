import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserArguments, browserFolder, openBrowserWindow } from './open-window.ts';

vi.setConfig({ testTimeout: 30_000 });

const token = 'A'.repeat(43);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A "browser" that writes its arguments and environment down, then waits to be ended. */
async function makeBrowser(waits: boolean): Promise<string> {
  const path = join(folder, 'browser');
  const script = `require('fs').writeFileSync(${JSON.stringify(join(folder, 'started'))}, JSON.stringify({ argv: process.argv, env: process.env }));`;
  await writeFile(path, `#!${process.execPath}\n${script}${waits ? 'setInterval(() => undefined, 1000);' : ''}\n`, { mode: 0o755 });
  return path;
}

async function startedWith(): Promise<string> {
  await vi.waitUntil(async () => (await readFile(join(folder, 'started'), 'utf8').catch(() => '')).endsWith('}'), { timeout: 20_000 });
  return readFile(join(folder, 'started'), 'utf8');
}

describe.skipIf(process.platform === 'win32')('the browser', () => {
  test('is started on a private file that posts the token, which nobody else can see', async () => {
    const opened = await openBrowserWindow({ browser: await makeBrowser(true), origin: 'http://127.0.0.1:4711', token, folder: join(folder, 'private') });
    const started = await startedWith();
    expect(started).not.toContain(token);
    const page = fileURLToPath(/--app=(file:[^"]+)/.exec(started)![1]!);
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    const text = await readFile(page, 'utf8');
    expect(text).toContain('<form method="post" action="http://127.0.0.1:4711/session">');
    expect(text).toContain(`name="token" value="${token}"`);
    await opened.close();
    await opened.ended;
    expect(existsSync(join(folder, 'private'))).toBe(false);
  });

  test('that ends by itself is noticed', async () => {
    const opened = await openBrowserWindow({ browser: await makeBrowser(false), origin: 'http://127.0.0.1:1', token, folder: join(folder, 'private') });
    await opened.ended;
    await opened.close();
  });

  test('that cannot be started is noticed', async () => {
    const opened = await openBrowserWindow({ browser: join(folder, 'none'), origin: 'http://127.0.0.1:1', token, folder: join(folder, 'private') });
    await opened.ended;
    await opened.close();
  });
});

test('only root goes without the sandbox, for Chromium would not start', () => {
  expect(browserArguments('file:///x', '/p', false)).not.toContain('--no-sandbox');
  expect(browserArguments('file:///x', '/p', true)).toContain('--no-sandbox');
});

test('a confined browser gets a folder that it can see', () => {
  expect(browserFolder('/usr/bin/chromium', '/tmp/x', 'browser')).toBe(join('/tmp/x', 'browser'));
  expect(browserFolder('/snap/bin/chromium', '/tmp/x', 'browser')).toMatch(/snap.chromium.common.browser$/);
});
