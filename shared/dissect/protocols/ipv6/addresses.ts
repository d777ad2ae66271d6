/**
 * Addresses of the IPv6 header and what is built into some of them: the interface's MAC
 * address (RFC 4291 §2.5.1), IPv4 addresses of 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP
 * (RFC 5214) and NAT64 (RFC 6052).
 */
import { readU16, readU32, readU8 } from '../../../bytes/reader.ts';
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

export const addressFields = () => ({
  'src': { type: 'ipv6', label: 'Source Address', help: 'Who sent the packet.' },
  'src_host': { type: 'string', text: 'ipv6', label: 'Source Host', hidden: true },
  'src_slaac_mac': { type: 'ether', label: 'Source SLAAC MAC', help: 'The sender built its address from its link address, which can be read back.' },
  'src_isatap_ipv4': { type: 'ipv4', label: 'Source ISATAP IPv4' },
  'src_6to4_gw_ipv4': { type: 'ipv4', label: 'Source 6to4 Gateway IPv4' },
  'src_6to4_sla_id': { type: 'u16', label: 'Source 6to4 SLA ID' },
  'src_ts_ipv4': { type: 'ipv4', label: 'Source Teredo Server IPv4' },
  'src_tc_port': { type: 'u16', label: 'Source Teredo Port' },
  'src_tc_ipv4': { type: 'ipv4', label: 'Source Teredo Client IPv4' },
  'src_embed_ipv4': { type: 'ipv4', label: 'Source Embedded IPv4' },
  'dst': { type: 'ipv6', label: 'Destination Address', help: 'For whom the packet is.' },
  'dst_host': { type: 'string', text: 'ipv6', label: 'Destination Host', hidden: true },
  'dst_slaac_mac': { type: 'ether', label: 'Destination SLAAC MAC' },
  'dst_isatap_ipv4': { type: 'ipv4', label: 'Destination ISATAP IPv4' },
  'dst_6to4_gw_ipv4': { type: 'ipv4', label: 'Destination 6to4 Gateway IPv4' },
  'dst_6to4_sla_id': { type: 'u16', label: 'Destination 6to4 SLA ID' },
  'dst_ts_ipv4': { type: 'ipv4', label: 'Destination Teredo Server IPv4' },
  'dst_tc_port': { type: 'u16', label: 'Destination Teredo Port' },
  'dst_tc_ipv4': { type: 'ipv4', label: 'Destination Teredo Client IPv4' },
  'dst_embed_ipv4': { type: 'ipv4', label: 'Destination Embedded IPv4' },
  'addr': { type: 'ipv6', label: 'Source or Destination Address', hidden: true },
  'host': { type: 'string', text: 'ipv6', label: 'Source or Destination Host', hidden: true },
  'slaac_mac': { type: 'ether', label: 'SLAAC MAC', hidden: true },
  'isatap_ipv4': { type: 'ipv4', label: 'ISATAP IPv4', hidden: true },
  '6to4_gw_ipv4': { type: 'ipv4', label: '6to4 Gateway IPv4', hidden: true },
  '6to4_sla_id': { type: 'u16', label: '6to4 SLA ID', hidden: true },
  'ts_ipv4': { type: 'ipv4', label: 'Teredo Server IPv4', hidden: true },
  'tc_port': { type: 'u16', label: 'Teredo Port', hidden: true },
  'tc_ipv4': { type: 'ipv4', label: 'Teredo Client IPv4', hidden: true },
  'embed_ipv4_prefix': { type: 'bytes', label: 'Embedded IPv4 Prefix' },
  'embed_ipv4': { type: 'ipv4', label: 'Embedded IPv4' },
} as const satisfies Fields);

type Own = Layer<ReturnType<typeof addressFields>>;
type End = 'src' | 'dst';

/** Records what the address at a position is built from. */
export function putAddressParts(layer: Own, at: number, end: End): void {
  const { bytes } = layer;
  const isLocalUnique = (readU8(bytes, at + 8) & 0x02) !== 0;
  if (isLocalUnique && readU16(bytes, at + 11) === 0xfffe) putMac(layer, at, end);
  if ((readU32(bytes, at + 8) & 0xfcff_ffff) >>> 0 === 0x0000_5efe) {
    layer.at(`${end}_isatap_ipv4`, at + 12);
    layer.at('isatap_ipv4', at + 12);
  }
  if (readU16(bytes, at) === 0x2002) put6to4(layer, at, end);
  else if (readU32(bytes, at) === 0x2001_0000) putTeredo(layer, at, end);
  else if (readU32(bytes, at) === 0x0064_ff9b && readU32(bytes, at + 4) === 0 && readU32(bytes, at + 8) === 0) putEmbedded(layer, at, end);
}

/** EUI-64: the MAC address with ff:fe in its middle and the universal bit turned over. */
function putMac(layer: Own, at: number, end: End): void {
  const { bytes } = layer;
  const mac = Uint8Array.of(readU8(bytes, at + 8) ^ 0x02, readU8(bytes, at + 9), readU8(bytes, at + 10), readU8(bytes, at + 13), readU8(bytes, at + 14), readU8(bytes, at + 15));
  layer.put(`${end}_slaac_mac`, mac, at + 8, 8);
  layer.put('slaac_mac', mac, at + 8, 8);
}

function put6to4(layer: Own, at: number, end: End): void {
  layer.at(`${end}_6to4_gw_ipv4`, at + 2);
  layer.at(`${end}_6to4_sla_id`, at + 6);
  layer.at('6to4_gw_ipv4', at + 2);
  layer.at('6to4_sla_id', at + 6);
}

/** Teredo turns the client's port and address over, bit by bit, to hide them from NATs. */
function putTeredo(layer: Own, at: number, end: End): void {
  const port = readU16(layer.bytes, at + 10) ^ 0xffff;
  const client = Uint8Array.from({ length: 4 }, (_, index) => readU8(layer.bytes, at + 12 + index) ^ 0xff);
  layer.at(`${end}_ts_ipv4`, at + 4);
  layer.put(`${end}_tc_port`, port, at + 10, 2);
  layer.put(`${end}_tc_ipv4`, client, at + 12, 4);
  layer.at('ts_ipv4', at + 4);
  layer.put('tc_port', port, at + 10, 2);
  layer.put('tc_ipv4', client, at + 12, 4);
}

/** The well-known prefix of NAT64, 64:ff9b::/96. */
function putEmbedded(layer: Own, at: number, end: End): void {
  layer.at('embed_ipv4_prefix', at, 12);
  layer.at(`${end}_embed_ipv4`, at + 12);
  layer.at('embed_ipv4', at + 12);
}
