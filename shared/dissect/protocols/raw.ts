/** Packets that begin with an IP header: no link layer was captured (tunnels, VPN, mobile). */
import { protocol } from '../define.ts';

export const raw = protocol({
  id: 'raw',
  title: 'Raw packet data',
  short: 'Raw',
  spec: 'tcpdump.org/linktypes.html, LINKTYPE_RAW',
  osi: 2,
  // 12 and 14: what some systems write for 101.
  claims: [{ table: 'link', keys: [12, 14, 101] }],
  fields: () => ({}),
  parse(layer) {
    layer.info(() => 'Raw packet data');
    layer.protocolName('N/A');
    layer.setLength(layer.left);
    layer.headerEnd = layer.start;
    const version = layer.peekU8() >> 4;
    layer.summary(() => ` (${version === 4 ? 'IPv4' : version === 6 ? 'IPv6' : 'no IP version'}: no link layer information available)`);
    if (version === 4) layer.call('ip');
    else if (version === 6) layer.call('ipv6');
    else layer.data();
  },
});
