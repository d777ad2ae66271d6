/** Header lines: a field for each, and what they say about the message as a whole (RFC 9110 §5). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import { putAuthentication, putAuthorization } from './authorization.ts';
import type { HeaderLine } from './header-line.ts';
import type { HeaderKey, HttpLayer } from './fields.ts';
import { indexOfByte, shownText, skipBlanks } from './lines.ts';
import { asciiText } from './start-line.ts';
import type { MessageKind } from './start-line.ts';
import { readTransferCodings } from './transfer-coding.ts';
import type { TransferCoding } from './transfer-coding.ts';

/** What the headers say that body and switching depend on. */
export interface Headers {
  /** Lower case, without parameters; null where there is none. */
  contentType: string | null;
  contentTypeParameters: string;
  /** -1 where there is none that is valid. */
  contentLength: number;
  contentEncoding: string | null;
  chunked: boolean;
  /** Null: no Transfer-Encoding header. */
  transferCoding: TransferCoding | null;
  upgrade: string | null;
  subprotocol: string | null;
  /** Sec-WebSocket-Extensions, all of them, joined by commas. */
  extensions: string | null;
  host: string | null;
}

export function noHeaders(): Headers {
  return { contentType: null, contentTypeParameters: '', contentLength: -1, contentEncoding: null, chunked: false, transferCoding: null, upgrade: null, subprotocol: null, extensions: null, host: null };
}

const KEYS: Readonly<Record<string, HeaderKey>> = {
  'authorization': 'authorization',
  'proxy-authorization': 'proxy_authorization',
  'proxy-authenticate': 'proxy_authenticate',
  'www-authenticate': 'www_authenticate',
  'content-type': 'content_type',
  'content-length': 'content_length_header',
  'content-encoding': 'content_encoding',
  'transfer-encoding': 'transfer_encoding',
  'upgrade': 'upgrade',
  'user-agent': 'user_agent',
  'host': 'host',
  'connection': 'connection',
  'cookie': 'cookie',
  'accept': 'accept',
  'referer': 'referer',
  'accept-language': 'accept_language',
  'accept-encoding': 'accept_encoding',
  'date': 'date',
  'cache-control': 'cache_control',
  'server': 'server',
  'location': 'location',
  'sec-websocket-accept': 'sec_websocket_accept',
  'sec-websocket-extensions': 'sec_websocket_extensions',
  'sec-websocket-key': 'sec_websocket_key',
  'sec-websocket-protocol': 'sec_websocket_protocol',
  'sec-websocket-version': 'sec_websocket_version',
  'set-cookie': 'set_cookie',
  'last-modified': 'last_modified',
  'x-forwarded-for': 'x_forwarded_for',
  'http2-settings': 'http2_settings',
};
const LONGEST_NAME = 64;
const SEMICOLON = 0x3b;

/** RFC 9110 §5.6.2 token characters, as far as Wireshark takes them, and two more that it does. */
function isValidName(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (NAME_BYTES[readU8(bytes, at)] === 0) return false;
  return end > start;
}

