/** Multicast Listener Discovery, versions 1 (RFC 2710) and 2 (RFC 3810): what IGMP is for IPv4. */
import { ipv6Text } from '../../address-text.ts';
import { RECORD_TYPES } from './fields.ts';
import type { Icmpv6Layer } from './fields.ts';

/** Length of version 1 messages; queries of version 2 are longer (RFC 3810 §8.1). */
const VERSION_1_LENGTH = 24;

/** Queries of both versions, and reports and farewells of version 1, from behind the checksum on. */
export function putListenerMessage(layer: Icmpv6Layer, isQuery: boolean): void {
  const isVersion2 = isQuery && layer.reportedEnd - layer.start > VERSION_1_LENGTH;
  layer.take(isVersion2 ? 'mld.maximum_response_code' : 'mld.maximum_response_delay');
  layer.take('reserved', 2);
  layer.take('mld.multicast_address');
  if (!isVersion2) return;
  layer.takeFlags('mld.flag');
  layer.take('mld.qqi');
  const sources = layer.take('mld.nb_sources');
  for (let index = 0; index < sources && !layer.broken && !layer.run.full; index += 1) layer.take('mld.source_address');
}

/** Reports of version 2, from behind the checksum on. */
export function putListenerReport(layer: Icmpv6Layer): void {
  layer.take('reserved', 2);
  const records = layer.take('mldr.nb_mcast_records');
  for (let index = 0; index < records && !layer.broken && !layer.run.full; index += 1) putRecord(layer);
}

function putRecord(layer: Icmpv6Layer): void {
  const type = layer.peekU8();
  const group = layer.cursor + 4;
  layer.group('mldr.mar', () => {
    layer.take('mldr.mar.record_type');
    const auxiliaryWords = layer.take('mldr.mar.aux_data_len');
    const sources = layer.take('mldr.mar.nb_sources');
    layer.take('mldr.mar.multicast_address');
    for (let index = 0; index < sources && !layer.broken && !layer.run.full; index += 1) layer.take('mldr.mar.source_address');
    if (auxiliaryWords > 0) layer.take('mldr.mar.auxiliary_data', auxiliaryWords * 4);
  }, () => `Multicast Address Record ${RECORD_TYPES[type] ?? 'Unknown'}: ${ipv6Text(layer.bytes, group)}`);
}
