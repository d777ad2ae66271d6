/** Internet Message Format: a mail's headers, and what its body is (RFC 5322, RFC 2045). */
import { latin1, readU8 } from '../../bytes/reader.ts';
import { protocol } from '../define.ts';
import { linesOf } from '../text-lines.ts';
import { escapeText } from '../values.ts';
import { indexOfByte, lineEnd, shownText } from './http/lines.ts';
import { countText, skipSpace, takeAddresses, takeMailbox, takeMailboxes } from './imf/addresses.ts';
import { HEADER_CONTENTS, HEADER_FIELDS, IMF_FIELDS } from './imf/fields.ts';
import type { ImfKey, ImfLayer } from './imf/fields.ts';
import { takeSecurityLabel } from './imf/security-label.ts';

const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const LINE_BREAK = 2;
/** Headers of one mail. */
const MAX_HEADERS = 10_000;

/** What the Content-Type header says. */
interface ContentType {
  readonly type: string;
  readonly parameters: string;
}

export const imf = protocol({
  id: 'imf',
  title: 'Internet Message Format',
  short: 'IMF',
  spec: 'RFC 5322',
  osi: 7,
  claims: [{ table: 'media-type', keys: ['message/rfc822'] }],
  fields: () => IMF_FIELDS,
  parse(layer) {
    const { columns } = layer.run;
    layer.protocolName(columns.protocol === '' ? 'IMF' : `${columns.protocol}/IMF`);
    layer.info(() => '');
    const { content, bodyStart } = takeHeaders(layer);
    layer.headerEnd = layer.end;
    if (content === null) takeText(layer, bodyStart);
    else handOn(layer, content, bodyStart);
  },
});

// ── headers ──────────────────────────────────────────────────────────────────

function takeHeaders(layer: ImfLayer): { readonly content: ContentType | null; readonly bodyStart: number } {
  const { bytes, end } = layer;
  let content: ContentType | null = null;
  let at = layer.start;
  for (let header = 0; header < MAX_HEADERS && !layer.run.full; header += 1) {
    const colon = indexOfByte(bytes, COLON, at, end);
    const stop = colon < 0 ? null : headerEnd(bytes, colon + 1, end);
    // Bytes that are no header, not even an empty line: then nothing shows where the body begins.
    if (stop === null) return { content, bodyStart: layer.start };
    const key = HEADER_FIELDS.get(latin1(bytes, at, colon).toLowerCase());
    if (key === undefined) takeUnknown(layer, at, colon, stop.at);
    else content = takeHeader(layer, key, colon + 1, stop.at) ?? content;
    at = stop.at;
    if (stop.isLast) return { content, bodyStart: Math.min(end, stop.at + LINE_BREAK) };
  }
  return { content, bodyStart: at };
}

/**
 * Where the next header begins, or the empty line behind the last one, or the break of the line
 * that ends the mail; null where no line ends. Lines that begin with a blank go on with the header.
 */
function headerEnd(bytes: Uint8Array, from: number, end: number): { readonly at: number; readonly isLast: boolean } | null {
  for (let at = indexOfByte(bytes, CR, from, end); at >= 0; at = indexOfByte(bytes, CR, at + 1, end)) {
    if (at + 1 >= end || readU8(bytes, at + 1) !== LF) continue;
    const next = at + LINE_BREAK;
    if (next >= end) return { at, isLast: true };
    const byte = readU8(bytes, next);
    if (byte !== 0x20 && byte !== 0x09) return { at: next, isLast: byte === CR };
  }
  return null;
}

/** A header's value is shown without the break that ends it, which need not be there at the end of a mail. */
function shownEnd(start: number, stop: number): number {
  return Math.max(start, stop - LINE_BREAK);
}

