/**
 * Values as people write them, by the type that is wanted. A text that is none of it gives the
 * reason, as a sentence for people; never throws.
 */
import type { FieldInfo } from '../dissect/field.ts';
import { bytesOf, textOf } from './byte-text.ts';
import { parseTime } from './literal-time.ts';
import { namedValues } from './value-names.ts';
import { kindWords } from './value-type.ts';
import type { ValueType } from './value-type.ts';

/** Addresses with the bits that count; all of them where there is no prefix length. */
export interface Ipv4Network {
  readonly address: number;
  readonly mask: number;
}
export interface Ipv6Network {
  readonly bytes: Uint8Array;
  readonly prefix: number;
}

export type Constant = number | bigint | string | Uint8Array | Ipv4Network | Ipv6Network;

export type Literal = { readonly kind: 'word'; readonly text: string } | { readonly kind: 'string'; readonly value: string; readonly text: string } | { readonly kind: 'char'; readonly value: number; readonly text: string };

export type Read = { readonly value: Constant } | { readonly reason: string; readonly suggestion?: string };

/** Reads a literal as a value of a type. `isNegative`: a minus stands before it. */
export function readLiteral(literal: Literal, type: ValueType, isNegative = false): Read {
  if (isNegative && type.kind !== 'integer' && type.kind !== 'float' && type.kind !== 'duration') return { reason: `A minus cannot stand before ${kindWords(type)}.` };
  switch (type.kind) {
    case 'integer':
      return readInteger(literal, type, isNegative);
    case 'bool':
      return readBool(literal, type);
    case 'float':
      return readFloat(literal, isNegative);
    case 'string':
      return { value: literal.kind === 'char' ? String.fromCharCode(literal.value) : literal.kind === 'string' ? textOf(literal.value) : literal.text };
    case 'bytes':
    case 'protocol':
      return readBytes(literal);
    case 'ether':
      return readEther(literal);
    case 'ipv4':
      return readIpv4(literal);
    case 'ipv6':
      return readIpv6(literal);
    case 'duration':
      return readDuration(literal, isNegative);
    case 'time':
      return readTime(literal);
    case 'none':
      return { reason: 'This field has no value to compare; it is there or it is not.' };
  }
}

function shown(literal: Literal): string {
  return literal.kind === 'string' ? `"${literal.text}"` : `"${literal.text}"`;
}

// ── numbers ─────────────────────────────────────────────────────────────────

/** Decimal, 0x…, 0b…, or octal with a leading 0; null where the text is none. */
export function integerOf(text: string): bigint | null {
  if (/^0[xX][0-9a-fA-F]{1,32}$/.test(text) || /^0[bB][01]{1,128}$/.test(text)) return BigInt(text.toLowerCase());
  if (/^0[0-7]{1,40}$/.test(text)) return BigInt(`0o${text.slice(1)}`);
  return /^(0|[1-9]\d{0,38})$/.test(text) ? BigInt(text) : null;
}

function readInteger(literal: Literal, type: ValueType, isNegative: boolean): Read {
  if (literal.kind === 'char') return inRange(BigInt(literal.value), type, literal);
  const magnitude = literal.kind === 'word' ? integerOf(literal.text) : null;
  if (magnitude !== null) return inRange(isNegative ? -magnitude : magnitude, type, literal);
  if (type.named !== null && !isNegative) return readNamed(literal, type.named);
  if (literal.kind === 'string') return { reason: `This field is ${kindWords(type)}: a number stands without quotation marks.`, ...(integerOf(literal.text) === null ? {} : { suggestion: literal.text }) };
  if (/^0\d+$/.test(literal.text)) return { reason: `"${literal.text}" begins with 0 and would be octal, which has no 8 and 9.`, suggestion: literal.text.replace(/^0+/, '') };
  if (/^\d+\.\d+$/.test(literal.text)) return { reason: `This field is a whole number, and "${literal.text}" is not.`, suggestion: String(Math.round(Number(literal.text))) };
  return { reason: `"${literal.text}" is not a whole number: write it as 80, 0x50 or 0b1010000.` };
}

