/**
 * One LZ4 block (lz4_Block_format.md): literals and matches, one after another.
 *
 * Whatever the block holds, nothing outside the target's window is read or written;
 * a damaged block gives what comes before the damage.
 */

/** Matches are at least this long; the token counts from here. */
const LEAST_MATCH = 4;
/** Below this many bytes a loop is faster than a call that copies. */
const LOOP_BYTES = 48;

export interface Lz4Target {
  readonly bytes: Uint8Array;
  /** Where matches may begin: earlier bytes of the frame from here on. */
  readonly historyStart: number;
  /** Where this block's bytes go, up to `limit`. */
  readonly start: number;
  readonly limit: number;
}

export interface Lz4Decoded {
  /** First byte of the target after what was written. */
  readonly end: number;
  /** Why the block ends early; null = it was sound. */
  readonly fault: string | null;
}

export function decodeLz4Block(source: Uint8Array, target: Lz4Target): Lz4Decoded {
  const { bytes, historyStart, limit } = target;
  const sourceEnd = source.length;
  let at = 0;
  let end = target.start;
  while (at < sourceEnd) {
    const token = source[at++] as number;
    let literals = token >> 4;
    if (literals === 15) {
      let more = 255;
      while (more === 255 && at < sourceEnd) {
        more = source[at++] as number;
        literals += more;
      }
    }
    if (literals > 0) {
      const whole = Math.min(literals, sourceEnd - at, limit - end);
      if (whole < LOOP_BYTES) for (let index = 0; index < whole; index += 1) bytes[end + index] = source[at + index] as number;
      else bytes.set(source.subarray(at, at + whole), end);
      end += whole;
      at += whole;
      if (whole < literals) return { end, fault: 'a block ends within its literals' };
    }
    // The last sequence has no match.
    if (at === sourceEnd) return { end, fault: null };
    if (at + 2 > sourceEnd) return { end, fault: 'a block ends within a match' };
    const distance = (source[at] as number) | ((source[at + 1] as number) << 8);
    at += 2;
    let length = (token & 15) + LEAST_MATCH;
    if ((token & 15) === 15) {
      let more = 255;
      while (more === 255 && at < sourceEnd) {
        more = source[at++] as number;
        length += more;
      }
    }
    if (distance === 0 || end - distance < historyStart) return { end, fault: 'a match begins before the data' };
    const whole = Math.min(length, limit - end);
    if (whole < LOOP_BYTES) for (let index = 0; index < whole; index += 1) bytes[end + index] = bytes[end + index - distance] as number;
    else repeat(bytes, end, distance, whole);
    end += whole;
    if (whole < length) return { end, fault: 'a block is larger than its frame allows' };
  }
  return { end, fault: sourceEnd === 0 ? 'a block is empty' : 'a block ends within a match' };
}

/** Copies `length` bytes from `distance` before `at`; where both overlap, what was copied is copied on. */
function repeat(bytes: Uint8Array, at: number, distance: number, length: number): void {
  const from = at - distance;
  let done = 0;
  while (done < length) {
    const count = Math.min(distance + done, length - done);
    bytes.copyWithin(at + done, from, from + count);
    done += count;
  }
}
