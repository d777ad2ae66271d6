/** 802.11 frames, alone and behind radiotap. */
import { concat, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, single, type Fixture } from '../fixture.test-helper.ts';
import { bytes, ipv4Packet, udpDatagram, type Part } from '../internet.test-helper.ts';

export const WLAN = 105;
export const RADIOTAP = 127;
export const STATION = '020000000001';
export const ACCESS_POINT = '020000000002';
export const OTHER = '020000000003';
export const BROADCAST = 'ffffffffffff';

/** Numbers as 802.11 writes them. */
export function le16(value: number): Bytes {
  return u8(value & 0xff, (value >> 8) & 0xff);
}

/** A management frame of the access point to the station; sequence number 1. */
export function management(subtype: number, ...body: readonly Part[]): Bytes {
  return bytes(u8(subtype << 4, 0), '0000', STATION, ACCESS_POINT, ACCESS_POINT, '1000', ...body);
}

export function element(number: number, content: Part): Bytes {
  const value = bytes(content);
  return bytes(u8(number, value.length), value);
}

export function extended(number: number, content: Part): Bytes {
  return element(255, bytes(u8(number), content));
}

export function beacon(...elements: readonly Part[]): Bytes {
  return management(8, '0100000000000000 6400 1104', ...elements);
}

export function action(...body: readonly Part[]): Bytes {
  return management(13, ...body);
}

/** Radiotap with these fields in front of a frame. */
export function withRadiotap(present: string, fields: Part, frame: Part): Bytes {
  const content = bytes(present, fields);
  return bytes('0000', le16(4 + content.length), content, frame);
}

export const TO_AP = 0x01;
export const FROM_AP = 0x02;

export interface DataParts {
  readonly flags?: number;
  /** QoS control; plain data where absent. */
  readonly qos?: number;
  /** What stands between the header and the payload. */
  readonly extra?: Part;
  readonly payload?: Part;
  readonly fourth?: string;
}

export function data({ flags = FROM_AP, qos, extra = '', payload = SNAP_IP, fourth = '' }: DataParts = {}): Bytes {
  return bytes(u8(qos === undefined ? 0x08 : 0x88, flags), '0000', STATION, ACCESS_POINT, OTHER, '2000', fourth, qos === undefined ? '' : le16(qos), extra, payload);
}

const UDP = ipv4Packet({ protocol: 17, payload: udpDatagram('01') });
export const SNAP_IP = bytes('aaaa03 000000 0800', UDP);
const SUBFRAME = bytes(OTHER, STATION, u16(SNAP_IP.length), SNAP_IP);
/** Two frames in one; the first is padded to a multiple of four bytes. */
export const AMSDU = bytes(SUBFRAME, new Uint8Array((4 - (SUBFRAME.length % 4)) % 4), SUBFRAME);

export const SSID = element(0, '686f6d65');
export const RATES = element(1, '82848b96 0c12 1824');
export const RSN = element(48, '0100 000fac04 0100 000fac04 0100 000fac02 8000');
export const WPA = element(221, '0050f2 01 0100 0050f202 0100 0050f202 0100 0050f202');
export const WMM = element(221, '0050f2 02 01 01 80 00 03a40000 27a40000 42435e00 62322f00');
const HT = element(45, 'ef19 17 ffff0000000000000000000000000000 0000 00000000 00');
const HT_OPERATION = element(61, '06 05 0000 0000 00000000000000000000000000000000');
const VHT = element(191, '32008003 faff 0000 faff 0000');
const HE = extended(35, '0178c81a40 0000bfce000000000000 faff faff');

const CONTROL: readonly (readonly [name: string, frame: string])[] = [
  ['block ack request', `8400 0000 ${STATION} ${ACCESS_POINT} 0400 1000`], ['block ack', `9400 0000 ${STATION} ${ACCESS_POINT} 0500 1000 ffff000000000000`], ['PS-poll', `a400 01c0 ${ACCESS_POINT} ${STATION}`], ['RTS', `b400 3c00 ${STATION} ${ACCESS_POINT}`],
  ['CTS', `c400 3c00 ${STATION}`], ['acknowledgement', `d400 0000 ${STATION}`], ['CF-end', `e400 0000 ${BROADCAST} ${ACCESS_POINT}`], ['control wrapper', `7400 0000 ${STATION} c400 00000000`], ['NDP announcement', `5400 0000 ${STATION} ${ACCESS_POINT} 04 0100`],
];

/** Radiotap says that the frame check sequence is there; the version is 2. */
export const DAMAGED = bytes('0000 0900 02000000 10', '8201 aabbcc 04030201');

