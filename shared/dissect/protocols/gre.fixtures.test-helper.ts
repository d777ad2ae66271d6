/** Frames of GRE and of what only GRE carries. */
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Frame, ipv4Packet, udpDatagram } from '../internet.test-helper.ts';
import type { Part } from '../internet.test-helper.ts';

const INNER = ipv4Packet({ protocol: 17, payload: udpDatagram('01020304') });
const FRAME = etherFrame(0x0800, INNER);

/** An Ethernet frame with IPv4 and GRE. */
export function greFrame(...parts: readonly Part[]): Uint8Array {
  return ipv4Frame({ protocol: 47, payload: bytes(...parts) });
}

export const GRE_FIXTURES: readonly Fixture[] = [
  single('GRE with checksum, key and sequence number', greFrame('b000 0800 1234 0000 00000007 00000009', INNER), 'eth:ethertype:ip:gre:ip:udp:data'),
  single('GRE with a source route', greFrame('4000 0800 0000 0000 0800 04 04 0a000001 0000 00 00', INNER), 'eth:ethertype:ip:gre:ip:udp:data'),
  single('GRE with Ethernet', greFrame('0000 6558', FRAME), 'eth:ethertype:ip:gre:eth:ethertype:ip:udp:data'),
  single('GRE, redirected to a web cache', greFrame('0000 883e 03 05 06 07', INNER), 'eth:ethertype:ip:gre:ip:udp:data'),
  single('GRE with attributes of 3GPP2', greFrame('2000 88d2 00040001 0102 8000 0202 c000 0302 0304 8402 4000'), 'eth:ethertype:ip:gre'),
  single('GRE with an unknown type', greFrame('0000 1234 0102'), 'eth:ethertype:ip:gre:data'),
  single('ERSPAN type I', greFrame('0000 88be', FRAME), 'eth:ethertype:ip:gre:erspan:eth:ethertype:ip:udp:data'),
  single('ERSPAN type II', greFrame('1000 88be 00000001 1123 b456 00100789', FRAME), 'eth:ethertype:ip:gre:erspan:eth:ethertype:ip:udp:data'),
  ...[0, 1, 2, 3, 4, 5].map((platform) =>
    single(`ERSPAN type III, platform ${platform}`, greFrame('1000 22eb 00000001 2123 b456 00100789 1234 03fb', bytes(Uint8Array.of(platform << 2, 2, 3, 4)), '11223344', FRAME), 'eth:ethertype:ip:gre:erspan:eth:ethertype:ip:udp:data'),
  ),
  single('ERSPAN of an unknown version', greFrame('1000 88be 00000001 3123 b456 00100789'), 'eth:ethertype:ip:gre:erspan'),
  single('Cisco MetaData', etherFrame(0x8909, '01 01 0001 0011 0800', INNER), 'eth:ethertype:cmd:ethertype:ip:udp:data'),
];
