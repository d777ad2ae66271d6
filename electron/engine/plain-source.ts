/** A regular file that is not packed: read through by large chunks, and again at random from the file itself. */
import { closeSync, fstatSync, read } from 'node:fs';
import { promisify } from 'node:util';
import type { CaptureProblem } from '../../shared/records/record.ts';
import { chunkBuffers, fileChunks, ReadFailure, type ChunkBuffers } from './byte-streams.ts';
import { FileIdentity } from './file-identity.ts';
import { PageCache } from './page-cache.ts';
import { outcomeOf, Slicer } from './slices.ts';
import { readProblem } from './source-problems.ts';
import type { ChunkConsumer, FeedOptions, FeedOutcome, FileSource, OpenOptions } from './source.ts';

const readAsync = promisify(read);
const NOTHING = new Uint8Array(0);

export class PlainSource implements FileSource {
  readonly compression = null;
  readonly isPipe = false;
  readonly name: string;
  #descriptor: number;
  #identity: FileIdentity;
  #pages: PageCache;
  #position = 0;
  /** Kept between the feeds of a growing file only. */
  #buffers: ChunkBuffers | null = null;
  #isOpen = true;
  #isFeeding: Promise<unknown> = Promise.resolve();
  #told = new Set<string>();
  #onProblem: ((problem: CaptureProblem) => void) | undefined;

  constructor(name: string, path: string, descriptor: number, options: OpenOptions) {
    this.name = name;
    this.#descriptor = descriptor;
    this.#onProblem = options.onProblem;
    this.#identity = new FileIdentity(name, path, descriptor);
    this.#pages = new PageCache(descriptor, () => this.#isTrusted());
  }

  get sizeBytes(): number {
    return this.#identity.sizeBytes;
  }

  feed(consumer: ChunkConsumer, options: FeedOptions = {}): Promise<FeedOutcome> {
    const run = this.#feed(consumer, options);
    this.#isFeeding = run.catch(() => undefined);
    return run;
  }

  async #feed(consumer: ChunkConsumer, options: FeedOptions): Promise<FeedOutcome> {
    const { onProgress, signal, growing } = options;
    const slicer = new Slicer();
    const buffers = this.#buffers ?? chunkBuffers(growing === true ? Infinity : this.sizeBytes - this.#position);
    this.#buffers = growing === true ? buffers : null;
    try {
      for await (const chunk of fileChunks(this.#descriptor, this.#position, buffers)) {
        if (!this.#isOpen || signal?.aborted === true) return 'stopped';
        const goOn = await slicer.give(chunk, consumer, options);
        this.#position += chunk.length;
        onProgress?.({ bytesRead: this.#position, totalBytes: Math.max(this.sizeBytes, this.#position) });
        if (!goOn) return outcomeOf(consumer, signal);
      }
    } catch (error) {
      if (!(error instanceof ReadFailure)) throw error;
      this.#onProblem?.(readProblem(this.name, error.offset, error.cause, consumer.packetCount));
      consumer.flush();
      return 'failed';
    }
    this.#tellOnce(this.#identity.contentProblem(), consumer.packetCount);
    if (growing === true) consumer.flush();
    else consumer.end();
    return outcomeOf(consumer, signal);
  }

  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array {
    if (!this.#isOpen) return NOTHING;
    try {
      return this.#pages.readAt(offset, length, into);
    } catch (error) {
      this.#tellOnce(readProblem(this.name, offset, error, 0));
      return NOTHING;
    }
  }

  async readInto(offset: number, target: Uint8Array): Promise<number> {
    const run = this.#fill(offset, target);
    this.#isFeeding = Promise.all([this.#isFeeding, run]);
    return run;
  }

  async #fill(offset: number, target: Uint8Array): Promise<number> {
    let filled = 0;
    try {
      while (this.#isOpen && filled < target.length && this.#isTrusted()) {
        const { bytesRead } = await readAsync(this.#descriptor, target, filled, target.length - filled, offset + filled);
        // What was read while the file was changed is not the file that was opened.
        if (bytesRead === 0 || !this.#isTrusted()) break;
        filled += bytesRead;
      }
    } catch (error) {
      this.#tellOnce(readProblem(this.name, offset + filled, error, 0));
    }
    return filled;
  }

  #isTrusted(): boolean {
    return this.#tellOnce(this.#identity.contentProblem());
  }

  unfedBytes(): number {
    return this.#isOpen ? Math.max(0, fstatSync(this.#descriptor).size - this.#position) : 0;
  }

  check(): CaptureProblem | null {
    return this.#isOpen ? this.#identity.problem() : null;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // A read under way still holds the descriptor; its number must not be reused under it.
    void this.#isFeeding.then(() => closeSync(this.#descriptor));
  }

  /** True where there is nothing to tell. */
  #tellOnce(problem: CaptureProblem | null, packetsBefore = 0): boolean {
    if (problem === null) return true;
    if (!this.#told.has(problem.code)) this.#onProblem?.({ ...problem, packetsBefore });
    this.#told.add(problem.code);
    return false;
  }
}
