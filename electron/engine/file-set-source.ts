/**
 * The files that a live capture writes, as one source: positions run on from file to file. The present
 * file is read as it grows; when the next one is announced it is complete. A file that a ring has deleted
 * is let go at once, so that the disk gets its room back: its bytes are gone from then on.
 */
import { statSync, type Stats } from 'node:fs';
import { basename } from 'node:path';
import type { CaptureProblem } from '../../shared/records/record.ts';
import { openFileSource } from './file-source.ts';
import type { FileSetReader } from './file-set-reader.ts';
import type { LiveFeed } from './live-feed.ts';
import { sourceProblem } from './source-problems.ts';
import type { FeedOptions, FeedOutcome, FileSource, OpenOptions } from './source.ts';

const NOTHING = new Uint8Array(0);
/** Complete files that are kept open for reading again. */
const MOST_OPEN = 32;

interface Part {
  readonly path: string;
  readonly base: number;
  readonly firstPacket: number;
  /** Bytes; grows with the present file. */
  size: number;
  source: FileSource | null;
  /** What the name led to when it was opened: after that another file may have taken it. */
  readonly identity: Stats | null;
  isGone: boolean;
}

export class FileSetSource implements FileSource {
  readonly compression = null;
  readonly isPipe = false;
  readonly name: string;
  readonly #feedOf: LiveFeed;
  readonly #options: OpenOptions;
  /** Files that reading has reached, by position; the last one is the present one. */
  readonly #parts: Part[] = [];
  #dropsSeen = 0;
  #reader: FileSetReader | null = null;
  #isOpen = true;

  constructor(feed: LiveFeed, options: OpenOptions) {
    this.name = basename(feed.files[0] ?? '');
    this.#feedOf = feed;
    this.#options = options;
  }

  get sizeBytes(): number {
    const last = this.#parts.at(-1);
    return last === undefined ? 0 : last.base + Math.max(last.size, last.source?.sizeBytes ?? 0);
  }

  /** Packets 1…so many cannot be read any more. */
  get gonePackets(): number {
    const kept = this.#parts.findIndex(({ isGone }) => !isGone);
    return (kept < 0 ? this.#reader?.packetCount : this.#parts[kept]?.firstPacket) ?? 0;
  }

  /** Whether the byte at a position was deleted with its file. */
  isGone(offset: number): boolean {
    return this.#partAt(offset)?.isGone ?? false;
  }

  /** The consumer is a FileSetReader. */
  async feed(consumer: FileSetReader, options: FeedOptions = {}): Promise<FeedOutcome> {
    this.#reader = consumer;
    const isStopped = (): boolean => !this.#isOpen || options.signal?.aborted === true;
    for (;;) {
      if (isStopped()) return 'stopped';
      this.takeDrops();
      const part = this.#parts.at(-1);
      // Asked before reading: a file that is complete when reading begins is read to its end.
      const isComplete = this.#parts.length < this.#feedOf.files.length || options.growing !== true;
      if (part !== undefined) await this.#feedPart(part, consumer, options, isComplete);
      if (this.#parts.length === this.#feedOf.files.length) return isStopped() ? 'stopped' : 'complete';
      if (!isComplete && part !== undefined) continue;
      this.#openNext(consumer);
    }
  }

  async #feedPart(part: Part, consumer: FileSetReader, { onProgress, signal }: FeedOptions, isComplete: boolean): Promise<void> {
    if (part.source === null || part.isGone) return;
    await part.source.feed(consumer, {
      ...(signal === undefined ? {} : { signal }),
      growing: !isComplete,
      onProgress: ({ bytesRead }) => {
        part.size = bytesRead;
        onProgress?.({ bytesRead: part.base + bytesRead, totalBytes: this.sizeBytes });
      },
    });
  }

  #openNext(consumer: FileSetReader): void {
    const at = this.#parts.length;
    const path = this.#feedOf.files[at] as string;
    const base = this.sizeBytes;
    const isDropped = this.#feedOf.dropped.has(at);
    const opened = isDropped ? null : openFileSource(path, { ...this.#options, mayBeEmpty: true, onProblem: (problem) => this.#tell(problem, path, base) });
    if (opened?.ok === false) this.#tell({ ...opened.problem, kind: at === 0 ? 'refused' : 'gap' }, path, base);
    const source = opened?.ok === true ? this.#plain(opened.source, path, base) : null;
    if (isDropped) this.#tell(sourceProblem('gap', 'ring-overtook', `The ring deleted ${basename(path)} before its packets could be shown.`), path, base);
    const identity = source === null ? null : (statSync(path, { throwIfNoEntry: false }) ?? null);
    this.#parts.push({ path, base, firstPacket: consumer.packetCount, size: 0, source, identity, isGone: source === null });
    consumer.begin(basename(path), base);
    this.#closeOld();
  }

  /** Programs write rings unpacked; what somebody packed later is not read on here. */
  #plain(source: FileSource, path: string, base: number): FileSource | null {
    if (!source.isPipe && source.compression === null) return source;
    source.close();
    this.#tell(sourceProblem('gap', 'not-plain', `${basename(path)} is compressed or a pipe, so it was left out: open it by itself.`), path, base);
    return null;
  }

  /** Lets go of files that were deleted; true where there were any. */
  takeDrops(): boolean {
    const { dropped } = this.#feedOf;
    if (dropped.size === this.#dropsSeen) return false;
    this.#dropsSeen = dropped.size;
    for (const [at, part] of this.#parts.entries()) {
      if (part.isGone || !dropped.has(at)) continue;
      part.isGone = true;
      part.source?.close();
      part.source = null;
    }
    return true;
  }

  #closeOld(): void {
    const open = this.#parts.filter(({ source }) => source !== null);
    for (const part of open.slice(0, Math.max(0, open.length - MOST_OPEN))) this.#release(part);
  }

  #release(part: Part): void {
    part.source?.close();
    part.source = null;
  }

  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array {
    const part = this.#partAt(offset);
    const source = part === null ? null : this.#reopened(part);
    return source === null || part === null ? NOTHING : source.readAt(offset - part.base, length, into);
  }

