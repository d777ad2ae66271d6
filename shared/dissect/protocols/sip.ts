/** Session Initiation Protocol: sets up, changes and ends calls, in messages of text like HTTP's. */
import { latin1 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import type { Peek } from '../field.ts';
import { lineEnd, nextLine } from './http/lines.ts';
import { sipFields } from './sip/fields.ts';
import type { SipLayer } from './sip/fields.ts';
import { endOfHeaders, takeMessage } from './sip/message.ts';
import { LONGEST_START, parseStartLine } from './sip/start-line.ts';

/** Messages in one stretch of bytes that are shown. */
const MOST_MESSAGES = 1024;

function isSip(peek: Peek): boolean {
  const first = peek.u8(0);
  // Names of methods are letters.
  if (first < 0x41 || first > 0x7a || peek.length < 12) return false;
  const text = peek.text(0, Math.min(peek.length, LONGEST_START));
  const stop = text.search(/[\r\n]/);
  // A NUL ends the line for tshark, and no line is whole then.
  if (stop < 0 ? text.includes('\0') : text.lastIndexOf('\0', stop) >= 0) return false;
  return parseStartLine(stop < 0 ? text : text.slice(0, stop)) !== null;
}

const LONGEST_KEEP_ALIVE = 4;

/** Empty lines that keep a connection open (RFC 5626 §3.5.1). */
function isKeepAlive(peek: Peek): boolean {
  return peek.length > 0 && peek.length <= LONGEST_KEEP_ALIVE && /^[\r\n]+$/.test(peek.text(0, peek.length));
}

export const sip = protocol({
  id: 'sip',
  title: 'Session Initiation Protocol',
  short: 'SIP',
  spec: 'RFC 3261 §7',
  osi: 7,
  claims: [
    { table: 'udp.port', keys: [5060] },
    { table: 'tcp.port', keys: [5060] },
    { table: 'media-type', keys: ['message/sip'] },
    { table: 'ws.protocol', keys: ['sip'] },
  ],
  guesses: [
    { table: 'udp', rank: 40, accepts: isSip },
    { table: 'tcp', rank: 40, accepts: isSip },
    { table: 'stun', rank: 20, accepts: isSip },
  ],
  accepts: (peek) => isSip(peek) || isKeepAlive(peek),
  fields: sipFields,
  parse(layer) {
    if (skipEmptyLines(layer) === layer.end) layer.withdraw();
    else if (layer.run.flow?.protocol === 'tcp' && layer.canDesegment) takeStream(layer);
    else takeAll(layer);
  },
});

/** A datagram holds one message. */
function takeAll(layer: SipLayer): void {
  layer.protocolName('SIP');
  takeMessage(layer, layer.reportedEnd, 0);
  layer.cursor = layer.end;
}

/** Messages of a stream; each says with Content-Length where its body ends (RFC 3261 §18.3). */
function takeStream(layer: SipLayer): void {
  layer.protocolName('SIP');
  for (let ordinal = 0; layer.cursor < layer.end && ordinal < MOST_MESSAGES; ordinal += 1) {
    const start = skipEmptyLines(layer);
    const missing = missingOf(layer, start);
    if (missing !== null) {
      layer.needMore(start, missing);
      return;
    }
    if (start >= layer.end) return;
    const end = endOfMessage(layer, start);
    layer.cursor = start;
    if (ordinal > 0) layer.infoFence();
    layer.message(end, () => {
      if (isMessage(layer)) takeMessage(layer, end, ordinal);
      else layer.take('continuation', layer.left);
    });
  }
}

function isMessage(layer: SipLayer): boolean {
  return parseStartLine(latin1(layer.bytes, layer.cursor, lineEnd(layer.bytes, layer.cursor, layer.end))) !== null;
}

/** Keep-alives between messages (RFC 5626 §3.5.1). */
function skipEmptyLines(layer: SipLayer): number {
  let at = layer.cursor;
  while (at < layer.end && /[\r\n]/.test(latin1(layer.bytes, at, at + 1))) at += 1;
  return at;
}

function missingOf(layer: SipLayer, start: number): number | 'segment' | null {
  const headersEnd = endOfHeaders(layer, nextLine(layer.bytes, lineEnd(layer.bytes, start, layer.end), layer.end));
  const isWhole = /\r?\n\r?\n$/.test(latin1(layer.bytes, Math.max(start, headersEnd - 4), headersEnd));
  if (!isWhole) return start < layer.end ? 'segment' : null;
  const wanted = headersEnd + (contentLengthOf(layer, start, headersEnd) ?? 0);
  return wanted > layer.end ? wanted - layer.end : null;
}

function endOfMessage(layer: SipLayer, start: number): number {
  const headersEnd = endOfHeaders(layer, nextLine(layer.bytes, lineEnd(layer.bytes, start, layer.end), layer.end));
  const length = contentLengthOf(layer, start, headersEnd);
  return length === null ? layer.reportedEnd : headersEnd + length;
}

function contentLengthOf(layer: SipLayer, start: number, headersEnd: number): number | null {
  const [, digits] = /\r?\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*\r?\n/i.exec(latin1(layer.bytes, start, headersEnd)) ?? [];
  return digits === undefined ? null : Number(digits);
}
