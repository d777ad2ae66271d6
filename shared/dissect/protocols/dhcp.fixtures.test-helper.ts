/** A lease by DHCP, one by BOOTP, and messages full of options. */
import { concat, hex, latin1, u16, u32, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';

export interface DhcpParts {
  readonly operation?: number;
  readonly seconds?: number;
  readonly flags?: number;
  readonly hardwareType?: number;
  readonly hardwareLength?: number;
  readonly serverName?: Bytes;
  readonly file?: Bytes;
  readonly cookie?: Bytes;
}

function padTo(bytes: Bytes, size: number): Bytes {
  return concat(bytes, zeros(size - bytes.length));
}

/** A message with options, behind the magic cookie. */
export function dhcpMessage(parts: DhcpParts, ...options: readonly Bytes[]): Bytes {
  const { operation = 1, seconds = 0, flags = 0, hardwareType = 1, hardwareLength = 6 } = parts;
  return concat(
    u8(operation, hardwareType, hardwareLength, 0), u32(0x1234_5678), u16(seconds), u16(flags),
    hex('00000000 0a000005 0a000001 00000000'), padTo(hex('020000000001'), 16), padTo(parts.serverName ?? zeros(0), 64), padTo(parts.file ?? zeros(0), 128),
    parts.cookie ?? hex('63825363'), ...options,
  );
}

/** An option or suboption: code, length, value as hex or bytes. */
export function option(code: number, value: string | Bytes): Bytes {
  const bytes = typeof value === 'string' ? hex(value) : value;
  return concat(u8(code, bytes.length), bytes);
}

export const END = hex('ff');

const DISCOVER = dhcpMessage({ flags: 0x8000 }, option(53, '01'), option(61, '01020000000001'), option(12, latin1('ada')), option(55, '0103061c79'), option(60, latin1('MSFT 5.0')), END);
const OFFER = dhcpMessage(
  { operation: 2 }, option(53, '02'), option(1, 'ffffff00'), option(3, '0a000001'), option(6, '0a000001 08080808'), option(51, '00000e10'), option(54, '0a000001'),
  option(82, concat(option(1, '0004'), option(5, '0a000000'), option(9, '0000000901aa'))), option(121, '18c0a801 0a000001'), END, zeros(4),
);
const OVERLOADED = dhcpMessage({ operation: 2, file: concat(option(12, latin1('x')), END), serverName: option(15, latin1('y')) }, option(53, '05'), option(52, '03'), END);
const NETWORK_BOOT = dhcpMessage(
  {}, option(53, '01'), option(60, latin1('PXEClient:Arch:00007')), option(93, '0007'), option(94, '010310'), option(97, concat(u8(0), hex('00112233445566778899aabbccddeeff'))),
  option(43, concat(option(6, '0b'), option(8, '000101c0a80001'), option(9, concat(hex('000003'), latin1('one'))), option(10, concat(u8(5), latin1('go'))), END)), END,
);
const VENDORS = dhcpMessage(
  {}, option(53, '03'), option(60, latin1('docsis3.0:')), option(43, concat(option(2, latin1('ECM')), option(8, '001122'))), option(124, '00000009 02 6162'), option(125, '00000de9 05 02 03 414243'),
  option(125, '00000009 03 01 01 aa'), option(77, '02 6162'), option(81, concat(hex('050000'), hex('03616461 00'))), option(83, zeros(14)), option(90, zeros(11)), option(99, '025553 0102 6162'),
  option(119, '03666f6f'), option(119, '03636f6d00 036261 72c000'), option(120, '00 03666f6f00'), option(123, '484dcc1fc84b65ecf0311780000f0001'), option(146, '01 0a000001 0a000002 03666f6f00'),
  option(158, '04 0a000001'), option(159, '01020304'), option(212, concat(hex('0020'), hex('20010db8'), zeros(12), hex('0a000001'))), option(242, latin1('L2Q=1,L2QVLAN=20,X=1')), END,
);

export const DHCP_FIXTURES: readonly Fixture[] = [
  fixture('dhcp: a lease', [datagram('up', 67, DISCOVER, 68), datagram('down', 67, OFFER, 68)], ['eth:ethertype:ip:udp:dhcp', 'eth:ethertype:ip:udp:dhcp']),
  fixture('dhcp: options in the fields for names', [datagram('down', 67, OVERLOADED, 68)], ['eth:ethertype:ip:udp:dhcp']),
  fixture('dhcp: a boot from the network', [datagram('up', 67, NETWORK_BOOT, 68)], ['eth:ethertype:ip:udp:dhcp:dhcp']),
  fixture('dhcp: options of vendors and of a form of their own', [datagram('up', 67, VENDORS, 68)], ['eth:ethertype:ip:udp:dhcp:dhcp:dhcp']),
  fixture('dhcp: bootp', [datagram('up', 67, dhcpMessage({ cookie: hex('00000000') }, zeros(60)), 68)], ['eth:ethertype:ip:udp:dhcp']),
];
