/** FINGERPRINT: a checksum over what comes before it, so that STUN is told from other protocols (RFC 8489 §14.7). */
import { crc32 } from '../../../bytes/checksum.ts';
import type { Attribute } from './attribute.ts';
import type { StunLayer } from './fields.ts';

/** "STUN", so that the checksum of a packet inside of another does not look right there. */
const XOR = 0x5354_554e;
const HEADER_BYTES = 4;
const BAD = 0;
const GOOD = 1;

export function takeFingerprint(layer: StunLayer, { start, length, message }: Attribute): void {
  if (length < 4) return;
  const found = layer.at('att.crc32', start, 4);
  if (!layer.run.items) return;
  // `crc32` gives the bytes in the order of Ethernet, which is the other way round.
  const expected = (reversed(crc32(layer.bytes, message, start - HEADER_BYTES)) ^ XOR) >>> 0;
  const words = `0x${expected.toString(16).padStart(8, '0')}`;
  if (found === expected) layer.label(() => `CRC-32: ${words} [correct]`);
  else {
    layer.label(() => `CRC-32: 0x${found.toString(16).padStart(8, '0')} incorrect, should be ${words}`);
    layer.expert('att.crc32.bad', 'warn', 'Checksum', `Bad Fingerprint [should be ${words}]`);
  }
  layer.putGenerated('att.crc32.status', found === expected ? GOOD : BAD, start, 0);
}

function reversed(value: number): number {
  return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}
