/** STUN before its cookie (RFC 3489). */
import { concat, latin1, u16 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf } from '../frames.test-helper.ts';
import { down, up } from './stun.fixtures.test-helper.ts';

type Part = string | Bytes;

export function attribute(type: number, ...value: readonly Part[]): Bytes {
  const bytes = bytesOf(...value);
  return concat(u16(type), u16(bytes.length), bytes);
}

export function message(type: number, ...attributes: readonly Bytes[]): Bytes {
  const body = concat(...attributes);
  return concat(u16(type), u16(body.length), latin1('TTTTTTTTTTTTTTTT'), body);
}

const ADDRESS = '0001 1234 0a000001';

export const EXCHANGE = [
  up(message(0x0001, attribute(0x0003, '00000006'), attribute(0x0002, ADDRESS))),
  down(message(0x0101, attribute(0x0001, ADDRESS), attribute(0x0004, ADDRESS), attribute(0x0005, ADDRESS), attribute(0x8020, ADDRESS), attribute(0x8022, latin1('Server\0\0')))),
];

const REST = [
  down(message(0x0111, attribute(0x0009, '00000401', latin1('Unau')), attribute(0x000a, '7777 7778'), attribute(0x0006, latin1('user')), attribute(0x0007, latin1('pass')), attribute(0x0008, latin1('xxxxxxxxxxxxxxxxxxxx')))),
  up(message(0x0003, attribute(0x000d, '00000005'), attribute(0x000f, '01020304'), attribute(0x0010, '00000007'), attribute(0x0013, latin1('data')), attribute(0x0012, ADDRESS), attribute(0x7777, '01'))),
];

export const CLASSICSTUN_FIXTURES: readonly Fixture[] = [
  fixture('classicstun: binding', EXCHANGE, EXCHANGE.map(() => 'eth:ethertype:ip:udp:classicstun')), fixture('classicstun: other attributes', REST, ['eth:ethertype:ip:udp:classicstun', 'eth:ethertype:ip:udp:classicstun:data']),
];
