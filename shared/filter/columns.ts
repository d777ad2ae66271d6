/**
 * A checked filter as a question to the columns (shared/columns/column-test.ts): what they can
 * answer, they answer; of the rest they tell which packets can be left out, as a field is only in
 * packets that have its protocol.
 */
import { ALWAYS, UNKNOWN } from '../columns/column-test.ts';
import type { ColumnTest, EndsTest, NumberRange } from '../columns/column-test.ts';
import type { ConversationKind } from '../columns/packet-columns.ts';
import { NEVER_IN_BODIES } from '../columns/packet-kinds.ts';
import { HAS_TIME, secondsAt } from '../columns/packet-columns.ts';
import type { PacketColumns } from '../columns/packet-columns.ts';
import { readU32 } from '../bytes/reader.ts';
import type { FieldInfo } from '../dissect/field.ts';
import { sectionOf } from '../dissect/sections.ts';
import type { Streams } from '../streams/streams.ts';
import { ANALYSIS, SEQUENCE_FLAGS } from '../streams/tcp-segment.ts';
import type { CheckedItem, CheckedTest, CheckedValue } from './checked.ts';
import { holds, orderOf } from './order.ts';
import type { Relation, RuntimeValue } from './order.ts';

/** The tables that answers come from. */
export interface AskedTables {
  readonly columns: PacketColumns;
  readonly streams: Streams;
}

export function columnTestOf(test: CheckedTest, tables: AskedTables): ColumnTest {
  switch (test.kind) {
    case 'logical':
      return { kind: test.operator, operands: test.operands.map((operand) => columnTestOf(operand, tables)) };
    case 'not':
      return { kind: 'not', operand: columnTestOf(test.operand, tables) };
    case 'exists':
      return existing(test.value, tables);
    case 'compare':
      return compared(test, tables) ?? both(presenceOf(test.left), presenceOf(test.right));
    case 'in':
      return listed(test, tables) ?? presenceOf(test.left);
    case 'contains':
      return both(presenceOf(test.left), presenceOf(test.right));
    case 'matches':
      return presenceOf(test.left);
  }
}

function both(left: ColumnTest, right: ColumnTest): ColumnTest {
  return { kind: 'and', operands: [left, right] };
}

// ── which packets can have a value ──────────────────────────────────────────

/** NO where a value cannot be there, else ASK. */
function presenceOf(value: CheckedValue): ColumnTest {
  switch (value.kind) {
    case 'constant':
      return UNKNOWN;
    case 'field':
      return value.isReference ? UNKNOWN : protocolsOf(value.fields, false);
    case 'slice':
    case 'negate':
    case 'names':
      return presenceOf(value.operand);
    case 'arithmetic':
      return both(presenceOf(value.left), presenceOf(value.right));
    case 'call':
      // The largest of several is there when any of them is.
      return { kind: 'or', operands: value.arguments.map(presenceOf) };
  }
}

function protocolsOf(fields: readonly FieldInfo[], isAnswer: boolean): ColumnTest {
  const ids = [...new Set(fields.map((field) => sectionOf(field) ?? field.protocol.id))];
  if (ids.includes('frame')) return isAnswer ? ALWAYS : UNKNOWN;
  // Marks of damage can stand anywhere.
  if (fields.some(({ protocol }) => protocol.spec.unnamed === true || protocol.id.startsWith('_ws'))) return UNKNOWN;
  // What no table leads to is called by others, or is a part of their messages.
  const mayHide = fields.some(({ protocol: { spec } }) => (spec.claims ?? []).length === 0 && (spec.guesses ?? []).length === 0 && spec.id !== 'data');
  return { kind: 'protocols', ids, isAnswer, mayHide, inBodies: fields.some(({ protocol }) => !NEVER_IN_BODIES.has(protocol.id)) };
}

function existing(value: CheckedValue, tables: AskedTables): ColumnTest {
  if (value.kind !== 'field' || value.isReference || value.layers !== null || value.isRaw) return presenceOf(value);
  if (value.fields.every(({ type }) => type === 'protocol')) return protocolsOf(value.fields, true);
  const column = columnOf(value, tables);
  return column === null ? presenceOf(value) : column.test(() => true, false);
}

// ── what columns answer ─────────────────────────────────────────────────────

