/** Values as Windows writes them: times, GUIDs, UTF-16 (MS-DTYP §2.3). */
import { readU16le, readU64le } from '../../../bytes/reader.ts';
import { hexText } from '../../address-text.ts';
import type { Fields, TimeValue } from '../../field.ts';
import type { Layer } from '../../layer.ts';

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

const FILETIME_BYTES = 8;

/** Takes a FILETIME. `labelOf` says how one is shown that is no time. */
export function takeFileTime<F extends Fields>(layer: Layer<F>, key: keyof F & string, labelOf: (words: string) => string): void {
  if (!layer.has(FILETIME_BYTES)) return;
  layer.put(key, fileTime(layer.bytes, layer.cursor), layer.cursor, FILETIME_BYTES);
  const words = timeWords(layer.bytes, layer.cursor);
  if (words !== null) layer.label(() => labelOf(words));
  layer.skip(FILETIME_BYTES);
}

/** A GUID in the order of its bytes, as Wireshark shows those of SMB 1. */
export function plainGuid(bytes: Uint8Array, at: number): string {
  return hexText(bytes, at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const GUID_BYTES = 16;

/** Takes a GUID, as `textOf` writes it, and gives its text; "" where it is cut off. */
export function takeGuidAs<F extends Fields>(layer: Layer<F>, key: keyof F & string, textOf: (bytes: Uint8Array, at: number) => string): string {
  if (!layer.has(GUID_BYTES)) return '';
  const text = textOf(layer.bytes, layer.cursor);
  layer.put(key, text, layer.cursor, GUID_BYTES);
  layer.skip(GUID_BYTES);
  return text;
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
