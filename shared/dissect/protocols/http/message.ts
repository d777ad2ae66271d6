/** One message: start line, headers, body; or bytes that go on with one whose start was not seen. */
import { readU16, readU8 } from '../../../bytes/reader.ts';
import { takeBody } from './body.ts';
import { conversationOf, noteMessage, putExchange } from './exchanges.ts';
import type { Conversation, MessageFact } from './exchanges.ts';
import type { HttpLayer } from './fields.ts';
import { noHeaders, takeHeader } from './headers.ts';
import type { Headers } from './headers.ts';
import { indexOfByte, isWholeLine, lineEnd, nextLine, shownText } from './lines.ts';
import { missingOf } from './missing.ts';
import { kindOf, methodOf, statusOf, takeRequestLine, takeStatusLine } from './start-line.ts';
import type { MessageKind } from './start-line.ts';

const FIN = 0x01;
const CR_LF = 0x0d0a;
const COLON = 0x3a;
const HTTPS_PORT = 443;

/** What a message turned out to be. */
interface Message {
  kind: MessageKind | null;
  method: string;
  uri: string | null;
  status: number;
  readonly headers: Headers;
}

/** Reads the message at the layer's start; `name` is for the Protocol column. Gives where it ends; -1 where nothing more can be read now. */
export function takeMessage(layer: HttpLayer, name = 'HTTP'): number {
  const { bytes, start } = layer;
  const hasLeadingBreak = layer.reportedEnd - start > 3 && readU16(bytes, start) === CR_LF;
  const from = hasLeadingBreak ? start + 2 : start;
  if (!layer.reaches(from + 1)) return -1;
  const isKnown = (conversationOf(layer)?.uri ?? null) !== null;
  if (!isPrintable(readU8(bytes, from))) {
    if (isKnown) takeBinary(layer, name);
    else layer.withdraw();
    return -1;
  }
  const stop = lineEnd(bytes, from, layer.end);
  const isWhole = isWholeLine(bytes, stop, layer.end);
  const isCut = !isWhole && layer.end < layer.reportedEnd;
  // What the snapshot length left of a first line is read as one.
  const kind = isWhole || isCut ? kindOf(bytes, from, stop) : null;
  // The list tells of a message from where it begins, though it be shown where it ends.
  if (kind !== null && isWhole) layer.info(() => `${shownText(bytes, from, stop)} `);
  if (kind !== null || !isWhole) {
    const missing = isWhole ? missingOf(layer, from, mayHaveBody(layer, kind, from, stop), kind === 'response') : missingOf(layer, from, true, false);
    if (missing !== null) {
      layer.needMore(from, missing.more, missing);
      layer.withdraw();
      return -1;
    }
  }
  // Without its first line, nobody can tell what a cut-off packet holds.
  if (kind === null && !isWhole && !layer.reaches(layer.reportedEnd)) return -1;
  // The list does not tell of a response whose first line is cut, and of a request no more than that it is one.
  const isTold = kind !== null && !(isCut && kind === 'response');
  if (isTold ? isCut : kind === null && isKnown) layer.info(() => 'Continuation');
  if (isTold || isKnown) layer.protocolName(name);
  if (hasLeadingBreak) layer.expert('leading_crlf', 'warn', 'Malformed', 'Leading CRLF previous message in the stream may have extra CRLF', layer.entry);
  const end = takeLines(layer, from, kind !== null || isKnown);
  return isCut && !layer.reaches(layer.reportedEnd) ? -1 : end;
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}

/** Bytes of a body whose headers were not seen. */
function takeBinary(layer: HttpLayer, name: string): void {
  layer.protocolName(name);
  layer.info(() => 'Continuation');
  layer.data({ start: layer.start });
}

/** RFC 9112 §6.3: answers to HEAD, successful ones to CONNECT, and some codes have no body; behind a FIN nothing more comes. */
function mayHaveBody(layer: HttpLayer, kind: MessageKind | null, from: number, stop: number): boolean {
  if (layer.run.tcpFlags & FIN && layer.run.flow?.protocol === 'tcp') return false;
  if (kind !== 'response') return true;
  const status = statusOf(layer.bytes, from, stop);
  const method = layer.fact<MessageFact>()?.method ?? (layer.run.pass === 'deep' ? conversationOf(layer)?.method : undefined);
  if (method === 'HEAD' || isBodiless(status)) return false;
  return !(Math.floor(status / 100) === 2 && (method === 'CONNECT' || method === 'SSTP_DUPLEX_POST'));
}

function isBodiless(status: number): boolean {
  return Math.floor(status / 100) === 1 || status === 204 || status === 304;
}

// ── lines ────────────────────────────────────────────────────────────────────

function takeLines(layer: HttpLayer, from: number, isHttp: boolean): number {
  const { bytes } = layer;
  const message: Message = { kind: null, method: '', uri: null, status: 0, headers: noHeaders() };
  let seen = 0;
  let start = from;
  while (start < layer.end && !layer.run.full) {
    const stop = lineEnd(bytes, start, layer.end);
    const next = nextLine(bytes, stop, layer.end);
    if (stop === start) {
      markPort(layer, seen);
      layer.text(() => shownText(bytes, start, next), start, next - start);
      start = next;
      seen += 1;
      break;
    }
    if (!takeLine(layer, message, start, stop, next, seen)) {
      // A line that ends with the bytes may be the beginning of one more header.
      if (seen > 0 && stop === layer.end) layer.reaches(stop + 1);
      break;
    }
    start = next;
    seen += 1;
  }
  if (seen === 0 && !isHttp) {
    layer.withdraw();
    return -1;
  }
  if (layer.broken) return -1;
  return takeRest(layer, message, start);
}

