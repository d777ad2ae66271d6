/** Which answer belongs to which query: matched by transaction, unit and function (deep pass), kept as facts of the answers. */
import { difference } from '../frame.ts';
import type { TimeValue } from '../../field.ts';
import type { ModbusLayer } from './fields.ts';

/** Queries of a connection that an answer may still come for. */
const MAX_OPEN = 4096;

/** What an answer needs of its query. */
export interface Query {
  readonly packet: number;
  readonly time: TimeValue;
  /** First bit or register asked for, and how many. */
  readonly base: number;
  readonly count: number;
}

/** What is known of an answer. */
export interface ModbusFact {
  readonly requestFrame: number;
  readonly responseTime: TimeValue;
  readonly base: number;
  readonly count: number;
}

type Open = Map<string, Query>;

export function learnQuery(layer: ModbusLayer, key: string, base: number, count: number): void {
  const open = layer.learn((): Open => new Map());
  if (!open) return;
  const { number, timeSeconds, timeNanos } = layer.packet;
  open.delete(key);
  if (open.size >= MAX_OPEN) open.delete(open.keys().next().value ?? '');
  open.set(key, { packet: number, time: { seconds: timeSeconds, nanos: timeNanos }, base, count });
}

export function learnAnswer(layer: ModbusLayer, key: string): void {
  const query = layer.learn((): Open => new Map())?.get(key);
  if (!query) return;
  const responseTime = difference({ seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos }, query.time);
  const fact: ModbusFact = { requestFrame: query.packet, responseTime, base: query.base, count: query.count };
  layer.setFact(fact);
}
