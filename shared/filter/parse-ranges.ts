/** Ranges in brackets: the parts of a value that a slice means, and the layers that "#" means. */
import type { Range } from './ast.ts';
import { FilterError, replaceBy, spanning } from './problem.ts';
import type { Span } from './problem.ts';
import type { TokenCursor } from './token-cursor.ts';

/** The parts of a value behind "[", which has not been taken yet. */
export function sliceRanges(cursor: TokenCursor): readonly Range[] {
  return readRanges(cursor, cursor.take(), 'Which part is meant? [0:4] are the first four bytes, [2-5] bytes 2 to 5, [-1] the last.');
}

/** The layers behind "#", which has not been taken yet: one number, or ranges in brackets. */
export function layerRanges(cursor: TokenCursor): readonly Range[] {
  const sign = cursor.take();
  if (cursor.next.kind === 'symbol' && cursor.next.symbol === '[') {
    return readRanges(cursor, cursor.take(), 'Which layers are meant? #[1] is the outermost, #[-1] the innermost, #[1-2] the first two.');
  }
  const token = cursor.next;
  if (token.kind === 'symbol' && token.symbol === '-') throw new FilterError(spanning(token, cursor.peek(1)), 'Counting from the inside needs brackets: #[-1] is the innermost.', [replaceBy(spanning(token, cursor.peek(1)), `[${cursor.text.slice(token.start, cursor.peek(1).end)}]`)]);
  if (token.kind !== 'word' || !/^\d{1,9}$/.test(token.text)) throw new FilterError(sign, 'Behind "#" stands the number of a layer, 1 for the outermost: ip.addr#1, or #[-1] for the innermost.');
  cursor.take();
  const from = Number(token.text);
  if (from === 0) throw new FilterError(token, 'Layers are counted from 1, the outermost.');
  return [{ from, to: { kind: 'length', value: 1 }, start: token.start, end: token.end }];
}

function readRanges(cursor: TokenCursor, open: Span, hint: string): readonly Range[] {
  const ranges: Range[] = [];
  if (cursor.isSymbol(']')) throw new FilterError(spanning(open, cursor.next), hint);
  do ranges.push(readRange(cursor, hint));
  while (cursor.takeIf(','));
  if (!cursor.takeIf(']')) {
    if (cursor.next.kind === 'end') throw new FilterError(open, 'This bracket is never closed.', [{ label: 'Add "]"', text: ']', span: { start: cursor.before.end, end: cursor.before.end } }]);
    throw new FilterError(cursor.next, `${cursor.quote(cursor.next)} does not belong here. ${hint}`);
  }
  return ranges;
}

function readRange(cursor: TokenCursor, hint: string): Range {
  const first = cursor.next;
  cursor.countTerm(first);
  if (cursor.takeIf(':')) return readLength(cursor, first, 0, hint);
  const from = readInteger(cursor, hint);
  if (cursor.takeIf(':')) {
    if (cursor.isSymbol(']') || cursor.isSymbol(',')) return { from, to: { kind: 'end' }, ...spanning(first, cursor.before) };
    return readLength(cursor, first, from, hint);
  }
  if (!cursor.isSymbol('-')) return { from, to: { kind: 'length', value: 1 }, ...spanning(first, cursor.before) };
  cursor.take();
  const to = readInteger(cursor, hint);
  if (from >= 0 === to >= 0 && to < from) throw new FilterError(spanning(first, cursor.before), `This range ends (${to}) before it begins (${from}).`);
  return { from, to: { kind: 'offset', value: to }, ...spanning(first, cursor.before) };
}

function readLength(cursor: TokenCursor, first: Span, from: number, hint: string): Range {
  const value = readInteger(cursor, hint);
  if (value <= 0) throw new FilterError(spanning(first, cursor.before), `Behind ":" stands how many bytes are meant, at least 1; ${value} are none.`);
  return { from, to: { kind: 'length', value }, ...spanning(first, cursor.before) };
}

function readInteger(cursor: TokenCursor, hint: string): number {
  const isNegative = cursor.takeIf('-');
  const token = cursor.next;
  if (token.kind === 'end') throw new FilterError(cursor.before, `This bracket is never closed. ${hint}`);
  if (token.kind !== 'word' || !/^(\d{1,9}|0x[0-9a-fA-F]{1,7})$/.test(token.text)) throw new FilterError(token, `${cursor.quote(token)} is not a number of bytes. ${hint}`);
  cursor.take();
  return isNegative ? -Number(token.text) : Number(token.text);
}
