/** IPv4 over IPv6 by softwires (RFC 7598 §4). */
import { padded } from '../dns/rdata-special.ts';
import { remarkMalformed } from './fields.ts';
import type { Dhcpv6Key, Dhcpv6Layer } from './fields.ts';

type Reader = (layer: Dhcpv6Layer, length: number, context: { readonly options: (end: number) => void }) => void;

/** As many bytes as a prefix needs, filled up to an address. */
function takePrefix(layer: Dhcpv6Layer, key: Dhcpv6Key, bits: number, end: number): void {
  const size = Math.min(16, Math.ceil(bits / 8), end - layer.cursor);
  const start = layer.cursor;
  if (size < 0 || !layer.has(size)) return;
  layer.put(key, padded(layer.bytes, start, size, 16), start, size);
  layer.skip(size);
}

const rule: Reader = (layer, length, { options }) => {
  if (length < 8) {
    remarkMalformed(layer, 'S46_RULE');
    return;
  }
  const end = layer.cursor + length;
  layer.takeFlags('s46_rule.flags');
  layer.take('s46_rule.ea_len');
  layer.take('s46_rule.ipv4_pref_len');
  layer.take('s46_rule.ipv4_prefix');
  const bits = layer.take('s46_rule.ipv6_prefix_len');
  takePrefix(layer, 's46_rule.ipv6_prefix', bits, end);
  options(end);
};

const mappingRule: Reader = (layer, length) => {
  if (length < 1) {
    remarkMalformed(layer, 'S46_DMR');
    return;
  }
  const end = layer.cursor + length;
  takePrefix(layer, 's46_dmr.dmr_prefix', layer.take('s46_dmr.dmr_pref_len'), end);
};

const binding: Reader = (layer, length, { options }) => {
  if (length < 5) {
    remarkMalformed(layer, 'S46_V4V6BIND');
    return;
  }
  const end = layer.cursor + length;
  layer.take('s46_v4v6bind.ipv4_address');
  takePrefix(layer, 's46_v4v6bind.ipv6_prefix', layer.take('s46_v4v6bind.ipv6_pref_len'), end);
  options(end);
};

/** The set's number stands in the upper bits of its field (RFC 7598 §4.5). */
const portParameters: Reader = (layer, length) => {
  if (length !== 4) {
    remarkMalformed(layer, 'S46_PORTPARAMS');
    return;
  }
  layer.take('s46_portparam.offset');
  const bits = layer.take('s46_portparam.psid_len');
  if (!layer.has(2)) return;
  layer.put('s46_portparam.psid', bits > 16 ? 0 : layer.peekU16() >> (16 - bits), layer.cursor, 2);
  layer.skip(2);
};

const relay: Reader = (layer, length) => {
  if (length !== 16) remarkMalformed(layer, 'S46_BR');
  else layer.take('s46_br.address');
};

const container: Reader = (layer, length, { options }) => options(layer.cursor + length);

export const SOFTWIRE_OPTIONS: Readonly<Record<number, Reader>> = {
  89: rule,
  90: relay,
  91: mappingRule,
  92: binding,
  93: portParameters,
  94: container,
  95: container,
  96: container,
};
