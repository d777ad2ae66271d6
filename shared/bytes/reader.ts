/**
 * The one place that turns captured bytes into numbers (reliability goal G6).
 *
 * Every function takes a position and never reads outside the array: beyond its
 * end a byte counts as 0. Callers that care whether bytes exist check bounds
 * first (`Layer.take` does, and marks the layer truncated); no read throws.
 */

export function readU8(bytes: Uint8Array, at: number): number {
  return at >= 0 && at < bytes.length ? (bytes[at] as number) : 0;
}

export function readU16(bytes: Uint8Array, at: number): number {
  if (at >= 0 && at + 1 < bytes.length) return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  return (readU8(bytes, at) << 8) | readU8(bytes, at + 1);
}

export function readU24(bytes: Uint8Array, at: number): number {
  return (readU16(bytes, at) << 8) | readU8(bytes, at + 2);
}

export function readU32(bytes: Uint8Array, at: number): number {
  return readI32(bytes, at) >>> 0;
}

/** The same bits as `readU32`, as a signed number: one that needs no memory, whatever it is. */
export function readI32(bytes: Uint8Array, at: number): number {
  if (at >= 0 && at + 3 < bytes.length) return ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  return (readU16(bytes, at) << 16) | readU16(bytes, at + 2);
}

/** 48 bits, exact as a number. */
export function readU48(bytes: Uint8Array, at: number): number {
  return readU16(bytes, at) * 0x1_0000_0000 + readU32(bytes, at + 2);
}

export function readU64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(readU32(bytes, at)) << 32n) | BigInt(readU32(bytes, at + 4));
}

export function readU16le(bytes: Uint8Array, at: number): number {
  return readU8(bytes, at) | (readU8(bytes, at + 1) << 8);
}

export function readU32le(bytes: Uint8Array, at: number): number {
  return (readU16le(bytes, at) | (readU16le(bytes, at + 2) << 16)) >>> 0;
}

export function readU64le(bytes: Uint8Array, at: number): bigint {
  return BigInt(readU32le(bytes, at)) | (BigInt(readU32le(bytes, at + 4)) << 32n);
}

/** Big-endian unsigned number of 1 to 6 bytes. */
export function readUint(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) value = value * 256 + readU8(bytes, at + index);
  return value;
}

/** Little-endian unsigned number of 1 to 6 bytes. */
export function readUintLe(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = width - 1; index >= 0; index -= 1) value = value * 256 + readU8(bytes, at + index);
  return value;
}

/**
 * One character per byte (ISO 8859-1); never fails.
 *
 * Eight at a time: several times faster than spreading or applying an array, and captures
 * are full of short texts.
 */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, bytes.length);
  let text = '';
  let at = Math.max(start, 0);
  for (; at + 8 <= stop; at += 8) {
    text += String.fromCharCode(
      bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number, bytes[at + 3] as number,
      bytes[at + 4] as number, bytes[at + 5] as number, bytes[at + 6] as number, bytes[at + 7] as number,
    );
  }
  for (; at < stop; at += 1) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/**
 * UTF-8 with U+FFFD for every ill-formed sequence (Unicode 15, §3.9, "substitution of
 * maximal subparts"). Written here because shared code has no TextDecoder.
 */
export function utf8(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, bytes.length);
  let text = '';
  let at = start;
  while (at < stop) {
    const first = readU8(bytes, at);
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at += 1;
      continue;
    }
    const need = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    let code = need === 1 ? first & 0x1f : need === 2 ? first & 0x0f : first & 0x07;
    let got = 0;
    while (got < need && at + 1 + got < stop) {
      const next = readU8(bytes, at + 1 + got);
      const low = got > 0 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      const high = got > 0 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      if (next < low || next > high) break;
      code = (code << 6) | (next & 0x3f);
      got += 1;
    }
    text += need > 0 && got === need ? String.fromCodePoint(code) : '\uFFFD';
    at += 1 + got;
  }
  return text;
}
