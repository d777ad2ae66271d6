/** Messages of NTP of every kind. */
import { concat, hex, latin1, u16, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { datagram } from '../frames.test-helper.ts';

/** 2023-11-06 19:49:36.5. */
const TIME = 'e8f3c1d080000000';

export function message(flags: number, stratum: number, reference: string, more: string | Bytes = ''): Bytes {
  return concat(u8(flags, stratum), hex(`06ec 00010000 00008000 ${reference} ${TIME} ${TIME} ${TIME} ${TIME}`), typeof more === 'string' ? hex(more) : more);
}

/** A control message (mode 6). */
export function control(operation: number, data: string, association = 0, more: Bytes = zeros(0)): Bytes {
  return concat(u8(0x16, operation), u16(1), u16(0x9614), u16(association), u16(0), u16(data.length), latin1(data), more);
}

/** A private message (mode 7) with one item. */
export function privately(flags: number, request: number, item: Bytes): Bytes {
  return concat(u8(flags, 0, 3, request), u16(1), u16(item.length), item);
}

const ENDS_WITH_DIGEST = concat(hex('0000 00000001'), zeros(16));

function exchange(name: string, question: Bytes, answer: Bytes): Fixture {
  return fixture(`ntp: ${name}`, [datagram('up', 123, question), datagram('down', 123, answer)], ['eth:ethertype:ip:udp:ntp', 'eth:ethertype:ip:udp:ntp']);
}

export const NTP_FIXTURES: readonly Fixture[] = [
  exchange('the time, with extensions', message(0x23, 0, '00000000', '0104 0010 000102030405060708090a0b 0204 0010 000102030405060708090a0b'), message(0x24, 2, 'c0000201', `0104 0014 ${'00'.repeat(16)} 00000001 ${'aa'.repeat(16)}`)),
  exchange('variables', control(2, ''), control(0x82, 'version="a, b", leap=0, odd')),
  exchange('associations', control(1, '', 0, ENDS_WITH_DIGEST), concat(control(0x81, '\u0000\u0001\u0096\u001a'))),
  ...[0, 2, 4, 7, 10, 20, 42, 44, 99].map((request) => exchange(`private request ${request}`, privately(0x17, request, zeros(32)), privately(0x97, request, zeros(request === 7 ? 60 : 400)))),
];
