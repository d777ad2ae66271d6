/**
 * xxHash32, the check sum of LZ4 frames (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
 * Numbers are signed 32-bit inside and unsigned outside.
 */
const PRIME_1 = 0x9e3779b1 | 0;
const PRIME_2 = 0x85ebca77 | 0;
const PRIME_3 = 0xc2b2ae3d | 0;
const PRIME_4 = 0x27d4eb2f | 0;
const PRIME_5 = 0x165667b1 | 0;
const STRIPE_BYTES = 16;

/** The check sum of bytes that come piece by piece; the seed is 0, as LZ4 has it. */
export class Xxh32 {
  #lane1 = (PRIME_1 + PRIME_2) | 0;
  #lane2 = PRIME_2;
  #lane3 = 0;
  #lane4 = -PRIME_1 | 0;
  #totalBytes = 0;
  /** Bytes of a stripe that is not complete yet. */
  #held = new Uint8Array(STRIPE_BYTES);
  #heldBytes = 0;

  update(bytes: Uint8Array): this {
    this.#totalBytes += bytes.length;
    let from = 0;
    if (this.#heldBytes > 0) {
      from = Math.min(STRIPE_BYTES - this.#heldBytes, bytes.length);
      this.#held.set(bytes.subarray(0, from), this.#heldBytes);
      this.#heldBytes += from;
      if (this.#heldBytes < STRIPE_BYTES) return this;
      this.#stripes(this.#held, 0, STRIPE_BYTES);
    }
    const end = bytes.length - ((bytes.length - from) % STRIPE_BYTES);
    this.#stripes(bytes, from, end);
    this.#held.set(bytes.subarray(end));
    this.#heldBytes = bytes.length - end;
    return this;
  }

  #stripes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let lane1 = this.#lane1;
    let lane2 = this.#lane2;
    let lane3 = this.#lane3;
    let lane4 = this.#lane4;
    for (let at = from; at < to; at += STRIPE_BYTES) {
      lane1 = round(lane1, view.getInt32(at, true));
      lane2 = round(lane2, view.getInt32(at + 4, true));
      lane3 = round(lane3, view.getInt32(at + 8, true));
      lane4 = round(lane4, view.getInt32(at + 12, true));
    }
    this.#lane1 = lane1;
    this.#lane2 = lane2;
    this.#lane3 = lane3;
    this.#lane4 = lane4;
  }

  /** The check sum of all bytes so far, 0…2^32−1. */
  digest(): number {
    let sum = this.#totalBytes >= STRIPE_BYTES
      ? (rotate(this.#lane1, 1) + rotate(this.#lane2, 7) + rotate(this.#lane3, 12) + rotate(this.#lane4, 18)) | 0
      : PRIME_5;
    sum = (sum + this.#totalBytes) | 0;
    const view = new DataView(this.#held.buffer);
    let at = 0;
    for (; at + 4 <= this.#heldBytes; at += 4) sum = Math.imul(rotate((sum + Math.imul(view.getInt32(at, true), PRIME_3)) | 0, 17), PRIME_4);
    for (; at < this.#heldBytes; at += 1) sum = Math.imul(rotate((sum + Math.imul(view.getUint8(at), PRIME_5)) | 0, 11), PRIME_1);
    sum = Math.imul(sum ^ (sum >>> 15), PRIME_2);
    sum = Math.imul(sum ^ (sum >>> 13), PRIME_3);
    return (sum ^ (sum >>> 16)) >>> 0;
  }
}

export function xxh32(bytes: Uint8Array): number {
  return new Xxh32().update(bytes).digest();
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function round(lane: number, input: number): number {
  return Math.imul(rotate((lane + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1);
}
