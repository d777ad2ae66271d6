/** An engine process as a host starts it, and a window's view of it: everything goes through the two contracts. */
import { type ChildProcess, fork } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { controlContract } from '../electron/engine/control-contract.ts';
import { engineEnvironment } from '../electron/engine/engine-environment.ts';
import { multiplex } from '../electron/engine/multiplex.ts';
import { pipeChannel } from '../electron/engine/parent-channel.ts';
import { type Client, createClient } from '../shared/ipc/client.ts';
import { type CaptureProgress, engineContract } from '../shared/ipc/contract.ts';
import { highWaterMark, processCpuMs } from './measure.ts';

const engineFile = resolve('dist/engine.js');

/** What a window asks for at a time. */
export const screenRows = 50;

/** The states in which no more work goes on. */
const ended: readonly CaptureProgress['state'][] = ['paused', 'done', 'stopped', 'failed'];

export class Engine {
  readonly window: Client<typeof engineContract>;
  readonly #control: Client<typeof controlContract>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #progress: CaptureProgress | null = null;
  #peakMemoryBytes: number | null = null;

  /** Starts a process; nothing is open in it yet. */
  constructor() {
    this.#child = fork(engineFile, [], { serialization: 'advanced', execArgv: [], env: engineEnvironment(), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const channels = multiplex(pipeChannel(this.#child));
    // Replies are not checked: what is measured is the engine, and checking is this side's work.
    this.#control = createClient(controlContract, channels.control, { checkReplies: false });
    this.window = createClient(engineContract, channels.open(), { checkReplies: false });
  }

  /** Resolves once the process answers: what a spare engine of a running host is. */
  async warm(): Promise<void> {
    await this.#control.call('engine.ping', {});
  }

  /** Resolves when the engine has the file; reading has hardly begun then. */
  async open(path: string): Promise<void> {
    await this.#control.call('engine.open', { path: resolve(path), name: basename(path), settings: { verifyChecksums: false } });
    this.window.subscribe('capture.progress', {}, (progress) => {
      this.#progress = progress;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  /** Milliseconds from the request to open until the reply with the first rows. */
  async timeToFirstRows(path: string): Promise<number> {
    const startedMs = performance.now();
    await this.open(path);
    for (;;) {
      const { rows } = await this.window.call('rows.read', { view: 0, from: 0, count: screenRows });
      if (rows.length > 0) return performance.now() - startedMs;
    }
  }

  /** What the engine told last; null before it told anything. */
  get progress(): CaptureProgress | null {
    return this.#progress;
  }

  get isWorking(): boolean {
    return this.#progress === null || !ended.includes(this.#progress.state);
  }

  /** Resolves when `reached` holds for what the engine tells. Rejects when the engine has ended its work, or itself, before that. */
  until(reached: (progress: CaptureProgress) => boolean): Promise<CaptureProgress> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        this.#watchers.delete(look);
        act();
      };
      const look = (): void => {
        const progress = this.#progress;
        if (progress === null) return;
        if (reached(progress)) settle(() => resolve(progress));
        else if (ended.includes(progress.state)) settle(() => reject(new Error(`the engine ended its work in the state ${progress.state}`)));
      };
      this.#watchers.add(look);
      void this.window.closed.then(() => settle(() => reject(new Error('the engine process ended'))));
      look();
    });
  }

  /** Largest resident set so far; null where it cannot be told. */
  peakMemoryBytes(): number | null {
    this.#peakMemoryBytes = highWaterMark(this.#child.pid) ?? this.#peakMemoryBytes;
    return this.#peakMemoryBytes;
  }

  /** Processor time of the process so far; null where it cannot be told. */
  cpuMs(): number | null {
    return processCpuMs(this.#child.pid);
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.peakMemoryBytes();
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await gone;
  }
}

/** A warm engine for as long as `use` runs. */
export async function withEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = new Engine();
  try {
    await engine.warm();
    return await use(engine);
  } finally {
    await engine.stop();
  }
}
