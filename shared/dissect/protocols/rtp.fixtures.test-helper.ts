/** Media between two ends that SDP announced. */
import { concat, hex, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';
import { answer, audio, offer } from './sdp.fixtures.test-helper.ts';
import { down, up } from './sip.fixtures.test-helper.ts';

/** A packet with a plain header. */
export function packet(sequence: number, type: number, payload: Bytes): Bytes {
  return concat(u8(0x80, type), u16(sequence), u32(sequence * 160), u32(0x1122_3344), payload);
}

/** From Alice's port to Bob's, or back. */
export function there(bytes: Bytes): Bytes {
  return datagram('up', 7000, bytes, 6000);
}

export function back(bytes: Bytes): Bytes {
  return datagram('down', 7000, bytes, 6000);
}

export function afterCall(frames: readonly Bytes[], more = '', formats = 'RTP/AVP 0 101'): Bytes[] {
  return [up(offer(audio('192.0.2.1', 6000, more, formats))), down(answer(audio('192.0.2.2', 7000, more, formats))), ...frames];
}

const SIGNALLING = 'eth:ethertype:ip:udp:sip:sdp';
const CHAIN = 'eth:ethertype:ip:udp:rtp';

/** CSRCs, a header extension of either form and of neither, padding. */
const HEADERS = [
  '90800001000000a011223344 bede0003 10aa 2201 02 03 00 00 50ff 00000000 ffffffff', '90000002000000a011223344 10000002 0102aabb 00 0300 00 ffffffff', '90000003000000a011223344 abcd0002 01020304 05060708 ffffffff',
  'b2000004000000a011223344 00000001 00000002 abcd0001 01020304 ffffffff 000003', 'a0000005000000a011223344 ffffffff ff', '80000006000000a011223344',
];
/** Redundant audio data (RFC 2198). */
const REDUNDANT = hex('80620004000000a011223344 e2 0140 04 63 000a0b0c 01 ffffff');

export const RTP_FIXTURES: readonly Fixture[] = [
  fixture('rtp: a call', afterCall([there(packet(1, 0, hex('ffffffff'))), back(packet(9, 0, hex('00ff00ff')))]), [SIGNALLING, SIGNALLING, CHAIN, CHAIN]),
  fixture('rtp: headers', afterCall(HEADERS.map((text) => there(hex(text)))), [SIGNALLING, SIGNALLING, ...HEADERS.map(() => CHAIN)]),
  fixture('rtp: redundant data', afterCall([there(REDUNDANT)], 'a=rtpmap:98 red/8000\n', 'RTP/AVP 98 0'), [SIGNALLING, SIGNALLING, CHAIN]),
  fixture('rtp: another version', afterCall([there(hex('c0000000'))]), [SIGNALLING, SIGNALLING, 'eth:ethertype:ip:udp:data']),
];
