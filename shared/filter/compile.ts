/**
 * A checked filter to a function of one packet. What can be decided now is (constants, patterns,
 * values of the selected packet); the commonest tests, of a field against a constant, look at the
 * tape without making lists of values.
 */
import type { FieldInfo } from '../dissect/field.ts';
import { HAS_OBJECT } from '../dissect/tape.ts';
import { byteTextOf, textOf, utf8ByteText } from './byte-text.ts';
import type { CheckedField, CheckedItem, CheckedTest, CheckedValue } from './checked.ts';
import { valuesIn } from './checked.ts';
import { MAX_COMBINATIONS } from './limits.ts';
import type { Ipv4Network, Ipv6Network } from './literals.ts';
import { bytesOfValue, computed, holds, multiplied, orderOf } from './order.ts';
import type { Relation, RuntimeValue } from './order.ts';
import { hasLayer, layerNumber, PacketFields, valueAt, valuesOfField } from './packet-fields.ts';
import type { Entries } from './packet-fields.ts';
import type { Pattern } from './pattern.ts';
import { slicedBytes, slicedText } from './slice.ts';
import { valueName } from './value-names.ts';
import { familyOf, kindOf } from './value-type.ts';
import type { ProtocolBytes } from './value-type.ts';

/**
 * Whether byte text matches. Whoever runs filters over hostile bytes gives one that ends in time
 * (electron/engine/bounded-patterns.ts); it throws a PatternTimeout where it cannot.
 */
export type MakeMatcher = (pattern: Pattern) => (byteText: string) => boolean;

export class PatternTimeout extends Error {
  readonly pattern: Pattern;

  constructor(pattern: Pattern) {
    super(`The pattern "${pattern.text}" takes too long: repetitions within repetitions can be tried in too many ways. Say more exactly what is repeated, or leave out what follows.`);
    this.pattern = pattern;
  }
}

/** Without any bound on time: for tests, and for patterns that are known. */
export const plainMatcher: MakeMatcher = ({ source, flags }) => {
  const expression = new RegExp(source, flags);
  return (byteText) => expression.test(byteText);
};

export interface CompileOptions {
  readonly makeMatcher: MakeMatcher;
  /** The selected packet's values for `${…}`; nothing has a value where there is none. */
  readonly referenceValues?: (field: CheckedField & Pick<CheckedValue, 'type'>) => readonly RuntimeValue[];
}

export interface CompiledFilter {
  readonly matches: (packet: PacketFields) => boolean;
  readonly packet: PacketFields;
  /** All fields that have to be on the tape. */
  readonly fields: ReadonlySet<FieldInfo>;
}

/** All values that an expression has in a packet. */
export type PacketValues = (packet: PacketFields) => readonly RuntimeValue[];

type Predicate = (packet: PacketFields) => boolean;
type Values = PacketValues;

export function compile(test: CheckedTest, options: CompileOptions): CompiledFilter {
  const fields = neededFields(test);
  const packet = new PacketFields(fields);
  return { matches: new Compiler(packet, options).test(test), packet, fields };
}

/** What a value of a filter that was compiled with `packet` has in packets, for whoever shows it. */
export function valuesOf(value: CheckedValue, packet: PacketFields, options: CompileOptions): PacketValues {
  return new Compiler(packet, options).values(value);
}

/** The fields whose values in a packet decide; those of the selected packet are none of them. */
export function neededFields(test: CheckedTest): Set<FieldInfo> {
  const fields = new Set<FieldInfo>();
  for (const value of valuesIn(test)) if (value.kind === 'field' && !value.isReference) for (const field of value.fields) fields.add(field);
  return fields;
}

class Compiler {
  readonly #packet: PacketFields;
  readonly #options: CompileOptions;

  constructor(packet: PacketFields, options: CompileOptions) {
    this.#packet = packet;
    this.#options = options;
  }

