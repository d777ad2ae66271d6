/**
 * Keeps what cannot be read twice: the bytes that come out of a pipe or out of
 * decompression. The first 64 MiB stay in memory, the rest goes to a file that
 * has no name any more while it is used, so that nothing is left behind even if
 * this process is killed (Windows keeps the name until it is closed).
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PageCache } from './page-cache.ts';

const BLOCK_BYTES = 1 << 20;
const NOTHING = new Uint8Array(0);

export interface SpoolSettings {
  /** Bytes kept in memory; default 64 MiB. */
  readonly memoryBytes?: number;
  /** Bytes kept in all; default 16 GiB. */
  readonly limitBytes?: number;
  /** Folder of the file; default the system's temporary folder. */
  readonly folder?: string;
}

export class Spool {
  readonly limitBytes: number;
  length = 0;
  #memoryBytes: number;
  #folder: string;
  #blocks: Uint8Array[] = [];
  #descriptor: number | null = null;
  #path: string | null = null;
  #pages: PageCache | null = null;

  constructor(settings: SpoolSettings = {}) {
    this.#memoryBytes = settings.memoryBytes ?? 64 << 20;
    this.limitBytes = settings.limitBytes ?? 16 * 2 ** 30;
    this.#folder = settings.folder ?? tmpdir();
  }

  /** Appends up to the limit; returns how many bytes were taken. Throws where the file cannot be written. */
  append(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, Math.max(0, this.limitBytes - this.length));
    let done = 0;
    while (done < taken) {
      const piece = bytes.subarray(done, taken);
      done += this.length < this.#memoryBytes ? this.#appendToMemory(piece) : this.#appendToFile(piece);
    }
    return taken;
  }

  #appendToMemory(bytes: Uint8Array): number {
    const inBlock = this.length % BLOCK_BYTES;
    if (inBlock === 0) this.#blocks.push(new Uint8Array(Math.min(BLOCK_BYTES, this.#memoryBytes - this.length)));
    const block = this.#blocks.at(-1) ?? NOTHING;
    const count = Math.min(bytes.length, block.length - inBlock);
    block.set(bytes.subarray(0, count), inBlock);
    this.length += count;
    return count;
  }

  #appendToFile(bytes: Uint8Array): number {
    const descriptor = this.#descriptor ?? this.#openFile();
    const count = writeSync(descriptor, bytes, 0, bytes.length, this.length - this.#memoryBytes);
    this.length += count;
    return count;
  }

  #openFile(): number {
    // The global, loaded on first use: most captures never come here.
    const path = join(this.#folder, `layerscope-${crypto.randomUUID()}.spool`);
    const descriptor = openSync(path, 'wx+', 0o600);
    this.#descriptor = descriptor;
    this.#pages = new PageCache(descriptor, () => true);
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
    const block = Math.floor(offset / BLOCK_BYTES);
    const start = offset - block * BLOCK_BYTES;
    if (into === undefined && offset + count <= this.#memoryBytes && start + count <= BLOCK_BYTES) {
      return (this.#blocks[block] ?? NOTHING).subarray(start, start + count);
    }
    if (into === undefined && offset >= this.#memoryBytes) return this.#readFile(offset, count);
    return this.#copy(offset, into === undefined ? new Uint8Array(count) : into.subarray(0, count));
  }

  #readFile(offset: number, length: number, into?: Uint8Array): Uint8Array {
    return this.#pages?.readAt(offset - this.#memoryBytes, length, into) ?? NOTHING;
  }

  #copy(offset: number, target: Uint8Array): Uint8Array {
    let done = 0;
    while (done < target.length && offset + done < this.#memoryBytes) {
      const at = offset + done;
      const start = at % BLOCK_BYTES;
      const piece = (this.#blocks[Math.floor(at / BLOCK_BYTES)] ?? NOTHING).subarray(start, start + target.length - done);
      target.set(piece, done);
      done += piece.length;
    }
    if (done < target.length) done += this.#readFile(offset + done, target.length - done, target.subarray(done)).length;
    return target.subarray(0, done);
  }

  close(): void {
    this.#blocks = [];
    this.#pages = null;
    this.length = 0;
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    if (this.#path !== null) rmSync(this.#path, { force: true });
    this.#path = null;
  }
}
