import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { lines } from '../web-fixtures.test-helper.ts';
import { numberAt } from './resp/scan.ts';
import { latin1 } from '../../../tools/craft/bytes.ts';

/** Packets behind the handshake; every text is a segment. */
function dissect(direction: 'up' | 'down', ...segments: readonly string[]): DissectedFrame[] {
  const frames = new TcpFrames(6379);
  for (const segment of segments) frames.send(direction, lines(segment));
  return dissectFrames(frames.frames).slice(3);
}

function infos(direction: 'up' | 'down', ...segments: readonly string[]): string[] {
  return dissect(direction, ...segments).map(({ info }) => info.replace(/.*Len=\d+ /, ''));
}

test('a command, line by line', () => {
  expect(branch(dissect('up', '*2\n$3\nGET\n$1\nk\n')[0] as DissectedFrame, 'REdis')).toMatchInlineSnapshot(`
    "REdis Serialization Protocol
        Array: Length 2
            Length: 2
            Bulk String: GET
                Length: 3
                Value: 474554
            Bulk String: k
                Length: 1
                Value: 6b"
  `);
});

describe('the list', () => {
  test.each([
    ['up', '*3\n$3\nSET\n$1\nk\n$5\nhello\n', 'Request: SET k hello'],
    ['up', '*1\n$4\nPING\n*1\n$4\nQUIT\n', 'Request: PING QUIT'],
    ['up', '$3\nabc\n', 'Request: BulkString(3)'],
    ['up', `*1\n$100\n${'q'.repeat(100)}\n`, 'Request: BulkString(100)'],
    ['up', 'PING\n', 'Request: [fragment]'],
    ['up', '*1\n*1\n$1\na\n', 'Request:'],
    ['down', '+OK\n', 'Response: OK'],
    ['down', '-ERR bad\n', 'Response: Error: ERR bad'],
    ['down', ':1\n:2\n', 'Response: 1 2'],
    ['down', '*2\n:1\n:2\n', 'Response: Array(2)'],
    ['down', '$-1\n', 'Response:'],
    ['down', '$1\n\u00ff\n', 'Response: BulkString(1)'],
    ['down', '#t\n', 'Response: [fragment]'],
  ] as const)('%s %j', (direction, text, info) => {
    expect(infos(direction, text)).toEqual([info]);
  });
});

describe('streams', () => {
  const CONTINUED = '[TCP segment of a reassembled PDU]';

  test.each([
    ['a bulk string in two segments', ['$10\n01234', '56789\n+OK\n'], [CONTINUED, 'Response: 0123456789Response: OK']],
    ['a line in two segments', ['+PO', 'NG\n'], [CONTINUED, 'Response: PONG']],
    ['a second item that is cut', ['+OK\n$3\nab', 'c\n'], ['Response: OK [continuation]', 'Response: abc']],
    ['an array that is cut within an element', ['*2\n$3\nab', 'c\n:1\n'], [CONTINUED, 'Response: Array(2)']],
    ['an array whose elements go on in the next segment', ['*3\n:1\n', ':2\n'], ['Response: Array(3)', 'Response: 2']],
  ])('%s', (_, segments, expected) => {
    expect(infos('down', ...segments)).toEqual(expected);
  });

  test('packets show the same in any order', () => {
    const frames = new TcpFrames(6379).send('down', lines('$10\n01234')).send('down', lines('56789\n+OK\n')).frames;
    const order = frames.map((_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

describe('faults', () => {
  test.each([['$-5\n'], ['*-5\n']])('a length that cannot be is remarked: %j', (text) => {
    expect(dissect('down', text)[0]?.values['resp.malformed_length']).toEqual(['1']);
  });

  test('a length that is no length is told as it is written', () => {
    const [frame] = dissect('down', '*-532450017895590926\n');
    expect(frame?.values['resp.array.length']).toEqual(['-532450017895590926']);
  });

  test('arrays within arrays are shown up to a depth', () => {
    const frame = dissect('down', `${'*1\n'.repeat(80)}:1\n`)[0];
    expect(frame?.values['resp.array_recursion_too_deep']?.length).toBe(2);
    expect(frame?.values['resp.array']?.length).toBe(80);
  });
});

describe('a packet cut by the snapshot length', () => {
  /** The list's text of a packet of which the last bytes were not captured. */
  function cut(direction: 'up' | 'down', text: string, missing: number): DissectedFrame {
    const frames = new TcpFrames(6379).send(direction, lines(text)).frames;
    const whole = frames.at(-1) as Uint8Array;
    return dissectFrames([whole.subarray(0, whole.length - missing)], { wireLength: whole.length })[0] as DissectedFrame;
  }

  test.each([
    ['up', '*2\n$3\nGET\n$5\nhello\n', 5, 'Request: GET [partial] he'],
    ['up', '*1\n*1\n', 4, 'Request:'],
    ['down', '$5\nhello\n', 3, 'Response: [partial] hell'],
    ['down', '*2\n:1\n+PONG\n', 4, 'Response: Array(2)[Packet size limited during capture]'],
    ['down', ':123\n', 3, 'Response: 12'],
    ['down', '+PONG\n', 3, 'Response:[Packet size limited during capture]'],
  ] as const)('%s %j without %i bytes', (direction, text, missing, info) => {
    expect(cut(direction, text, missing).info).toBe(info);
  });

  test('shows what there is', () => {
    const { values } = cut('up', '*2\n$3\nGET\n$5\nhello\n', 5);
    expect(values['resp.bulk_string.value']).toEqual(['474554', '6865']);
    expect(values['resp.partial']).toHaveLength(1);
  });
});

test.each([
  ['12', 12], [' +7x', 7], ['-3', -3], ['', 0], ['x', 0], ['99999999999999999999', 9_223_372_036_854_775_807n], ['-99999999999999999999', -9_223_372_036_854_775_808n],
])('the number in %j is %s', (text, expected) => {
  expect(numberAt(latin1(text), 0, text.length)).toBe(expected);
});
