import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { EOF, ERROR, MYSQL_FIXTURES, OK, column, connected, counted, greeting, login, packet, z } from './mysql.fixtures.test-helper.ts';

function dissect(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

function fixtureFrames(index: number): DissectedFrame[] {
  return dissectFrames(MYSQL_FIXTURES[index]?.frames ?? []).slice(3);
}

function values(frame: DissectedFrame | undefined, key: string): readonly string[] | undefined {
  return frame?.values[`mysql.${key}`];
}

/** The answer to a command. */
function answer(command: Bytes, ...packets: readonly Bytes[]): DissectedFrame {
  return dissect(connected().send('up', packet(0, command)).send('down', concat(...packets)))[4] as DissectedFrame;
}

const QUERY = concat(hex('03'), latin1('select'));

test('an answer of one row, line by line', () => {
  const frame = answer(QUERY, packet(1, '01'), packet(2, column('a')), packet(3, EOF), packet(4, counted('x')), packet(5, EOF));
  expect(frame.tree.slice(frame.tree.indexOf('MySQL'))).toMatchInlineSnapshot(`
    "MySQL Protocol, number of columns
        Packet Length: 1
        Packet Number: 1
        Number of fields: 1
    MySQL Protocol, column
        Packet Length: 28
        Packet Number: 2
        Catalog: def
        Database: db
        Table: t
        Original table: t
        Name: a
        Original name: a
        Charset number: binary COLLATE binary (63)
        Length: 11
        Type: FIELD_TYPE_LONG (3)
        Flags: 0x0000
            .... .... .... ...0 = Not null: Not set
            .... .... .... ..0. = Primary key: Not set
            .... .... .... .0.. = Unique key: Not set
            .... .... .... 0... = Multiple key: Not set
            .... .... ...0 .... = Blob: Not set
            .... .... ..0. .... = Unsigned: Not set
            .... .... .0.. .... = Zero fill: Not set
            .... ...0 .... .... = Enum: Not set
            .... ..0. .... .... = Auto increment: Not set
            .... .0.. .... .... = Timestamp: Not set
            .... 0... .... .... = Set: Not set
        Decimals: 0
    MySQL Protocol, end
        Packet Length: 5
        Packet Number: 3
        Response Code: EOF Packet (0xfe)
        EOF marker: 254
        Warnings: 0
        Server Status: 0x0002
            .... .... .... ...0 = In transaction: Not set
            .... .... .... ..1. = AUTO_COMMIT: Set
            .... .... .... .0.. = Multi query / Unused: Not set
            .... .... .... 0... = More results: Not set
            .... .... ...0 .... = Bad index used: Not set
            .... .... ..0. .... = No index used: Not set
            .... .... .0.. .... = Cursor exists: Not set
            .... .... 0... .... = Last row sent: Not set
            .... ...0 .... .... = Database dropped: Not set
            .... ..0. .... .... = No backslash escapes: Not set
            .... .0.. .... .... = Metadata changed: Not set
            .... 0... .... .... = Query was slow: Not set
            ...0 .... .... .... = PS Out Params: Not set
            ..0. .... .... .... = In Trans Readonly: Not set
            .0.. .... .... .... = Session state changed: Not set
    MySQL Protocol, row
        Packet Length: 2
        Packet Number: 4
        text: x
    MySQL Protocol, end
        Packet Length: 5
        Packet Number: 5
        Response Code: EOF Packet (0xfe)
        EOF marker: 254
        Warnings: 0
        Server Status: 0x0002
            .... .... .... ...0 = In transaction: Not set
            .... .... .... ..1. = AUTO_COMMIT: Set
            .... .... .... .0.. = Multi query / Unused: Not set
            .... .... .... 0... = More results: Not set
            .... .... ...0 .... = Bad index used: Not set
            .... .... ..0. .... = No index used: Not set
            .... .... .0.. .... = Cursor exists: Not set
            .... .... 0... .... = Last row sent: Not set
            .... ...0 .... .... = Database dropped: Not set
            .... ..0. .... .... = No backslash escapes: Not set
            .... .0.. .... .... = Metadata changed: Not set
            .... 0... .... .... = Query was slow: Not set
            ...0 .... .... .... = PS Out Params: Not set
            ..0. .... .... .... = In Trans Readonly: Not set
            .0.. .... .... .... = Session state changed: Not set"
  `);
  expect(frame.tree.match(/^MySQL/gm)?.length).toBe(5);
});

test('the list tells commands and what came of them', () => {
  expect(fixtureFrames(0).map(({ info }) => info)).toEqual([
    'Server Greeting  proto=10 version=8.0.30 ', 'Login Request user=ada db=db ', 'Response  OK ', 'Request Query', 'Response TABULAR Response ', 'Request Query', 'Response  OK ', 'Request Show Fields', 'Response ',
    'Request Statistics', 'Response ', 'Request Refresh', 'Response  Error 1045 ', 'Request Unknown (99) ', 'Request Send Binlog', 'Response Binlog Event ', 'Request Quit',
  ]);
});

describe('rows', () => {
  test('as text', () => {
    expect(values(fixtureFrames(0)[4], 'row.text')).toEqual(['1', 'xy', 'NULL', 'z']);
  });

  test('in binary, by the types of their columns', () => {
    const frame = fixtureFrames(1)[6];
    expect([values(frame, 'exec.field.long'), values(frame, 'exec.field.null'), values(frame, 'exec.field.string')]).toEqual([['7'], ['1'], ['x', 'y']]);
  });

  test('that begin with an empty text are no OK packets', () => {
    const frame = answer(QUERY, packet(1, '02'), packet(2, column('a', 253)), packet(3, column('b', 253)), packet(4, EOF), packet(5, '00', counted('x')), packet(6, EOF));
    expect([values(frame, 'row.text'), values(frame, 'affected_rows')]).toEqual([['', 'x'], undefined]);
  });

  test('end without EOF packets where client and server agreed so', () => {
    const frame = fixtureFrames(2)[4];
    expect([values(frame, 'row.text'), values(frame, 'eof'), values(frame, 'affected_rows'), frame?.info]).toEqual([['1'], ['254'], ['0'], 'Response TABULAR Response  OK ']);
  });
});

describe('prepared statements', () => {
  test.each([
    ['exec.field.long', ['7']], ['exec.field.unsigned_tiny', ['255']], ['exec.field.float', ['1.5']], ['exec.field.double', ['2.5']], ['exec.field.longlong', ['5']], ['exec.field.string', ['text']],
    ['exec.field.year', ['2020']], ['exec.field.hour', ['3', '2']], ['exec.field.time.days', ['1']],
  ])('parameter %s', (key, expected) => {
    expect(values(fixtureFrames(1)[5], key)).toEqual(expected);
  });

  test('whose preparation was not seen are not read', () => {
    const [request] = dissect(new TcpFrames(3306).send('up', packet(0, '17 09000000 00 01000000 00 01')));
    expect([values(request, 'payload'), values(request, 'prepare_response_needed')]).toEqual([['0001'], ['1']]);
  });
});

describe('beginnings', () => {
  test('attributes of the client', () => {
    const frame = fixtureFrames(0)[1];
    expect([values(frame, 'connattrs.name'), values(frame, 'connattrs.value')]).toEqual([['_os'], ['Linux']]);
  });

  test('MariaDB tells its version behind one of MySQL', () => {
    const [greeted, , switched, answered] = fixtureFrames(3);
    expect([greeted?.info, greeted?.values['mariadb.extcaps.server']]).toEqual(['Server Greeting  proto=10 version=10.6.1-MariaDB ', ['0x0000001f']]);
    expect([switched?.info, values(switched, 'auth_switch_request.name'), answered?.info]).toEqual(['Auth Switch Request ', ['other'], 'Auth Switch Response ']);
  });

  test('an old server and its client', () => {
    const [greeted, client] = fixtureFrames(5);
    expect([greeted?.info, client?.info, values(client, 'passwd')]).toEqual(['Server Greeting  proto=9 version=3.23 ', 'Login Request user=ada ', ['707700']]);
  });

  test('a login that only asks for TLS is followed by it', () => {
    expect(fixtureFrames(4).map(({ protocols }) => protocols.split(':').at(-1))).toEqual(['mysql', 'mysql', 'tls']);
  });

  test('what is spoken in TLS then is MySQL', () => {
    const frames = dissect(new TcpFrames(3306).send('down', packet(0, greeting())).send('up', packet(1, '0faa 1a00 00000001 21', zeros(23))).send('up', hex('1703030002 abcd')));
    expect(frames.at(-1)?.values['tls.app_data_proto']).toEqual(['MySQL Protocol']);
  });

  test('a refusal', () => {
    const [frame] = dissect(new TcpFrames(3306).send('down', packet(0, 'ff 1004', latin1('Too many'))));
    expect([frame?.info, values(frame, 'error.message')]).toEqual(['Server Greeting  Error 1040 ', ['Too many']]);
  });
});

test('what the session tracks', () => {
  const frame = fixtureFrames(2)[6];
  const keys = ['sysvar.value', 'schema', 'state_change', 'gtids'];
  expect(keys.map((key) => values(frame, `session_track.${key}`))).toEqual([['b'], ['test'], ['1'], ['gt']]);
});

describe('streams', () => {
  test('a query in two segments', () => {
    const query = packet(0, '03', latin1('q'.repeat(200)));
    const frames = connected().send('up', query.subarray(0, 3)).send('up', query.subarray(3));
    expect(dissect(frames).slice(3).map(({ protocols, info }) => [protocols.split(':').at(-1), info.replace(/.*\[TCP/, '[TCP')])).toEqual([['tcp', '[TCP segment of a reassembled PDU]'], ['mysql', 'Request Query']]);
  });

  test('an answer in several segments goes on where it was', () => {
    const frames = connected().send('up', packet(0, QUERY)).send('down', packet(1, '01')).send('down', concat(packet(2, column('a')), packet(3, EOF))).send('down', concat(packet(4, counted('x')), packet(5, EOF)));
    expect(dissect(frames).slice(4).map((frame) => [values(frame, 'field.name')?.[0], values(frame, 'row.text')?.[0]])).toEqual([[undefined, undefined], ['a', undefined], [undefined, 'x']]);
  });

  test('packets show the same in any order', () => {
    for (const { frames } of MYSQL_FIXTURES.slice(0, 3)) {
      const order = frames.map((_, index) => index);
      expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
    }
  });
});

describe('faults', () => {
  test.each([
    ['an empty request', packet(0), 'Request[Malformed Packet]'],
    ['an unknown command without content', packet(0, '63'), 'Request Unknown (99) [Malformed Packet]'],
    ['an execution cut off', packet(0, '17 01'), 'Request Execute Statement[Malformed Packet]'],
  ])('%s', (_, bytes, info) => {
    expect(dissect(connected().send('up', bytes))[3]?.info).toBe(info);
  });

  test('a column that is cut off does not keep the next packet from being read', () => {
    const frame = answer(QUERY, packet(1, '01'), packet(2, '09 61'), packet(3, ERROR));
    expect([frame.info, values(frame, 'error_code')]).toEqual(['Response TABULAR Response  Error 1045 ', ['1045']]);
  });

  test('answers from the middle of a conversation are shown as bytes', () => {
    const [frame] = dissect(new TcpFrames(3306).send('down', concat(packet(1, '02'), packet(2, OK))));
    expect([values(frame, 'unknown_response'), values(frame, 'payload')?.[0]]).toEqual([['1'], '02']);
  });
});

test('greetings and logins of the fixtures are whole', () => {
  const frames = new TcpFrames(3306).send('down', packet(0, greeting())).send('up', packet(1, login())).send('down', packet(2, OK, z('')));
  expect(dissect(frames).map((frame) => values(frame, 'dissector_incomplete'))).toEqual([undefined, undefined, ['1']]);
});
