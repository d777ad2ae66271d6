/** Waiting for what other programs do to a file that is open here. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaptureProblem } from '../../shared/records/record.ts';
import type { LiveFeed } from './live-feed.ts';
import type { FileSource } from './source.ts';

/** A live capture should show what came within a tenth of a second. */
const GROWTH_POLL_MS = 100;
/** The capturing process writes every 100 ms: what came should not wait for twice that. */
const LIVE_POLL_MS = 30;
/** What happens to a file is to be told within a second. */
const CHANGE_POLL_MS = 500;

/** grown: there is more to read. ended: the file is no longer what was opened, and all of it was read. */
export type Growth = 'grown' | 'ended' | 'stopped';

/**
 * Waits until there is more to read, or there never will be. Asking costs a few microseconds, so no watcher of
 * the system is needed. A live capture ends when its process has ended, and nothing grows while showing it is paused.
 */
export async function waitForGrowth(source: FileSource, signal: AbortSignal, live: LiveFeed | null = null): Promise<Growth> {
  for (;;) {
    if (signal.aborted) return 'stopped';
    // Asked first: what is written before the end is there when the end is known.
    const hasEnded = live?.hasEnded ?? false;
    const isShowing = live?.isShowing ?? true;
    if (isShowing && source.unfedBytes() > 0) return 'grown';
    if (hasEnded || source.check() !== null) return 'ended';
    await delay(live === null ? GROWTH_POLL_MS : LIVE_POLL_MS, signal);
  }
}

/** Resolves after so long, or when the signal says so. `keepsAlive` false: the process may end meanwhile. */
export async function delay(milliseconds: number, signal: AbortSignal, keepsAlive = true): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: keepsAlive }).catch(() => undefined);
}

/**
 * Looks after an open file while nobody reads it, and tells each thing that happens to it once: that it
 * was cut, changed, replaced or deleted. Returns the function that ends it; it keeps no process alive.
 */
export function watchSource(source: FileSource, onProblem: (problem: CaptureProblem) => void): () => void {
  const told = new Set<string>();
  const timer = setInterval(() => {
    const problem = source.check();
    if (problem === null || told.has(problem.code)) return;
    told.add(problem.code);
    onProblem(problem);
  }, CHANGE_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
