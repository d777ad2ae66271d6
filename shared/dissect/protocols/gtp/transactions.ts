/** Requests of GTP and their responses, by sequence number within a conversation (3GPP TS 29.060 §7.6). */
import type { LayerWith } from '../../layer.ts';
import type { gtpFields } from './fields.ts';

type Own = LayerWith<ReturnType<typeof gtpFields>>;

/** Requests whose response has the next number. */
const REQUESTS: ReadonlySet<number> = new Set([1, 4, 6, 16, 18, 20, 22, 24, 27, 29, 32, 34, 36, 48, 50, 53, 56, 61, 96, 98, 100, 102, 104, 112, 114, 116, 118, 120, 128, 240]);
/** Requests of a conversation that wait; the oldest are forgotten beyond that. */
const MOST_WAITING = 4096;

interface Request {
  readonly packet: number;
  readonly occurrence: number;
  readonly seconds: number;
  readonly nanos: number;
}

/** What is known of a message: the packet of the other half, and how long the response took. */
interface Pair {
  readonly packet: number;
  readonly seconds: number;
}

/** Finds the message's other half (deep pass), and shows it. */
export function putTransaction(layer: Own, type: number, sequence: number): void {
  if (!REQUESTS.has(type) && !REQUESTS.has(type - 1)) return;
  if (!layer.run.quoted) learn(layer, type, sequence);
  const pair = layer.fact<Pair>();
  if (pair === undefined) return;
  if (REQUESTS.has(type)) {
    layer.putGenerated('response_in', pair.packet);
    return;
  }
  layer.putGenerated('response_to', pair.packet);
  layer.putGenerated('time', pair.seconds);
}

function learn(layer: Own, type: number, sequence: number): void {
  const waiting = layer.learn<Map<string, Request>>(() => new Map());
  if (waiting === null) return;
  const { packet } = layer;
  if (REQUESTS.has(type)) {
    waiting.set(`${type} ${sequence}`, { packet: packet.number, occurrence: layer.occurrence, seconds: packet.timeSeconds, nanos: packet.timeNanos });
    if (waiting.size > MOST_WAITING) waiting.delete(waiting.keys().next().value as string);
    return;
  }
  const key = `${type - 1} ${sequence}`;
  const request = waiting.get(key);
  if (request === undefined) return;
  waiting.delete(key);
  layer.setFact({ packet: request.packet, seconds: packet.timeSeconds - request.seconds + (packet.timeNanos - request.nanos) / 1e9 } satisfies Pair);
  layer.setFactOf(request.packet, request.occurrence, { packet: packet.number, seconds: 0 } satisfies Pair);
}
