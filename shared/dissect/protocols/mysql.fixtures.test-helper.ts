/** Connections to MySQL: queries, prepared statements, other ways to log in, and a hand-over to TLS. */
import { concat, hex, latin1, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

type Part = string | Bytes;

export function joined(...parts: readonly Part[]): Bytes {
  return concat(...parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
}

/** A packet: length, number, body. */
export function packet(number: number, ...parts: readonly Part[]): Bytes {
  const body = joined(...parts);
  return concat(u8(body.length & 0xff, body.length >> 8, 0, number), body);
}

/** Text that a zero ends. */
export function z(text: string): Bytes {
  return latin1(`${text}\0`);
}

/** Text with its length. */
export function counted(text: string): Bytes {
  return concat(u8(text.length), latin1(text));
}

interface LoginParts {
  readonly caps?: string;
  readonly extended?: string;
}

export function greeting(version = '8.0.30', extended = 'ffdf'): Bytes {
  const isMariaDb = version.startsWith('5.5.5-');
  return joined('0a', z(version), '07000000', z('abcdefgh'), 'ffff 21 0200', extended, '15', zeros(6), isMariaDb ? '1f000000' : zeros(4), z('ijklmnopqrst'), z('mysql_native_password'));
}

/** Capabilities: 4.1, a database, and in the extended ones plugins and attributes. */
export function login({ caps = '0fa2', extended = '1a00' }: LoginParts = {}): Bytes {
  return joined(caps, extended, '00000001 21', zeros(23), z('ada'), counted('secret'), z('db'), z('mysql_native_password'), counted(`${'\u0003'}_os${'\u0005'}Linux`));
}

export const OK = hex('00 00 00 0200 0000');
export const EOF = hex('fe 0000 0200');
export const ERROR = joined('ff 1504', latin1('#28000Access denied'));

export function column(name: string, type = 3, flags = '0000'): Bytes {
  return joined(counted('def'), counted('db'), counted('t'), counted('t'), counted(name), counted(name), '0c 3f00 0b000000', u8(type), flags, '00 0000');
}

/** A connection that is ready for commands; `rest` are what login tells else. */
export function connected(parts: LoginParts = {}): TcpFrames {
  return new TcpFrames(3306).send('down', packet(0, greeting())).send('up', packet(1, login(parts))).send('down', packet(2, OK));
}

const ROWS = concat(packet(1, '02'), packet(2, column('a')), packet(3, column('b', 253)), packet(4, EOF), packet(5, counted('1'), counted('xy')), packet(6, 'fb', counted('z')), packet(7, EOF));

const SIMPLE = connected()
  .send('up', packet(0, '03', latin1('select 1')))
  .send('down', ROWS)
  .send('up', packet(0, '03', latin1('update')))
  .send('down', packet(1, '00 05 07 0200 0100', latin1('done')))
  .send('up', packet(0, '04', z('t')))
  .send('down', concat(packet(1, column('a'), counted('0')), packet(2, EOF)))
  .send('up', packet(0, '09'))
  .send('down', packet(1, latin1('Uptime: 5')))
  .send('up', packet(0, '07 ff'))
  .send('down', packet(1, ERROR))
  .send('up', packet(0, '63 01'))
  .send('up', packet(0, '12 04000000 0000 01000000', latin1('log.1')))
  .send('down', packet(1, '00 05000000 04 01000000 1e000000 64000000 0000 01020304050607 43434343'))
  .send('up', packet(0, '01'));

const PARAMETERS = joined('17 01000000 00 01000000 00 01', '0300 0180 0400 0500 0800 fd00 0c00 0b00', '07000000 ff 0000c03f 0000000000000440 0500000000000000', counted('text'), '07 e407 01 02 03 04 05', '08 00 01000000 02 03 04');

const PREPARED = connected()
  .send('up', packet(0, '16', latin1('select ?')))
  .send('down', concat(packet(1, '00 01000000 0200 0800 00 0000'), ...Array.from({ length: 8 }, (_, index) => packet(2 + index, column('?'))), packet(10, EOF), packet(11, column('a')), packet(12, column('b')), packet(13, EOF)))
  .send('up', packet(0, PARAMETERS))
  .send('down', concat(packet(1, '02'), packet(2, column('a')), packet(3, column('b', 253)), packet(4, EOF), packet(5, '00 00 07000000', counted('x')), packet(6, '00 04', counted('y')), packet(7, EOF)))
  .send('up', packet(0, '18 01000000 0000 6162'))
  .send('up', packet(0, '19 01000000'));

/** Session tracking, no EOF packets, attributes of queries. */
const MODERN = connected({ extended: '9a09' })
  .send('up', packet(0, '03 01 01 00 01 fe00', counted('n'), counted('v'), latin1('select')))
  .send('down', concat(packet(1, '01'), packet(2, column('a')), packet(3, counted('1')), packet(4, 'fe 00 00 2200 0000')))
  .send('up', packet(0, '03 00 01', latin1('set')))
  .send('down', packet(1, '00 00 00 0240 0000 00 1a 00 04', counted('a'), counted('b'), '01 05', counted('test'), '02 02 01 31', '03 04 00', counted('gt')));

const SWITCHED = new TcpFrames(3306)
  .send('down', packet(0, greeting('5.5.5-10.6.1-MariaDB')))
  .send('up', packet(1, login()))
  .send('down', packet(2, 'fe', z('other'), '0102'))
  .send('up', packet(3, '0304'))
  .send('down', packet(4, OK));

const SECURED = new TcpFrames(3306).send('down', packet(0, greeting())).send('up', packet(1, '0faa 1a00 00000001 21', zeros(23))).send('up', hex('15030100020100'));

const MYSQL = ':mysql';

function chains(frames: TcpFrames): readonly string[] {
  return frames.frames.map((_, index) => (index < 3 ? '' : MYSQL));
}

export const MYSQL_FIXTURES: readonly Fixture[] = [
  fixture('mysql: commands and answers', ...over(SIMPLE, chains(SIMPLE))),
  fixture('mysql: a prepared statement', ...over(PREPARED, chains(PREPARED))),
  fixture('mysql: session tracking and attributes', ...over(MODERN, chains(MODERN))),
  fixture('mysql: MariaDB, and another way to log in', ...over(SWITCHED, chains(SWITCHED))),
  fixture('mysql: over to TLS', ...over(SECURED, ['', '', '', MYSQL, MYSQL, ':tls'])),
  fixture('mysql: an old server', ...over(new TcpFrames(3306).send('down', packet(0, '09', z('3.23'), '05000000', z('abcdefgh'))).send('up', packet(1, '0100 000000', z('ada'), z('pw'))), ['', '', '', MYSQL, MYSQL])),
];
