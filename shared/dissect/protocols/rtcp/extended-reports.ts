/** Extended Reports: losses packet by packet, statistics, quality of calls (RFC 3611 §4). */
import { readU8 } from '../../../bytes/reader.ts';
import type { RtcpKey, RtcpLayer } from './fields.ts';
import { readNtp } from './reports.ts';

const LOSS_RUNS = 1;
const DUPLICATE_RUNS = 2;
const RECEIPT_TIMES = 3;
const REFERENCE_TIME = 4;
const DELAYS = 5;
const STATISTICS = 6;
const VOIP_METRICS = 7;

export function takeExtendedReports(layer: RtcpLayer): void {
  layer.take('senderssrc');
  layer.each((index) => layer.group(null, () => takeBlock(layer), () => `Block ${index + 1}`));
}

function takeBlock(layer: RtcpLayer): void {
  const type = layer.take('xr.bt');
  takeSpecific(layer, type);
  const length = layer.take('xr.bl') * 4;
  const end = layer.cursor + length;
  if (layer.broken || !layer.reaches(end)) return;
  layer.group(null, () => takeContents(layer, type, end), () => 'Contents');
  if (!layer.broken) layer.cursor = end;
}

function takeSpecific(layer: RtcpLayer, type: number): void {
  if (type === LOSS_RUNS || type === DUPLICATE_RUNS || type === RECEIPT_TIMES) layer.take('xr.tf');
  else if (type === STATISTICS) {
    for (const key of ['xr.stats.lrflag', 'xr.stats.dupflag', 'xr.stats.jitterflag'] as const) layer.at(key, layer.cursor);
    layer.take('xr.stats.ttl');
  } else layer.take('xr.bs');
}

function takeContents(layer: RtcpLayer, type: number, end: number): void {
  if (type === LOSS_RUNS || type === DUPLICATE_RUNS) takeRuns(layer, end);
  else if (type === RECEIPT_TIMES) takeReceiptTimes(layer, end);
  else if (type === REFERENCE_TIME) {
    if (!layer.has(8)) return;
    layer.put('xr.timestamp', readNtp(layer), layer.cursor, 8);
    layer.skip(8);
  } else if (type === DELAYS) takeDelays(layer, end);
  else if (type === STATISTICS) takeAll(layer, STATISTICS_KEYS);
  else if (type === VOIP_METRICS) takeMetrics(layer);
}

function takeRange(layer: RtcpLayer): number {
  layer.take('ssrc.identifier');
  const first = layer.take('xr.beginseq');
  layer.take('xr.endseq');
  return first;
}

/** Chunks of two bytes: runs of equal bits, or 15 bits as they are. */
function takeRuns(layer: RtcpLayer, end: number): void {
  takeRange(layer);
  layer.group(null, () => layer.each((index) => takeChunk(layer, index + 1), end), () => 'Report Chunks');
}

function takeChunk(layer: RtcpLayer, number: number): void {
  const chunk = layer.peekU16();
  if (!layer.has(2)) return;
  if (chunk === 0) {
    layer.put('xr.chunk.null_terminator', 0, layer.cursor, 2);
    layer.label(() => `Chunk: ${number} -- Null Terminator `);
  } else if ((chunk & 0x8000) === 0) {
    layer.put('xr.chunk.length', chunk & 0x3fff, layer.cursor, 2);
    layer.label(() => `Chunk: ${number} -- Length Run ${(chunk & 0x4000) === 0 ? 0 : 1}s, length: ${chunk & 0x3fff}`);
  } else {
    layer.put('xr.chunk.bit_vector', chunk & 0x7fff, layer.cursor, 2);
    layer.label(() => `Chunk: ${number} -- Bit Vector 0x${(chunk & 0x7fff).toString(16)}`);
  }
  layer.skip(2);
}

function takeReceiptTimes(layer: RtcpLayer, end: number): void {
  const first = takeRange(layer);
  layer.each((index) => {
    const time = layer.take('xr.receipt_time_seq');
    layer.label(() => `Seq: ${(first + index) & 0xffff}, Receipt Time: ${time}`);
  }, end);
}

function takeDelays(layer: RtcpLayer, end: number): void {
  layer.each((index) => layer.group(null, () => takeAll(layer, ['ssrc.identifier', 'xr.lrr', 'xr.dlrr']), () => `Sub-block ${index + 1}`), end);
}

function takeAll(layer: RtcpLayer, keys: readonly RtcpKey[]): void {
  for (const key of keys) layer.take(key);
}

const STATISTICS_KEYS: readonly RtcpKey[] = [
  'ssrc.identifier', 'xr.beginseq', 'xr.endseq', 'xr.stats.lost', 'xr.stats.dups', 'xr.stats.minjitter', 'xr.stats.maxjitter', 'xr.stats.meanjitter', 'xr.stats.devjitter', 'xr.stats.minttl', 'xr.stats.maxttl', 'xr.stats.meanttl', 'xr.stats.devttl',
];
const METRICS_FRONT: readonly RtcpKey[] = [
  'ssrc.identifier', 'ssrc.fraction', 'ssrc.discarded', 'xr.voipmetrics.burstdensity', 'xr.voipmetrics.gapdensity', 'xr.voipmetrics.burstduration', 'xr.voipmetrics.gapduration', 'xr.voipmetrics.rtdelay', 'xr.voipmetrics.esdelay',
  'xr.voipmetrics.signallevel', 'xr.voipmetrics.noiselevel', 'xr.voipmetrics.rerl', 'xr.voipmetrics.gmin', 'xr.voipmetrics.rfactor', 'xr.voipmetrics.extrfactor',
];

function takeMetrics(layer: RtcpLayer): void {
  takeAll(layer, METRICS_FRONT);
  takeOpinion(layer, 'xr.voipmetrics.moslq');
  takeOpinion(layer, 'xr.voipmetrics.moscq');
  layer.at('xr.voipmetrics.plc', layer.cursor);
  layer.at('xr.voipmetrics.jba', layer.cursor);
  layer.take('xr.voipmetrics.jbrate');
  layer.skip(1);
  takeAll(layer, ['xr.voipmetrics.jbnominal', 'xr.voipmetrics.jbmax', 'xr.voipmetrics.jbabsmax']);
}

/** Mean opinion scores count in tenths. */
function takeOpinion(layer: RtcpLayer, key: 'xr.voipmetrics.moslq' | 'xr.voipmetrics.moscq'): void {
  if (!layer.has(1)) return;
  layer.put(key, readU8(layer.bytes, layer.cursor) / 10, layer.cursor, 1);
  layer.skip(1);
}
