/** Hop-by-hop options of IPv6: for every router on the way. */
import { protocol } from '../define.ts';
import { IP_PROTOCOLS } from '../names/ip-protocols.ts';
import { nextHeader } from './ipv6/next-header.ts';
import { allOptionFields, putIpv6Options } from './ipv6/options.ts';
import type { OptionLayer } from './ipv6/options.ts';

export const hopByHop = protocol({
  id: 'ipv6.hopopts',
  title: 'IPv6 Hop-by-Hop Option',
  short: 'IPv6 Hop-by-Hop',
  spec: 'RFC 8200 §4.3',
  osi: 3,
  claims: [{ table: 'ip.proto', keys: [0] }],
  fields: () => ({
    'nxt': { type: 'u8', label: 'Next Header', names: IP_PROTOCOLS },
    'len': { type: 'u8', label: 'Length' },
    'len_oct': { type: 'u16', label: 'Length', unit: 'bytes' },
    ...allOptionFields(),
    'not_first': { type: 'none', label: 'IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header' },
  }),
  parse(layer) {
    layer.infoAppend(() => 'IPv6 hop-by-hop options', ', ');
    const parent = layer.run.layers[layer.index - 1]?.protocol.id;
    if (parent !== 'ipv6') layer.expert('not_first', 'error', 'Protocol', 'IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header');
    const next = layer.take('nxt');
    const at = layer.cursor;
    const length = (layer.take('len') + 1) * 8;
    layer.putGenerated('len_oct', length, at, 1);
    const end = layer.start + length;
    putIpv6Options(layer as unknown as OptionLayer, end, 'hop-by-hop');
    if (layer.broken || !layer.has(end - layer.cursor)) return;
    layer.cursor = Math.max(layer.cursor, end);
    nextHeader(layer, next, { start: end });
  },
});
