/** Traceroute of multicast paths: each router on the way adds a block and passes the message on (draft-ietf-idmr-traceroute-ipm). */
import { readU8 } from '../../../bytes/reader.ts';
import { ipv4Text } from '../../address-text.ts';
import { takeInternetChecksum } from '../../checksum-field.ts';
import { CHECKSUM, FORWARDING_CODES, ROUTING_PROTOCOLS, TRACE_RESPONSE } from './fields.ts';
import type { IgmpLayer } from './fields.ts';

const HEADER = 24;
const BLOCK = 32;

/** Reads a message from its type on. */
export function putTraceroute(layer: IgmpLayer, type: number): void {
  const length = layer.reportedEnd - layer.start;
  layer.info(() => words(type, length));
  layer.take('type');
  layer.take('mtrace.max_hops');
  takeInternetChecksum(layer, CHECKSUM, layer.start, layer.reportedEnd);
  for (const key of ['maddr', 'mtrace.saddr', 'mtrace.raddr', 'mtrace.rspaddr', 'mtrace.resp_ttl', 'mtrace.q_id'] as const) layer.take(key);
  while (!layer.broken && !layer.run.full && layer.reportedLeft >= BLOCK) putBlock(layer);
}

function words(type: number, length: number): string {
  if (type !== TRACE_RESPONSE) return length === HEADER ? 'Traceroute Query' : 'Traceroute Request';
  const count = Math.max(0, Math.floor((length - HEADER) / BLOCK));
  return `Traceroute Response, ${count} block${count === 1 ? '' : 's'}`;
}

function putBlock(layer: IgmpLayer): void {
  const { bytes, cursor: at } = layer;
  layer.group(null, () => {
    for (const key of ['q_arrival', 'q_inaddr', 'q_outaddr', 'q_prevrtr', 'q_inpkt', 'q_outpkt', 'q_total', 'q_rtg_proto', 'q_fwd_ttl'] as const) layer.take(`mtrace.${key}`);
    layer.at('mtrace.q_mbz', layer.cursor);
    layer.at('mtrace.q_s', layer.cursor);
    layer.take('mtrace.q_src_mask');
    layer.take('mtrace.q_fwd_code');
  }, () => `Response data block: ${ipv4Text(bytes, at + 4)} -> ${ipv4Text(bytes, at + 8)},  Proto: ${ROUTING_PROTOCOLS[readU8(bytes, at + 28)] ?? 'Unknown'},  Forwarding Code: ${FORWARDING_CODES[readU8(bytes, at + 31)] ?? 'Unknown'}`);
}
