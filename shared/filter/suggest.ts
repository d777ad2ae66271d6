/** Names close to one that does not exist: what people mistype, and what other tools call it. */
import type { Registry } from '../dissect/registry.ts';

/** What beginners, older versions and other tools write, and what it is called here. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ssl: 'tls', https: 'tls', bootp: 'dhcp', 'ip.source': 'ip.src', 'ip.destination': 'ip.dst', 'ip.address': 'ip.addr', 'src.ip': 'ip.src', 'dst.ip': 'ip.dst', 'ip.from': 'ip.src', 'ip.to': 'ip.dst',
  ipv4: 'ip', 'ipv4.src': 'ip.src', 'ipv4.dst': 'ip.dst', 'ipv4.addr': 'ip.addr', ip4: 'ip', ip6: 'ipv6', 'ip6.src': 'ipv6.src', 'ip6.dst': 'ipv6.dst', 'ip6.addr': 'ipv6.addr', 'ip.protocol': 'ip.proto',
  mac: 'eth.addr', ethernet: 'eth', ether: 'eth', 'eth.mac': 'eth.addr', 'eth.source': 'eth.src', 'eth.destination': 'eth.dst', 'mac.addr': 'eth.addr', 'mac.src': 'eth.src', 'mac.dst': 'eth.dst',
  'tcp.source_port': 'tcp.srcport', 'tcp.src_port': 'tcp.srcport', 'tcp.src': 'tcp.srcport', 'tcp.dst': 'tcp.dstport', 'tcp.dst_port': 'tcp.dstport', 'tcp.sport': 'tcp.srcport', 'tcp.dport': 'tcp.dstport', 'tcp.ports': 'tcp.port',
  'udp.src': 'udp.srcport', 'udp.dst': 'udp.dstport', 'udp.sport': 'udp.srcport', 'udp.dport': 'udp.dstport', 'port.src': 'tcp.srcport', 'port.dst': 'tcp.dstport',
  'tcp.syn': 'tcp.flags.syn', 'tcp.ack_flag': 'tcp.flags.ack', 'tcp.fin': 'tcp.flags.fin', 'tcp.rst': 'tcp.flags.reset', 'tcp.reset': 'tcp.flags.reset', 'tcp.push': 'tcp.flags.push', 'tcp.flags.rst': 'tcp.flags.reset', 'tcp.flags.psh': 'tcp.flags.push',
  'tcp.retransmission': 'tcp.analysis.retransmission', 'tcp.analysis.retransmit': 'tcp.analysis.retransmission', 'tcp.window': 'tcp.window_size', 'tcp.conversation': 'tcp.stream', 'tcp.data': 'tcp.payload', 'tcp.length': 'tcp.len',
  'http.method': 'http.request.method', 'http.status': 'http.response.code', 'http.status_code': 'http.response.code', 'http.code': 'http.response.code', 'http.url': 'http.request.full_uri', 'http.uri': 'http.request.uri', 'http.path': 'http.request.uri', 'http.hostname': 'http.host', 'http.useragent': 'http.user_agent',
  'dns.name': 'dns.qry.name', 'dns.query': 'dns.qry.name', 'dns.qname': 'dns.qry.name', 'dns.type': 'dns.qry.type', 'dns.query.name': 'dns.qry.name', 'dns.response': 'dns.flags.response', 'dns.rcode': 'dns.flags.rcode', 'dns.ip': 'dns.a',
  'tls.sni': 'tls.handshake.extensions_server_name', 'tls.server_name': 'tls.handshake.extensions_server_name', 'tls.version': 'tls.record.version', 'ssl.handshake': 'tls.handshake',
  'frame.length': 'frame.len', 'frame.size': 'frame.len', length: 'frame.len', len: 'frame.len', number: 'frame.number', 'frame.no': 'frame.number', time: 'frame.time_relative', 'packet.len': 'frame.len', 'packet.number': 'frame.number', 'frame.timestamp': 'frame.time',
  'vlan.vid': 'vlan.id', 'icmp6': 'icmpv6', 'ip.length': 'ip.len', 'ip.hop_limit': 'ip.ttl', 'ipv6.ttl': 'ipv6.hlim', 'ipv6.hop_limit': 'ipv6.hlim',
};

/** Names at most this far apart are near; for short names less. */
const MOST_DISTANCE = 3;
const MOST_SUGGESTIONS = 3;

/** At most three names of protocols and fields that may have been meant, likeliest first. */
export function nearNames(name: string, registry: Registry): readonly string[] {
  const lower = name.toLowerCase();
  const exists = (candidate: string): boolean => registry.fieldsNamed(candidate).length > 0;
  const other = otherName(lower);
  if (exists(lower)) return [lower];
  if (other !== undefined && exists(other)) return [other];
  const limit = Math.min(MOST_DISTANCE, Math.max(1, Math.floor(name.length / 3)));
  const near: { name: string; distance: number }[] = [];
  const seen = new Set<string>();
  for (const field of registry.fields) {
    if (seen.has(field.name) || Math.abs(field.name.length - lower.length) > limit) continue;
    seen.add(field.name);
    const distance = editDistance(lower, field.name, limit);
    if (distance <= limit) near.push({ name: field.name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const closest = near.filter(({ distance }) => distance <= (near[0]?.distance ?? 0) + 1).slice(0, MOST_SUGGESTIONS).map((found) => found.name);
  return closest.length > 0 ? closest : sameLastPart(lower, registry);
}

/** The name itself, or that of the protocol it begins with. */
function otherName(name: string): string | undefined {
  if (Object.hasOwn(OTHER_NAMES, name)) return OTHER_NAMES[name];
  const [protocol = '', ...rest] = name.split('.');
  return rest.length > 0 && Object.hasOwn(OTHER_NAMES, protocol) ? `${OTHER_NAMES[protocol]}.${rest.join('.')}` : undefined;
}

/** "http.uri_request" is none, but something of http's ends with "request". */
function sameLastPart(name: string, registry: Registry): string[] {
  const [protocol = '', ...rest] = name.split('.');
  const last = rest.at(-1);
  if (last === undefined || last.length < 3) return [];
  const found = new Set<string>();
  for (const field of registry.protocol(protocol)?.fields ?? []) if (field.name.endsWith(`.${last}`) || field.name.endsWith(`_${last}`)) found.add(field.name);
  return [...found].slice(0, MOST_SUGGESTIONS);
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau-Levenshtein, restricted); more than `limit` is not counted out. */
export function editDistance(left: string, right: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) best = Math.min(best, (before[j - 2] as number) + 1);
      next.push(best);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[right.length] as number;
}
