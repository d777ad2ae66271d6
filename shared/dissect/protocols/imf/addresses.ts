/** Addresses in headers of mails: mailboxes, lists of them, groups (RFC 5322 §3.4). */
import { readU8 } from '../../../bytes/reader.ts';
import { indexOfByte, shownText } from '../http/lines.ts';
import type { ImfLayer } from './fields.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const LESS = 0x3c;
const GREATER = 0x3e;

export function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(readU8(bytes, at))) at += 1;
  return at;
}

/** The name in front of the angle brackets, and the address between them; without brackets all of it is the address. */
export function takeMailbox(layer: ImfLayer, start: number, end: number): void {
  const { bytes } = layer;
  const open = indexOfByte(bytes, LESS, start, end);
  if (open < 0) {
    layer.at('address', start, end - start);
    return;
  }
  const name = skipSpace(bytes, start, open);
  // The last byte of the name is taken for the blank before the bracket.
  if (name < open) layer.at('display_name', name, open - name - 1);
  const close = indexOfByte(bytes, GREATER, open + 1, end);
  if (close >= 0) layer.at('address', open + 1, close - open - 1);
}

/** Gives how many there are. */
export function takeMailboxes(layer: ImfLayer, start: number, end: number): number {
  return takeList(layer, 'mailbox_list.item', start, end, takeMailbox);
}

export function takeAddresses(layer: ImfLayer, start: number, end: number): number {
  return takeList(layer, 'address_list.item', start, end, takeAddress);
}

function takeList(layer: ImfLayer, item: 'mailbox_list.item' | 'address_list.item', start: number, end: number, take: (layer: ImfLayer, start: number, end: number) => void): number {
  let count = 0;
  for (let at = start; at <= end && !layer.run.full; count += 1) {
    const comma = indexOfByte(layer.bytes, COMMA, at, end);
    const stop = comma < 0 ? end : comma;
    const from = at;
    layer.at(item, from, stop - from);
    layer.inside(() => take(layer, from, stop));
    at = stop + 1;
  }
  return count;
}

/** A mailbox, or a group: a name, a colon, mailboxes and a semicolon. */
function takeAddress(layer: ImfLayer, start: number, end: number): void {
  const { bytes } = layer;
  const colon = indexOfByte(bytes, COLON, start, end);
  if (colon < 0) {
    takeMailbox(layer, start, end);
    return;
  }
  const nameEnd = Math.max(start, colon - 1);
  layer.at('display_name', start, nameEnd - start);
  const entry = layer.run.lastEntry;
  const members = skipSpace(bytes, colon + 1, end);
  if (readU8(bytes, members) === SEMICOLON) return;
  const count = layer.inside(() => takeMailboxes(layer, members, end));
  layer.labelOf(entry, () => `Display-Name: ${shownText(bytes, start, nameEnd)}, ${countText(count)}`);
}

export function countText(count: number): string {
  return `${count} item${count === 1 ? '' : 's'}`;
}
