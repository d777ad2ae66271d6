/**
 * Keeps what cannot be read twice: the bytes that come out of a pipe or out of
 * decompression. The first 64 MiB stay in memory, the rest goes to a file that
 * has no name any more while it is used, so that nothing is left behind even if
 * this process is killed (Windows keeps the name until it is closed).
 *
 * Blocks are written by other threads while more bytes come; until then they are
 * read from memory. Where the system allows it they go past its page cache: filling
 * that with what is read once or never took up to eight times as long as unpacking,
 * and counts as memory of this process where memory is limited.
 */
import { closeSync, constants, openSync, rmSync, statfsSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PAGE_BYTES, PageCache } from './page-cache.ts';
import { errorCode } from './source-problems.ts';

const writeAsync = promisify(write);
const NOTHING = new Uint8Array(0);
/** Blocks on their way to the file, at most; whoever appends waits for room. */
const MOST_WRITES = 8;

export interface SpoolSettings {
  /** Bytes kept in memory, in whole blocks; default 64 MiB. */
  readonly memoryBytes?: number;
  /** Bytes kept in all; default 16 GiB, and never more than half of what is free where the file lies. */
  readonly limitBytes?: number;
  /** Folder of the file; default the system's temporary folder. */
  readonly folder?: string;
  /** Bytes that go to the file at once: a multiple of 64 KiB, or less; default 1 MiB. */
  readonly blockBytes?: number;
}

export class Spool {
  length = 0;
  #limitBytes: number;
  #memoryBlocks: number;
  #blockBytes: number;
  #folder: string;
  /** By number: those that stay in memory, and those that are not in the file yet. */
  #blocks = new Map<number, Uint8Array>();
  /** Blocks that were written, for the next bytes. */
  #spare: Uint8Array[] = [];
  #writes = new Set<Promise<void>>();
  #failure: unknown = null;
  /** Reads, and the same file for writing past the page cache where that is possible. */
  #descriptor: number | null = null;
  #direct: number | null = null;
  #refusesDirect = false;
  #path: string | null = null;
  #pages: PageCache | null = null;

  constructor(settings: SpoolSettings = {}) {
    this.#blockBytes = settings.blockBytes ?? 1 << 20;
    this.#memoryBlocks = Math.floor((settings.memoryBytes ?? 64 << 20) / this.#blockBytes);
    this.#limitBytes = settings.limitBytes ?? 16 * 2 ** 30;
    this.#folder = settings.folder ?? tmpdir();
  }

