/** Answers that carry a mail: FETCH with a text of announced length (RFC 9051 §4.3, §7.5.2). */
import { latin1 } from '../../../bytes/reader.ts';
import type { TextLine } from '../../text-lines.ts';
import { indexOfByte, isWholeLine, lineEnd, nextLine } from '../http/lines.ts';
import type { ImapLayer } from './fields.ts';

const OPEN = 0x28;
const CLOSE = 0x29;
const OPEN_LENGTH = 0x7b;
const CLOSE_LENGTH = 0x7d;
/** Words behind the asterisk that may be the name of the answer. */
const MAX_WORDS = 3;

/** What an untagged line is: none of FETCH, a FETCH that is not all there, one without a mail, or a mail behind the line. */
export type Fetch = { readonly kind: 'none' | 'unfinished' } | { readonly kind: 'line'; readonly next: number } | { readonly kind: 'mail'; readonly length: number };

export function fetchOf(layer: ImapLayer, { start, stop }: TextLine): Fetch {
  const { bytes, end } = layer;
  const words = [...latin1(bytes, start + 1, stop).matchAll(/[^ \t]+/g)].slice(0, MAX_WORDS);
  const name = words.length >= 2 ? words.find(([word]) => 'FETCH'.startsWith(word.toUpperCase())) : undefined;
  if (name === undefined) return { kind: 'none' };
  const open = indexOfByte(bytes, OPEN, start + 1 + name.index + name[0].length, end);
  if (open < 0 || open + 1 >= end) return { kind: 'unfinished' };
  const lengthStart = indexOfByte(bytes, OPEN_LENGTH, open, end);
  if (lengthStart >= 0) return mailOf(layer, lengthStart);
  const lineStop = lineEnd(bytes, open, end);
  return isWholeLine(bytes, lineStop, end) ? { kind: 'line', next: nextLine(bytes, lineStop, end) } : { kind: 'unfinished' };
}

/** The mail is all there once the bracket that closes the list is. */
function mailOf({ bytes, end }: ImapLayer, lengthStart: number): Fetch {
  const lengthEnd = indexOfByte(bytes, CLOSE_LENGTH, lengthStart + 1, end);
  const digits = lengthEnd < 0 ? '' : latin1(bytes, lengthStart + 1, lengthEnd);
  const length = Number(digits);
  if (!/^\d+$/.test(digits) || length > 0xffff_ffff) return { kind: 'unfinished' };
  return indexOfByte(bytes, CLOSE, lengthEnd + length, end) < 0 ? { kind: 'unfinished' } : { kind: 'mail', length };
}
