/** Contents of primitive elements (X.690 §8) as values and text. */
import { latin1, readU8, utf8 } from '../../bytes/reader.ts';
import type { TimeValue } from '../field.ts';
import type { TextKind } from './notation.ts';

/** Longest object identifiers that are written out: hostile ones fill whole packets. */
const MAX_ARCS = 128;

/** Arcs have 32 bits; an arc of more bytes has more bits. */
const MAX_ARC = 0xffff_ffff;

/** "1.2.840.113549"; "0" where the bytes are none. X.690 §8.19 */
export function oidText(bytes: Uint8Array, start: number, end: number, relative = false): string {
  const arcs: number[] = [];
  for (let at = start; at < end && arcs.length < MAX_ARCS; ) {
    let value = 0;
    for (let more = true; more && at < end; at += 1) {
      const octet = readU8(bytes, at);
      value = Math.min(value * 128 + (octet & 0x7f), MAX_ARC + 1);
      more = (octet & 0x80) !== 0;
    }
    if (value > MAX_ARC) return '0';
    if (arcs.length > 0 || relative) arcs.push(value);
    else arcs.push(...firstArcs(value));
  }
  return arcs.length === 0 ? '0' : arcs.join('.');
}

/** The first two arcs share a number: 40 times the first, plus the second. */
function firstArcs(number: number): readonly [number, number] {
  const first = Math.min(2, Math.floor(number / 40));
  return [first, number - first * 40];
}

/** Two's complement of any length (X.690 §8.3). */
export function integerOf(bytes: Uint8Array, start: number, end: number): bigint {
  let value = 0n;
  for (let at = start; at < end; at += 1) value = (value << 8n) | BigInt(readU8(bytes, at));
  return end > start ? BigInt.asIntN((end - start) * 8, value) : 0n;
}

/** The same as a number, exact up to six bytes. */
export function smallIntegerOf(bytes: Uint8Array, start: number, end: number): number {
  let value = end > start && readU8(bytes, start) >= 0x80 ? -1 : 0;
  for (let at = start; at < end; at += 1) value = value * 256 + readU8(bytes, at);
  return value;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function codeUnits(bytes: Uint8Array, start: number, end: number, width: 2 | 4): string {
  let text = '';
  for (let at = start; at + width <= end; at += width) {
    let unit = 0;
    for (let byte = 0; byte < width; byte += 1) unit = unit * 256 + readU8(bytes, at + byte);
    text += unit <= 0x10_ffff ? (width === 2 ? String.fromCharCode(unit) : String.fromCodePoint(unit)) : '\ufffd';
  }
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/** Text of a character string type (X.690 §8.23); a NUL ends it. */
export function textOf(kind: TextKind, bytes: Uint8Array, start: number, end: number): string {
  const text = wholeText(kind, bytes, start, end);
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}

function wholeText(kind: TextKind, bytes: Uint8Array, start: number, end: number): string {
  switch (kind) {
    case 'utf8':
      return utf8(bytes, start, end);
    case 'bmp':
      return codeUnits(bytes, start, end, 2);
    case 'universal':
      return codeUnits(bytes, start, end, 4);
    case 'teletex':
    case 'videotex':
      // Where T.61 is said, Latin-1 is meant: nobody ever wrote the other letters of T.61.
      return latin1(bytes, start, end);
    default:
      return latin1(bytes, start, end).replace(/[\u0080-\u00ff]/g, '\ufffd');
  }
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:(\d\d))?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)?/;

/** "130305212218Z" → "2013-03-05 21:22:18 (UTC)"; undefined for other text. X.680 §47 */
export function utcTimeText(text: string): string | undefined {
  const found = UTC_TIME.exec(text);
  if (!found) return undefined;
  const [, year = '', month, day, hour, minute, second = '00', zone] = found;
  const century = Number(year) < 50 ? '20' : '19';
  return `${century}${year}-${month}-${day} ${hour}:${minute}:${second}${zoneText(zone)}`;
}

function zoneText(zone: string | undefined): string {
  return zone === undefined ? '' : zone === 'Z' ? ' (UTC)' : ` (UTC${zone})`;
}

/** "20130305212218.5Z" → seconds and nanoseconds since 1970; undefined for other text. Without a zone, UTC is taken. X.680 §46 */
export function generalizedTimeOf(text: string): TimeValue | undefined {
  const found = GENERALIZED_TIME.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute = '0', second = '0', fraction = '', zone] = found;
  const seconds = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  return { seconds: seconds - zoneSeconds(zone), nanos: Number(fraction.padEnd(9, '0').slice(0, 9)) };
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const seconds = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3, 5) || '0') * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}
