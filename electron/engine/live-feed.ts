/**
 * What a session knows of the capture that writes its files: which files there are, whether more will
 * come, what was counted. The host is told by the capturing process and tells the session; the session
 * itself only reads files.
 */
import type { CaptureCounts } from '../../shared/ipc/contract.ts';
import type { LiveChange } from './control-contract.ts';

export class LiveFeed {
  /** Paths in the order in which they were begun; only the last one still grows. */
  readonly files: string[];
  /** Positions in `files` of those that a ring has deleted. */
  readonly dropped = new Set<number>();
  /** Nothing more will be written. */
  hasEnded = false;
  /** False: what comes is not read for the time being. */
  isShowing = true;
  /** Null before anything was counted. */
  counts: CaptureCounts | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(firstFile: string) {
    this.files = [firstFile];
  }

  /** The next file has begun; the one before is complete. */
  add(path: string): void {
    this.files.push(path);
    this.#tell();
  }

  /** A file is gone from the disk; its name may come again for another one. */
  drop(path: string): void {
    const at = this.files.findIndex((file, index) => file === path && !this.dropped.has(index));
    if (at < 0) return;
    this.dropped.add(at);
    this.#tell();
  }

  count(counts: CaptureCounts): void {
    this.counts = counts;
    this.#tell();
  }

  show(isShowing: boolean): void {
    this.isShowing = isShowing;
    this.#tell();
  }

  /** The capture is over: everything is shown, also what a pause held back. */
  end(): void {
    this.hasEnded = true;
    this.isShowing = true;
    this.#tell();
  }

  /** Called at each change; returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** What the host tells, applied. */
export function applyChange(feed: LiveFeed, change: LiveChange): void {
  switch (change.kind) {
    case 'file':
      return feed.add(change.path);
    case 'deleted':
      return feed.drop(change.path);
    case 'counts':
      return feed.count(change.counts);
    case 'showing':
      return feed.show(change.isShowing);
    case 'ended':
      return feed.end();
  }
}
