/** What one header says, in half a line: the facts that answer its layer's question. */
import type { Facts } from './facts.ts';

type Headline = (facts: Facts, layer: number) => string;

/** The last two bytes of a hardware address tell stations apart in one capture. */
function shortHardware(address: string | null): string {
  return address === null ? '' : `…${address.slice(-5)}`;
}

function arrow(from: string | null, to: string | null): string {
  return from === null || to === null ? '' : `${from} → ${to}`;
}

function pair(from: string, to: string, prefix = ''): Headline {
  return (facts, layer) => {
    const text = arrow(facts.first(from, layer), facts.first(to, layer));
    return text === '' ? '' : `${prefix}${text}`;
  };
}

const headlines: Readonly<Record<string, Headline>> = {
  eth: (facts, layer) => {
    const to = facts.first('eth.dst', layer);
    return to === null ? '' : arrow(shortHardware(facts.first('eth.src', layer)), to === 'ff:ff:ff:ff:ff:ff' ? 'everybody' : shortHardware(to));
  },
  wlan: (facts, layer) => {
    const to = facts.first('wlan.ra', layer);
    return to === null ? '' : arrow(shortHardware(facts.first('wlan.ta', layer)), to === 'ff:ff:ff:ff:ff:ff' ? 'everybody' : shortHardware(to));
  },
  'wlan.mgt': (facts) => facts.first('wlan.ssid') ?? '',
  vlan: (facts, layer) => {
    const id = facts.first('vlan.id', layer);
    return id === null ? '' : `VLAN ${id}`;
  },
  arp: (facts) => (facts.number('arp.opcode') === 1 ? `who has ${facts.first('arp.dst.proto_ipv4') ?? '?'}` : facts.number('arp.opcode') === 2 ? `${facts.first('arp.src.proto_ipv4') ?? '?'} is here` : ''),
  ip: pair('ip.src', 'ip.dst'),
  ipv6: pair('ipv6.src', 'ipv6.dst'),
  tcp: pair('tcp.srcport', 'tcp.dstport', 'port '),
  udp: pair('udp.srcport', 'udp.dstport', 'port '),
  tls: (facts) => facts.first('tls.handshake.extensions_server_name') ?? '',
  dns: (facts) => facts.first('dns.qry.name') ?? '',
  http: (facts) => {
    const host = facts.first('http.host');
    const code = facts.first('http.response.code');
    return host ?? (code === null ? '' : `status ${code}`);
  },
};

/** @param layer index of the layer among the packet's. "" where its fields do not say it. */
export function headlineOf(protocol: string, facts: Facts, layer: number): string {
  return (Object.hasOwn(headlines, protocol) ? headlines[protocol]?.(facts, layer) : undefined) ?? '';
}
