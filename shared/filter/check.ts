/**
 * Gives names their fields and literals their values, by the tables of the protocols, and refuses
 * what makes no sense: the tree that comes out can be run as it is.
 *
 * Where versions of Wireshark differ, 4.4 holds (docs/display-filter.md).
 */
import type { Registry } from '../dissect/registry.ts';
import { resultOf, takesOperator } from './arithmetic-type.ts';
import type { ArithmeticOperator, FieldOperand, Operand, Quantifier, Test } from './ast.ts';
import type { CheckedField, CheckedItem, CheckedTest, CheckedValue } from './checked.ts';
import { functionNamed } from './functions.ts';
import { hexBytesOf, integerOf, readLiteral } from './literals.ts';
import { isNameLike, loneValue, unknownFunction, unknownName } from './name-mistakes.ts';
import type { LiteralOperand } from './name-mistakes.ts';
import { byteTextOf } from './byte-text.ts';
import { computed, orderOf } from './order.ts';
import type { Relation } from './order.ts';
import { PatternError, translatePattern } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import { FilterError, replaceBy, spanning } from './problem.ts';
import type { Span } from './problem.ts';
import type { Comparison } from './scan.ts';
import { namedValues } from './value-names.ts';
import { canContain, canMatch, canSlice, familyOf, kindWords, plainType, typeOf } from './value-type.ts';
import type { ValueType } from './value-type.ts';

const RELATIONS: Readonly<Record<Comparison, { readonly relation: Relation; readonly all: boolean }>> = {
  '==': { relation: 'eq', all: false }, '!=': { relation: 'ne', all: true }, '===': { relation: 'eq', all: true }, '!==': { relation: 'ne', all: false },
  '<': { relation: 'lt', all: false }, '<=': { relation: 'le', all: false }, '>': { relation: 'gt', all: false }, '>=': { relation: 'ge', all: false },
};

/** Throws a FilterError at the first mistake. `text` is what the tree was read from. */
export function check(test: Test, text: string, registry: Registry): CheckedTest {
  return new Checker(text, registry).test(test);
}

class Checker {
  readonly #text: string;
  readonly #registry: Registry;

  constructor(text: string, registry: Registry) {
    this.#text = text;
    this.#registry = registry;
  }

