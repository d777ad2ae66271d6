/** Addresses as people write them. Bytes beyond the array count as 0. */
import { readU16, readU8 } from '../bytes/reader.ts';

const HEX: readonly string[] = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

export function hexByte(value: number): string {
  return HEX[value & 0xff] as string;
}

/** Bytes as hex, with a separator between them. */
export function hexText(bytes: Uint8Array, start: number, end: number, separator = ''): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += (at > start ? separator : '') + hexByte(readU8(bytes, at));
  return text;
}

/** 02:00:00:00:00:01 */
export function etherText(bytes: Uint8Array, at: number): string {
  return hexText(bytes, at, at + 6, ':');
}

export function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${readU8(bytes, at)}.${readU8(bytes, at + 1)}.${readU8(bytes, at + 2)}.${readU8(bytes, at + 3)}`;
}

/** RFC 5952: lower case, the longest run of two or more zero groups as "::", IPv4-mapped dotted. */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups: number[] = [];
  for (let index = 0; index < 8; index += 1) groups.push(readU16(bytes, at + index * 2));
  let best = -1;
  let bestLength = 1;
  for (let from = 0; from < 8; from += 1) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length += 1;
    if (length > bestLength) {
      best = from;
      bestLength = length;
    }
    from += length;
  }
  const embedded = best === 0 && (bestLength === 6 || (bestLength === 5 && groups[5] === 0xffff));
  if (embedded) return `::${bestLength === 5 ? 'ffff:' : ''}${ipv4Text(bytes, at + 12)}`;
  let text = '';
  for (let index = 0; index < 8; index += 1) {
    if (index === best) {
      text += '::';
      index += bestLength - 1;
      continue;
    }
    if (text !== '' && !text.endsWith('::')) text += ':';
    text += (groups[index] as number).toString(16);
  }
  return text;
}

/** A GUID of Microsoft's kind: "03020100-0504-0706-0809-0a0b0c0d0e0f", the first three numbers little-endian (MS-DTYP §2.3.4.2). */
export function guidText(bytes: Uint8Array, at: number): string {
  const reversed = (from: number, length: number): string => Array.from({ length }, (_, index) => hexByte(readU8(bytes, at + from + length - 1 - index))).join('');
  return [reversed(0, 4), reversed(4, 2), reversed(6, 2), hexText(bytes, at + 8, at + 10), hexText(bytes, at + 10, at + 16)].join('-');
}
