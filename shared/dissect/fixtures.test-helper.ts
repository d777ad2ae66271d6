/**
 * Frames of every protocol, for the tests that hold for all of them (registry.test.ts).
 * Adding a protocol: protocols/x.fixtures.test-helper.ts with an `X_FIXTURES: readonly Fixture[]`;
 * it is found by its name.
 */
import { concat, hex, latin1, u16, u32, u8 } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { addressRecord, dnsQuery, dnsResponse, dnsType } from '../../tools/craft/dns.ts';
import { Random } from '../../tools/craft/random.ts';
import { changeCipherSpec, clientHello, encryptedRecords, serverHello, sessionIdOf } from '../../tools/craft/tls.ts';
import { fixture, over, single } from './fixture.test-helper.ts';
import type { Fixture } from './fixture.test-helper.ts';
import { bytesOf, datagram, TcpFrames } from './frames.test-helper.ts';
import { bytes, etherFrame, icmpMessage, ipv4Frame, ipv4Packet, ipv6Frame, ipv6Packet, udpDatagram } from './internet.test-helper.ts';
import type { Part } from './internet.test-helper.ts';
import { WEB_FIXTURES } from './web-fixtures.test-helper.ts';

const DATAGRAM = udpDatagram('000102030405060708090a0b0c0d0e0f');
const UDP_V4 = ipv4Packet({ protocol: 17, payload: DATAGRAM });
const UDP_V6 = ipv6Packet({ next: 17, payload: DATAGRAM });

const LINK: readonly Fixture[] = [
  single('Ethernet with padding and FCS', etherFrame(0x0800, ipv4Packet({ protocol: 17, payload: udpDatagram('01') }), new Uint8Array(17), '01020304'), 'eth:ethertype:ip:udp:data'),
  single('Ethernet with an unknown type', etherFrame(0x1234, '0102'), 'eth:ethertype:data'),
  single('Ethernet with neither type nor length', etherFrame(0x05dd, '0102'), 'eth:data'),
  single('LLC, unnumbered', etherFrame(3, '424203'), 'eth:llc'),
  single('LLC with SNAP', bytes('010203040506 020000000002', u16(8 + UDP_V4.length), 'aaaa03 000000 0800', UDP_V4), 'eth:llc:ip:udp:data'),
  single('VLAN tags', etherFrame(0x8100, 'f001 8100 2002 0800', UDP_V4, new Uint8Array(8)), 'eth:ethertype:vlan:ethertype:vlan:ethertype:ip:udp:data'),
  single('provider tags', etherFrame(0x88a8, '6001 88a8 2002 0800', UDP_V4), 'eth:ethertype:ieee8021ad:ethertype:ip:udp:data'),
  fixture('ARP with a duplicate', [
    etherFrame(0x0806, '0001 0800 06 04 0002 020000000002 0a000002 020000000001 0a000001'), etherFrame(0x0806, '0001 0800 06 04 0001 020000000003 0a000002 000000000000 0a000002'),
  ], ['eth:ethertype:arp', 'eth:ethertype:arp']),
  single('Linux cooked capture', bytes('0000 0001 0006 020000000001 0000 0800', UDP_V4), 'sll:ethertype:ip:udp:data', 113),
  single('Linux cooked capture 2', bytes('86dd 0000 00000003 0001 04 06 020000000001 0000', UDP_V6), 'sll:ethertype:ipv6:udp:data', 276),
  single('loopback, little-endian', bytes('02000000', UDP_V4), 'null:ip:udp:data', 0),
  single('loopback, network order', bytes('0000001e', UDP_V6), 'null:ipv6:udp:data', 108),
  single('raw IP', UDP_V6, 'raw:ipv6:udp:data', 101),
  single('IPv4 alone', UDP_V4, 'ip:udp:data', 228),
];

const IPV4_OPTIONS: readonly (readonly [name: string, options: string])[] = [
  ['routes', '0707080a000001 01 830b040a0000050a000006'], ['time stamps', '440c0d010a00000100000001'], ['security', '820b000000000000000000 8205ab8180'],
  ['commercial security', '861600000002 02100002 0000 0002 0004 0005 0006 00ef'], ['the rare ones', '88040007 0b0405dc 0c040500 520c000100020003 0a000009'], ['alerts', '94040000 950a0a0000030a000004'],
  ['quick start and no-operations', '19080f3f00000005 01010101'], ['broken ones', '9400'],
];

/** A header's length counts units of 4 bytes. */
function padded(options: string): Bytes {
  const given = hex(options);
  return concat(given, new Uint8Array((4 - (given.length % 4)) % 4));
}