  #source(span: Span): string {
    return this.#text.slice(span.start, span.end);
  }

  // ── tests ──────────────────────────────────────────────────────────────────

  test(test: Test): CheckedTest {
    switch (test.kind) {
      case 'logical':
        return { kind: 'logical', operator: test.operator, operands: test.operands.map((operand, index) => this.#operandTest(operand, test.operands[index - 1], test.operator)) };
      case 'not':
        return { kind: 'not', operand: this.test(test.operand) };
      case 'compare':
        return this.#compare(test);
      case 'contains':
        return this.#contains(test);
      case 'matches':
        return this.#matches(test);
      case 'in':
        return this.#membership(test);
      case 'exists':
        return this.#exists(test.operand);
    }
  }

  /** A value alone behind "or" was meant for the field before: tcp.port == 80 or 443. */
  #operandTest(test: Test, before: Test | undefined, operator: string): CheckedTest {
    if (test.kind !== 'exists' || this.#literalOf(test.operand) === null || before?.kind !== 'compare') return this.test(test);
    const field = this.#source(before.left);
    const value = this.#source(test);
    const fixes = [replaceBy(test, `${field} ${before.operatorText} ${value}`)];
    const set = { label: 'Use a set', text: `${field} in {${this.#source(before.right)}, ${value}}`, span: spanning(before, test) };
    throw new FilterError(test, `${value} alone is no test: the field has to be named each time, or the values go into a set.`, operator === 'or' && before.operator === '==' ? [set, ...fixes] : fixes);
  }

  #exists(operand: Operand): CheckedTest {
    const literal = this.#literalOf(operand);
    if (literal !== null) throw loneValue(literal, this.#source(literal.span), this.#registry);
    const value = this.#value(operand);
    if (value.kind === 'constant') throw new FilterError(operand, `${value.text} makes a number, and a number alone is no test: which field should have it?`);
    return { kind: 'exists', value };
  }

  // ── comparisons ────────────────────────────────────────────────────────────

  #compare(test: Extract<Test, { kind: 'compare' }>): CheckedTest {
    const { left, right } = this.#pair(test.left, test.right, this.#source(test.operatorSpan));
    const { relation, all } = RELATIONS[test.operator];
    return { kind: 'compare', relation, all: decided(test.quantifier, all), left, right };
  }

  /** Both sides of a comparison, of one family; a literal takes the type of the other side. */
  #pair(left: Operand, right: Operand, operator: string): { left: CheckedValue; right: CheckedValue } {
    const leftLiteral = this.#literalOf(left);
    const rightLiteral = this.#literalOf(right);
    if (leftLiteral !== null && rightLiteral !== null) throw this.#noField(leftLiteral, rightLiteral, operator);
    if (leftLiteral !== null) {
      const value = this.#comparable(this.#value(right));
      return { left: this.#literal(leftLiteral, value, true), right: value };
    }
    const value = this.#comparable(this.#value(left));
    if (rightLiteral !== null) return { left: value, right: this.#literal(rightLiteral, value, false) };
    const other = this.#value(right);
    if (familyOf(other.type.kind) !== familyOf(value.type.kind) || other.type.kind === 'none') throw this.#incompatible(value, other);
    return { left: value, right: other };
  }

  #comparable(value: CheckedValue): CheckedValue {
    if (value.type.kind !== 'none') return value;
    const name = this.#source(value.span);
    throw new FilterError(value.span, `${name} has no value to compare: it is there or it is not. Write "${name}" alone, or "not ${name}".`);
  }

  #noField(left: LiteralOperand, right: LiteralOperand, operator: string): FilterError {
    if (left.literal.kind === 'word' && isNameLike(left.literal.text)) return unknownName(left.literal.text, left.span, this.#registry);
    if (right.literal.kind === 'word' && isNameLike(right.literal.text)) return unknownName(right.literal.text, right.span, this.#registry);
    return new FilterError(spanning(left.span, right.span), `There is no field on either side of "${operator}": one side has to be a field, for example frame.len ${operator} ${this.#source(right.span)}.`);
  }

  #incompatible(left: CheckedValue, right: CheckedValue, place: Span = spanning(left.span, right.span)): FilterError {
    const name = this.#source(right.span);
    if (right.kind === 'field' && left.type.named !== null && right.type.kind === 'protocol') {
      const lower = name.toLowerCase();
      const found = namedValues(left.type.named).find((value) => value.name.toLowerCase() === lower);
      if (found !== undefined) return new FilterError(right.span, `${name} is a protocol here; the value of that name stands in quotation marks.`, [replaceBy(right.span, `"${found.name}"`)]);
    }
    return new FilterError(place, `${this.#source(left.span)} is ${kindWords(left.type)} and ${name} is ${kindWords(right.type)}: they cannot be compared.`);
  }

  #literal(operand: LiteralOperand, other: CheckedValue, isLeft: boolean): CheckedValue {
    const { literal, isNegative, span } = operand;
    const { type } = other;
    if (type.kind === 'string' && other.kind === 'slice' && literal.kind === 'word' && literal.text.includes(':')) {
      // A part of a text may also be compared with its bytes.
      const bytes = hexBytesOf(literal.text);
      if (bytes !== null) return { kind: 'constant', value: byteTextOf(bytes), text: literal.text, type, span };
    }
    const read = readLiteral(literal, type, isNegative);
    if ('value' in read) return { kind: 'constant', value: read.value, text: this.#source(span), type, span };
    if (isLeft && literal.kind === 'word' && isNameLike(literal.text)) throw unknownName(literal.text, span, this.#registry);
    throw new FilterError(span, read.reason, read.suggestion === undefined ? [] : [replaceBy(span, read.suggestion)]);
  }

  // ── contains, matches, in ──────────────────────────────────────────────────

  #contains(test: Extract<Test, { kind: 'contains' }>): CheckedTest {
    const left = this.#searched(test.left, 'contains', canContain);
    const literal = this.#literalOf(test.right);
    const searched = left.type.kind === 'ether' || left.type.kind === 'protocol' ? { ...left, type: plainType('bytes') } : left;
    const right = literal === null ? this.#value(test.right) : this.#literal(literal, searched, false);
    const leftFamily = familyOf(left.type.kind);
    if (familyOf(right.type.kind) !== leftFamily && !(leftFamily === 'bytes' && right.type.kind === 'string')) throw this.#incompatible(left, right);
    return { kind: 'contains', all: test.quantifier === 'all', left, right };
  }

  #matches(test: Extract<Test, { kind: 'matches' }>): CheckedTest {
    const left = this.#searched(test.left, 'matches', canMatch);
    if (test.right.kind !== 'string') {
      const source = this.#source(test.right);
      throw new FilterError(test.right, 'The pattern behind "matches" stands in double quotes; r"…" leaves its backslashes alone.', [replaceBy(test.right, /[\\"]/.test(source) ? `r"${source.replaceAll('"', '')}"` : `"${source}"`)]);
    }
    return { kind: 'matches', all: test.quantifier === 'all', left, pattern: this.#pattern(test.right) };
  }

  #pattern(operand: Extract<Operand, { kind: 'string' }>): Pattern {
    try {
      return translatePattern(operand.value, operand.text);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      const start = operand.end - 1 - operand.text.length;
      // With escapes in between, places in the pattern are not places in the filter.
      const span = operand.text === operand.value ? { start: start + error.at, end: start + Math.max(error.end, error.at + 1) } : operand;
      throw new FilterError({ start: Math.min(span.start, operand.end - 1), end: Math.min(span.end, operand.end) }, error.message);
    }
  }

  /** What is searched for text or bytes; values with names are searched by their names. */
  #searched(operand: Operand, operator: string, can: (kind: ValueType['kind']) => boolean): CheckedValue {
    const literal = this.#literalOf(operand);
    if (literal !== null) {
      if (literal.literal.kind === 'word' && isNameLike(literal.literal.text)) throw unknownName(literal.literal.text, literal.span, this.#registry);
      throw new FilterError(literal.span, `In front of "${operator}" stands the field that is searched, for example frame ${operator} "…".`);
    }
    const value = this.#value(operand);
    if (can(value.type.kind)) return value;
    if (value.type.kind === 'integer' && value.type.named !== null) return { kind: 'names', operand: value, type: plainType('string'), span: value.span };
    const name = this.#source(value.span);
    if (value.type.kind === 'none') throw new FilterError(value.span, `${name} has no value that could be searched: it is there or it is not.`);
    throw new FilterError(value.span, `${name} is ${kindWords(value.type)}, and "${operator}" searches text and bytes. As text it can be searched: string(${name}).`, [replaceBy(value.span, `string(${name})`)]);
  }

  #membership(test: Extract<Test, { kind: 'in' }>): CheckedTest {
    const literal = this.#literalOf(test.left);
    if (literal !== null && literal.literal.kind === 'word' && isNameLike(literal.literal.text)) throw unknownName(literal.literal.text, literal.span, this.#registry);
    if (literal !== null) throw new FilterError(literal.span, 'In front of "in" stands a field: tcp.port in {80, 443}.');
    const left = this.#comparable(this.#value(test.left));
    const items = test.items.map(({ low, high, ...span }): CheckedItem => {
      const first = this.#item(low, left);
      const last = high === null ? null : this.#item(high, left);
      if (first.kind === 'constant' && last?.kind === 'constant') this.#checkRange(first, last, span);
      return { low: first, high: last };
    });
    return { kind: 'in', all: test.quantifier === 'all', left, items };
  }

  #item(operand: Operand, left: CheckedValue): CheckedValue {
    const literal = this.#literalOf(operand);
    if (literal !== null) return this.#literal(literal, left, false);
    const value = this.#value(operand);
    if (familyOf(value.type.kind) !== familyOf(left.type.kind)) throw this.#incompatible(left, value, value.span);
    return value;
  }

  #checkRange(first: Extract<CheckedValue, { kind: 'constant' }>, last: Extract<CheckedValue, { kind: 'constant' }>, span: Span): void {
    const network = [first, last].find(({ text }) => text.includes('/'));
    if (network !== undefined) throw new FilterError(network.span, 'A network is no end of a range; it can stand in the set by itself.');
    if (orderOf(first.value, last.value) > 0) throw new FilterError(span, `This range ends (${last.text}) before it begins (${first.text}).`, [replaceBy(span, `${last.text}..${first.text}`)]);
  }

  // ── operands ───────────────────────────────────────────────────────────────

  /** The literal that an operand is; null where it is a field or is computed. */
  #literalOf(operand: Operand): LiteralOperand | null {
    if (operand.kind === 'string' || operand.kind === 'char') return { literal: operand, isNegative: false, span: operand };
    if (operand.kind === 'word') return this.#registry.fieldsNamed(operand.text).length > 0 ? null : { literal: operand, isNegative: false, span: operand };
    if (operand.kind !== 'negate') return null;
    const inner = this.#literalOf(operand.operand);
    return inner === null ? null : { ...inner, isNegative: !inner.isNegative, span: operand };
  }

  #value(operand: Operand): CheckedValue {
    switch (operand.kind) {
      case 'word':
        return this.#fieldNamed(operand.text, operand, operand, null, false, false);
      case 'field':
        return this.#field(operand);
      case 'slice':
        return this.#slice(operand);
      case 'call':
        return this.#call(operand);
      case 'arithmetic':
        return this.#arithmetic(operand);
      case 'negate':
        return this.#negate(operand);
      default:
        throw new FilterError(operand, `${this.#source(operand)} is a value; a field belongs here.`);
    }
  }

  #field({ name, nameSpan, layers, isRaw, isReference, ...span }: FieldOperand): CheckedValue {
    return this.#fieldNamed(name, nameSpan, span, layers, isRaw, isReference);
  }

  #fieldNamed(name: string, nameSpan: Span, span: Span, layers: CheckedField['layers'], isRaw: boolean, isReference: boolean): CheckedValue {
    const fields = this.#registry.fieldsNamed(name);
    const [first] = fields;
    if (first === undefined) throw unknownName(name, nameSpan, this.#registry);
    return { kind: 'field', name, fields, layers, isRaw, isReference, type: isRaw ? plainType('bytes') : typeOf(first), span: { start: span.start, end: span.end } };
  }

  #slice({ operand, ranges, ...span }: Extract<Operand, { kind: 'slice' }>): CheckedValue {
    const literal = this.#literalOf(operand);
    if (literal !== null) throw literal.literal.kind === 'word' ? unknownName(literal.literal.text, literal.span, this.#registry) : new FilterError(literal.span, 'Parts are taken of fields, not of a value that is written down.');
    const value = this.#value(operand);
    const name = this.#source(value.span);
    if (!canSlice(value.type.kind)) throw new FilterError(span, `${name} is ${kindWords(value.type)}, of which no part can be taken. Its bytes have parts: @${name}[…].`, value.kind === 'field' && !value.isRaw && value.type.kind !== 'none' ? [replaceBy(value.span, `@${name}`)] : []);
    return { kind: 'slice', operand: value, ranges, type: value.type.kind === 'string' ? plainType('string') : plainType('bytes'), span };
  }

  #call({ name, nameSpan, arguments: operands, ...span }: Extract<Operand, { kind: 'call' }>): CheckedValue {
    const called = functionNamed(name);
    if (called === undefined) throw unknownFunction(name, nameSpan, this.#registry);
    const [least, most] = called.arguments;
    if (operands.length < least || operands.length > most) {
      const wanted = least === most ? (least === 1 ? 'one value' : `${least} values`) : `at least ${least === 1 ? 'one value' : `${least} values`}`;
      throw new FilterError(operands.length > most ? spanning(operands[most] as Span, operands.at(-1) as Span) : span, `${name}() takes ${wanted}, not ${operands.length}.`);
    }
    const values = this.#arguments(name, operands);
    if (called.wantsField === true && values.some((value) => value.kind !== 'field')) throw new FilterError(operands[0] as Span, `${name}() takes a field as it stands.`);
    const type = called.type(values.map((value) => value.type));
    if (typeof type === 'string') throw new FilterError(operands.length === 1 ? (operands[0] as Span) : span, type);
    return { kind: 'call', function: called, arguments: values, type, span };
  }

  /** Literals among them take the type of the first that is none. */
  #arguments(name: string, operands: readonly Operand[]): readonly CheckedValue[] {
    const literals = operands.map((operand) => this.#literalOf(operand));
    const values = operands.map((operand, index) => (literals[index] === null ? this.#value(operand) : null));
    const typed = values.find((value) => value !== null);
    return values.map((value, index) => {
      if (value !== null && value !== undefined) return value;
      const literal = literals[index] as LiteralOperand;
      if (typed !== undefined && typed !== null) return this.#literal(literal, typed, false);
      throw literal.literal.kind === 'word' && isNameLike(literal.literal.text) ? unknownName(literal.literal.text, literal.span, this.#registry) : new FilterError(literal.span, `${name}() takes a field, not a value that is written down.`);
    });
  }

  #negate({ operand, ...span }: Extract<Operand, { kind: 'negate' }>): CheckedValue {
    const value = this.#value(operand);
    const { kind } = value.type;
    if (kind !== 'integer' && kind !== 'float' && kind !== 'duration') throw new FilterError(span, `${this.#source(value.span)} is ${kindWords(value.type)}, which has no negative.`);
    return { kind: 'negate', operand: value, type: plainType(kind), span };
  }

  #arithmetic({ operator, operatorSpan, left, right, ...span }: Extract<Operand, { kind: 'arithmetic' }>): CheckedValue {
    const leftLiteral = this.#literalOf(left);
    const rightLiteral = this.#literalOf(right);
    if (leftLiteral !== null && rightLiteral !== null) return this.#folded(operator, leftLiteral, rightLiteral, span);
    const leftValue = leftLiteral === null ? this.#value(left) : null;
    const rightValue = rightLiteral === null ? this.#value(right) : null;
    const first = leftValue ?? this.#computed(leftLiteral as LiteralOperand, rightValue, operator, span);
    const second = rightValue ?? this.#computed(rightLiteral as LiteralOperand, leftValue, operator, span);
    const type = resultOf(operator, first.type, second.type);
    if (type !== null) return { kind: 'arithmetic', operator, left: first, right: second, type, span };
    const wrong = [first, second].find((value) => !takesOperator(operator, value.type));
    if (wrong !== undefined) throw this.#notComputable(operator, wrong);
    throw new FilterError(operatorSpan, `${capitalised(kindWords(first.type))} and ${kindWords(second.type)} cannot be combined by "${operator}".`);
  }

  #notComputable(operator: ArithmeticOperator, { span, type }: CheckedValue): FilterError {
    return new FilterError(span, `${this.#source(span)} is ${kindWords(type)}: ${operator === '&' ? 'whole numbers, bytes and addresses have bits to combine' : `"${operator}" computes with numbers and times`}.`);
  }

  /** Two numbers that are written down make one. */
  #folded(operator: ArithmeticOperator, left: LiteralOperand, right: LiteralOperand, span: Span): CheckedValue {
    for (const { literal, span: place } of [left, right]) {
      if (literal.kind === 'word' && isNameLike(literal.text)) throw unknownName(literal.text, place, this.#registry);
      if (literal.kind === 'string') throw new FilterError(place, `Text cannot be computed with: "${operator}" takes numbers.`);
    }
    const isFloat = [left, right].some(({ literal }) => literal.kind === 'word' && integerOf(literal.text) === null);
    const type = plainType(isFloat ? 'float' : 'integer');
    const [first, second] = [left, right].map((operand) => this.#literal(operand, { kind: 'constant', value: 0, text: '', type, span }, false)) as [CheckedValue, CheckedValue];
    const value = first.kind === 'constant' && second.kind === 'constant' ? computed(operator, first.value as number, second.value as number, isFloat) : null;
    if (value === null) throw new FilterError(span, 'This has no result: a division by zero, or a number of more than 64 bits.');
    return { kind: 'constant', value, text: this.#source(span), type, span };
  }

  #computed(operand: LiteralOperand, other: CheckedValue | null, operator: ArithmeticOperator, span: Span): CheckedValue {
    if (operand.literal.kind === 'word' && isNameLike(operand.literal.text) && (other === null || familyOf(other.type.kind) === 'number')) throw unknownName(operand.literal.text, operand.span, this.#registry);
    if (other === null) throw new FilterError(span, 'A field is needed on one side.');
    if (!takesOperator(operator, other.type)) throw this.#notComputable(operator, other);
    const isScalar = (operator === '*' || operator === '/') && other.type.kind === 'duration';
    const type = isScalar ? plainType('float') : other.type.kind === 'integer' ? plainType('integer') : other.type.kind === 'time' ? plainType('duration') : other.type.kind === 'protocol' ? plainType('bytes') : other.type;
    return this.#literal(operand, { ...other, type }, false);
  }
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** As the operator has it, unless `any` or `all` stand before the test. */
function decided(quantifier: Quantifier, all: boolean): boolean {
  return quantifier === null ? all : quantifier === 'all';
}
