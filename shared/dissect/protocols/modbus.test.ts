import { describe, expect, test } from 'vitest';
import { concat, hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { TcpFrames, datagram, treesShownInOrder } from '../frames.test-helper.ts';
import { one } from '../internet.test-helper.ts';
import { MODBUS_FIXTURES, modbusMessage } from './modbus.fixtures.test-helper.ts';

function dissect(frames: TcpFrames): DissectedFrame[] {
  return dissectFrames(frames.frames).slice(3);
}

/** The answer to a query. */
function answer(query: string, content: string): DissectedFrame {
  return dissect(new TcpFrames(502).send('up', modbusMessage(7, query)).send('down', modbusMessage(7, content)))[1] as DissectedFrame;
}

function values(frame: DissectedFrame | undefined, key: string): readonly string[] | undefined {
  return frame?.values[`modbus.${key}`];
}

test('registers and their query, line by line', () => {
  const { tree } = answer('03 006b 0002', '03 04 022b 0064');
  expect(tree.slice(tree.indexOf('Modbus/TCP'))).toMatchInlineSnapshot(`
    "Modbus/TCP
        Transaction Identifier: 7
        Protocol Identifier: 0
        Length: 7
        Unit Identifier: 1
    Modbus
        .000 0011 = Function Code: Read Holding Registers (3)
        [Request Frame: 4]
        [Time from request: 0.001000000 seconds]
        Byte Count: 4
        Register 107 (UINT16): 555
            Register Number: 107
            Register Value (UINT16): 555
        Register 108 (UINT16): 100
            Register Number: 108
            Register Value (UINT16): 100"
  `);
});

describe('the list', () => {
  test.each([
    ['03 0000 0001', '   Query: Trans:     7; Unit:   1, Func:   3: Read Holding Registers'],
    ['08 0002 0000', '   Query: Trans:     7; Unit:   1, Func:   8/  1: Return Diagnostic Register'],
    ['2b 0e 01 00', '   Query: Trans:     7; Unit:   1, Func:  43/  1: Read Device Identification'],
    ['63 00', '   Query: Trans:     7; Unit:   1, Func:  99: Unknown function (99)'],
  ])('%s', (query, info) => {
    expect(dissect(new TcpFrames(502).send('up', modbusMessage(7, query)))[0]?.info).toBe(info);
  });

  test('an exception is told', () => {
    const frame = answer('03 0000 0001', '83 02');
    expect([frame.info, values(frame, 'exception_code')]).toEqual(['Response: Trans:     7; Unit:   1, Func:   3: Read Holding Registers. Exception returned ', ['2']]);
  });
});

describe('answers', () => {
  test('name the bits that were asked for, and no more', () => {
    const frame = answer('01 0013 0009', '01 02 cd01');
    expect(values(frame, 'bitnum')).toEqual(['19', '20', '21', '22', '23', '24', '25', '26', '27']);
    expect(values(frame, 'bitval')).toEqual(['1', '0', '1', '1', '0', '0', '1', '1', '1']);
  });

  test('without a query registers count from 0', () => {
    const frame = dissect(new TcpFrames(502).send('down', modbusMessage(1, '03 04 0001 0002')))[0];
    expect([values(frame, 'regnum16'), values(frame, 'request_frame')]).toEqual([['0', '1'], undefined]);
  });

  test('belong to the query of their transaction', () => {
    const frames = new TcpFrames(502).send('up', concat(modbusMessage(1, '03 0005 0001'), modbusMessage(2, '03 0009 0001'))).send('down', concat(modbusMessage(2, '03 02 0001'), modbusMessage(1, '03 02 0002')));
    const [, both] = dissect(frames);
    expect([values(both, 'regnum16'), values(both, 'request_frame')]).toEqual([['9', '5'], ['4', '4']]);
  });

  test.each([
    ['an event log', '0c', '0c 09 0000 0108 0121 d0 5f 04', 'ev_recv_broadcast', ['1']],
    ['a FIFO queue', '18 04de', '18 0006 0002 01b8 1284', 'data', ['01b81284']],
    ['who the device is', '2b 0e 01 00', '2b 0e 01 01 00 00 01 00 03 616263', 'object_str_value', ['abc']],
    ['data whose length is not as told', '03 0000 0001', '03 04 0001', 'data', ['0001']],
  ])('%s', (_, query, content, key, expected) => {
    expect(values(answer(query, content), key)).toEqual(expected);
  });

  test('packets show the same in any order', () => {
    const frames = MODBUS_FIXTURES[0]?.frames ?? [];
    const order = frames.map((_, index) => index);
    expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
  });
});

describe('the stream', () => {
  const query = modbusMessage(1, '03 0000 0001');

  test('a message in two segments', () => {
    const frames = new TcpFrames(502).send('up', query.subarray(0, 9)).send('up', query.subarray(9));
    expect(dissect(frames).map(({ protocols }) => protocols)).toEqual(['eth:ethertype:ip:tcp', 'eth:ethertype:ip:tcp:mbtcp:modbus']);
  });

  test.each([
    ['another protocol', hex('0001 0005 0006 01 0300000001')],
    ['a length without room for a function', hex('0001 0000 0001 01 0300000001')],
    ['too few bytes', hex('0001 0000 0006 01')],
  ])('%s is not taken for Modbus', (_, bytes) => {
    expect(dissect(new TcpFrames(502).send('up', bytes))[0]?.protocols).toBe('eth:ethertype:ip:tcp:data');
  });

  test('a message that is too short does not keep the next from being read', () => {
    const frames = new TcpFrames(502).send('down', concat(modbusMessage(1, '81'), modbusMessage(2, '03 02 1234')));
    expect(dissect(frames)[0]?.info).toBe('Response: Trans:     2; Unit:   1, Func:   3: Read Holding Registers');
  });

  test.each([
    ['a register without its value', '06 0001', ': Write Single Register'],
    ['a query cut off', '03 0000', ': Read Holding Registers[Malformed Packet]'],
  ])('%s', (_, content, end) => {
    expect(dissect(new TcpFrames(502).send('up', modbusMessage(1, content)))[0]?.info.endsWith(end)).toBe(true);
  });
});

test('over UDP the header is the same', () => {
  const frame = one(datagram('up', 502, modbusMessage(1, '03 0000 0001')));
  expect([frame.protocol, frame.values['mbtcp.trans_id']]).toEqual(['Modbus/UDP', ['1']]);
});
