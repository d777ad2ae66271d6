/**
 * Field values as text: for `-T fields`, filters and copy (`valueText`, Wireshark's
 * spelling), and in words for the tree (`labelText`).
 */
import { latin1, utf8 } from '../bytes/reader.ts';
import { etherText, hexText, ipv4Text, ipv6Text } from './address-text.ts';
import type { FieldInfo, Names, TimeValue } from './field.ts';
import { HAS_OBJECT } from './tape.ts';
import type { Tape } from './tape.ts';

/** Hex digits of an integer type. */
function hexDigits(field: FieldInfo): number {
  return Math.max(1, (typeWidths[field.type] ?? field.width) * 2);
}

/** Bytes that an integer's hex is padded to: its own, or those of the variable that Wireshark keeps it in. */
const typeWidths: Readonly<Record<string, number>> = { u8: 1, u16: 2, u24: 3, u32: 4, u40: 8, u48: 8, u64: 8, u16le: 2, u24le: 3, u32le: 4, u40le: 8, u48le: 8, u64le: 8 };

function integerText(field: FieldInfo, value: number | bigint): string {
  const base = field.spec.base;
  if (base === 'hex' || base === 'hex.dec') return `0x${value.toString(16).padStart(hexDigits(field), '0')}`;
  if (base === 'oct') return `0${value.toString(8)}`;
  if (base === 'char') return characterText(Number(value));
  return String(value);
}

/** A character as C writes it. */
function characterText(code: number): string {
  const char = String.fromCharCode(code);
  if (code === 0) return "'\\0'";
  if (char === "'" || char === '\\') return `'\\${char}'`;
  const isPlain = code >= 0x20 && code < 0x7f;
  return `'${isPlain ? char : (SHORT_ESCAPES[char] ?? `\\x${code.toString(16).padStart(2, '0')}`)}'`;
}

/** Seconds with nine digits, as tshark writes durations. */
export function relativeText(seconds: number): string {
  const negative = seconds < 0;
  const total = Math.round(Math.abs(seconds) * 1e9);
  const whole = Math.floor(total / 1e9);
  return `${negative ? '-' : ''}${whole}.${String(total - whole * 1e9).padStart(9, '0')}`;
}

