/** Reproducible numbers: the same seed gives the same capture on every machine. */
import type { Bytes } from './bytes.ts';

/** Marsaglia's xorshift128 ("Xorshift RNGs", 2003, p. 5). */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    // Any state but all zeros will do; the multiplier spreads small seeds over the words.
    this.#state = Uint32Array.from([1, 2, 3, 4], (word) => Math.imul(seed + word, 0x9e3779b9) ^ (word * 0x85ebca6b)).map((word) => word || 1);
    for (let warmUp = 0; warmUp < 16; warmUp++) this.u32();
  }

  /** 0…2^32-1 */
  u32(): number {
    const state = this.#state;
    const first = state[0] ?? 0;
    const mixed = first ^ (first << 11);
    const last = state[3] ?? 0;
    state.copyWithin(0, 1);
    state[3] = last ^ (last >>> 19) ^ mixed ^ (mixed >>> 8);
    return state[3] ?? 0;
  }

  /** 0…limit-1 */
  below(limit: number): number {
    return this.u32() % limit;
  }

  /** 0 ≤ x < 1 */
  fraction(): number {
    return this.u32() / 0x1_0000_0000;
  }

  chance(percent: number): boolean {
    return this.fraction() * 100 < percent;
  }

  bytes(length: number): Bytes {
    const result = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 4) {
      const word = this.u32();
      for (let index = 0; index < 4 && offset + index < length; index++) result[offset + index] = word >>> (8 * index);
    }
    return result;
  }
}
