/** Frames of tunnels over UDP. */
import { concat, hex } from '../../../tools/craft/bytes.ts';
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, ipv6Packet, udpDatagram } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

const DATAGRAM = udpDatagram('01020304');
const IPV4 = ipv4Packet({ protocol: 17, payload: DATAGRAM });
const IPV6 = ipv6Packet({ next: 17, payload: DATAGRAM });
const FRAME = etherFrame(0x0800, IPV4);
const OUTER = 'eth:ethertype:ip:udp';

/** A datagram to a tunnel's port. */
export function tunnelFrame(port: number, ...parts: readonly Part[]): Uint8Array {
  return datagram('up', port, bytes(...parts));
}

export const VXLAN_FIXTURES: readonly Fixture[] = [
  single('VXLAN', tunnelFrame(4789, '08000000 00000100', FRAME), `${OUTER}:vxlan:eth:ethertype:ip:udp:data`),
  single('VXLAN with a group policy', tunnelFrame(4789, '88480123 00000100', FRAME), `${OUTER}:vxlan:eth:ethertype:ip:udp:data`),
  single('VXLAN-GPE with IPv4', tunnelFrame(4790, '0c000001 00000100', IPV4), `${OUTER}:ip:udp:data`),
  single('VXLAN-GPE with IPv6', tunnelFrame(4790, '0c000002 00000100', IPV6), `${OUTER}:ipv6:udp:data`),
  single('VXLAN-GPE with Ethernet', tunnelFrame(4790, '0c000003 00000100', FRAME), `${OUTER}:eth:ethertype:ip:udp:data`),
  single('Geneve', tunnelFrame(6081, '00006558 00000100', FRAME), `${OUTER}:geneve:eth:ethertype:ip:udp:data`),
  single('Geneve with options', tunnelFrame(6081, '08 c0 0800 00abcd 12 0102 81 02 0102030405060708 0132 01 01 0000123f 0132 03 02 0000000000000001', IPV4), `${OUTER}:geneve:ip:udp:data`),
  single('Geneve with an option that is too long', tunnelFrame(6081, '02 00 86dd 000001 00 0132 02 03 00000001', IPV6), `${OUTER}:geneve:ipv6:udp:data`),
  single('Geneve of an unknown version and type', concat(tunnelFrame(6081, '40 00 1234 000001 00 01'), hex('')), `${OUTER}:geneve:data`),
];
