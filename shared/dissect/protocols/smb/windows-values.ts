/** Values as Windows writes them: times, GUIDs, UTF-16 (MS-DTYP §2.3). */
import { readU16le, readU64le, readU8 } from '../../../bytes/reader.ts';
import { hexByte, hexText } from '../../address-text.ts';
import type { TimeValue } from '../../field.ts';

/** 100 ns steps from 1601 to 1970. */
const EPOCH_STEPS = 116_444_736_000_000_000n;
const STEPS_A_SECOND = 10_000_000n;
const NEVER = 0x7fff_ffff_ffff_ffffn;

/** FILETIME, 8 bytes; what stands for "no time" is the start of 1970, as in Wireshark. */
export function fileTime(bytes: Uint8Array, at: number): TimeValue {
  const steps = readU64le(bytes, at);
  if (steps === 0n || steps === NEVER || steps === 0x8000_0000_0000_0000n) return { seconds: 0, nanos: 0 };
  const since = steps - EPOCH_STEPS;
  const seconds = since >= 0n ? since / STEPS_A_SECOND : -((-since + STEPS_A_SECOND - 1n) / STEPS_A_SECOND);
  return { seconds: Number(seconds), nanos: Number(since - seconds * STEPS_A_SECOND) * 100 };
}

/** What a FILETIME stands for that is no time; null for times. */
export function timeWords(bytes: Uint8Array, at: number): string | null {
  const steps = readU64le(bytes, at);
  return steps === 0n ? 'No time specified (0)' : steps === NEVER ? 'Infinity (absolute time)' : steps === 0x8000_0000_0000_0000n ? 'Infinity (relative time)' : null;
}

/** The first three groups of a GUID are little-endian. */
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

export function guidText(bytes: Uint8Array, at: number): string {
  return GUID_ORDER.map((index) => (index < 0 ? '-' : hexByte(readU8(bytes, at + index)))).join('');
}

/** A GUID in the order of its bytes, as Wireshark shows those of SMB 1. */
export function plainGuid(bytes: Uint8Array, at: number): string {
  return hexText(bytes, at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** UTF-16, little-endian, up to a NUL; half a pair is U+FFFD. */
export function utf16(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at + 2 <= end; at += 2) {
    const unit = readU16le(bytes, at);
    if (unit === 0) break;
    const next = unit >= 0xd800 && unit < 0xdc00 && at + 4 <= end ? readU16le(bytes, at + 2) : 0;
    if (next >= 0xdc00 && next < 0xe000) {
      text += String.fromCharCode(unit, next);
      at += 2;
    } else text += unit >= 0xd800 && unit < 0xe000 ? '\uFFFD' : String.fromCharCode(unit);
  }
  return text;
}
