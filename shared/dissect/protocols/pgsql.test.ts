import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, u16, u32, u8 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { PGSQL_FIXTURES, STARTUP, TLS_REQUEST, message, untyped, z } from './pgsql.fixtures.test-helper.ts';

function dissect(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function said(direction: 'up' | 'down', bytes: Bytes): DissectedFrame {
  return dissect(new TcpFrames(5432).send(direction, bytes))[0] as DissectedFrame;
}

function fixtureFrames(index: number): DissectedFrame[] {
  return dissectFrames(PGSQL_FIXTURES[index]?.frames ?? []).slice(3);
}

function values(frame: DissectedFrame | undefined, key: string): readonly string[] | undefined {
  return frame?.values[`pgsql.${key}`];
}

test('rows, line by line', () => {
  expect(branch(said('down', message('T', u16(1), z('a'), '00000001 0002 00000017 0004 ffffffff 0000')), 'PostgreSQL')).toMatchInlineSnapshot(`
    "PostgreSQL, Row description
        Type: Row description
        Length: 26
        Field count: 1
            Column name: a
                Table OID: 1
                Column index: 2
                Type OID: 23
                Column length: 4
                Type modifier: -1
                Format: Text (0)"
  `);
});

test('the list tells the letters of the messages and their direction', () => {
  expect(fixtureFrames(0).map(({ info }) => info)).toEqual(['>', '<R', '>p', '<R/S/K/Z', '>Q', '<T/D/C/Z', '>X']);
});

describe('values', () => {
  test.each([
    ['up', message('P', z('s'), z('select $1'), u16(2), u32(23), u32(25)), 'oid.type', ['23', '25']],
    ['up', message('B', z('p'), z('s'), u16(0), u16(2), '00000001 35 ffffffff', u16(0)), 'val.length', ['1', '-1']],
    ['up', message('D', latin1('P'), z('p')), 'portal', ['p']],
    ['down', message('D', u16(1), u32(2), '6162'), 'val.data', ['6162']],
    ['down', message('Z', latin1('T')), 'status', ['84']],
    ['down', message('E', latin1('SERROR\0C42P01\0'), u8(0)), 'code', ['42P01']],
    ['down', message('G', '00 0002 0000 0001'), 'format', ['0', '0', '1']],
    ['down', message('y', '00'), 'type', ['Unknown']],
    ['up', STARTUP, 'parameter_value', ['ada', 'db']],
    ['up', untyped('04d2162e', u32(5), u32(6)), 'pid', ['5']],
    ['up', untyped('04d21630'), 'type', ['GSS encrypt request']],
    ['up', untyped('00030009'), 'type', ['Unknown']],
  ] as const)('%s: %s', (direction, bytes, key, expected) => {
    expect(values(said(direction, bytes), key)).toEqual(expected);
  });
});

test('what the server asked for tells how a proof is read', () => {
  expect(fixtureFrames(2).map((frame) => values(frame, 'type')?.[0])).toEqual(['Startup message', 'Authentication request', 'SASLInitialResponse message', 'Authentication request', 'SASLResponse message']);
  expect(values(fixtureFrames(2)[2], 'auth.sasl.data')).toEqual(['6e2c']);
});

describe('TLS', () => {
  test.each([
    ['S', hex('15030100020100'), 'eth:ethertype:ip:tcp:tls'],
    ['N', STARTUP, 'eth:ethertype:ip:tcp:pgsql'],
  ])('after the answer %s', (letter, next, chain) => {
    const [, answer, after] = dissect(new TcpFrames(5432).send('up', TLS_REQUEST).send('down', latin1(letter)).send('up', next));
    expect([answer?.protocol, answer?.info, answer?.protocols]).toEqual(['PGSQL', '<', 'eth:ethertype:ip:tcp']);
    expect(after?.protocols).toBe(chain);
  });
});

describe('streams', () => {
  test('a query in two segments, and what follows it', () => {
    const query = message('Q', z('q'.repeat(300)));
    const frames = new TcpFrames(5432).send('up', query.subarray(0, 100)).send('up', concat(query.subarray(100), message('S')));
    expect(dissect(frames)[1]?.info).toBe('>Q>S');
  });

  test('packets show the same in any order', () => {
    const frames = PGSQL_FIXTURES[2]?.frames ?? [];
    const order = frames.map((_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

test.each([
  ['a text without its end', 'up', message('Q', latin1('select')), '>Q[Malformed Packet]'],
  ['more values than there are', 'down', message('D', u16(5), u32(1)), '<D[Malformed Packet]'],
  ['a message behind a bad one', 'down', concat(message('T', u16(3)), message('Z', latin1('I'))), '<T[Malformed Packet]/Z'],
] as const)('%s', (_, direction, bytes, info) => {
  expect(said(direction, bytes).info).toBe(info);
});
