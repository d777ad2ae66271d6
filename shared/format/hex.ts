/** Bytes as text: hex digits, printable characters and the classic dump. */

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Two lower-case hex digits of a byte 0…255. */
export function hexByte(value: number): string {
  return hexPairs[value & 0xff] ?? '00';
}

/** The character of a byte, or "." where it is not printable ASCII. */
export function printableChar(value: number): string {
  return value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : '.';
}

/** Digits of a line's offset: four, or as many as the last offset needs. */
export function offsetDigits(length: number): number {
  return Math.max(4, Math.max(0, length - 1).toString(16).length);
}

/** "0010" for 16 with four digits. */
export function hexOffset(offset: number, digits: number): string {
  return offset.toString(16).padStart(digits, '0');
}

/** "73686f70": all bytes without spaces. */
export function hexStream(bytes: Uint8Array): string {
  return Array.from(bytes, hexByte).join('');
}

/** Printable ASCII, "." for the rest, line ends kept, so that copied text reads as text. */
export function printableText(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => (value === 0x0a ? '\n' : value === 0x0d ? '\r' : value === 0x09 ? '\t' : printableChar(value))).join('');
}

/**
 * Lines of offset, sixteen bytes and their characters, as Wireshark copies them:
 * "0000   e4 c3 2a …   ..*.". `firstOffset` is the offset shown for the first byte.
 */
export function hexDump(bytes: Uint8Array, firstOffset = 0): string {
  const digits = offsetDigits(firstOffset + bytes.length);
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += 16) {
    const part = bytes.subarray(start, start + 16);
    const pairs = Array.from(part, hexByte).join(' ').padEnd(47);
    const characters = Array.from(part, printableChar).join('');
    lines.push(`${hexOffset(firstOffset + start, digits)}   ${pairs}   ${characters}`);
  }
  return lines.join('\n');
}
