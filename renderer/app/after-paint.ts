/** A window in the background draws no frames; what waits for one goes on after this long. */
const patienceMs = 250;

/** Calls back once what has been rendered by now is on screen. */
export function afterPaint(callback: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    clearTimeout(patience);
    callback();
  };
  const patience = setTimeout(once, patienceMs);
  // A frame's callbacks run before it is painted, tasks after.
  requestAnimationFrame(() => setTimeout(once));
}
