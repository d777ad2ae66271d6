/** What the server answers: a code and words, on one line or on several (RFC 5321 §4.2). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import { linesOf } from '../../text-lines.ts';
import type { TextLine } from '../../text-lines.ts';
import { shownText } from '../http/lines.ts';
import type { SmtpLayer } from './fields.ts';
import { noteReply } from './session.ts';

const HYPHEN = 0x2d;
/** Digits of a code, and the character behind it. */
const CODE_LENGTH = 3;
const WORDS_AT = 4;

/** A reply: its first line has the code; others go on with it as long as a hyphen says so. */
interface Reply {
  readonly code: number;
  readonly lines: TextLine[];
  /** Codes of later lines that are not the first one's. */
  readonly others: number[];
}

export function takeReplies(layer: SmtpLayer): void {
  const { bytes, run } = layer;
  layer.put('rsp', 1);
  let open: Reply | null = null;
  for (const line of linesOf(bytes, layer.start, layer.end)) {
    layer.infoAppend(() => (line.start === layer.start ? 'S: ' : ' | '));
    const code = codeOf(bytes, line);
    if (code < 0) continue;
    if (run.pass === 'deep') noteReply(layer, code);
    tell(layer, line, code, open === null);
    if (open === null) open = { code, lines: [], others: [] };
    else if (code !== open.code) open.others.push(code);
    open.lines.push(line);
    if (line.stop - line.start > CODE_LENGTH && readU8(bytes, line.start + CODE_LENGTH) === HYPHEN) continue;
    putReply(layer, open);
    open = null;
  }
  if (open !== null) putReply(layer, open);
  layer.cursor = layer.end;
}

/** The line's three digits; -1 where there are none. */
function codeOf(bytes: Uint8Array, { start, stop }: TextLine): number {
  const text = latin1(bytes, start, Math.min(stop, start + CODE_LENGTH));
  return /^\d{3}$/.test(text) ? Number(text) : -1;
}

function tell(layer: SmtpLayer, { start, stop }: TextLine, code: number, isFirst: boolean): void {
  if (isFirst) layer.infoAppend(() => (stop - start > CODE_LENGTH ? shownText(layer.bytes, start, stop) : String(code).padStart(CODE_LENGTH, '0')));
  else if (stop - start >= WORDS_AT) layer.infoAppend(() => shownText(layer.bytes, start + WORDS_AT, stop));
}

function putReply(layer: SmtpLayer, { code, lines, others }: Reply): void {
  const [first] = lines;
  if (first === undefined || !layer.run.remarks) return;
  layer.at('response', first.start, first.next - first.start);
  layer.inside(() => {
    layer.put('response.code', code, first.start, CODE_LENGTH);
    const entry = layer.run.lastEntry;
    for (const other of others) layer.expert('response.code.unexpected', 'warn', 'Protocol', `Unexpected response code ${other} in multiline response. Expected ${code}`, entry);
    for (const { start, stop } of lines) if (stop - start >= WORDS_AT) layer.at('rsp.parameter', start + WORDS_AT, stop - start - WORDS_AT);
  });
}
