/** A filter whose names, types and values are known: what compile.ts, explain.ts and columns.ts work from. */
import type { FieldInfo } from '../dissect/field.ts';
import type { Range } from './ast.ts';
import type { FilterFunction } from './functions.ts';
import type { Constant } from './literals.ts';
import type { Relation } from './order.ts';
import type { Pattern } from './pattern.ts';
import type { Span } from './problem.ts';
import type { ValueType } from './value-type.ts';

export type CheckedTest =
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or' | 'xor'; readonly operands: readonly CheckedTest[] }
  | { readonly kind: 'not'; readonly operand: CheckedTest }
  /** `all`: all pairs of a left and a right value have to be so, and there has to be one; else any. */
  | { readonly kind: 'compare'; readonly relation: Relation; readonly all: boolean; readonly left: CheckedValue; readonly right: CheckedValue }
  | { readonly kind: 'contains'; readonly all: boolean; readonly left: CheckedValue; readonly right: CheckedValue }
  | { readonly kind: 'matches'; readonly all: boolean; readonly left: CheckedValue; readonly pattern: Pattern }
  | { readonly kind: 'in'; readonly all: boolean; readonly left: CheckedValue; readonly items: readonly CheckedItem[] }
  | { readonly kind: 'exists'; readonly value: CheckedValue };

export interface CheckedItem {
  readonly low: CheckedValue;
  readonly high: CheckedValue | null;
}

export type CheckedValue = { readonly type: ValueType; readonly span: Span } & (
  | CheckedField
  | { readonly kind: 'constant'; readonly value: Constant; readonly text: string }
  | { readonly kind: 'slice'; readonly operand: CheckedValue; readonly ranges: readonly Range[] }
  | { readonly kind: 'call'; readonly function: FilterFunction; readonly arguments: readonly CheckedValue[] }
  | { readonly kind: 'arithmetic'; readonly operator: '+' | '-' | '*' | '/' | '%' | '&'; readonly left: CheckedValue; readonly right: CheckedValue }
  | { readonly kind: 'negate'; readonly operand: CheckedValue }
  /** Names instead of numbers, where text is looked for in a field whose values have names. */
  | { readonly kind: 'names'; readonly operand: CheckedValue }
);

export interface CheckedField {
  readonly kind: 'field';
  readonly name: string;
  /** Several protocols may have fields of one name. */
  readonly fields: readonly FieldInfo[];
  readonly isRaw: boolean;
  /** The values that the selected packet has, not those of the packet at hand. */
  readonly isReference: boolean;
  readonly layers: readonly Range[] | null;
}

/** All values below a test, operands of operands included. */
export function* valuesIn(test: CheckedTest): Generator<CheckedValue> {
  switch (test.kind) {
    case 'logical':
      for (const operand of test.operands) yield* valuesIn(operand);
      return;
    case 'not':
      yield* valuesIn(test.operand);
      return;
    case 'compare':
    case 'contains':
      yield* partsOf(test.left);
      yield* partsOf(test.right);
      return;
    case 'matches':
      yield* partsOf(test.left);
      return;
    case 'in':
      yield* partsOf(test.left);
      for (const { low, high } of test.items) {
        yield* partsOf(low);
        if (high !== null) yield* partsOf(high);
      }
      return;
    case 'exists':
      yield* partsOf(test.value);
  }
}

export function* partsOf(value: CheckedValue): Generator<CheckedValue> {
  yield value;
  switch (value.kind) {
    case 'slice':
    case 'negate':
    case 'names':
      yield* partsOf(value.operand);
      return;
    case 'call':
      for (const argument of value.arguments) yield* partsOf(argument);
      return;
    case 'arithmetic':
      yield* partsOf(value.left);
      yield* partsOf(value.right);
      return;
    default:
  }
}
