/**
 * One live capture as its host knows it, whoever captures: the helper, ssh, or some other program that
 * writes into a folder. It keeps which files there are, what was counted and how it stands, for engines
 * (`follow`) and for windows (`onStatus`).
 */
import { basename, dirname } from 'node:path';
import type { LiveProblem, LiveStatus } from '../../../shared/ipc/capture-contract.ts';
import type { LiveChange } from '../../engine/control-contract.ts';
import type { LiveSource } from '../engine-pool.ts';
import { displayFolder } from '../user-folders.ts';

/** What captures. */
export interface CaptureDriver {
  /** Asks it to end; `ended` comes later. Asking twice is harmless. */
  stop(): void;
  /** Lets it go on without this host, where it can. */
  detach(): void;
}

export interface LiveCaptureStart {
  /** Names the capture in the registry and in `live.orphans`. */
  readonly id: string;
  readonly name: string;
  readonly backend: LiveStatus['backend'];
  readonly interfaces: LiveStatus['interfaces'];
  readonly files: readonly string[];
  readonly startedAtMs: number;
  /** Begun by an earlier start of the program. */
  readonly isAttached: boolean;
}

type Standing = Omit<LiveStatus, 'file' | 'folder' | 'files' | 'deletedFiles'>;
type Counted = Partial<Pick<LiveStatus, 'seconds' | 'received' | 'written' | 'bytes' | 'droppedByKernel' | 'droppedByInterface' | 'interfaces'>>;

const mostProblems = 64;

export class LiveCapture implements LiveSource {
  readonly id: string;
  readonly name: string;
  readonly startedAtMs: number;
  /** Fulfilled when nothing more will be written. */
  readonly ended: Promise<void>;
  readonly #files: { readonly path: string; isDeleted: boolean }[];
  readonly #engineListeners = new Set<(change: LiveChange) => void>();
  readonly #statusListeners = new Set<(status: LiveStatus) => void>();
  #driver: CaptureDriver | null = null;
  #status: Standing;
  #resolveEnded: () => void = () => undefined;

  constructor({ id, name, backend, interfaces, files, startedAtMs, isAttached }: LiveCaptureStart) {
    this.id = id;
    this.name = name;
    this.startedAtMs = startedAtMs;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.#files = files.map((path) => ({ path, isDeleted: false }));
    this.#status = {
      state: isAttached ? 'attached' : 'capturing',
      isShowing: true,
      backend,
      interfaces,
      seconds: 0,
      received: null,
      written: null,
      bytes: 0,
      droppedByKernel: null,
      droppedByInterface: null,
      stopReason: null,
      problems: [],
    };
  }

  /** Who captures; told once, before anything else. */
  drive(driver: CaptureDriver): void {
    this.#driver = driver;
  }

  get isRunning(): boolean {
    const { state } = this.#status;
    return state !== 'stopped' && state !== 'failed';
  }

  /** Packets of this machine's own interfaces. */
  get isOfThisMachine(): boolean {
    const { backend } = this.#status;
    return backend !== 'remote' && backend !== 'folder';
  }

  get status(): LiveStatus {
    const present = this.#files.at(-1)?.path ?? '';
    const deletedFiles = this.#files.filter(({ isDeleted }) => isDeleted).length;
    return { ...this.#status, file: basename(present), folder: displayFolder(dirname(present)), files: this.#files.length, deletedFiles };
  }

  get firstFile(): string {
    return this.keptFiles[0] ?? this.#files.at(-1)?.path ?? '';
  }

  /** All files that were begun, oldest first. */
  get files(): readonly string[] {
    return this.#files.map(({ path }) => path);
  }

  /** Files that are there, oldest first. */
  get keptFiles(): readonly string[] {
    return this.#files.filter(({ isDeleted }) => !isDeleted).map(({ path }) => path);
  }

  follow(tell: (change: LiveChange) => void): () => void {
    for (const path of this.keptFiles.slice(1)) tell({ kind: 'file', path });
    tell(this.#countsChange());
    if (!this.#status.isShowing) tell({ kind: 'showing', isShowing: false });
    if (!this.isRunning) tell({ kind: 'ended' });
    this.#engineListeners.add(tell);
    return () => void this.#engineListeners.delete(tell);
  }

  /** The present status at once, then each change. Returns the function that ends it. */
  onStatus(listener: (status: LiveStatus) => void): () => void {
    this.#statusListeners.add(listener);
    listener(this.status);
    return () => void this.#statusListeners.delete(listener);
  }

  stop(): void {
    if (!this.isRunning || this.#status.state === 'stopping') return;
    this.#change({ state: 'stopping' });
    this.#driver?.stop();
  }

  /** False: the capture goes on, and windows stand still. */
  show(isShowing: boolean): void {
    if (!this.isRunning || isShowing === this.#status.isShowing) return;
    this.#tellEngines({ kind: 'showing', isShowing });
    this.#change({ isShowing });
  }

  /** This host lets go; no change is told any more. */
  detach(): void {
    this.#engineListeners.clear();
    this.#statusListeners.clear();
    if (this.isRunning) this.#driver?.detach();
  }

  // ── what drivers tell ──────────────────────────────────────────────────────

  counted(counts: Counted): void {
    if (!this.isRunning) return;
    this.#status = { ...this.#status, ...counts };
    this.#tellEngines(this.#countsChange());
    this.#tellStatus();
  }

  /** Told twice is told once: whoever attaches looks at the folder, too. */
  fileBegun(path: string): void {
    if (this.#files.some((file) => file.path === path && !file.isDeleted)) return;
    this.#files.push({ path, isDeleted: false });
    this.#tellEngines({ kind: 'file', path });
    this.#tellStatus();
  }

  fileDeleted(path: string): void {
    const file = this.#files.find((each) => each.path === path && !each.isDeleted);
    if (file === undefined) return;
    file.isDeleted = true;
    this.#tellEngines({ kind: 'deleted', path });
    this.#tellStatus();
  }

  problem(problem: LiveProblem): void {
    const { problems } = this.#status;
    if (problems.some(({ code, message }) => code === problem.code && message === problem.message)) return;
    this.#change({ problems: [...problems, problem].slice(-mostProblems) });
  }

  /** Nothing more will be written. `hasFailed`: it was not asked to end, and a problem tells why it did. */
  end(stopReason: string, hasFailed: boolean): void {
    if (!this.isRunning) return;
    this.#change({ state: hasFailed ? 'failed' : 'stopped', isShowing: true, stopReason });
    this.#tellEngines({ kind: 'ended' });
    this.#resolveEnded();
  }

  #countsChange(): LiveChange {
    const { received, written, droppedByKernel, droppedByInterface } = this.#status;
    return { kind: 'counts', counts: { received, written, droppedByKernel, droppedByInterface } };
  }

  #change(change: Partial<Standing>): void {
    this.#status = { ...this.#status, ...change };
    this.#tellStatus();
  }

  #tellStatus(): void {
    const { status } = this;
    for (const listener of [...this.#statusListeners]) listener(status);
  }

  #tellEngines(change: LiveChange): void {
    for (const tell of [...this.#engineListeners]) tell(change);
  }
}