function takeUnknown(layer: ImfLayer, start: number, colon: number, stop: number): void {
  const { bytes } = layer;
  const end = shownEnd(colon + 1, stop);
  layer.at('extension', start, end - start);
  layer.label(() => `Unknown-Extension: ${shownText(bytes, start, end)}`);
  layer.inside(() => {
    layer.at('extension.type', start, colon - start);
    const from = skipSpace(bytes, colon + 1, stop);
    const value = from < stop ? from : colon + 1;
    layer.at('extension.value', value, Math.max(0, end - value));
  });
}

/** One header that is known; gives what it says of the content. */
function takeHeader(layer: ImfLayer, key: ImfKey, start: number, stop: number): ContentType | null {
  const { bytes } = layer;
  const first = skipSpace(bytes, start, stop);
  const from = first < stop ? first : start;
  const end = shownEnd(from, stop);
  if (key === 'siolabel') layer.put('siolabel', 0, from, stop - from);
  else layer.at(key, from, end - from);
  if (key === 'from' || key === 'subject') layer.infoAppend(() => `${key}: ${shownText(bytes, from, end)}, `);
  if (key === 'content.type') return layer.inside(() => takeContentType(layer, from, stop));
  takeContents(layer, key, from, stop);
  return null;
}

function takeContents(layer: ImfLayer, key: ImfKey, from: number, stop: number): void {
  const contents = HEADER_CONTENTS[key];
  const entry = layer.run.lastEntry;
  if (contents === 'mailbox') layer.inside(() => takeMailbox(layer, from, stop));
  else if (contents === 'label') takeSecurityLabel(layer, from, stop);
  else if (contents !== undefined) {
    const count = layer.inside(() => (contents === 'addresses' ? takeAddresses : takeMailboxes)(layer, from, stop));
    layer.labelOf(entry, () => `${IMF_FIELDS[key].label}: ${shownText(layer.bytes, from, shownEnd(from, stop))}, ${countText(count)}`);
  }
}

/** RFC 2045 §5.1. Without parameters the type is not gone by, as the types that matter have some. */
function takeContentType(layer: ImfLayer, start: number, stop: number): ContentType | null {
  const { bytes } = layer;
  const semicolon = indexOfByte(bytes, SEMICOLON, start, stop);
  if (semicolon < 0) return null;
  layer.at('content.type.type', start, semicolon - start);
  const from = semicolon + 1;
  const end = parametersEnd(bytes, from, stop);
  layer.at('content.type.parameters', from, end - from);
  return { type: latin1(bytes, start, semicolon).toLowerCase(), parameters: latin1(bytes, from, end) };
}

/** The parameters end with the header's last line. */
function parametersEnd(bytes: Uint8Array, from: number, stop: number): number {
  const end = shownEnd(from, stop);
  const isBroken = readU8(bytes, end) === CR;
  return isBroken ? end : lineEnd(bytes, end, stop);
}

// ── body ─────────────────────────────────────────────────────────────────────

function handOn(layer: ImfLayer, { type, parameters }: ContentType, start: number): void {
  const { run } = layer;
  if (start >= layer.end) return;
  const outer = run.media;
  run.media = { type, parameters };
  const key = type.startsWith('multipart/') && run.registry.lookup('media-type', type) === undefined ? 'multipart/' : type;
  layer.tryNext('media-type', key, { start });
  run.media = outer;
}

function takeText(layer: ImfLayer, start: number): void {
  const { bytes, end } = layer;
  layer.put('message_text', 0, start, end - start);
  layer.inside(() => {
    for (const line of linesOf(bytes, start, end)) {
      const words = (): string => plainSpaces(bytes, line.start, line.next);
      layer.text(words, line.start, line.next - line.start);
      layer.infoAppend(words, ', ');
      if (layer.run.full || !layer.run.readsForViewers()) return;
    }
  });
}

/** White space as blanks, other control characters escaped. */
function plainSpaces(bytes: Uint8Array, start: number, end: number): string {
  return escapeText(latin1(bytes, start, end).replace(/[\t-\r]/g, ' '));
}
