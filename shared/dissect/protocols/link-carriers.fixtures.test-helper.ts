/** Links besides Ethernet: Token Ring, ARCNET, the firewall log of Linux; and IPX, which older links carried. */
import { u16 } from '../../../tools/craft/bytes.ts';
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, ipv6Packet, udpDatagram, type Part } from '../internet.test-helper.ts';
import { lengthFrame } from './llc.fixtures.test-helper.ts';

export const TOKEN_RING = 6;
export const ARCNET_BSD = 7;
export const ARCNET_LINUX = 129;
export const NFLOG = 239;

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });
const ARP_REQUEST = '0007 0800 01 04 0001 01 0a000001 00 0a000002';

/** An attribute of the log, filled up to a multiple of four bytes. */
export function attribute(type: number, content: Part): Uint8Array {
  const value = bytes(content);
  const length = value.length + 4;
  return bytes(Uint8Array.of(length & 0xff, length >> 8, type, 0), value, '00'.repeat(-length & 3));
}

export interface IpxParts {
  readonly to?: number;
  readonly from?: number;
  readonly type?: string;
  readonly length?: number;
}

export function ipxPacket(payload: Part, { to = 0x1234, from = 0x4008, type = '04', length }: IpxParts = {}): Uint8Array {
  const content = bytes(payload);
  return bytes('ffff', u16(length ?? content.length + 30), '01', type, '00000001 020000000001', u16(to), '00000002 020000000002', u16(from), content);
}

export const LOGGED = bytes('02 00 002a', attribute(1, '0800 03 00'), attribute(10, '4f555400'), attribute(5, '00000002'), attribute(11, '000003e8'), attribute(3, '0000000065b0c4c0 000000000001e240'), attribute(9, PACKET), attribute(2, '00000007'));

export const ARCNET_FIXTURES: readonly Fixture[] = [
  single('ARCNET of BSD', bytes('01 02 d4 00 0001', PACKET), 'arcnet:ip:udp:data', ARCNET_BSD),
  single('ARCNET of BSD, filled up', bytes('01 02 d4 ff 0000 d4 00 0001', PACKET), 'arcnet:ip:udp:data', ARCNET_BSD),
  single('ARCNET of Linux, ARP', bytes('01 02 ea08 d5 00 0001', ARP_REQUEST), 'arcnet:arp', ARCNET_LINUX),
  single('ARCNET of Linux, unknown', bytes('01 02 0000 99 01 0203 0405'), 'arcnet:data', ARCNET_LINUX),
];

/** A frame that takes two bridges where `isRouted`. */
export function ringFrame(frameControl: string, payload: Part, isRouted = false): Uint8Array {
  return bytes('10', frameControl, '0004ac76916a', isRouted ? '82005a50175b 0820 0011 0022 0030' : '02005a50175b', payload);
}

export const TR_FIXTURES: readonly Fixture[] = [
  single('Token Ring', ringFrame('40', bytes('aaaa03 000000 0800', PACKET)), 'tr:llc:ip:udp:data', TOKEN_RING),
  single('Token Ring, over bridges', ringFrame('40', 'f0f003', true), 'tr:llc', TOKEN_RING),
  single('Token Ring, of the ring itself', ringFrame('00', '0004 0000'), 'tr:data', TOKEN_RING),
];

export const NFLOG_FIXTURES: readonly Fixture[] = [
  single('logged packet', LOGGED, 'nflog:ip:udp:data', NFLOG),
  single('logged by a bridge', bytes('07 00 0000', attribute(1, '86dd 00 00'), attribute(9, ipv6Packet({ next: 17, payload: udpDatagram('0102') }))), 'nflog:ipv6:udp:data', NFLOG),
  single('logged, of no known family', bytes('03 00 0000', attribute(9, '0102'), '0300 0100'), 'nflog:data', NFLOG),
];

export const IPX_FIXTURES: readonly Fixture[] = [
  single('IPX', etherFrame(0x8137, ipxPacket('0102')), 'eth:ethertype:ipx:data'),
  single('IPX, service advertisement', lengthFrame('e0e003', ipxPacket('0001 0004', { to: 0x0452 })), 'eth:llc:ipx'),
  fixture('IPX, raw and of a wrong length', [lengthFrame(ipxPacket('')), etherFrame(0x8137, ipxPacket('01', { length: 29 }))], ['eth:ipx', 'eth:ethertype:ipx']),
];
