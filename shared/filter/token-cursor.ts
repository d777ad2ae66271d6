/**
 * The place in a filter's tokens up to which it has been parsed, with what bounds the parse (limits.ts).
 */
import { MAX_DEPTH, MAX_TERMS } from './limits.ts';
import { FilterError } from './problem.ts';
import type { Span } from './problem.ts';
import { scan } from './scan.ts';
import type { Symbol, Token } from './scan.ts';

export class TokenCursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #terms = 0;

  /** Throws a FilterError where the text has no tokens that are whole. */
  constructor(text: string) {
    this.text = text;
    this.#tokens = scan(text);
  }

  get isAtBeginning(): boolean {
    return this.#at === 0;
  }

  get next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get before(): Token {
    return this.#tokens[this.#at - 1] as Token;
  }

  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  isSymbol(symbol: Symbol): boolean {
    return this.next.kind === 'symbol' && this.next.symbol === symbol;
  }

  takeIf(symbol: Symbol): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  deeper<T>(at: Span, body: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new FilterError(at, `This filter is nested more than ${MAX_DEPTH} levels deep, which is too much to take in. Join tests with "and" and "or" on one level, or list values in { }.`);
    const result = body();
    this.#depth -= 1;
    return result;
  }

  countTerm(at: Span): void {
    this.#terms += 1;
    if (this.#terms > MAX_TERMS) throw new FilterError(at, `This filter has more than ${MAX_TERMS.toLocaleString('en')} tests and values. Many values of one field go into ranges (field in {1..100}) or networks (10.0.0.0/8).`);
  }

  quote(token: Token): string {
    const text = this.text.slice(token.start, token.end);
    return token.kind === 'end' ? 'The end of the filter' : /^r?["']/.test(text) ? text : `"${text}"`;
  }

  refuseEnd(message: string): void {
    if (this.next.kind === 'end') throw new FilterError(this.before, message);
  }
}
