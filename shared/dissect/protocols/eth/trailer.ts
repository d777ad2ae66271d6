/**
 * What follows the payload of an Ethernet frame: padding up to the least frame size, bytes
 * added by taps, and the frame check sequence, where the capture kept it. Nothing in the
 * frame says where one ends and the next begins; this follows Wireshark's judgement
 * (IEEE 802.3-2022 §3.2.8 and §3.2.9 for what is certain).
 */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import { crc32 } from '../../../bytes/checksum.ts';
import type { Fields, FieldSpec } from '../../field.ts';
import type { Layer } from '../../layer.ts';
import { ETHERTYPES } from '../../names/ethertypes.ts';

/** Least frame size without FCS. */
const LEAST_FRAME = 60;
const FCS_LENGTH = 4;
/** Where LLC's SNAP header tells the form of a bridged frame, and the form with FCS. */
const BRIDGED_FORM = 6;
const BRIDGED_WITH_FCS = 1;

/** Fields of Ethernet that every carrier of an Ethernet trailer (802.1Q, too) shows. */
export const trailerFields = () => ({
  'padding': { type: 'bytes', label: 'Padding', name: 'eth.padding', help: 'Zeros that fill the frame up to the 60 bytes that Ethernet asks for at least.' },
  'trailer': { type: 'bytes', label: 'Trailer', help: 'Bytes after the payload that no header accounts for, often added by a tap or a switch.' },
  'fcs': { type: 'u32', label: 'Frame check sequence', base: 'hex', name: 'eth.fcs', help: 'Checksum over the whole frame; network cards mostly strip it before capture.' },
  'padding_bad': { type: 'none', label: 'Padding identification may be inaccurate and impact trailer dissector', name: 'eth.padding_bad' },
  'fcs.status': { type: 'u8', label: 'FCS Status', name: 'eth.fcs.status', names: { 0: 'Bad', 1: 'Good', 2: 'Unverified' } },
} as const satisfies Fields);

/** Any table with these fields, whatever their labels. */
export type TrailerCarrier = Layer<Readonly<Record<keyof ReturnType<typeof trailerFields>, FieldSpec>>>;

/**
 * Records what lies between `payloadEnd` (absolute, as the payload's own lengths say) and
 * the carrier's end. `mayHaveFcs`: the carrier is the frame itself, which ends in its FCS
 * where the capture kept that.
 */
export function putEthernetTrailer(layer: TrailerCarrier, payloadEnd: number, mayHaveFcs = true): void {
  const { run } = layer;
  // Rows tell only whether the capture cut something off.
  const isWanted = run.remarks || (run.text && layer.end < layer.reportedEnd);
  if (layer.broken || !isWanted || payloadEnd >= layer.reportedEnd) return;
  const expected = expectedPadding(layer, payloadEnd);
  const isPadding = isZero(layer, payloadEnd, Math.min(payloadEnd + expected, layer.end));
  // Zeros that the capture cut short may be padding or not: nothing else is said about them.
  if (isPadding && !layer.reaches(payloadEnd + expected)) return;
  const padding = isPadding ? expected : 0;
  if (padding > 0) layer.at('padding', payloadEnd, padding);
  const at = payloadEnd + padding;
  const fcsAt = layer.reportedEnd - FCS_LENGTH;
  const hasFcs = mayHaveFcs && fcsAt >= at && hasRoomForFcs(layer);
  const trailerEnd = hasFcs ? fcsAt : layer.reportedEnd;
  if (trailerEnd > at && layer.end > at) {
    layer.at('trailer', at, Math.min(trailerEnd, layer.end) - at);
    if (padding < expected) layer.expert('padding_bad', 'note', 'Protocol', 'Didn\'t find padding of zeros, and an undecoded trailer exists. There may be padding of non-zeros.');
  }
  if (hasFcs && layer.reaches(fcsAt + FCS_LENGTH)) putFcs(layer, fcsAt);
}

/** `putEthernetTrailer` behind a payload up to `end` whose length the carrier itself says (IEEE 802.3): cut by the capture, the carrier is truncated. */
export function putTrailerOfLength(layer: TrailerCarrier, end: number, mayHaveFcs = true): void {
  // A protocol above that ran out of bytes has said so.
  if (end > layer.end && layer.run.layers.some(({ index, broken }) => index > layer.index && broken !== null)) return;
  if (layer.reaches(end)) putEthernetTrailer(layer, end, mayHaveFcs);
}

/** Where the file does not tell, frames of full size with bytes to spare are taken to end in an FCS. */
function hasRoomForFcs(layer: TrailerCarrier): boolean {
  if (keepsFcs(layer)) return true;
  const { fcsLength } = layer.run.packet;
  return fcsLength === null ? layer.reportedEnd - layer.start >= LEAST_FRAME + FCS_LENGTH : fcsLength === FCS_LENGTH;
}

/** True for frames inside of others whose carrier leaves the FCS on: ISL, and bridges that say so (RFC 2684 §5.2). */
export function keepsFcs(layer: TrailerCarrier): boolean {
  const carrier = layer.run.layers[layer.index - 1];
  if (carrier?.protocol.id === 'isl') return true;
  return carrier?.protocol.id === 'llc' && readU16(carrier.bytes, carrier.start + BRIDGED_FORM) === BRIDGED_WITH_FCS;
}

/** Bytes that a short payload lacks to the least frame size; 0 where the whole packet is shorter even so, or a tunnel makes it longer. */
function expectedPadding(layer: TrailerCarrier, at: number): number {
  const left = layer.reportedEnd - at;
  const missing = LEAST_FRAME - (layer.packet.wireLength - left);
  return missing > left ? 0 : Math.max(0, missing);
}

function isZero(layer: TrailerCarrier, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (readU8(layer.bytes, at) !== 0) return false;
  return true;
}

function putFcs(layer: TrailerCarrier, at: number): void {
  const sent = readU32(layer.bytes, at);
  layer.at('fcs', at);
  const { verifyChecksums } = layer.run.state.settings;
  const status = !verifyChecksums ? 2 : sent === crc32(layer.bytes, layer.start, at) ? 1 : 0;
  layer.putGenerated('fcs.status', status, at, 0);
}

/** False for data, and for a protocol that gave the bytes back (see ipv6). */
function isTaken(taker: Layer | undefined): boolean {
  return taker !== undefined && taker.protocol.id !== 'data' && (taker.isNamed || taker.protocol.spec.unnamed === true);
}

/**
 * Hands the payload to the protocol of an EtherType and records what the payload leaves over.
 * A type that nobody takes stands in the Protocol column as the number it is, and in Info by its name.
 */
export function nextByEthertype(layer: TrailerCarrier, type: number, mayHaveFcs = true): void {
  const outside = layer.run.layers.length;
  const child = layer.next('ethertype', type);
  if (!isTaken(layer.run.layers[outside])) {
    layer.protocolName(`0x${type.toString(16).padStart(4, '0')}`);
    const name = ETHERTYPES[type];
    if (name !== undefined) layer.info(() => name);
  }
  // Of a trailer that was not captured at all nothing is missed.
  if (child && child.reportedEnd < layer.end) putEthernetTrailer(layer, child.reportedEnd, mayHaveFcs);
}
