/** Messages of DHCPv6: an address, a network for a router, a relay around them, and options of many kinds. */
import { concat, hex, latin1, u16, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { ipv6Frame, udpDatagram } from '../internet.test-helper.ts';

/** An option: code, length, value as hex or bytes. */
export function option6(code: number, value: string | Bytes): Bytes {
  const bytes = typeof value === 'string' ? hex(value) : value;
  return concat(u16(code), u16(bytes.length), bytes);
}

export function message6(type: number, ...options: readonly Bytes[]): Bytes {
  return concat(u8(type), hex('010203'), ...options);
}

export const ADDRESS = hex('20010db8 00000000 00000000 00000005');

export function relayed(type: number, hops: number, ...options: readonly Bytes[]): Bytes {
  return concat(u8(type, hops), ADDRESS, hex('fe80000000000000 0000000000000001'), ...options);
}

export function frame6(payload: Bytes): Bytes {
  return ipv6Frame({ next: 17, payload: udpDatagram(payload, { source: 546, destination: 547 }) });
}

const CHAIN = 'eth:ethertype:ipv6:udp:dhcpv6';
const DUID = option6(1, '0001 0001 12345678 020000000001');

const SOLICIT = message6(1, DUID, option6(8, '0064'), option6(6, '0017 0018'), option6(14, ''), option6(3, '00000001 00000e10 00001518'), option6(39, concat(u8(1), hex('0361646100'))));
const REPLY = message6(
  7, DUID, option6(2, '0003 0001 020000000002'), option6(3, concat(hex('00000001 00000e10 00001518'), option6(5, concat(ADDRESS, hex('00000e10 00001c20'), option6(13, concat(u16(0), latin1('ok'))))))),
  option6(25, concat(hex('00000001 00000000 00000000'), option6(26, concat(hex('00000064 00000065 38'), hex('20010db8'), zeros(12), option6(67, '40ab'))))), option6(23, ADDRESS),
  option6(24, '03666f6f 03636f6d 00 03626172 00'), option6(39, '03 03616461 036e6574 00'),
);
const RELAYED = relayed(12, 1, option6(18, latin1('eth0')), option6(9, relayed(12, 0, option6(9, SOLICIT), option6(37, '00000009 61'))));
const OTHERS = message6(
  11, option6(2, '0002 00000009 0102'), option6(53, concat(u16(4), zeros(16))), option6(4, '00000001'), option6(7, 'ff'), option6(11, concat(u8(2, 1, 0), zeros(8), latin1('realm'), zeros(20))), option6(11, zeros(11)),
  option6(12, ADDRESS), option6(15, '0003 616263'), option6(16, '00000009 0003 616263'), option6(17, concat(hex('00000009'), option6(1, '6162'))), option6(17, concat(hex('0000118b'), option6(32, ADDRESS))), option6(19, '05'),
  option6(20, ''), option6(32, '00000e10'), option6(41, latin1('CET')), option6(44, concat(u8(1), ADDRESS)), option6(45, option6(46, '00000005')), option6(47, concat(ADDRESS, u8(1))), option6(56, concat(option6(1, ADDRESS), option6(3, '036e7470 00'))),
  option6(94, concat(option6(89, concat(hex('010810c0a80000 20 20010db8'), option6(93, '04020100'))), option6(90, ADDRESS), option6(91, concat(u8(96), ADDRESS)))), option6(96, option6(92, concat(hex('0a000001 40'), zeros(8)))),
  option6(114, '01'), option6(115, '0001'), option6(117, '03616461 00'), option6(119, '000f'), option6(127, '00010002'), option6(129, '00000001 6b'), option6(131, '07'), option6(135, '0223'), option6(79, '0001 020000000001'), option6(200, 'aa'),
);

export const DHCPV6_FIXTURES: readonly Fixture[] = [
  fixture('dhcpv6: solicit and reply', [frame6(SOLICIT), frame6(REPLY)], [CHAIN, CHAIN]),
  fixture('dhcpv6: a relay behind a relay', [frame6(RELAYED)], [CHAIN]),
  fixture('dhcpv6: options of many kinds', [frame6(OTHERS)], [CHAIN]),
];
