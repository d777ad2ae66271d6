/**
 * Packets and bytes of many things with two sides (conversations, or endpoints that send and receive), a row each:
 * 52 bytes a row, in arrays that double. Rows count from 0 and begin empty.
 */

/** More rows nobody reads: their packets are counted as `unlisted`. Some 100 MB. */
export const MOST_ROWS = 2_000_000;
const FIRST_ROWS = 256;

/** By side of one row: the side of another that it is. */
export type Sides = readonly [0 | 1, 0 | 1];
export const SAME_SIDES: Sides = [0, 1];
export const TURNED_SIDES: Sides = [1, 0];
/** Both ends are one: whatever it sends counts as sent. */
export const ONE_SIDE: Sides = [0, 0];

export class Tallies {
  /** Rows that there is room for. */
  #room = 0;
  #packets = new Uint32Array(0);
  #bytes = new Float64Array(0);
  /** Position of the first packet, as position + 1; 0 = none. */
  #first = new Uint32Array(0);
  #fromNs = new Float64Array(0);
  #untilNs = new Float64Array(0);
  readonly #mostRows: number;
  /** Packets of rows beyond the last that is kept. */
  unlisted = 0;

  constructor(mostRows = MOST_ROWS) {
    this.#mostRows = mostRows;
  }

  /** Rows that may hold something. */
  get room(): number {
    return this.#room;
  }

  /** Takes in a packet that `side` sent. `timeNs`: since whatever is 0 for all of them; NaN where it has none. */
  add(row: number, side: 0 | 1, wireLength: number, position: number, timeNs: number): void {
    if (row >= this.#room && !this.#grow(row)) {
      this.unlisted += 1;
      return;
    }
    const at = 2 * row + side;
    this.#packets[at] = (this.#packets[at] as number) + 1;
    this.#bytes[at] = (this.#bytes[at] as number) + wireLength;
    const first = this.#first[row] as number;
    if (first === 0 || position + 1 < first) this.#first[row] = position + 1;
    if (timeNs < (this.#fromNs[row] as number)) this.#fromNs[row] = timeNs;
    if (timeNs > (this.#untilNs[row] as number)) this.#untilNs[row] = timeNs;
  }

  /** Adds a row of others to one of these. `sides`: what the sides of the other row are here. */
  merge(row: number, sides: Sides, other: Tallies, otherRow: number): void {
    const packets = other.packets(otherRow, 0) + other.packets(otherRow, 1);
    if (packets === 0) return;
    if (row >= this.#room && !this.#grow(row)) {
      this.unlisted += packets;
      return;
    }
    for (const side of [0, 1] as const) {
      const at = 2 * row + sides[side];
      this.#packets[at] = (this.#packets[at] as number) + other.packets(otherRow, side);
      this.#bytes[at] = (this.#bytes[at] as number) + other.bytes(otherRow, side);
    }
    const first = this.#first[row] as number;
    const otherFirst = other.#first[otherRow] as number;
    if (first === 0 || otherFirst < first) this.#first[row] = otherFirst;
    this.#fromNs[row] = Math.min(this.#fromNs[row] as number, other.#fromNs[otherRow] as number);
    this.#untilNs[row] = Math.max(this.#untilNs[row] as number, other.#untilNs[otherRow] as number);
  }

  packets(row: number, side: 0 | 1): number {
    return this.#packets[2 * row + side] ?? 0;
  }

  /** On the wire. */
  bytes(row: number, side: 0 | 1): number {
    return this.#bytes[2 * row + side] ?? 0;
  }

  /** Position of the first packet; −1 where there is none. */
  firstPosition(row: number): number {
    return (this.#first[row] ?? 0) - 1;
  }

  /** Time of the earliest packet; null where none has a time. */
  fromNs(row: number): number | null {
    const time = this.#fromNs[row] ?? Infinity;
    return time === Infinity ? null : time;
  }

  /** From the earliest packet to the latest; null where none has a time. */
  durationNs(row: number): number | null {
    const from = this.fromNs(row);
    return from === null ? null : (this.#untilNs[row] as number) - from;
  }

  /** Bits a second that a side sent while the row lasted; null where it has no duration. */
  bitsPerSecond(row: number, side: 0 | 1): number | null {
    const durationNs = this.durationNs(row);
    return durationNs === null || durationNs === 0 ? null : (this.bytes(row, side) * 8e9) / durationNs;
  }

  #grow(row: number): boolean {
    if (row >= this.#mostRows) return false;
    const room = Math.min(this.#mostRows, Math.max(FIRST_ROWS, 2 * this.#room, row + 1));
    const before = this.#room;
    this.#packets = grown(this.#packets, new Uint32Array(2 * room));
    this.#bytes = grown(this.#bytes, new Float64Array(2 * room));
    this.#first = grown(this.#first, new Uint32Array(room));
    this.#fromNs = grown(this.#fromNs, new Float64Array(room)).fill(Infinity, before);
    this.#untilNs = grown(this.#untilNs, new Float64Array(room)).fill(-Infinity, before);
    this.#room = room;
    return true;
  }
}

function grown<A extends Uint32Array | Float64Array>(old: A, bigger: A): A {
  bigger.set(old);
  return bigger;
}
