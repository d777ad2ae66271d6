/** EDNS (RFC 6891): the OPT pseudo record and its options. */
import type { DnsField, DnsLayer } from './fields.ts';
import { OPTIONS } from './names.ts';
import { padded } from './rdata-special.ts';
import { nameOf } from '../../values.ts';

/** Fields of an OPT record from its class on: the class and TTL words mean something else here. */
export function takeOptRecordHead(layer: DnsLayer, multicast: boolean): void {
  if (!layer.has(2)) return;
  const value = layer.peekU16();
  const at = layer.cursor;
  if (multicast) {
    layer.put('rr.udp_payload_size_mdns', value & 0x7fff, at, 2);
    layer.put('resp.cache_flush', value >> 15, at, 2);
    layer.skip(2);
  } else layer.take('rr.udp_payload_size');
  layer.take('resp.ext_rcode');
  layer.take('resp.edns0_version');
  layer.takeFlags('resp.z');
}

type OptionReader = (layer: DnsLayer, length: number) => void;

function eachByte(key: DnsField): OptionReader {
  return (layer, length) => layer.each(() => layer.take(key), layer.cursor + length);
}

/** RFC 7871 §6: the client's network, as far as the resolver tells. */
function clientSubnet(layer: DnsLayer, length: number): void {
  const family = layer.take('opt.client.family');
  layer.take('opt.client.netmask');
  layer.take('opt.client.scope');
  const size = length - 4;
  const start = layer.cursor;
  if (size < 0) layer.malformed();
  else layer.skip(size);
  if (layer.broken) return;
  if (size > 16) {
    layer.text(() => 'Client Subnet', start, size);
    layer.expert('rr.opt.bad_length', 'error', 'Malformed', 'Length too long for any type of IP address.');
  } else if (family === 1) layer.put('opt.client.addr4', padded(layer.bytes, start, Math.min(size, 4), 4), start, size);
  else if (family === 2) layer.put('opt.client.addr6', padded(layer.bytes, start, size, 16), start, size);
  else layer.at('opt.client.addr', start, size);
}

/** RFC 7873 §4. */
function cookie(layer: DnsLayer, length: number): void {
  layer.take('opt.cookie.client', 8);
  layer.take('opt.cookie.server', length - 8);
}

function extendedError(layer: DnsLayer, length: number): void {
  layer.take('opt.ext_error.info_code');
  if (length > 2) layer.take('opt.ext_error.extra_text', length - 2);
}

const OPTION_READERS: Readonly<Record<number, OptionReader>> = {
  5: eachByte('opt.dau'),
  6: eachByte('opt.dhu'),
  7: eachByte('opt.n3u'),
  8: clientSubnet,
  10: cookie,
  11: (layer, length) => {
    if (length === 2) layer.take('opt.edns_tcp_keepalive.timeout');
  },
  12: (layer, length) => layer.take('opt.padding', length),
  13: (layer, length) => layer.take('opt.chain.fqdn', length),
  15: extendedError,
  20730: clientSubnet,
};

function option(layer: DnsLayer): void {
  const code = layer.take('opt.code');
  if (code === 20730) layer.expert('depr.opc', 'warn', 'Protocol', 'Deprecated opcode. Client subnet OPT assigned as 8.');
  const length = layer.take('opt.len');
  const start = layer.cursor;
  layer.take('opt.data', length);
  if (layer.broken) return;
  const reader = OPTION_READERS[code];
  if (!reader) return;
  layer.cursor = start;
  reader(layer, length);
  if (!layer.broken) layer.cursor = start + length;
}

export function takeOptions(layer: DnsLayer, end: number): void {
  layer.each(() => {
    const code = layer.peekU16();
    layer.group('opt', () => option(layer), () => `Option: ${nameOf(OPTIONS, code) ?? `Unknown (${code})`}`);
  }, end);
}
