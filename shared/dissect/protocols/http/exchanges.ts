/**
 * Which response answers which request. HTTP/1 answers in order, so a response belongs to the
 * newest request that has none (as in Wireshark, which pairs without regard to pipelining).
 */
import type { TimeValue } from '../../field.ts';
import type { HttpLayer } from './fields.ts';
import type { MessageKind } from './start-line.ts';

/** A request and its response; 0 where a packet was not seen. */
export interface Exchange {
  readonly number: number;
  readonly previous: Exchange | null;
  next: Exchange | null;
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
  last: Exchange | null = null;
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

  private push(): Exchange {
    this.exchanges += 1;
    const exchange: Exchange = { number: this.exchanges, previous: this.last, next: null, requestPacket: 0, requestTime: null, responsePacket: 0 };
    if (this.last) this.last.next = exchange;
    this.last = exchange;
    return exchange;
  }

  request(packet: number, time: TimeValue): Exchange {
    const exchange = this.push();
    exchange.requestPacket = packet;
    exchange.requestTime = time;
    return exchange;
  }

  response(packet: number): Exchange {
    const exchange = this.last === null || this.last.responsePacket > 0 ? this.push() : this.last;
    exchange.responsePacket = packet;
    return exchange;
  }
}

/** What the deep pass noted about one message. */
export interface MessageFact {
  readonly exchange: Exchange | null;
  /** Of the newest request when the message came. */
  readonly method: string;
  /** What a response answers; null where no request had been seen. */
  readonly uri: string | null;
  /** The last exchange of the packet; kept in the fact of its first message. */
  latest: Exchange | null;
}

/** What is known about the connection: all of it after the deep pass, all so far during it. */
export function conversationOf(layer: HttpLayer): Conversation | undefined {
  return layer.learn(() => new Conversation()) ?? layer.learned<Conversation>();
}

/** Deep pass: notes a message that has been read. */
export function noteMessage(layer: HttpLayer, kind: MessageKind | null): void {
  const conversation = layer.learn(() => new Conversation());
  if (conversation === null) return;
  const { packet } = layer;
  const time = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  const exchange = kind === 'request' ? conversation.request(packet.number, time) : kind === 'response' ? conversation.response(packet.number) : null;
  const { method, fullUri, uri } = conversation;
  layer.setFact({ exchange, method, uri: fullUri ?? uri, latest: exchange } satisfies MessageFact);
  const first = firstFact(layer);
  if (first !== undefined && exchange !== null) first.latest = exchange;
}

function firstFact(layer: HttpLayer): MessageFact | undefined {
  return layer.run.state.facts.get(layer.protocol.id, layer.packet.number, 0) as MessageFact | undefined;
}

/** The exchange that a message is shown with: for all messages of a packet its last, as in Wireshark. */
function exchangeOf(layer: HttpLayer): Exchange | null {
  return firstFact(layer)?.latest ?? layer.fact<MessageFact>()?.exchange ?? null;
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
  const { previous, next } = exchange;
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