const NAME_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => (/[!#$%&\\:*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)) ? 1 : 0));

/** Names of headers that body, switching and authentication depend on, told by length and first letter. */
const TELLING: readonly string[] = [
  'content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'upgrade', 'host', 'authorization', 'proxy-authorization', 'www-authenticate', 'proxy-authenticate',
  'sec-websocket-protocol', 'sec-websocket-extensions',
];
const TELLING_MARKS: ReadonlySet<number> = new Set(TELLING.map((name) => markOf(name.length, name.charCodeAt(0))));

/** @param first byte of a letter of either case */
function markOf(length: number, first: number): number {
  return length * 256 + (first | 0x20);
}

/** Records a header line and notes what it says. */
export function takeHeader(layer: HttpLayer, headers: Headers, kind: MessageKind | null, start: number, colon: number, stop: number, next: number): void {
  const { bytes } = layer;
  if (!isValidName(bytes, start, colon)) {
    putLine(layer, kind, start, next, { isNamed: false });
    layer.expert('bad_header_name', 'warn', 'Protocol', 'Illegal characters found in header name');
    return;
  }
  // Where nothing is recorded, only these say anything.
  if (!layer.run.items && !TELLING_MARKS.has(markOf(colon - start, readU8(bytes, start)))) return;
  const name = colon - start > LONGEST_NAME ? '' : latin1(bytes, start, colon).toLowerCase();
  const key = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  if (key === undefined) {
    putLine(layer, kind, start, next);
    return;
  }
  const line: HeaderLine = { start, stop, next, valueStart: skipBlanks(bytes, colon + 1, stop) };
  if (layer.run.items) {
    layer.put(key, bytes.subarray(line.valueStart, stop), start, next - start);
    layer.label(() => shownText(bytes, start, next));
  }
  const entry = layer.run.lastEntry;
  layer.inside(() => takeValue(layer, headers, key, line, entry));
  if (kind === 'request' || kind === 'response') putLine(layer, kind, start, next, { hidden: true });
}

/** The whole line as a field: hidden where the header has a field of its own. Its value is escaped as the tree's where it is a header's. */
function putLine(layer: HttpLayer, kind: MessageKind | null, start: number, next: number, { hidden = false, isNamed = true } = {}): void {
  if (!layer.run.items) return;
  const { bytes } = layer;
  if (kind === 'request' || kind === 'response') layer.at(kind === 'request' ? 'request.line' : 'response.line', start, next - start, { hidden });
  else if (isNamed) layer.put('unknown_header', shownText(bytes, start, next), start, next - start);
  else layer.at('unknown_header', start, next - start);
  layer.label(() => shownText(bytes, start, next));
}

function takeValue(layer: HttpLayer, headers: Headers, key: HeaderKey, line: HeaderLine, entry: number): void {
  const { bytes } = layer;
  const value = (): string => asciiText(bytes, line.valueStart, line.stop);
  switch (key) {
    case 'content_type':
      takeContentType(headers, value());
      return;
    case 'content_length_header':
      takeContentLength(layer, headers, value(), line, entry);
      return;
    case 'content_encoding':
      headers.contentEncoding = value();
      return;
    case 'transfer_encoding':
      takeTransferEncoding(layer, headers, value(), entry);
      return;
    case 'host':
      headers.host = value();
      return;
    case 'upgrade':
      headers.upgrade = value().toLowerCase();
      return;
    case 'sec_websocket_protocol':
      headers.subprotocol = value().trim();
      return;
    case 'sec_websocket_extensions':
      headers.extensions = headers.extensions === null ? value() : `${headers.extensions},${value()}`;
      return;
    case 'cookie':
      if (layer.run.items) putCookies(layer, line);
      return;
    case 'authorization':
    case 'proxy_authorization':
      if (layer.run.items) putAuthorization(layer, line);
      else putAuthentication(layer, line);
      return;
    case 'www_authenticate':
    case 'proxy_authenticate':
      putAuthentication(layer, line);
      return;
    default:
  }
}

function takeContentType(headers: Headers, value: string): void {
  // Most have no parameters.
  if (!/[;\s]/.test(value)) {
    headers.contentType = value.toLowerCase();
    headers.contentTypeParameters = '';
    return;
  }
  const end = /[;\s]/.exec(value)?.index ?? value.length;
  headers.contentType = value.slice(0, end).toLowerCase();
  headers.contentTypeParameters = value.slice(end).replace(/^[;\s]+/, '');
}

function takeContentLength(layer: HttpLayer, headers: Headers, value: string, { start, next }: HeaderLine, entry: number): void {
  const digits = /^[+]?(\d+)(?=\s|$)/.exec(value)?.[1];
  const length = digits === undefined ? -1n : BigInt(digits);
  if (length < 0n || length > 0x7fff_ffff_ffff_ffffn) {
    headers.contentLength = -1;
    return;
  }
  headers.contentLength = Number(length);
  layer.putGenerated('content_length', length, start, next - start);
  if (headers.transferCoding !== null) tellBoth(layer, entry);
}

function takeTransferEncoding(layer: HttpLayer, headers: Headers, value: string, entry: number): void {
  if (headers.contentLength >= 0) tellBoth(layer, entry);
  const codings = readTransferCodings(value);
  headers.chunked ||= codings.chunked;
  headers.transferCoding = codings.coding;
  if (!codings.understood) layer.expert('te_unknown', 'warn', 'Undecoded', 'Unknown transfer coding name in Transfer-Encoding header', entry);
}

function tellBoth(layer: HttpLayer, entry: number): void {
  layer.expert('te_and_length', 'warn', 'Malformed', 'The Content-Length and Transfer-Encoding header must not be set together', entry);
}

/** RFC 6265 §4.2: name=value pairs with "; " between them. */
function putCookies(layer: HttpLayer, { valueStart, stop }: HeaderLine): void {
  const { bytes } = layer;
  for (let from = valueStart; from < stop && !layer.run.full; ) {
    const byte = readU8(bytes, from);
    if (byte === SEMICOLON || /\s/.test(String.fromCharCode(byte))) {
      from += 1;
      continue;
    }
    const semicolon = indexOfByte(bytes, SEMICOLON, from, stop);
    const to = semicolon < 0 ? stop : semicolon;
    layer.at('cookie_pair', from, to - from);
    from = to;
  }
}
