/**
 * Tokens to a tree, by precedence climbing. From weak to strong: or, xor, and, not; comparisons,
 * contains, matches, in; & (bits), + and -, * / and %, signs.
 *
 * The grammar is Wireshark's (man page wireshark-filter, 4.4). Size and depth are bounded
 * (limits.ts), so hostile text ends in a message like any other mistake.
 */
import type { ArithmeticOperator, FieldOperand, Operand, Quantifier, SetItem, Test } from './ast.ts';
import { MAX_DEPTH, MAX_TEXT } from './limits.ts';
import { unexpected, unexpectedBehind } from './parse-mistakes.ts';
import { layerRanges, sliceRanges } from './parse-ranges.ts';
import { FilterError, replaceBy, spanning } from './problem.ts';
import type { Span } from './problem.ts';
import type { Symbol, Token } from './scan.ts';
import { TokenCursor } from './token-cursor.ts';

/** The filter's tree; null where the text is empty, which every packet matches. Throws a FilterError. */
export function parse(text: string): Test | null {
  if (text.length > MAX_TEXT) throw new FilterError({ start: MAX_TEXT, end: text.length }, `This filter has ${text.length.toLocaleString('en')} characters; ${MAX_TEXT.toLocaleString('en')} is the most that one may have.`);
  const parser = new Parser(text);
  return parser.next.kind === 'end' ? null : parser.filter();
}

const LOGICAL = ['or', 'xor', 'and'] as const;
const ARITHMETIC: readonly (readonly Symbol[])[] = [['&'], ['+', '-'], ['*', '/', '%']];

class Parser extends TokenCursor {
  filter(): Test {
    const test = this.#logical(0);
    if (this.next.kind !== 'end') throw unexpectedBehind(this, test);
    return test;
  }

  // ── tests ──────────────────────────────────────────────────────────────────

  #logical(level: number): Test {
    const operator = LOGICAL[level];
    if (operator === undefined) return this.#not();
    const first = this.#logical(level + 1);
    const operands = [first];
    while (this.next.kind === 'keyword' && this.next.keyword === operator) {
      const joint = this.take();
      this.refuseEnd(`Behind "${this.text.slice(joint.start, joint.end)}" a test is missing.`);
      operands.push(this.#logical(level + 1));
    }
    return operands.length === 1 ? first : { kind: 'logical', operator, operands, ...spanning(first, operands.at(-1) as Test) };
  }

  #not(): Test {
    const token = this.next;
    if (token.kind !== 'keyword' || token.keyword !== 'not') return this.#relation();
    this.take();
    this.refuseEnd(`Behind "${token.text}" a test is missing.`);
    const operand = this.deeper(token, () => this.#not());
    return { kind: 'not', operand, operator: token, ...spanning(token, operand) };
  }

