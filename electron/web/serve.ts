/**
 * `layerscope serve [FILE]`: the window in a browser, served to this machine only.
 *
 *     const serving = await serve({ file, openWindow: true, port: 0, version, program, print });
 *     await serving.closed;
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel } from '../../shared/ipc/channel.ts';
import { startChildEngine } from '../host/child-engine.ts';
import { EnginePool } from '../host/engine-pool.ts';
import { rehearsalFile, type ProgramFiles } from '../host/program-files.ts';
import { RecentFiles } from '../host/recent-files.ts';
import { Samples } from '../host/samples.ts';
import { LiveCaptures } from '../host/live/live-captures.ts';
import { captureFolder, configFolder } from '../host/user-folders.ts';
import { Credentials } from './credentials.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { browserFolder, openBrowserWindow, type OpenedBrowser } from './open-window.ts';
import { startWebServer, type WebServer } from './server.ts';
import { Uploads } from './uploads.ts';
import { Windows } from './windows.ts';

export interface ServeOptions {
  /** Capture that each window shows at first; null = the welcome page, "-" = standard input. */
  readonly file: string | null;
  /** That capture is read on as it grows. */
  readonly follow?: boolean;
  /** False: print the address instead of opening a window, and serve until closed. */
  readonly openWindow: boolean;
  /** 0 = any free port. */
  readonly port: number;
  readonly version: string;
  /** From `programFiles(import.meta.url)` of a module in the bundle folder. */
  readonly program: ProgramFiles;
  /** Receives lines for the user. The address with its token is one of them. */
  readonly print: (line: string) => void;
  /** Receives what is for a log only. */
  readonly onBug?: (error: unknown, name: string) => void;
  readonly uploadLimitBytes?: number;
  /** Memory that one capture's index may take; default a quarter of the machine's. */
  readonly columnBudgetBytes?: number | undefined;
  /** How long the host stays after its last window was closed, unless it only printed its address. */
  readonly graceMs?: number;
}

export interface Serving {
  /** Without a token, for example "http://127.0.0.1:40123". */
  readonly origin: string;
  /** A new address to open by hand, with a token that is good once. */
  signInAddress(): string;
  /** Resolves when the host has ended: its last window was closed, or `close` was called. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const defaultUploadLimitBytes = 4 * 1024 ** 3;
const defaultGraceMs = 4000;
/** A browser that shows nothing after so long (a policy, a confined folder) probably never will. */
const connectPatienceMs = 15_000;

/** Starts the host. Rejects with an `IpcError`, its message for the user, where the file cannot be opened or the port is taken. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const onBug = options.onBug ?? (() => undefined);
  const privateFolder = await mkdtemp(join(tmpdir(), 'layerscope-'));
  const { engine } = options.program;
  const pool = new EnginePool<Channel>({ rehearsal: rehearsalFile(options.program), start: () => startChildEngine(engine), startWithInput: () => startChildEngine(engine, { hasInput: true }) });
  const live = new LiveCaptures({ configFolder: configFolder(), captureFolder: captureFolder() });
  const credentials = new Credentials();
  let endWhenLastGone = false;
  const windows = new Windows({
    services: {
      host: 'web',
      version: options.version,
      pool,
      recentFiles: new RecentFiles(configFolder()),
      samples: new Samples(options.program.samples),
      live,
      columnBudgetBytes: options.columnBudgetBytes,
    },
    initialFile: options.file,
    follow: options.follow ?? false,
    graceMs: options.graceMs ?? defaultGraceMs,
    onBug,
    onLastGone: () => {
      if (endWhenLastGone) void host.close();
    },
  });
  const host = new ServingHost(privateFolder, pool, windows, live);
  try {
    const uploads = new Uploads(privateFolder, options.uploadLimitBytes ?? defaultUploadLimitBytes);
    const prepared = windows.prepare();
    // Both run at once; a refusal is met below, when there is a server to close.
    prepared.catch(() => undefined);
    host.listening(await startWebServer({ port: options.port, rendererFolder: options.program.renderer, credentials, windows, uploads, onBug }), credentials);
    await prepared;
    const browser = options.openWindow ? findUsableBrowser(options.print) : null;
    if (browser === null) options.print(`Open this address in a browser on this machine (it is good once): ${host.signInAddress()}`);
    else {
      endWhenLastGone = true;
      await host.openWindow(browser, credentials.issueToken(), options.print);
    }
    return host;
  } catch (error) {
    await host.close();
    throw error;
  }
}

/** The browser to open a window with; null, after one line that says why, where there is none. */
function findUsableBrowser(print: (line: string) => void): string | null {
  if (!hasDisplay()) {
    print('There is no display to open a window on.');
    return null;
  }
  const browser = findBrowser();
  if (browser === null) print('No Chromium, Chrome or Edge was found to open a window with.');
  return browser;
}

class ServingHost implements Serving {
  readonly closed: Promise<void>;
  readonly #privateFolder: string;
  readonly #pool: EnginePool<Channel>;
  readonly #windows: Windows;
  readonly #live: LiveCaptures;
  #server: WebServer | null = null;
  #credentials: Credentials | null = null;
  #browser: OpenedBrowser | null = null;
  #closing: Promise<void> | null = null;
  #resolveClosed: () => void = () => undefined;

  constructor(privateFolder: string, pool: EnginePool<Channel>, windows: Windows, live: LiveCaptures) {
    this.#privateFolder = privateFolder;
    this.#pool = pool;
    this.#windows = windows;
    this.#live = live;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  get origin(): string {
    return this.#server?.origin ?? '';
  }

  listening(server: WebServer, credentials: Credentials): void {
    this.#server = server;
    this.#credentials = credentials;
  }

  signInAddress(): string {
    return `${this.origin}/?token=${this.#credentials?.issueToken() ?? ''}`;
  }

  async openWindow(browser: string, token: string, print: (line: string) => void): Promise<void> {
    const folder = browserFolder(browser, this.#privateFolder, 'browser');
    this.#browser = await openBrowserWindow({ browser, origin: this.origin, token, folder });
    print(`Layerscope is open in a window of ${browser}; close it, or press Ctrl+C here, to end.`);
    const patience = setTimeout(() => {
      if (!this.#windows.hadConnection) print(`No window yet? Open this address in a browser on this machine (it is good once): ${this.signInAddress()}`);
    }, connectPatienceMs);
    patience.unref();
    // A browser that ends takes its windows with it, or never had one.
    void this.#browser.ended.then(() => {
      clearTimeout(patience);
      return this.close();
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#windows.close();
    this.#live.close();
    this.#pool.close();
    await this.#server?.close();
    await this.#browser?.close();
    await rm(this.#privateFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined);
    this.#resolveClosed();
  }
}
