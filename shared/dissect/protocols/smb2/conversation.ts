/** What is known about a connection: requests without an answer, sessions, trees and open files. */
import type { TimeValue } from '../../field.ts';
import { difference } from '../frame.ts';
import { NO_DETAIL } from './fields.ts';
import type { Message, RequestDetail, Smb2Layer } from './fields.ts';

const PENDING = 0x0000_0103;
/** Of each kind, for one connection. */
const MOST_KNOWN = 1 << 15;

interface Place {
  readonly packet: number;
  readonly occurrence: number;
  readonly ordinal: number;
}

interface OpenRequest {
  readonly place: Place;
  readonly time: TimeValue;
  readonly detail: RequestDetail;
}

/** A name that holds from a packet on. */
interface Named {
  readonly packet: number;
  readonly name: string;
  readonly shareType: number;
}

class Conversation {
  readonly requests = new Map<string, OpenRequest>();
  /** Packet in which each session was granted. */
  readonly sessions = new Map<string, number>();
  readonly trees = new Map<string, Named[]>();
  readonly files = new Map<string, Named[]>();
}

/** What the deep pass noted about one message of a layer. */
interface MessageFact {
  readonly response?: number;
  readonly request?: number;
  readonly time?: TimeValue;
  readonly asked?: RequestDetail;
}

type Facts = (MessageFact | undefined)[];

function learn(layer: Smb2Layer): Conversation | null {
  return layer.run.quoted ? null : layer.learn(() => new Conversation());
}

function known(layer: Smb2Layer): Conversation | undefined {
  return layer.learned<Conversation>();
}

function factsAt(layer: Smb2Layer, place: Place): Facts {
  return (layer.run.state.facts.get('smb2', place.packet, place.occurrence) as Facts | undefined) ?? [];
}

function note(layer: Smb2Layer, place: Place, fact: MessageFact): void {
  const facts = [...factsAt(layer, place)];
  facts[place.ordinal] = fact;
  layer.setFactOf(place.packet, place.occurrence, facts);
}

// ── requests and responses ───────────────────────────────────────────────────

/** Deep pass, a response's header has been read: finds its request. Any pass: what the deep pass found. */
export function factOf(layer: Smb2Layer, ordinal: number, isResponse: boolean, messageId: string, status: number): MessageFact {
  const place = { packet: layer.packet.number, occurrence: layer.occurrence, ordinal };
  const conversation = learn(layer);
  if (conversation === null) return factsAt(layer, place)[ordinal] ?? {};
  const open = isResponse ? conversation.requests.get(messageId) : undefined;
  if (open === undefined) return {};
  const time = difference({ seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos }, open.time);
  const fact: MessageFact = { request: open.place.packet, time, asked: open.detail };
  note(layer, place, fact);
  if (status !== PENDING) {
    conversation.requests.delete(messageId);
    note(layer, open.place, { response: place.packet });
  }
  return fact;
}

/** Deep pass, a request has been read: kept until its answer comes. */
export function keepRequest(layer: Smb2Layer, ordinal: number, messageId: string, message: Message): void {
  const conversation = learn(layer);
  if (conversation === null || conversation.requests.size >= MOST_KNOWN) return;
  const { number, timeSeconds, timeNanos } = layer.packet;
  conversation.requests.set(messageId, { place: { packet: number, occurrence: layer.occurrence, ordinal }, time: { seconds: timeSeconds, nanos: timeNanos }, detail: message.detail });
}

export function askedOf(fact: MessageFact): RequestDetail {
  return fact.asked ?? NO_DETAIL;
}

// ── sessions, trees, files ───────────────────────────────────────────────────

export function noteSession(layer: Smb2Layer, sessionId: string): void {
  const conversation = learn(layer);
  if (conversation !== null && conversation.sessions.size < MOST_KNOWN) conversation.sessions.set(sessionId, layer.packet.number);
}

/** The packet that granted the session, wherever in the connection; undefined where none was seen. */
export function sessionPacket(layer: Smb2Layer, sessionId: string): number | undefined {
  return known(layer)?.sessions.get(sessionId);
}

export function noteTree(layer: Smb2Layer, message: Message, name: string, shareType: number): void {
  addNamed(learn(layer)?.trees, treeKey(message), { packet: layer.packet.number, name, shareType });
}

export function treeOf(layer: Smb2Layer, message: Message): Named | undefined {
  return namedAt(known(layer)?.trees.get(treeKey(message)), layer.packet.number);
}

export function noteFile(layer: Smb2Layer, fileId: string, name: string): void {
  addNamed(learn(layer)?.files, fileId, { packet: layer.packet.number, name, shareType: 0 });
}

export function fileName(layer: Smb2Layer, fileId: string): string | undefined {
  return namedAt(known(layer)?.files.get(fileId), layer.packet.number)?.name;
}

function treeKey({ sessionId, treeId }: Message): string {
  return `${sessionId} ${treeId}`;
}

function addNamed(names: Map<string, Named[]> | undefined, key: string, named: Named): void {
  if (names === undefined) return;
  const list = names.get(key);
  if (list !== undefined) list.push(named);
  else if (names.size < MOST_KNOWN) names.set(key, [named]);
}

/** What the number stands for at a packet: its newest meaning so far, else the first that it will have. */
function namedAt(list: readonly Named[] | undefined, packet: number): Named | undefined {
  return list?.findLast((named) => named.packet <= packet) ?? list?.[0];
}