  test(test: CheckedTest): Predicate {
    switch (test.kind) {
      case 'logical':
        return joined(test.operator, test.operands.map((operand) => this.test(operand)));
      case 'not': {
        const operand = this.test(test.operand);
        return (packet) => !operand(packet);
      }
      case 'compare':
        return this.#compare(test);
      case 'contains':
        return this.#pairs(test.left, test.right, test.all, contains);
      case 'matches':
        return this.#matches(test);
      case 'in':
        return this.#membership(test);
      case 'exists':
        return this.#exists(test.value);
    }
  }

  // ── tests ──────────────────────────────────────────────────────────────────

  #compare({ relation, all, left, right }: Extract<CheckedTest, { kind: 'compare' }>): Predicate {
    const quick = left.kind === 'field' && right.kind === 'constant' ? this.#quickCompare(left, right.value, relation, all) : null;
    return quick ?? this.#pairs(left, right, all, (first, second) => holds(relation, orderOf(first, second)));
  }

  /** A field of numbers or IPv4 addresses against a constant. */
  #quickCompare(field: Extract<CheckedValue, { kind: 'field' }>, constant: RuntimeValue, relation: Relation, all: boolean): Predicate | null {
    const [only, ...others] = field.fields;
    if (only === undefined || others.length > 0 || field.layers !== null || field.isRaw || field.isReference) return null;
    const kind = kindOf(only.type);
    if (typeof constant !== 'number' || (kind !== 'integer' && kind !== 'bool' && kind !== 'float')) return null;
    const entries = this.#packet.entriesOf(only);
    return (packet) => {
      const { numbers, marks } = packet.run.tape;
      for (let index = 0; index < entries.count; index += 1) {
        const entry = entries.at[index] as number;
        const isPlain = kind !== 'bool' && ((marks[entry] as number) & HAS_OBJECT) === 0;
        const value = isPlain ? (numbers[entry] as number) : (valueAt(packet, entry, kind) as RuntimeValue);
        if (holds(relation, orderOf(value, constant)) !== all) return !all;
      }
      return all && entries.count > 0;
    };
  }

  #pairs(left: CheckedValue, right: CheckedValue, all: boolean, test: (left: RuntimeValue, right: RuntimeValue) => boolean): Predicate {
    const leftValues = this.values(left);
    const rightValues = this.values(right);
    return (packet) => {
      const lefts = leftValues(packet);
      if (lefts.length === 0) return false;
      const rights = rightValues(packet);
      if (rights.length === 0) return false;
      for (const first of lefts) for (const second of rights) if (test(first, second) !== all) return !all;
      return all;
    };
  }

  #matches({ left, all, pattern }: Extract<CheckedTest, { kind: 'matches' }>): Predicate {
    const values = this.values(left);
    const matcher = this.#options.makeMatcher(pattern);
    return (packet) => {
      const subjects = values(packet);
      for (const subject of subjects) if (matcher(searchable(subject)) !== all) return !all;
      return all && subjects.length > 0;
    };
  }

  #membership({ left, all, items }: Extract<CheckedTest, { kind: 'in' }>): Predicate {
    const values = this.values(left);
    const isIn = this.#setTest(items);
    return (packet) => {
      const candidates = values(packet);
      if (candidates.length === 0) return false;
      const test = isIn(packet);
      for (const candidate of candidates) if (test(candidate) !== all) return !all;
      return all;
    };
  }

  /** Numbers and texts that are listed one by one are looked up; everything else is compared in turn. */
  #setTest(items: readonly CheckedItem[]): (packet: PacketFields) => (value: RuntimeValue) => boolean {
    const listed = new Set<RuntimeValue>();
    const others: { low: Values; high: Values | null }[] = [];
    for (const { low, high } of items) {
      if (high === null && low.kind === 'constant' && (typeof low.value === 'number' || typeof low.value === 'string')) listed.add(low.value);
      else others.push({ low: this.values(low), high: high === null ? null : this.values(high) });
    }
    return (packet) => (value) =>
      listed.has(value) || others.some(({ low, high }) => (high === null ? low(packet).some((one) => orderOf(value, one) === 0) : low(packet).some((one) => orderOf(value, one) >= 0) && high(packet).some((one) => orderOf(value, one) <= 0)));
  }

  #exists(value: CheckedValue): Predicate {
    if (value.kind === 'field' && !value.isReference) return this.#fieldExists(value);
    const values = this.values(value);
    if (value.kind === 'slice') return (packet) => values(packet).some((one) => (typeof one === 'string' ? one.length : bytesOfValue(one).length) > 0);
    if (value.kind === 'field') return (packet) => values(packet).length > 0;
    return (packet) => values(packet).some(isNotZero);
  }

  #fieldExists(value: Extract<CheckedValue, { kind: 'field' }>): Predicate {
    const lists = value.fields.map((field) => this.#packet.entriesOf(field));
    const { layers } = value;
    if (layers !== null) return (packet) => lists.some((entries) => hasEntryIn(packet, entries, layers));
    const [only] = lists;
    if (only !== undefined && lists.length === 1) return () => only.count > 0;
    return () => lists.some((entries) => entries.count > 0);
  }

  // ── values ─────────────────────────────────────────────────────────────────

  values(value: CheckedValue): Values {
    switch (value.kind) {
      case 'constant': {
        const only = [value.value];
        return () => only;
      }
      case 'field':
        return this.#fieldValues(value);
      case 'slice':
        return this.#sliced(value);
      case 'call': {
        const operands = value.arguments.map((argument) => this.values(argument));
        const types = value.arguments.map(({ type }) => type);
        return (packet) => value.function.evaluate(operands.map((operand) => operand(packet)), types);
      }
      case 'arithmetic':
        return this.#arithmetic(value);
      case 'negate': {
        const operand = this.values(value.operand);
        return (packet) => operand(packet).map((one) => multiplied(one as number | bigint, -1));
      }
      case 'names': {
        const operand = this.values(value.operand);
        const field = value.operand.type.named;
        return (packet) => (field === null ? [] : operand(packet).flatMap((one) => valueName(field, Number(one)) ?? []));
      }
    }
  }

  #fieldValues(value: Extract<CheckedValue, { kind: 'field' }>): Values {
    if (!value.isReference) return (packet) => valuesOfField(packet, value);
    const known = this.#options.referenceValues?.(value) ?? [];
    return () => known;
  }

  #sliced({ operand, ranges }: Extract<CheckedValue, { kind: 'slice' }>): Values {
    const values = this.values(operand);
    const isIpv4 = operand.type.kind === 'ipv4';
    return (packet) => values(packet).map((one) => (typeof one === 'string' ? slicedText(one, ranges) : slicedBytes(isIpv4 ? ipv4Bytes(one) : bytesOfValue(one), ranges)));
  }

  #arithmetic({ operator, left, right, type }: Extract<CheckedValue, { kind: 'arithmetic' }>): Values {
    const leftValues = this.values(left);
    const rightValues = this.values(right);
    const family = familyOf(type.kind);
    const combine = family === 'bytes' || family === 'ipv4' || family === 'ipv6' ? maskedValue
      : family === 'duration' || family === 'time' ? (first: RuntimeValue, second: RuntimeValue) => timeResult(operator, first as bigint, second as number | bigint, right.type.kind === 'duration' || right.type.kind === 'time')
      : (first: RuntimeValue, second: RuntimeValue) => computed(operator, first as number | bigint, second as number | bigint, type.kind === 'float');
    return (packet) => {
      const results: RuntimeValue[] = [];
      for (const first of leftValues(packet)) {
        for (const second of rightValues(packet)) {
          const result = combine(first, second);
          if (result !== null) results.push(result);
          if (results.length >= MAX_COMBINATIONS) return results;
        }
      }
      return results;
    };
  }
}

