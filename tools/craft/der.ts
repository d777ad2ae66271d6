/** Values of ASN.1 in DER (X.690): tag, definite length, content. */
import { concat, latin1, u8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';

/** @param tag the identifier octet, for example 0xa0 for [0] constructed */
export function tlv(tag: number, ...content: readonly Bytes[]): Bytes {
  const whole = concat(...content);
  return concat(u8(tag), lengthOctets(whole.length), whole);
}

function lengthOctets(length: number): Bytes {
  if (length < 0x80) return u8(length);
  return length < 0x100 ? u8(0x81, length) : length < 0x1_0000 ? u8(0x82, length >> 8, length) : u8(0x83, length >> 16, length >> 8, length);
}

/** Two's complement, as short as can be. */
export function integerContent(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.unshift(((rest % 256) + 256) % 256);
    rest = Math.floor(rest / 256);
  } while (rest !== 0 && rest !== -1);
  const first = bytes[0] ?? 0;
  if (value < 0 ? first < 0x80 : first >= 0x80) bytes.unshift(value < 0 ? 0xff : 0);
  return u8(...bytes);
}

export function oidContent(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return u8(...[first * 40 + second, ...rest].flatMap(base128));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 | (rest % 128));
  return digits;
}

export function integer(value: number): Bytes {
  return tlv(0x02, integerContent(value));
}
export function enumerated(value: number): Bytes {
  return tlv(0x0a, integerContent(value));
}
export function boolean(value: boolean): Bytes {
  return tlv(0x01, u8(value ? 0xff : 0));
}
export function nothing(): Bytes {
  return tlv(0x05);
}
export function oid(dotted: string): Bytes {
  return tlv(0x06, oidContent(dotted));
}
export function octets(...content: readonly Bytes[]): Bytes {
  return tlv(0x04, ...content);
}
/** @param unused bits at the end that do not count */
export function bits(content: Bytes, unused = 0): Bytes {
  return tlv(0x03, u8(unused), content);
}
export function sequence(...parts: readonly Bytes[]): Bytes {
  return tlv(0x30, ...parts);
}
export function set(...parts: readonly Bytes[]): Bytes {
  return tlv(0x31, ...parts);
}
/** [n] around whole elements. */
export function explicit(tag: number, ...parts: readonly Bytes[]): Bytes {
  return tlv(0xa0 | tag, ...parts);
}
/** [n] in place of a primitive element's own tag. */
export function implicit(tag: number, content: Bytes): Bytes {
  return tlv(0x80 | tag, content);
}
export function utf8String(text: string): Bytes {
  return tlv(0x0c, latin1(text));
}
export function printableString(text: string): Bytes {
  return tlv(0x13, latin1(text));
}
export function ia5String(text: string): Bytes {
  return tlv(0x16, latin1(text));
}
/** "260102030405Z" */
export function utcTime(text: string): Bytes {
  return tlv(0x17, latin1(text));
}
/** "20260102030405Z" */
export function generalizedTime(text: string): Bytes {
  return tlv(0x18, latin1(text));
}
