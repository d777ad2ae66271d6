/** The Internet checksum (RFC 1071), written apart from the product's so that each can catch the other. */
import { type Bytes, concat, u16, u32 } from './bytes.ts';

export function internetChecksum(data: Bytes): number {
  let sum = 0;
  for (let offset = 0; offset < data.length; offset += 2) {
    sum += ((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Checksum over the pseudo-header as well (RFC 9293 §3.1, RFC 8200 §8.1). */
export function transportChecksum(source: Bytes, destination: Bytes, protocol: number, segment: Bytes): number {
  const rest = source.length === 4 ? concat(Uint8Array.of(0, protocol), u16(segment.length)) : concat(u32(segment.length), u32(protocol));
  return internetChecksum(concat(source, destination, rest, segment));
}

/** A copy with the checksum written at `offset`, where zeros must stand. */
export function withChecksum(data: Bytes, offset: number, checksum: number): Bytes {
  const copy = data.slice();
  copy.set(u16(checksum), offset);
  return copy;
}
