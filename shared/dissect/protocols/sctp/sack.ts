/** Selective acknowledgments: SACK (RFC 9260 §3.3.4) and NR-SACK (draft-tuexen-tsvwg-sctp-nr-sack). */
import { directionOf, firstTsn, learnCumulative, learnGap } from './associations.ts';
import type { Direction } from './associations.ts';
import type { ChunkFact, SctpLayer } from './sctp-layer.ts';

/** From so many TSNs on, gaps are remarked on. */
const MANY = 100;

export function takeSelective(layer: SctpLayer, tag: number): string {
  const direction = directionOf(layer, tag);
  const at = layer.cursor;
  const absolute = layer.peekU32();
  const relative = (absolute - firstTsn(direction?.peer ?? direction)) >>> 0;
  if (!layer.has(4)) return '';
  if (direction !== null) layer.put('sack_cumulative_tsn_ack', relative, at, 4);
  learn(layer, direction, relative);
  putAcknowledged(layer, direction, null, relative);
  layer.take('sack_cumulative_tsn_ack_raw');
  const credit = layer.take('sack_a_rwnd');
  if (credit === 0 && !layer.broken) layer.expert('sack_a_rwnd.expert', 'note', 'Sequence', 'Zero Advertised Receiver Window Credit');
  const gaps = layer.take('sack_number_of_gap_blocks');
  const duplicates = layer.take('sack_number_of_duplicated_tsns');
  if (layer.broken) return '';
  const base = direction === null ? absolute : relative;
  const lastGap = takeGaps(layer, SACK_GAPS, gaps, base, direction);
  layer.infoAppend(() => (layer.broken ? '' : `(Ack=${base}${gaps > 0 ? `+${lastGap}` : ''}, Arwnd=${credit}) `));
  for (let index = 0; index < duplicates && !layer.broken && !layer.run.full; index += 1) layer.take('sack_duplicate_tsn');
  return ` (Cumulative TSN: ${absolute}, a_rwnd: ${credit}, gaps: ${gaps}, duplicate TSNs: ${duplicates})`;
}

export function takeSelectiveNotRenegable(layer: SctpLayer, tag: number): string {
  const direction = directionOf(layer, tag);
  const cumulative = layer.take('nr_sack_cumulative_tsn_ack');
  if (layer.broken) return '';
  learn(layer, direction, cumulative);
  putAcknowledged(layer, direction, null, cumulative);
  const credit = layer.take('nr_sack_a_rwnd');
  const gaps = layer.take('nr_sack_number_of_gap_blocks');
  const firmGaps = layer.take('nr_sack_number_of_nr_gap_blocks');
  const duplicates = layer.take('nr_sack_number_of_duplicated_tsns');
  layer.take('nr_sack_reserved');
  if (layer.broken) return '';
  takeGaps(layer, NR_SACK_GAPS, gaps, cumulative, direction);
  takeGaps(layer, NR_GAPS, firmGaps, cumulative, direction);
  for (let index = 0; index < duplicates && !layer.broken && !layer.run.full; index += 1) layer.take('nr_sack_duplicate_tsn');
  return ` (Cumulative TSN: ${cumulative}, a_rwnd: ${credit}, gaps: ${gaps}, nr-gaps: ${firmGaps}, duplicate TSNs: ${duplicates})`;
}

function learn(layer: SctpLayer, direction: Direction | null, end: number): void {
  if (direction !== null && layer.run.pass === 'deep') learnCumulative(layer, direction, end);
}

/** Below the entry recorded last: which of what the packet acknowledges lies between two TSNs, as they are shown; null: between the first of all and `end`. */
function putAcknowledged(layer: SctpLayer, direction: Direction | null, start: number | null, end: number): void {
  if (!layer.run.items) return;
  const acknowledges = layer.fact<ChunkFact>()?.acknowledges;
  if (acknowledges === undefined) return;
  const first = firstTsn(direction?.peer ?? null);
  const from = start === null ? 0 : (start - first) >>> 0;
  const to = (end - first) >>> 0;
  layer.inside(() => {
    for (const { tsn, packet, seconds } of acknowledges) {
      const counted = (tsn - first) >>> 0;
      if (counted < from || counted > to) continue;
      layer.putGenerated('ack', tsn);
      layer.inside(() => {
        layer.putGenerated('ack_frame', packet);
        layer.putGenerated('sack_rtt', seconds);
      });
    }
  });
}

