/** Which answer belongs to which request, by their tags, and the change to TLS (RFC 9051 §2.2, §6.2.1). */
import type { TimeValue } from '../../field.ts';
import { difference } from '../frame.ts';
import type { ImapLayer } from './fields.ts';
import { startTls } from '../tls/start-tls.ts';

/** Requests of a connection that are remembered. */
const MAX_OPEN = 4096;
/** Messages that are looked at for being TLS where the capture starts in the middle. */
const FIRST_MESSAGES = 2;
const LOOK_AT = 5;

interface Request {
  readonly packet: number;
  readonly occurrence: number;
  readonly time: TimeValue;
}

interface Session {
  readonly requests: Map<string, Request>;
  wantsTls: boolean;
  looksLeft: number;
}

/** What is known of a line; plain data. */
interface LineFact {
  readonly responseIn?: number;
  readonly requestIn?: number;
  readonly time?: TimeValue;
}

/** By tag. */
type Facts = Readonly<Record<string, LineFact>>;

function begin(): Session {
  return { requests: new Map(), wantsTls: false, looksLeft: FIRST_MESSAGES };
}

/** Deep pass: true where the bytes are no text, so that the connection must have changed to TLS before the capture began. */
export function isTlsAlready(layer: ImapLayer): boolean {
  const session = layer.learn(begin);
  if (session === null || session.looksLeft === 0) return false;
  session.looksLeft -= 1;
  if (layer.left < LOOK_AT || /^[\x20-\x7e]{5}$/.test(layer.peekText(0, LOOK_AT))) return false;
  session.looksLeft = 0;
  layer.run.state.pin(layer.run.flowKey(), layer.packet.number, 'tls');
  return true;
}

/** Notes a line with a tag (in lower case), and shows what is known of it. */
export function matchLine(layer: ImapLayer, tag: string, isRequest: boolean): void {
  const session = layer.learn(begin);
  if (session === null) return putMatch(layer, tag);
  const { packet, occurrence } = layer;
  const time: TimeValue = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  if (isRequest) {
    session.requests.delete(tag);
    if (session.requests.size >= MAX_OPEN) for (const oldest of session.requests.keys()) { session.requests.delete(oldest); break; }
    session.requests.set(tag, { packet: packet.number, occurrence, time });
    return;
  }
  const request = session.requests.get(tag);
  if (request === undefined) return;
  note(layer, request.packet, request.occurrence, tag, { responseIn: packet.number });
  note(layer, packet.number, occurrence, tag, { requestIn: request.packet, time: difference(time, request.time) });
}

function note(layer: ImapLayer, packet: number, occurrence: number, tag: string, fact: LineFact): void {
  const known = layer.run.state.facts.get(layer.protocol.id, packet, occurrence) as Facts | undefined;
  layer.setFactOf(packet, occurrence, { ...known, [tag]: fact });
}

function putMatch(layer: ImapLayer, tag: string): void {
  const facts = layer.fact<Facts>();
  const fact = facts !== undefined && Object.hasOwn(facts, tag) ? facts[tag] : undefined;
  if (fact?.responseIn !== undefined) layer.putGenerated('response_in', fact.responseIn);
  if (fact?.requestIn === undefined) return;
  layer.putGenerated('response_to', fact.requestIn);
  layer.putGenerated('time', fact.time ?? 0);
}

/** Deep pass: a STARTTLS was sent; the next answer that is positive makes the stream TLS. */
export function wantTls(layer: ImapLayer): void {
  const session = layer.learn(begin);
  if (session !== null) session.wantsTls = true;
}

export function noteStatus(layer: ImapLayer, status: string): void {
  const session = layer.learn(begin);
  if (session === null || !session.wantsTls || status.toLowerCase() !== 'ok') return;
  session.wantsTls = false;
  session.looksLeft = 0;
  startTls(layer);
}
