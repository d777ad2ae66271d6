/** Which response answers which request: by the request id within a conversation, in file order (deep pass), kept as facts of all packets with that id. */
import type { TimeValue } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { difference } from '../frame.ts';

const REQUESTS: ReadonlySet<number> = new Set([0, 1, 3, 5, 6]);
const RESPONSE = 2;

/** Packets of one id whose facts are kept up to date; ids are rarely used again. */
const MAX_PACKETS = 16;

interface Exchange {
  request: number;
  requestTime: TimeValue;
  response: number;
  readonly packets: { readonly packet: number; readonly time: TimeValue }[];
}

/** Packet numbers. */
export interface SnmpFact {
  readonly responseIn?: number;
  readonly responseTo?: number;
  readonly time?: TimeValue;
}

/** Notes what a message means for its conversation. */
export function learnExchange(layer: Layer, operation: number, id: number): void {
  if (layer.run.quoted) return;
  const exchanges = layer.learn(() => new Map<number, Exchange>());
  if (!exchanges) return;
  const packet = layer.packet.number;
  const time = { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
  const known = exchanges.get(id);
  const exchange = known ?? { request: 0, requestTime: time, response: 0, packets: [] };
  if (!known) exchanges.set(id, exchange);
  if (exchange.packets.length < MAX_PACKETS) exchange.packets.push({ packet, time });
  if (REQUESTS.has(operation)) {
    exchange.request = packet;
    exchange.requestTime = time;
    exchange.response = 0;
  } else if (operation === RESPONSE) exchange.response = packet;
  noteAll(layer, exchange);
}

function noteAll(layer: Layer, { request, requestTime, response, packets }: Exchange): void {
  const isMatched = request !== 0 && response !== 0;
  const factOf = (packet: number, time: TimeValue): SnmpFact => (!isMatched ? {} : packet === response ? { responseTo: request, time: difference(time, requestTime) } : { responseIn: response });
  for (const { packet, time } of packets) {
    layer.setFactOf(packet, layer.occurrence, factOf(packet, time));
  }
}
