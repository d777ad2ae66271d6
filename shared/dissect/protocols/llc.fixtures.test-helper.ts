/** 802.2 with what stands behind it, and Cisco's frames around frames. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, udpDatagram, type Part } from '../internet.test-helper.ts';

const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

/** An 802.3 frame: a length, then LLC and what it carries. */
export function lengthFrame(...parts: readonly Part[]): Uint8Array {
  const payload = bytes(...parts);
  return etherFrame(payload.length, payload);
}

/** A frame of Cisco's Inter-Switch Link; `inside` ends in its FCS. */
export function switchLinkFrame(inside: Part, type = 0): Uint8Array {
  const content = bytes('aaaa03 00000c 000b 0001 0002', inside);
  return bytes('01000c0000', Uint8Array.of(type << 4), '020000000009', Uint8Array.of(content.length >> 8, content.length & 0xff), content);
}

const INNER = bytes(etherFrame(0x0800, PACKET), '00000000', '01020304');

export const LLC_FIXTURES: readonly Fixture[] = [
  fixture('LLC, numbered', [lengthFrame('0606 0204', PACKET), lengthFrame('f0f1 0105')], ['eth:llc:ip:udp:data', 'eth:llc']),
  single('LLC identification', lengthFrame('0001af 810702'), 'eth:llc'),
  single('LLC in a jumbo frame', etherFrame(0x8870, 'aaaa03 000000 0800', PACKET), 'eth:ethertype:llc:ip:udp:data'),
  single('SNAP of an organization', lengthFrame('aaaa03 00000c 0104 0102'), 'eth:llc:data'),
  single('SNAP around a bridged frame', lengthFrame('aaaa03 0080c2 0001 0000', INNER), 'eth:llc:eth:ethertype:ip:udp:data'),
  single('inter-switch link', switchLinkFrame(INNER), 'eth:eth:ethertype:ip:udp:data'),
  single('inter-switch link with FDDI', switchLinkFrame('0102', 2), 'eth:data'),
];
