/** Packed bytes that come in pieces, taken in the lengths that a format asks for. */

const NOTHING = new Uint8Array(0);

export class PackedInput {
  /** Bytes taken so far: where the next one lies in the packed data. */
  position = 0;
  #piece: Uint8Array = NOTHING;
  #at = 0;
  /** The start of what a `take` is waiting for, from pieces that are gone. */
  #held = new Uint8Array(1 << 16);
  #heldBytes = 0;

  /** The piece before must have been used up: that is so once `take` gave null, or `takeUpTo` nothing. */
  push(piece: Uint8Array): void {
    this.#piece = piece;
    this.#at = 0;
  }

  /** The next `count` bytes, or null until they are there; then ask for as many again. Valid until the next call. */
  take(count: number): Uint8Array | null {
    const missing = count - this.#heldBytes;
    const there = Math.min(missing, this.#piece.length - this.#at);
    const part = this.#piece.subarray(this.#at, this.#at + there);
    this.#at += there;
    if (this.#heldBytes === 0 && there === count) {
      this.position += count;
      return part;
    }
    this.#hold(part, count);
    if (there < missing) return null;
    this.#heldBytes = 0;
    this.position += count;
    return this.#held.subarray(0, count);
  }

  #hold(part: Uint8Array, count: number): void {
    if (count > this.#held.length) {
      const larger = new Uint8Array(count);
      larger.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = larger;
    }
    this.#held.set(part, this.#heldBytes);
    this.#heldBytes += part.length;
  }

  /** As many of the next `most` bytes as the piece has. Not while a `take` is waiting. */
  takeUpTo(most: number): Uint8Array {
    const part = this.#piece.subarray(this.#at, this.#at + most);
    this.#at += part.length;
    this.position += part.length;
    return part;
  }

  /** What a `take` was waiting with when the data ended. */
  takeHeld(): Uint8Array {
    const part = this.#held.subarray(0, this.#heldBytes);
    this.position += part.length;
    this.#heldBytes = 0;
    return part;
  }
}
