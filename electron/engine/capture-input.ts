/**
 * What a session reads: opens the source, reads it into a sink, reads on while it grows, looks after
 * it, and gives packets' bytes again. It knows bytes and records, not packets' contents.
 */
import type { Problem } from '../../shared/ipc/contract.ts';
import type { CaptureSink } from '../../shared/records/record.ts';
import { createCaptureReader } from '../../shared/capture-files/capture-reader.ts';
import { FileSetReader } from './file-set-reader.ts';
import { FileSetSource } from './file-set-source.ts';
import { openFileSource } from './file-source.ts';
import { FirstLook } from './first-look.ts';
import { delay, waitForGrowth, watchSource } from './follow.ts';
import type { LiveFeed } from './live-feed.ts';
import { notFollowed, sourceProblem } from './source-problems.ts';
import type { ChunkConsumer, FeedOptions, FileSource, OpenedSource, OpenOptions } from './source.ts';
import type { SpoolSettings } from './spool.ts';

/** A pipe that gives nothing for so long leaves time for the deep pass. */
const IDLE_MS = 100;

export interface InputOptions {
  /** Reads on as the file grows, until it is stopped or the file is no longer the one that was opened. */
  readonly follow?: boolean;
  /** What is opened is being written by a live capture; its files are those of the feed. */
  readonly live?: LiveFeed;
  readonly spool?: SpoolSettings;
  /** What "-" reads; default process.stdin. */
  readonly standardInput?: AsyncIterable<Uint8Array>;
  /** A window waits for the first rows: the rest is read when it has them. */
  readonly isAwaited?: boolean;
}

export interface InputUser {
  /** Something that progress tells has changed. */
  readonly onChange: () => void;
  /** Goes on with what is done after reading, until nothing is left or `isInterrupted`. */
  readonly analyse: (isInterrupted: () => boolean) => Promise<void>;
  /** From now on the file is read on as it grows. */
  readonly onFollowing: () => void;
  /** Packets that were shown can be read no more. */
  readonly onGone: () => void;
  readonly packetCount: () => number;
}

export class CaptureInput {
  source: FileSource | null = null;
  bytesRead = 0;
  totalBytes = 0;
  readonly problems: Problem[] = [];
  readonly #path: string;
  readonly #options: InputOptions;
  readonly #user: InputUser;
  readonly #stopper = new AbortController();
  readonly #live: LiveFeed | null;
  readonly #firstLook: FirstLook | null;
  #set: FileSetSource | null = null;
  #unwatch: () => void = () => undefined;
  #unlisten: () => void = () => undefined;

  constructor(path: string, options: InputOptions, user: InputUser) {
    this.#path = path;
    this.#options = options;
    this.#user = user;
    this.#live = options.live ?? null;
    this.#firstLook = options.isAwaited === true && this.#live === null ? new FirstLook() : null;
  }

  get name(): string {
    return this.source?.name ?? this.#path.split(/[\\/]/).at(-1) ?? this.#path;
  }

  get wasStopped(): boolean {
    return this.#stopper.signal.aborted;
  }

  /** Packets 1…so many can be read no more. */
  get gonePackets(): number {
    return this.#set?.gonePackets ?? 0;
  }

  /** Whether a packet's bytes were deleted with their file. */
  isGone(offset: number): boolean {
    return this.#set?.isGone(offset) ?? false;
  }

  /** Rows were handed to a window. */
  rowsTaken(): void {
    this.#firstLook?.taken();
  }

  /** Ends reading; what was read stays. */
  stop(): void {
    this.#stopper.abort();
    this.#firstLook?.cancel();
  }

