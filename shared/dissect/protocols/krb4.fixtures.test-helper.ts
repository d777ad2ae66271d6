/** Messages of Kerberos 4, in either byte order. */
import { concat, hex, latin1 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';

/** Texts, each with a zero byte behind it. */
function texts(...words: readonly string[]): Bytes {
  return latin1(words.map((word) => `${word}\0`).join(''));
}

const ALICE = texts('alice', '', 'LAMP.TEST');
const TIME = '3b9aca00';
const TIME_LITTLE = '00ca9a3b';

export const REQUEST = concat(hex('0402'), ALICE, hex(TIME), hex('60'), texts('krbtgt', 'LAMP.TEST'));
export const REQUEST_LITTLE = concat(hex('0403'), ALICE, hex(TIME_LITTLE), hex('60'), texts('krbtgt', 'LAMP.TEST'));
export const REPLY = concat(hex('0404'), ALICE, hex(TIME), hex('01'), hex(TIME), hex('07 0004 aabbccdd'));
export const REPLY_LITTLE = concat(hex('0405'), ALICE, hex(TIME_LITTLE), hex('01'), hex(TIME_LITTLE), hex('07 0400 aabbccdd'));
export const APPLICATION_REQUEST = concat(hex('0406 03'), texts('LAMP.TEST'), hex('03 02 aabbcc ddee'));

export const KRB4_FIXTURES: readonly Fixture[] = [
  fixture(
    'Kerberos 4',
    [REQUEST, REPLY, REQUEST_LITTLE, REPLY_LITTLE, APPLICATION_REQUEST, hex('040a 00')].map((message, index) => datagram(index % 2 === 0 ? 'up' : 'down', 88, message)),
    Array<string>(6).fill('eth:ethertype:ip:udp:kerberos:krb4'),
  ),
];
