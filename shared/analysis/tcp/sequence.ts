/** Arithmetic on TCP sequence numbers, which wrap at 2³² (RFC 9293 §3.4). */

/** Distance from `from` to `to`, −2³¹…2³¹−1: positive where `to` comes later. */
export function sequenceDistance(from: number, to: number): number {
  return (to - from) | 0;
}

/** `sequence + length`, wrapped. */
export function sequenceAfter(sequence: number, length: number): number {
  return (sequence + length) >>> 0;
}

/** Bits of the flags byte (RFC 9293 §3.1). */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

/** One of the two ends of a stream: 0 sent its first segment. */
export type SideIndex = 0 | 1;

/** Numbers that a segment uses up: its payload, and one each for SYN and FIN (RFC 9293 §3.4). */
export function sequenceLength(flags: number, payloadLength: number): number {
  return payloadLength + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
}