function inRange(value: bigint, type: ValueType, literal: Literal): Read {
  const low = type.isSigned ? -(1n << BigInt(type.bits - 1)) : 0n;
  // What was computed may be as large as any value.
  const high = (1n << BigInt(type.isSigned && type.bits < 64 ? type.bits - 1 : type.bits)) - 1n;
  if (value > high) return { reason: `${shown(literal)} is too big for this field, whose largest value is ${high}.` };
  if (value < low) return { reason: low === 0n ? 'This field is never negative.' : `-${literal.text} is too small for this field, whose smallest value is ${low}.` };
  return { value: value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value };
}

/** A value by its name, as the tree shows it: ip.proto == "TCP". */
function readNamed(literal: Literal, field: FieldInfo): Read {
  const text = literal.kind === 'string' ? textOf(literal.value) : literal.text;
  const values = namedValues(field);
  const found = values.find(({ name }) => name === text);
  if (found !== undefined) return { value: found.value };
  const near = nearestName(values.map(({ name }) => name), text);
  const known = near === undefined ? '' : ` Did you mean "${near}"?`;
  return { reason: `"${text}" is neither a number nor one of the names that ${field.name} has for its values.${known}`, ...(near === undefined ? {} : { suggestion: `"${near}"` }) };
}

function nearestName(names: readonly string[], text: string): string | undefined {
  const lower = text.toLowerCase();
  return names.find((name) => name.toLowerCase() === lower) ?? names.find((name) => lower.length > 0 && name.toLowerCase().startsWith(lower)) ?? names.find((name) => lower.length > 2 && name.toLowerCase().includes(lower));
}

function readBool(literal: Literal, type: ValueType): Read {
  if (literal.kind === 'char') return { value: literal.value === 0 ? 0 : 1 };
  if (literal.kind === 'word') {
    if (/^(true|false)$/i.test(literal.text)) return { value: literal.text.toLowerCase() === 'true' ? 1 : 0 };
    const number = integerOf(literal.text);
    if (number !== null) return { value: number === 0n ? 0 : 1 };
  }
  const text = literal.kind === 'string' ? textOf(literal.value) : literal.text;
  const names = type.named === null ? [] : namedValues(type.named);
  const found = names.find(({ name }) => name === text);
  if (found !== undefined) return { value: found.value };
  const words = names.map(({ name }) => `"${name}"`).join(' or ');
  return { reason: `This field is 1 (true) or 0 (false)${words === '' ? '' : `, also written ${words}`}; "${text}" is neither.` };
}

const FLOAT = /^(\d+(\.\d+)?([eE][+-]?\d+)?|inf|infinity|nan)$/i;
const HEX_FLOAT = /^0[xX]([0-9a-fA-F]+)(?:\.([0-9a-fA-F]+))?(?:[pP]([+-]?\d+))?$/;

function readFloat(literal: Literal, isNegative: boolean): Read {
  const sign = isNegative ? -1 : 1;
  if (literal.kind === 'char') return { value: literal.value };
  const hex = literal.kind === 'word' ? HEX_FLOAT.exec(literal.text) : null;
  if (hex !== null) {
    const [, whole = '0', fraction = '', power = '0'] = hex;
    return { value: sign * parseInt(whole + fraction, 16) * 2 ** (Number(power) - 4 * fraction.length) };
  }
  if (literal.kind !== 'word' || !FLOAT.test(literal.text)) return { reason: `"${literal.text}" is not a number: write it as 1.5 or 2e3, with digits on both sides of the point.` };
  if (/^inf/i.test(literal.text)) return { value: sign * Infinity };
  return { value: sign * Number(literal.text.toLowerCase() === 'nan' ? NaN : literal.text) };
}

