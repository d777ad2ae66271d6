/** What the engine asks of a source of capture bytes, whatever it is. */
import type { Packing } from '../../shared/capture-files/sniff.ts';
import type { CaptureProblem, CaptureReader } from '../../shared/records/record.ts';
import type { SpoolSettings } from './spool.ts';

/** What `feed` needs of a capture reader. */
export type ChunkConsumer = Pick<CaptureReader, 'push' | 'flush' | 'end' | 'refused' | 'packetCount'>;

export interface FeedProgress {
  /** Bytes read from the file as it lies on disk (packed, where it is packed). */
  readonly bytesRead: number;
  /** Bytes of the file on disk; 0 where nobody knows (pipes). */
  readonly totalBytes: number;
}

export interface FeedOptions {
  readonly onProgress?: (progress: FeedProgress) => void;
  readonly signal?: AbortSignal;
  /** More will be fed later (a growing file): flush at the present end instead of ending. Plain files only. */
  readonly growing?: boolean;
  /** Asked between slices: what to wait for before the next one, or null. */
  readonly pause?: () => Promise<void> | null;
}

/** complete: all was read. stopped: by the signal. refused: the reader wants no more. failed: told as a problem. */
export type FeedOutcome = 'complete' | 'stopped' | 'refused' | 'failed';

export interface OpenOptions {
  /** Told of whatever goes wrong with the source after it was opened, also by `readAt`. */
  readonly onProblem?: (problem: CaptureProblem) => void;
  readonly spool?: SpoolSettings;
  /** An empty file is no mistake: somebody is about to write to it. */
  readonly mayBeEmpty?: boolean;
  /** What "-" reads; default process.stdin. */
  readonly standardInput?: AsyncIterable<Uint8Array>;
}

export interface FileSource {
  /** File name without its folder; "standard input" for "-". */
  readonly name: string;
  /** As it lies on disk; 0 for pipes. */
  readonly sizeBytes: number;
  /** Nobody knows when more will come, nor how much; and it comes once. */
  readonly isPipe: boolean;
  /** null: not packed, or (for pipes) not known before the first bytes came. */
  readonly compression: Packing | null;
  /** Reads on from where the last call ended and gives everything to the consumer. Never throws for what the file holds. */
  feed(consumer: ChunkConsumer, options?: FeedOptions): Promise<FeedOutcome>;
  /**
   * Unpacked bytes from `offset` on; fewer than `length` where they end or cannot be read (then
   * `onProblem` was told). Synchronous. May be a view of a cache: copy it or hand in `into`, do not write to it.
   */
  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array;
  /**
   * Fills `target` with unpacked bytes from `offset` on and says how many there were; fewer than it
   * holds where they end or cannot be read (then `onProblem` was told). For reading through; never rejects.
   */
  readInto(offset: number, target: Uint8Array): Promise<number>;
  /** Bytes that the file has beyond those that were fed; 0 for what cannot be fed again (packed files, pipes). */
  unfedBytes(): number;
  /** What happened to the file since it was opened: shrunk, changed, replaced, deleted; null = nothing. */
  check(): CaptureProblem | null;
  close(): void;
}

export type OpenedSource = { readonly ok: true; readonly source: FileSource } | { readonly ok: false; readonly problem: CaptureProblem };
