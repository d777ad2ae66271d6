/** Connections to PostgreSQL: a simple query, a prepared one, proofs, errors and a hand-over to TLS. */
import { concat, hex, latin1, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { TcpFrames } from '../frames.test-helper.ts';

type Part = string | Bytes;

/** Text that a zero ends. */
export function z(text: string): Bytes {
  return latin1(`${text}\0`);
}

function joined(parts: readonly Part[]): Bytes {
  return concat(...parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
}

export function message(letter: string, ...parts: readonly Part[]): Bytes {
  const body = joined(parts);
  return concat(latin1(letter), u32(body.length + 4), body);
}

/** A message without a letter. */
export function untyped(...parts: readonly Part[]): Bytes {
  const body = joined(parts);
  return concat(u32(body.length + 4), body);
}

export const STARTUP = untyped('00030000', z('user'), z('ada'), z('database'), z('db'), u8(0));
export const TLS_REQUEST = untyped('04d2162f');
const READY = message('Z', latin1('I'));
const COLUMN = joined([z('a'), '00000001 0002 00000017 0004 ffffffff 0000']);

const SIMPLE = new TcpFrames(5432)
  .send('up', STARTUP)
  .send('down', message('R', '00000005 01020304'))
  .send('up', message('p', z('md5secret')))
  .send('down', concat(message('R', '00000000'), message('S', z('server_version'), z('15')), message('K', '00000007 00000008'), READY))
  .send('up', message('Q', z('select 1')))
  .send('down', concat(message('T', u16(1), COLUMN), message('D', u16(2), '00000001 31 ffffffff'), message('C', z('SELECT 1')), READY))
  .send('up', message('X'));

const PREPARED = new TcpFrames(5432)
  .send('up', concat(message('P', z('s'), z('select $1'), u16(1), '00000017'), message('B', z('p'), z('s'), '0001 0000', '0001 00000001 35', '0001 0001'), message('D', latin1('S'), z('s')), message('E', z('p'), u32(0)), message('C', latin1('P'), z('p')), message('S')))
  .send('down', concat(message('1'), message('2'), message('t', u16(1), '00000017'), message('n'), message('s'), message('3'), READY))
  .send('up', concat(message('F', '00000063 0001 0000 0001 00000002 6162 0001'), message('d', '31'), message('c'), message('f', z('no'))))
  .send('down', concat(message('V', '00000001 31'), message('G', '00 0001 0000'), message('H', '01 0001 0001'), message('d', '31'), message('A', u32(5), z('c'), z('t')), message('v', u32(0), u32(1), z('x')), message('I')))
  .send('down', concat(message('E', latin1('SERROR\0C42P01\0Mno\0Zother\0'), u8(0)), message('N', latin1('Mwell\0'), u8(0))));

const PROVEN = new TcpFrames(5432)
  .send('up', STARTUP)
  .send('down', message('R', u32(10), z('SCRAM-SHA-256'), u8(0)))
  .send('up', message('p', z('SCRAM-SHA-256'), u32(2), '6e2c'))
  .send('down', message('R', u32(11), '723d'))
  .send('up', message('p', '633d'));

const SECURED = new TcpFrames(5432).send('up', TLS_REQUEST).send('down', latin1('S')).send('up', hex('15030100020100'));

export const PGSQL_FIXTURES: readonly Fixture[] = [
  fixture('pgsql: a simple query', ...over(SIMPLE, ['', '', '', ':pgsql', ':pgsql', ':pgsql', ':pgsql', ':pgsql', ':pgsql', ':pgsql'])),
  fixture('pgsql: a prepared statement, a copy and errors', ...over(PREPARED, ['', '', '', ':pgsql', ':pgsql', ':pgsql', ':pgsql', ':pgsql'])),
  fixture('pgsql: a proof by SCRAM', ...over(PROVEN, ['', '', '', ':pgsql', ':pgsql', ':pgsql', ':pgsql', ':pgsql'])),
  fixture('pgsql: over to TLS', ...over(SECURED, ['', '', '', ':pgsql', '', ':tls'])),
  fixture('pgsql: other beginnings', ...over(new TcpFrames(5432).send('up', untyped('04d2162e', u32(5), u32(6))).send('up', untyped('00020000')), ['', '', '', ':pgsql', ':pgsql'])),
];
