/**
 * Protocols of one question and one answer for a connection: the question is a line, the answer
 * all that the server sends until it closes.
 */
import { readU8 } from '../bytes/reader.ts';
import type { TimeValue } from './field.ts';
import type { Layer } from './layer.ts';
import { difference } from './protocols/frame.ts';

const CR = 0x0d;
const LF = 0x0a;

interface Session {
  question: { readonly packet: number; readonly occurrence: number; readonly time: TimeValue; readonly words: string } | null;
  isAnswered: boolean;
}

/** What is known of a question or of its answer; plain data. */
export interface ExchangeFact {
  /** Packet with the answer or with the question. */
  readonly other: number;
  /** How long the answer took; null in the question's own packet. */
  readonly time: TimeValue | null;
  /** The question, for its answer. */
  readonly words: string;
}

function begin(): Session {
  return { question: null, isAnswered: false };
}

export function endsWithLineEnd(layer: Layer): boolean {
  const { bytes, start, end } = layer;
  return end - start >= 2 && readU8(bytes, end - 2) === CR && readU8(bytes, end - 1) === LF;
}

/** True where the question or the answer goes on in later segments, which have been asked for. */
export function waitsForRest(layer: Layer, isQuestion: boolean): boolean {
  if (!layer.canDesegment || (isQuestion && endsWithLineEnd(layer))) return false;
  layer.needMore(layer.start, isQuestion ? 'segment' : 'fin');
  layer.withdraw();
  return true;
}

export function noteQuestion(layer: Layer, words: string): void {
  const session = layer.run.quoted ? null : layer.learn(begin);
  if (session === null || session.question !== null) return;
  const { number, timeSeconds, timeNanos } = layer.packet;
  session.question = { packet: number, occurrence: layer.occurrence, time: { seconds: timeSeconds, nanos: timeNanos }, words };
}

export function noteAnswer(layer: Layer): void {
  const session = layer.run.quoted ? null : layer.learn(begin);
  if (session === null || session.question === null) return;
  const { packet, occurrence, time, words } = session.question;
  const { number, timeSeconds, timeNanos } = layer.packet;
  layer.setFact({ other: packet, time: session.isAnswered ? null : difference({ seconds: timeSeconds, nanos: timeNanos }, time), words } satisfies ExchangeFact);
  if (!session.isAnswered) layer.setFactOf(packet, occurrence, { other: number, time: null, words } satisfies ExchangeFact);
  session.isAnswered = true;
}

export function exchangeFact(layer: Layer): ExchangeFact | null {
  return layer.run.quoted ? null : (layer.fact<ExchangeFact>() ?? null);
}
