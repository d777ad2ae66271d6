/**
 * What follows the payload of an Ethernet frame: padding up to the least frame size, bytes
 * added by taps, and the frame check sequence, where the capture kept it. Nothing in the
 * frame says where one ends and the next begins; this follows Wireshark's judgement
 * (IEEE 802.3-2022 §3.2.8 and §3.2.9 for what is certain).
 */
import { readU8 } from '../../../bytes/reader.ts';
import { crc32 } from '../../../bytes/checksum.ts';
import type { Fields } from '../../define.ts';
import type { Layer } from '../../layer.ts';

/** Least frame size without FCS. */
const LEAST_FRAME = 60;
const FCS_LENGTH = 4;

/** Fields of Ethernet that every carrier of an Ethernet trailer (802.1Q, too) shows. */
export const TRAILER_FIELDS = {
  'padding': { type: 'bytes', label: 'Padding', name: 'eth.padding', help: 'Zeros that fill the frame up to the 60 bytes that Ethernet asks for at least.' },
  'trailer': { type: 'bytes', label: 'Trailer', help: 'Bytes after the payload that no header accounts for, often added by a tap or a switch.' },
  'fcs': { type: 'u32', label: 'Frame check sequence', base: 'hex', name: 'eth.fcs', help: 'Checksum over the whole frame; network cards mostly strip it before capture.' },
  'fcs.status': { type: 'u8', label: 'FCS Status', name: 'eth.fcs.status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified' } },
} as const satisfies Fields;

type Carrier = Layer<typeof TRAILER_FIELDS>;

/**
 * Records what lies between `payloadEnd` (absolute, as the payload's own lengths say) and
 * the carrier's end.
 */
export function putEthernetTrailer(layer: Carrier, payloadEnd: number): void {
  const { packet, run } = layer;
  if (layer.broken || !run.items || payloadEnd >= layer.reportedEnd) return;
  let at = payloadEnd;
  const padding = paddingLength(layer, at);
  if (padding > 0) {
    if (layer.end > at) layer.at('padding', at, Math.min(padding, layer.end - at));
    at += padding;
  }
  const reported = layer.reportedEnd - at;
  const frameLength = layer.reportedEnd - layer.start;
  const hasFcs = packet.fcsLength === FCS_LENGTH || (packet.fcsLength === null && frameLength >= 64 && reported >= FCS_LENGTH);
  const fcsAt = layer.reportedEnd - FCS_LENGTH;
  const trailerEnd = hasFcs && fcsAt >= at ? fcsAt : layer.reportedEnd;
  if (trailerEnd > at && layer.end > at) layer.at('trailer', at, Math.min(trailerEnd, layer.end) - at);
  if (trailerEnd === fcsAt && layer.end === layer.reportedEnd) putFcs(layer, fcsAt);
}

/** Short payloads are filled up with zeros to the least frame size; anything else is no padding. */
function paddingLength(layer: Carrier, at: number): number {
  const missing = LEAST_FRAME - (at - layer.start);
  if (missing > layer.reportedEnd - at) return 0;
  for (let index = 0; index < missing; index += 1) if (readU8(layer.bytes, at + index) !== 0) return 0;
  return Math.max(0, missing);
}

function putFcs(layer: Carrier, at: number): void {
  const sent = layer.at('fcs', at);
  const { verifyChecksums } = layer.run.state.settings;
  const status = !verifyChecksums ? 2 : sent === crc32(layer.bytes, layer.start, at) ? 1 : 0;
  layer.putGenerated('fcs.status', status, at, 0);
}
