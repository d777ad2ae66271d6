/** Serial lines: Cisco's HDLC with SLARP, and Frame Relay. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, ipv6Packet, udpDatagram } from '../internet.test-helper.ts';

export const CISCO_HDLC = 104;
export const FRAME_RELAY = 107;

const DATAGRAM = udpDatagram('0102');
const PACKET = ipv4Packet({ protocol: 17, payload: DATAGRAM });
/** DLCI 100. */
export const CIRCUIT = '1841';

export const FR_FIXTURES: readonly Fixture[] = [
  single('Cisco HDLC', bytes('0f000800', PACKET), 'chdlc:ip:udp:data', CISCO_HDLC),
  single('Cisco HDLC in place of PPP', bytes('0f000800', PACKET), 'ppp:chdlc:ip:udp:data', 9),
  fixture('Cisco HDLC, other payloads', [bytes('0f009999 01'), bytes('0f00fefe 0383'), bytes('8f004242 0000 00 80')], ['chdlc:data', 'chdlc:data', 'chdlc:stp'], CISCO_HDLC),
  fixture('SLARP', [bytes('8f008035 00000000 0a000001 ffffff00'), bytes('8f008035 00000002 00000005 00000004 fffe'), bytes('8f008035 00000007 01')], ['chdlc:slarp', 'chdlc:slarp', 'chdlc:slarp:data'], CISCO_HDLC),
  fixture('Frame Relay', [bytes(CIRCUIT, '03cc', PACKET), bytes(CIRCUIT, '038e', ipv6Packet({ next: 17, payload: DATAGRAM })), bytes(CIRCUIT, '0300cf c02101010004')], ['fr:ip:udp:data', 'fr:ipv6:udp:data', 'fr:ppp:lcp'], FRAME_RELAY),
  fixture('Frame Relay with SNAP', [bytes(CIRCUIT, '030080 000000 0800', PACKET), bytes(CIRCUIT, '030080 0080c2 0007', etherFrame(0x0800, PACKET))], ['fr:ip:udp:data', 'fr:eth:ethertype:ip:udp:data'], FRAME_RELAY),
  fixture('Frame Relay of Cisco', [bytes(CIRCUIT, '0800', PACKET), bytes(CIRCUIT, '9999 01')], ['fr:ip:udp:data', 'fr:data'], FRAME_RELAY),
  fixture('Frame Relay, long addresses', [bytes('1840 11 03cc', PACKET), bytes('1840 10 13 03cc', PACKET), bytes('1840 10 12 14 11 03cc', PACKET), bytes('19 0800', PACKET)], ['fr:ip:udp:data', 'fr:ip:udp:data', 'fr:ip:udp:data', 'fr:data'], FRAME_RELAY),
  fixture('Frame Relay, other payloads', [bytes(CIRCUIT, '0308 0000'), bytes(CIRCUIT, '0381 00'), bytes(CIRCUIT, 'af82'), bytes(CIRCUIT, '0399 00')], ['fr:data', 'fr:data', 'fr:data', 'fr:data'], FRAME_RELAY),
  fixture('Frame Relay, signalling', ['0001 0204 0801', '0201 0103', '0001 0505', '0001 7f', '0201 73', '0001 00'].map((frame) => bytes(frame)), ['fr:data', 'fr:data', 'fr:data', 'fr:data', 'fr:data', 'fr'], FRAME_RELAY),
  fixture('Frame Relay, other control fields', [bytes(CIRCUIT, '2200 cc', PACKET), bytes(CIRCUIT, '7f cc', PACKET), bytes(CIRCUIT, '2200 80 000000 0800', PACKET), bytes(CIRCUIT, '2200 99')], ['fr:ip:udp:data', 'fr:ip:udp:data', 'fr:ip:udp:data', 'fr:data'], FRAME_RELAY),
];
