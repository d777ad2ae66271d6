/** How far items of RESP reach, before anything of them is shown. */
import { readU8 } from '../../../bytes/reader.ts';

const CR = 0x0d;
const LF = 0x0a;
const CRLF = 2;
const BULK = 0x24;
const ARRAY = 0x2a;
const MAX_INTEGER = 0x7fff_ffff_ffff_ffffn;
/** Arrays within arrays that are looked into. */
const MAX_DEPTH = 32;

export interface RespSource {
  readonly bytes: Uint8Array;
  /** End of the bytes at hand, absolute. */
  readonly end: number;
}

/** Where the line at `start` ends: at CR LF, LF, or a CR that something else follows. -1 where it does not end. */
export function lineEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const byte = readU8(bytes, at);
    if (byte === LF) return at;
    if (byte === CR) return at + 1 < end ? at : -1;
  }
  return -1;
}

/** A number as C reads it: spaces, a sign, and digits as far as they go; 0 where there are none. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number | bigint {
  let at = start;
  while (at < end && (readU8(bytes, at) === 0x20 || readU8(bytes, at) === 0x09)) at += 1;
  const sign = readU8(bytes, at);
  if (at < end && (sign === 0x2b || sign === 0x2d)) at += 1;
  let value = 0n;
  for (; at < end && value <= MAX_INTEGER; at += 1) {
    const digit = readU8(bytes, at) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10n + BigInt(digit);
  }
  const limited = sign === 0x2d ? (value > MAX_INTEGER ? -MAX_INTEGER - 1n : -value) : value > MAX_INTEGER ? MAX_INTEGER : value;
  return BigInt.asIntN(53, limited) === limited ? Number(limited) : limited;
}

export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (readU8(bytes, at) >= 0x80) return false;
  return true;
}

/**
 * Bytes missing of the item at `start`: 0 where it is all there, -1 where nobody knows how many.
 * An array counts as whole when its elements end with the bytes at hand, behind the first:
 * what comes later shows by itself, as in Wireshark.
 */
export function scanItem(source: RespSource, start: number): number {
  return walkItem({ bytes: source.bytes, end: source.end, at: start }, 0);
}

interface Walk {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

function walkItem(walk: Walk, depth: number): number {
  const { bytes, end } = walk;
  const start = walk.at;
  const stop = lineEnd(bytes, start, end);
  if (stop < 0) return -1;
  const type = readU8(bytes, start);
  walk.at = Math.min(end, stop + CRLF);
  if (type === BULK) {
    const size = Number(numberAt(bytes, start + 1, stop));
    const next = stop + CRLF + (size < 0 ? 0 : size + CRLF);
    walk.at = Math.min(end, next);
    return Math.max(0, next - end);
  }
  return type === ARRAY && depth < MAX_DEPTH ? walkElements(walk, Number(numberAt(bytes, start + 1, stop)), depth) : 0;
}

function walkElements(walk: Walk, count: number, depth: number): number {
  if (count > 0 && walk.at >= walk.end) return -1;
  for (let index = 0; index < count && walk.at < walk.end; index += 1) {
    // A byte count would be about the element; the array may want more after it.
    if (walkItem(walk, depth + 1) !== 0) return -1;
  }
  return 0;
}
