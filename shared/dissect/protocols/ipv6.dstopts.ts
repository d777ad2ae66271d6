/** Destination options of IPv6: for the receiver only. */
import { protocol } from '../define.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { nextHeader } from './ipv6/next-header.ts';
import { allOptionFields, putIpv6Options } from './ipv6/options.ts';
import type { OptionLayer } from './ipv6/options.ts';

export const destinationOptions = protocol({
  id: 'ipv6.dstopts',
  title: 'Destination Options for IPv6',
  short: 'IPv6 Destination',
  spec: 'RFC 8200 §4.6',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [60] }],
  fields: () => ({
    'nxt': { type: 'u8', label: 'Next Header', names: IP_PROTOCOLS },
    'len': { type: 'u8', label: 'Length' },
    'len_oct': { type: 'u16', label: 'Length', unit: 'bytes' },
    ...allOptionFields(),
  }),
  parse(layer) {
    layer.infoAppend(() => 'IPv6 destination options', ', ');
    const next = layer.take('nxt');
    const at = layer.cursor;
    const length = (layer.take('len') + 1) * 8;
    layer.putGenerated('len_oct', length, at, 1);
    const end = layer.start + length;
    putIpv6Options(layer as unknown as OptionLayer, end, 'destination');
    if (layer.broken || !layer.has(end - layer.cursor)) return;
    layer.cursor = Math.max(layer.cursor, end);
    nextHeader(layer, next, { start: end });
  },
});
