/** Datagrams of NetBIOS. */
import { concat, hex, u16, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, datagram } from '../frames.test-helper.ts';
import { encoded } from './nbns.fixtures.test-helper.ts';

const FROM = 'c0000201 008a';
export const NAMES = concat(encoded('HOST', 0), encoded('GROUP', 0x1d));

/** A datagram with names, whole unless its flags and offset say otherwise. */
export function named(type: number, payload: Bytes, flags = 0x02, offset = 0): Bytes {
  return datagram('up', 138, bytesOf(u8(type, flags), '1234', FROM, u16(NAMES.length + payload.length), u16(offset), NAMES, payload), 138);
}

export function plain(type: number, body: string): Bytes {
  return datagram('up', 138, bytesOf(u8(type, 0x02), '1234', FROM, body), 138);
}

const CHAIN = 'eth:ethertype:ip:udp:nbdgm';

export const NBDGM_FIXTURES: readonly Fixture[] = [
  fixture('nbdgm: kinds', [named(0x10, hex('0102')), named(0x11, hex('')), named(0x12, hex('0102'))], [`${CHAIN}:data`, CHAIN, `${CHAIN}:data`]),
  fixture('nbdgm: an error and questions', [plain(0x13, '82'), datagram('up', 138, bytesOf('1402 1234', FROM, encoded('HOST', 0)), 138), plain(0x99, '')], [CHAIN, CHAIN, CHAIN]),
  fixture('nbdgm: in parts', [named(0x11, hex('0102'), 0x03), named(0x11, hex('0304'), 0x00, 2)], [`${CHAIN}:data`, `${CHAIN}:data`]),
];
