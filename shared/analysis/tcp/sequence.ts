/** Arithmetic on TCP sequence numbers, which wrap at 2³² (RFC 9293 §3.4). */

/** Distance from `from` to `to`, −2³¹…2³¹−1: positive where `to` comes later. */
export function sequenceDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** `sequence + length`, wrapped. */
export function sequenceAfter(sequence: number, length: number): number {
  return (sequence + length) >>> 0;
}
