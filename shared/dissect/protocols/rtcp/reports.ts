/** Reports of senders and receivers, descriptions of sources, Goodbye and Application (RFC 3550 §6). */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import type { TimeValue } from '../../field.ts';
import type { RtcpLayer } from './fields.ts';
import { takeExtensions } from './microsoft.ts';
import { ntpTime } from './ntp-time.ts';

export function takeSenderReport(layer: RtcpLayer, count: number): void {
  layer.take('senderssrc');
  const seconds = layer.take('timestamp.ntp.msw');
  const fraction = layer.take('timestamp.ntp.lsw');
  layer.put('timestamp.ntp', ntpTime(seconds, fraction), layer.cursor - 8, 8);
  layer.take('timestamp.rtp');
  layer.take('sender.packetcount');
  layer.take('sender.octetcount');
  takeReportBlocks(layer, count);
  takeExtensions(layer);
}

export function takeReceiverReport(layer: RtcpLayer, count: number): void {
  layer.take('senderssrc');
  takeReportBlocks(layer, count);
  takeExtensions(layer);
}

function takeReportBlocks(layer: RtcpLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken; index += 1) layer.group(null, () => takeReportBlock(layer), () => `Source ${index + 1}`);
}

/** RFC 3550 §6.4.1. */
function takeReportBlock(layer: RtcpLayer): void {
  layer.take('ssrc.identifier');
  layer.group(null, () => {
    layer.take('ssrc.fraction');
    if (!layer.has(3)) return;
    const at = layer.cursor;
    layer.put('ssrc.cum_nr', (((readU8(layer.bytes, at) << 24) | (readU16(layer.bytes, at + 1) << 8)) >> 8), at, 3);
    layer.skip(3);
  }, () => 'SSRC contents');
  layer.take('ssrc.ext_high');
  layer.inside(() => {
    layer.at('ssrc.high_cycles', layer.cursor - 4);
    layer.at('ssrc.high_seq', layer.cursor - 2);
  });
  layer.take('ssrc.jitter');
  layer.take('ssrc.lsr');
  layer.take('ssrc.dlsr');
}

// ── sources ──────────────────────────────────────────────────────────────────

const END = 0;
const PRIVATE = 8;

export function takeSourceDescription(layer: RtcpLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken && layer.left > 0; index += 1) {
    const source = layer.peekU32();
    layer.group(null, () => takeChunk(layer), () => `Chunk ${index + 1}, SSRC/CSRC 0x${source.toString(16).toUpperCase().padStart(8, '0')}`);
  }
}

/** Items up to END; the next chunk begins at a multiple of four bytes. */
function takeChunk(layer: RtcpLayer): void {
  const start = layer.cursor;
  layer.take('ssrc.identifier');
  layer.group(null, () => {
    for (let more = true; more && layer.left > 0 && !layer.broken && !layer.run.full; ) more = takeItem(layer);
  }, () => 'SDES items');
  layer.cursor = Math.min(layer.end, layer.cursor + ((4 - ((layer.cursor - start) % 4)) % 4));
}

function takeItem(layer: RtcpLayer): boolean {
  const type = layer.take('sdes.type');
  if (type === END) return false;
  const length = takeLength(layer);
  if (type === PRIVATE && length > 0) {
    const prefix = layer.take('sdes.prefix.length');
    layer.take('sdes.prefix.string', Math.min(prefix, length - 1));
    layer.take('sdes.text', length - 1 - Math.min(prefix, length - 1));
  } else if (length > 0) layer.take('sdes.text', length);
  return true;
}

/** One byte on the wire. */
function takeLength(layer: RtcpLayer): number {
  if (!layer.has(1)) return 0;
  const length = layer.peekU8();
  layer.put('sdes.length', length, layer.cursor, 1);
  layer.skip(1);
  return length;
}

export function takeGoodbye(layer: RtcpLayer, count: number): void {
  for (let index = 0; index < count && !layer.broken; index += 1) layer.take('ssrc.identifier');
  if (layer.left === 0 || layer.broken) return;
  const length = takeLength(layer);
  if (length > 0) layer.take('sdes.text', length);
}

export function takeApplication(layer: RtcpLayer, subtype: number): void {
  layer.take('ssrc.identifier');
  if (!layer.has(4)) return;
  const name = layer.peekText(0, 4);
  layer.take('app.name', 4);
  layer.infoAppend(() => `( ${name} ) subtype=${subtype}`);
  if (layer.broken) return;
  const isText = /^[\x20-\x7e]*$/.test(layer.peekText(0, layer.left));
  layer.take(isText ? 'app.data_str' : 'app.data', layer.left);
}

/** The source of requests that say nothing more. */
export function takeSource(layer: RtcpLayer): void {
  if (layer.left >= 4) layer.take('ssrc.identifier');
}

export function readNtp(layer: RtcpLayer): TimeValue {
  return ntpTime(readU32(layer.bytes, layer.cursor), readU32(layer.bytes, layer.cursor + 4));
}
