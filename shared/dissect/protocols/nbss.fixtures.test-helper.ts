/** Sessions of NetBIOS, and what port 445 leaves of them. */
import { concat, hex, u16, u24, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';
import { encoded } from './nbns.fixtures.test-helper.ts';

/** A message as port 445 has it, with a length of 24 bits. */
export function framed(payload: Bytes): Bytes {
  return concat(u8(0), u24(payload.length), payload);
}

export function packet(type: number, body: Bytes): Bytes {
  return concat(u8(type, 0), u16(body.length), body);
}

export const REQUEST = packet(0x81, concat(encoded('SERVER', 0x20), encoded('HOST', 0)));

const SESSION = new TcpFrames(139)
  .send('up', REQUEST)
  .send('down', packet(0x82, hex('')))
  .send('up', packet(0x00, hex('01020304')).subarray(0, 6))
  .send('up', concat(packet(0x00, hex('01020304')).subarray(6), packet(0x85, hex(''))))
  .send('down', concat(packet(0x83, hex('80')), packet(0x84, hex('0a000009 008b'))));

export const NBSS_FIXTURES: readonly Fixture[] = [
  fixture('nbss: a session', ...over(SESSION, ['', '', '', ':nbss', ':nbss', '', ':nbss:data:nbss', ':nbss'])),
  fixture('nbss: port 445', ...over(new TcpFrames(445).send('up', framed(hex('0102'))).send('up', hex('00')), ['', '', '', ':nbss:data', ':nbss'])),
];
