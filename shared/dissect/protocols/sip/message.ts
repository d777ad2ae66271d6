/** One message: first line, headers, body. */
import { latin1, utf8 } from '../../../bytes/reader.ts';
import { lineEnd, nextLine, shownText } from '../http/lines.ts';
import { addressKeys, takeUri } from './addresses.ts';
import { takeBody } from './body.ts';
import { trimmed } from './fields.ts';
import type { SipLayer, Span } from './fields.ts';
import { headerOf, NUMBER_HEADERS } from './header-names.ts';
import type { NumberHeader, TextHeader } from './header-names.ts';
import { VALUE_READERS } from './header-values.ts';
import { METHODS, parseStartLine } from './start-line.ts';
import type { StartLine } from './start-line.ts';
import { emptySummary } from './summary.ts';
import type { Summary } from './summary.ts';
import { factOf } from './transactions.ts';
import type { MessageFact } from './transactions.ts';

/** Shows the message at the cursor; `end` is where it ends, as far as anybody knows. */
export function takeMessage(layer: SipLayer, end: number, ordinal: number): void {
  const { bytes } = layer;
  const from = layer.cursor;
  const stop = lineEnd(bytes, from, layer.end);
  const start = parseStartLine(latin1(bytes, from, stop));
  if (start === null) return;
  const headersFrom = nextLine(bytes, stop, layer.end);
  const headersEnd = endOfHeaders(layer, headersFrom);
  const summary = readSummary(layer, headersFrom, headersEnd);
  const fact = factOf(layer, summary, start.status, ordinal);
  tell(layer, start, summary);
  layer.at(start.kind === 'request' ? 'Request-Line' : 'Status-Line', from, stop - from);
  const isWhole = endsWithLine(layer, headersEnd);
  layer.inside(() => takeStart(layer, from, start, summary, isWhole ? fact : null));
  takeHeaders(layer, headersFrom, headersEnd, end);
  layer.infoFence();
  if (!isWhole && !layer.reaches(layer.reportedEnd + 1)) return;
  takeBody(layer, summary, fact, start.status, headersEnd, end);
}

/** Behind the empty line, or where the bytes end. */
export function endOfHeaders(layer: SipLayer, from: number): number {
  const { bytes, end } = layer;
  for (let at = from; at < end; ) {
    const stop = lineEnd(bytes, at, end);
    const next = nextLine(bytes, stop, end);
    if (stop === at) return next;
    at = next;
  }
  return end;
}

/** False where the last line goes on to the end of the bytes: nobody knows what is missing. */
function endsWithLine({ bytes }: SipLayer, headersEnd: number): boolean {
  return /[\r\n]/.test(latin1(bytes, headersEnd - 1, headersEnd));
}

// ── first line ───────────────────────────────────────────────────────────────

function takeStart(layer: SipLayer, from: number, start: StartLine, summary: Summary, fact: MessageFact | null): void {
  if (start.kind === 'request') {
    layer.at('Method', from, start.method.length);
    const uri: Span = { start: from + start.method.length + 1, text: start.uri };
    layer.at('r-uri', uri.start, uri.text.length);
    layer.inside(() => takeUri(layer, uri, addressKeys('r-uri', 'r-uri'), false));
  } else layer.put('Status-Code', start.status, from + 'SIP/2.0 '.length, 3);
  if (fact === null) return;
  layer.putGenerated('resend', fact.repeats > 0 ? 1 : 0);
  if (fact.repeats > 0) layer.putGenerated('resend-original', fact.repeats);
  if (fact.request === 0) return;
  layer.putGenerated('response-request', fact.request);
  layer.putGenerated('response-time', fact.milliseconds);
  if (summary.sequenceMethod === 'BYE') layer.putGenerated('release-time', fact.milliseconds);
}

function tell(layer: SipLayer, start: StartLine, summary: Summary): void {
  layer.summary(() => ` (${start.kind === 'request' ? start.method : start.status})`);
  layer.info(() => `${titleOf(start, summary)}${bindingsText(start, summary)} | `);
}

function titleOf(start: StartLine, summary: Summary): string {
  if (start.kind === 'status') return `Status: ${start.status} ${start.phrase}${start.status === 200 ? ` (${summary.sequenceMethod})` : ''}`;
  const inDialog = start.method === 'INVITE' && summary.hasToTag ? ', in-dialog' : '';
  return `${METHODS.has(start.method) ? 'Request' : 'Unknown request'}: ${start.method} ${start.uri}${inDialog}`;
}

/** What a registration does, or what the registrar knows. */
function bindingsText(start: StartLine, summary: Summary): string {
  const { contacts, expiringContacts } = summary;
  const count = (words: string, number: number): string => ` (${words}${number} binding${number === 1 ? '' : 's'})`;
  if (start.kind === 'status') return summary.sequenceMethod === 'REGISTER' && Math.floor(start.status / 100) === 2 ? ` ${count('', contacts)}` : '';
  if (start.method !== 'REGISTER') return '';
  if (summary.hasStarContact && summary.expires === 0) return '  (remove all bindings)';
  if (contacts === 0) return '  (fetch bindings)';
  if (summary.expires === 0) return ` ${count('remove ', contacts)}`;
  if (expiringContacts === 0) return ` ${count('', contacts)}`;
  return ` ${count('remove ', expiringContacts)}${contacts > expiringContacts ? count('add ', contacts - expiringContacts) : ''}`;
}

// ── headers ──────────────────────────────────────────────────────────────────

