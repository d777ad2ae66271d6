/**
 * How long anything in the engine works before whoever asks gets an answer. Several kinds of work
 * (deep pass, sorting) may take turns between two answers; a turn of the event loop costs some
 * microseconds, a thousandth of this.
 */
import type { Steps } from '../../shared/columns/steps.ts';

export const TURN_MS = 5;

/** Lets the event loop run: timers, answers, what has been read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Long work that somebody waits for, and may have given up: to be asked between two steps of it. */
export class Turns {
  readonly #signal: AbortSignal;
  #endsMs = performance.now() + TURN_MS;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** It is time for others. */
  get isOver(): boolean {
    return performance.now() >= this.#endsMs;
  }

  /** Lets others in. Throws where the work was given up. */
  async next(): Promise<void> {
    await nextTurn();
    this.#signal.throwIfAborted();
    this.#endsMs = performance.now() + TURN_MS;
  }
}

/** Runs work to its end, letting others in between its steps. Throws where it was given up. */
export async function runInTurns<T>(steps: Steps<T>, turns: Turns): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (turns.isOver) await turns.next();
  }
}
