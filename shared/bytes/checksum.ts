/**
 * Checksums over captured bytes. Positions beyond the array count as 0 bytes, as everywhere
 * in bytes/; callers judge a checksum only where all of its bytes were captured.
 */
import { readU16, readU8 } from './reader.ts';

/**
 * Sum for the Internet checksum (RFC 1071): 16-bit words of `bytes[start…end)` added to
 * `sum`, the last odd byte as if a zero followed it. Not folded; feed it to the next call
 * or to `internetChecksum`.
 */
export function addWords(sum: number, bytes: Uint8Array, start: number, end: number): number {
  let total = sum;
  let at = start;
  for (; at + 1 < end; at += 2) total += readU16(bytes, at);
  if (at < end) total += readU8(bytes, at) << 8;
  return total;
}

/**
 * The 16-bit Internet checksum (RFC 1071) of a sum. Over bytes that include a correct
 * checksum it is 0.
 */
export function internetChecksum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
}

/** Where the addresses of a pseudo header stand: run.network of the dissection. */
export interface PseudoAddresses {
  readonly version: 4 | 6;
  readonly bytes: Uint8Array;
  /** Positions of the source and destination address. */
  readonly source: number;
  readonly destination: number;
}

/** Sum of the pseudo header that TCP, UDP and ICMPv6 include (RFC 9293 §3.1, RFC 8200 §8.1). */
export function pseudoHeaderSum(addresses: PseudoAddresses, protocol: number, length: number): number {
  const size = addresses.version === 4 ? 4 : 16;
  const sum = addWords(0, addresses.bytes, addresses.source, addresses.source + size);
  return addWords(sum, addresses.bytes, addresses.destination, addresses.destination + size) + protocol + (length >>> 16) + (length & 0xffff);
}

/** What a header's own checksum field should have held, from the computed check over it and what it holds. */
export function expectedChecksum(found: number, computed: number): number {
  // Adding the found value back in one's complement takes it out of the sum.
  const sum = (~computed & 0xffff) + (~found & 0xffff);
  return internetChecksum(sum);
}

/** Made when the first frame with a checksum is judged. */
let crcEntries: Uint32Array | null = null;

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, value) => {
    let entry = value;
    for (let bit = 0; bit < 8; bit += 1) entry = entry & 1 ? (entry >>> 1) ^ 0xedb8_8320 : entry >>> 1;
    return entry >>> 0;
  });
}

/** CRC-32 of Ethernet (IEEE 802.3-2022 §3.2.9) as it reads when the four bytes on the wire are taken big-endian. */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  crcEntries ??= crcTable();
  let crc = 0xffff_ffff;
  for (let at = start; at < end; at += 1) crc = (crc >>> 8) ^ (crcEntries[(crc ^ readU8(bytes, at)) & 0xff] as number);
  crc = ~crc >>> 0;
  return (((crc & 0xff) << 24) | ((crc & 0xff00) << 8) | ((crc >>> 8) & 0xff00) | (crc >>> 24)) >>> 0;
}
