/**
 * Tokens to a tree, by precedence climbing. From weak to strong: or, xor, and, not; comparisons,
 * contains, matches, in; & (bits), + and -, * / and %, signs.
 *
 * The grammar is Wireshark's (man page wireshark-filter, 4.4). Size and depth are bounded
 * (limits.ts), so hostile text ends in a message like any other mistake.
 */
import type { ArithmeticOperator, FieldOperand, Operand, Quantifier, Range, SetItem, Test } from './ast.ts';
import { MAX_DEPTH, MAX_TERMS, MAX_TEXT } from './limits.ts';
import { FilterError, replaceBy, spanning } from './problem.ts';
import type { Span } from './problem.ts';
import { scan } from './scan.ts';
import type { Symbol, Token } from './scan.ts';

/** The filter's tree; null where the text is empty, which every packet matches. Throws a FilterError. */
export function parse(text: string): Test | null {
  if (text.length > MAX_TEXT) throw new FilterError({ start: MAX_TEXT, end: text.length }, `This filter has ${text.length.toLocaleString('en')} characters; ${MAX_TEXT.toLocaleString('en')} is the most that one may have.`);
  const tokens = scan(text);
  return tokens.length === 1 ? null : new Parser(tokens, text).filter();
}

/** Behind these only a value makes sense. */
function wantsValue(token: Token): boolean {
  if (token.kind === 'compare') return true;
  if (token.kind === 'keyword') return token.keyword === 'contains' || token.keyword === 'matches';
  return token.kind === 'symbol' && ['+', '-', '*', '/', '%', '&', '..'].includes(token.symbol);
}

const LOGICAL = ['or', 'xor', 'and'] as const;
const ARITHMETIC: readonly (readonly Symbol[])[] = [['&'], ['+', '-'], ['*', '/', '%']];

class Parser {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #terms = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  filter(): Test {
    const test = this.#logical(0);
    if (this.#next.kind !== 'end') throw this.#unexpectedBehind(test);
    return test;
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get #before(): Token {
    return this.#tokens[this.#at - 1] as Token;
  }

