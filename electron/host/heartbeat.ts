/** Finds out that an engine is stuck: it runs, but answers nothing. */

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** Without an answer for so long, the engine counts as stuck. */
  readonly hangAfterMs: number;
  /** The same for the first answer: a process that is starting has its program to load first. */
  readonly firstAnswerMs?: number;
}

/**
 * A process that ends is noticed at once; this is only for one that hangs. On a machine under
 * load (measured: eight busy processes on two cores) a healthy engine stays silent for more
 * than a second, and ending it would throw away a good index: patience costs less.
 */
export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 150, hangAfterMs: 2500, firstAnswerMs: 20_000 };

/**
 * Pings at each interval; calls `onHang` once, when no ping was answered for
 * `hangAfterMs`. Time is counted in ticks of this process's own timer: after a
 * suspend, or where the whole machine stalls, both processes have missed the
 * same time, and that says nothing about the engine.
 *
 * @returns ends the watch
 */
export function watchHeartbeat(ping: () => Promise<unknown>, options: HeartbeatOptions, onHang: () => void): () => void {
  const ticks = (ms: number): number => Math.ceil(ms / options.intervalMs);
  let ticksAllowed = ticks(options.firstAnswerMs ?? options.hangAfterMs);
  let silentTicks = 0;
  let waiting = false;
  const timer = setInterval(() => {
    silentTicks += 1;
    if (silentTicks >= ticksAllowed) {
      clearInterval(timer);
      onHang();
      return;
    }
    if (waiting) return;
    waiting = true;
    // A rejection means that the process has ended; its exit is told elsewhere.
    ping().then(() => {
      waiting = false;
      silentTicks = 0;
      ticksAllowed = ticks(options.hangAfterMs);
    }, () => clearInterval(timer));
  }, options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
