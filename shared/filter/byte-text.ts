/**
 * Bytes as text, one character (0…255) a byte: what patterns are matched against, and how
 * literals keep bytes that no character stands for.
 */
import { latin1, utf8 } from '../bytes/reader.ts';

const encoder = new TextEncoder();

export function bytesOf(byteText: string): Uint8Array {
  const bytes = new Uint8Array(byteText.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = byteText.charCodeAt(at);
  return bytes;
}

export function byteTextOf(bytes: Uint8Array): string {
  return latin1(bytes, 0, bytes.length);
}

/** Text in UTF-8, as one character a byte. */
export function utf8ByteText(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : byteTextOf(encoder.encode(text));
}

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** What bytes say as UTF-8; U+FFFD where they say nothing. */
export function textOf(byteText: string): string {
  if (/^[\0-\x7f]*$/.test(byteText)) return byteText;
  return utf8(bytesOf(byteText), 0, byteText.length);
}
