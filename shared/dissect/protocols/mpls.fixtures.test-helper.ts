/** MPLS with what stands behind its labels. */
import { single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, etherFrame, ipv4Packet, ipv6Packet, udpDatagram, type Part } from '../internet.test-helper.ts';

const DATAGRAM = udpDatagram('0102');
const PACKET = ipv4Packet({ protocol: 17, payload: DATAGRAM });

/** One entry of the label stack (RFC 3032 §2.1). */
export function labelEntry(label: number, { trafficClass = 0, isLast = true, ttl = 64 } = {}): Uint8Array {
  const high = label >> 4;
  return Uint8Array.of(high >> 8, high & 0xff, ((label & 0xf) << 4) | (trafficClass << 1) | (isLast ? 1 : 0), ttl);
}

export function labelled(label: number, ...payload: readonly Part[]): Uint8Array {
  return etherFrame(0x8847, labelEntry(label), ...payload);
}

export const MPLS_FIXTURES: readonly Fixture[] = [
  single('MPLS, two labels', etherFrame(0x8847, labelEntry(100, { isLast: false }), labelEntry(200), PACKET), 'eth:ethertype:mpls:ip:udp:data'),
  single('MPLS around IPv6', labelled(2, ipv6Packet({ next: 17, payload: DATAGRAM })), 'eth:ethertype:mpls:ipv6:udp:data'),
  single('MPLS, unknown payload', labelled(100, 'f0010203'), 'eth:ethertype:mpls:data'),
  single('MPLS, alarm', labelled(14, '0102'), 'eth:ethertype:mpls:data'),
  single('associated channel', labelled(13, '10000021', PACKET), 'eth:ethertype:mpls:pwach:ip:udp:data'),
  single('associated channel, unknown', labelled(100, '1001fff0 0102'), 'eth:ethertype:mpls:pwach:data'),
  single('pseudowire with control word', labelled(100, '00000007', etherFrame(0x0800, PACKET)), 'eth:ethertype:mpls:pwethheuristic:pwethcw:eth:ethertype:ip:udp:data'),
  single('pseudowire without control word', labelled(100, bytes('0150c2000001 020000000002 0800'), PACKET), 'eth:ethertype:mpls:pwethheuristic:pwethnocw:eth:ethertype:ip:udp:data'),
];