function joined(operator: 'and' | 'or' | 'xor', operands: readonly Predicate[]): Predicate {
  const [first, second] = operands;
  if (operator === 'and') {
    if (first !== undefined && second !== undefined && operands.length === 2) return (packet) => first(packet) && second(packet);
    return (packet) => operands.every((operand) => operand(packet));
  }
  if (operator === 'or') return (packet) => operands.some((operand) => operand(packet));
  return (packet) => operands.reduce((held, operand) => held !== operand(packet), false);
}

function hasEntryIn(packet: PacketFields, entries: Entries, layers: NonNullable<CheckedField['layers']>): boolean {
  if (entries.count === 0) return false;
  const last = layerNumber(packet, entries.at[entries.count - 1] as number);
  for (let index = 0; index < entries.count; index += 1) if (hasLayer(layers, layerNumber(packet, entries.at[index] as number), last)) return true;
  return false;
}

/** Protocols are searched with all that they carry. */
function searchedBytes(value: RuntimeValue): Uint8Array {
  return value instanceof Uint8Array ? value : (value as ProtocolBytes).whole;
}

function contains(value: RuntimeValue, wanted: RuntimeValue): boolean {
  if (typeof value === 'string') {
    const text = typeof wanted === 'string' ? wanted : textOf(byteTextOf(bytesOfValue(wanted)));
    // Nothing is contained nowhere, as in Wireshark.
    return text !== '' && value.includes(text);
  }
  const bytes = searchedBytes(value);
  const needle = typeof wanted === 'string' ? Uint8Array.from(utf8ByteText(wanted), (char) => char.charCodeAt(0)) : bytesOfValue(wanted);
  return hasBytes(bytes, needle);
}

