/** Reports about the media of a call, farewells, wishes for a codec, extended reports. */
import { concat, latin1, u16, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, datagram } from '../frames.test-helper.ts';
import { afterCall } from './rtp.fixtures.test-helper.ts';

type Part = string | Bytes;

/** Packet with its length; the body is filled to whole words. */
export function packet(count: number, type: number, ...parts: readonly Part[]): Bytes {
  const body = bytesOf(...parts);
  const filled = concat(body, zeros(-body.length & 3));
  return concat(u8(0x80 | count, type), u16(filled.length / 4), filled);
}

export function there(...packets: readonly Bytes[]): Bytes {
  return datagram('up', 7001, concat(...packets), 6001);
}

export function back(...packets: readonly Bytes[]): Bytes {
  return datagram('down', 7001, concat(...packets), 6001);
}

const SENDER = '11223344';
const MEDIA = '55667788';
/** A report block; the last report that it tells of is the middle of the time stamp that a sender report told. */
const BLOCK = `${MEDIA} 10 fffffe 00010002 00000005 00008000 00000010`;

const SENDER_REPORT = packet(1, 200, SENDER, 'e0000000 80000000 000000a0 00000001 000000a0', BLOCK);
const RECEIVER_REPORT = packet(2, 201, MEDIA, BLOCK, BLOCK);

export const REPORTS = [
  there(SENDER_REPORT, packet(2, 202, SENDER, '01', u8(3), latin1('abc'), '02 01 64 08 05 02', latin1('pfvv'), '00', MEDIA, '00000000')),
  back(RECEIVER_REPORT, packet(1, 203, MEDIA, u8(3), latin1('bye'))),
  there(packet(0, 201, SENDER), packet(2, 203, SENDER, MEDIA), packet(0, 203)),
];

const FEEDBACK = [
  there(packet(5, 204, SENDER, latin1('name'), '01020304')),
  there(packet(1, 205, SENDER, MEDIA, '0001 8001 0010 0000'), packet(3, 205, SENDER, MEDIA, 'aabbccdd 0c000a01'), packet(4, 205, SENDER, MEDIA, 'aabbccdd 0c000a01'), packet(8, 205, SENDER, MEDIA, '01020304')),
  there(packet(15, 205, SENDER, MEDIA, '0001 0004 000102 03 2004 d000 04 0800 00')),
  there(packet(1, 206, SENDER, MEDIA), packet(2, 206, SENDER, MEDIA, '00080041'), packet(4, 206, SENDER, '00000000 aabbccdd 05000000'), packet(15, 206, SENDER, '00000000', latin1('REMB'), '01 0c3fff aabbccdd'), packet(6, 206, SENDER, MEDIA, '01020304')),
];

const EXTENDED = [
  there(packet(0, 207, SENDER, '01 02 0004', MEDIA, '0001 000a 4001 8003 c004 0000', '04 00 0002 e000000080000000', '05 00 0003', MEDIA, '0a0b0c0d 00010000')),
  there(packet(0, 207, SENDER, '06 f8 0009', MEDIA, '0001 0010 00000001 00000002 00000003 00000004 00000005 00000006 01020304')),
  there(packet(0, 207, SENDER, '07 00 0008', MEDIA, '01020304 0005 0006 0007 0008 fe 02 03 10 5d 5c 28 29 e0 00 0009 000a 000b')),
  there(packet(0, 207, SENDER, '03 01 0003', MEDIA, '0001 0003 00000007', '02 00 0003', MEDIA, '0001 0003 4001 0000', '63 00 0001 01020304')),
];

/** A packet that ends with four bytes of padding, and one that says it has more than it is long. */
const PADDED = [there(bytesOf('a0c90002', SENDER, '00000004')), there(bytesOf('a0c90001', SENDER)), there(bytesOf('80c90005', SENDER))];

/** Extensions of the profile: no length, and content; text of an application; an extension that is cut off. */
export const PROFILE = [
  there(packet(0, 201, SENDER, '00000000', '0006 0008 01020304')),
  there(packet(0, 201, SENDER), packet(0, 204, SENDER, latin1('nametext'))),
  there(packet(0, 201, SENDER), packet(0, 201, SENDER, '0006 0010 01020304')),
];

/** Extensions that Microsoft's calls add to a report, each in its form. */
export const MICROSOFT_EXTENSIONS: readonly string[] = [
  '0001 0010 aabbccdd 0001e240 05 000000', '0001 000c aabbccdd 0001e240', '0004 0008 0000 0203', '0005 0014 00000000 0280 01e0 000f4240 001e 0000', '0007 000c 00000000 0001e240', '0008 000c 00000000 0001e240',
  '0009 001c aabbccdd 00000002 00000003 00000004 00000010 0000 03 04', '000a 000c 00000000 0001e240', '000b 000c aabbccdd 81 82 0304', '000c 0014 aabbccdd 00000001 00000002 80 000000', '000d 0014 e3a5c1f0 80000000 00000000 05 000000',
  '000e 000c 01 000000 0001e240', '0063 0008 01020304',
];

const VIDEO_ENTRY = `7a 01 07 3f 0780 0438 000186a0 00000000 00001000 ${'0001'.repeat(10)} 0000007f 0002 0003 ${'0002'.repeat(8)} 00012345`;
export const VIDEO_REQUEST = packet(15, 206, SENDER, MEDIA, '0001 009c aabbccdd 0005 0000 00 01 02 44 00000000', VIDEO_ENTRY, VIDEO_ENTRY);
export const SPEAKERS = packet(15, 206, SENDER, MEDIA, '0003 000c fffffffe 00000001');
export const PICTURES_LOST = packet(1, 206, SENDER, MEDIA, '0005 0000 01 02 03 04 05 06 07 08');

const MICROSOFT = [
  there(packet(0, 201, SENDER, MICROSOFT_EXTENSIONS.join(''))),
  there(packet(0, 201, SENDER), VIDEO_REQUEST), there(packet(0, 201, SENDER), SPEAKERS), there(packet(0, 201, SENDER), PICTURES_LOST), there(packet(0, 201, SENDER), packet(15, 206, SENDER, MEDIA, '0009 0008 01020304')),
];

const SIGNALLING = 'eth:ethertype:ip:udp:sip:sdp';
const CHAIN = 'eth:ethertype:ip:udp:rtcp';

function inCall(name: string, frames: readonly Bytes[]): Fixture {
  return fixture(`rtcp: ${name}`, afterCall(frames), [SIGNALLING, SIGNALLING, ...frames.map(() => CHAIN)]);
}

export const RTCP_FIXTURES: readonly Fixture[] = [
  inCall('reports', REPORTS), inCall('feedback', FEEDBACK), inCall('extended reports', EXTENDED), inCall('padding', PADDED), inCall('a type nobody knows', [there(packet(3, 210, SENDER))]),
  single('rtcp: found by its shape', datagram('up', 9999, SENDER_REPORT), CHAIN),
  fixture('rtcp: in secret', afterCall([there(bytesOf('80c90007', SENDER, '0102030405060708', '80000001', '00112233445566778899'))], 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\n', 'RTP/SAVP 0'), [SIGNALLING, SIGNALLING, CHAIN]),
  inCall('extensions of the profile', PROFILE), inCall('what Microsoft adds', MICROSOFT),
];
