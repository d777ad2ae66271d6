/** Text lines in bytes: they end with CR LF, or with CR or LF alone (RFC 9112 §2.2 is stricter). */
import { readU8, utf8 } from '../../../bytes/reader.ts';
import { escapeText } from '../../values.ts';

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;

/** Where the line's text ends: the position of its CR or LF, or `end` where there is none. */
export function lineEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = readU8(bytes, at);
    if (byte === CR || byte === LF) return at;
  }
  return end;
}

/** Where the next line starts; `at` is what `lineEnd` gave. */
export function nextLine(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return end;
  return readU8(bytes, at) === CR && at + 1 < end && readU8(bytes, at + 1) === LF ? at + 2 : at + 1;
}

/** Whether the line that ends at `at` is surely over: a CR that is the last byte may have its LF still to come. */
export function isWholeLine(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && !(readU8(bytes, at) === CR && at + 1 >= end);
}

/** End of the word that starts at `from`. */
export function tokenEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && !isBreak(readU8(bytes, at))) at += 1;
  return at;
}

function isBreak(byte: number): boolean {
  return byte === SPACE || byte === CR || byte === LF;
}

export function skipSpaces(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && readU8(bytes, at) === SPACE) at += 1;
  return at;
}

export function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (readU8(bytes, at) === SPACE || readU8(bytes, at) === TAB)) at += 1;
  return at;
}

/** Position of `byte`, or -1. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number, end: number): number {
  const at = bytes.indexOf(byte, from);
  return at >= 0 && at < end ? at : -1;
}

/** True where the bytes begin with `text` (lower case), whatever their case. */
export function startsWith(bytes: Uint8Array, from: number, end: number, text: string): boolean {
  if (end - from < text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (lowerCase(readU8(bytes, from + index)) !== text.charCodeAt(index)) return false;
  return true;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** A line as trees and lists show it. */
export function shownText(bytes: Uint8Array, from: number, end: number): string {
  return escapeText(utf8(bytes, from, end));
}