/** Three fragments of a datagram over IPv4, or a first and a last over IPv6. */
function fragments4(): readonly Bytes[] {
  const part = (fragment: number, from: number, to?: number): Bytes => ipv4Frame({ protocol: 17, identification: 77, fragment, payload: DATAGRAM.subarray(from, to) });
  return [part(0x2000, 0, 8), part(0x2001, 8, 16), part(0x0002, 16)];
}

function fragments6(): readonly Bytes[] {
  const part = (offsetAndMore: string, payload: Bytes): Bytes => ipv6Frame({ next: 44, payload: bytes('1100', offsetAndMore, '00000001', payload) });
  return [part('0001', DATAGRAM.subarray(0, 16)), part('0010', DATAGRAM.subarray(16))];
}

const NETWORK: readonly Fixture[] = [
  ...IPV4_OPTIONS.map(([name, options]) => single(`IPv4 options: ${name}`, ipv4Frame({ protocol: 17, payload: DATAGRAM, options: padded(options) }), 'eth:ethertype:ip:udp:data')),
  fixture('IPv4 fragments', fragments4(), ['eth:ethertype:ip:data', 'eth:ethertype:ip:data', 'eth:ethertype:ip:udp:data']),
  single('IPv6 in IPv4', ipv4Frame({ protocol: 41, payload: UDP_V6 }), 'eth:ethertype:ip:ipv6:udp:data'),
  single('IPv6 with addresses that are built from others', ipv6Frame({ next: 17, payload: DATAGRAM, source: '2001:0:4136:e378:8000:63bf:3fff:fdd2', destination: '2002:c000:201:5:200:5eff:fe00:5301' }), 'eth:ethertype:ipv6:udp:data'),
  single('hop-by-hop options', ipv6Frame({ next: 0, payload: bytes('1103 05020000 6d041001 1234 63046005 1234 c90101 01', '0100 0100', DATAGRAM) }), 'eth:ethertype:ipv6:ipv6.hopopts:udp:data'),
  single('destination options', ipv6Frame({ next: 60, payload: bytes('1102 040105 8b0401020304 8c03026162', '1e0301 0203 00', DATAGRAM) }), 'eth:ethertype:ipv6:ipv6.dstopts:udp:data'),
  single('in-situ OAM', ipv6Frame({ next: 0, payload: bytes('1103 3116 0000 0001 1000 c00000 00 40000001 00020003 3f000004', '0104 00000000', DATAGRAM) }), 'eth:ethertype:ipv6:ipv6.hopopts:udp:data'),
  ...(['1102 0001 00000000 20010db8000000000000000000000009', '1102 0201 00000000 20010db8000000000000000000000009', '1101 0302 ee400000 0011 0012 00000000', '1102 0401 00000000 20010db8000000000000000000000009', '1101 0501 0001 0002 0003 0004 0005 0006', '1100 6300 01020304'] as const).map((header) =>
    single(`routing header ${header.slice(5, 7)}`, ipv6Frame({ next: 43, payload: bytes(header, DATAGRAM) }), 'eth:ethertype:ipv6:ipv6.routing:udp:data'),
  ),
  fixture('IPv6 fragments', fragments6(), ['eth:ethertype:ipv6:ipv6.fraghdr:data', 'eth:ethertype:ipv6:ipv6.fraghdr:udp:data']),
  single('mobility header', ipv6Frame({ next: 135, payload: '3b03 0500 1234 0001 c000 0010 0310 20010db8000000000000000000000009 0100' }), 'eth:ethertype:ipv6:mipv6'),
  single('authentication header', ipv4Frame({ protocol: 51, payload: bytes('1104 0000 00000001 00000002', new Uint8Array(12), DATAGRAM) }), 'eth:ethertype:ip:ah:udp:data'),
  single('encapsulating security payload', ipv4Frame({ protocol: 50, payload: '00000001 00000002 0102030405060708' }), 'eth:ethertype:ip:esp'),
];

/** What RFC 4884 extensions stand behind: a quoted packet of 128 bytes. */
const LONG_QUOTE = concat(ipv4Packet({ protocol: 17, payload: udpDatagram('01') }), new Uint8Array(99));
const EXTENSIONS = bytes('2000 0000', '0008 0101 00064140', '0014 022f 00000005 0001 0000 0a000001 04657468', '0008 0302 00000005');

function icmpFrame(type: number, code: number, ...rest: readonly Part[]): Bytes {
  return ipv4Frame({ protocol: 1, payload: icmpMessage(type, code, ...rest) });
}