type ValueTest = (value: RuntimeValue) => boolean;

/** A field that columns hold. */
interface FieldColumn {
  /** Packets in which any of the field's values (`all`: every one) fulfils a test. */
  readonly test: (holdsFor: ValueTest, all: boolean) => ColumnTest;
  /** For numbers within 32 bits: the same by ranges, without a call per packet. */
  readonly ranges?: (ranges: readonly NumberRange[]) => ColumnTest;
  /** For times: the same against a number of nanoseconds, without making one of each packet's. */
  readonly against?: (relation: Relation, nanos: bigint) => ColumnTest;
}

function compared({ left, right, relation, all }: Extract<CheckedTest, { kind: 'compare' }>, tables: AskedTables): ColumnTest | null {
  if (left.kind === 'constant' && right.kind === 'field') return compared({ kind: 'compare', left: right, right: left, relation: MIRRORED[relation], all }, tables);
  if (left.kind !== 'field' || right.kind !== 'constant') return null;
  const column = columnOf(left, tables);
  if (column === null) return null;
  const constant = right.value;
  if (column.ranges !== undefined && typeof constant === 'number') return column.ranges(rangesOf(relation, constant));
  if (column.against !== undefined && typeof constant === 'bigint') return column.against(relation, constant);
  return column.test((value) => holds(relation, orderOf(value, constant)), all);
}

const MIRRORED: Readonly<Record<Relation, Relation>> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

function rangesOf(relation: Relation, value: number): NumberRange[] {
  switch (relation) {
    case 'eq':
      return [{ low: value, high: value }];
    case 'ne':
      return [{ low: -Infinity, high: value - 1 }, { low: value + 1, high: Infinity }];
    case 'lt':
      return [{ low: -Infinity, high: value - 1 }];
    case 'le':
      return [{ low: -Infinity, high: value }];
    case 'gt':
      return [{ low: value + 1, high: Infinity }];
    case 'ge':
      return [{ low: value, high: Infinity }];
  }
}

function listed({ left, items, all }: Extract<CheckedTest, { kind: 'in' }>, tables: AskedTables): ColumnTest | null {
  if (left.kind !== 'field') return null;
  const column = columnOf(left, tables);
  const tests = items.map(itemTest);
  if (column === null || tests.includes(null)) return null;
  return column.test((value) => tests.some((test) => test?.(value) === true), all);
}

/** Null where the item is no constant. */
function itemTest({ low, high }: CheckedItem): ValueTest | null {
  if (low.kind !== 'constant' || (high !== null && high.kind !== 'constant')) return null;
  const first = low.value;
  const last = high?.value;
  if (last === undefined) return (value) => orderOf(value, first) === 0;
  return (value) => orderOf(value, first) >= 0 && orderOf(value, last) <= 0;
}

/** Null where no column has the field. */
function columnOf(field: Extract<CheckedValue, { kind: 'field' }>, tables: AskedTables): FieldColumn | null {
  if (field.layers !== null || field.isRaw || field.isReference) return null;
  const [protocol = '', name = ''] = splitName(field.name);
  const others = [...new Set(field.fields.map((one) => one.protocol.id))].filter((id) => id !== protocol);
  const column = ownColumn(protocol, name, tables);
  return column === null || others.length === 0 ? column : unlessOthers(column, others);
}

/** Where protocols share a field's name (UDP and UDP-Lite), the columns know the one; packets that have another are asked. */
function unlessOthers({ test, ranges, against }: FieldColumn, ids: readonly string[]): FieldColumn {
  const unless: ColumnTest = { kind: 'unless', ids };
  const guarded = (own: ColumnTest): ColumnTest => ({ kind: 'or', operands: [{ kind: 'and', operands: [own, { kind: 'not', operand: unless }] }, unless] });
  return {
    test: (holdsFor, all) => guarded(test(holdsFor, all)),
    ...(ranges === undefined ? {} : { ranges: (wanted) => guarded(ranges(wanted)) }),
    ...(against === undefined ? {} : { against: (relation, nanos) => guarded(against(relation, nanos)) }),
  };
}

