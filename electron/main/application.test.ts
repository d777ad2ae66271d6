import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { engineContract, shellContract } from '../../shared/ipc/contract.ts';
import { toMainChannel, toPreloadChannel } from '../../shared/ipc/window-messages.ts';
import { portChannel } from '../engine/port-channel.ts';
import type * as Double from './electron-double.test-helper.ts';

vi.setConfig({ testTimeout: 30_000 });
const patience = { timeout: 20_000, interval: 5 };

let double: typeof Double;
let folder: string;
let capture: string;
const bugs: unknown[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
  capture = join(folder, 'shop.pcap');
  await writeFile(capture, 'x');
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__">');
  await writeFile(join(folder, 'secret.txt'), 'outside of the window');
  vi.stubEnv('LAYERSCOPE_CONFIG_FOLDER', join(folder, 'config'));
  vi.resetModules();
  double = await import('./electron-double.test-helper.ts');
  vi.doMock('electron', () => double);
  bugs.length = 0;
});

afterEach(async () => {
  double.app.emit('quit');
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  // The list of recent files may be in the middle of being written.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

/** Starts the program as `electron . …files` would; ready unless told otherwise. */
async function start(files: readonly string[] = [], ready = true): Promise<void> {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', '.', ...files]);
  const { startApplication } = await import('./application.ts');
  const program = { engine: '/bundle/engine.js', renderer: join(folder, 'renderer'), samples: join(folder, 'samples') };
  startApplication({ program, preload: '/bundle/preload.cjs', onBug: (error) => bugs.push(error) });
  if (!ready) return;
  double.app.testBecomeReady();
  await vi.waitUntil(() => windows().length > 0 || bugs.length > 0, patience);
}

function windows(): Double.BrowserWindow[] {
  return double.BrowserWindow.testAll;
}

let lastRequest = 0;

/** Asks main as the preload script of a window does; gives the answer. */
async function ask(window: Double.BrowserWindow, message: object, senderFrame: unknown = window.webContents.mainFrame) {
  const request = ++lastRequest;
  const before = window.webContents.testPosted.length;
  double.ipcMain.emit(toMainChannel, { sender: window.webContents, senderFrame }, { request, ...message });
  await vi.waitUntil(() => window.webContents.testPosted.length > before, patience);
  const answer = window.webContents.testPosted.at(-1)!;
  expect(answer.channel).toBe(toPreloadChannel);
  expect(answer.message).toMatchObject({ request });
  return answer;
}

async function connectShell(window: Double.BrowserWindow): Promise<Client<typeof shellContract>> {
  const { ports } = await ask(window, { ask: 'connect-shell' });
  return createClient(shellContract, portChannel(ports[0]!), { checkReplies: true });
}

async function connectEngine(window: Double.BrowserWindow, captureId: string): Promise<Client<typeof engineContract>> {
  const { ports } = await ask(window, { ask: 'connect-engine', captureId });
  return createClient(engineContract, portChannel(ports[0]!), { checkReplies: true });
}

async function shownCapture(window: Double.BrowserWindow): Promise<{ captureId: string; name: string } | null> {
  const shell = await connectShell(window);
  return vi.waitUntil(async () => (await shell.call('shell.describe', {})).capture, patience);
}

describe('starting', () => {
  test('a second start hands over to the first and ends', async () => {
    double.app.testHasLock = false;
    await start([capture], false);
    expect(double.app.testCalls).toEqual(['quit']);
  });

  test('the scheme and the sandbox are settled before the program is ready', async () => {
    await start();
    expect(double.app.testCalls).toEqual(['enableSandbox', 'ready']);
    expect(double.protocol.testSchemes).toEqual([{ scheme: 'layerscope', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
  });

  test('a window opens with the page, and shows once there is something to see', async () => {
    await start();
    const [window] = windows();
    expect(window!.webContents.testUrl).toBe('layerscope://app/');
    expect(window!.testOptions.show).toBe(false);
    expect(window!.testCalls).toEqual([]);
    window!.emit('ready-to-show');
    expect(window!.testCalls).toEqual(['show']);
  });

  test('without the window\'s files there is no program', async () => {
    await rm(join(folder, 'renderer'), { recursive: true });
    await start();
    expect(bugs).toHaveLength(1);
    expect(double.app.testCalls).toContain('exit');
  });
});

describe('files from the system', () => {
  test('the command line names one', async () => {
    await start([capture]);
    expect((await shownCapture(windows()[0]!))?.name).toBe('shop.pcap');
  });

  test('open-file comes before ready (macOS)', async () => {
    await start([], false);
    const event = { preventDefault: vi.fn() };
    double.app.emit('open-file', event, capture);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(windows()).toHaveLength(0);
    double.app.testBecomeReady();
    await vi.waitUntil(() => windows().length > 0, patience);
    expect((await shownCapture(windows()[0]!))?.name).toBe('shop.pcap');
    expect(windows()).toHaveLength(1);
  });

  test('a second start brings one: into an empty window first, then into windows of their own', async () => {
    await start();
    double.app.emit('second-instance', {}, ['electron', '--some-switch', '.', 'shop.pcap'], folder);
    expect((await shownCapture(windows()[0]!))?.name).toBe('shop.pcap');
    double.app.emit('second-instance', {}, ['electron', '.', capture], '/elsewhere');
    await vi.waitUntil(() => windows().length === 2, patience);
    expect((await shownCapture(windows()[1]!))?.name).toBe('shop.pcap');
    expect(windows()[1]!.testCalls).toContain('focus');
  });

  test('a second start without a file brings the window to the front', async () => {
    await start();
    windows()[0]!.testMinimized = true;
    double.app.emit('second-instance', {}, ['electron', '.'], folder);
    expect(windows()[0]!.testCalls).toEqual(['restore', 'focus']);
  });

  test('one that is not there is told in a box, and the window stays', async () => {
    await start([join(folder, 'none.pcap')]);
    await vi.waitUntil(() => double.dialog.testMessages.length > 0, patience);
    expect(double.dialog.testMessages[0]).toContain('There is no file');
    expect(windows()).toHaveLength(1);
  });
});

describe('a window and its capture', () => {
  test('a dropped file opens by the path that preload found', async () => {
    await start();
    const { message } = await ask(windows()[0]!, { ask: 'open-file', path: capture });
    expect(message).toMatchObject({ layerscope: 'opened', name: 'shop.pcap' });
  });

  test('a dropped folder is refused with a sentence', async () => {
    await start();
    const { message } = await ask(windows()[0]!, { ask: 'open-file', path: folder });
    expect(message).toMatchObject({ layerscope: 'refused', code: 'failed' });
    expect((message as { message: string }).message).toContain('is a folder');
  });

  test('the open dialog belongs to main; giving up opens nothing', async () => {
    await start();
    const shell = await connectShell(windows()[0]!);
    expect(await shell.call('shell.openDialog', {})).toEqual({ opened: null });
    double.dialog.testChosen = [capture];
    expect((await shell.call('shell.openDialog', {})).opened?.name).toBe('shop.pcap');
  });

  test('the page talks to the engine over a port of its own, not through main', async () => {
    await start([capture]);
    const shown = await shownCapture(windows()[0]!);
    const engine = await connectEngine(windows()[0]!, shown!.captureId);
    expect((await engine.call('rows.read', { view: 0, from: 0, count: 2 })).rows.map(({ info }) => info)).toEqual(['packet 1', 'packet 2']);
    expect((await engine.callWithPayload('packet.read', { number: 1 })).payload).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('an engine that dies is replaced, and the page is told', async () => {
    await start([capture]);
    const [window] = windows();
    const shown = await shownCapture(window!);
    const shell = await connectShell(window!);
    const stopped = new Promise((resolve) => shell.subscribe('shell.engineStopped', {}, resolve));
    await shell.call('shell.describe', {});
    double.utilityProcess.testAll[0]!.testEnd(5);
    expect(await stopped).toEqual({ captureId: shown!.captureId, restarted: true, reason: 'The process that reads "shop.pcap" stopped: it ended with status 5.' });
    const engine = await connectEngine(window!, shown!.captureId);
    expect((await engine.call('capture.describe', {})).name).toBe('shop.pcap');
  });

  test("another window's capture is out of reach", async () => {
    await start([capture]);
    const shown = await shownCapture(windows()[0]!);
    double.app.emit('second-instance', {}, ['electron', '.', capture], folder);
    await vi.waitUntil(() => windows().length === 2, patience);
    const { message, ports } = await ask(windows()[1]!, { ask: 'connect-engine', captureId: shown!.captureId });
    expect(message).toMatchObject({ layerscope: 'refused', code: 'not-found' });
    expect(ports).toEqual([]);
  });

  test('a page that dies is loaded again, with its capture; one that dies again and again is closed', async () => {
    await start([capture]);
    const [window] = windows();
    const shown = await shownCapture(window!);
    for (let death = 1; death <= 3; death += 1) {
      window!.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
      expect(window!.webContents.testReloads).toBe(death);
    }
    expect(await shownCapture(window!)).toEqual(shown);
    window!.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window!.testDestroyed).toBe(true);
    expect(double.dialog.testMessages[0]).toContain('crashed');
  });

  test('a closed window takes its engine along; without windows the program ends, but for macOS', async () => {
    await start([capture]);
    await shownCapture(windows()[0]!);
    const [engine] = double.utilityProcess.testAll;
    const ended = new Promise((resolve) => engine!.once('exit', resolve));
    windows()[0]!.destroy();
    await ended;
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    double.app.emit('window-all-closed');
    expect(double.app.testCalls).not.toContain('quit');
    vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
    double.app.emit('window-all-closed');
    expect(double.app.testCalls).toContain('quit');
  });
});

describe("Electron's security checklist", () => {
  /** Checklist 2, 3, 4, 6, 8, 9, 10, 11; and what goes with them. */
  const required: readonly (readonly [string, unknown])[] = [
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['contextIsolation', true],
    ['sandbox', true],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['enableBlinkFeatures', undefined],
    ['webviewTag', false],
    ['navigateOnDragDrop', false],
  ];

  test.each(required)('webPreferences.%s is %s', async (name, value) => {
    await start();
    expect((windows()[0]!.testOptions.webPreferences as Record<string, unknown>)[name]).toBe(value);
  });

  test('1: a request that leaves the program is cancelled', async () => {
    await start();
    const isCancelled = (url: string): boolean | undefined => {
      let cancelled: boolean | undefined;
      double.session.defaultSession.testBeforeRequest!({ url }, ({ cancel }) => (cancelled = cancel));
      return cancelled;
    };
    for (const url of ['http://example.com/', 'https://example.com/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'layerscope://other/', 'data:text/html,x', 'layerscope://app.evil/']) expect([url, isCancelled(url)]).toEqual([url, true]);
    for (const url of ['layerscope://app/', 'layerscope://app/assets/a.js', 'blob:layerscope://app/1']) expect([url, isCancelled(url)]).toEqual([url, false]);
  });

  test('5: no permission but copying text out, and that for our page only', async () => {
    await start();
    const { testPermissionRequest, testPermissionCheck, testDevicePermission, testDisplayMedia, testSpellChecker } = double.session.defaultSession;
    const page = { getURL: () => 'layerscope://app/' };
    const stranger = { getURL: () => 'https://example.com/' };
    const asked = (contents: typeof page, permission: string): boolean => {
      let answer = true;
      testPermissionRequest!(contents, permission, (granted) => (answer = granted));
      expect(testPermissionCheck!(contents, permission)).toBe(answer);
      return answer;
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'midi', 'pointerLock', 'fullscreen', 'openExternal', 'clipboard-read', 'hid', 'serial', 'usb', 'fileSystem', 'window-management']) {
      expect([permission, asked(page, permission)]).toEqual([permission, false]);
    }
    expect(asked(page, 'clipboard-sanitized-write')).toBe(true);
    expect(asked(stranger, 'clipboard-sanitized-write')).toBe(false);
    expect(testPermissionCheck!(null, 'clipboard-sanitized-write')).toBe(false);
    expect(testDevicePermission!()).toBe(false);
    const streams = vi.fn();
    testDisplayMedia!({}, streams);
    expect(streams).toHaveBeenCalledWith({});
    expect(testSpellChecker).toBe(false);
  });

  test('7, 18: the page comes by our own scheme with a strict policy, and nothing else does', async () => {
    await start();
    const serve = double.session.defaultSession.protocol.testHandlers.get('layerscope')!;
    const page = await serve({ method: 'GET', url: 'layerscope://app/' });
    const policy = page.headers.get('content-security-policy')!;
    expect(page.status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(await page.text()).toContain(/'nonce-([^']+)'/.exec(policy)![1]!);
    for (const url of ['layerscope://other/', 'layerscope://app/../secret.txt', 'layerscope://app/%2e%2e/secret.txt', 'layerscope://app/..%2fsecret.txt', 'layerscope://app/none', 'file:///etc/passwd']) {
      expect([url, (await serve({ method: 'GET', url })).status]).toEqual([url, 404]);
    }
    expect((await serve({ method: 'POST', url: 'layerscope://app/' })).status).toBe(404);
  });

  test.each(['will-navigate', 'will-frame-navigate'])('13: %s goes nowhere but to the page itself', async (name) => {
    await start();
    const prevented = (url: string, isMainFrame = true): boolean => {
      const event = { url, isMainFrame, preventDefault: vi.fn() };
      windows()[0]!.webContents.emit(name, event);
      return event.preventDefault.mock.calls.length > 0;
    };
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'layerscope://app/other', 'layerscope://other/', 'javascript:alert(1)', 'about:blank']) expect([url, prevented(url)]).toEqual([url, true]);
    expect(prevented('layerscope://app/')).toBe(false);
    if (name === 'will-frame-navigate') expect(prevented('layerscope://app/', false)).toBe(true);
  });

  test.each(['will-redirect', 'will-attach-webview'])('12, 13: %s is prevented', async (name) => {
    await start();
    const event = { preventDefault: vi.fn() };
    windows()[0]!.webContents.emit(name, event);
    expect(event.preventDefault).toHaveBeenCalled();
  });

  test('14, 15: no page opens a window, and nothing opens a browser', async () => {
    await start();
    expect(windows()[0]!.webContents.testOpenHandler!()).toEqual({ action: 'deny' });
    expect(Object.keys(double)).not.toContain('shell');
  });

  test.each([
    ['a frame within the page', { url: 'layerscope://app/', parent: {} }],
    ['a page that went elsewhere', { url: 'https://example.com/', parent: null }],
    ['a page of a similar name', { url: 'layerscope://app.example/', parent: null }],
    ['about:blank', { url: 'about:blank', parent: null }],
    ['an empty address', { url: '', parent: null }],
    ['a frame that has gone', null],
  ])('17: %s is not answered', async (_title, senderFrame) => {
    await start([capture]);
    const [window] = windows();
    double.ipcMain.emit(toMainChannel, { sender: window!.webContents, senderFrame }, { ask: 'connect-shell', request: 999 });
    await ask(window!, { ask: 'connect-shell' });
    expect(window!.webContents.testPosted.map(({ message }) => (message as { request: number }).request)).not.toContain(999);
  });

  test('17: a page of somebody else is not answered', async () => {
    await start();
    const stranger = { id: 4711, postMessage: vi.fn(), isDestroyed: () => false };
    double.ipcMain.emit(toMainChannel, { sender: stranger, senderFrame: { url: 'layerscope://app/', parent: null } }, { ask: 'connect-shell', request: 1 });
    await ask(windows()[0]!, { ask: 'connect-shell' });
    expect(stranger.postMessage).not.toHaveBeenCalled();
  });

  test.each([null, 'connect-shell', {}, { ask: 'quit', request: 1 }, { ask: 'connect-shell' }, { ask: 'connect-engine', request: 1 }, { ask: 'open-file', request: 1, path: '' }, { ask: 'open-file', request: 1, path: ['a'] }, { ask: 'connect-shell', request: -1 }])(
    '17: %j is no question',
    async (message) => {
      await start();
      const [window] = windows();
      double.ipcMain.emit(toMainChannel, { sender: window!.webContents, senderFrame: window!.webContents.mainFrame }, message);
      await ask(window!, { ask: 'connect-shell' });
      expect(window!.webContents.testPosted).toHaveLength(1);
      expect(bugs).toEqual([]);
    },
  );

  test('a download that the page did not make itself is prevented', async () => {
    await start();
    const download = (url: string): boolean => {
      const event = { preventDefault: vi.fn() };
      double.session.defaultSession.emit('will-download', event, { getURL: () => url });
      return event.preventDefault.mock.calls.length === 0;
    };
    expect(download('https://example.com/a.exe')).toBe(false);
    expect(download('blob:layerscope://app/1')).toBe(true);
  });
});