/** A header's lines: where it begins and ends (behind its line break), its name, and its value without blanks around. */
interface Header {
  readonly start: number;
  readonly next: number;
  readonly name: string | null;
  readonly value: Span;
}

function* headersOf(layer: SipLayer, from: number, end: number): Generator<Header> {
  const { bytes } = layer;
  for (let start = from; start < end && !layer.run.full; ) {
    const first = lineEnd(bytes, start, end);
    if (first === start) return;
    let next = nextLine(bytes, first, end);
    let stop = first;
    // A line that begins with a blank goes on with the one before (RFC 3261 §7.3.1).
    while (next < end && /[ \t]/.test(latin1(bytes, next, next + 1))) {
      stop = lineEnd(bytes, next, end);
      next = nextLine(bytes, stop, end);
    }
    const text = latin1(bytes, start, stop);
    const colon = text.indexOf(':');
    yield { start, next, name: colon < 0 ? null : text.slice(0, colon), value: trimmed({ start: start + colon + 1, text: text.slice(colon + 1) }) };
    start = next;
  }
}

/** The headers once without showing anything: the first line's items and Info need to know them. */
function readSummary(layer: SipLayer, from: number, end: number): Summary {
  const summary = emptySummary();
  const { run } = layer;
  const items = run.items;
  run.items = false;
  for (const header of headersOf(layer, from, end)) {
    const key = header.name === null ? undefined : headerOf(header.name.toLowerCase());
    if (key !== undefined) noteHeader(layer, key, header, summary);
  }
  run.items = items;
  return summary;
}

const NOTED: ReadonlySet<string> = new Set(['To', 'Contact', 'CSeq']);

function noteHeader(layer: SipLayer, key: TextHeader | NumberHeader, { value }: Header, summary: Summary): void {
  if (key === 'Call-ID') summary.callId = value.text;
  else if (key === 'Content-Type') summary.contentType = value.text;
  else if (key === 'Content-Length' && /^\d{1,9}/.test(value.text)) summary.contentLength = parseInt(value.text, 10);
  else if (key === 'Expires') summary.expires = numberIn(value);
  else if (NOTED.has(key)) VALUE_READERS[key]?.(layer, value, summary);
}

function numberIn(value: Span): number {
  return Number(/^\d{1,10}/.exec(value.text)?.[0] ?? '0') >>> 0;
}

function takeHeaders(layer: SipLayer, from: number, end: number, messageEnd: number): void {
  const { run, bytes } = layer;
  if (!run.items) return;
  const entry = run.tape.count;
  // The value goes on to the end of the message, as in Wireshark; the line covers the headers.
  layer.put('msg_hdr', utf8(bytes, from, Math.min(messageEnd, layer.end)), from, end - from);
  layer.labelOf(entry, () => 'Message Header');
  layer.inside(() => {
    let last = from;
    for (const header of headersOf(layer, from, end)) {
      takeHeader(layer, header);
      last = header.next;
    }
    // Behind the last header stands an empty line, or else nothing.
    if (from < end && last === end && endsWithLine(layer, end)) layer.expert('header_not_terminated', 'warn', 'Malformed', 'Header not terminated by empty line (CRLF)');
  });
}

const NUMBER_KEYS: ReadonlySet<string> = new Set(NUMBER_HEADERS);
/** Headers that `auth` shows as a whole. */
const AUTHENTICATION: ReadonlySet<string> = new Set(['Authorization', 'Proxy-Authorization', 'WWW-Authenticate', 'Proxy-Authenticate']);

function takeHeader(layer: SipLayer, { start, next, name, value }: Header): void {
  const { bytes } = layer;
  const length = next - start;
  const shown = (): string => shownText(bytes, start, lineStop(layer, start, next));
  const key = name === null ? undefined : headerOf(name.toLowerCase());
  if (key === undefined) {
    layer.text(shown, start, length);
    if (name === null) layer.expert('header_no_colon', 'warn', 'Malformed', 'Header has no colon after the name');
    else layer.expert('unrecognized_header', 'note', 'Undecoded', `Unrecognised SIP header (${name.toLowerCase()})`);
    return;
  }
  if (NUMBER_KEYS.has(key)) {
    takeNumber(layer, key as NumberHeader, value, start, length);
    layer.label(shown);
    return;
  }
  const text = utf8(bytes, value.start, value.start + value.text.length);
  layer.put(key, text, start, length);
  layer.label(shown);
  layer.inside(() => VALUE_READERS[key]?.(layer, value, emptySummary()));
  if (AUTHENTICATION.has(key)) layer.at('auth', start, length);
  if (key === 'Call-ID') layer.put('call_id_generated', text, start, length, { generated: true });
}

/** Where a header's text ends, before the line break. */
function lineStop(layer: SipLayer, start: number, next: number): number {
  let stop = next;
  while (stop > start && /[\r\n]/.test(latin1(layer.bytes, stop - 1, stop))) stop -= 1;
  return stop;
}

function takeNumber(layer: SipLayer, key: NumberHeader, value: Span, start: number, length: number): void {
  const isNumber = /^\d+\s*$/.test(value.text);
  const isStrict = key === 'Content-Length' || key === 'Retry-After';
  layer.put(key, isStrict && !isNumber ? 0 : numberIn(value), start, length);
  if (isNumber || !isStrict) return;
  if (key === 'Content-Length') layer.expert('content_length.invalid', 'note', 'Malformed', 'Invalid content_length');
  else layer.expert('retry_after.invalid', 'note', 'Malformed', 'Invalid retry_after value');
}

