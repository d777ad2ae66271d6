/**
 * Starts engines, watches them and replaces those that die.
 *
 * - A spare engine waits at any time, because starting one costs some 190 ms.
 * - Each open capture has an engine of its own. When it ends unexpectedly, or is
 *   stuck (heartbeat.ts), the capture is opened again in a new one, at most
 *   `restarts.count` times within `restarts.withinMs`.
 */
import { randomBytes } from 'node:crypto';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { controlContract, type EngineSettings, type LiveChange } from '../engine/control-contract.ts';
import type { EngineProcess } from './engine-process.ts';
import { defaultHeartbeat, watchHeartbeat, type HeartbeatOptions } from './heartbeat.ts';

export interface EnginePoolOptions<W> {
  readonly start: () => EngineProcess<W>;
  /** Starts an engine that has this process's standard input; absent where that cannot be handed on. */
  readonly startWithInput?: () => EngineProcess<W>;
  /** A small capture on which spares rehearse, so that their first answers come as fast as later ones. */
  readonly rehearsal?: string;
  readonly heartbeat?: HeartbeatOptions;
  readonly restarts?: { readonly count: number; readonly withinMs: number };
  /** Milliseconds after an opening until the next spare is started, so that it does not slow the opening down. */
  readonly spareDelayMs?: number;
}

/** A capture that is being written, as its engine has to know it. */
export interface LiveSource {
  /** The oldest file that is still there. */
  readonly firstFile: string;
  /** Tells what has happened since that file was begun, in order, and then what comes. Returns the function that ends it. */
  follow(tell: (change: LiveChange) => void): () => void;
}

/** How the command line names the standard input of this process. Windows cannot: they never name paths. */
export const STANDARD_INPUT = '-';

export interface CaptureSource {
  /** May be STANDARD_INPUT. */
  readonly path: string;
  /** What it gives does not come again. */
  readonly isPipe?: boolean;
  /** Read on as it grows. */
  readonly follow?: boolean;
  /** It is being written by a live capture; `path` is then its first file. */
  readonly live?: LiveSource;
  /** What the window shows. */
  readonly name: string;
  readonly settings: EngineSettings;
}

export interface EngineStop {
  readonly captureId: string;
  /** One sentence for the user. */
  readonly reason: string;
  readonly restarted: boolean;
}

/** A capture and whichever engine serves it at present. */
export interface OpenCapture<W> {
  readonly captureId: string;
  readonly name: string;
  readonly path: string;
  /** False where no engine serves the capture any more. */
  connectWindow(window: W): boolean;
  /**
   * Reads the capture again, in another engine, with other settings. Windows have to connect anew. Rejects with an
   * `IpcError` where the capture cannot be read twice: nothing has changed then.
   */
  reopen(settings: Partial<EngineSettings>): Promise<void>;
  close(): void;
}

interface Engine<W> {
  readonly process: EngineProcess<W>;
  readonly control: Client<typeof controlContract>;
  /** Resolves with the reason once the process has ended. */
  readonly exited: Promise<string>;
  hasExited: boolean;
}

const defaults = {
  heartbeat: defaultHeartbeat,
  restarts: { count: 3, withinMs: 60_000 },
  spareDelayMs: 500,
} as const;

