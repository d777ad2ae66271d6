/**
 * Finding the next pcap record after damage.
 *
 * pcap has no marks between records, so a place counts as a record header only
 * if its numbers make sense, its time is within a year of the last good packet,
 * and the same holds for the headers that it leads to: three in a row, or fewer
 * where the chain reaches the end of the file. In random bytes one header alone
 * would pass about once in 10^13 positions.
 */
import type { EndianReader } from '../bytes/endian-reader.ts';
import { largestPacketBytes } from './link-limits.ts';

/** A search that must wait for bytes asks for this many more than it needs. */
export const SEARCH_SLACK_BYTES = 1 << 20;

const CHAIN_LENGTH = 3;
/** Packets of one capture are usually less than a year apart. */
export const NEAR_SECONDS = 366 * 86_400;
const LIKELY_WIRE_BYTES = 16 << 20;

export interface SalvageLimits {
  readonly headerLength: number;
  readonly unitsPerSecond: number;
  readonly capturedAt: number;
  readonly wireAt: number;
  readonly largestCaptured: number;
  /** A candidate's limit: tighter, so that a search never waits for a very long record. */
  readonly largestCandidate: number;
}

export function salvageLimits(
  linkType: number, unitsPerSecond: number, headerLength: number, capturedAt = 8, wireAt = 12,
): SalvageLimits {
  const largestCaptured = largestPacketBytes(linkType);
  return { headerLength, unitsPerSecond, capturedAt, wireAt, largestCaptured, largestCandidate: Math.min(largestCaptured, 1 << 20) };
}

/**
 * Whether a record header may be at `at`. `lenient` = the place was not searched for but
 * pointed at by an unusual record, whose neighbours may be unusual in the same way.
 */
export function isLikelyHeader(
  numbers: EndianReader, at: number, limits: SalvageLimits, nearSeconds: number | null, lenient: boolean,
): boolean {
  const captured = numbers.u32(at + limits.capturedAt);
  if (captured === 0 || captured > (lenient ? limits.largestCaptured : limits.largestCandidate)) return false;
  if (numbers.u32(at + 4) >= limits.unitsPerSecond) return false;
  const wire = numbers.u32(at + limits.wireAt);
  if (!lenient && (wire < captured || wire > LIKELY_WIRE_BYTES)) return false;
  return nearSeconds === null || Math.abs(numbers.u32(at) - nearSeconds) <= NEAR_SECONDS;
}

/** Follows the headers from the likely one at `at`; a number = bytes from `at` on needed to decide. */
export function followsChain(
  numbers: EndianReader, at: number, end: number, limits: SalvageLimits, last: boolean,
): 'yes' | 'no' | number {
  let position = at;
  for (let found = 1; found < CHAIN_LENGTH; found += 1) {
    const seconds = numbers.u32(position);
    position += limits.headerLength + numbers.u32(position + limits.capturedAt);
    if (position === end && last) return 'yes';
    if (position + limits.headerLength > end) {
      if (!last) return position + limits.headerLength - at;
      // The file ends inside the next header (or record): two sound headers are believed, one is not.
      return found > 1 ? 'yes' : 'no';
    }
    if (!isLikelyHeader(numbers, position, limits, seconds, false)) return 'no';
  }
  return 'yes';
}