  #peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  #take(): Token {
    const token = this.#next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  #isSymbol(symbol: Symbol): boolean {
    return this.#next.kind === 'symbol' && this.#next.symbol === symbol;
  }

  #takeIf(symbol: Symbol): boolean {
    if (!this.#isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  #deeper<T>(at: Span, body: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new FilterError(at, `This filter is nested more than ${MAX_DEPTH} levels deep, which is too much to take in. Join tests with "and" and "or" on one level, or list values in { }.`);
    const result = body();
    this.#depth -= 1;
    return result;
  }

  #countTerm(at: Span): void {
    this.#terms += 1;
    if (this.#terms > MAX_TERMS) throw new FilterError(at, `This filter has more than ${MAX_TERMS.toLocaleString('en')} tests and values. Many values of one field go into ranges (field in {1..100}) or networks (10.0.0.0/8).`);
  }

  // ── tests ──────────────────────────────────────────────────────────────────

  #logical(level: number): Test {
    const operator = LOGICAL[level];
    if (operator === undefined) return this.#not();
    const first = this.#logical(level + 1);
    const operands = [first];
    while (this.#next.kind === 'keyword' && this.#next.keyword === operator) {
      const joint = this.#take();
      this.#refuseEnd(`Behind "${this.#text.slice(joint.start, joint.end)}" a test is missing.`);
      operands.push(this.#logical(level + 1));
    }
    return operands.length === 1 ? first : { kind: 'logical', operator, operands, ...spanning(first, operands.at(-1) as Test) };
  }

  #not(): Test {
    const token = this.#next;
    if (token.kind !== 'keyword' || token.keyword !== 'not') return this.#relation();
    this.#at += 1;
    this.#refuseEnd(`Behind "${token.text}" a test is missing.`);
    const operand = this.#deeper(token, () => this.#not());
    return { kind: 'not', operand, operator: token, ...spanning(token, operand) };
  }

  #relation(): Test {
    const open = this.#next;
    if (this.#takeIf('(')) return this.#group(open);
    const quantifier = this.#quantifier();
    const left = this.#operand();
    const token = this.#next;
    if (token.kind === 'compare') return this.#comparisons(quantifier, left, open);
    if (token.kind === 'keyword' && (token.keyword === 'contains' || token.keyword === 'matches')) {
      this.#at += 1;
      this.#refuseEnd(`Behind "${token.text}" the text to look for is missing.`);
      const right = this.#operand();
      return { kind: token.keyword, quantifier, left, right, ...spanning(open, right) };
    }
    if (token.kind === 'keyword' && token.keyword === 'in') return this.#membership(quantifier, left, open);
    const behind = this.#peek(1);
    if (token.kind === 'keyword' && token.keyword === 'not' && behind.kind === 'keyword' && behind.keyword === 'in') {
      this.#at += 1;
      const operand = this.#membership(quantifier, left, open);
      return { kind: 'not', operand, operator: token, ...spanning(open, operand) };
    }
    return { kind: 'exists', quantifier, operand: left, ...spanning(open, left) };
  }

  #group(open: Token): Test {
    this.#refuseEnd('Behind "(" a test is missing.');
    if (this.#isSymbol(')')) throw new FilterError(spanning(open, this.#next), 'There is nothing between the parentheses: put a test there, or take them away.');
    const inner = this.#deeper(open, () => this.#logical(0));
    if (!this.#takeIf(')')) {
      if (this.#next.kind !== 'end') throw this.#unexpectedBehind(inner);
      throw new FilterError(open, 'This parenthesis is never closed.', [{ label: 'Add ")"', text: ')', span: { start: inner.end, end: inner.end } }]);
    }
    const close = this.#before;
    if (this.#next.kind === 'symbol' && ['+', '-', '*', '/', '%', '&'].includes(this.#next.symbol)) {
      throw new FilterError(spanning(open, close), 'Parentheses hold tests; to compute with a part first, put it in braces.', [replaceBy(spanning(open, close), `{${this.#text.slice(inner.start, inner.end)}}`)]);
    }
    if (this.#next.kind === 'compare') {
      const content = this.#text.slice(inner.start, inner.end);
      const isValue = inner.kind === 'exists';
      throw new FilterError(spanning(open, close), isValue ? 'Parentheses hold tests; around a value stand braces, or nothing.' : 'Parentheses hold tests, and the outcome of a test cannot be compared.', isValue ? [replaceBy(spanning(open, close), /[-+*/%&]/.test(content) ? `{${content}}` : content)] : []);
    }
    return { ...inner, ...(inner.kind === 'logical' ? { isGrouped: true as const } : {}), start: open.start, end: close.end };
  }

  /** `any` and `all` are words like others unless an operand follows. */
  #quantifier(): Quantifier {
    const token = this.#next;
    if (token.kind !== 'word' || (token.text !== 'any' && token.text !== 'all')) return null;
    const behind = this.#peek(1);
    const startsOperand = behind.kind === 'word' || (behind.kind === 'symbol' && ['@', '{', '$', '-', '+'].includes(behind.symbol));
    if (!startsOperand) return null;
    this.#at += 1;
    return token.text;
  }

  /** a < b < c means a < b and b < c. */
  #comparisons(quantifier: Quantifier, first: Operand, open: Span): Test {
    const tests: Test[] = [];
    let left = first;
    let from = open;
    while (this.#next.kind === 'compare') {
      const token = this.#next;
      this.#at += 1;
      this.#refuseEnd(`Behind "${token.text}" the value to compare with is missing.`);
      const right = this.#operand();
      tests.push({ kind: 'compare', operator: token.operator, operatorSpan: token, operatorText: token.text, quantifier, left, right, ...spanning(from, right) });
      left = right;
      from = right;
    }
    const [only] = tests;
    return tests.length === 1 && only !== undefined ? only : { kind: 'logical', operator: 'and', operands: tests, ...spanning(open, left) };
  }

  #membership(quantifier: Quantifier, left: Operand, from: Span): Test {
    const word = this.#take();
    const open = this.#next;
    if (!this.#takeIf('{')) {
      if (open.kind === 'end') throw new FilterError(word, 'Behind "in" the set of values is missing: in {80, 443, 8000..8080}.');
      throw new FilterError(open, 'The values behind "in" stand in braces, with commas between them: in {80, 443, 8000..8080}.');
    }
    if (this.#isSymbol('}')) throw new FilterError(spanning(open, this.#next), 'This set is empty, so nothing can be in it: put values between the braces.');
    const items: SetItem[] = [];
    do items.push(this.#setItem(open));
    while (this.#takeIf(','));
    if (!this.#takeIf('}')) throw this.#unclosedSet(open, items.at(-1) as SetItem);
    return { kind: 'in', quantifier, left, items, ...spanning(from, this.#before) };
  }

  #setItem(open: Span): SetItem {
    if (this.#next.kind === 'end') throw new FilterError(open, 'This brace is never closed.');
    if (this.#isSymbol('}')) throw new FilterError(this.#next, 'A value is missing between the comma and this brace.');
    const low = this.#signed();
    if (!this.#takeIf('..')) return { low, high: null, start: low.start, end: low.end };
    if (this.#isSymbol('}') || this.#isSymbol(',')) throw new FilterError(this.#before, 'A range needs both ends: {8000..8080}. For "from here on" use >=.');
    const high = this.#signed();
    return { low, high, ...spanning(low, high) };
  }

  #unclosedSet(open: Span, last: SetItem): FilterError {
    const token = this.#next;
    if (token.kind === 'end') return new FilterError(open, 'This brace is never closed.', [{ label: 'Add "}"', text: '}', span: { start: last.end, end: last.end } }]);
    const isValue = token.kind === 'word' || token.kind === 'string' || token.kind === 'char';
    const comma = { label: 'Add a comma', text: ', ', span: { start: last.end, end: token.start } };
    return new FilterError(token, isValue ? 'A comma is missing in front of this value.' : `${this.#quote(token)} does not belong into a set: values, with commas between them, and ranges such as 8000..8080 do.`, isValue ? [comma] : []);
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
      const token = this.#next;
      if (token.kind !== 'symbol' || !symbols.includes(token.symbol)) return left;
      this.#at += 1;
      this.#refuseEnd(`Behind "${this.#text.slice(token.start, token.end)}" a value is missing.`);
      this.#countTerm(token);
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
    const token = this.#next;
    if (token.kind !== 'symbol' || (token.symbol !== '-' && token.symbol !== '+')) return this.#entity();
    this.#at += 1;
    this.#refuseEnd(`Behind "${token.symbol}" a value is missing.`);
    const operand = this.#deeper(token, () => this.#signed());
    if (token.symbol === '+') return { ...operand, start: token.start };
    return { kind: 'negate', operand, ...spanning(token, operand) };
  }

  #entity(): Operand {
    const token = this.#next;
    this.#countTerm(token);
    let operand = this.#primary(token);
    while (this.#isSymbol('[')) operand = this.#slice(operand);
    return operand;
  }

  #primary(token: Token): Operand {
    switch (token.kind) {
      case 'word':
        this.#at += 1;
        return this.#word(token);
      case 'string':
      case 'char':
        this.#at += 1;
        return token;
      case 'symbol':
        if (token.symbol === '{') return this.#braces(token);
        if (token.symbol === '@') return this.#raw(token);
        if (token.symbol === '$') return this.#reference(token, false);
        throw this.#unexpected(token);
      default:
        throw this.#unexpected(token);
    }
  }

  #word(token: Token & { kind: 'word' }): Operand {
    if (this.#isSymbol('(') && /^[A-Za-z_][A-Za-z0-9_]*$/.test(token.text)) return this.#call(token);
    const isForced = /^\.[A-Za-z0-9_]/.test(token.text);
    if (!isForced && !this.#isSymbol('#')) return { kind: 'word', text: token.text, start: token.start, end: token.end };
    return this.#field(token, token, isForced ? token.text.slice(1) : token.text, false, false);
  }

  #field(start: Span, nameSpan: Span, name: string, isRaw: boolean, isReference: boolean): FieldOperand {
    const layers = this.#isSymbol('#') ? this.#layers() : null;
    return { kind: 'field', name, nameSpan, isRaw, isReference, layers, start: start.start, end: this.#before.end };
  }

  #raw(sign: Span): Operand {
    this.#at += 1;
    const token = this.#next;
    if (token.kind === 'symbol' && token.symbol === '$') return this.#reference(sign, true);
    if (token.kind !== 'word') throw new FilterError(sign, 'Behind "@" stands a field, whose bytes are meant: @ip.src.');
    this.#at += 1;
    return this.#field(sign, token, token.text, true, false);
  }

  /** `$ip.src` and `${ip.src}`; macros have been replaced before. */
  #reference(start: Span, isRaw: boolean): Operand {
    this.#at += 1;
    const braced = this.#takeIf('{');
    const inRaw = braced && this.#takeIf('@');
    const token = this.#next;
    if (token.kind !== 'word') throw new FilterError(spanning(start, this.#before), 'Behind "$" stands a field, whose value in the selected packet is meant: ${ip.src}.');
    this.#at += 1;
    const field = this.#field(start, token, token.text, isRaw || inRaw, true);
    if (braced && !this.#takeIf('}')) throw new FilterError(spanning(start, token), 'The brace of this reference is never closed: ${ip.src}.', [{ label: 'Add "}"', text: '}', span: { start: field.end, end: field.end } }]);
    return { ...field, end: this.#before.end };
  }

  #braces(open: Span): Operand {
    this.#at += 1;
    this.#refuseEnd('Behind "{" a value is missing.');
    if (this.#isSymbol('}')) throw new FilterError(spanning(open, this.#next), 'There is nothing between the braces.');
    const inner = this.#deeper(open, () => this.#operand());
    if (!this.#takeIf('}')) {
      if (this.#next.kind === 'symbol' && (this.#next.symbol === ',' || this.#next.symbol === '..')) throw new FilterError(open, 'A set of values stands behind "in": tcp.port in {80, 443}.');
      if (this.#next.kind === 'end' || this.#next.kind === 'compare') throw new FilterError(open, 'This brace is never closed.', [{ label: 'Add "}"', text: '}', span: { start: inner.end, end: inner.end } }]);
      throw this.#unexpected(this.#next);
    }
    return { ...inner, start: open.start, end: this.#before.end };
  }

  #call(name: Token & { kind: 'word' }): Operand {
    const open = this.#take();
    const operands: Operand[] = [];
    if (!this.#isSymbol(')')) {
      do operands.push(this.#deeper(open, () => this.#operand()));
      while (this.#takeIf(','));
    }
    if (!this.#takeIf(')')) {
      if (this.#next.kind !== 'end') throw new FilterError(this.#next, `${this.#quote(this.#next)} does not belong here: the values of a function have commas between them, and ")" closes it.`);
      throw new FilterError(open, 'This parenthesis is never closed.', [{ label: 'Add ")"', text: ')', span: { start: this.#before.end, end: this.#before.end } }]);
    }
    return { kind: 'call', name: name.text, nameSpan: name, arguments: operands, ...spanning(name, this.#before) };
  }

  // ── ranges of slices and layers ────────────────────────────────────────────

  #slice(operand: Operand): Operand {
    const open = this.#take();
    const ranges = this.#ranges(open, 'Which part is meant? [0:4] are the first four bytes, [2-5] bytes 2 to 5, [-1] the last.');
    return { kind: 'slice', operand, ranges, ...spanning(operand, this.#before) };
  }

  #layers(): readonly Range[] {
    const sign = this.#take();
    if (this.#next.kind === 'symbol' && this.#next.symbol === '[') {
      const open = this.#take();
      return this.#ranges(open, 'Which layers are meant? #[1] is the outermost, #[-1] the innermost, #[1-2] the first two.');
    }
    const token = this.#next;
    if (token.kind === 'symbol' && token.symbol === '-') throw new FilterError(spanning(token, this.#peek(1)), 'Counting from the inside needs brackets: #[-1] is the innermost.', [replaceBy(spanning(token, this.#peek(1)), `[${this.#text.slice(token.start, this.#peek(1).end)}]`)]);
    if (token.kind !== 'word' || !/^\d{1,9}$/.test(token.text)) throw new FilterError(sign, 'Behind "#" stands the number of a layer, 1 for the outermost: ip.addr#1, or #[-1] for the innermost.');
    this.#at += 1;
    const from = Number(token.text);
    if (from === 0) throw new FilterError(token, 'Layers are counted from 1, the outermost.');
    return [{ from, to: { kind: 'length', value: 1 }, start: token.start, end: token.end }];
  }

  #ranges(open: Span, hint: string): Range[] {
    const ranges: Range[] = [];
    if (this.#isSymbol(']')) throw new FilterError(spanning(open, this.#next), hint);
    do ranges.push(this.#range(hint));
    while (this.#takeIf(','));
    if (!this.#takeIf(']')) {
      if (this.#next.kind === 'end') throw new FilterError(open, 'This bracket is never closed.', [{ label: 'Add "]"', text: ']', span: { start: this.#before.end, end: this.#before.end } }]);
      throw new FilterError(this.#next, `${this.#quote(this.#next)} does not belong here. ${hint}`);
    }
    return ranges;
  }

  #range(hint: string): Range {
    const first = this.#next;
    this.#countTerm(first);
    if (this.#takeIf(':')) return this.#length(first, 0, hint);
    const from = this.#integer(hint);
    if (this.#takeIf(':')) {
      if (this.#isSymbol(']') || this.#isSymbol(',')) return { from, to: { kind: 'end' }, ...spanning(first, this.#before) };
      return this.#length(first, from, hint);
    }
    if (!this.#isSymbol('-')) return { from, to: { kind: 'length', value: 1 }, ...spanning(first, this.#before) };
    this.#at += 1;
    const to = this.#integer(hint);
    if (from >= 0 === to >= 0 && to < from) throw new FilterError(spanning(first, this.#before), `This range ends (${to}) before it begins (${from}).`);
    return { from, to: { kind: 'offset', value: to }, ...spanning(first, this.#before) };
  }

  #length(first: Span, from: number, hint: string): Range {
    const value = this.#integer(hint);
    if (value <= 0) throw new FilterError(spanning(first, this.#before), `Behind ":" stands how many bytes are meant, at least 1; ${value} are none.`);
    return { from, to: { kind: 'length', value }, ...spanning(first, this.#before) };
  }

  #integer(hint: string): number {
    const isNegative = this.#takeIf('-');
    const token = this.#next;
    if (token.kind === 'end') throw new FilterError(this.#before, `This bracket is never closed. ${hint}`);
    if (token.kind !== 'word' || !/^(\d{1,9}|0x[0-9a-fA-F]{1,7})$/.test(token.text)) throw new FilterError(token, `${this.#quote(token)} is not a number of bytes. ${hint}`);
    this.#at += 1;
    return isNegative ? -Number(token.text) : Number(token.text);
  }

  // ── mistakes ───────────────────────────────────────────────────────────────

  #quote(token: Token): string {
    const text = this.#text.slice(token.start, token.end);
    return token.kind === 'end' ? 'The end of the filter' : /^r?["']/.test(text) ? text : `"${text}"`;
  }

  #refuseEnd(message: string): void {
    if (this.#next.kind === 'end') throw new FilterError(this.#before, message);
  }

  /** Something stands where an operand should. */
  #unexpected(token: Token): FilterError {
    if (token.kind === 'end') return new FilterError(this.#at > 0 ? this.#before : token, 'The filter ends too early: something is missing behind this.');
    const before = this.#at > 0 ? `behind ${this.#quote(this.#before)}` : 'at the beginning';
    if (this.#at > 0 && wantsValue(this.#before) && (token.kind === 'compare' || token.kind === 'keyword' || token.kind === 'symbol')) return new FilterError(token, `${this.#quote(this.#before)} wants a value behind it, and ${this.#quote(token)} is none.`);
    if (token.kind === 'keyword' && (token.keyword === 'and' || token.keyword === 'or' || token.keyword === 'xor')) return new FilterError(token, `"${token.text}" joins two tests, and one is missing ${before}.`);
    if (token.kind === 'compare' || token.kind === 'keyword') return new FilterError(token, `In front of ${this.#quote(token)} a field is missing.`);
    if (token.kind === 'symbol' && token.symbol === ')') return new FilterError(token, this.#at > 0 ? `A test is missing ${before}.` : 'This parenthesis was never opened.');
    return new FilterError(token, `${this.#quote(token)} was not expected ${before}: a field or a value belongs there.`);
  }

  /** Something follows a test that is complete. */
  #unexpectedBehind(test: Span): FilterError {
    const token = this.#next;
    const joint = { label: 'Join with "and"', text: ' and ', span: { start: test.end, end: token.start } };
    if (token.kind === 'symbol' && token.symbol === ')') return new FilterError(token, 'This parenthesis was never opened.', [replaceBy(token, '', 'Remove it')]);
    if (token.kind === 'symbol' && token.symbol === '..') return new FilterError(token, 'A range stands in a set: tcp.port in {8000..8080}.');
    if (token.kind === 'symbol' && token.symbol === ',') return new FilterError(token, 'Commas separate values in a set (tcp.port in {80, 443}); tests are joined by "and" or "or".');
    if (token.kind === 'symbol' && token.symbol === '[') return new FilterError(token, 'A part in brackets belongs to a field: eth.src[0:3].');
    if (token.kind === 'keyword' && token.keyword === 'in') return new FilterError(token, 'Only a field or a value can be in a set, not the outcome of a test.');
    if (token.kind === 'keyword' && token.keyword !== 'not') return new FilterError(token, `In front of "${token.text}" a field is missing.`);
    const whole = this.#text.slice(test.start, test.end);
    if (/^not$/i.test(whole)) return new FilterError(test, 'Operators are written in small letters: not.', [replaceBy(test, 'not')]);
    if (/^(AND|OR|NOT|XOR|CONTAINS|MATCHES|IN|EQ|NE|GT|LT|GE|LE)$/i.test(this.#text.slice(token.start, token.end))) {
      const lower = this.#text.slice(token.start, token.end).toLowerCase();
      return new FilterError(token, `Operators are written in small letters: ${lower}.`, [replaceBy(token, lower)]);
    }
    return new FilterError(token, `${this.#quote(token)} was not expected here: the test before it is complete. Two tests are joined by "and" or "or".`, [joint]);
  }
}
