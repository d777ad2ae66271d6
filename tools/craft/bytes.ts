/** Building blocks for crafted packets: big-endian numbers, text and addresses as bytes. */

export type Bytes = Uint8Array;

export function concat(...parts: readonly Bytes[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** `new` and not `Uint8Array.from`, which asks an iterator for each value: benchmarks craft millions of frames. */
export function u8(...values: readonly number[]): Bytes {
  return new Uint8Array(values);
}

export function u16(value: number): Bytes {
  return u8(value >>> 8, value);
}

export function u24(value: number): Bytes {
  return u8(value >>> 16, value >>> 8, value);
}

export function u32(value: number): Bytes {
  return u8(value >>> 24, value >>> 16, value >>> 8, value);
}

export function zeros(length: number): Bytes {
  return new Uint8Array(length);
}

/** Text whose characters are all below U+0100, one byte each. */
export function latin1(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** "02 00:5e" → 02 00 5e: pairs of digits, whatever stands between them. */
export function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (pair) => parseInt(pair, 16));
}

/** A part preceded by its own length in 8, 16 or 24 bits. */
export function counted(bits: 8 | 16 | 24, content: Bytes): Bytes {
  const length = { 8: u8, 16: u16, 24: u24 }[bits](content.length);
  return concat(length, content);
}

export function mac(text: string): Bytes {
  return hex(text);
}

/** "192.0.2.1" or "2001:db8::1" as 4 or 16 bytes. */
export function ip(text: string): Bytes {
  if (!text.includes(':')) return Uint8Array.from(text.split('.'), Number);
  const [head = '', tail] = text.split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<string>(missing).fill('0'), ...after];
  return concat(...all.map((group) => u16(parseInt(group, 16))));
}
