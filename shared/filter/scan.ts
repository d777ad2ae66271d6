/**
 * Splits a filter into tokens that know where they stand. What a word is (field, number,
 * address, …) only its place in the filter tells: that is for parse.ts and check.ts.
 */
import { utf8ByteText } from './byte-text.ts';
import { FilterError, replaceBy } from './problem.ts';
import type { Span } from './problem.ts';

export type Symbol =
  | '(' | ')' | '{' | '}' | '[' | ']' | ',' | '..' | '@' | '#' | '$'
  | '+' | '-' | '*' | '/' | '%' | '&' | ':';

export type Comparison = '==' | '!=' | '===' | '!==' | '<' | '<=' | '>' | '>=';

export type Token =
  | (Span & { readonly kind: 'symbol'; readonly symbol: Symbol })
  | (Span & { readonly kind: 'compare'; readonly operator: Comparison; readonly text: string })
  | (Span & { readonly kind: 'keyword'; readonly keyword: 'and' | 'or' | 'xor' | 'not' | 'contains' | 'matches' | 'in'; readonly text: string })
  /** Letters, digits and `_ - . :` in one piece: a name, a number, an address, bytes; with a prefix length where it is an address. */
  | (Span & { readonly kind: 'word'; readonly text: string })
  /** `value` has one character a byte (byte-text.ts); `text` is what stands between the quotation marks. */
  | (Span & { readonly kind: 'string'; readonly value: string; readonly text: string; readonly isRaw: boolean })
  | (Span & { readonly kind: 'char'; readonly value: number; readonly text: string })
  | (Span & { readonly kind: 'end' });

/** Longest first. */
const SYMBOLS: readonly (readonly [text: string, token: { readonly kind: 'symbol'; readonly symbol: Symbol } | { readonly kind: 'compare'; readonly operator: Comparison } | { readonly kind: 'keyword'; readonly keyword: 'and' | 'or' | 'xor' | 'not' | 'matches' }])[] = [
  ['===', compare('===')], ['!==', compare('!==')],
  ['==', compare('==')], ['!=', compare('!=')], ['~=', compare('!==')], ['<=', compare('<=')], ['>=', compare('>=')],
  ['&&', { kind: 'keyword', keyword: 'and' }], ['||', { kind: 'keyword', keyword: 'or' }], ['^^', { kind: 'keyword', keyword: 'xor' }],
  ['..', symbol('..')],
  ['<', compare('<')], ['>', compare('>')], ['!', { kind: 'keyword', keyword: 'not' }], ['~', { kind: 'keyword', keyword: 'matches' }],
  ['(', symbol('(')], [')', symbol(')')], ['{', symbol('{')], ['}', symbol('}')], ['[', symbol('[')], [']', symbol(']')],
  [',', symbol(',')], ['@', symbol('@')], ['#', symbol('#')], ['$', symbol('$')], ['+', symbol('+')], ['-', symbol('-')],
  ['*', symbol('*')], ['/', symbol('/')], ['%', symbol('%')], ['&', symbol('&')],
];

const KEYWORDS: ReadonlyMap<string, 'and' | 'or' | 'xor' | 'not' | 'contains' | 'matches' | 'in'> = new Map([
  ['and', 'and'], ['or', 'or'], ['xor', 'xor'], ['not', 'not'], ['contains', 'contains'], ['matches', 'matches'], ['in', 'in'],
]);

const COMPARISON_WORDS: ReadonlyMap<string, Comparison> = new Map([
  ['eq', '=='], ['any_eq', '=='], ['ne', '!='], ['all_ne', '!='], ['all_eq', '==='], ['any_ne', '!=='],
  ['gt', '>'], ['ge', '>='], ['lt', '<'], ['le', '<='],
]);

const AND_WORDS = new Set(['bitand', 'bitwise_and']);

function symbol(text: Symbol): { kind: 'symbol'; symbol: Symbol } {
  return { kind: 'symbol', symbol: text };
}

function compare(operator: Comparison): { kind: 'compare'; operator: Comparison } {
  return { kind: 'compare', operator };
}

/** All tokens of a filter, `end` last. Throws a FilterError where there is none. */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  const scanner = new Scanner(text);
  for (;;) {
    const token = scanner.next(tokens.at(-1));
    tokens.push(token);
    if (token.kind === 'end') return tokens;
  }
}

/** Letters of all scripts may be meant as text; typographic marks never are. */
const WORD_PART = /[A-Za-z0-9_\u00c0-\u1fff\u2c00-\ud7ff\uf900-\uffff]/;