/** One line of start line and headers; false where it is none. */
function takeLine(layer: HttpLayer, message: Message, start: number, stop: number, next: number, seen: number): boolean {
  const { bytes } = layer;
  const kind = kindOf(bytes, start, stop);
  if (kind !== null) {
    markPort(layer, seen);
    message.kind = kind;
    takeStart(layer, message, start, stop, next);
    return true;
  }
  const colon = indexOfByte(bytes, COLON, start, stop);
  if (colon < 0) return false;
  markPort(layer, seen);
  takeHeader(layer, message.headers, message.kind, start, colon, stop, next);
  return true;
}

/** Plain HTTP where TLS is expected. */
function markPort(layer: HttpLayer, seen: number): void {
  const { run } = layer;
  if (seen > 0 || run.flow?.protocol !== 'tcp' || isOverTls(layer)) return;
  if (run.sourcePort === HTTPS_PORT || run.destinationPort === HTTPS_PORT) {
    layer.expert('tls_port', 'warn', 'Security', 'Unencrypted HTTP protocol detected over encrypted port, could indicate a dangerous misconfiguration.', layer.entry);
  }
}

function isOverTls(layer: HttpLayer): boolean {
  return layer.run.layers.some(({ protocol }) => protocol.id === 'tls');
}

function takeStart(layer: HttpLayer, message: Message, start: number, stop: number, next: number): void {
  const { bytes } = layer;
  layer.text(() => shownText(bytes, start, next), start, next - start);
  layer.expert('chat', 'chat', 'Sequence', layer.run.labels ? shownText(bytes, start, next) : '');
  layer.inside(() => {
    if (message.kind === 'response') message.status = takeStatusLine(layer, start, stop);
    else {
      message.method = methodOf(bytes, start, stop);
      message.uri = takeRequestLine(layer, start, stop);
    }
  });
}

// ── the message as a whole ───────────────────────────────────────────────────

function takeRest(layer: HttpLayer, message: Message, headersEnd: number): number {
  const { kind, headers } = message;
  const fullUri = fullUriOf(layer, message);
  if (fullUri !== null) layer.putGenerated('request.full_uri', fullUri);
  learn(layer, message, fullUri);
  putExchange(layer, kind);
  const length = bodyLength(layer, message, headersEnd);
  if (layer.end <= headersEnd || length === 0) {
    return finish(layer, message, headersEnd);
  }
  const end = takeBody(layer, headers, headersEnd, length);
  return end < 0 ? end : finish(layer, message, end);
}

/** Bytes of the body on the wire, as far as they are here. */
function bodyLength(layer: HttpLayer, { kind, status, headers }: Message, headersEnd: number): number {
  const available = layer.reportedEnd - headersEnd;
  if (headers.contentLength >= 0 && headers.transferCoding === null) return Math.min(available, headers.contentLength);
  if (kind === 'request' && headers.transferCoding === null) return 0;
  return kind === 'response' && isBodiless(status) ? 0 : available;
}

function fullUriOf(layer: HttpLayer, { method, uri, headers }: Message): string | null {
  if (headers.host === null || uri === null) return null;
  if (/^https?:\/\//i.test(uri) || method === 'CONNECT') return uri;
  return `${isOverTls(layer) ? 'https' : 'http'}://${headers.host.trim()}${uri}`;
}

/** Deep pass: what later messages of the connection need. */
function learn(layer: HttpLayer, { kind, method, uri, status }: Message, fullUri: string | null): void {
  if (layer.run.pass !== 'deep') return;
  const conversation = conversationOf(layer) as Conversation;
  if (method !== '') conversation.method = method;
  if (uri !== null) conversation.uri = uri;
  if (fullUri !== null) conversation.fullUri = fullUri;
  if (status !== 0) conversation.status = status;
  if (kind === 'response') conversation.serverPort = layer.run.sourcePort;
  noteMessage(layer, kind);
}

/** Deep pass: notes that the connection speaks another protocol from here on (RFC 9110 §7.8). */
function finish(layer: HttpLayer, { kind, status, headers }: Message, end: number): number {
  if (layer.run.pass === 'deep' && kind === 'response') {
    const conversation = conversationOf(layer) as Conversation;
    const handsOver = { packet: layer.packet.number, occurrence: layer.occurrence, upgrade: { subprotocol: headers.subprotocol, extensions: headers.extensions } };
    if (conversation.method === 'SSTP_DUPLEX_POST' && status === 200) conversation.handover = { ...handsOver, protocol: 'sstp' };
    else if (conversation.method !== '' && status === 101 && headers.upgrade !== null) conversation.handover = { ...handsOver, protocol: headers.upgrade };
  }
  layer.shrink(end - layer.start);
  return end;
}
