/**
 * Macros: pieces of filters with a name, replaced as text before a filter is read. Written
 * `$name(a, b)`, `${name:a;b}` or `${name;a;b}`; in a macro's own text, $1, $2 … stand for what it
 * is given.
 */
import { MAX_TEXT } from './limits.ts';
import { FilterError, replaceBy } from './problem.ts';
import type { Span } from './problem.ts';
import { editDistance } from './suggest.ts';

/** Text by name. */
export type Macros = Readonly<Record<string, string>>;

export const DEFAULT_MACROS: Macros = {
  // RFC 1918, RFC 4193, and locally administered addresses (IEEE 802c).
  private_ipv4: '($1 == 192.168.0.0/16 or $1 == 172.16.0.0/12 or $1 == 10.0.0.0/8)',
  private_ipv6: '$1 == fc00::/7',
  private_ethernet: '$1[0] & 2',
};

const MAX_NESTED = 8;

export interface Expanded {
  readonly text: string;
  /** Place in the text as it was written; everything of a macro stands at its call. */
  readonly placeOf: (span: Span) => Span;
}

interface Piece {
  readonly at: number;
  readonly end: number;
  /** Where the piece stood; a macro's piece has the place of its call as a whole. */
  readonly from: Span;
  readonly isMacro: boolean;
}

/** Strings, which macros do not reach into; then calls. */
const CALL = /"(?:[^"\\]|\\.)*"|\$\{([A-Za-z_]\w*)(?:[:;]([^}]*))?\}|\$([A-Za-z_]\w*)\(([^()]*)\)/g;

/** Throws a FilterError where a macro is not known, is given the wrong number of values or never ends. */
export function expandMacros(text: string, macros: Macros, isField: (name: string) => boolean): Expanded {
  const pieces: Piece[] = [];
  let result = '';
  let copied = 0;
  const copy = (end: number): void => {
    if (end > copied) pieces.push({ at: result.length, end: result.length + end - copied, from: { start: copied, end }, isMacro: false });
    result += text.slice(copied, end);
    copied = end;
  };
  for (const match of text.matchAll(CALL)) {
    const replaced = expanded(match, macros, isField, { start: match.index, end: match.index + match[0].length }, 0);
    if (replaced === null) continue;
    copy(match.index);
    const from = { start: match.index, end: match.index + match[0].length };
    pieces.push({ at: result.length, end: result.length + replaced.length, from, isMacro: true });
    result += replaced;
    copied = from.end;
    if (result.length > MAX_TEXT) throw new FilterError(from, `With its macros this filter is longer than ${MAX_TEXT.toLocaleString('en')} characters.`);
  }
  if (pieces.length === 0) return { text, placeOf: (span) => span };
  copy(text.length);
  return { text: result, placeOf: ({ start, end }) => ({ start: placeIn(pieces, start, false), end: placeIn(pieces, Math.max(end, start), true) }) };
}

function placeIn(pieces: readonly Piece[], at: number, isEnd: boolean): number {
  const piece = pieces.find((one) => (isEnd ? at > one.at && at <= one.end : at >= one.at && at < one.end)) ?? pieces.at(-1);
  if (piece === undefined) return at;
  if (piece.isMacro) return isEnd ? piece.from.end : piece.from.start;
  return Math.min(piece.from.end, piece.from.start + Math.max(0, at - piece.at));
}

/** What a call stands for; null where it is none (a text, or a field of the selected packet). */
function expanded(match: RegExpMatchArray, macros: Macros, isField: (name: string) => boolean, span: Span, depth: number): string | null {
  const [whole, braced, bracedArguments, called, calledArguments] = match;
  const name = braced ?? called;
  if (whole.startsWith('"') || name === undefined) return null;
  if (!Object.hasOwn(macros, name)) {
    if (braced !== undefined && bracedArguments === undefined) return null;
    if (isField(name)) return null;
    throw new FilterError(span, `There is no macro "${name}".${Object.keys(macros).length > 0 ? ` There are ${Object.keys(macros).join(', ')}.` : ''}`, Object.keys(macros).filter((known) => editDistance(name, known, 3) <= 3).map((known) => replaceBy(span, whole.replace(name, known))));
  }
  if (depth >= MAX_NESTED) throw new FilterError(span, `The macro "${name}" uses macros that use macros, and so on: more than ${MAX_NESTED} deep.`);
  const values = bracedArguments !== undefined ? bracedArguments.split(';') : calledArguments !== undefined && calledArguments.trim() !== '' ? calledArguments.split(',') : [];
  const text = filledIn(name, macros[name] as string, values.map((value) => value.trim()), span);
  if (text.length > MAX_TEXT) throw new FilterError(span, `The macro "${name}" makes a text longer than ${MAX_TEXT.toLocaleString('en')} characters.`);
  return text.replace(CALL, (inner, ...groups: string[]) => expanded([inner, ...groups.slice(0, 4)] as unknown as RegExpMatchArray, macros, isField, span, depth + 1) ?? inner);
}

function filledIn(name: string, text: string, values: readonly string[], span: Span): string {
  const wanted = Math.max(0, ...Array.from(text.matchAll(/\$(\d+)/g), (match) => Number(match[1])));
  if (wanted !== values.length) throw new FilterError(span, `The macro "${name}" takes ${wanted === 1 ? 'one value' : `${wanted} values`}, not ${values.length}: $${name}(${Array.from({ length: wanted }, (_, index) => `value${index + 1}`).join(', ')}).`);
  return text.replace(/\$(\d+)/g, (_, number: string) => values[Number(number) - 1] ?? '');
}
