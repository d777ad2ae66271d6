/** The names that fields have for their values, as the tree shows them: 6 is "TCP" in ip.proto. */
import type { FieldInfo } from '../dissect/field.ts';
import { nameOf } from '../dissect/values.ts';

export interface NamedValue {
  readonly value: number;
  readonly name: string;
}

const known = new WeakMap<FieldInfo, readonly NamedValue[]>();
/** Names given by a function are looked for up to here: all values of two bytes. */
const MOST_ASKED = 65_536;

/** All values that have names, ascending. Asked for single fields only: some have thousands. */
export function namedValues(field: FieldInfo): readonly NamedValue[] {
  let values = known.get(field);
  if (values === undefined) {
    values = readNames(field);
    known.set(field, values);
  }
  return values;
}

function readNames({ spec, type, width }: FieldInfo): NamedValue[] {
  if (type === 'bool') return [{ value: 0, name: spec.states?.[1] ?? 'Not set' }, { value: 1, name: spec.states?.[0] ?? 'Set' }];
  const { names } = spec;
  if (names === undefined) return [];
  if (typeof names !== 'function') return Object.entries(names).map(([value, name]) => ({ value: Number(value), name }));
  const values: NamedValue[] = [];
  const end = Math.min(MOST_ASKED, width > 0 && width < 3 ? 256 ** width : MOST_ASKED);
  for (let value = 0; value < end; value += 1) {
    const name = names(value);
    if (name !== undefined) values.push({ value, name });
  }
  return values;
}

/** The name of one value; undefined where it has none. */
export function valueName(field: FieldInfo, value: number): string | undefined {
  if (field.type === 'bool') return namedValues(field)[value === 0 ? 0 : 1]?.name;
  return nameOf(field.spec.names, value);
}
