/**
 * "This packet in words": what a packet does, told from its own fields. Says nothing where the
 * fields do not carry it; whoever reads it can check every number in the tree.
 */
import type { LayerSpan } from './envelopes.ts';
import type { Facts } from './facts.ts';
import { packetLink, say, strong, type Sentence } from './sentence.ts';
import { transportWords } from './words-transport.ts';

export interface WordsInput {
  readonly layers: readonly LayerSpan[];
  readonly facts: Facts;
}

type Teller = (facts: Facts) => readonly Sentence[];

const tellers: Readonly<Record<string, Teller>> = {
  http: httpWords,
  tls: tlsWords,
  dns: dnsWords,
  mdns: dnsWords,
  icmp: icmpWords,
  icmpv6: icmpv6Words,
  arp: arpWords,
};

/** Sentences about the packet, the topmost protocol first; empty where nothing is known. */
export function packetInWords({ layers, facts }: WordsInput): readonly Sentence[] {
  for (const layer of [...layers].reverse()) {
    const sentences = Object.hasOwn(tellers, layer.protocol) ? (tellers[layer.protocol]?.(facts) ?? []) : [];
    if (sentences.length > 0) return [...sentences, ...(facts.has('tcp.srcport') ? transportWords(facts, true) : [])];
  }
  return facts.has('tcp.srcport') || facts.has('udp.srcport') ? transportWords(facts, false) : [];
}

function httpWords(facts: Facts): readonly Sentence[] {
  const method = facts.first('http.request.method');
  if (method !== null) {
    const host = facts.first('http.host');
    const target = facts.first('http.request.uri') ?? '';
    return [
      say`The client asks ${host === null ? 'the server' : strong(host)} to ${strong(`${method} ${target}`)}. It is plain HTTP: everybody on the path can read it.`,
      ...follow(facts, 'http.response_in', 'The answer is in '),
    ];
  }
  const code = facts.first('http.response.code');
  if (code === null) return [];
  const phrase = facts.first('http.response.phrase') ?? '';
  const kind = facts.first('http.content_type');
  const verdict = statusVerdict(Number(code));
  return [say`The server answers ${strong(`${code} ${phrase}`.trim())}${verdict}${kind === null ? '' : `, with content of type ${kind}`}.`, ...follow(facts, 'http.request_in', 'It answers the request in ')];
}

function statusVerdict(code: number): string {
  if (code >= 500) return ': the request arrived, and the server failed. Network and transport work';
  if (code >= 400) return ': the request arrived, and the server refuses it. Network and transport work';
  if (code >= 300) return ': the client should look elsewhere';
  return code >= 200 ? ': done' : '';
}

function follow(facts: Facts, field: string, text: string): readonly Sentence[] {
  const packet = facts.link(field);
  return packet === 0 ? [] : [say`${text}${packetLink(packet)}.`];
}

const tlsVersions: Readonly<Record<string, string>> = { '0x0300': 'SSL 3.0', '0x0301': 'TLS 1.0', '0x0302': 'TLS 1.1', '0x0303': 'TLS 1.2', '0x0304': 'TLS 1.3' };