  /** Reads everything into the sink, and what comes later if it is followed. False: the file could not be opened. */
  async read(sink: CaptureSink): Promise<boolean> {
    const follow = (this.#options.follow ?? false) || this.#live !== null;
    const opened = this.#open(follow);
    if (!opened.ok) {
      this.problems.push(opened.problem);
      return false;
    }
    const { source } = opened;
    this.source = source;
    this.totalBytes = source.sizeBytes;
    this.#unwatch = watchSource(source, (problem) => this.meet(problem));
    const reader = this.#set === null ? createCaptureReader(sink, source.name) : new FileSetReader(sink);
    const isFollowed = follow && !source.isPipe && source.compression === null;
    const reading = source.feed(reader, { ...this.#feedOptions(), growing: isFollowed });
    if (source.isPipe) await this.#analyseMeanwhile(reading);
    await reading;
    if (isFollowed && !isHopeless(reader)) await this.#follow(source, reader);
    else if (follow && !source.isPipe && source.compression !== null) this.meet(notFollowed(source.name, source.compression));
    return true;
  }

  #open(follow: boolean): OpenedSource {
    const { spool, standardInput } = this.#options;
    const options: OpenOptions = {
      onProblem: (problem) => this.meet(problem),
      mayBeEmpty: follow,
      ...(spool === undefined ? {} : { spool }),
      ...(standardInput === undefined ? {} : { standardInput }),
    };
    if (this.#live === null) return openFileSource(this.#path, options);
    this.#set = new FileSetSource(this.#live, options);
    this.#unlisten = this.#live.onChange(() => this.#onLiveChange());
    return { ok: true, source: this.#set };
  }

  #onLiveChange(): void {
    if (this.#set?.takeDrops() === true) {
      this.meet(sourceProblem('odd', 'ring-deleted', 'The ring has deleted its oldest files, as it was set to: their packets stay in the list, but their contents are no longer available.'));
      this.#user.onGone();
    }
    this.#user.onChange();
  }

  #feedOptions(): FeedOptions {
    return {
      signal: this.#stopper.signal,
      onProgress: ({ bytesRead, totalBytes }) => {
        this.bytesRead = bytesRead;
        this.totalBytes = totalBytes;
        this.#user.onChange();
      },
      pause: () => this.#awaitFirstLook(),
    };
  }

  #awaitFirstLook(): Promise<void> | null {
    const wait = this.#firstLook?.wait(this.#user.packetCount()) ?? null;
    // Who waits for packets hears that there are some.
    if (wait !== null) this.#user.onChange();
    return wait;
  }

  /** What is new is read before what is old is analysed. */
  async #follow(source: FileSource, reader: ChunkConsumer): Promise<void> {
    const { signal } = this.#stopper;
    const live = this.#live;
    this.#user.onFollowing();
    for (;;) {
      await this.#user.analyse(() => signal.aborted || ((live?.isShowing ?? true) && source.unfedBytes() > 0));
      const next = await waitForGrowth(source, signal, live);
      if (next === 'stopped') return;
      const change = next === 'ended' ? source.check() : null;
      if (change !== null) this.meet(change);
      // What the file ends in is judged when it has ended.
      await source.feed(reader, { ...this.#feedOptions(), growing: next === 'grown' });
      if (next === 'ended' || isHopeless(reader)) return;
    }
  }

  /** Has packets of a pipe analysed whenever nothing comes. */
  async #analyseMeanwhile(reading: Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    void reading.then(() => ended.abort(), () => ended.abort());
    while (!ended.signal.aborted) {
      const mark = this.bytesRead;
      await delay(IDLE_MS, ended.signal);
      if (this.bytesRead === mark) await this.#user.analyse(() => ended.signal.aborted || this.bytesRead !== mark);
    }
  }

  /** Tells a problem once: who reads and who looks after the file may notice the same. */
  meet(problem: Problem): void {
    if (this.problems.some(({ code, message }) => code === problem.code && message === problem.message)) return;
    this.problems.push(problem);
    this.#user.onChange();
  }

  /** Bytes of the unpacked capture; fewer where they end or are gone. Valid until the next call. */
  readAt(offset: number, length: number): Uint8Array {
    return this.source?.readAt(offset, length) ?? new Uint8Array(0);
  }

  close(): void {
    this.stop();
    this.#unwatch();
    this.#unlisten();
    this.source?.close();
  }
}

/** Nothing can be shown of it, whatever comes. */
function isHopeless(reader: ChunkConsumer): boolean {
  return reader instanceof FileSetReader ? reader.isHopeless : reader.refused;
}
