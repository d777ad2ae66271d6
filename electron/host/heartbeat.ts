/** Finds out that an engine is stuck: it runs, but answers nothing. */

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** Without an answer for so long, the engine counts as stuck. */
  readonly hangAfterMs: number;
}

/** Told within a second, slices of work a hundred times longer than they should be forgiven. */
export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 150, hangAfterMs: 850 };

/**
 * Pings at each interval; calls `onHang` once, when no ping was answered for
 * `hangAfterMs`. Time is counted in ticks of this process's own timer: after a
 * suspend, or where the whole machine stalls, both processes have missed the
 * same time, and that says nothing about the engine.
 *
 * @returns ends the watch
 */
export function watchHeartbeat(ping: () => Promise<unknown>, options: HeartbeatOptions, onHang: () => void): () => void {
  const ticksAllowed = Math.ceil(options.hangAfterMs / options.intervalMs);
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
    }, () => clearInterval(timer));
  }, options.intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
