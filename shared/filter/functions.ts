/**
 * The functions of the filter language (man page wireshark-filter, "Functions"). Each gets all
 * values of its arguments and gives values; an argument without any gives none, but for max and min.
 */
import { etherText, hexText, ipv4Text, ipv6Text } from '../dissect/address-text.ts';
import { absoluteText, doubleText, durationText } from '../dissect/values.ts';
import { utf8Bytes } from './byte-text.ts';
import { multiplied, orderOf } from './order.ts';
import type { RuntimeValue } from './order.ts';
import { valueName } from './value-names.ts';
import { canSlice, familyOf, kindWords, plainType } from './value-type.ts';
import type { Kind, ProtocolBytes, ValueType } from './value-type.ts';

export interface FilterFunction {
  readonly name: string;
  readonly arguments: readonly [least: number, most: number];
  /** The argument has to be a field as it stands. */
  readonly wantsField?: boolean;
  /** What the function gives for arguments of these types; a text says why it takes none such. */
  readonly type: (types: readonly ValueType[]) => ValueType | string;
  readonly evaluate: (values: readonly (readonly RuntimeValue[])[], types: readonly ValueType[]) => readonly RuntimeValue[];
  /** "the length of {1}"; {1} is the first argument in words, {*} all of them. */
  readonly words: string;
  readonly help: string;
}

const text = plainType('string');
const integer = plainType('integer');
const float = plainType('float');
const bool = plainType('bool');
/** Lengths and counts. */
const size: ValueType = { kind: 'integer', bits: 32, isSigned: false, named: null };

function each(evaluate: (value: RuntimeValue, type: ValueType) => RuntimeValue | null): FilterFunction['evaluate'] {
  return ([values = []], [type]) => values.flatMap((value) => evaluate(value, type as ValueType) ?? []);
}

function needs(kinds: readonly Kind[], words: string, result: ValueType): FilterFunction['type'] {
  return ([type]) => (type !== undefined && kinds.includes(type.kind) ? result : `${words}, and this is ${type === undefined ? 'nothing' : kindWords(type)}.`);
}

function ipv4Test(name: string, words: string, help: string, test: (address: number) => boolean, test6: (bytes: Uint8Array) => boolean): FilterFunction {
  return {
    name, words, help, arguments: [1, 1],
    type: needs(['ipv4', 'ipv6'], `${name}() takes an address`, bool),
    evaluate: each((value) => (typeof value === 'number' ? test(value) : test6(value as Uint8Array)) ? 1 : 0),
  };
}