/** As C's "%.15g" writes it. */
export function doubleText(value: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential(14).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 15) return String(Number(value.toPrecision(15)).toFixed(Math.max(0, 14 - power))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  const trimmed = digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return `${trimmed}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

export function durationText(time: TimeValue): string {
  const negative = time.seconds < 0;
  const seconds = negative && time.nanos > 0 ? -(time.seconds + 1) : Math.abs(time.seconds);
  const nanos = negative && time.nanos > 0 ? 1e9 - time.nanos : time.nanos;
  return `${negative ? '-' : ''}${seconds}.${String(nanos).padStart(9, '0')}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Year, month (0…11) and day of a day counted from 1970-01-01, for all years that 64-bit
 * time stamps reach (Date ends in 275760). Years of this reckoning begin on March 1st, so
 * that a leap day is the last; 400 of them are an era of 146,097 days.
 */
function civilDay(dayNumber: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (monthFromMarch + 2) % 12;
  return { year: era * 400 + yearOfEra + (month < 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 };
}

/** "Nov 14, 2023 22:13:20.000000000 UTC" */
export function absoluteText(time: TimeValue): string {
  const days = Math.floor(time.seconds / 86_400);
  const second = time.seconds - days * 86_400;
  const { year, month, day } = civilDay(days);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  return `${MONTHS[month]} ${String(day).padStart(2, ' ')}, ${year} ${clock}.${String(time.nanos).padStart(9, '0')} UTC`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' };

/** Text as trees and the Info column show it: every control character escaped as in C. */
export function escapeText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, (char) => SHORT_ESCAPES[char] ?? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** Text as `-T fields` prints it: only white space is escaped, so that a packet stays one line. */
function escapeWhitespace(text: string): string {
  return text.replace(/[\f\n\r\t\u0008]/g, (char) => SHORT_ESCAPES[char] as string);
}

/** What -T fields prints of a string ends at a NUL; trees show all of it. */
function beforeNul(text: string): string {
  const nul = text.indexOf('\0');
  return nul < 0 ? text : text.slice(0, nul);
}

/** The text of a string field's bytes; a NUL ends it. */
function stringText(field: FieldInfo, bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  const end = nul < 0 ? bytes.length : nul;
  return field.spec.encoding === 'ascii' ? latin1(bytes, 0, end).replace(/[\u0080-\u00ff]/g, '\ufffd') : utf8(bytes, 0, end);
}

function objectText(field: FieldInfo, value: unknown): string {
  if (typeof value === 'bigint') return integerText(field, value);
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return bytesText(field, value);
  if (typeof value === 'object' && value !== null && 'nanos' in value) {
    return field.type === 'abstime' ? absoluteText(value as TimeValue) : durationText(value as TimeValue);
  }
  return '';
}

function bytesText(field: FieldInfo, bytes: Uint8Array): string {
  switch (field.spec.text ?? field.type) {
    case 'ether':
      return etherText(bytes, 0);
    case 'ipv4':
      return ipv4Text(bytes, 0);
    case 'ipv6':
      return ipv6Text(bytes, 0);
    case 'string':
      return stringText(field, bytes);
    default:
      return hexText(bytes, 0, bytes.length);
  }
}

/** The value of an entry as JSON has it: like `valueText`, white space as it is. */
export function plainText(tape: Tape, entry: number): string {
  const field = tape.fields[entry];
  const isObject = ((tape.marks[entry] as number) & HAS_OBJECT) !== 0;
  return field && isObject && field.type !== 'protocol' && field.type !== 'none' ? objectText(field, tape.objects[entry]) : valueText(tape, entry);
}

/** The value of an entry as `-T fields` prints it: "1" where being there is all, "" for whole protocols. */
export function valueText(tape: Tape, entry: number): string {
  const field = tape.fields[entry];
  if (!field || field.type === 'protocol') return '';
  if (field.type === 'none') return '1';
  if (((tape.marks[entry] as number) & HAS_OBJECT) !== 0) return escapeWhitespace(beforeNul(objectText(field, tape.objects[entry])));
  const value = tape.numbers[entry] as number;
  if (field.type === 'reltime') return relativeText(value);
  if (field.type === 'bool') return value === 0 ? '0' : '1';
  if (field.type === 'double') return doubleText(value);
  return integerText(field, value);
}

export function nameOf(names: Names | undefined, value: number): string | undefined {
  if (names === undefined) return undefined;
  return typeof names === 'function' ? names(value) : Object.hasOwn(names, value) ? names[value] : undefined;
}

function numberWords(field: FieldInfo, value: number): string {
  const { spec } = field;
  if (spec.show) return spec.show(value);
  if (field.type === 'bool') return value === 0 ? (spec.states?.[1] ?? 'Not set') : (spec.states?.[0] ?? 'Set');
  if (field.type === 'reltime') return `${relativeText(value)} seconds`;
  if (field.type === 'double') return spec.unit ? `${doubleText(value)} ${spec.unit}` : doubleText(value);
  const plain = spec.base === 'dec.hex' ? `${value} (0x${value.toString(16)})` : spec.base === 'hex.dec' ? `${integerText(field, value)} (${value})` : integerText(field, value);
  if (spec.names !== undefined) return `${nameOf(spec.names, value) ?? 'Unknown'} (${integerText(field, value)})`;
  return spec.unit ? `${plain} ${spec.unit}` : plain;
}

/** `.... ..1.` as wide as the parent; bits outside of the mask are dots. */
export function bitPattern(field: FieldInfo, parentWidth: number, value: number): string {
  const mask = BigInt(field.spec.mask ?? 0);
  const shifted = BigInt(Math.trunc(value)) << BigInt(field.shift);
  let text = '';
  for (let bit = parentWidth * 8 - 1; bit >= 0; bit -= 1) {
    const here = (mask >> BigInt(bit)) & 1n;
    text += here === 0n ? '.' : ((shifted >> BigInt(bit)) & 1n) === 1n ? '1' : '0';
    if (bit % 4 === 0 && bit > 0) text += ' ';
  }
  return text;
}

/** An entry's line in the tree, where the dissector gave none of its own. */
export function labelText(tape: Tape, entry: number): string {
  const given = tape.labels.get(entry);
  const field = tape.fields[entry];
  if (given !== undefined) return field?.type === 'protocol' ? joinTitle(field, given) : given;
  if (!field) return '';
  if (field.type === 'protocol' || field.type === 'none') return field.spec.label;
  const isObject = ((tape.marks[entry] as number) & HAS_OBJECT) !== 0;
  if (isObject) return `${field.spec.label}: ${escapeText(objectText(field, tape.objects[entry]))}${field.type === 'reltime' ? ' seconds' : ''}`;
  const value = tape.numbers[entry] as number;
  const words = `${field.spec.label}: ${numberWords(field, value)}`;
  return field.spec.mask === undefined ? words : `${bitPattern(field, tape.lengths[entry] as number, value)} = ${words}`;
}

/** "Internet Protocol Version 4" + "Src: …": the summary follows the title after a comma. */
function joinTitle(field: FieldInfo, summary: string): string {
  return summary.startsWith(':') || summary.startsWith(' ') ? `${field.spec.label}${summary}` : `${field.spec.label}, ${summary}`;
}