export const WLAN_FIXTURES: readonly Fixture[] = [
  single('802.11, a version that nobody knows', DAMAGED, 'radiotap:wlan_radio:wlan:data', RADIOTAP),
  single('802.11 beacon', beacon(SSID, RATES, element(3, '06'), element(5, '00 01 00 00'), element(7, '444520 010d14'), element(42, '00'), element(50, '30486c'), element(59, '51 53 54 82 51 51'), RSN, WPA, WMM, HT, HT_OPERATION, VHT, HE, element(127, '0400080000000040')), 'wlan', WLAN),
  fixture('802.11 management', [
    management(0, '1104 0a00', SSID, RATES, RSN), management(1, '1104 0000 01c0', RATES), management(2, '1104 0a00', ACCESS_POINT, SSID), management(4, SSID, RATES), management(5, '0100000000000000 6400 1104', SSID), management(9),
    management(10, '0800'), management(11, '0000 0100 0000'), management(11, '0300 0100 0000 1300', new Uint8Array(96)), management(12, '0700'),
  ], Array.from({ length: 10 }, () => 'wlan'), WLAN),
  fixture('802.11 actions', ['03 00 05 0210 0000 1000', '03 01 05 0000 0210 0000', '03 02 0008 2500', '00 04 00 06 01', '04 0a 506f9a 09', '05 00 01 0000', '08 00 0100', '0d 00', '15 02 00', '7f 0050f2 01'].map((body) => action(body)), [...Array.from({ length: 9 }, () => 'wlan'), 'wlan:data'], WLAN),
  fixture('802.11 VHT actions', [
    action('15 00 088414 f8', new Uint8Array(65)), action('15 00 098e14 f8 f8', new Uint8Array(42)), action('15 01 0200000000000040', '0c000000000000000000000000000020'),
  ], ['wlan', 'wlan', 'wlan'], WLAN),
  single('802.11 beacon, several bands', beacon(SSID, element(221, `506f9a 16 0101ff 02045101ff02 020651010b060001 0200 030101 040103 0501ff 060105 070106 08023c00 6501ff 66020a1e 67015a 68080102030405060708 690d00020000000003020000000004 c8020102 67025a01`)), 'wlan', WLAN),
  fixture('802.11 control', CONTROL.map(([, frame]) => bytes(frame)), CONTROL.map(() => 'wlan'), WLAN),
  fixture('802.11 data', [
    data(), data({ flags: TO_AP }), data({ flags: 0 }), data({ flags: TO_AP | FROM_AP, fourth: OTHER }), data({ qos: 0 }), data({ qos: 0x05, flags: FROM_AP | 0x80, extra: '01000000' }), data({ qos: 0x80, payload: AMSDU }),
    data({ qos: 0x0100, extra: `00 1f 01000000` }), data({ qos: 0x0100, flags: TO_AP | FROM_AP, fourth: OTHER, extra: `02 1f 01000000 ${STATION} ${OTHER}` }),
  ], ['wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data:llc:ip:udp:data', 'wlan:llc:ip:udp:data', 'wlan:llc:ip:udp:data'], WLAN),
  fixture('802.11 data, encrypted', [
    data({ flags: FROM_AP | 0x40, extra: '010203 40', payload: 'aabbccdd 00112233' }), data({ flags: FROM_AP | 0x40, extra: '0121 02 20 03040506', payload: 'aabbccdd 0011223344556677' }), data({ flags: FROM_AP | 0x40, extra: '0102 00 20 03040506', payload: 'aabbccdd 0011223344556677' }),
  ], ['wlan:data', 'wlan:data', 'wlan:data'], WLAN),
];

const FRAME = concat(bytes(`d400 0000 ${STATION}`));

export const RADIOTAP_FIXTURES: readonly Fixture[] = [
  single('radiotap, usual fields', withRadiotap('2f480000', '0000000000000000'.concat('10 02 6c09 a000 d8 00 0000 01'.replaceAll(' ', '')), bytes(FRAME, '01020304')), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, two words and a vendor', withRadiotap('020000c0 00000020 01000000', '00 00 aabbcc 00 0200 0102', FRAME), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, MCS and A-MPDU', withRadiotap('00001800', '7f 05 07 00 01000000 0c00 00 00', FRAME), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, VHT', withRadiotap('00002000', 'ff01 05 04 92 00 00 00 01 2a 0100', FRAME), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, HE', withRadiotap('00008000', 'ffff ffff 0000 2500 0000 0000', FRAME), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, timestamp', withRadiotap('00004000', '0100000000000000 0100 12 03', FRAME), 'radiotap:wlan_radio:wlan', RADIOTAP),
  single('radiotap, longer than the frame', bytes('0000 4000 00000000', FRAME), 'radiotap', RADIOTAP),
];
