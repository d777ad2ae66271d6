/** The first line of a message: what kind it is, and its parts (RFC 9112 §3 and §4). */
import { latin1, readU8 } from '../../../bytes/reader.ts';
import type { HttpLayer } from './fields.ts';
import { indexOfByte, skipSpaces, tokenEnd } from './lines.ts';
import { STATUS_WORDS } from './status.ts';

export type MessageKind = 'request' | 'response' | 'notification';

/** RFC 9110 §9.3; WebDAV (RFC 4918, 3253, 5323); Microsoft's; UPnP's eventing. As in Wireshark. */
const REQUEST_METHODS: ReadonlySet<string> = new Set([
  'GET', 'PUT', 'COPY', 'HEAD', 'LOCK', 'MOVE', 'POLL', 'POST', 'BCOPY', 'BMOVE', 'MKCOL', 'TRACE', 'PATCH', 'LABEL', 'MERGE',
  'DELETE', 'SEARCH', 'UNLOCK', 'REPORT', 'UPDATE', 'BDELETE', 'CONNECT', 'OPTIONS', 'CHECKIN', 'PROPFIND', 'CHECKOUT', 'CCM_POST',
  'PROPPATCH', 'BPROPFIND', 'BPROPPATCH', 'UNCHECKOUT', 'MKACTIVITY', 'MKWORKSPACE', 'RPC_CONNECT', 'RPC_IN_DATA', 'RPC_OUT_DATA',
  'VERSION-CONTROL', 'BASELINE-CONTROL', 'SSTP_DUPLEX_POST',
]);
const NOTIFICATION_METHODS: ReadonlySet<string> = new Set(['NOTIFY', 'SUBSCRIBE', 'UNSUBSCRIBE']);
const LONGEST_METHOD = 16;

/** Where the method begins: behind the "M-" of a mandatory request (RFC 2774 §5). */
function methodStart(bytes: Uint8Array, start: number, end: number): number {
  return end - start >= 2 && readU8(bytes, start) === 0x4d && readU8(bytes, start + 1) === 0x2d ? start + 2 : start;
}

/** The method of a request line, or "" where it is none that is known. */
export function methodOf(bytes: Uint8Array, start: number, end: number): string {
  const from = methodStart(bytes, start, end);
  const word = latin1(bytes, from, Math.min(end, from + LONGEST_METHOD + 1));
  const space = word.indexOf(' ');
  const method = space < 0 ? word : word.slice(0, space);
  return REQUEST_METHODS.has(method) || NOTIFICATION_METHODS.has(method) ? method : '';
}

/** What the line that spans `start` to `end` begins; null where it begins no message. */
export function kindOf(bytes: Uint8Array, start: number, end: number): MessageKind | null {
  // Nearly every line is a header's, whose name goes on in small letters.
  if (end - start < 2 || !isCapitalOrMark(readU8(bytes, start + 1))) return null;
  const from = methodStart(bytes, start, end);
  const word = latin1(bytes, from, Math.min(end, from + 5));
  if (word === 'HTTP/' || word.startsWith('ICY')) return 'response';
  const method = methodOf(bytes, start, end);
  if (method === '') return null;
  return NOTIFICATION_METHODS.has(method) ? 'notification' : 'request';
}

/** What the second byte of a method, of "M-" or of "HTTP" can be. */
function isCapitalOrMark(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || byte === 0x2d || byte === 0x5f;
}

/** The status code in a status line; 0 where there is none. */
export function statusOf(bytes: Uint8Array, start: number, end: number): number {
  const code = skipSpaces(bytes, tokenEnd(bytes, start, end), end);
  const digits = latin1(bytes, code, tokenEnd(bytes, code, end));
  return /^\d{3}$/.test(digits) ? Number(digits) : 0;
}

/** Records method, URI and version; gives the URI. */
export function takeRequestLine(layer: HttpLayer, start: number, end: number): string {
  const { bytes } = layer;
  const methodEnd = tokenEnd(bytes, start, end);
  if (methodEnd === start) return '';
  layer.at('request.method', start, methodEnd - start);
  let uri = skipSpaces(bytes, methodEnd, end);
  // Two blanks mean an empty URI between them.
  if (uri - start > 2 && uri - methodEnd >= 2) uri -= 1;
  const uriEnd = tokenEnd(bytes, uri, end);
  if (layer.run.items) {
    layer.at('request.uri', uri, uriEnd - uri);
    layer.inside(() => putQuery(layer, uri, uriEnd));
    const version = skipSpaces(bytes, uriEnd, end);
    layer.at('request.version', version, end - version);
  }
  return asciiText(bytes, uri, uriEnd);
}

/** The URI's path and query, where it has a query. */
function putQuery(layer: HttpLayer, start: number, end: number): void {
  const { bytes } = layer;
  const mark = indexOfByte(bytes, 0x3f, start, end);
  if (mark < 0 || mark + 1 >= end) return;
  layer.at('request.uri.path', start, mark - start);
  layer.at('request.uri.query', mark + 1, end - mark - 1);
  layer.inside(() => {
    for (let from = mark + 1; from < end && !layer.run.full; ) {
      const ampersand = indexOfByte(bytes, 0x26, from, end);
      const to = ampersand < 0 ? end : ampersand;
      if (to > from) layer.at('request.uri.query.parameter', from, to - from);
      from = to + 1;
    }
  });
}

/** Records version, status code and phrase; gives the code. */
export function takeStatusLine(layer: HttpLayer, start: number, end: number): number {
  const { bytes } = layer;
  const versionEnd = tokenEnd(bytes, start, end);
  if (versionEnd === start) return 0;
  layer.at('response.version', start, versionEnd - start);
  const code = skipSpaces(bytes, versionEnd, end);
  const codeEnd = tokenEnd(bytes, code, end);
  if (codeEnd - code < 3) return 0;
  const status = Number(/^\d*/.exec(latin1(bytes, code, code + 3))?.[0] ?? 0);
  layer.put('response.code', status, code, 3);
  layer.putGenerated('response.code.desc', STATUS_WORDS[status] ?? `Unknown (${status})`, code, 3);
  const phrase = skipSpaces(bytes, codeEnd, end);
  if (end > phrase) layer.at('response.phrase', phrase, end - phrase);
  return status;
}

/** Text of bytes that should be ASCII; others show as U+FFFD. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return latin1(bytes, start, end).replace(/[\u0080-\u00ff]/g, '\ufffd');
}
