/** TCP headers on which the dissector remarks nothing by themselves: the usual ACKs and segments of data (RFC 9293 §3.1). */
import { readU16, readU32 } from '../bytes/reader.ts';
import { NOP_NOP_TIMESTAMPS } from '../streams/tcp-options.ts';
import { ACK, PSH } from '../streams/tcp-segment.ts';

const MIN_HEADER = 20;
/** NOP, NOP, timestamps (RFC 7323 appendix A). */
const WITH_TIMESTAMPS = MIN_HEADER + 12;
const URGENT_POINTER_AT = 18;

/** Whether the header at `at`, which is all there, has only ACK (and PSH) set, no options but timestamps, and no urgent pointer. */
export function isPlainTcp(bytes: Uint8Array, at: number, headerLength: number): boolean {
  if ((readU16(bytes, at + 12) & 0x0fff & ~PSH) !== ACK || readU16(bytes, at + URGENT_POINTER_AT) !== 0) return false;
  return headerLength === MIN_HEADER || (headerLength === WITH_TIMESTAMPS && readU32(bytes, at + MIN_HEADER) === NOP_NOP_TIMESTAMPS);
}

/** What the Protocol column says of segments that go on with a message, and of those without data. */
export const PLAIN_TCP = 'TCP';
