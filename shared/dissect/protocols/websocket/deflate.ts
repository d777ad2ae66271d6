/** Messages that are compressed: permessage-deflate (RFC 7692 §7). */
import type { Inflate } from '../../state.ts';

/** What was agreed on: whether the messages of a side may refer to those before them (RFC 7692 §7.1.1). */
export interface Deflate {
  readonly client: boolean;
  readonly server: boolean;
}

/** How far back deflate data can refer, in bytes (RFC 1951 §2). */
const WINDOW_BYTES = 32 * 1024;
/** Largest message that is decompressed: the deep pass reads all of them. */
const MAX_INFLATED_BYTES = 4 * 1024 * 1024;

export const NOTHING_BEFORE = new Uint8Array(0);

/** Reads Sec-WebSocket-Extensions of a response; null where messages are not compressed. */
export function deflateOf(extensions: string | null): Deflate | null {
  for (const extension of extensions?.split(',') ?? []) {
    const [name, ...parameters] = extension.split(';').map((part) => part.trim().toLowerCase());
    if (name === 'permessage-deflate') return { client: !parameters.includes('client_no_context_takeover'), server: !parameters.includes('server_no_context_takeover') };
  }
  return null;
}

/**
 * Decompresses a message; null where that fails. The four bytes that senders leave off its end (RFC 7692 §7.2.1) add nothing.
 * @param room bytes that there may be
 * @param before plaintext of the messages before it; null where that is not known
 */
export function inflateMessage(inflate: Inflate | null, compressed: Uint8Array, room: number, before: Uint8Array | null): Uint8Array | null {
  if (inflate === null || before === null || room === 0) return null;
  const inflated = inflate('deflate-raw', compressed, Math.min(room, MAX_INFLATED_BYTES), before);
  return inflated?.cut === null ? inflated.bytes : null;
}

/** What the message after one with this plaintext may refer to. */
export function windowAfter(before: Uint8Array, plain: Uint8Array): Uint8Array {
  if (plain.length >= WINDOW_BYTES) return plain.slice(plain.length - WINDOW_BYTES);
  const kept = before.subarray(Math.max(0, before.length + plain.length - WINDOW_BYTES));
  const window = new Uint8Array(kept.length + plain.length);
  window.set(kept);
  window.set(plain, kept.length);
  return window;
}
