/**
 * Keys that a capture brings (pcapng, decryption secrets blocks). tshark decrypts with them, which
 * Layerscope does not do yet: it is asked about the capture without them.
 */
import { gunzipSync } from 'node:zlib';
import { BLOCK } from '../../shared/capture-files/pcapng-blocks.ts';

const GZIP_MAGIC = 0x1f8b;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const SHORTEST_BLOCK_BYTES = 12;
/** Where a block's body begins: that of a section with its byte order, that of secrets with what they are of. */
const BODY_OFFSET = 8;

function unpacked(bytes: Buffer): Buffer {
  try {
    return bytes.length >= 2 && bytes.readUInt16BE(0) === GZIP_MAGIC ? gunzipSync(bytes) : bytes;
  } catch {
    // Packed and damaged: whatever it brings is not looked for.
    return bytes;
  }
}

/** Bytes of a capture whose secrets are of no known kind, which readers pass over; null where it brings none. */
export function withoutKeys(file: Buffer): Buffer | null {
  const bytes = unpacked(file);
  if (bytes.length < SHORTEST_BLOCK_BYTES || bytes.readUInt32BE(0) !== BLOCK.section) return null;
  let isLittle = true;
  let found: Buffer | null = null;
  const u32 = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  for (let at = 0; at + SHORTEST_BLOCK_BYTES <= bytes.length; ) {
    // The type of a section reads the same from both ends.
    if (u32(at) === BLOCK.section) isLittle = bytes.readUInt32LE(at + BODY_OFFSET) === BYTE_ORDER_MAGIC;
    const length = u32(at + 4);
    if (length < SHORTEST_BLOCK_BYTES) break;
    if (u32(at) === BLOCK.secrets) (found ??= Buffer.from(bytes)).writeUInt32LE(0, at + BODY_OFFSET);
    at += length;
  }
  return found;
}