const CONTROL: readonly Fixture[] = [
  fixture('ping and its reply', [icmpFrame(8, 0, '0001 0002', u32(1_700_000_000), u32(5), 'ff'), ipv4Frame({ protocol: 1, source: '10.0.0.2', destination: '10.0.0.1', payload: icmpMessage(0, 0, '0001 0002', u32(1_700_000_000), u32(5), 'ff') })], ['eth:ethertype:ip:icmp:data', 'eth:ethertype:ip:icmp:data']),
  single('ICMP error with the packet it is about', icmpFrame(3, 4, '0000 05dc', UDP_V4), 'eth:ethertype:ip:icmp:ip:udp:data'),
  single('ICMP error with extensions', icmpFrame(11, 0, '00200000', LONG_QUOTE, EXTENSIONS), 'eth:ethertype:ip:icmp:ip:udp:data'),
  single('ICMP router advertisement for mobile hosts', icmpFrame(9, 16, '0102 0708 0a000001 00000001 100a 0001 0002 ff80 0a000009 130118 00 18020102'), 'eth:ethertype:ip:icmp'),
  single('ICMP timestamps', icmpFrame(13, 0, '0001 0002 00000001 00000002 00000003'), 'eth:ethertype:ip:icmp'),
  single('ICMP extended echo', icmpFrame(42, 0, '0001 0501', EXTENSIONS), 'eth:ethertype:ip:icmp'),
  single('IGMP query', ipv4Frame({ protocol: 2, destination: '224.0.0.1', ttl: 1, payload: '11ff 0000 00000000 0aff 0001 0a000009' }), 'eth:ethertype:ip:igmp:igmp'),
  single('IGMP report', ipv4Frame({ protocol: 2, destination: '224.0.0.22', ttl: 1, payload: '2200 0000 0000 0002 0401 0001 e0000107 0a000001 01020304 0300 0000 e0000105' }), 'eth:ethertype:ip:igmp:igmp'),
];

const QUESTION = { id: 0x1234, name: 'www.example.com', type: dnsType.a };

function webConversation(): TcpFrames {
  const body = '{"key": [1, true, null, "text"]}';
  return new TcpFrames(80)
    .send('up', latin1('GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nCookie: a=b\r\n\r\n'))
    .send('down', latin1(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`))
    .send('down', latin1(body.slice(10)));
}

function secureConversation(): TcpFrames {
  const random = new Random(1);
  const hello = clientHello(random, { serverName: 'example.com', protocols: ['h2', 'http/1.1'] });
  return new TcpFrames(443).send('up', hello).send('down', concat(serverHello(random, sessionIdOf(hello)), changeCipherSpec(), encryptedRecords(random, 64)));
}

const UPPER: readonly Fixture[] = [
  fixture('DNS query and response', [datagram('up', 53, dnsQuery(QUESTION)), datagram('down', 53, dnsResponse(QUESTION, { answers: [addressRecord('192.0.2.9'), addressRecord('2001:db8::9')] }))], ['eth:ethertype:ip:udp:dns', 'eth:ethertype:ip:udp:dns']),
  single('multicast DNS', datagram('up', 5353, dnsQuery(QUESTION)), 'eth:ethertype:ip:udp:mdns'),
  single('LLMNR', datagram('up', 5355, dnsQuery(QUESTION)), 'eth:ethertype:ip:udp:llmnr'),
  single('SSDP', datagram('up', 1900, latin1('M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n\r\n')), 'eth:ethertype:ip:udp:ssdp'),
  fixture('HTTP with a body over two segments', ...over(webConversation(), ['', '', '', ':http', '', ':http:json'])),
  fixture('TLS hellos', ...over(secureConversation(), ['', '', '', ':tls', ':tls'])),
  fixture('TCP with data nobody knows', ...over(new TcpFrames(9999).send('up', hex('0102')).send('down', bytesOf('0304', u8(5))), ['', '', '', ':data', ':data'])),
];

const WEB: readonly Fixture[] = WEB_FIXTURES.map(({ name, frames, chains }) => fixture(name, ...over(frames, ['', '', '', ...chains])));

/** Fixtures that lie beside their protocols: whatever is exported as X_FIXTURES. */
const BESIDE = Object.values(import.meta.glob<Readonly<Record<string, unknown>>>('./protocols/*.fixtures.test-helper.ts', { eager: true }))
  .flatMap((module) => Object.entries(module))
  .flatMap(([name, value]) => (name.endsWith('_FIXTURES') ? (value as readonly Fixture[]) : []));

export const FIXTURES: readonly Fixture[] = [...LINK, ...NETWORK, ...CONTROL, ...UPPER, ...WEB, ...BESIDE];