function readDuration(literal: Literal, isNegative: boolean): Read {
  const match = literal.kind === 'word' ? /^(\d{1,12})(?:\.(\d{1,9})\d*)?$/.exec(literal.text) : null;
  if (match === null) {
    const unit = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(literal.text);
    const seconds = unit === null ? null : Number(unit[1]) * ({ ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1 }[unit[2] ?? 's'] ?? 1);
    const plain = seconds === null ? undefined : seconds.toFixed(9).replace(/0+$/, '').replace(/\.$/, '');
    return { reason: `"${literal.text}" is not a duration: write seconds, as 0.2 or 3.`, ...(plain === undefined ? {} : { suggestion: plain }) };
  }
  const nanos = BigInt(match[1] ?? '0') * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
  return { value: isNegative ? -nanos : nanos };
}

function readTime(literal: Literal): Read {
  const text = literal.kind === 'string' ? textOf(literal.value) : literal.text;
  const nanos = parseTime(text);
  if (nanos !== null) return { value: nanos };
  return { reason: `"${text}" is not a date and time: write it as "2026-01-31 12:00:00", with "Z" behind it for UTC.` };
}

// ── bytes and addresses ─────────────────────────────────────────────────────

const GROUPED_BYTES = /^[0-9a-fA-F]{1,2}([:.-])[0-9a-fA-F]{1,2}(?:\1[0-9a-fA-F]{1,2})*$/;
const CISCO_BYTES = /^[0-9a-fA-F]{4}(?:[.:-][0-9a-fA-F]{4})+$/;

/** "47:45:54", "47-45-54", "47.45.54", "4745.5400", "474554", ":fc", "0x47", "6"; null where the text is none of it. */
export function hexBytesOf(word: string): Uint8Array | null {
  const text = word.startsWith(':') && !word.startsWith('::') ? word.slice(1) : word;
  if (GROUPED_BYTES.test(text)) return Uint8Array.from(text.split(/[:.-]/), (digits) => parseInt(digits, 16));
  if (/^0[xX][0-9a-fA-F]{1,2}$/.test(text)) return Uint8Array.of(parseInt(text, 16));
  const digits = CISCO_BYTES.test(text) ? text.replace(/[.:-]/g, '') : text;
  if (/^[0-9a-fA-F]$/.test(digits)) return Uint8Array.of(parseInt(digits, 16));
  return /^([0-9a-fA-F]{2})+$/.test(digits) ? Uint8Array.from({ length: digits.length / 2 }, (_, index) => parseInt(digits.slice(index * 2, index * 2 + 2), 16)) : null;
}

function readBytes(literal: Literal): Read {
  if (literal.kind === 'string') return { value: bytesOf(literal.value) };
  if (literal.kind === 'char') return { value: Uint8Array.of(literal.value) };
  const bytes = hexBytesOf(literal.text);
  if (bytes !== null) return { value: bytes };
  const hex = /^0[xX]([0-9a-fA-F]+)$/.exec(literal.text)?.[1];
  if (hex !== undefined) {
    const pairs = hex.padStart(hex.length + (hex.length % 2), '0').replace(/(..)(?=.)/g, '$1:');
    return { reason: `Bytes are written with colons between them, not as one number.`, suggestion: pairs };
  }
  return { reason: `"${literal.text}" is not a row of bytes: write bytes as 47:45:54, or text in quotation marks: "${literal.text}".`, suggestion: `"${literal.text}"` };
}

function readEther(literal: Literal): Read {
  const bytes = literal.kind === 'word' ? hexBytesOf(literal.text) : literal.kind === 'string' ? hexBytesOf(textOf(literal.value)) : null;
  if (literal.kind === 'string' && bytes?.length === 6) return { reason: 'A MAC address stands without quotation marks.', suggestion: textOf(literal.value) };
  if (bytes === null) return { reason: `"${literal.text}" is not a MAC address: write it as 02:00:5e:10:00:01. Names of makers are not known here.` };
  if (bytes.length < 6) return { reason: `"${literal.text}" has ${bytes.length} bytes, and a MAC address has 6. To compare a part, take one: eth.src[0:${bytes.length}].` };
  if (bytes.length > 6) return { reason: `"${literal.text}" has ${bytes.length} bytes, and a MAC address has 6.` };
  return { value: bytes };
}