const FUNCTIONS: readonly FilterFunction[] = [
  {
    name: 'upper', arguments: [1, 1], words: '{1} in capital letters', help: 'Text in capital letters (A to Z only).',
    type: needs(['string'], 'upper() takes text', text),
    evaluate: each((value) => (value as string).replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  },
  {
    name: 'lower', arguments: [1, 1], words: '{1} in small letters', help: 'Text in small letters (a to z only), to compare whatever the case.',
    type: needs(['string'], 'lower() takes text', text),
    evaluate: each((value) => (value as string).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  },
  {
    name: 'len', arguments: [1, 1], words: 'the length of {1} in bytes', help: 'How many bytes a value has.',
    type: ([type]) => (type?.kind === 'none' ? 'len() takes a field that has a value.' : size),
    evaluate: each(lengthOf),
  },
  {
    name: 'count', arguments: [1, 1], wantsField: true, words: 'how often {1} is there', help: 'How many times a field is in the packet.',
    type: () => size,
    evaluate: ([values = []]) => (values.length === 0 ? [] : [values.length]),
  },
  {
    name: 'string', arguments: [1, 1], words: '{1} as text', help: 'A value as text, for contains and matches.',
    type: ([type]) => (type === undefined || type.kind === 'none' || type.kind === 'protocol' ? 'string() takes a field that has a value.' : text),
    evaluate: each(valueAsText),
  },
  {
    name: 'vals', arguments: [1, 1], words: 'the name of {1}', help: 'The name that the field has for its value, as the tree shows it.',
    type: ([type]) => (type === undefined || type.named === null ? 'vals() takes a field whose values have names.' : text),
    evaluate: each((value, type) => (type.named === null ? null : (valueName(type.named, Number(value)) ?? null))),
  },
  {
    name: 'dec', arguments: [1, 1], words: '{1} as a decimal number in text', help: 'A whole number as text, in decimal.',
    type: needs(['integer', 'bool'], 'dec() takes a whole number', text),
    evaluate: each(String),
  },
  {
    name: 'hex', arguments: [1, 1], words: '{1} as a hexadecimal number in text', help: 'A whole number as text, in hexadecimal: "0x50".',
    type: needs(['integer', 'bool'], 'hex() takes a whole number', text),
    evaluate: each((value, type) => `0x${(typeof value === 'bigint' ? value : BigInt(value as number)).toString(16).padStart(Math.max(1, type.bits / 4), '0')}`),
  },
  ...['float', 'double'].map((name): FilterFunction => ({
    name, arguments: [1, 1], words: '{1}', help: 'A number that may have a fraction, so that what is computed with it keeps one.',
    type: ([type]) => (type !== undefined && (familyOf(type.kind) === 'number' || type.kind === 'duration') ? float : `${name}() takes a number.`),
    evaluate: each((value, type) => (type.kind === 'duration' ? Number(value as bigint) / 1e9 : Number(value))),
  })),
  ...(['max', 'min'] as const).map((name): FilterFunction => ({
    name, arguments: [1, 32], words: `the ${name === 'max' ? 'largest' : 'smallest'} of {*}`, help: `The ${name === 'max' ? 'largest' : 'smallest'} of all values that the fields have.`,
    type: sameType(name),
    evaluate: (values) => {
      const all = values.flat();
      const [first, ...rest] = all;
      return first === undefined ? [] : [rest.reduce((best, value) => (orderOf(value, best) > 0 === (name === 'max') ? value : best), first)];
    },
  })),
  {
    name: 'abs', arguments: [1, 1], words: '{1} without its sign', help: 'A number without its sign.',
    type: ([type]) => (type !== undefined && (type.kind === 'integer' || type.kind === 'float' || type.kind === 'duration') ? type : 'abs() takes a number or a duration.'),
    evaluate: each((value) => ((value as number) < 0 ? multiplied(value as number | bigint, -1) : value)),
  },
  {
    name: 'ip_special_name', arguments: [1, 1], words: 'the special purpose of {1}', help: 'What an address is set apart for (RFC 6890), as text: "Private-Use", "Loopback".',
    type: needs(['ipv4', 'ipv6'], 'ip_special_name() takes an address', text),
    evaluate: each((value) => specialOf(value)?.name ?? null),
  },
  {
    name: 'ip_special_mask', arguments: [1, 1], words: 'the special-purpose bits of {1}', help: 'Properties of an address that is set apart (RFC 6890) as bits: 1 globally reachable, 2 forwardable, 4 destination, 8 source, 16 reserved by protocol.',
    type: needs(['ipv4', 'ipv6'], 'ip_special_mask() takes an address', { ...size, bits: 32 }),
    evaluate: each((value) => specialOf(value)?.mask ?? null),
  },
  ipv4Test('ip_linklocal', '{1} is link-local', 'Whether an address is link-local: 169.254.0.0/16 or fe80::/10.', (address) => address >>> 16 === 0xa9fe, (bytes) => bytes[0] === 0xfe && ((bytes[1] as number) & 0xc0) === 0x80),
  ipv4Test('ip_multicast', '{1} is a multicast address', 'Whether an address is multicast: 224.0.0.0/4 or ff00::/8.', (address) => address >>> 28 === 0xe, (bytes) => bytes[0] === 0xff),
  {
    name: 'ip_rfc1918', arguments: [1, 1], words: '{1} is a private address', help: 'Whether an IPv4 address is private (RFC 1918): 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.',
    type: needs(['ipv4'], 'ip_rfc1918() takes an IPv4 address', bool),
    evaluate: each((value) => ((value as number) >>> 24 === 10 || (value as number) >>> 20 === 0xac1 || (value as number) >>> 16 === 0xc0a8 ? 1 : 0)),
  },
  {
    name: 'ip_ula', arguments: [1, 1], words: '{1} is a unique local address', help: 'Whether an IPv6 address is unique local (RFC 4193): fc00::/7.',
    type: needs(['ipv6'], 'ip_ula() takes an IPv6 address', bool),
    evaluate: each((value) => (((value as Uint8Array)[0] as number) >> 1 === 0x7e ? 1 : 0)),
  },
];

const byName = new Map(FUNCTIONS.map((one) => [one.name, one]));

export function functionNamed(name: string): FilterFunction | undefined {
  return byName.get(name);
}

export function allFunctions(): readonly FilterFunction[] {
  return FUNCTIONS;
}

function sameType(name: string): FilterFunction['type'] {
  return (types) => {
    const [first] = types;
    const family = first === undefined ? null : familyOf(first.kind);
    if (first === undefined || family === null || first.kind === 'protocol') return `${name}() takes fields that have values.`;
    const other = types.find((type) => familyOf(type.kind) !== family);
    if (other !== undefined) return `All values of ${name}() have to be of one kind, and ${kindWords(first)} cannot be compared with ${kindWords(other)}.`;
    return family === 'number' ? (types.some(({ kind }) => kind === 'float') ? float : integer) : first;
  };
}

function lengthOf(value: RuntimeValue, type: ValueType): number {
  if (typeof value === 'string') return utf8Bytes(value).length;
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'object') return (value as ProtocolBytes).header.length;
  if (type.kind === 'ipv4') return 4;
  if (type.kind === 'float' || type.kind === 'duration' || type.kind === 'time') return 8;
  return Math.max(1, type.bits / 8);
}

/** A value as text: numbers in decimal, the rest as filters write it. Protocols have none. */
export function valueAsText(value: RuntimeValue, type: ValueType): string {
  switch (type.kind) {
    case 'float':
      return doubleText(value as number);
    case 'ipv4':
      return ipv4Text(Uint8Array.of(...[24, 16, 8, 0].map((shift) => ((value as number) >>> shift) & 0xff)), 0);
    case 'ipv6':
      return ipv6Text(value as Uint8Array, 0);
    case 'ether':
      return (value as Uint8Array).length === 6 ? etherText(value as Uint8Array, 0) : hexText(value as Uint8Array, 0, (value as Uint8Array).length);
    case 'duration':
    case 'time': {
      const nanos = value as bigint;
      const time = { seconds: Number((nanos - (((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n), nanos: Number(((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n) };
      return type.kind === 'time' ? absoluteText(time) : durationText(time);
    }
    case 'bytes':
      return Array.from(value as Uint8Array, (byte) => byte.toString(16).padStart(2, '0')).join(':');
    default:
      return canSlice(type.kind) ? (value as string) : String(value);
  }
}

interface Special {
  readonly name: string;
  readonly mask: number;
}

/** RFC 6890 §2.2 and the IANA registries of special-purpose addresses; bits as in `ip_special_mask`. */
const SPECIAL_IPV4: readonly (readonly [address: number, prefix: number, name: string, mask: number])[] = [
  [0xffff_ffff, 32, 'Limited Broadcast', 0b10100],
  [0xc000_0008, 32, 'IPv4 Dummy Address', 0b01000],
  [0xc000_0000, 29, 'IPv4 Service Continuity Prefix', 0b01110],
  [0xc000_0000, 24, 'IETF Protocol Assignments', 0],
  [0xc000_0200, 24, 'Documentation (TEST-NET-1)', 0],
  [0xc633_6400, 24, 'Documentation (TEST-NET-2)', 0],
  [0xcb00_7100, 24, 'Documentation (TEST-NET-3)', 0],
  [0xc01f_c400, 24, 'AS112-v4', 0b01111],
  [0xc034_c100, 24, 'AMT', 0b01111],
  [0xc0af_3000, 24, 'Direct Delegation AS112 Service', 0b01111],
  [0xa9fe_0000, 16, 'Link Local', 0b11100],
  [0xc0a8_0000, 16, 'Private-Use', 0b01110],
  [0xc612_0000, 15, 'Benchmarking', 0b01110],
  [0xac10_0000, 12, 'Private-Use', 0b01110],
  [0x6440_0000, 10, 'Shared Address Space', 0b01110],
  [0x0000_0000, 8, '"This host on this network"', 0b11000],
  [0x0a00_0000, 8, 'Private-Use', 0b01110],
  [0x7f00_0000, 8, 'Loopback', 0b10000],
  [0xf000_0000, 4, 'Reserved', 0b10000],
];

/** First bytes, prefix length, name, bits. */
const SPECIAL_IPV6: readonly (readonly [bytes: readonly number[], prefix: number, name: string, mask: number])[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128, 'Loopback Address', 0b10000],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 128, 'Unspecified Address', 0b11000],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96, 'IPv4-mapped Address', 0b10000],
  [[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, 'IPv4-IPv6 Translat.', 0b01111],
  [[0x01, 0, 0, 0, 0, 0, 0, 0], 64, 'Discard-Only Address Block', 0b01110],
  [[0x20, 0x01, 0x0d, 0xb8], 32, 'Documentation', 0],
  [[0x20, 0x01, 0, 0], 32, 'TEREDO', 0b01110],
  [[0x20, 0x02], 16, '6to4', 0b01110],
  [[0xfe, 0x80], 10, 'Link-Local Unicast', 0b11100],
  [[0xfc], 7, 'Unique-Local', 0b01110],
];

function specialOf(value: RuntimeValue): Special | undefined {
  if (typeof value === 'number') {
    const found = SPECIAL_IPV4.find(([address, prefix]) => value >>> (32 - prefix) === address >>> (32 - prefix));
    return found === undefined ? undefined : { name: found[2], mask: found[3] };
  }
  const bytes = value as Uint8Array;
  const found = SPECIAL_IPV6.find(([first, prefix]) => first.every((byte, index) => ((byte ^ (bytes[index] as number)) & byteMask(prefix - index * 8)) === 0));
  return found === undefined ? undefined : { name: found[2], mask: found[3] };
}

function byteMask(bits: number): number {
  return bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff;
}