function ownColumn(protocol: string, name: string, tables: AskedTables): FieldColumn | null {
  if (protocol === 'ip' || protocol === 'ipv6') return name === 'src' || name === 'dst' || name === 'addr' ? addressColumn(protocol === 'ip' ? 4 : 6, name, tables) : null;
  if (protocol === 'frame') return frameColumn(name, tables);
  if (protocol !== 'tcp' && protocol !== 'udp') return null;
  if (protocol === 'tcp' && (name === 'flags' || name.startsWith('flags.'))) return flagsColumn(name);
  if (protocol === 'tcp' && name.startsWith('analysis.')) return analysisColumn(name);
  return name === 'srcport' || name === 'dstport' || name === 'port' || name === 'stream' ? portColumn(protocol, name) : null;
}

function splitName(name: string): [string, string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

function portColumn(protocol: Extract<ConversationKind, 'tcp' | 'udp'>, name: 'srcport' | 'dstport' | 'port' | 'stream'): FieldColumn {
  const about = (test: (ends: NonNullable<Parameters<EndsTest>[0]>, conversation: number, sender: 0 | 1) => boolean): ColumnTest => ({
    kind: 'ends',
    bySender: name === 'srcport' || name === 'dstport',
    test: (ends, conversation, sender) => ends !== null && ends.kind === protocol && test(ends, conversation, sender),
  });
  return {
    test: (holdsFor, all) => {
      if (name === 'stream') return about((_ends, conversation) => holdsFor(conversation));
      if (name === 'srcport') return about((ends, conversation, sender) => holdsFor(ends.port(conversation, sender)));
      if (name === 'dstport') return about((ends, conversation, sender) => holdsFor(ends.port(conversation, sender === 0 ? 1 : 0)));
      return about((ends, conversation) => quantified(all, holdsFor(ends.port(conversation, 0)), holdsFor(ends.port(conversation, 1))));
    },
  };
}

function quantified(all: boolean, first: boolean, second: boolean): boolean {
  return all ? first && second : first || second;
}

function addressColumn(version: 4 | 6, name: 'src' | 'dst' | 'addr', { streams }: AskedTables): FieldColumn {
  const { addresses } = streams;
  return {
    test: (holdsFor, all) => {
      // Each address is judged once: most belong to many conversations. 0: not judged yet. One of the other version has no such field.
      let judged = new Uint8Array(addresses.count);
      const judge = (address: number): boolean => {
        const holds = addresses.version(address) === version && holdsFor(valueOf(addresses.bytes(address)));
        if (address >= judged.length) judged = withRoomFor(addresses.count, judged);
        judged[address] = holds ? FITS : FITS_NOT;
        return holds;
      };
      const fits = (address: number): boolean => {
        const known = judged[address];
        return known === undefined || known === 0 ? judge(address) : known === FITS;
      };
      return {
        kind: 'ends',
        bySender: name !== 'addr',
        test: (ends, conversation, sender) => {
          if (ends === null) return false;
          if (name !== 'addr') return fits(ends.address(conversation, (name === 'src') === (sender === 0) ? 0 : 1));
          return quantified(all, fits(ends.address(conversation, 0)), fits(ends.address(conversation, 1)));
        },
      };
    },
  };
}

const FITS_NOT = 1;
const FITS = 2;

function withRoomFor(count: number, array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(count, array.length * 2));
  longer.set(array);
  return longer;
}

function valueOf(address: Uint8Array): RuntimeValue {
  return address.length === 4 ? readU32(address, 0) : address;
}

/** RFC 9293 §3.1, RFC 3168 §6.1, RFC 9768 (AE). */
const FLAG_BITS: Readonly<Record<string, number>> = {
  'flags': 0xfff, 'flags.fin': 0x001, 'flags.syn': 0x002, 'flags.reset': 0x004, 'flags.push': 0x008, 'flags.ack': 0x010, 'flags.urg': 0x020, 'flags.ece': 0x040, 'flags.cwr': 0x080, 'flags.ae': 0x100,
};

function flagsColumn(name: string): FieldColumn | null {
  const mask = FLAG_BITS[name];
  if (mask === undefined) return null;
  const isWhole = name === 'flags';
  return {
    test: (holdsFor) => {
      const ranges: NumberRange[] = [];
      // A flag is 1 or 0, wherever in the header it stands.
      for (let value = 0; value <= (isWhole ? 0xfff : 1); value += 1) if (holdsFor(value)) ranges.push({ low: value * (isWhole ? 1 : mask), high: value * (isWhole ? 1 : mask) });
      return { kind: 'flags', mask, ranges };
    },
  };
}

