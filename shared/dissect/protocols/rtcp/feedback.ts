/** Feedback at once: losses, bit rates, pictures (RFC 4585 §6, RFC 5104 §4, draft-holmer-rmcat-transport-wide-cc). */
import { readU16, readU24, readU8 } from '../../../bytes/reader.ts';
import type { RtcpLayer } from './fields.ts';
import { takeApplicationFeedback, takePictureLoss } from './microsoft.ts';

const NACK = 1;
const TMMBR = 3;
const TMMBN = 4;
const TRANSPORT_CC = 15;

export function takeTransportFeedback(layer: RtcpLayer, format: number): void {
  layer.take('senderssrc');
  layer.take('mediassrc');
  if (format === NACK) layer.each(() => takeNack(layer));
  else if (format === TMMBR || format === TMMBN) layer.each((index) => layer.group(null, () => takeBitRate(layer), () => `${format === TMMBR ? 'TMMBR' : 'TMMBN'} ${index + 1}`));
  else if (format === TRANSPORT_CC) layer.group(null, () => takeCongestion(layer), () => 'Transport-cc');
  else if (layer.left > 0) layer.take('fci', layer.left);
}

/** A packet, and which of the 16 behind it are lost, too. */
function takeNack(layer: RtcpLayer): void {
  const first = layer.take('rtpfb.nack_pid');
  const mask = layer.take('rtpfb.nack_blp');
  if (layer.broken) return;
  const lost = Array.from({ length: 16 }, (_, bit) => bit).filter((bit) => (mask & (1 << bit)) !== 0).map((bit) => (first + bit + 1) & 0xffff);
  const at = layer.cursor - 2;
  layer.label(() => `RTCP Transport Feedback NACK BLP: 0x${mask.toString(16).padStart(4, '0')} (${lost.length === 0 ? 'No additional frames lost' : `Frames ${lost.join(' ')} lost`})`);
  layer.inside(() => {
    for (const packet of lost) {
      layer.put('rtpfb.nack_pid', packet, at, 2);
      layer.label(() => `Frame ${packet} also lost`);
    }
  });
}

function takeBitRate(layer: RtcpLayer): void {
  layer.take('rtpfb.tmmbr.fci.ssrc');
  if (!layer.has(4)) return;
  const at = layer.cursor;
  const exponent = layer.at('rtpfb.tmmbr.fci.exp', at);
  const mantissa = layer.at('rtpfb.tmmbr.fci.mantissa', at);
  layer.put('rtpfb.tmmbr.fci.bitrate', '', at, 3);
  layer.label(() => `Maximum total media bit rate: ${mantissa}*2^${exponent}`);
  layer.at('rtpfb.tmmbr.fci.measuredoverhead', at + 2);
  layer.skip(4);
}

// ── transport-wide congestion control ────────────────────────────────────────

const RUN_LENGTH = 0;
const SMALL = 1;
const LARGE = 2;

/** Which packets arrived, in runs or bit by bit, and when each did after the one before. */
function takeCongestion(layer: RtcpLayer): void {
  layer.take('rtpfb.transportcc.baseseq');
  const count = layer.take('rtpfb.transportcc.statuscount');
  if (!layer.has(4)) return;
  layer.put('rtpfb.transportcc.reftime', (readU24(layer.bytes, layer.cursor) << 8) >> 8, layer.cursor, 3);
  layer.skip(3);
  layer.take('rtpfb.transportcc.pktcount');
  const symbols: number[] = [];
  layer.group(null, () => {
    while (symbols.length < count && layer.left >= 2 && !layer.broken && !layer.run.full) symbols.push(...takeStatusChunk(layer, count - symbols.length));
  }, () => 'Packet Chunks');
  layer.group(null, () => takeDeltas(layer, symbols), () => 'Recv Delta');
}

