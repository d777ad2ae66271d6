/** Router renumbering (RFC 2894 §3). */
import { readU32, readU8 } from '../../../bytes/reader.ts';
import { ipv6Text } from '../../address-text.ts';
import type { Icmpv6Layer } from './fields.ts';

const COMMAND = 0;
const RESULT = 1;
const MATCH_PART = 24;
const OPERATIONS: Readonly<Record<number, string>> = { 1: 'Add', 2: 'Change', 3: 'Set Global' };

/** Records the message from behind the checksum on. */
export function putRenumbering(layer: Icmpv6Layer, code: number): void {
  layer.take('rr.sequence_number');
  layer.take('rr.segment_number');
  layer.takeFlags('rr.flag');
  layer.take('rr.maxdelay');
  layer.take('reserved', 4);
  if (code === COMMAND) layer.each(() => putOperation(layer));
  else if (code === RESULT) layer.each(() => putResult(layer));
}

function putOperation(layer: Icmpv6Layer): void {
  const at = layer.cursor;
  const end = at + layer.peekU8(1) * 8;
  const words = `${OPERATIONS[layer.peekU8()] ?? 'Unknown'} ${ipv6Text(layer.bytes, at + 8)}/${layer.peekU8(3)} (${layer.peekU8(4)}-${layer.peekU8(5)})`;
  layer.group('rr.pco.mp', () => {
    layer.take('rr.pco.mp.opcode');
    layer.take('rr.pco.mp.oplength');
    layer.take('rr.pco.mp.ordinal');
    if (layer.take('rr.pco.mp.matchlen') > 128) layer.expert('rr.pco.mp.matchlen.gt128', 'warn', 'Protocol', 'MatchLen is greater than 128');
    layer.take('rr.pco.mp.minlen');
    layer.take('rr.pco.mp.maxlen');
    layer.take('reserved', 2);
    layer.take('rr.pco.mp.matchprefix');
  }, () => `Match-Prefix Part: ${words}`);
  if (end - at >= MATCH_PART) layer.each(() => putUsePart(layer), Math.min(end, layer.reportedEnd));
}

function putUsePart(layer: Icmpv6Layer): void {
  const at = layer.cursor;
  layer.group('rr.pco.up', () => {
    layer.take('rr.pco.up.uselen');
    layer.take('rr.pco.up.keeplen');
    layer.takeFlags('rr.pco.up.flagmask');
    const flagsAt = layer.cursor;
    const flags = layer.take('rr.pco.up.raflags');
    // Wireshark names these bits like those of the mask.
    layer.withBits(flags, flagsAt, 1, () => layer.flags('rr.pco.up.flagmask'));
    layer.take('rr.pco.up.validlifetime');
    layer.take('rr.pco.up.preferredlifetime');
    layer.takeFlags('rr.pco.up.flag');
    layer.take('rr.pco.up.useprefix');
  }, () => `Use-Prefix Part: ${ipv6Text(layer.bytes, at + 16)}/${readU8(layer.bytes, at)} (keep ${readU8(layer.bytes, at + 1)})`);
}

function putResult(layer: Icmpv6Layer): void {
  const at = layer.cursor;
  layer.group('rr.rm', () => {
    layer.take('rr.rm.flag');
    layer.flag('rr.rm.flag.reserved');
    layer.flag('rr.rm.flag.b');
    layer.flag('rr.rm.flag.f');
    layer.take('rr.rm.ordinal');
    if (layer.take('rr.rm.matchedlen') > 128) layer.expert('rr.pco.mp.matchedlen.gt128', 'warn', 'Protocol', 'MatchedLen is greater than 128');
    layer.take('rr.rm.interfaceindex');
    layer.take('rr.rm.matchedprefix');
  }, () => `Result Message: ${ipv6Text(layer.bytes, at + 8)}/${readU8(layer.bytes, at + 3)} (interface ${readU32(layer.bytes, at + 4)})`);
}
