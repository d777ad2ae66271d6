/**
 * A folder into which some other program writes capture files, one after another, and deletes or
 * overwrites the oldest (tcpdump -C -W, dumpcap -b): shown as one capture while it goes on.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { IpcError } from '../../../shared/ipc/errors.ts';
import { isPlainCapture } from '../../engine/plain-capture.ts';
import { LiveCapture } from './live-capture.ts';
import { delay } from '../../engine/follow.ts';

const POLL_MS = 500;
/** A folder of more files than this is an archive, not a ring. */
const MOST_FILES = 10_000;

interface SeenFile {
  readonly path: string;
  readonly inode: number;
  readonly size: number;
  readonly modifiedAtMs: number;
}

/** Watches until it is told to stop. Rejects with an `IpcError` where there is nothing to show. */
export async function watchRingFolder(folder: string, id: string): Promise<LiveCapture> {
  const ring = new RingFolder(folder);
  const files = await ring.first();
  if (files.length === 0) throw new IpcError('not-found', `There is no capture file in "${folder}". Packed files are not read as parts of a ring.`);
  const interfaces = [{ name: basename(folder) || folder, linkTypeName: '', snaplen: 0, precision: 'micro' as const, received: null, droppedByKernel: null, droppedByInterface: null }];
  const capture = new LiveCapture({ id, name: basename(folder) || folder, backend: 'folder', interfaces, files, startedAtMs: Date.now(), isAttached: false });
  capture.drive({ stop: () => ring.stop(), detach: () => ring.stop() });
  void ring.follow(capture);
  return capture;
}

class RingFolder {
  readonly #folder: string;
  readonly #stopper = new AbortController();
  readonly #fromMs = performance.now();
  #seen = new Map<string, SeenFile>();
  /** The file that was begun last: it alone may change. */
  #present = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is there, in the order in which it was last written to. */
  async first(): Promise<string[]> {
    const { captures } = await this.#scan();
    this.#note(captures);
    return captures.map(({ path }) => path);
  }

  stop(): void {
    this.#stopper.abort();
  }

  async follow(capture: LiveCapture): Promise<void> {
    while (!this.#stopper.signal.aborted) {
      await delay(POLL_MS, this.#stopper.signal, false);
      const scan = await this.#scan().catch(() => null);
      if (scan === null) return capture.end('The folder cannot be read any more.', true);
      this.#tell(capture, scan.captures, scan.names);
    }
    capture.end('You stopped watching the folder.', false);
  }

  #tell(capture: LiveCapture, captures: readonly SeenFile[], names: ReadonlySet<string>): void {
    for (const [path, before] of this.#seen) {
      const now = captures.find((each) => each.path === path);
      // Just begun again under its old name, and too short to tell what it is: it is not what it was, either.
      const isLeft = now === undefined ? names.has(path) && path === this.#present : !this.#isRewritten(before, now);
      if (isLeft) continue;
      this.#seen.delete(path);
      capture.fileDeleted(path);
    }
    for (const file of captures.filter(({ path }) => !this.#seen.has(path))) capture.fileBegun(file.path);
    this.#note(captures);
    capture.counted({ seconds: (performance.now() - this.#fromMs) / 1000, bytes: captures.reduce((total, { size }) => total + size, 0) });
  }

  /** Rings that write over their oldest file: another file, a shorter one, or one that was complete and changes. */
  #isRewritten(before: SeenFile, now: SeenFile): boolean {
    return now.inode !== before.inode || now.size < before.size || (now.path !== this.#present && now.modifiedAtMs !== before.modifiedAtMs);
  }

  #note(captures: readonly SeenFile[]): void {
    const begun = captures.filter(({ path }) => !this.#seen.has(path)).at(-1);
    this.#present = begun?.path ?? this.#present;
    for (const file of captures) this.#seen.set(file.path, file);
  }

  async #scan(): Promise<{ readonly captures: SeenFile[]; readonly names: ReadonlySet<string> }> {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => join(this.#folder, name));
    if (paths.length > MOST_FILES) throw new IpcError('failed', `"${this.#folder}" holds more than ${MOST_FILES} files; give the ring a folder of its own.`);
    const found = await Promise.all(paths.map((path) => this.#look(path)));
    const captures = found.filter((file) => file !== null).sort((left, right) => left.modifiedAtMs - right.modifiedAtMs || (left.path < right.path ? -1 : 1));
    return { captures, names: new Set(paths) };
  }

  async #look(path: string): Promise<SeenFile | null> {
    const found = await stat(path).catch(() => null);
    if (found === null) return null;
    const file = { path, inode: found.ino, size: found.size, modifiedAtMs: found.mtimeMs };
    const before = this.#seen.get(path);
    const isKnown = before !== undefined && before.inode === file.inode && file.size >= before.size;
    return isKnown || (await isPlainCapture(path)) === true ? file : null;
  }
}
