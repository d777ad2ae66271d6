/** Messages of GTP between two nodes. */
import { concat, hex, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import { fixture, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';
import { bytes, ipv4Packet, ipv6Packet, udpDatagram } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

/** A message of version 1; `optional`: the four bytes that flags announce, and extension headers. */
export function gtpMessage(flags: number, type: number, tunnel: number, body: Part, optional: Part = ''): Uint8Array {
  const rest = concat(bytes(optional), bytes(body));
  return concat(u8(0x30 | flags, type), u16(rest.length), u32(tunnel), rest);
}

const USER = 2152;
const CONTROL = 2123;
const PRIME = 3386;
const DATAGRAM = udpDatagram('01020304');
const IPV4 = ipv4Packet({ protocol: 17, payload: DATAGRAM });
const CHAIN = 'eth:ethertype:ip:udp:gtp';

/** Create PDP context, with an element of each kind. */
export const CREATE = '02 2143658709214365 03 21f354123405 0ffe 0e07 1000000011 1100000012 1405 1a0800 800002f121 83000908696e7465726e6574 84000180 8500040a000001 86000291 11'
  .replace('86000291 11', '8600029111') + ' 87000c020b921f7396fefe742b3e3e 970001 01 9800080121f35412345678 99000280 01 9a00082143658709214365 94000 14e b5000101 ff00040001 0203 8d0285c0'.replace('94000 14e', '9400014e');

/** An element with a length. */
function element(type: number, ...value: readonly Part[]): Uint8Array {
  const content = bytes(...value);
  return concat(u8(type), u16(content.length), content);
}

/** A protocol or container among the configuration options. */
function option(id: number, ...value: readonly Part[]): Uint8Array {
  const content = bytes(...value);
  return concat(u16(id), u8(content.length), content);
}

const V6 = '20010db8000000000000000000000001';

/** What a phone asks of the network. */
export const ASKED = element(0x84, '80', option(0xc023, '01010008 0161 0162'), option(0x8021, '0101000a 8106 00000000'), option(0xc223, '0101000a 04 01020304 61'), option(0x0d), option(0x17, '02'), option(0x1a, '05'), option(0x7777, '0102'));

/** What it is told. */
export const TOLD = element(
  0x84, '80', option(0x8021, '0301000a 8106 0a000035'), option(0x8057, '01010004'), option(0xc021, '09010008 00000001'), option(0x01, V6), option(0x03, V6), option(0x04, '01'), option(0x05, '02'), option(0x07, V6), option(0x08, V6, '40'),
  option(0x09, '0a000001'), option(0x0c, '0a000002'), option(0x0d, '0a000003'), option(0x10, '05dc'), option(0x14, '01'), option(0x15, '0500'), option(0x1e, '0e10'), option(0x20, '05dc'), option(0x21, '05dc'), '0030 0000', option(0x02),
);

/** Elements of one value, or of a byte of flags. */
export const PLAIN_ELEMENTS = concat(
  element(0x95, '01'), element(0x96, '03'), element(0xa3, '07'), element(0xb6, '05'), element(0xb7, '09'), element(0xb8, '01'), element(0xbf, '55'), element(0xc1, '55'), element(0xc3, '05'), element(0xc5, '01'),
  element(0xc6, '00000100 00000200'), element(0xc8, '00000100 00000200'), element(0xc8, '00000100 00000200 00000300 00000400'), element(0xcb, '01'), element(0xcd, '01'), element(0xce, '00000064 00000320'),
);

/** A profile as of release 7, with rates beyond those of release 99; `rates`: its last four bytes. */
export function qualityOfService(rates: Part): Uint8Array {
  return element(0x87, '02 0b921f7396fefe742b3e3e 00', rates);
}

export const GTP_FIXTURES: readonly Fixture[] = [
  single('GTP-U', datagram('up', USER, gtpMessage(0, 255, 1, IPV4)), `${CHAIN}:ip:udp:data`),
  single('GTP-U with IPv6, sequence and number', datagram('up', USER, gtpMessage(3, 255, 1, ipv6Packet({ next: 17, payload: DATAGRAM }), '0007 09 00')), `${CHAIN}:ipv6:udp:data`),
  single('GTP-U with extension headers', datagram('up', USER, gtpMessage(4, 255, 1, IPV4, '0000 00 85 02 00c9 e0000000 c0 01 1234 40 01 0868 82 02 010203040506 81 01 0102 83 01 0304 85 01 1009 00')), `${CHAIN}:ip:udp:data`),
  fixture('GTP-U echo', [datagram('up', USER, gtpMessage(2, 1, 0, '', '0005 0000')), datagram('down', USER, gtpMessage(2, 2, 0, '0e05', '0005 0000'))], [CHAIN, CHAIN]),
  single('GTP-U error indication', datagram('up', USER, gtpMessage(2, 26, 0, '1000000001 8500040a000001', '0006 0000')), CHAIN),
  fixture('GTP-C context', [datagram('up', CONTROL, gtpMessage(2, 16, 0, CREATE, '0001 0000')), datagram('down', CONTROL, gtpMessage(2, 17, 9, '0180 08fe 7f00001234 800006f121c0a80001 fb0004c0a80102', '0001 0000'))], [CHAIN, CHAIN]),
  single('GTP-C with an element that nobody knows', datagram('up', CONTROL, gtpMessage(2, 18, 9, '7d 0102', '0002 0000')), CHAIN),
  fixture('GTP-C options and later elements', [
    datagram('up', CONTROL, gtpMessage(2, 16, 0, concat(ASKED, qualityOfService('00 00 00 00')), '0001 0000')), datagram('down', CONTROL, gtpMessage(2, 17, 9, concat(TOLD, qualityOfService('4a 4b bb 01'), PLAIN_ELEMENTS), '0001 0000')),
    datagram('up', CONTROL, gtpMessage(2, 50, 9, concat(element(0x84, '80', option(0x8021, '0101000a 0306 00000000')), qualityOfService('fb fa')), '0002 0000')),
  ], [`${CHAIN}:pap:ipcp:chap:data`, `${CHAIN}:ipcp:ipv6cp:lcp`, `${CHAIN}:ipcp`]),
  single('GTP version 0', datagram('up', PRIME, concat(hex('1eff'), u16(IPV4.length), hex('0001 0002 ff ffffff 2143658709214365'), IPV4)), 'eth:ethertype:ip:udp:gtpprime:ip:udp:data'),
  single('GTP prime', datagram('up', PRIME, hex('4e01 0000 0002')), 'eth:ethertype:ip:udp:gtpprime'),
  single('GTP prime with bytes behind the message', datagram('up', PRIME, hex('4e01 0002 0002 0e05 8412')), 'eth:ethertype:ip:udp:gtpprime'),
  single('GTP prime version 0, the long header', datagram('up', PRIME, hex('0e01 0002 0002 000102030405060708090a0b0c0d 0e05')), 'eth:ethertype:ip:udp:gtpprime'),
  fixture('on the ports of GTP, no message', [datagram('up', PRIME, hex('2700 0000 0002 0e05')), datagram('up', USER, hex('3000 0000 00000001')), datagram('up', PRIME, hex('8001 0000 0002'))], ['eth:ethertype:ip:udp:data', 'eth:ethertype:ip:udp:data', 'eth:ethertype:ip:udp:data']),
];
