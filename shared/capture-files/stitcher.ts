/**
 * Makes chunk borders mean nothing.
 *
 * A parser sees either a chunk itself or, where a record straddles chunks, a
 * small buffer into which just the missing bytes were copied. So at most one
 * record per chunk is copied, however large the chunks are.
 */
export interface Parser {
  /**
   * Parses what it can of `bytes[start…end)`; `offset` is the position of
   * `bytes[start]` in the source. `last` = no more bytes will come.
   * Returns how many bytes it is done with, and sets `wantedBytes`.
   */
  parse(bytes: Uint8Array, start: number, end: number, offset: number, last: boolean): number;
  /** How many bytes, counted from the first unconsumed one, the next step needs. */
  readonly wantedBytes: number;
}

export class Stitcher {
  /** Position in the source of the first byte that the parser is not done with. */
  consumedBytes = 0;
  #parser: Parser;
  #carry = new Uint8Array(1 << 16);
  #carryLength = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /** Bytes that were pushed and are not consumed yet. */
  get pendingBytes(): number {
    return this.#carryLength;
  }

  push(chunk: Uint8Array): void {
    let taken = 0;
    while (this.#carryLength > 0 && taken < chunk.length) {
      const missing = Math.max(1, this.#parser.wantedBytes - this.#carryLength);
      const piece = Math.min(missing, chunk.length - taken);
      this.#keep(chunk, taken, taken + piece);
      taken += piece;
      if (this.#carryLength >= this.#parser.wantedBytes) this.parseCarry(false);
    }
    if (taken === chunk.length) return;
    const consumed = this.#parser.parse(chunk, taken, chunk.length, this.consumedBytes, false);
    this.consumedBytes += consumed;
    this.#keep(chunk, taken + consumed, chunk.length);
  }

  /** Lets the parser look again at what is kept; `last` = no more bytes will come. */
  parseCarry(last: boolean): void {
    const consumed = this.#parser.parse(this.#carry, 0, this.#carryLength, this.consumedBytes, last);
    if (consumed === 0) return;
    this.consumedBytes += consumed;
    this.#carry.copyWithin(0, consumed, this.#carryLength);
    this.#carryLength -= consumed;
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const length = this.#carryLength + end - start;
    if (length > this.#carry.length) {
      const larger = new Uint8Array(Math.max(length, this.#carry.length * 2));
      larger.set(this.#carry.subarray(0, this.#carryLength));
      this.#carry = larger;
    }
    this.#carry.set(chunk.subarray(start, end), this.#carryLength);
    this.#carryLength = length;
  }
}
