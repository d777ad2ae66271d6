/** What a subscription has told, for tests that wait for it to tell something. */
export class EventLog<E> {
  readonly events: E[] = [];
  readonly #waiting = new Set<(event: E) => void>();

  readonly emit = (event: E): void => {
    this.events.push(event);
    for (const look of this.#waiting) look(event);
  };

  /** The first event that fits, of those gone by and those to come. */
  readonly until = (fits: (event: E) => boolean): Promise<E> => this.#first(this.events, fits);

  /** What holds now, if it fits, or the first to come that does. */
  readonly fromNow = (fits: (event: E) => boolean): Promise<E> => this.#first(this.events.slice(-1), fits);

  #first(known: readonly E[], fits: (event: E) => boolean): Promise<E> {
    return new Promise((resolve) => {
      const look = (event: E): void => {
        if (!fits(event)) return;
        this.#waiting.delete(look);
        resolve(event);
      };
      const found = known.find(fits);
      if (found === undefined) this.#waiting.add(look);
      else resolve(found);
    });
  }
}
