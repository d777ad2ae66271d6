/**
 * Buffers that are used again and again: captures have many messages of a few kilobytes, and
 * making (zeroed) memory for each costs more than copying their bytes into it.
 */

/** Sizes are powers of two from 2 kB to 32 kB; larger buffers are made and left to the garbage collector. */
const SMALLEST_BITS = 11;
const LARGEST_BITS = 15;
/** Buffers kept of one size. */
const MOST_KEPT = 32;

const pools: Uint8Array[][] = Array.from({ length: LARGEST_BITS - SMALLEST_BITS + 1 }, () => []);

/** A buffer of at least so many bytes, with anything in it. */
export function takeBuffer(length: number): Uint8Array {
  const bits = Math.max(SMALLEST_BITS, 32 - Math.clz32(length - 1));
  if (bits > LARGEST_BITS) return new Uint8Array(length);
  return pools[bits - SMALLEST_BITS]?.pop() ?? new Uint8Array(1 << bits);
}

/** Takes back a buffer of `takeBuffer` that nobody has a view of. */
export function giveBack(buffer: Uint8Array): void {
  const bits = 31 - Math.clz32(buffer.length);
  const pool = buffer.length === 1 << bits ? pools[bits - SMALLEST_BITS] : undefined;
  if (pool !== undefined && pool.length < MOST_KEPT) pool.push(buffer);
}
