/**
 * Which response answers which request. HTTP/1 answers in order, so a response belongs to the
 * newest request that has none (as in Wireshark, which pairs without regard to pipelining).
 */
import type { TimeValue } from '../../field.ts';
import type { Upgrade } from '../../run.ts';
import type { HttpLayer } from './fields.ts';
import type { MessageKind } from './start-line.ts';

/** A message: its packet and the layer there. */
interface Place {
  readonly packet: number;
  readonly occurrence: number;
}

/** A request and its response; 0 where a packet was not seen. Noted at the message it began with. */
interface Exchange {
  readonly number: number;
  readonly previous: Place | null;
  next: Place | null;
  requestPacket: number;
  requestTime: TimeValue | null;
  responsePacket: number;
}

/** A connection that speaks something else from a place on. */
export interface Handover {
  readonly packet: number;
  /** The layer of that packet behind which it begins. */
  readonly occurrence: number;
  /** Protocol id, as the Upgrade header names it. */
  readonly protocol: string;
  /** What the response says of the messages of that protocol. */
  readonly upgrade: Upgrade | null;
}

/** A proxy's tunnel. */
export interface Tunnel {
  readonly packet: number;
  /** Host and port, as the request names them. */
  readonly target: string;
}

/** What is known about a connection. */
export class Conversation {
  exchanges = 0;
  /** The newest exchange, and whether its response was seen. */
  last: Place | null = null;
  isAnswered = false;
  /** Of the newest request. */
  method = '';
  uri: string | null = null;
  fullUri: string | null = null;
  /** Of the newest response. */
  status = 0;
  /** Port that it came from. */
  serverPort = 0;
  handover: Handover | null = null;
  tunnel: Tunnel | null = null;
}

/** What the deep pass noted about one message. */
export interface MessageFact {
  readonly exchange: Place | null;
  /** Of the newest request when the message came. */
  readonly method: string;
  /** What a response answers; null where no request had been seen. */
  readonly uri: string | null;
  /** The last exchange of the packet; kept in the fact of its first message. */
  readonly latest: Place | null;
}

/** What is known about the connection: all of it after the deep pass, all so far during it. */
export function conversationOf(layer: HttpLayer): Conversation | undefined {
  return layer.learn(() => new Conversation()) ?? layer.learned<Conversation>();
}

/** Deep pass: notes a message that has been read. */
export function noteMessage(layer: HttpLayer, kind: MessageKind | null): void {
  const conversation = layer.learn(() => new Conversation());
  if (conversation === null) return;
  const exchange = kind === 'request' ? beginExchange(layer, conversation, true) : kind === 'response' ? takeResponse(layer, conversation) : null;
  const { method, fullUri, uri } = conversation;
  layer.setFact({ exchange, method, uri: fullUri ?? uri, latest: exchange } satisfies MessageFact);
  const first = firstFact(layer);
  if (first !== undefined && exchange !== null) layer.setFactOf(layer.packet.number, 0, { ...first, latest: exchange } satisfies MessageFact);
}

function beginExchange(layer: HttpLayer, conversation: Conversation, isRequest: boolean): Place {
  const { packet } = layer;
  const place: Place = { packet: packet.number, occurrence: layer.occurrence };
  const previous = conversation.last;
  const before = exchangeAt(layer, previous);
  if (before !== null && previous !== null) setExchange(layer, previous, { ...before, next: place });
  conversation.exchanges += 1;
  conversation.last = place;
  conversation.isAnswered = !isRequest;
  setExchange(layer, place, {
    number: conversation.exchanges,
    previous,
    next: null,
    requestPacket: isRequest ? packet.number : 0,
    requestTime: isRequest ? { seconds: packet.timeSeconds, nanos: packet.timeNanos } : null,
    responsePacket: isRequest ? 0 : packet.number,
  });
  return place;
}

