/** The slow protocols, and Ethernet's loopback test. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { etherFrame, ipv4Packet, udpDatagram } from '../internet.test-helper.ts';

export const BUNDLE = `01 01 0114 8000 020000000001 0001 8000 0002 3d 000000 0214 8000 020000000002 0003 8000 0004 c2 000000 0310 8000 ${'00'.repeat(12)} 0000 ${'00'.repeat(50)}`;
const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

export function slowFrame(content: string): Uint8Array {
  return etherFrame(0x8809, content);
}

const FLAGS = '03 0050';

export const SLOW_FIXTURES: readonly Fixture[] = [
  single('LACP', slowFrame(BUNDLE), 'eth:ethertype:slow:lacp'),
  fixture('marker', [slowFrame(`02 01 0110 0001 020000000001 00000005 0000 0000 ${'00'.repeat(90)}`), slowFrame(`02 01 0310 0001 020000000001 00000005 0001 0000 ${'00'.repeat(90)}`)], ['eth:ethertype:slow:marker', 'eth:ethertype:slow:marker']),
  fixture('OAM', [
    slowFrame(`${FLAGS} 00 0110 01 0001 05 1f 05dc 00000c 01020304 fe07 00000c 0102 0503 00 00`), slowFrame(`${FLAGS} 04 01`), slowFrame(`${FLAGS} 02 07 0013 09 0000 00`), slowFrame(`${FLAGS} 03 07 0013 02 0001 07 0014 a1 03 0001 00`),
    slowFrame(`${FLAGS} 01 0005 0128 0007 ${'0000000000000001'.repeat(4)} 00000004 021a 0007 0064 00000001 00000002 0000000000000003 00000004 031c 0007 00000064 00000001 00000002 0000000000000003 00000004 0412 0007 0064 0001 0002 00000003 00000004 fe03 01 0101`),
    slowFrame(`${FLAGS} fe 00000c 01`),
  ], Array.from({ length: 6 }, () => 'eth:ethertype:slow:oampdu')),
  fixture('clock quality', [slowFrame('0a 0019a7 0001 10 000000 01 0004 02'), slowFrame(`0a 0019a7 0001 28 000000 01 0004 0f 02 0014 22 0102030405060708 03 01 02 0000000000 ${'00'.repeat(4)}`), slowFrame('0a 00000c 01')], ['eth:ethertype:slow:ossp', 'eth:ethertype:slow:ossp:data', 'eth:ethertype:slow:ossp']),
  single('slow, unknown', slowFrame('0b 01'), 'eth:ethertype:slow:data'),
  fixture('MACsec', [etherFrame(0x88e5, '20 00 00000001 020000000005 0001 0800', PACKET, '11'.repeat(16)), etherFrame(0x88e5, '2d 00 00000001 020000000005 0001 aabb', '11'.repeat(16)), etherFrame(0x88e5, '80 00')], ['eth:ethertype:macsec:ethertype:ip:udp:data', 'eth:ethertype:macsec:data', 'eth:ethertype:data']),
  fixture('MAC in MAC', [etherFrame(0x88e7, '30000064 020000000005 020000000006 0800', PACKET), etherFrame(0x88a8, '0064 88e7 30000064 020000000005 020000000006 0800', PACKET)], ['eth:ethertype:ieee8021ah:ethertype:ip:udp:data', 'eth:ethertype:ieee8021ad:ethertype:ip:udp:data']),
  fixture('loopback test', [etherFrame(0x9000, '0800 0200 020000000009 0100 0500 01'), etherFrame(0x9000, '0000 0300 01')], ['eth:ethertype:loop:data', 'eth:ethertype:loop:data']),
];
