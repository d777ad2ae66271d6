/** One window's side of the shell contract: which capture it shows, and how it opens others. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { shellContract } from '../../shared/ipc/contract.ts';
import type { Event, StreamName } from '../../shared/ipc/define.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Handlers, StreamContext } from '../../shared/ipc/peer.ts';
import { STANDARD_INPUT, type CaptureSource, type EnginePool, type EngineStop, type OpenCapture } from './engine-pool.ts';
import type { LiveCapture } from './live/live-capture.ts';
import type { LiveCaptures } from './live/live-captures.ts';
import { liveHandlers } from './live/live-handlers.ts';
import type { RecentFiles } from './recent-files.ts';
import type { Samples } from './samples.ts';
import { cacheFolder } from './user-folders.ts';

type ShellContract = typeof shellContract;
/** Those that this class tells; live captures tell theirs themselves. */
type ShellStream = Extract<StreamName<ShellContract>, `shell.${string}`>;

export interface ShellServices<W> {
  readonly host: 'electron' | 'web';
  readonly version: string;
  readonly pool: EnginePool<W>;
  readonly recentFiles: RecentFiles;
  readonly samples: Samples;
  readonly live: LiveCaptures;
  /** Memory that one capture's index may take; the engine's default where absent. */
  readonly columnBudgetBytes?: number | undefined;
  /** Asks the user for a file with the system's dialog; null where the user gave up. Absent where there is no dialog. */
  readonly chooseFile?: () => Promise<string | null>;
  /** As `chooseFile`, for a folder. */
  readonly chooseFolder?: () => Promise<string | null>;
}

export interface OpenedCapture {
  readonly captureId: string;
  readonly name: string;
}

export interface OpenPathOptions {
  /** What the window shows instead of the file's name. */
  readonly name?: string;
  /** False for files that will not be there again: samples, uploads. */
  readonly remember?: boolean;
  /** Read on as it grows. */
  readonly follow?: boolean;
}

/** A live capture that a window shows, and how it is let go. */
interface ShownLive {
  readonly capture: LiveCapture;
  readonly letGo: () => void;
}

