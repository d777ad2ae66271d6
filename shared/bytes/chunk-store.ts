/** Where chunks of numbers go that may not stay in memory. */

export interface ChunkStore {
  /**
   * Keeps a copy of the bytes. `place`: where to, as an earlier call with at least as many bytes
   * gave it; -1 for a new place. Gives the place; -1 where the bytes cannot be kept.
   */
  write(bytes: Uint8Array, place: number): number;
  /** Fills `into` with the bytes kept at a place. Throws where they cannot be read. */
  read(place: number, into: Uint8Array): void;
}

/** Keeps chunks in memory, outside of the tables: for tests, and where there are no files. */
export class MemoryStore implements ChunkStore {
  private readonly kept: Uint8Array[] = [];

  write(bytes: Uint8Array, place: number): number {
    if (place < 0) return this.kept.push(bytes.slice()) - 1;
    this.kept[place] = bytes.slice();
    return place;
  }

  read(place: number, into: Uint8Array): void {
    const bytes = this.kept[place];
    if (bytes === undefined) throw new RangeError(`nothing is kept at ${place}`);
    into.set(bytes.subarray(0, into.length));
  }
}
