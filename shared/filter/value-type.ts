/**
 * What values are to the filter language, and what may be done with each kind. Fields have the
 * types of their protocol's table; `typeOf` maps them.
 */
import type { FieldInfo, FieldType } from '../dissect/field.ts';

/**
 * How values of each kind are held while a filter runs: `integer`, `float` and `bool` as a number
 * (64-bit integers as bigint), `ipv4` as a number, `ether`, `ipv6` and `bytes` as Uint8Array,
 * `string` as text, `duration` and `time` as nanoseconds in a bigint, `protocol` as ProtocolBytes.
 * `none` has no value.
 */
export type Kind = 'integer' | 'float' | 'bool' | 'string' | 'bytes' | 'ether' | 'ipv4' | 'ipv6' | 'duration' | 'time' | 'protocol' | 'none';

export interface ValueType {
  readonly kind: Kind;
  /** Integers: how wide, and whether they may be negative. */
  readonly bits: number;
  readonly isSigned: boolean;
  /** The field whose names values have; null where they have none. */
  readonly named: FieldInfo | null;
}

/** Bytes of a protocol: `header` for lengths and slices, `whole`, with what it carries, for searches. */
export interface ProtocolBytes {
  readonly header: Uint8Array;
  readonly whole: Uint8Array;
}

/** All other types are integers. */
const KINDS: Readonly<Partial<Record<FieldType, Kind>>> = {
  bool: 'bool', bytes: 'bytes', string: 'string', ether: 'ether', ipv4: 'ipv4', ipv6: 'ipv6',
  reltime: 'duration', abstime: 'time', double: 'float', none: 'none', protocol: 'protocol',
};

export function kindOf(type: FieldType): Kind {
  return KINDS[type] ?? 'integer';
}

/** Wireshark's integer types are 8, 16, 24, 32, 40, 48, 56 and 64 bits wide. */
function bitsOf(field: FieldInfo): number {
  const digits = /\d+/.exec(field.type)?.[0];
  return digits === undefined ? 32 : Number(digits);
}

export function typeOf(field: FieldInfo): ValueType {
  const kind = kindOf(field.type);
  const hasNames = field.spec.names !== undefined || kind === 'bool';
  return { kind, bits: kind === 'integer' ? bitsOf(field) : 0, isSigned: field.type.startsWith('i') && kind === 'integer', named: hasNames ? field : null };
}

export function plainType(kind: Kind): ValueType {
  return { kind, bits: kind === 'integer' ? 64 : 0, isSigned: kind === 'integer', named: null };
}

/** What can be compared: values of kinds of one family. */
export type Family = 'number' | 'string' | 'bytes' | 'ipv4' | 'ipv6' | 'duration' | 'time';

const FAMILIES: Readonly<Record<Kind, Family | null>> = {
  integer: 'number', float: 'number', bool: 'number', string: 'string', bytes: 'bytes', ether: 'bytes', protocol: 'bytes',
  ipv4: 'ipv4', ipv6: 'ipv6', duration: 'duration', time: 'time', none: null,
};

/** Null: values of this kind cannot be compared. */
export function familyOf(kind: Kind): Family | null {
  return FAMILIES[kind];
}

const WORDS: Readonly<Record<Kind, string>> = {
  integer: 'a whole number', float: 'a number', bool: 'true or false', string: 'text', bytes: 'bytes', ether: 'a MAC address', ipv4: 'an IPv4 address', ipv6: 'an IPv6 address',
  duration: 'a duration in seconds', time: 'a date and time', protocol: 'a protocol', none: 'a mark without a value',
};

/** "a whole number", for messages. */
export function kindWords(type: ValueType): string {
  return WORDS[type.kind];
}

export function canSlice(kind: Kind): boolean {
  return kind === 'string' || kind === 'bytes' || kind === 'ether' || kind === 'protocol' || kind === 'ipv4' || kind === 'ipv6';
}

export function canContain(kind: Kind): boolean {
  return kind === 'string' || kind === 'bytes' || kind === 'ether' || kind === 'protocol';
}

export function canMatch(kind: Kind): boolean {
  return kind === 'string' || kind === 'bytes' || kind === 'protocol';
}