/** The number of a dotted quad; null where the text is none. */
export function ipv4Of(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((number, part) => number * 256 + part, 0);
}

export function ipv4Mask(prefix: number): number {
  return prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0;
}

function readIpv4(literal: Literal): Read {
  const text = literal.kind === 'string' ? textOf(literal.value) : literal.text;
  const [host = '', prefixText] = text.split('/');
  const address = ipv4Of(host);
  if (literal.kind === 'string' && address !== null) return { reason: 'An address stands without quotation marks.', suggestion: text };
  const prefix = prefixText === undefined ? 32 : Number(prefixText);
  if (address !== null && prefix > 32) return { reason: `An IPv4 address has 32 bits, so "/${prefixText}" is too long a prefix.` };
  if (address !== null) {
    const mask = ipv4Mask(prefix);
    return { value: { address: (address & mask) >>> 0, mask } };
  }
  return { reason: ipv4Reason(text, host), ...(ipv6Of(host) !== null ? {} : shortNetwork(text)) };
}

function ipv4Reason(text: string, host: string): string {
  if (ipv6Of(host) !== null) return `"${text}" is an IPv6 address, and this field holds IPv4 addresses: IPv6 has fields of its own, for example ipv6.addr.`;
  if (/^\d+(\.\d+){3}$/.test(host)) return `"${text}" is not an IPv4 address: each of the four numbers goes from 0 to 255.`;
  if (/^[\d.]+$/.test(host)) return `"${text}" is not an IPv4 address, which has four numbers: 192.168.1.24. For a network write its length: 192.168.1.0/24.`;
  return `"${text}" is not an IPv4 address. Host names are not looked up; for names in packets use fields such as dns.qry.name.`;
}

function shortNetwork(text: string): { suggestion?: string } {
  const parts = text.replace(/\/.*$/, '').split('.');
  if (parts.length > 3 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return {};
  return { suggestion: `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${8 * parts.length}` };
}

/** Sixteen bytes (RFC 4291 §2.2); null where the text is no IPv6 address. */
export function ipv6Of(text: string): Uint8Array | null {
  if (!text.includes(':') || /:::|[^0-9a-fA-F:.]/.test(text)) return null;
  const mapped = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const ipv4 = mapped === null ? null : ipv4Of(mapped[2] as string);
  if (text.includes('.') && ipv4 === null) return null;
  const whole = ipv4 === null ? text : `${mapped?.[1] ?? ''}${(ipv4 >>> 16).toString(16)}:${(ipv4 & 0xffff).toString(16)}`;
  const halves = whole.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return Uint8Array.from({ length: 16 }, (_, index) => (parseInt(groups[index >> 1] as string, 16) >> (index % 2 === 0 ? 8 : 0)) & 0xff);
}

function readIpv6(literal: Literal): Read {
  const text = literal.kind === 'string' ? textOf(literal.value) : literal.text;
  const [host = '', prefixText] = text.split('/');
  const bytes = ipv6Of(host);
  if (literal.kind === 'string' && bytes !== null) return { reason: 'An address stands without quotation marks.', suggestion: text };
  const prefix = prefixText === undefined ? 128 : Number(prefixText);
  if (bytes !== null && prefix > 128) return { reason: `An IPv6 address has 128 bits, so "/${prefixText}" is too long a prefix.` };
  if (bytes !== null) return { value: { bytes, prefix } };
  if (ipv4Of(host) !== null) return { reason: `"${text}" is an IPv4 address, and this field holds IPv6 addresses: IPv4 has fields of its own, for example ip.addr.` };
  return { reason: `"${text}" is not an IPv6 address: write it as 2001:db8::1, or 2001:db8::/32 for a network.` };
}
