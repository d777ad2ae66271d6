/** TCP headers on which the dissector remarks nothing by themselves: the usual ACKs and segments of data (RFC 9293 §3.1). */
import { readU16, readU32 } from '../bytes/reader.ts';
import { ACK, PSH } from '../streams/tcp-segment.ts';
import { RULES } from './rules.ts';

const MIN_HEADER = 20;
/** NOP, NOP, timestamps (RFC 7323 appendix A). */
const WITH_TIMESTAMPS = MIN_HEADER + 12;
const NOP_NOP_TIMESTAMPS = 0x0101_080a;
const URGENT_POINTER_AT = 18;

/** Whether the header at `at`, which is all there, has only ACK (and PSH) set, no options but timestamps, and no urgent pointer. */
export function isPlainTcp(bytes: Uint8Array, at: number, headerLength: number): boolean {
  if ((readU16(bytes, at + 12) & 0x0fff & ~PSH) !== ACK || readU16(bytes, at + URGENT_POINTER_AT) !== 0) return false;
  return headerLength === MIN_HEADER || (headerLength === WITH_TIMESTAMPS && readU32(bytes, at + MIN_HEADER) === NOP_NOP_TIMESTAMPS);
}

/** What the Protocol column says of segments that go on with a message, and of those without data. */
export const PLAIN_TCP = 'TCP';

const TCP_RULE = RULES.indexOf('tcp') + 1;
const HTTP_RULE = RULES.indexOf('http') + 1;

/** What `ruleOf` gives for a plain segment without remarks and without any layer above TCP. */
export function ruleOfPlainTcp(sourcePort: number, destinationPort: number): number {
  return sourcePort === 80 || destinationPort === 80 ? HTTP_RULE : TCP_RULE;
}
