/**
 * Finds out that an engine is stuck: it runs, but answers nothing.
 *
 * Silence alone does not show it. On a machine that has too much to do an
 * engine may get no processor time for a second, and to replace it would only
 * add to the load. So where the processor time that the engine has used can be
 * told, silence counts only together with work: an engine answers between
 * slices of some milliseconds, so one that has worked for hundreds of them
 * without an answer never will.
 */

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** Without an answer for so long, an engine that was at work counts as stuck. */
  readonly hangAfterMs: number;
  /** So much processor time without an answer is work. */
  readonly hangCpuMs: number;
  /** Without an answer for so long, an engine counts as stuck whatever it did: blocked, or hardly scheduled. */
  readonly silentAfterMs: number;
  /** How long a new process may take until its first answer. */
  readonly startWithinMs: number;
}

/** Told within a second. */
export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 150, hangAfterMs: 850, hangCpuMs: 300, silentAfterMs: 15_000, startWithinMs: 60_000 };

export interface Watched {
  /** Resolves with the answer; rejects when the process has ended, which is told elsewhere. */
  readonly ping: () => Promise<unknown>;
  /** Processor time used since the process started; null where the system does not tell. */
  readonly cpuMs: () => number | null;
}

/**
 * Pings at once and at each interval; calls `onHang` once. Time is counted in ticks of this
 * process's own timer: after a suspend both processes have missed the same
 * time, and that says nothing about the engine.
 *
 * @returns ends the watch
 */
export function watchHeartbeat(watched: Watched, options: HeartbeatOptions, onHang: () => void): () => void {
  const ticks = (durationMs: number): number => Math.ceil(durationMs / options.intervalMs);
  let hasAnswered = false;
  let silentTicks = 0;
  let waiting = false;
  /** Processor time at the second silent tick; the first may come right after an answer. */
  let cpuAtSilenceMs: number | null = null;

  const isStuck = (): boolean => {
    if (!hasAnswered) return silentTicks >= ticks(options.startWithinMs);
    if (silentTicks === 2) cpuAtSilenceMs = watched.cpuMs();
    if (silentTicks < ticks(options.hangAfterMs)) return false;
    const cpuNowMs = watched.cpuMs();
    const isAtWork = cpuNowMs === null || cpuAtSilenceMs === null || cpuNowMs - cpuAtSilenceMs >= options.hangCpuMs;
    return isAtWork || silentTicks >= ticks(options.silentAfterMs);
  };
  const ping = (): void => {
    if (waiting) return;
    waiting = true;
    const answered = (): void => {
      waiting = false;
      hasAnswered = true;
      silentTicks = 0;
    };
    watched.ping().then(answered, () => clearInterval(timer));
  };
  const timer = setInterval(() => {
    silentTicks += 1;
    if (!isStuck()) return ping();
    clearInterval(timer);
    onHang();
  }, options.intervalMs);
  timer.unref();
  // At once: a process that is up answers this before it begins with whatever it is asked next.
  ping();
  return () => clearInterval(timer);
}
