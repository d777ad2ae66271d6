/** Which answer belongs to which question: the newest question of the conversation with the same number (deep pass). */
import type { TimeValue } from '../../field.ts';
import { difference } from '../frame.ts';
import type { NtpLayer } from './fields.ts';

/** Questions of a conversation that are remembered. */
const MAX_OPEN = 1024;

interface Question {
  readonly packet: number;
  readonly occurrence: number;
  readonly time: TimeValue;
  answered: boolean;
}

/** What is known of a message; plain data. */
interface ExchangeFact {
  readonly responseIn?: number;
  readonly requestIn?: number;
  readonly time?: TimeValue;
}

/** Messages without a number of their own have this one. */
export const UNNUMBERED = -1;

function timeOf(layer: NtpLayer): TimeValue {
  return { seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos };
}

export function noteQuestion(layer: NtpLayer, number: number): void {
  const open = layer.run.quoted ? null : layer.learn(() => new Map<number, Question>());
  if (open === null) return putExchange(layer);
  // A Map keeps its order: the oldest question is forgotten.
  open.delete(number);
  if (open.size >= MAX_OPEN) for (const oldest of open.keys()) { open.delete(oldest); break; }
  open.set(number, { packet: layer.packet.number, occurrence: layer.occurrence, time: timeOf(layer), answered: false });
}

/** `once`: only the first answer counts. */
export function noteAnswer(layer: NtpLayer, number: number, once: boolean): void {
  const open = layer.run.quoted ? null : layer.learn(() => new Map<number, Question>());
  if (open === null) return putExchange(layer);
  const question = open.get(number);
  if (question === undefined || (once && question.answered)) return;
  layer.setFact({ requestIn: question.packet, time: difference(timeOf(layer), question.time) } satisfies ExchangeFact);
  if (!question.answered) layer.setFactOf(question.packet, question.occurrence, { responseIn: layer.packet.number } satisfies ExchangeFact);
  question.answered = true;
}

function putExchange(layer: NtpLayer): void {
  const fact = layer.run.quoted ? undefined : layer.fact<ExchangeFact>();
  if (fact?.responseIn !== undefined) layer.putGenerated('response_in', fact.responseIn);
  if (fact?.requestIn === undefined) return;
  layer.putGenerated('request_in', fact.requestIn);
  layer.putGenerated('delta_time', fact.time ?? 0);
}
