/**
 * What a capture's tables put away when memory is short: pieces at places of one temporary
 * file. Where the system allows it, the file has no name any more while it is used, so that
 * nothing is left behind even if this process is killed; elsewhere the next spill file that is
 * made in the folder takes away those of processes that have ended.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ChunkStore } from '../../shared/bytes/chunk-store.ts';

const FILE_NAME = /^layerscope-(\d+)-[0-9a-f-]+\.spill$/;

/** The file calls, so that tests can have a full disk. */
export interface SpillCalls {
  readonly write: (descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;
}

export class SpillFile implements ChunkStore {
  readonly #folder: string;
  readonly #calls: SpillCalls;
  #descriptor: number | null = null;
  #path: string | null = null;
  #end = 0;
  #failure: string | null = null;

  /** The file is made, and its folder, when something is first put away. */
  constructor(folder: string, calls: SpillCalls = { write: writeSync }) {
    this.#folder = folder;
    this.#calls = calls;
  }

  /** Why the last write failed, in the system's words; null while none has. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Bytes in the file. */
  get length(): number {
    return this.#end;
  }

  write(bytes: Uint8Array, place: number): number {
    const target = place < 0 ? this.#end : place;
    try {
      const descriptor = this.#descriptor ?? this.#open();
      let done = 0;
      while (done < bytes.length) done += this.#calls.write(descriptor, bytes, done, bytes.length - done, target + done);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      return -1;
    }
    if (place < 0) this.#end += bytes.length;
    return target;
  }

  read(place: number, into: Uint8Array): void {
    let done = 0;
    while (this.#descriptor !== null && done < into.length) {
      const count = readSync(this.#descriptor, into, done, into.length - done, place + done);
      if (count === 0) break;
      done += count;
    }
    if (done < into.length) throw new Error('The temporary file that holds a part of the index is damaged.');
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    removeOrphans(this.#folder);
    const path = join(this.#folder, `layerscope-${process.pid}-${crypto.randomUUID()}.spill`);
    const descriptor = openSync(path, 'wx+', 0o600);
    this.#descriptor = descriptor;
    try {
      rmSync(path);
    } catch {
      this.#path = path;
    }
    return descriptor;
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    if (this.#path !== null) rmSync(this.#path, { force: true });
    this.#path = null;
  }
}

/** Takes away the spill files of processes that have ended. What cannot be removed stays. */
export function removeOrphans(folder: string): void {
  for (const name of namesIn(folder)) {
    const owner = Number(FILE_NAME.exec(name)?.[1] ?? process.pid);
    if (owner === process.pid || isAlive(owner)) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // Somebody else's, or in use after all.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
