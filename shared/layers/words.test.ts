import { expect, test } from 'vitest';
import { sentenceText } from './sentence.ts';
import { bareAck, clientHello, paddedArp, quoting, span, testPacket } from './test-packets.test-helper.ts';
import { packetInWords } from './words.ts';
import type { LayerSpan } from './envelopes.ts';

const tcp = bareAck;
const dns: readonly LayerSpan[] = [...bareAck.slice(0, 3), span('udp', 'UDP', 4, 34, 8, 40), span('dns', 'DNS', 7, 42, 32, 32)];
const http: readonly LayerSpan[] = [...bareAck, span('http', 'HTTP', 7, 66, 100, 100)];
const echo: readonly LayerSpan[] = [...bareAck.slice(0, 3), span('icmp', 'ICMP', 3, 34, 64, 64)];

type Values = Readonly<Record<string, string | readonly string[]>>;
const ports: Values = { 'tcp.srcport': '51516', 'tcp.dstport': '443' };

const cases: readonly (readonly [name: string, layers: readonly LayerSpan[], values: Values, expected: readonly string[]])[] = [
  ['SYN', tcp, { ...ports, 'tcp.flags.syn': '1', 'tcp.options.mss_val': '1460' }, ['The client asks to open a connection to port 443. It takes segments of up to 1460 bytes. Nothing is open yet: the answer decides.']],
  ['SYN-ACK', tcp, { ...ports, 'tcp.flags.syn': '1', 'tcp.flags.ack': '1', 'tcp.analysis.acks_frame': '#5' }, ['The server agrees to open the connection, and acknowledges the SYN.', 'It answers 5.']],
  ['ACK', tcp, { ...ports, 'tcp.flags.ack': '1', 'tcp.ack': '518', 'tcp.len': '0' }, ['No data, only an acknowledgment: all bytes before 518 have arrived.']],
  ['data sent again', tcp, { ...ports, 'tcp.flags.ack': '1', 'tcp.len': '130', 'tcp.nxtseq': '728', 'tcp.analysis.retransmission': '' }, ['Carries 130 bytes of the stream; the next byte has number 728.', 'These bytes were sent before and not acknowledged in time: a retransmission.']],
  ['RST', tcp, { ...ports, 'tcp.flags.reset': '1' }, ['The sender ends the connection at once. Right after a SYN this means that nobody listens; later it means that a program or a box in between gave up.']],
  ['Client Hello', clientHello, { ...ports, 'tls.handshake.type': '1', 'tls.handshake.extensions_server_name': 'shop.example.com', 'tls.handshake.extensions.supported_version': ['0x0304', '0x0303'], 'tls.handshake.ciphersuite': ['0x1301', '0x1302'] },
    ['The client opens TLS with shop.example.com. It offers TLS 1.3 and TLS 1.2 with 2 cipher suites.', 'The name is readable by anyone on the path: it is sent before there are keys.']],
  ['Server Hello', clientHello, { ...ports, 'tls.handshake.type': '2', 'tls.handshake.version': '0x0303', 'tls.handshake.extensions.supported_version': '0x0304' }, ['The server picks TLS 1.3 and a cipher, and sends its half of the key. From here on everything is encrypted, the certificate, too.']],
  ['encrypted data', clientHello, { ...ports, 'tls.record.opaque_type': '23' }, ['Encrypted data of the program. Without the session keys only its length and its time can be seen.']],
  ['DNS question', dns, { 'udp.srcport': '40000', 'dns.flags.response': '0', 'dns.qry.name': 'shop.example.com', 'dns.qry.type': '1', 'dns.response_in': '#4' }, ['Asks for the IPv4 address of shop.example.com. A connection to that name can only start after the answer.', 'The answer is in 4.']],
  ['DNS answer', dns, { 'dns.flags.response': '1', 'dns.qry.name': 'shop.example.com', 'dns.qry.type': '1', 'dns.a': '203.0.113.10', 'dns.response_to': '#3' }, ['shop.example.com is 203.0.113.10.', 'It answers the question in 3.']],
  ['a name that does not exist', dns, { 'dns.flags.response': '1', 'dns.qry.name': 'nope.example', 'dns.flags.rcode': '3' }, ['nope.example does not exist, says the name server. The network works.']],
  ['HTTP request', http, { ...ports, 'http.request.method': 'GET', 'http.request.uri': '/status', 'http.host': 'api.example.com', 'http.response_in': '#23' }, ['The client asks api.example.com to GET /status. It is plain HTTP: everybody on the path can read it.', 'The answer is in 23.']],
  ['HTTP failure of the server', http, { ...ports, 'http.response.code': '502', 'http.response.phrase': 'Bad Gateway' }, ['The server answers 502 Bad Gateway: the request arrived, and the server failed. Network and transport work.']],
  ['ARP question', paddedArp, { 'arp.opcode': '1', 'arp.src.proto_ipv4': '192.168.1.24', 'arp.dst.proto_ipv4': '192.168.1.1' }, ['192.168.1.24 asks everybody on the link for the hardware address of 192.168.1.1. Only that host answers. For hosts elsewhere it is the router that is asked for.']],
  ['ARP answer', paddedArp, { 'arp.opcode': '2', 'arp.src.proto_ipv4': '192.168.1.1', 'arp.dst.proto_ipv4': '192.168.1.24', 'arp.src.hw_mac': 'e4:c3:2a:90:b8:5c' }, ['192.168.1.1 is at e4:c3:2a:90:b8:5c. Frames to it can now be addressed.']],
  ['echo request', echo, { 'icmp.type': '8', 'icmp.resp_in': '#12' }, ['An echo request: are you there?', 'The reply is in 12.']],
  ['path MTU', quoting, { 'icmp.type': '3', 'icmp.code': '4', 'icmp.mtu': '1400' }, ['The packet quoted here did not arrive: the packet is too big for the next link and may not be cut. The next link takes 1400 bytes.']],
  ['nothing known', [span('eth', 'Ethernet II', 2, 0, 14, 60)], {}, []],
];

test.each(cases)('in words: %s', (_name, layers, values, expected) => {
  const { facts } = testPacket(layers, 600, values);
  expect(packetInWords({ layers, facts }).map(sentenceText)).toEqual(expected);
});
