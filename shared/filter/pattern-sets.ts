/** The sets and bytes that patterns name (PCRE2, pcre2pattern(3)), over bytes in the C locale. */
import { ByteSet } from './byte-set.ts';

const WORD = ByteSet.of('A-Z', 'a-z', '0-9', '_');
const DIGIT = ByteSet.of('0-9');
const SPACE = ByteSet.of('\t-\r', ' ');
const HORIZONTAL = ByteSet.of('\t', ' ', '\xa0');
const VERTICAL = ByteSet.of('\n-\r', '\x85');
const LINE_END = ByteSet.of('\n');

/** Escapes that stand for a set of bytes; the capital letter for all others. */
export const SETS: Readonly<Record<string, ByteSet>> = {
  d: DIGIT, D: DIGIT.inverted(), w: WORD, W: WORD.inverted(), s: SPACE, S: SPACE.inverted(),
  h: HORIZONTAL, H: HORIZONTAL.inverted(), v: VERTICAL, V: VERTICAL.inverted(), N: LINE_END.inverted(),
};
/** Escapes that stand for a control character. */
export const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** Names between "[:" and ":]". */
export const POSIX: Readonly<Record<string, ByteSet>> = {
  alpha: ByteSet.of('A-Z', 'a-z'), digit: DIGIT, alnum: ByteSet.of('A-Z', 'a-z', '0-9'), upper: ByteSet.of('A-Z'), lower: ByteSet.of('a-z'),
  space: SPACE, blank: ByteSet.of('\t', ' '), cntrl: ByteSet.of('\0-\x1f', '\x7f'), graph: ByteSet.of('!-~'), print: ByteSet.of(' -~'),
  punct: ByteSet.of('!-/', ':-@', '[-`', '{-~'), xdigit: ByteSet.of('0-9', 'A-F', 'a-f'), word: WORD, ascii: ByteSet.of('\0-\x7f'),
};
