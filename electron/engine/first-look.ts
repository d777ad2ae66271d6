/**
 * The first rows of a capture come before the rest of it: once there is a screen of packets, reading waits
 * until a window has taken rows and has had a moment to draw them. Reading, what compiles its code, and the
 * window would otherwise share the processors, and rows come a fifth later on two of them.
 */

/** What a window asks for first fills any screen. */
export const SCREEN_PACKETS = 64;
/** A window that asks for nothing holds nobody up for longer. */
const LIMIT_MS = 250;
/** What a window takes to draw a screen of rows. */
export const DRAWING_MS = 60;

export class FirstLook {
  #state: 'expected' | 'awaited' | 'over' = 'expected';
  #goOn: (afterMs: number) => void = () => undefined;

  /** Asked between two slices of reading, so many packets being there: null, or what to wait for. */
  wait(packets: number): Promise<void> | null {
    if (this.#state !== 'expected' || packets < SCREEN_PACKETS) return null;
    this.#state = 'awaited';
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, LIMIT_MS);
      this.#goOn = (afterMs) => {
        clearTimeout(timer);
        if (afterMs === 0) resolve();
        else timer = setTimeout(resolve, afterMs);
      };
    });
  }

  /** Rows were handed over. */
  taken(): void {
    if (this.#state === 'awaited') this.#goOn(DRAWING_MS);
    this.#state = 'over';
  }

  /** Reading is to end. */
  cancel(): void {
    if (this.#state === 'awaited') this.#goOn(0);
    this.#state = 'over';
  }
}
