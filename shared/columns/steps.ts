/**
 * Work that is done a little at a time: a generator that yields how much is done (0…1) every
 * few thousand packets and returns its result. Whoever drives it decides how long to go on
 * before others have their turn, and may stop it between any two steps.
 */
export type Steps<T> = Generator<number, T, undefined>;

/** Runs work to its end in one go; for tests and for whoever has nobody to answer. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Passes on the steps of a part of the work, which goes from `from` to `to` of the whole. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield from + step.value * (to - from);
  }
}
