/**
 * Columns of the user's own: what a packet has for "http.host or tls.handshake.extensions_server_name",
 * "tcp.len + 20", or for a whole test. As in Wireshark's custom columns, values of all fields stand
 * behind each other with commas between, an occurrence counts within each field, and a test that
 * holds shows a check mark (User's Guide, "Packet List Columns"; tried on 4.0.17).
 */
import type { FieldInfo } from '../dissect/field.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { valueText } from '../dissect/values.ts';
import type { CheckedTest, CheckedValue } from './checked.ts';
import { compile, PatternTimeout, valuesOf } from './compile.ts';
import type { CompileOptions, PacketValues } from './compile.ts';
import { valueAsText } from './functions.ts';
import type { RuntimeValue } from './order.ts';
import { entriesOfField, valueAt } from './packet-fields.ts';
import type { PacketFields } from './packet-fields.ts';
import { valueName } from './value-names.ts';
import { kindOf } from './value-type.ts';

/** How the values of a column are shown. */
export interface ColumnLook {
  /** Which of a field's values is meant: 1 the first, −1 the last, 0 all of them. */
  readonly occurrence: number;
  /** Names in the place of numbers that have some: "TCP" for 6. */
  readonly names: boolean;
}

export interface PacketColumn {
  /** All fields that have to be on the tape. */
  readonly fields: ReadonlySet<FieldInfo>;
  /** Its values compare as numbers. */
  readonly isNumeric: boolean;
  /** What stands in the column for a packet whose fields are on the tape; "" where it has none. */
  readonly text: (run: Dissection) => string;
  /** The first value as a number; NaN where there is none. */
  readonly number: (run: Dissection) => number;
}

const HOLDS = '✓';
/** For a packet on which a pattern takes too long to be tried. */
const UNDECIDED = '?';

/** `test` is the column's text, read as a filter; null for an empty one. */
export function compileColumn(test: CheckedTest | null, look: ColumnLook, options: CompileOptions): PacketColumn {
  if (test === null) return { fields: new Set(), isNumeric: false, text: () => '', number: () => NaN };
  const { packet, fields, matches } = compile(test, options);
  const values = valuesIn(test);
  if (values === null) return testColumn(packet, fields, matches);
  const parts = values.map((value) => partOf(value, look, packet, options));
  const isNumeric = values.every((value) => isNumber(value, look));
  return {
    fields,
    isNumeric,
    text: (run) => {
      packet.load(run);
      return parts.flatMap((part) => chosen(part.texts(packet), look.occurrence)).join(',');
    },
    number: (run) => {
      packet.load(run);
      const [first] = parts.flatMap((part) => chosen(part.values(packet), look.occurrence));
      return first === undefined ? NaN : Number(first);
    },
  };
}

/** The values that a column lists; null where it is a test. */
function valuesIn(test: CheckedTest): readonly CheckedValue[] | null {
  if (test.kind === 'exists') return [test.value];
  if (test.kind !== 'logical' || test.operator !== 'or') return null;
  const values = test.operands.flatMap((operand) => (operand.kind === 'exists' ? [operand.value] : []));
  return values.length === test.operands.length ? values : null;
}

function testColumn(packet: PacketFields, fields: ReadonlySet<FieldInfo>, matches: (packet: PacketFields) => boolean): PacketColumn {
  /** Null once a pattern took too long: it would with other packets, too. */
  let holds: boolean | null = false;
  const judge = (run: Dissection): boolean | null => {
    if (holds === null) return null;
    packet.load(run);
    try {
      holds = matches(packet);
    } catch (error) {
      if (!(error instanceof PatternTimeout)) throw error;
      holds = null;
    }
    return holds;
  };
  return {
    fields,
    isNumeric: true,
    text: (run) => ({ true: HOLDS, false: '', null: UNDECIDED })[`${judge(run)}`],
    number: (run) => (judge(run) === true ? 1 : NaN),
  };
}

interface Part {
  readonly texts: (packet: PacketFields) => readonly string[];
  readonly values: PacketValues;
}

function partOf(value: CheckedValue, look: ColumnLook, packet: PacketFields, options: CompileOptions): Part {
  const values = valuesOf(value, packet, options);
  if (value.kind === 'field' && !value.isRaw && !value.isReference) return { values, texts: (at) => fieldTexts(at, value, look) };
  return { values, texts: (at) => values(at).map((one) => textOf(one, value, look)) };
}

/** A field's values as `-T fields` prints them, in the order of the packet. */
function fieldTexts(packet: PacketFields, wanted: Extract<CheckedValue, { kind: 'field' }>, look: ColumnLook): string[] {
  const { tape } = packet.run;
  return entriesOfField(packet, wanted).map((entry) => {
    const field = tape.fields[entry] as FieldInfo;
    if (field.type === 'protocol') return field.spec.label;
    const kind = kindOf(field.type);
    const name = look.names && (kind === 'integer' || kind === 'bool') ? valueName(field, Number(valueAt(packet, entry, kind))) : undefined;
    return name ?? valueText(tape, entry);
  });
}

function textOf(value: RuntimeValue, { type }: CheckedValue, { names }: ColumnLook): string {
  const name = names && type.named !== null ? valueName(type.named, Number(value)) : undefined;
  return name ?? valueAsText(value, type);
}

function isNumber({ type }: CheckedValue, { names }: ColumnLook): boolean {
  if (names && type.named !== null) return false;
  return ['integer', 'float', 'bool', 'duration', 'time'].includes(type.kind);
}

/** The occurrence that is meant, if it is there; all where none is chosen. */
function chosen<T>(all: readonly T[], occurrence: number): readonly T[] {
  if (occurrence === 0) return all;
  const at = occurrence > 0 ? occurrence - 1 : all.length + occurrence;
  return at >= 0 && at < all.length ? [all[at] as T] : [];
}