/** `W` is what an engine is connected with, as in `EnginePool`. */
export class WindowShell<W> {
  readonly handlers: Handlers<ShellContract>;
  readonly #services: ShellServices<W>;
  readonly #onCaptureChanged: () => void;
  readonly #listeners: { [K in ShellStream]: Set<(event: Event<ShellContract, K>) => void> } = {
    'shell.captureChanged': new Set(),
    'shell.engineStopped': new Set(),
    'shell.command': new Set(),
  };
  #capture: OpenCapture<W> | null = null;
  /** Null where the window shows no live capture. */
  #live: ShownLive | null = null;
  #closed = false;
  /** Counts openings: of two that overlap, the later one stays. */
  #openings = 0;
  #underWay = 0;

  /** `onCaptureChanged`: the window shows another capture from now on, or none; for the host's own menus. */
  constructor(services: ShellServices<W>, onCaptureChanged: () => void = () => undefined) {
    this.#services = services;
    this.#onCaptureChanged = onCaptureChanged;
    this.handlers = this.#makeHandlers();
  }

  get capture(): OpenedCapture | null {
    return this.#capture === null ? null : opened(this.#capture);
  }

  /** Whether a file is being opened in this window. */
  get isOpening(): boolean {
    return this.#underWay > 0;
  }

  /**
   * Opens a file in this window, in place of what it shows. Rejects with an
   * `IpcError` whose message says what is wrong with the file; the window then
   * keeps what it has.
   */
  async openPath(path: string, options: OpenPathOptions = {}): Promise<OpenedCapture> {
    this.#underWay += 1;
    try {
      return await this.#openPath(path, options);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #openPath(path: string, options: OpenPathOptions): Promise<OpenedCapture> {
    if (options.follow === true && (await isFolder(path))) return this.openLive(await this.#services.live.folder(resolve(path)));
    const opening = ++this.#openings;
    const file = path === STANDARD_INPUT ? standardInput : await readableFile(path);
    const name = options.name ?? file.name;
    const capture = await this.#openSource(opening, { path: file.path, name, isPipe: !file.isRegular, follow: options.follow ?? false });
    this.#show(capture, null);
    if (options.remember !== false && file.isRegular) void this.#services.recentFiles.noteOpened(file.path, file.sizeBytes);
    return opened(capture);
  }

  /** Shows a live capture in this window, in place of what it shows. Rejects as `openPath` does; the capture then goes on without a window. */
  async openLive(live: LiveCapture): Promise<OpenedCapture> {
    this.#underWay += 1;
    const letGo = this.#services.live.show(live);
    try {
      const capture = await this.#openSource(++this.#openings, { path: live.firstFile, name: live.name, live });
      this.#show(capture, { capture: live, letGo });
      void live.ended.then(() => this.#noteLiveFile(live));
      return opened(capture);
    } catch (error) {
      letGo();
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  async #openSource(opening: number, source: Omit<CaptureSource, 'settings'>): Promise<OpenCapture<W>> {
    const settings = { verifyChecksums: false, reassembleOutOfOrder: true, columnBudgetBytes: this.#services.columnBudgetBytes, spillFolder: cacheFolder() };
    const capture = await this.#services.pool.open({ ...source, settings }, (stop) => this.#onEngineStop(stop));
    if (!this.#closed && opening === this.#openings) return capture;
    capture.close();
    throw new IpcError('cancelled', `Another file was opened before "${source.name}".`);
  }

  /** A capture that has ended is a file that can be opened again. */
  async #noteLiveFile(live: LiveCapture): Promise<void> {
    const found = live.status.backend === 'folder' ? null : await stat(live.firstFile).catch(() => null);
    if (found !== null) await this.#services.recentFiles.noteOpened(live.firstFile, found.size);
  }

  /** Connects `window` to the engine of a capture of this window; false where there is none of that id. */
  connectEngine(captureId: string, window: W): boolean {
    return this.#capture?.captureId === captureId && this.#capture.connectWindow(window);
  }

  /** Tells the window of a command that was chosen in the system's menu. */
  sendCommand(command: string): void {
    this.#send('shell.command', { command });
  }

  closeCapture(): void {
    this.#openings += 1;
    if (this.#capture !== null) this.#show(null, null);
  }

  /** The window is gone for good. */
  close(): void {
    this.#closed = true;
    this.#capture?.close();
    this.#capture = null;
    this.#live?.letGo();
    this.#live = null;
  }

  #show(capture: OpenCapture<W> | null, live: ShownLive | null): void {
    this.#capture?.close();
    this.#capture = capture;
    this.#live?.letGo();
    this.#live = live;
    this.#send('shell.captureChanged', { capture: this.capture });
    this.#onCaptureChanged();
  }

  #onEngineStop(stop: EngineStop): void {
    if (this.#capture?.captureId === stop.captureId) this.#send('shell.engineStopped', stop);
  }

  #send<K extends ShellStream>(name: K, event: Event<ShellContract, K>): void {
    for (const listener of this.#listeners[name]) listener(event);
  }

  #listen<K extends ShellStream>(name: K, { emit, signal }: StreamContext<Event<ShellContract, K>>): void {
    this.#listeners[name].add(emit);
    signal.addEventListener('abort', () => this.#listeners[name].delete(emit), { once: true });
  }

  #makeHandlers(): Handlers<ShellContract> {
    const { host, version, recentFiles, samples } = this.#services;
    return {
      'shell.describe': () => ({ value: { host, version, platform: process.platform, capture: this.capture } }),
      'shell.openDialog': async () => ({ value: { opened: await this.#openChosen() } }),
      'shell.recent': async () => ({ value: { files: await recentFiles.list() } }),
      'shell.openRecent': async ({ id }) => {
        const path = await recentFiles.pathOf(id);
        if (path === null) throw new IpcError('not-found', 'This file is not in the list of recent files any more.');
        return { value: { opened: await this.openPath(path) } };
      },
      'shell.clearRecent': async () => {
        await recentFiles.clear();
        return { value: {} };
      },
      'shell.samples': async () => ({ value: { samples: (await samples.list()).map(({ file: _file, ...shown }) => shown) } }),
      'shell.openSample': async ({ id }) => {
        const sample = await samples.find(id);
        if (sample === null) throw new IpcError('not-found', 'There is no such sample capture.');
        return { value: { opened: await this.openPath(sample.path, { remember: false }) } };
      },
      'shell.closeCapture': () => {
        this.closeCapture();
        return { value: {} };
      },
      'shell.decodeAs': async ({ captureId, entries }) => {
        if (this.#capture?.captureId !== captureId) throw new IpcError('not-found', 'This window does not show that capture any more.');
        await this.#capture.reopen({ decodeAs: entries });
        return { value: {} };
      },
      'shell.noteOpened': async ({ captureId, packets }) => {
        if (this.#capture?.captureId === captureId) await recentFiles.notePackets(this.#capture.path, packets);
        return { value: {} };
      },
      'shell.captureChanged': (_request, context) => this.#listen('shell.captureChanged', context),
      'shell.engineStopped': (_request, context) => this.#listen('shell.engineStopped', context),
      'shell.command': (_request, context) => this.#listen('shell.command', context),
      ...liveHandlers(this.#services.live, {
        liveOf: (captureId) => (this.#capture?.captureId === captureId ? (this.#live?.capture ?? null) : null),
        openLive: (capture) => this.openLive(capture),
        chooseFolder: this.#services.chooseFolder ?? null,
      }),
    };
  }

  async #openChosen(): Promise<OpenedCapture | null> {
    const { chooseFile } = this.#services;
    if (chooseFile === undefined) throw new IpcError('failed', 'This window has no open dialog of the system; choose the file in the page.');
    const path = await chooseFile();
    return path === null ? null : this.openPath(path);
  }
}

function opened<W>(capture: OpenCapture<W>): OpenedCapture {
  return { captureId: capture.captureId, name: capture.name };
}

interface ReadableFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** False for pipes, which nobody can open again. */
  readonly isRegular: boolean;
}

const standardInput: ReadableFile = { path: STANDARD_INPUT, name: 'standard input', sizeBytes: 0, isRegular: false };

async function isFolder(path: string): Promise<boolean> {
  return path !== STANDARD_INPUT && ((await stat(path).catch(() => null))?.isDirectory() ?? false);
}

/** Refuses what could never be read, in one sentence, before an engine is given it. */
async function readableFile(path: string): Promise<ReadableFile> {
  const absolute = resolve(path);
  const name = basename(absolute);
  const found = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new IpcError('not-found', `There is no file "${path}".`);
    throw new IpcError('failed', `"${name}" cannot be opened: ${error.code === 'EACCES' ? 'permission denied' : error.message}.`);
  });
  if (found.isDirectory()) throw new IpcError('failed', `"${name}" is a folder, not a capture file.`);
  if (found.isFIFO()) return { path: absolute, name, sizeBytes: 0, isRegular: false };
  if (!found.isFile()) throw new IpcError('failed', `"${name}" is not a regular file.`);
  return { path: absolute, name, sizeBytes: found.size, isRegular: true };
}
