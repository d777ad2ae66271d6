/**
 * Stands in for the `electron` module in tests: records what it is told, and
 * lets a test play Electron's part. Members that Electron does not have begin
 * with "test"; electron-double.test.ts checks all others against electron.d.ts.
 * Utility processes run the real engine service, in this process, over made-up sessions.
 */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { MenuItemConstructorOptions, WebPreferences } from 'electron';
import { serveHost } from '../engine/engine-service.ts';
import { FakeSession } from '../engine/fake-session.test-helper.ts';
import { linkToParent, type ParentPort } from '../engine/parent-channel.ts';
import type { PortLike } from '../engine/port-channel.ts';

class DoubleApp extends EventEmitter {
  isPackaged = false;
  name = 'Layerscope';
  testHasLock = true;
  testCalls: string[] = [];
  #ready: () => void = () => undefined;
  readonly #whenReady = new Promise<void>((resolve) => {
    this.#ready = resolve;
  });
  requestSingleInstanceLock(): boolean {
    return this.testHasLock;
  }
  enableSandbox(): void {
    this.testCalls.push('enableSandbox');
  }
  whenReady(): Promise<void> {
    return this.#whenReady;
  }
  getAppMetrics(): { pid: number; cpu: { cumulativeCPUUsage?: number } }[] {
    return [];
  }
  getVersion(): string {
    return '0.0.0';
  }
  quit(): void {
    this.testCalls.push('quit');
    this.emit('quit');
  }
  exit(): void {
    this.testCalls.push('exit');
  }
  testBecomeReady(): void {
    this.testCalls.push('ready');
    this.#ready();
  }
}

class DoubleProtocol {
  testSchemes: { scheme: string; privileges?: Record<string, boolean> }[] = [];
  testHandlers = new Map<string, (request: { method: string; url: string }) => Promise<Response>>();
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    this.testSchemes.push(...schemes);
  }
  handle(scheme: string, handler: (request: { method: string; url: string }) => Promise<Response>): void {
    this.testHandlers.set(scheme, handler);
  }
}

type Asker = { getURL(): string };
class DoubleSession extends EventEmitter {
  protocol = new DoubleProtocol();
  testPermissionRequest: ((contents: Asker, permission: string, callback: (granted: boolean) => void) => void) | null = null;
  testPermissionCheck: ((contents: Asker | null, permission: string) => boolean) | null = null;
  testDevicePermission: (() => boolean) | null = null;
  testDisplayMedia: ((request: unknown, callback: (streams: object) => void) => void) | null = null;
  testSpellChecker = true;
  testBeforeRequest: ((request: { url: string }, callback: (response: { cancel?: boolean }) => void) => void) | null = null;
  webRequest = {
    onBeforeRequest: (listener: NonNullable<DoubleSession['testBeforeRequest']>): void => {
      this.testBeforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: DoubleSession['testPermissionRequest']): void {
    this.testPermissionRequest = handler;
  }
  setPermissionCheckHandler(handler: DoubleSession['testPermissionCheck']): void {
    this.testPermissionCheck = handler;
  }
  setDevicePermissionHandler(handler: DoubleSession['testDevicePermission']): void {
    this.testDevicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: DoubleSession['testDisplayMedia']): void {
    this.testDisplayMedia = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.testSpellChecker = enabled;
  }
}

let lastContentsId = 0;
class DoubleWebContents extends EventEmitter {
  readonly id = ++lastContentsId;
  mainFrame = { url: 'layerscope://app/', parent: null };
  testUrl = '';
  testReloads = 0;
  testOpenHandler: (() => { action: string }) | null = null;
  testPosted: { channel: string; message: unknown; ports: MessagePortMain[] }[] = [];
  testZoomLevel = 0;
  testDevToolsToggles = 0;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.testOpenHandler = handler;
  }
  getURL(): string {
    return this.testUrl;
  }
  reload(): void {
    this.testReloads += 1;
  }
  isDestroyed(): boolean {
    return false;
  }
  setZoomLevel(level: number): void {
    this.testZoomLevel = level;
  }
  getZoomLevel(): number {
    return this.testZoomLevel;
  }
  toggleDevTools(): void {
    this.testDevToolsToggles += 1;
  }
  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []): void {
    this.testPosted.push({ channel, message, ports });
    this.emit('test-posted');
  }
}

