/** A switch that makes work wait until it is told to go on. */
export class Pause {
  #goOn: (() => void) | null = null;
  #waiting: Promise<void> | null = null;

  get isOn(): boolean {
    return this.#waiting !== null;
  }

  begin(): void {
    this.#waiting ??= new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  end(): void {
    this.#goOn?.();
    this.#goOn = null;
    this.#waiting = null;
  }

  /** Resolves once the pause has ended; at once where there is none. */
  async wait(): Promise<void> {
    await this.#waiting;
  }
}