  #relation(): Test {
    const open = this.next;
    if (this.takeIf('(')) return this.#group(open);
    const quantifier = this.#quantifier();
    const left = this.#operand();
    const token = this.next;
    if (token.kind === 'compare') return this.#comparisons(quantifier, left, open);
    if (token.kind === 'keyword' && (token.keyword === 'contains' || token.keyword === 'matches')) {
      this.take();
      this.refuseEnd(`Behind "${token.text}" the text to look for is missing.`);
      const right = this.#operand();
      return { kind: token.keyword, quantifier, left, right, ...spanning(open, right) };
    }
    if (token.kind === 'keyword' && token.keyword === 'in') return this.#membership(quantifier, left, open);
    const behind = this.peek(1);
    if (token.kind === 'keyword' && token.keyword === 'not' && behind.kind === 'keyword' && behind.keyword === 'in') {
      this.take();
      const operand = this.#membership(quantifier, left, open);
      return { kind: 'not', operand, operator: token, ...spanning(open, operand) };
    }
    return { kind: 'exists', quantifier, operand: left, ...spanning(open, left) };
  }

  #group(open: Token): Test {
    this.refuseEnd('Behind "(" a test is missing.');
    if (this.isSymbol(')')) throw new FilterError(spanning(open, this.next), 'There is nothing between the parentheses: put a test there, or take them away.');
    const inner = this.deeper(open, () => this.#logical(0));
    if (!this.takeIf(')')) {
      if (this.next.kind !== 'end') throw unexpectedBehind(this, inner);
      throw new FilterError(open, 'This parenthesis is never closed.', [{ label: 'Add ")"', text: ')', span: { start: inner.end, end: inner.end } }]);
    }
    const close = this.before;
    if (this.next.kind === 'symbol' && ['+', '-', '*', '/', '%', '&'].includes(this.next.symbol)) {
      throw new FilterError(spanning(open, close), 'Parentheses hold tests; to compute with a part first, put it in braces.', [replaceBy(spanning(open, close), `{${this.text.slice(inner.start, inner.end)}}`)]);
    }
    if (this.next.kind === 'compare') {
      const content = this.text.slice(inner.start, inner.end);
      const isValue = inner.kind === 'exists';
      throw new FilterError(spanning(open, close), isValue ? 'Parentheses hold tests; around a value stand braces, or nothing.' : 'Parentheses hold tests, and the outcome of a test cannot be compared.', isValue ? [replaceBy(spanning(open, close), /[-+*/%&]/.test(content) ? `{${content}}` : content)] : []);
    }
    return { ...inner, ...(inner.kind === 'logical' ? { isGrouped: true as const } : {}), start: open.start, end: close.end };
  }

  /** `any` and `all` are words like others unless an operand follows. */
  #quantifier(): Quantifier {
    const token = this.next;
    if (token.kind !== 'word' || (token.text !== 'any' && token.text !== 'all')) return null;
    const behind = this.peek(1);
    const startsOperand = behind.kind === 'word' || (behind.kind === 'symbol' && ['@', '{', '$', '-', '+'].includes(behind.symbol));
    if (!startsOperand) return null;
    this.take();
    return token.text;
  }

  /** a < b < c means a < b and b < c. */
  #comparisons(quantifier: Quantifier, first: Operand, open: Span): Test {
    const tests: Test[] = [];
    let left = first;
    let from = open;
    while (this.next.kind === 'compare') {
      const token = this.next;
      this.take();
      this.refuseEnd(`Behind "${token.text}" the value to compare with is missing.`);
      const right = this.#operand();
      tests.push({ kind: 'compare', operator: token.operator, operatorSpan: token, operatorText: token.text, quantifier, left, right, ...spanning(from, right) });
      left = right;
      from = right;
    }
    const [only] = tests;
    return tests.length === 1 && only !== undefined ? only : { kind: 'logical', operator: 'and', operands: tests, ...spanning(open, left) };
  }

  #membership(quantifier: Quantifier, left: Operand, from: Span): Test {
    const word = this.take();
    const open = this.next;
    if (!this.takeIf('{')) {
      if (open.kind === 'end') throw new FilterError(word, 'Behind "in" the set of values is missing: in {80, 443, 8000..8080}.');
      throw new FilterError(open, 'The values behind "in" stand in braces, with commas between them: in {80, 443, 8000..8080}.');
    }
    if (this.isSymbol('}')) throw new FilterError(spanning(open, this.next), 'This set is empty, so nothing can be in it: put values between the braces.');
    const items: SetItem[] = [];
    do items.push(this.#setItem(open));
    while (this.takeIf(','));
    if (!this.takeIf('}')) throw this.#unclosedSet(open, items.at(-1) as SetItem);
    return { kind: 'in', quantifier, left, items, ...spanning(from, this.before) };
  }

  #setItem(open: Span): SetItem {
    if (this.next.kind === 'end') throw new FilterError(open, 'This brace is never closed.');
    if (this.isSymbol('}')) throw new FilterError(this.next, 'A value is missing between the comma and this brace.');
    const low = this.#signed();
    if (!this.takeIf('..')) return { low, high: null, start: low.start, end: low.end };
    if (this.isSymbol('}') || this.isSymbol(',')) throw new FilterError(this.before, 'A range needs both ends: {8000..8080}. For "from here on" use >=.');
    const high = this.#signed();
    return { low, high, ...spanning(low, high) };
  }

  #unclosedSet(open: Span, last: SetItem): FilterError {
    const token = this.next;
    if (token.kind === 'end') return new FilterError(open, 'This brace is never closed.', [{ label: 'Add "}"', text: '}', span: { start: last.end, end: last.end } }]);
    const isValue = token.kind === 'word' || token.kind === 'string' || token.kind === 'char';
    const comma = { label: 'Add a comma', text: ', ', span: { start: last.end, end: token.start } };
    return new FilterError(token, isValue ? 'A comma is missing in front of this value.' : `${this.quote(token)} does not belong into a set: values, with commas between them, and ranges such as 8000..8080 do.`, isValue ? [comma] : []);
  }

  // ── operands ───────────────────────────────────────────────────────────────

  #operand(): Operand {
    return this.#arithmetic(0);
  }

  #arithmetic(level: number): Operand {
    const symbols = ARITHMETIC[level];
    if (symbols === undefined) return this.#signed();
    let left = this.#arithmetic(level + 1);
    for (;;) {
      const token = this.next;
      if (token.kind !== 'symbol' || !symbols.includes(token.symbol)) return left;
      this.take();
      this.refuseEnd(`Behind "${this.text.slice(token.start, token.end)}" a value is missing.`);
      this.countTerm(token);
      const right = this.#arithmetic(level + 1);
      left = { kind: 'arithmetic', operator: token.symbol as ArithmeticOperator, operatorSpan: token, left, right, ...spanning(left, right) };
      this.#limitChain(left);
    }
  }

  /** A chain is a tree as deep as it is long. */
  #limitChain(operand: Operand): void {
    let depth = 0;
    for (let at = operand; at.kind === 'arithmetic'; at = at.left) depth += 1;
    if (depth > MAX_DEPTH) throw new FilterError(operand, `This expression has more than ${MAX_DEPTH} operators.`);
  }

  #signed(): Operand {
    const token = this.next;
    if (token.kind !== 'symbol' || (token.symbol !== '-' && token.symbol !== '+')) return this.#entity();
    this.take();
    this.refuseEnd(`Behind "${token.symbol}" a value is missing.`);
    const operand = this.deeper(token, () => this.#signed());
    if (token.symbol === '+') return { ...operand, start: token.start };
    return { kind: 'negate', operand, ...spanning(token, operand) };
  }

  #entity(): Operand {
    const token = this.next;
    this.countTerm(token);
    let operand = this.#primary(token);
    while (this.isSymbol('[')) {
      const ranges = sliceRanges(this);
      operand = { kind: 'slice', operand, ranges, ...spanning(operand, this.before) };
    }
    return operand;
  }

  #primary(token: Token): Operand {
    switch (token.kind) {
      case 'word':
        this.take();
        return this.#word(token);
      case 'string':
      case 'char':
        this.take();
        return token;
      case 'symbol':
        if (token.symbol === '{') return this.#braces(token);
        if (token.symbol === '@') return this.#raw(token);
        if (token.symbol === '$') return this.#reference(token, false);
        throw unexpected(this, token);
      default:
        throw unexpected(this, token);
    }
  }

  #word(token: Token & { kind: 'word' }): Operand {
    if (this.isSymbol('(') && /^[A-Za-z_][A-Za-z0-9_]*$/.test(token.text)) return this.#call(token);
    const isForced = /^\.[A-Za-z0-9_]/.test(token.text);
    if (!isForced && !this.isSymbol('#')) return { kind: 'word', text: token.text, start: token.start, end: token.end };
    return this.#field(token, token, isForced ? token.text.slice(1) : token.text, false, false);
  }

  #field(start: Span, nameSpan: Span, name: string, isRaw: boolean, isReference: boolean): FieldOperand {
    const layers = this.isSymbol('#') ? layerRanges(this) : null;
    return { kind: 'field', name, nameSpan, isRaw, isReference, layers, start: start.start, end: this.before.end };
  }

  #raw(sign: Span): Operand {
    this.take();
    const token = this.next;
    if (token.kind === 'symbol' && token.symbol === '$') return this.#reference(sign, true);
    if (token.kind !== 'word') throw new FilterError(sign, 'Behind "@" stands a field, whose bytes are meant: @ip.src.');
    this.take();
    return this.#field(sign, token, token.text, true, false);
  }

  /** `$ip.src` and `${ip.src}`; macros have been replaced before. */
  #reference(start: Span, isRaw: boolean): Operand {
    this.take();
    const braced = this.takeIf('{');
    const inRaw = braced && this.takeIf('@');
    const token = this.next;
    if (token.kind !== 'word') throw new FilterError(spanning(start, this.before), 'Behind "$" stands a field, whose value in the selected packet is meant: ${ip.src}.');
    this.take();
    const field = this.#field(start, token, token.text, isRaw || inRaw, true);
    if (braced && !this.takeIf('}')) throw new FilterError(spanning(start, token), 'The brace of this reference is never closed: ${ip.src}.', [{ label: 'Add "}"', text: '}', span: { start: field.end, end: field.end } }]);
    return { ...field, end: this.before.end };
  }

  #braces(open: Span): Operand {
    this.take();
    this.refuseEnd('Behind "{" a value is missing.');
    if (this.isSymbol('}')) throw new FilterError(spanning(open, this.next), 'There is nothing between the braces.');
    const inner = this.deeper(open, () => this.#operand());
    if (!this.takeIf('}')) {
      if (this.next.kind === 'symbol' && (this.next.symbol === ',' || this.next.symbol === '..')) throw new FilterError(open, 'A set of values stands behind "in": tcp.port in {80, 443}.');
      if (this.next.kind === 'end' || this.next.kind === 'compare') throw new FilterError(open, 'This brace is never closed.', [{ label: 'Add "}"', text: '}', span: { start: inner.end, end: inner.end } }]);
      throw unexpected(this, this.next);
    }
    return { ...inner, start: open.start, end: this.before.end };
  }

  #call(name: Token & { kind: 'word' }): Operand {
    const open = this.take();
    const operands: Operand[] = [];
    if (!this.isSymbol(')')) {
      do operands.push(this.deeper(open, () => this.#operand()));
      while (this.takeIf(','));
    }
    if (!this.takeIf(')')) {
      if (this.next.kind !== 'end') throw new FilterError(this.next, `${this.quote(this.next)} does not belong here: the values of a function have commas between them, and ")" closes it.`);
      throw new FilterError(open, 'This parenthesis is never closed.', [{ label: 'Add ")"', text: ')', span: { start: this.before.end, end: this.before.end } }]);
    }
    return { kind: 'call', name: name.text, nameSpan: name, arguments: operands, ...spanning(name, this.before) };
  }
}
