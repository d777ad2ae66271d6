/** Finding commands and line ends in what is typed and printed (RFC 854). */
import { readU8 } from '../../../bytes/reader.ts';

/** Stands before a command; as data it is sent twice. */
export const IAC = 0xff;
const CR = 0x0d;
const LF = 0x0a;
const NUL = 0;

/** Position of the next IAC that is no data; `end` where there is none. */
export function commandAt(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; ; at += 2) {
    at = bytes.indexOf(IAC, at);
    if (at < 0 || at >= end) return end;
    if (at + 1 >= end || readU8(bytes, at + 1) !== IAC) return at;
  }
}

/** Where the line ends, its end included: CR LF, CR NUL or LF. A CR alone does not end it. */
export function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = readU8(bytes, at);
    if (byte === LF || (byte === NUL && at > from && readU8(bytes, at - 1) === CR)) return at + 1;
  }
  return end;
}

/** The bytes without what marks 0xff as data; null where none is. */
export function unescaped(bytes: Uint8Array, from: number, end: number): Uint8Array | null {
  const made = new Uint8Array(end - from);
  let length = 0;
  for (let at = from; at < end; at += 1) {
    made[length] = readU8(bytes, at);
    length += 1;
    if (readU8(bytes, at) === IAC && at + 1 < end) at += 1;
  }
  return length === end - from ? null : made.subarray(0, length);
}
