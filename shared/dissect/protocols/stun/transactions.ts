/** Which response answers which request: matched by conversation and transaction id. */
import { hexText } from '../../address-text.ts';
import type { TimeValue } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { difference } from '../frame.ts';

/** The packets of a transaction; 0 where none was seen. */
interface Transaction {
  request: number;
  response: number;
  /** Of the first message. */
  readonly time: TimeValue;
}

export interface TransactionFact {
  readonly request: number;
  readonly response: number;
  readonly time: TimeValue;
}

/** By transaction id. */
type Open = Map<string, Transaction>;

/** Transactions that one conversation is kept with. */
const MOST_TRANSACTIONS = 1 << 16;

/** Deep pass: learns the message, whose id stands at `idAt`. */
export function learnTransaction(layer: Layer, idAt: number, idBytes: number, isRequest: boolean): void {
  const open = layer.run.quoted ? null : layer.learn((): Open => new Map());
  if (open === null) return;
  const id = hexText(layer.bytes, idAt, idAt + idBytes);
  const { number, timeSeconds, timeNanos } = layer.packet;
  let transaction = open.get(id);
  if (transaction === undefined) {
    if (open.size >= MOST_TRANSACTIONS) return;
    transaction = { request: 0, response: 0, time: { seconds: timeSeconds, nanos: timeNanos } };
    open.set(id, transaction);
  }
  if (isRequest && transaction.request === 0) transaction.request = number;
  else if (!isRequest && transaction.response === 0) transaction.response = number;
}

/** What is known of the message's transaction once the deep pass is over. */
export function transactionOf(layer: Layer, idAt: number, idBytes: number): TransactionFact | undefined {
  return layer.learned<Open>()?.get(hexText(layer.bytes, idAt, idAt + idBytes));
}

/** From the transaction's first message to this packet. */
export function timeSince(layer: Layer, time: TimeValue): TimeValue {
  return difference({ seconds: layer.packet.timeSeconds, nanos: layer.packet.timeNanos }, time);
}