/** What a chunk says of at most `wanted` packets. */
function takeStatusChunk(layer: RtcpLayer, wanted: number): number[] {
  const chunk = layer.take('rtpfb.transportcc.pktchunk');
  if (chunk >> 15 === RUN_LENGTH) return Array.from({ length: Math.min(chunk & 0x1fff, wanted) }, () => (chunk >> 13) & 3);
  const isTwoBits = (chunk & 0x4000) !== 0;
  const symbols = isTwoBits ? Array.from({ length: 7 }, (_, index) => (chunk >> (12 - index * 2)) & 3) : Array.from({ length: 14 }, (_, index) => (chunk >> (13 - index)) & 1);
  return symbols.slice(0, wanted);
}

function takeDeltas(layer: RtcpLayer, symbols: readonly number[]): void {
  for (const symbol of symbols) {
    if (layer.broken || layer.run.full) return;
    const size = symbol === SMALL ? 1 : symbol === LARGE ? 2 : 0;
    if (size === 0 || !layer.has(size)) continue;
    const at = layer.cursor;
    const value = size === 1 ? readU8(layer.bytes, at) : (readU16(layer.bytes, at) << 16) >> 16;
    layer.put('rtpfb.transportcc.recv_delta', value, at, size);
    layer.label(() => `Recv Delta: ${(value * 0.25).toFixed(2)} ms`);
    layer.skip(size);
  }
  if (layer.left > 0 && layer.left < 4) {
    layer.put('rtpfb.transportcc.recv_delta.padding', 0, layer.cursor, layer.left);
    layer.skip(layer.left);
  }
}

// ── pictures ─────────────────────────────────────────────────────────────────

const PICTURE_LOSS = 1;
const SLICE_LOSS = 2;
const FULL_INTRA = 4;
const APPLICATION = 15;
const WORDS: Readonly<Record<number, string>> = { 1: 'PLI', 2: 'SLI', 3: 'RPSI', 4: 'FIR', 5: 'TSTR', 6: 'TSTN', 7: 'VBCM', 15: 'ALFB' };

export function takePayloadFeedback(layer: RtcpLayer, format: number): void {
  layer.take('senderssrc');
  layer.take('mediassrc');
  const words = WORDS[format];
  if (words !== undefined && !layer.broken) layer.infoAppend(() => `${words}  `);
  if (format === SLICE_LOSS) layer.each((index) => layer.group(null, () => takeSliceLoss(layer), () => `SLI ${index + 1}`));
  else if (format === FULL_INTRA) layer.each((index) => layer.group(null, () => takeIntraRequest(layer), () => `FIR ${index + 1}`));
  else if (format === APPLICATION && layer.peekText(0, 4) === 'REMB') layer.group(null, () => takeEstimate(layer), () => 'REMB 0');
  else if (format === APPLICATION && layer.left > 0) takeApplicationFeedback(layer);
  else if (format === PICTURE_LOSS && layer.left > 0) takePictureLoss(layer);
  else if (layer.left > 0) layer.take('fci', layer.left);
}

function takeSliceLoss(layer: RtcpLayer): void {
  layer.at('psfb.fir.sli.first', layer.cursor);
  layer.at('psfb.fir.sli.number', layer.cursor);
  layer.take('psfb.fir.sli.picture_id');
}

function takeIntraRequest(layer: RtcpLayer): void {
  layer.take('psfb.fir.fci.ssrc');
  layer.take('psfb.fir.fci.csn');
  layer.take('psfb.fir.fci.reserved');
}

/** Receiver Estimated Maximum Bitrate (draft-alvestrand-rmcat-remb §2.2). */
function takeEstimate(layer: RtcpLayer): void {
  layer.take('psfb.remb.identifier', 4);
  const count = layer.take('psfb.remb.fci.number_ssrcs');
  if (!layer.has(3)) return;
  const at = layer.cursor;
  const exponent = layer.at('psfb.remb.fci.br_exp', at);
  const mantissa = layer.at('psfb.remb.fci.br_mantissa', at);
  layer.put('psfb.remb.fci.bitrate', '', at, 3);
  layer.label(() => `Maximum bit rate: ${mantissa * 2 ** exponent}`);
  layer.skip(3);
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('psfb.remb.fci.ssrc');
}
