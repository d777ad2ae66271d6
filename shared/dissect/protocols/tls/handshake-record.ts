/** Content of a handshake record: messages, several in a record or one over several, or ciphertext. */
import { readU24 } from '../../../bytes/reader.ts';
import { nameOf } from '../../values.ts';
import type { TlsLayer } from './fields.ts';
import { HANDSHAKE_HEADER_BYTES, MAX_MESSAGE_BYTES, PendingMessage, noteRecord } from './fragments.ts';
import type { Fragment, RecordFact, TlsFact, WholeMessage } from './fragments.ts';
import { takeMessage } from './handshake.ts';
import { HANDSHAKE_TYPES } from './names.ts';
import { directionOf, encryptsByNow, learnSession } from './session.ts';

const ENCRYPTED = 'Encrypted Handshake Message';

/** Ciphertext is longer than this: a MAC or an authentication tag has 16 bytes at least. */
const SHORTEST_CIPHERTEXT = 16;

const HELLO_REQUEST = 0;

function typeWords(type: number): string {
  return nameOf(HANDSHAKE_TYPES, type) ?? ENCRYPTED;
}

/** Whether the record from the cursor to `end` is ciphertext, as far as can be told from outside. */
function looksEncrypted(layer: TlsLayer, end: number): boolean {
  if (end - layer.cursor < SHORTEST_CIPHERTEXT) return false;
  if (encryptsByNow(layer)) return true;
  // A Hello Request is its header alone; zeros in front are the start of a nonce.
  if (layer.peekU8() === HELLO_REQUEST) return true;
  return nameOf(HANDSHAKE_TYPES, layer.peekU8()) === undefined || readU24(layer.bytes, layer.cursor + 1) > MAX_MESSAGE_BYTES;
}

/** Where the whole messages from `start` on end; the rest up to `end` is part of one. */
function endOfWhole(layer: TlsLayer, start: number, end: number): number {
  let at = start;
  while (end - at >= HANDSHAKE_HEADER_BYTES) {
    const next = at + HANDSHAKE_HEADER_BYTES + readU24(layer.bytes, at + 1);
    if (next > end) break;
    at = next;
  }
  return at;
}

/** Deep pass: goes on with the message that an earlier record began, and begins one that this record does not end. */
function learnFragments(layer: TlsLayer, end: number, record: number): void {
  const session = learnSession(layer);
  // Cut off by the capture: bytes are missing in the middle, nothing can be put together.
  if (!session || end > layer.end) return;
  const direction = directionOf(layer);
  let at = layer.cursor;
  let head: WholeMessage | undefined;
  const pending = session.pending[direction];
  if (pending) {
    const part = pending.add(layer, record, layer.bytes.subarray(at, end));
    if (!pending.isWhole) {
      noteRecord(layer, record, { part, type: pending.type });
      return;
    }
    at += part.length;
    head = pending.finish(layer);
    session.pending[direction] = null;
  } else if (looksEncrypted(layer, end)) return;
  at = endOfWhole(layer, at, end);
  if (at < end) {
    const begun = new PendingMessage();
    const part = begun.add(layer, record, layer.bytes.subarray(at, end));
    session.pending[direction] = begun;
    noteRecord(layer, record, { ...(head && { head }), part, type: begun.type });
  } else if (head) noteRecord(layer, record, { head });
}

/** Reads the record's content up to `end`; `record` is its number in the layer. Gives the words for the record's line. */
export function takeHandshakeRecord(layer: TlsLayer, end: number, record: number): string {
  if (layer.run.pass === 'deep') learnFragments(layer, end, record);
  const fact = layer.fact<TlsFact>()?.records.get(record);
  if (!fact && looksEncrypted(layer, end)) return takeCiphertext(layer, end);
  const words: string[] = [];
  let at = layer.cursor;
  if (fact?.head) at += takeWhole(layer, fact.head, words);
  else if (fact?.part && !fact.part.isFirst) return takePart(layer, end, fact, false);
  takeMessages(layer, at, end, words);
  if (!layer.broken && layer.cursor < end) words.push(takePart(layer, end, fact ?? {}, words.length === 0));
  return words.length === 1 ? (words[0] as string) : 'Multiple Handshake Messages';
}

function takeCiphertext(layer: TlsLayer, end: number): string {
  layer.infoAppend(() => ENCRYPTED, ', ');
  layer.group('handshake', () => layer.skip(end - layer.cursor), () => `Handshake Protocol: ${ENCRYPTED}`);
  return ENCRYPTED;
}

function takeMessages(layer: TlsLayer, start: number, end: number, words: string[]): void {
  const stop = endOfWhole(layer, start, end);
  layer.cursor = start;
  layer.each(() => {
    const messageEnd = layer.cursor + HANDSHAKE_HEADER_BYTES + readU24(layer.bytes, layer.cursor + 1);
    words.push(takeMessage(layer, messageEnd));
  }, stop);
}

/** A part that does not end its message, from the cursor to the record's end. */
function takePart(layer: TlsLayer, end: number, fact: RecordFact, opensRecord: boolean): string {
  const type = typeWords(fact.type ?? layer.peekU8());
  if (opensRecord) layer.infoAppend(() => `[${type} Fragment]`, ', ');
  layer.group('handshake', () => layer.skip(end - layer.cursor), () => `Handshake Protocol: ${type} (fragment)`);
  const whole = fact.part?.reassembledIn ?? 0;
  if (whole > 0) layer.putGenerated('handshake.reassembled_in', whole);
  return `${type} (fragment)`;
}

/** The last part of a message and the message itself, put together. Returns the part's length. */
function takeWhole(layer: TlsLayer, message: WholeMessage, words: string[]): number {
  const last = message.fragments.at(-1)?.length ?? 0;
  const source = layer.run.addSource('Reassembled TLS handshake', message.bytes);
  const type = typeWords(message.bytes.at(0) ?? 0);
  const start = layer.cursor;
  layer.group('handshake', () => layer.skip(last), () => `Handshake Protocol: ${type} (last fragment)`);
  layer.onSource(source, () => {
    putFragments(layer, message.fragments);
    words.push(takeMessage(layer, layer.end));
  });
  layer.cursor = start + last;
  return last;
}

function putFragments(layer: TlsLayer, fragments: readonly Fragment[]): void {
  const total = layer.end;
  layer.putGenerated('handshake.fragments', 0, 0, total);
  layer.label(() => `${fragments.length} Reassembled Handshake Fragments (${total} bytes): ${fragments.map((part) => `#${part.packet}(${part.length})`).join(', ')}`);
  layer.inside(() => {
    let at = 0;
    for (const part of fragments) {
      const from = at;
      at += part.length;
      layer.putGenerated('handshake.fragment', part.packet, from, part.length);
      layer.label(() => `Frame: ${part.packet}, payload: ${from}-${from + part.length - 1} (${part.length} bytes)`);
    }
    layer.putGenerated('handshake.fragment.count', fragments.length);
  });
}