/** What the analysis tells by fields that are there or not (see showAnalysis in protocols/tcp/analysis.ts). */
const ANALYSIS_BITS: Readonly<Record<string, number>> = {
  'analysis.flags': SEQUENCE_FLAGS,
  // Those of a special kind are said to be retransmissions as well.
  'analysis.retransmission': ANALYSIS.retransmission | ANALYSIS.fast_retransmission | ANALYSIS.spurious_retransmission,
  'analysis.fast_retransmission': ANALYSIS.fast_retransmission,
  'analysis.spurious_retransmission': ANALYSIS.spurious_retransmission,
  'analysis.out_of_order': ANALYSIS.out_of_order,
  'analysis.lost_segment': ANALYSIS.lost_segment,
  'analysis.ack_lost_segment': ANALYSIS.ack_lost_segment,
  'analysis.duplicate_ack': ANALYSIS.duplicate_ack,
  'analysis.keep_alive': ANALYSIS.keep_alive,
  'analysis.keep_alive_ack': ANALYSIS.keep_alive_ack,
  'analysis.zero_window': ANALYSIS.zero_window,
  'analysis.zero_window_probe': ANALYSIS.zero_window_probe,
  'analysis.zero_window_probe_ack': ANALYSIS.zero_window_probe_ack,
  'analysis.window_update': ANALYSIS.window_update,
  'analysis.window_full': ANALYSIS.window_full,
  'analysis.reused_ports': ANALYSIS.reused_ports,
};

function analysisColumn(name: string): FieldColumn | null {
  const bits = ANALYSIS_BITS[name];
  return bits === undefined ? null : { test: () => ({ kind: 'analysis', bits }) };
}

function frameColumn(name: string, { columns }: AskedTables): FieldColumn | null {
  switch (name) {
    case 'len':
      return numberColumn((chunk) => chunk.wireLength);
    case 'cap_len':
      return numberColumn((chunk) => chunk.capturedLength);
    case 'number':
      return { test: (holdsFor) => ({ kind: 'packet', test: (_chunk, base, at) => holdsFor(base + at + 1) }) };
    case 'time':
    case 'time_epoch':
      return timeColumn(() => 0n);
    case 'time_relative':
      return timeColumn(() => (columns.count > 0 && columns.hasTime(0) ? BigInt(columns.timeSeconds(0)) * 1_000_000_000n + BigInt(columns.timeNanos(0)) : 0n));
    default:
      return null;
  }
}

function numberColumn(column: Extract<ColumnTest, { kind: 'number' }>['column']): FieldColumn {
  return {
    test: (holdsFor) => ({ kind: 'packet', test: (chunk, _base, at) => holdsFor(column(chunk)[at] as number) }),
    ranges: (ranges) => ({ kind: 'number', column, ranges }),
  };
}

function splitNanos(nanos: bigint): [seconds: number, fraction: number] {
  const fraction = ((nanos % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return [Number((nanos - fraction) / 1_000_000_000n), Number(fraction)];
}

/** `origin`: nanoseconds from which times count. Packets without a time do not have the field. */
function timeColumn(origin: () => bigint): FieldColumn {
  return {
    against: (relation, nanos) => {
      let seconds = NaN;
      let fraction = 0;
      return {
        kind: 'packet',
        test: (chunk, _base, at) => {
          if (((chunk.marks[at] as number) & HAS_TIME) === 0) return false;
          if (Number.isNaN(seconds)) [seconds, fraction] = splitNanos(nanos + origin());
          const order = secondsAt(chunk, at) - seconds;
          return holds(relation, order === 0 ? (chunk.timeNanos[at] as number) - fraction : order);
        },
      };
    },
    test: (holdsFor) => ({
      kind: 'packet',
      test: (chunk, _base, at) => ((chunk.marks[at] as number) & HAS_TIME) !== 0 && holdsFor(BigInt(secondsAt(chunk, at)) * 1_000_000_000n + BigInt(chunk.timeNanos[at] as number) - origin()),
    }),
  };
}

