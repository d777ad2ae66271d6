/** Lengths in SCTP: what has a length of its own is padded to a multiple of four bytes (RFC 9260 §3.2). */

export function padded(length: number): number {
  return (length + 3) & ~3;
}

/** "1 byte", "2 bytes" */
export function byteWords(count: number): string {
  return `${count} byte${count === 1 ? '' : 's'}`;
}
