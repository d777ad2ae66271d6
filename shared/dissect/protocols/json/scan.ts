/**
 * Finds the ends of JSON values without building them: what is shown is read a second time,
 * so that a text that turns out to be broken leaves nothing behind.
 */
import { latin1, readU8 } from '../../../bytes/reader.ts';

/** Deeper nesting counts as broken. */
const MAX_NESTING = 100;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null' | 'nan';

const WORDS: readonly (readonly [word: string, type: JsonType])[] = [
  ['false', 'false'],
  ['null', 'null'],
  ['true', 'true'],
  ['NaN', 'nan'],
];

export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(readU8(bytes, at))) at += 1;
  return at;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** What the value at `at` is, by its first bytes; null where it is none. */
export function typeAt(bytes: Uint8Array, at: number, end: number): JsonType | null {
  const first = at < end ? readU8(bytes, at) : 0;
  if (first === OPEN_OBJECT) return 'object';
  if (first === OPEN_ARRAY) return 'array';
  if (first === QUOTE) return 'string';
  if (first === 0x2d || (first >= 0x30 && first <= 0x39)) return 'number';
  const text = latin1(bytes, at, Math.min(end, at + 5));
  return WORDS.find(([word]) => text.startsWith(word))?.[1] ?? null;
}

/** End of the object or array at `start`; -1 where there is none that is whole. */
export function endOfText(bytes: Uint8Array, start: number, end: number): number {
  const type = typeAt(bytes, start, end);
  return type === 'object' || type === 'array' ? endOfValue(bytes, start, end, 0) : -1;
}

/** End of any value at `start`; -1 where it is broken. */
export function endOfValue(bytes: Uint8Array, start: number, end: number, nesting = 0): number {
  switch (typeAt(bytes, start, end)) {
    case 'object':
    case 'array':
      return endOfNested(bytes, start, end, nesting + 1);
    case 'string':
      return endOfString(bytes, start, end);
    case 'number':
      return endOfNumber(bytes, start, end);
    case 'nan':
      return start + 3;
    case 'true':
    case 'null':
      return start + 4;
    case 'false':
      return start + 5;
    case null:
      return -1;
  }
}

function endOfNested(bytes: Uint8Array, start: number, end: number, nesting: number): number {
  if (nesting > MAX_NESTING) return -1;
  const isObject = readU8(bytes, start) === OPEN_OBJECT;
  const close = isObject ? CLOSE_OBJECT : CLOSE_ARRAY;
  let at = skipSpace(bytes, start + 1, end);
  if (at < end && readU8(bytes, at) === close) return at + 1;
  while (at < end) {
    if (isObject) {
      at = valueOfMember(bytes, at, end);
      if (at < 0) return -1;
    }
    at = endOfValue(bytes, at, end, nesting);
    if (at < 0) return -1;
    at = skipSpace(bytes, at, end);
    const next = at < end ? readU8(bytes, at) : 0;
    if (next === close) return at + 1;
    if (next !== COMMA) return -1;
    at = skipSpace(bytes, at + 1, end);
  }
  return -1;
}

/** Where the value of the member at `start` begins, behind its name and colon; -1 where there is none. */
export function valueOfMember(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || readU8(bytes, start) !== QUOTE) return -1;
  const nameEnd = endOfString(bytes, start, end);
  if (nameEnd < 0) return -1;
  const colon = skipSpace(bytes, nameEnd, end);
  return colon < end && readU8(bytes, colon) === COLON ? skipSpace(bytes, colon + 1, end) : -1;
}

/** End of the string at `start`, behind its closing quote; -1 where it has none or a wrong escape. */
export function endOfString(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at += 1) {
    const byte = readU8(bytes, at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) continue;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(latin1(bytes, at + 1, Math.min(end, at + 6)))) return -1;
    at += 1;
  }
  return -1;
}

function endOfNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && /[-+.0-9eE]/.test(String.fromCharCode(readU8(bytes, at)))) at += 1;
  const length = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(latin1(bytes, start, at))?.[0].length;
  return length === undefined ? -1 : start + length;
}
