/** What a key of Multipath TCP stands for. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { readU32, readU64 } from '../../../bytes/reader.ts';
import type { KeyMeaning } from '../../../streams/multipath-tracker.ts';

/**
 * Token and initial data sequence number: the first 32 and the last 64 bits of the key's hash,
 * SHA-1 in version 0 (RFC 6824 §3.1 and §3.2), SHA-256 in version 1 (RFC 8684 §3.1 and §3.2).
 *
 * @param key 8 bytes, as they were sent
 * @returns null for versions that nobody has defined
 */
export function meaningOfKey(version: number, key: Uint8Array): KeyMeaning | null {
  if (version > 1) return null;
  const digest = version === 0 ? sha1(key) : sha256(key);
  return { token: readU32(digest, 0), initialDataSequence: readU64(digest, digest.length - 8) };
}