  /** Appends up to the limit; returns how many bytes were taken. Throws where the file cannot be written. */
  append(bytes: Uint8Array): number {
    if (this.#failure !== null) throw this.#failure;
    let done = 0;
    while (done < bytes.length) {
      const number = Math.floor(this.length / this.#blockBytes);
      const inBlock = this.length - number * this.#blockBytes;
      if (number >= this.#memoryBlocks) this.#openFile();
      const count = Math.min(bytes.length - done, this.#blockBytes - inBlock, this.#limitBytes - this.length);
      if (count <= 0) return done;
      this.#block(number).set(bytes.subarray(done, done + count), inBlock);
      this.length += count;
      done += count;
      if (inBlock + count === this.#blockBytes && number >= this.#memoryBlocks) this.#write(number);
    }
    return done;
  }

  /** To be awaited between two `append`s: null while there is room for more. */
  get room(): Promise<void> | null {
    return this.#writes.size < MOST_WRITES ? null : Promise.race(this.#writes);
  }

  /** Resolves when the blocks that are full by now are in the file, or could not be written. */
  get written(): Promise<unknown> {
    return Promise.all(this.#writes);
  }

  #block(number: number): Uint8Array {
    const known = this.#blocks.get(number);
    if (known !== undefined) return known;
    if (number >= this.#memoryBlocks && this.#spare.length === 0) this.#spare = alignedBlocks(MOST_WRITES, this.#blockBytes);
    const block = this.#spare.pop() ?? new Uint8Array(this.#blockBytes);
    this.#blocks.set(number, block);
    return block;
  }

  #write(number: number): void {
    const block = this.#block(number);
    const run = this.#writeWhole(block, (number - this.#memoryBlocks) * this.#blockBytes).then(
      () => {
        this.#blocks.delete(number);
        this.#spare.push(block);
      },
      (error: unknown) => {
        // The block stays in memory: what was taken can be read.
        this.#failure ??= error;
      },
    );
    this.#writes.add(run);
    void run.then(() => this.#writes.delete(run));
  }

  async #writeWhole(block: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < block.length; ) {
      const direct = done === 0 && !this.#refusesDirect ? this.#direct : null;
      try {
        const { bytesWritten } = await writeAsync(direct ?? this.#openFile(), block, done, block.length - done, position + done);
        done += bytesWritten;
      } catch (error) {
        // Some file systems open a file for direct writing and then refuse to do it.
        if (direct === null || errorCode(error) !== 'EINVAL') throw error;
        this.#refusesDirect = true;
      }
    }
  }

  #openFile(): number {
    if (this.#descriptor !== null) return this.#descriptor;
    // The global, loaded on first use: most captures never come here.
    const path = join(this.#folder, `layerscope-${crypto.randomUUID()}.spool`);
    const descriptor = openSync(path, 'wx+', 0o600);
    this.#descriptor = descriptor;
    this.#direct = openDirect(path, this.#blockBytes);
    // Blocks reach the file in any order: a page must not hold more than one, or it keeps a gap.
    this.#pages = new PageCache(descriptor, () => true, Math.min(PAGE_BYTES, this.#blockBytes));
    this.#limitBytes = Math.min(this.#limitBytes, this.length + freeBytes(this.#folder) / 2);
    try {
      rmSync(path);
    } catch {
      this.#path = path;
    }
    return descriptor;
  }

  /** Bytes from `offset` on; fewer where the spool ends. May be a view: do not write to it. */
  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array {
    const count = Math.max(0, Math.min(length, this.length - offset));
    const number = Math.floor(offset / this.#blockBytes);
    const start = offset - number * this.#blockBytes;
    if (into === undefined && start + count <= this.#blockBytes) {
      const block = this.#blocks.get(number);
      if (block === undefined) return this.#readFile(offset, count);
      // A block that leaves memory is used again for other bytes.
      return number < this.#memoryBlocks ? block.subarray(start, start + count) : block.slice(start, start + count);
    }
    return this.#copy(offset, into === undefined ? new Uint8Array(count) : into.subarray(0, count));
  }

  #readFile(offset: number, length: number, into?: Uint8Array): Uint8Array {
    return this.#pages?.readAt(offset - this.#memoryBlocks * this.#blockBytes, length, into) ?? NOTHING;
  }

  #copy(offset: number, target: Uint8Array): Uint8Array {
    let done = 0;
    while (done < target.length) {
      const at = offset + done;
      const number = Math.floor(at / this.#blockBytes);
      const start = at - number * this.#blockBytes;
      const piece = target.subarray(done, done + this.#blockBytes - start);
      const block = this.#blocks.get(number);
      if (block !== undefined) piece.set(block.subarray(start, start + piece.length));
      else if (this.#readFile(at, piece.length, piece).length < piece.length) break;
      done += piece.length;
    }
    return target.subarray(0, done);
  }

  close(): void {
    this.#blocks.clear();
    this.#spare = [];
    this.#pages = null;
    this.length = 0;
    const descriptor = this.#descriptor;
    const direct = this.#direct;
    const path = this.#path;
    this.#descriptor = this.#direct = this.#path = null;
    if (descriptor === null) return;
    // Writes under way still hold the descriptor; its number must not be reused under them.
    void this.written.then(() => {
      closeSync(descriptor);
      if (direct !== null) closeSync(direct);
      if (path !== null) rmSync(path, { force: true });
    });
  }
}

/** What direct writes ask of addresses, positions and lengths on every usual disk. */
const DIRECT_UNIT_BYTES = 4096;

/** Null where the file system, or the system, has no such thing. */
function openDirect(path: string, blockBytes: number): number | null {
  if (constants.O_DIRECT === undefined || blockBytes % DIRECT_UNIT_BYTES !== 0) return null;
  try {
    return openSync(path, constants.O_WRONLY | constants.O_DIRECT);
  } catch {
    return null;
  }
}

/** The part of WebAssembly that is used here; Node's types leave it to the browser's. */
declare const WebAssembly: { readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer } };

/** Blocks that begin at pages of memory, as direct writes need them: WebAssembly's memory does, other memory of Node need not. */
function alignedBlocks(count: number, blockBytes: number): Uint8Array[] {
  const pages = Math.ceil((count * blockBytes) / 65_536);
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages });
  return Array.from({ length: count }, (_, index) => new Uint8Array(buffer, index * blockBytes, blockBytes));
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