  /** Ends with the file that the position is in. */
  readInto(offset: number, target: Uint8Array): Promise<number> {
    const part = this.#partAt(offset);
    const source = part === null ? null : this.#reopened(part);
    return source === null || part === null ? Promise.resolve(0) : source.readInto(offset - part.base, target);
  }

  #reopened(part: Part): FileSource | null {
    if (part.source !== null || part.isGone || !this.#isOpen) return part.source;
    const now = statSync(part.path, { throwIfNoEntry: false });
    const isSame = now !== undefined && now.ino === part.identity?.ino && now.dev === part.identity.dev && now.size >= part.size;
    const opened = isSame ? openFileSource(part.path, { ...this.#options, mayBeEmpty: true, onProblem: (problem) => this.#tell(problem, part.path, part.base) }) : null;
    if (opened?.ok === true) {
      part.source = opened.source;
      this.#closeOthers(part);
      return part.source;
    }
    part.isGone = true;
    this.#tell(sourceProblem('gap', 'file-gone', `${basename(part.path)} was deleted or replaced by another program; its packets can no longer be shown.`), part.path, part.base);
    return null;
  }

  #closeOthers(kept: Part): void {
    const open = this.#parts.filter((part) => part.source !== null && part !== kept && part !== this.#parts.at(-1));
    for (const part of open.slice(0, Math.max(0, open.length - MOST_OPEN))) this.#release(part);
  }

  /** The file that holds a position, by halving; null where there is none. */
  #partAt(offset: number): Part | null {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#parts[middle] as Part).base <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#parts[low] ?? null;
  }

  /** Files that follow count: reading goes on with them. */
  unfedBytes(): number {
    const present = this.#reader?.refused === true ? null : this.#parts.at(-1)?.source;
    const waiting = this.#feedOf.files.length - this.#parts.length;
    return this.#isOpen ? (present?.unfedBytes() ?? 0) + waiting : 0;
  }

  /** Of the present file only: others are complete, and their ring may delete them. */
  check(): CaptureProblem | null {
    return this.#parts.at(-1)?.source?.check() ?? null;
  }

  close(): void {
    this.#isOpen = false;
    for (const part of this.#parts) this.#release(part);
  }

  #tell(problem: CaptureProblem, path: string, base: number): void {
    const isFirst = path === this.#feedOf.files[0];
    const kind = problem.kind === 'refused' && !isFirst ? 'gap' : problem.kind;
    this.#options.onProblem?.({ ...problem, kind, offset: problem.offset + base, end: problem.end + base });
  }
}
