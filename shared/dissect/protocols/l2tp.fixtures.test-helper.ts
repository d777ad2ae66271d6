/** L2TP: control messages with their attributes, and PPP inside of the tunnel. */
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Frame, ipv4Packet, udpDatagram, type Part } from '../internet.test-helper.ts';

export function tunnelled(...parts: readonly Part[]): Uint8Array {
  return ipv4Frame({ protocol: 17, payload: udpDatagram(bytes(...parts), { source: 1701, destination: 1701 }) });
}

export function attribute(type: number, value: string, flags = 0x80): Uint8Array {
  const content = bytes(value);
  const length = content.length + 6;
  return bytes(Uint8Array.of(flags | (length >> 8), length & 0xff, 0, 0, 0, type), content);
}

/** A control message of tunnel 1, session 2. */
export function controlMessage(type: string, ...attributes: readonly Part[]): Uint8Array {
  const content = bytes(attribute(0, type), ...attributes);
  const length = content.length + 12;
  return tunnelled('c802', Uint8Array.of(length >> 8, length & 0xff), '0001 0002 0003 0004', content);
}

const VALUES: readonly (readonly [type: number, value: string])[] = [
  [1, '0001 0002 6162'], [2, '0100'], [3, '00000003'], [4, '00000001'], [5, '0102030405060708'], [6, '0690'], [7, '6162'], [8, '6364'], [9, '0009'], [10, '0004'], [11, '0102'], [12, '0001 02 6162'], [13, '01'.repeat(16)], [14, '0005'],
  [15, '00000001'], [16, '00000001'], [17, '00000002'], [18, '00000003'], [19, '00000003'], [21, '313233'], [22, '31'], [23, '32'], [24, '00000005'], [25, '00000006'], [26, '0102'], [27, '03'], [28, '04'], [29, '0003'], [30, '6162'],
  [31, '01'], [32, '0005'], [33, '02'], [34, `0000${'00000001'.repeat(6)}`], [35, '0000 00000001 00000002'], [36, '0102'], [37, '03'], [38, '00000005'], [39, ''], [46, '0001 0002 01 6162'], [99, '01'],
];
const PLACE = 'eth:ethertype:ip:udp:l2tp';
const PACKET = ipv4Packet({ protocol: 17, payload: udpDatagram('0102') });

export const L2TP_FIXTURES: readonly Fixture[] = [
  single('L2TP, every attribute', controlMessage('0001', ...VALUES.map(([type, value]) => attribute(type, value))), PLACE),
  fixture('L2TP, odd attributes', [controlMessage('0001', attribute(7, '6162', 0xc0)), controlMessage('0001', '8008 0009 0001 0203'), controlMessage('0001', '8002 0000 0001')], [PLACE, PLACE, PLACE]),
  fixture('L2TP, no body', [tunnelled('c802 000c 0001 0002 0003 0004'), tunnelled('c803 000c 00000005 0003 0004')], [PLACE, PLACE]),
  fixture('L2TP, data', [tunnelled('0002 0001 0002 ff030021', PACKET), tunnelled('0202 0001 0002 0002 aabb 21', PACKET), tunnelled('0003 0000 00000007 0102')], [`${PLACE}:ppp:ip:udp:data`, `${PLACE}:ppp:ip:udp:data`, `${PLACE}:data`]),
];
