/** Packet positions in any order: 32 bits each, in chunks that are never copied. */

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

export class PositionList {
  private readonly chunks: Uint32Array[] = [];
  length = 0;

  /** The positions of an array, which the list keeps as it is; nothing can be added to it then. */
  static of(positions: Uint32Array): PositionList {
    const list = new PositionList();
    for (let at = 0; at < positions.length; at += CHUNK) list.chunks.push(positions.subarray(at, at + CHUNK));
    list.length = positions.length;
    return list;
  }

  /** Adds the first `count` positions of an array. */
  append(positions: Uint32Array, count: number): void {
    let taken = 0;
    while (taken < count) {
      const at = this.length & (CHUNK - 1);
      if (at === 0) this.chunks.push(new Uint32Array(CHUNK));
      const chunk = this.chunks[this.length >>> CHUNK_BITS] as Uint32Array;
      const piece = positions.subarray(taken, taken + Math.min(count - taken, CHUNK - at));
      chunk.set(piece, at);
      taken += piece.length;
      this.length += piece.length;
    }
  }

  at(index: number): number {
    if (index < 0 || index >= this.length) throw new RangeError(`no entry ${index} of ${this.length}`);
    return (this.chunks[index >>> CHUNK_BITS] as Uint32Array)[index & (CHUNK - 1)] as number;
  }

  /** Where a position stands; -1 where it does not. Looks through all of the list. */
  indexOf(position: number): number {
    for (const [number, chunk] of this.chunks.entries()) {
      const used = Math.min(CHUNK, this.length - number * CHUNK);
      const at = chunk.indexOf(position);
      // Behind the last entry a chunk is filled with zeros.
      if (at >= 0 && at < used) return number * CHUNK + at;
    }
    return -1;
  }

  /** As `indexOf`, for a list in ascending order. */
  indexOfAscending(position: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.at(middle);
      if (found === position) return middle;
      if (found < position) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  toArray(): Uint32Array {
    const all = new Uint32Array(this.length);
    for (const [number, chunk] of this.chunks.entries()) all.set(chunk.subarray(0, Math.min(CHUNK, this.length - number * CHUNK)), number * CHUNK);
    return all;
  }
}
