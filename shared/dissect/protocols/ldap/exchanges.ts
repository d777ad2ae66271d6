/** Which responses answer which request: by message id within a conversation, in file order (deep pass), kept as facts of both packets. */
import type { TimeValue } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { difference } from '../frame.ts';

const REQUESTS: ReadonlySet<number> = new Set([0, 3, 6, 8, 10, 12, 14, 23]);
const RESPONSES: ReadonlySet<number> = new Set([1, 4, 5, 7, 9, 11, 13, 15, 19, 24, 25]);
const SEARCH = 3;
const ENTRY = 4;

/** Messages of one layer whose facts are kept (a segment can carry many). */
const MAX_MESSAGES = 64;

interface Request {
  readonly place: Place;
  readonly time: TimeValue;
  isAnswered: boolean;
}

interface Place {
  readonly packet: number;
  readonly occurrence: number;
  readonly message: number;
}

/** What the conversation has said so far. */
export interface LdapConversation {
  readonly requests: Map<number, Request>;
  /** Entries that the latest search has given. */
  results: number;
  /** A request to go on with TLS has not been answered yet. */
  wantsTls: boolean;
}

export function newConversation(): LdapConversation {
  return { requests: new Map(), results: 0, wantsTls: false };
}

/** Packet numbers. */
export interface LdapFact {
  readonly responseIn?: number;
  readonly responseTo?: number;
  readonly time?: TimeValue;
  readonly results?: number;
}

/** Notes what a message means for its conversation; only in the deep pass. */
export function learnExchange(layer: Layer, message: number, operation: number, id: number): void {
  const conversation = layer.run.quoted || message >= MAX_MESSAGES ? null : layer.learn(newConversation);
  if (!conversation) return;
  const place: Place = { packet: layer.packet.number, occurrence: layer.occurrence, message };
  const time = { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
  if (operation === SEARCH) conversation.results = 0;
  if (operation === ENTRY) conversation.results += 1;
  if (REQUESTS.has(operation)) conversation.requests.set(id, { place, time, isAnswered: false });
  else if (RESPONSES.has(operation)) learnResponse(layer, conversation, id, place, time);
}

function learnResponse(layer: Layer, { requests, results }: LdapConversation, id: number, place: Place, time: TimeValue): void {
  const request = requests.get(id);
  if (request === undefined) {
    note(layer, place, { results });
    return;
  }
  if (!request.isAnswered) note(layer, request.place, { responseIn: place.packet });
  request.isAnswered = true;
  note(layer, place, { responseTo: request.place.packet, time: difference(time, request.time), results });
}

type Facts = (LdapFact | undefined)[];

function note(layer: Layer, { packet, occurrence, message }: Place, fact: LdapFact): void {
  const facts = (layer.run.state.facts.get(layer.protocol.id, packet, occurrence) as Facts | undefined) ?? [];
  facts[message] = fact;
  layer.setFactOf(packet, occurrence, facts);
}

/** What the deep pass found out about the layer's message of that number. */
export function messageFact(layer: Layer, message: number): LdapFact | undefined {
  return layer.fact<Facts>()?.[message];
}
