/** A filter as it is written: what stands where, before anybody asked what the names mean. */
import type { Span } from './problem.ts';
import type { Comparison } from './scan.ts';

/** `any`: one value is enough; `all`: every value has to; null: as the operator has it. */
export type Quantifier = 'any' | 'all' | null;

export type Test =
  | LogicalTest
  | (Span & { readonly kind: 'not'; readonly operand: Test; readonly operator: Span })
  | (Span & { readonly kind: 'compare'; readonly operator: Comparison; readonly operatorSpan: Span; readonly operatorText: string; readonly quantifier: Quantifier; readonly left: Operand; readonly right: Operand })
  | (Span & { readonly kind: 'contains'; readonly quantifier: Quantifier; readonly left: Operand; readonly right: Operand })
  | (Span & { readonly kind: 'matches'; readonly quantifier: Quantifier; readonly left: Operand; readonly right: Operand })
  | (Span & { readonly kind: 'in'; readonly quantifier: Quantifier; readonly left: Operand; readonly items: readonly SetItem[] })
  /** An operand alone: it is there, and, where it is computed, not zero. */
  | (Span & { readonly kind: 'exists'; readonly quantifier: Quantifier; readonly operand: Operand });

/** Two and more tests, joined by one kind of operator. */
export interface LogicalTest extends Span {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or' | 'xor';
  readonly operands: readonly Test[];
  /** It stands in parentheses. */
  readonly isGrouped?: true;
}

export interface SetItem extends Span {
  readonly low: Operand;
  /** The end of a range, which belongs to it; null for a single value. */
  readonly high: Operand | null;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&';

export type Operand =
  /** A name, or a literal without quotation marks. */
  | (Span & { readonly kind: 'word'; readonly text: string })
  | (Span & { readonly kind: 'string'; readonly value: string; readonly text: string })
  | (Span & { readonly kind: 'char'; readonly value: number; readonly text: string })
  | FieldOperand
  | (Span & { readonly kind: 'slice'; readonly operand: Operand; readonly ranges: readonly Range[] })
  | (Span & { readonly kind: 'call'; readonly name: string; readonly nameSpan: Span; readonly arguments: readonly Operand[] })
  | (Span & { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly operatorSpan: Span; readonly left: Operand; readonly right: Operand })
  | (Span & { readonly kind: 'negate'; readonly operand: Operand });

/** A word that can only be a field: with `@`, `#` or a leading dot, or the selected packet's value of one (`$`). */
export interface FieldOperand extends Span {
  readonly kind: 'field';
  readonly name: string;
  readonly nameSpan: Span;
  readonly isRaw: boolean;
  readonly isReference: boolean;
  readonly layers: readonly Range[] | null;
}

/** Part of a value, or layers: `from` may count from the end (negative). */
export interface Range extends Span {
  readonly from: number;
  /** The end is so many places behind the beginning, or stands there (and belongs to it), or is that of the value. */
  readonly to: { readonly kind: 'length' | 'offset'; readonly value: number } | { readonly kind: 'end' };
}
