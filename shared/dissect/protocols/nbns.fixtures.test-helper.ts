/** Names of NetBIOS, asked for, answered, registered. */
import { concat, hex, latin1, u16, u32, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, datagram } from '../frames.test-helper.ts';

type Part = string | Bytes;

/** A name and its kind, in the 32 letters that stand for them (RFC 1001 §14.1). */
export function encoded(name: string, kind: number, scope = '00'): Bytes {
  const letters = [...latin1(name.padEnd(15)), kind].flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]);
  return concat(u8(32, ...letters), hex(scope));
}

const HOST = encoded('HOST', 0x20);
const HERE = 'c00c';

function message(flags: number, counts: string, ...rest: readonly Part[]): Bytes {
  return bytesOf(u16(0x1234), u16(flags), counts, ...rest);
}

export function question(flags: number, name = HOST, type = 32): Bytes {
  return message(flags, '0001 0000 0000 0000', name, u16(type), '0001');
}

export function record(name: Part, type: number, seconds: number, ...data: readonly Part[]): Bytes {
  const content = bytesOf(...data);
  return concat(bytesOf(name, u16(type), '0001', u32(seconds)), u16(content.length), content);
}

export function answer(flags: number, ...records: readonly Bytes[]): Bytes {
  return message(flags, `0000 ${String(records.length).padStart(4, '0')} 0000 0000`, ...records);
}

/** A question with the name's address behind it. */
function registration(flags: number): Bytes {
  return message(flags, '0001 0000 0000 0001', HOST, '0020 0001', record(HERE, 32, 300_000, '6000 0a000005'));
}

/** Names of an adapter, and what it counts. */
export const STATUS = bytesOf('03', latin1('HOST'.padEnd(15)), '00 0400', latin1('GROUP'.padEnd(15)), '00 8400', hex('0102'), latin1('__MSBROWSE__'), '02 01 fe00', '020000000001', zeros(40));

export function up(bytes: Bytes): Bytes {
  return datagram('up', 137, bytes, 137);
}

export function down(bytes: Bytes): Bytes {
  return datagram('down', 137, bytes, 137);
}

export const EXCHANGE = [up(question(0x0110)), down(answer(0x8580, record(HOST, 32, 300_000, '6000 0a000005'))), up(question(0x0000, encoded('*'.padEnd(15, '\0'), 0), 33)), down(answer(0x8400, record(encoded('*'.padEnd(15, '\0'), 0), 33, 0, STATUS)))];

const REST = [
  up(registration(0x2910)), down(answer(0xad80, record(HOST, 32, 5, '0000 0a000005'))), down(answer(0xad86, record(HOST, 32, 5, '0000 0a000005'))), up(registration(0x3010)), up(registration(0x4010)), up(registration(0x7910)), down(answer(0xbc00, record(HOST, 32, 5, '0110'))), down(answer(0x8583, record(HOST, 10, 0))),
  up(question(0x0110, encoded('HOST', 0x1b, '0573636f706503636f6d00'))), up(message(0x0110, '0001 0000 0000 0000', '04 61626364 00 0020 0001')), up(message(0x0110, '0002 0000 0000 0000', HOST, '0020 0001', HERE, '0021 8001')), up(question(0x0110, HOST, 99)),
];

const CHAIN = 'eth:ethertype:ip:udp:nbns';

export const NBNS_FIXTURES: readonly Fixture[] = [fixture('nbns: a query and a status', EXCHANGE, EXCHANGE.map(() => CHAIN)), fixture('nbns: registrations and the rest', REST, REST.map(() => CHAIN))];