function tlsVersionNames(facts: Facts): readonly string[] {
  const offered = facts.all('tls.handshake.extensions.supported_version');
  const codes = offered.length > 0 ? offered : facts.all('tls.handshake.version');
  return [...new Set(codes.map((code) => tlsVersions[code.toLowerCase()]).filter((name) => name !== undefined))];
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function tlsWords(facts: Facts): readonly Sentence[] {
  const types = facts.all('tls.handshake.type');
  if (types.includes('1')) return clientHelloWords(facts);
  if (types.includes('2')) {
    const [version] = tlsVersionNames(facts);
    const onwards = version === 'TLS 1.3' ? 'From here on everything is encrypted, the certificate, too.' : 'The certificate follows in the clear.';
    return [say`The server picks ${version === undefined ? 'a version' : strong(version)} and a cipher, and sends its half of the key. ${onwards}`];
  }
  if (types.includes('11')) return [say`The server shows its certificate, in the clear: anybody on the path can see whose it is.`];
  const alert = facts.first('tls.alert_message.desc');
  if (alert !== null) return [say`One side ends or complains about the TLS session with an ${strong('alert')}: look at its description in the tree. TCP below it works.`];
  const contents = facts.all('tls.record.content_type').concat(facts.all('tls.record.opaque_type'));
  if (contents.includes('23')) return [say`Encrypted data of the program. Without the session keys only its length and its time can be seen.`];
  return contents.includes('20') ? [say`The sender changes to the keys that were agreed on.`] : [];
}

function clientHelloWords(facts: Facts): readonly Sentence[] {
  const name = facts.first('tls.handshake.extensions_server_name');
  const versions = tlsVersionNames(facts);
  const suites = facts.all('tls.handshake.ciphersuite').length;
  const offer = [versions.length > 0 ? joined(versions) : '', suites > 0 ? `${suites} cipher suites` : ''].filter((part) => part !== '').join(' with ');
  const opening = say`The client opens TLS${name === null ? ' without naming a server' : ' with '}${name === null ? '' : strong(name)}.${offer === '' ? '' : ` It offers ${offer}.`}`;
  return name === null ? [opening] : [opening, say`The name is readable by anyone on the path: it is sent before there are keys.`];
}

const recordTypes: Readonly<Record<string, string>> = { 1: 'the IPv4 address', 2: 'the name servers', 5: 'the real name', 6: 'the zone', 12: 'the name', 15: 'the mail servers', 16: 'the text', 28: 'the IPv6 address', 33: 'the service', 65: 'the HTTPS service', 255: 'everything' };

function dnsWords(facts: Facts): readonly Sentence[] {
  const name = facts.first('dns.qry.name');
  const what = recordTypes[facts.first('dns.qry.type') ?? ''] ?? 'a record';
  if (!facts.isSet('dns.flags.response')) {
    if (name === null) return [];
    return [say`Asks for ${what} of ${strong(name)}. A connection to that name can only start after the answer.`, ...follow(facts, 'dns.response_in', 'The answer is in ')];
  }
  const answers = [...facts.all('dns.a'), ...facts.all('dns.aaaa')];
  const back = follow(facts, 'dns.response_to', 'It answers the question in ');
  const subject = name === null ? 'The name' : name;
  const code = facts.number('dns.flags.rcode') ?? 0;
  if (code === 3) return [say`${strong(subject)} does not exist, says the name server. The network works.`, ...back];
  if (code !== 0) return [say`The name server could not answer for ${strong(subject)}: look at the reply code in the tree.`, ...back];
  if (answers.length > 0) return [say`${strong(subject)} is ${strong(answers.slice(0, 3).join(', '))}${answers.length > 3 ? ` and ${answers.length - 3} more` : ''}.`, ...back];
  const count = facts.number('dns.count.answers') ?? 0;
  return count > 0 ? [say`An answer about ${strong(subject)}: ${what}.`, ...back] : [say`${strong(subject)} exists, but has no such record.`, ...back];
}

function arpWords(facts: Facts): readonly Sentence[] {
  const sender = facts.first('arp.src.proto_ipv4') ?? '';
  const target = facts.first('arp.dst.proto_ipv4') ?? '';
  const hardware = facts.first('arp.src.hw_mac') ?? '';
  if (sender !== '' && sender === target) return [say`${strong(sender)} announces itself at ${strong(hardware)}: everybody on the link updates what they knew.`];
  if (facts.number('arp.opcode') === 1) {
    return [say`${sender === '0.0.0.0' ? 'Somebody without an address yet' : strong(sender)} asks everybody on the link for the hardware address of ${strong(target)}. Only that host answers. For hosts elsewhere it is the router that is asked for.`];
  }
  return facts.number('arp.opcode') === 2 ? [say`${strong(sender)} is at ${strong(hardware)}. Frames to it can now be addressed.`] : [];
}

const unreachable: Readonly<Record<number, string>> = {
  0: 'no route leads to the network', 1: 'the host does not answer on its link', 2: 'the host does not speak the protocol', 3: 'no program listens on the port',
  4: 'the packet is too big for the next link and may not be cut', 9: 'the network is closed by rule', 10: 'the host is closed by rule', 13: 'a firewall refuses it',
};

function icmpWords(facts: Facts): readonly Sentence[] {
  const type = facts.number('icmp.type');
  const code = facts.number('icmp.code') ?? -1;
  if (type === 8) return [say`An echo request: ${strong('are you there?')}`, ...follow(facts, 'icmp.resp_in', 'The reply is in ')];
  if (type === 0) return [say`An echo reply: ${strong('I am here')}. Network layer and below work in both directions.`, ...follow(facts, 'icmp.resp_to', 'It answers ')];
  if (type === 11) return [say`A router threw a packet away because its ${strong('time to live')} ran out. Traceroute asks for this on purpose; otherwise there is a loop.`];
  if (type === 3) {
    const mtu = code === 4 ? facts.number('icmp.mtu') : null;
    return [say`The packet quoted here did not arrive: ${strong(unreachable[code] ?? 'the destination cannot be reached')}.${mtu === null ? '' : ` The next link takes ${mtu} bytes.`}`];
  }
  return type === 5 ? [say`A router tells the sender of a ${strong('better first hop')}.`] : [];
}

function icmpv6Words(facts: Facts): readonly Sentence[] {
  switch (facts.number('icmpv6.type')) {
    case 128:
      return [say`An echo request: ${strong('are you there?')}`, ...follow(facts, 'icmpv6.resp_in', 'The reply is in ')];
    case 129:
      return [say`An echo reply: ${strong('I am here')}. Network layer and below work in both directions.`, ...follow(facts, 'icmpv6.resp_to', 'It answers ')];
    case 133:
      return [say`A host asks whether there are ${strong('routers')} on the link.`];
    case 134:
      return [say`A ${strong('router')} announces itself and the prefixes of this link.`];
    case 135:
      return [say`Asks for the hardware address of ${strong(facts.first('icmpv6.nd.ns.target_address') ?? 'a neighbour')}: what ARP does for IPv4.`];
    case 136:
      return [say`${strong(facts.first('icmpv6.nd.na.target_address') ?? 'A neighbour')} tells its hardware address: what ARP does for IPv4.`];
    case 1:
      return [say`The packet quoted here ${strong('did not arrive')}: look at the code in the tree for why.`];
    case 2:
      return [say`A packet was ${strong('too big')} for the next link${facts.number('icmpv6.mtu') === null ? '' : `, which takes ${facts.number('icmpv6.mtu') ?? 0} bytes`}. Only the sender may make it smaller: IPv6 routers never cut.`];
    case 3:
      return [say`A router threw a packet away because its ${strong('hop limit')} ran out.`];
    default:
      return [];
  }
}
