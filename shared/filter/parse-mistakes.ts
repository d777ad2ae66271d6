/** What is wrong with a filter at a token that nothing expects there, in words, with fixes. */
import { FilterError, replaceBy } from './problem.ts';
import type { Span } from './problem.ts';
import type { Token } from './scan.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Behind these only a value makes sense. */
function wantsValue(token: Token): boolean {
  if (token.kind === 'compare') return true;
  if (token.kind === 'keyword') return token.keyword === 'contains' || token.keyword === 'matches';
  return token.kind === 'symbol' && ['+', '-', '*', '/', '%', '&', '..'].includes(token.symbol);
}

/** Something stands where an operand should. */
export function unexpected(cursor: TokenCursor, token: Token): FilterError {
  if (token.kind === 'end') return new FilterError(cursor.isAtBeginning ? token : cursor.before, 'The filter ends too early: something is missing behind this.');
  const before = cursor.isAtBeginning ? 'at the beginning' : `behind ${cursor.quote(cursor.before)}`;
  if (!cursor.isAtBeginning && wantsValue(cursor.before) && (token.kind === 'compare' || token.kind === 'keyword' || token.kind === 'symbol')) return new FilterError(token, `${cursor.quote(cursor.before)} wants a value behind it, and ${cursor.quote(token)} is none.`);
  if (token.kind === 'keyword' && (token.keyword === 'and' || token.keyword === 'or' || token.keyword === 'xor')) return new FilterError(token, `"${token.text}" joins two tests, and one is missing ${before}.`);
  if (token.kind === 'compare' || token.kind === 'keyword') return new FilterError(token, `In front of ${cursor.quote(token)} a field is missing.`);
  if (token.kind === 'symbol' && token.symbol === ')') return new FilterError(token, cursor.isAtBeginning ? 'This parenthesis was never opened.' : `A test is missing ${before}.`);
  return new FilterError(token, `${cursor.quote(token)} was not expected ${before}: a field or a value belongs there.`);
}

/** Something follows a test that is complete. */
export function unexpectedBehind(cursor: TokenCursor, test: Span): FilterError {
  const token = cursor.next;
  const joint = { label: 'Join with "and"', text: ' and ', span: { start: test.end, end: token.start } };
  if (token.kind === 'symbol' && token.symbol === ')') return new FilterError(token, 'This parenthesis was never opened.', [replaceBy(token, '', 'Remove it')]);
  if (token.kind === 'symbol' && token.symbol === '..') return new FilterError(token, 'A range stands in a set: tcp.port in {8000..8080}.');
  if (token.kind === 'symbol' && token.symbol === ',') return new FilterError(token, 'Commas separate values in a set (tcp.port in {80, 443}); tests are joined by "and" or "or".');
  if (token.kind === 'symbol' && token.symbol === '[') return new FilterError(token, 'A part in brackets belongs to a field: eth.src[0:3].');
  if (token.kind === 'keyword' && token.keyword === 'in') return new FilterError(token, 'Only a field or a value can be in a set, not the outcome of a test.');
  if (token.kind === 'keyword' && token.keyword !== 'not') return new FilterError(token, `In front of "${token.text}" a field is missing.`);
  const whole = cursor.text.slice(test.start, test.end);
  if (/^not$/i.test(whole)) return new FilterError(test, 'Operators are written in small letters: not.', [replaceBy(test, 'not')]);
  if (/^(AND|OR|NOT|XOR|CONTAINS|MATCHES|IN|EQ|NE|GT|LT|GE|LE)$/i.test(cursor.text.slice(token.start, token.end))) {
    const lower = cursor.text.slice(token.start, token.end).toLowerCase();
    return new FilterError(token, `Operators are written in small letters: ${lower}.`, [replaceBy(token, lower)]);
  }
  return new FilterError(token, `${cursor.quote(token)} was not expected here: the test before it is complete. Two tests are joined by "and" or "or".`, [joint]);
}