class Scanner {
  readonly #text: string;
  #at = 0;
  /** Brackets that are open: inside, `-` and `:` stand between numbers. */
  #brackets = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(before: Token | undefined): Token {
    const text = this.#text;
    while (/\s/.test(text.charAt(this.#at))) this.#at += 1;
    const start = this.#at;
    if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
    const first = text.charAt(start);
    if (first === '"') return this.#string(start, start, false);
    if ((first === 'r' || first === 'R') && text.charAt(start + 1) === '"') return this.#string(start, start + 1, true);
    if (first === "'") return this.#char(start);
    if (this.#brackets > 0) return this.#inBrackets(start);
    if (startsWord(text, start)) return this.#word(start, before);
    return this.#symbol(start);
  }

  /** `[0:4, -2:]`: numbers, with `-` and `:` between them. */
  #inBrackets(start: number): Token {
    const digits = /^[A-Za-z0-9_.]+/.exec(this.#text.slice(start, start + 64))?.[0].replace(/\.\..*$/, '');
    if (digits) {
      this.#at = start + digits.length;
      return { kind: 'word', text: digits, start, end: this.#at };
    }
    if (this.#text.charAt(start) === ':') {
      this.#at = start + 1;
      return { kind: 'symbol', symbol: ':', start, end: this.#at };
    }
    return this.#symbol(start);
  }

  #symbol(start: number): Token {
    const rest = this.#text.slice(start, start + 3);
    const found = SYMBOLS.find(([spelling]) => rest.startsWith(spelling));
    if (found === undefined) throw this.#unknown(start);
    const [spelling, token] = found;
    this.#at = start + spelling.length;
    if (spelling === '[') this.#brackets += 1;
    if (spelling === ']') this.#brackets = Math.max(0, this.#brackets - 1);
    return { ...token, text: spelling, start, end: this.#at } as Token;
  }

  #unknown(start: number): FilterError {
    const span = { start, end: start + 1 };
    const char = this.#text.charAt(start);
    if (char === '=') return new FilterError(span, 'A single "=" means nothing here: "==" compares.', [replaceBy(span, '==')]);
    if (char === '|') return new FilterError(span, 'A single "|" means nothing here: "||" (or "or") joins two tests.', [replaceBy(span, '||')]);
    if (char === '^') return new FilterError(span, 'A single "^" means nothing here: "^^" (or "xor") wants exactly one of two tests to hold.', [replaceBy(span, '^^')]);
    if (char === ';') return new FilterError(span, 'Values and tests are not separated by ";": use "," in sets, "and" or "or" between tests.');
    if (/[“”„«»]/.test(char)) return new FilterError(span, 'This is a typographic quotation mark; text stands in plain ones: "…".', [replaceBy(span, '"')]);
    if (/[‘’‚`]/.test(char)) return new FilterError(span, `"${char}" means nothing here: text stands in double quotes ("…").`, [replaceBy(span, '"')]);
    return new FilterError(span, `"${char}" means nothing in a filter. Text with special characters stands in double quotes ("…").`);
  }

  #word(start: number, before: Token | undefined): Token {
    const text = this.#text;
    let at = start;
    while (at < text.length && isInWord(text, at)) at += 1;
    // A prefix length belongs to its address: "10.0.0.0/8", "fe80::/10".
    const word = text.slice(start, at);
    const prefix = /^\/\d+(?![\w:]|\.(?!\.))/.exec(text.slice(at, at + 6))?.[0];
    if (prefix !== undefined && looksLikeAddress(word)) at += prefix.length;
    this.#at = at;
    return wordToken(text.slice(start, at), start, before);
  }

  #string(start: number, quoteAt: number, isRaw: boolean): Token {
    const text = this.#text;
    let at = quoteAt + 1;
    while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    if (at >= text.length) {
      const end = text.length;
      throw new FilterError({ start, end }, 'The text that begins here has no closing quotation mark.', [{ label: 'Add the quotation mark', text: '"', span: { start: end, end } }]);
    }
    this.#at = at + 1;
    const inside = text.slice(quoteAt + 1, at);
    const value = isRaw ? utf8ByteText(inside) : unescape(inside, quoteAt + 1);
    return { kind: 'string', value, text: inside, isRaw, start, end: this.#at };
  }

  #char(start: number): Token {
    const text = this.#text;
    let at = start + 1;
    while (at < text.length && text.charAt(at) !== "'") at += text.charAt(at) === '\\' ? 2 : 1;
    const span = { start, end: Math.min(text.length, at + 1) };
    if (at >= text.length) throw new FilterError({ start, end: text.length }, 'The character that begins here has no closing quotation mark.', [{ label: 'Add the quotation mark', text: "'", span: { start: text.length, end: text.length } }]);
    const inside = text.slice(start + 1, at);
    const value = unescape(inside, start + 1);
    if (value === '') throw new FilterError(span, "There is no character between the quotation marks: '…' takes exactly one.");
    if (value.length > 1) {
      throw new FilterError(span, `Single quotes hold one byte, and "${inside}" is longer: text stands in double quotes.`, [replaceBy(span, `"${inside.replaceAll('"', '\\"')}"`)]);
    }
    this.#at = span.end;
    return { kind: 'char', value: value.charCodeAt(0), text: text.slice(start, span.end), ...span };
  }
}

function startsWord(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (WORD_PART.test(char)) return true;
  const next = text.charAt(at + 1);
  // ".fc" forces a field, ":fc" bytes; "::1" is an address.
  if (char === ':') return next === ':' || WORD_PART.test(next);
  return char === '.' && WORD_PART.test(next);
}

/** Dots, colons and hyphens belong to a word when it goes on behind them; ".." never does. */
function isInWord(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (WORD_PART.test(char)) return true;
  const next = text.charAt(at + 1);
  if (char === '.') return next !== '.' && (WORD_PART.test(next) || next === ':' || next === '-');
  if (char === '-') return WORD_PART.test(next) && WORD_PART.test(text.charAt(at - 1));
  // "fe80::" ends with its colons.
  if (char === ':') return WORD_PART.test(next) || next === ':' || text.charAt(at - 1) === ':';
  return false;
}

function looksLikeAddress(word: string): boolean {
  return word.includes(':') || /^\d+(\.\d+){1,3}$/.test(word);
}

function wordToken(text: string, start: number, before: Token | undefined): Token {
  const span = { start, end: start + text.length };
  // Behind "@", "$" or "#" only names and numbers can stand.
  const isName = before?.kind === 'symbol' && (before.symbol === '@' || before.symbol === '$' || before.symbol === '#');
  const keyword = isName ? undefined : KEYWORDS.get(text);
  if (keyword !== undefined) return { kind: 'keyword', keyword, text, ...span };
  const operator = isName ? undefined : COMPARISON_WORDS.get(text);
  if (operator !== undefined) return { kind: 'compare', operator, text, ...span };
  if (!isName && AND_WORDS.has(text)) return { kind: 'symbol', symbol: '&', ...span };
  return { kind: 'word', text, ...span };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', "'": "'", 'a': '\x07', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v' };
const NUMBER_ESCAPE = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/;

/** What escapes stand for, one character a byte: \xNN and \NNN are bytes, everything else is UTF-8. */
function unescape(text: string, offset: number): string {
  if (!text.includes('\\')) return utf8ByteText(text);
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) !== '\\') {
      const end = text.indexOf('\\', at);
      value += utf8ByteText(text.slice(at, end < 0 ? undefined : end));
      if (end < 0) break;
      at = end;
    }
    const simple = SIMPLE_ESCAPES[text.charAt(at + 1)];
    const number = NUMBER_ESCAPE.exec(text.slice(at + 1, at + 10));
    if (simple === undefined && number === null) throw badEscape(text.slice(at, at + 2), offset + at);
    if (simple !== undefined) value += simple;
    else value += escapedCharacter(number as RegExpExecArray, offset + at);
    at += simple !== undefined ? 1 : (number as RegExpExecArray)[0].length;
  }
  return value;
}

function escapedCharacter(match: RegExpExecArray, start: number): string {
  const code = match[4] === undefined ? parseInt(match[1] ?? match[2] ?? match[3] ?? '0', 16) : parseInt(match[4], 8);
  const span = { start, end: start + match[0].length + 1 };
  if (match[4] !== undefined && code > 0xff) throw new FilterError(span, `"\\${match[0]}" is no byte: octal escapes go up to \\377.`);
  if (code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) throw new FilterError(span, `"\\${match[0]}" is no character of Unicode.`);
  return match[2] === undefined && match[3] === undefined ? String.fromCharCode(code) : utf8ByteText(String.fromCodePoint(code));
}

function badEscape(escape: string, start: number): FilterError {
  const span = { start, end: start + escape.length };
  return new FilterError(span, `"${escape}" is no escape that text knows. For a backslash itself write "\\\\", or put r before the quotation mark: r"…".`, [replaceBy(span, `\\${escape}`, 'Double the backslash')]);
}