/** A response belongs to the newest request, unless that has one. */
function takeResponse(layer: HttpLayer, conversation: Conversation): Place {
  const { last } = conversation;
  const exchange = conversation.isAnswered ? null : exchangeAt(layer, last);
  if (exchange === null || last === null) return beginExchange(layer, conversation, false);
  conversation.isAnswered = true;
  setExchange(layer, last, { ...exchange, responsePacket: layer.packet.number });
  return last;
}

/** By protocol: HTTP, and those that speak its language. */
const kinds = new Map<string, string>();

/** Exchanges are facts of their own, beside those of the messages. */
function kindOf(layer: HttpLayer): string {
  const known = kinds.get(layer.protocol.id);
  if (known !== undefined) return known;
  const kind = `${layer.protocol.id} exchange`;
  kinds.set(layer.protocol.id, kind);
  return kind;
}

function exchangeAt(layer: HttpLayer, place: Place | null): Exchange | null {
  return place === null ? null : ((layer.run.state.facts.get(kindOf(layer), place.packet, place.occurrence) as Exchange | undefined) ?? null);
}

function setExchange(layer: HttpLayer, place: Place, exchange: Exchange): void {
  if (layer.run.pass === 'deep') layer.run.state.facts.set(kindOf(layer), place.packet, place.occurrence, exchange);
}

function firstFact(layer: HttpLayer): MessageFact | undefined {
  return layer.run.state.facts.get(layer.protocol.id, layer.packet.number, 0) as MessageFact | undefined;
}

/** The exchange that a message is shown with: for all messages of a packet its last, as in Wireshark. */
function exchangeOf(layer: HttpLayer): Exchange | null {
  return exchangeAt(layer, firstFact(layer)?.latest ?? layer.fact<MessageFact>()?.exchange ?? null);
}

/** Show pass: request and response, and their neighbours. */
export function putExchange(layer: HttpLayer, kind: MessageKind | null): void {
  if (!layer.run.items || kind === null) return;
  layer.put(kind, 1);
  if (kind === 'notification') return;
  const exchange = exchangeOf(layer);
  const conversation = conversationOf(layer);
  if (exchange !== null) {
    layer.putGenerated(kind === 'request' ? 'request_number' : 'response_number', exchange.number);
    layer.label(() => `HTTP ${kind} ${exchange.number}/${conversation?.exchanges ?? exchange.number}`);
    putLinks(layer, kind, exchange);
  }
  if (kind === 'request') return;
  const uri = layer.fact<MessageFact>()?.uri ?? conversation?.fullUri ?? conversation?.uri;
  if (uri !== null && uri !== undefined) layer.putGenerated('response_for.uri', uri);
}

function putLinks(layer: HttpLayer, kind: 'request' | 'response', exchange: Exchange): void {
  const previous = exchangeAt(layer, exchange.previous);
  const next = exchangeAt(layer, exchange.next);
  const isResponse = kind === 'response';
  if (isResponse && exchange.requestTime !== null) layer.putGenerated('time', since(layer, exchange.requestTime));
  putPacket(layer, 'prev_request_in', previous?.requestPacket);
  if (isResponse) {
    putPacket(layer, 'prev_response_in', previous?.responsePacket);
    putPacket(layer, 'request_in', exchange.requestPacket);
  } else putPacket(layer, 'response_in', exchange.responsePacket);
  putPacket(layer, 'next_request_in', next?.requestPacket);
  if (isResponse) putPacket(layer, 'next_response_in', next?.responsePacket);
}

type Link = 'prev_request_in' | 'prev_response_in' | 'request_in' | 'response_in' | 'next_request_in' | 'next_response_in';

function putPacket(layer: HttpLayer, key: Link, packet: number | undefined): void {
  if (packet !== undefined && packet > 0) layer.putGenerated(key, packet);
}

/** Time from an earlier packet to this one, exact. */
function since(layer: HttpLayer, earlier: TimeValue): TimeValue {
  const nanos = layer.packet.timeNanos - earlier.nanos;
  const seconds = layer.packet.timeSeconds - earlier.seconds;
  return nanos < 0 ? { seconds: seconds - 1, nanos: nanos + 1e9 } : { seconds, nanos };
}
