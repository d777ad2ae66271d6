import { latin1 } from '../../../bytes/reader.ts';

/** Bytes as ASCII up to the first zero; what is none shows as U+FFFD. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
  const nul = bytes.subarray(start, end).indexOf(0);
  return latin1(bytes, start, nul < 0 ? end : start + nul).replace(/[\u0080-\u00ff]/g, '\ufffd');
}