export class BrowserWindow extends EventEmitter {
  static testAll: BrowserWindow[] = [];
  readonly webContents = new DoubleWebContents();
  readonly testOptions: { webPreferences: WebPreferences; show: boolean };
  testCalls: string[] = [];
  testDestroyed = false;
  testMinimized = false;
  constructor(options: BrowserWindow['testOptions']) {
    super();
    this.testOptions = options;
    BrowserWindow.testAll.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.webContents.testUrl = url;
    return Promise.resolve();
  }
  show(): void {
    this.testCalls.push('show');
  }
  focus(): void {
    this.testCalls.push('focus');
  }
  restore(): void {
    this.testCalls.push('restore');
  }
  minimize(): void {
    this.testMinimized = true;
  }
  isMinimized(): boolean {
    return this.testMinimized;
  }
  isFocused(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.testDestroyed;
  }
  destroy(): void {
    this.testDestroyed = true;
    this.emit('closed');
  }
}

class DoubleMenu {
  testTemplate: MenuItemConstructorOptions[] = [];
  buildFromTemplate(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
    return template;
  }
  setApplicationMenu(menu: MenuItemConstructorOptions[]): void {
    this.testTemplate = menu;
  }
}

class DoubleDialog {
  testChosen: string[] = [];
  testMessages: string[] = [];
  showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    return Promise.resolve({ canceled: this.testChosen.length === 0, filePaths: this.testChosen });
  }
  showMessageBox(_window: unknown, { message }: { message: string }): Promise<unknown> {
    this.testMessages.push(message);
    return Promise.resolve({ response: 0 });
  }
  showErrorBox(_title: string, message: string): void {
    this.testMessages.push(message);
  }
}

/** A Node port that delivers as Electron's does: the data inside an event. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    port.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }
  start(): void {
    this.#port.start();
  }
  close(): void {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

export class UtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly testPath: string;
  readonly testOptions: unknown;
  #toEngine: Parameters<ParentPort['on']>[1] = () => undefined;
  #ended = false;
  constructor(path: string, options: unknown) {
    super();
    this.testPath = path;
    this.testOptions = options;
    const parentPort: ParentPort = {
      on: (_event, listener) => {
        this.#toEngine = listener;
      },
      postMessage: (message) => queueMicrotask(() => this.emit('message', message)),
    };
    const link = linkToParent({ on: () => undefined }, parentPort)!;
    serveHost(link, { openSession: (file, settings) => FakeSession.open(file, settings), exit: () => this.testEnd(0), onBug: () => undefined });
  }
  postMessage(data: unknown, ports: PortLike[] = []): void {
    if (!this.#ended) queueMicrotask(() => this.#toEngine({ data, ports }));
  }
  kill(): boolean {
    this.testEnd(143);
    return true;
  }
  testEnd(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    queueMicrotask(() => this.emit('exit', code));
  }
}

class DoubleUtilityProcess {
  testAll: UtilityProcess[] = [];
  fork(path: string, _words: string[], options: unknown): UtilityProcess {
    const started = new UtilityProcess(path, options);
    this.testAll.push(started);
    return started;
  }
}

class DoubleIpcRenderer extends EventEmitter {
  testSent: { channel: string; message: unknown }[] = [];
  send(channel: string, message: unknown): void {
    this.testSent.push({ channel, message });
  }
}

export const app = new DoubleApp();
export const session = { defaultSession: new DoubleSession() };
export const protocol = new DoubleProtocol();
export const ipcMain = new EventEmitter();
export const ipcRenderer = new DoubleIpcRenderer();
export const Menu = new DoubleMenu();
export const dialog = new DoubleDialog();
export const utilityProcess = new DoubleUtilityProcess();
export const webUtils = { getPathForFile: (file: File): string => (file.name.startsWith('/') ? file.name : '') };
