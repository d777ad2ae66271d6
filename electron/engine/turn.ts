/**
 * How long anything in the engine works before whoever asks gets an answer. Several kinds of work
 * (deep pass, sorting) may take turns between two answers; a turn of the event loop costs some
 * microseconds, a thousandth of this.
 */
export const TURN_MS = 5;

/** Lets the event loop run: timers, answers, what has been read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