export class EnginePool<W> {
  readonly #options: EnginePoolOptions<W>;
  readonly #captures = new Set<EngineCapture<W>>();
  #spare: Engine<W> | null = null;
  #spareTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: EnginePoolOptions<W>) {
    this.#options = options;
    this.#startSpare();
  }

  /**
   * Opens a capture. Rejects with an `IpcError` where the engine refuses the
   * file, or died while opening it; `onStop` tells of later deaths.
   */
  async open(source: CaptureSource, onStop: (stop: EngineStop) => void): Promise<OpenCapture<W>> {
    if (this.#closed) throw new IpcError('failed', 'Layerscope is closing.');
    const capture = new EngineCapture<W>(source, {
      take: () => (source.path === STANDARD_INPUT ? this.#takeWithInput() : this.#take()),
      heartbeat: this.#options.heartbeat ?? defaults.heartbeat,
      restarts: this.#options.restarts ?? defaults.restarts,
      onStop,
      onClose: () => this.#captures.delete(capture),
    });
    this.#captures.add(capture);
    await capture.open();
    return capture;
  }

  /** Ends all engines. */
  close(): void {
    this.#closed = true;
    if (this.#spareTimer !== null) clearTimeout(this.#spareTimer);
    for (const capture of [...this.#captures]) capture.close();
    this.#spare?.process.kill();
    this.#spare = null;
  }

  #take(): Engine<W> {
    const spare = this.#spare;
    this.#spare = null;
    this.#scheduleSpare();
    return spare !== null && !spare.hasExited ? spare : startEngine(this.#options.start);
  }

  #takeWithInput(): Engine<W> {
    const { startWithInput } = this.#options;
    if (startWithInput === undefined) throw new IpcError('failed', 'Standard input cannot be read here: save it to a file and open that.');
    return startEngine(startWithInput);
  }

  #scheduleSpare(): void {
    if (this.#spareTimer !== null || this.#closed) return;
    this.#spareTimer = setTimeout(() => {
      this.#spareTimer = null;
      this.#startSpare();
    }, this.#options.spareDelayMs ?? defaults.spareDelayMs);
    // A host that is done must not wait for a spare that it will not need.
    this.#spareTimer.unref();
  }

  /** A spare that dies is not replaced until it is asked for: what kills one would kill the next. */
  #startSpare(): void {
    if (this.#closed || this.#spare !== null) return;
    const { rehearsal, start } = this.#options;
    this.#spare = startEngine(start);
    // Whatever goes wrong with it: the engine is as good as one that did not rehearse, or its end is noticed elsewhere.
    if (rehearsal !== undefined) this.#spare.control.call('engine.rehearse', { path: rehearsal }).catch(() => undefined);
  }
}

function startEngine<W>(start: () => EngineProcess<W>): Engine<W> {
  const process = start();
  const engine: Engine<W> = {
    process,
    control: createClient(controlContract, process.control, { checkReplies: true }),
    exited: new Promise((resolve) => process.onExit(({ reason }) => resolve(reason))),
    hasExited: false,
  };
  void engine.exited.then(() => {
    engine.hasExited = true;
  });
  return engine;
}

interface CaptureOptions<W> {
  readonly take: () => Engine<W>;
  readonly heartbeat: HeartbeatOptions;
  readonly restarts: { readonly count: number; readonly withinMs: number };
  readonly onStop: (stop: EngineStop) => void;
  readonly onClose: () => void;
}

class EngineCapture<W> implements OpenCapture<W> {
  readonly captureId = randomBytes(16).toString('hex');
  readonly name: string;
  readonly path: string;
  #source: CaptureSource;
  readonly #options: CaptureOptions<W>;
  readonly #restartTimesMs: number[] = [];
  #engine: Engine<W> | null = null;
  #stopHeartbeat: () => void = () => undefined;
  #stopLive: () => void = () => undefined;
  /** False while the first engine has not yet accepted the file: its death is then the opening's failure. */
  #opened = false;
  #closed = false;

  constructor(source: CaptureSource, options: CaptureOptions<W>) {
    this.name = source.name;
    this.path = source.path;
    this.#source = source;
    this.#options = options;
  }

  async open(): Promise<void> {
    const engine = this.#attach();
    try {
      await this.#openIn(engine);
      this.#opened = true;
    } catch (error) {
      this.close();
      if (!(error instanceof IpcError) || error.code !== 'disconnected') throw error;
      // The connection's end is seen before the process's, which knows the reason.
      throw new IpcError('failed', `"${this.name}" could not be opened: the process that reads it stopped, because ${await engine.exited}.`);
    }
  }

  connectWindow(window: W): boolean {
    if (this.#engine === null) return false;
    this.#engine.process.connectWindow(window);
    return true;
  }

  async reopen(settings: Partial<EngineSettings>): Promise<void> {
    if (this.#comesOnce) throw new IpcError('failed', 'What came through a pipe cannot be read again: save it to a file and open that.');
    this.#source = { ...this.#source, settings: { ...this.#source.settings, ...settings } };
    this.#detach()?.process.kill();
    const opening = this.#openIn(this.#attach());
    opening.catch((error: unknown) => this.#refused(error));
    await opening;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#detach()?.process.kill();
    this.#options.onClose();
  }

  /** What went through a pipe does not come again. */
  get #comesOnce(): boolean {
    return this.#source.path === STANDARD_INPUT || this.#source.isPipe === true;
  }

  #attach(): Engine<W> {
    const engine = this.#options.take();
    this.#engine = engine;
    const watched = { ping: () => engine.control.call('engine.ping', {}), cpuMs: () => engine.process.cpuMs() };
    this.#stopHeartbeat = watchHeartbeat(watched, this.#options.heartbeat, () => this.#stopped(engine, 'it did not answer any more'));
    void engine.exited.then((reason) => this.#stopped(engine, reason));
    return engine;
  }

  /** A restarted engine is told of a live capture from its beginning, as far as a ring has kept it. */
  #openIn(engine: Engine<W>): Promise<unknown> {
    const { path, follow, live, name, settings } = this.#source;
    const opening = engine.control.call('engine.open', { path: live?.firstFile ?? path, name, settings, follow: follow ?? false, live: live !== undefined });
    // An engine that ends meanwhile is noticed elsewhere.
    this.#stopLive = live?.follow((change) => void engine.control.call('engine.live', change).catch(() => undefined)) ?? (() => undefined);
    return opening;
  }

  #detach(): Engine<W> | null {
    const engine = this.#engine;
    this.#engine = null;
    this.#stopHeartbeat();
    this.#stopLive();
    return engine;
  }

  /** The engine is dead or stuck: start again on the same file, unless that has been done too often. */
  #stopped(engine: Engine<W>, cause: string): void {
    engine.process.kill();
    if (engine !== this.#engine || !this.#opened) return;
    this.#detach();
    const restarted = this.#mayRestart();
    // Windows may connect at once: the engine keeps what they ask until it has opened the file.
    if (restarted) this.#openIn(this.#attach()).catch((error: unknown) => this.#refused(error));
    const reason = `The process that reads "${this.name}" stopped: ${cause}.`;
    this.#options.onStop({ captureId: this.captureId, reason, restarted });
  }

  #mayRestart(): boolean {
    if (this.#comesOnce) return false;
    const { count, withinMs } = this.#options.restarts;
    const nowMs = performance.now();
    while (this.#restartTimesMs.length > 0 && nowMs - this.#restartTimesMs[0]! > withinMs) this.#restartTimesMs.shift();
    if (this.#restartTimesMs.length >= count) return false;
    this.#restartTimesMs.push(nowMs);
    return true;
  }

  /** The restarted engine refused the file. That it died while opening it is told by `#stopped` instead. */
  #refused(error: unknown): void {
    if (!(error instanceof IpcError) || error.code === 'disconnected' || this.#engine === null) return;
    this.#detach()?.process.kill();
    this.#options.onStop({ captureId: this.captureId, reason: error.message, restarted: false });
  }
}