// ── gaps ─────────────────────────────────────────────────────────────────────

const SACK_GAPS = {
  start: 'sack_gap_block_start', startTsn: 'sack_gap_block_start_tsn', end: 'sack_gap_block_end', endTsn: 'sack_gap_block_end_tsn', count: 'sack_number_of_tsns_gap_acked', many: 'sack_number_of_tsns_gap_acked.100',
  title: 'Gap Acknowledgement', remark: 'More than 100 TSNs were gap-acknowledged in this SACK.',
} as const;
const NR_SACK_GAPS = {
  start: 'nr_sack_gap_block_start', startTsn: 'nr_sack_gap_block_start_tsn', end: 'nr_sack_gap_block_end', endTsn: 'nr_sack_gap_block_end_tsn', count: 'nr_sack_number_of_tsns_gap_acked', many: 'nr_sack_number_of_tsns_gap_acked.100',
  title: 'Gap Acknowledgement', remark: 'More than 100 TSNs were gap-acknowledged in this NR-SACK.',
} as const;
const NR_GAPS = {
  start: 'nr_sack_nr_gap_block_start', startTsn: 'nr_sack_nr_gap_block_start_tsn', end: 'nr_sack_nr_gap_block_end', endTsn: 'nr_sack_nr_gap_block_end_tsn', count: 'nr_sack_number_of_tsns_nr_gap_acked', many: 'nr_sack_number_of_tsns_nr_gap_acked.100',
  title: 'NR-Gap Acknowledgement', remark: 'More than 100 TSNs were nr-gap-acknowledged in this NR-SACK.',
} as const;

type GapKeys = typeof SACK_GAPS | typeof NR_SACK_GAPS | typeof NR_GAPS;

/** `base`: the TSN that gaps are counted from. Gives the end of the last one. */
function takeGaps(layer: SctpLayer, keys: GapKeys, count: number, base: number, direction: Direction | null): number {
  let acknowledged = 0;
  let lastEnd = 0;
  for (let index = 0; index < count && !layer.broken && !layer.run.full; index += 1) {
    const { start, end } = takeGap(layer, keys, base, lastEnd, direction);
    acknowledged += end - start + 1;
    lastEnd = end;
  }
  if (count === 0 || layer.broken) return lastEnd;
  layer.putGenerated(keys.count, acknowledged >>> 0);
  if (acknowledged > MANY) layer.expert(keys.many, 'warn', 'Sequence', keys.remark);
  return lastEnd;
}

function takeGap(layer: SctpLayer, keys: GapKeys, base: number, lastEnd: number, direction: Direction | null): { readonly start: number; readonly end: number } {
  const start = layer.peekU16();
  const end = layer.peekU16(2);
  const from = (base + start) >>> 0;
  const to = (base + end) >>> 0;
  layer.group(null, () => {
    layer.take(keys.start);
    layer.inside(() => layer.putGenerated(keys.startTsn, from, layer.cursor - 2, 2));
    layer.take(keys.end);
    layer.inside(() => layer.putGenerated(keys.endTsn, to, layer.cursor - 2, 2));
    if (layer.broken) return;
    if (keys === SACK_GAPS && start > end) layer.expert('sack_gap_block_malformed', 'error', 'Protocol', 'Malformed gap block.');
    else if (keys === SACK_GAPS && start <= lastEnd) layer.expert('sack_gap_block_out_of_order', 'warn', 'Protocol', 'Gap blocks not in strict order.');
    if (direction !== null && layer.run.pass === 'deep') learnGap(layer, direction, from, to);
    putAcknowledged(layer, direction, from, to);
  }, () => `${keys.title} for TSN ${from} to ${to}`);
  return { start, end };
}
