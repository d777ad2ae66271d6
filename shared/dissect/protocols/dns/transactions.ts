/**
 * Which response answers which query: matched by conversation and transaction id, in file
 * order (deep pass), kept as facts of both packets.
 */
import { difference } from '../frame.ts';
import type { TimeValue } from '../../field.ts';
import type { DnsLayer } from './fields.ts';

/** A query asked again within this time is a retransmission; later it is a new question. */
const RETRANSMISSION_SECONDS = 5;

/** Messages of one layer whose facts are kept (a TCP segment can carry many). */
const MAX_MESSAGES = 64;

interface Transaction {
  readonly request: Place;
  readonly time: TimeValue;
  response: Place | null;
}

/** A message: its packet, the layer's occurrence there, and its number within the layer. */
interface Place {
  readonly packet: number;
  readonly occurrence: number;
  readonly message: number;
}

/** What is known about one message; packet numbers. */
export interface DnsFact {
  readonly responseIn?: number;
  readonly requestIn?: number;
  readonly time?: TimeValue;
  /** The message repeats one of this packet. */
  readonly repeats?: number;
}

type Facts = (DnsFact | undefined)[];

/** Transactions of a conversation that are still of interest, by transaction id. */
type Open = Map<number, Transaction>;

/** Notes what a message means for its conversation. Only in the deep pass. */
export function learnMessage(layer: DnsLayer, message: number, id: number, response: boolean): void {
  if (layer.run.quoted || message >= MAX_MESSAGES) return;
  const open = layer.learn((): Open => new Map());
  if (!open) return;
  const place: Place = { packet: layer.packet.number, occurrence: layer.occurrence, message };
  if (response) learnResponse(layer, open, id, place);
  else learnQuery(layer, open, id, place);
}

function learnQuery(layer: DnsLayer, open: Open, id: number, place: Place): void {
  const time = { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
  const earlier = open.get(id);
  if (earlier && earlier.response === null) {
    if (earlier.request.packet === place.packet) return;
    const waited = difference(time, earlier.time);
    if (waited.seconds < RETRANSMISSION_SECONDS) {
      note(layer, place, { repeats: earlier.request.packet });
      return;
    }
  }
  open.set(id, { request: place, time, response: null });
}

function learnResponse(layer: DnsLayer, open: Open, id: number, place: Place): void {
  const transaction = open.get(id);
  if (!transaction) return;
  const time = difference({ seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos }, transaction.time);
  const fact: DnsFact = { requestIn: transaction.request.packet, time };
  if (transaction.response === null) {
    transaction.response = place;
    note(layer, transaction.request, { responseIn: place.packet });
    note(layer, place, fact);
  } else if (transaction.response.packet === place.packet) note(layer, place, fact);
  else note(layer, place, { ...fact, repeats: transaction.response.packet });
}

function note(layer: DnsLayer, place: Place, fact: DnsFact): void {
  const facts = factsOf(layer, place) ?? [];
  facts[place.message] = fact;
  layer.setFactOf(place.packet, place.occurrence, facts);
}

function factsOf(layer: DnsLayer, place: { readonly packet: number; readonly occurrence: number }): Facts | undefined {
  return layer.run.state.facts.get(layer.protocol.id, place.packet, place.occurrence) as Facts | undefined;
}

/** What the deep pass found out about the layer's message of that number. */
export function messageFact(layer: DnsLayer, message: number): DnsFact | undefined {
  return layer.fact<Facts>()?.[message];
}

/** The remark below the transaction id (`below`) of a repeated message. */
export function remarkRepeat(layer: DnsLayer, fact: DnsFact | undefined, response: boolean, below: number): void {
  if (fact?.repeats === undefined) return;
  const what = response ? 'response' : 'query';
  const original = response ? 'response' : 'request';
  layer.expert(response ? 'retransmit_response' : 'retransmit_request', 'warn', 'Protocol', `DNS ${what} retransmission. Original ${original} in frame ${fact.repeats}`, below);
}

/** The generated lines at the end of a message. */
export function putTransaction(layer: DnsLayer, fact: DnsFact | undefined, response: boolean): void {
  if (!response) {
    if (fact?.repeats !== undefined) {
      layer.putGenerated('retransmit_request_in', fact.repeats);
      layer.putGenerated('retransmission', 1);
    }
    if (fact?.responseIn !== undefined) layer.putGenerated('response_in', fact.responseIn);
    return;
  }
  if (fact?.requestIn === undefined) {
    layer.putGenerated('unsolicited', 1);
    return;
  }
  if (fact.repeats !== undefined) {
    layer.putGenerated('retransmit_response_in', fact.repeats);
    layer.putGenerated('retransmission', 1);
    return;
  }
  layer.putGenerated('response_to', fact.requestIn);
  layer.putGenerated('time', fact.time ?? 0);
}