/** Whether bytes stand within others; the first byte is looked for by what the engine does fastest. */
function hasBytes(bytes: Uint8Array, needle: Uint8Array): boolean {
  const [first] = needle;
  if (first === undefined) return false;
  const last = bytes.length - needle.length;
  for (let at = bytes.indexOf(first); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let length = 1;
    while (length < needle.length && bytes[at + length] === needle[length]) length += 1;
    if (length === needle.length) return true;
  }
  return false;
}

function searchable(value: RuntimeValue): string {
  return typeof value === 'string' ? utf8ByteText(value) : byteTextOf(searchedBytes(value));
}

function isNotZero(value: RuntimeValue): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return value !== 0 && value !== 0n;
  if (typeof value === 'string') return value !== '';
  return value instanceof Uint8Array ? value.some((byte) => byte !== 0) : true;
}

function ipv4Bytes(value: RuntimeValue): Uint8Array {
  return Uint8Array.of(...[24, 16, 8, 0].map((shift) => ((value as number) >>> shift) & 0xff));
}

/** Bits of addresses and of bytes of one length; null where the lengths differ. */
function maskedValue(left: RuntimeValue, right: RuntimeValue): RuntimeValue | null {
  if (typeof left === 'number' || (typeof left === 'object' && 'mask' in left)) return (ipv4Number(left) & ipv4Number(right)) >>> 0;
  const first = ipv6OrBytes(left);
  const second = ipv6OrBytes(right);
  return first.length === second.length ? first.map((byte, index) => byte & (second[index] as number)) : null;
}

function ipv4Number(value: RuntimeValue): number {
  return typeof value === 'number' ? value : (value as Ipv4Network).address;
}

function ipv6OrBytes(value: RuntimeValue): Uint8Array {
  return typeof value === 'object' && 'prefix' in value ? (value as Ipv6Network).bytes : bytesOfValue(value);
}

/** Durations and times are nanoseconds; a number as the second operand is a plain one. */
function timeResult(operator: string, left: bigint, right: number | bigint, isTime: boolean): bigint | null {
  if (isTime) return operator === '+' ? left + BigInt(right) : left - BigInt(right);
  const scalar = Number(right);
  if (operator === '/' && scalar === 0) return null;
  const result = operator === '*' ? Number(left) * scalar : Number(left) / scalar;
  return Number.isFinite(result) ? BigInt(Math.round(result)) : null;
}
