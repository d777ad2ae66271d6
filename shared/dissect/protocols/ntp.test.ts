import { describe, expect, test } from 'vitest';
import { concat, hex, latin1, u16, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram, treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { control, message, NTP_FIXTURES, privately } from './ntp.fixtures.test-helper.ts';

function read(bytes: Bytes): DissectedFrame {
  return one(datagram('up', 123, bytes));
}

test('an answer as a tree', () => {
  expect(branch(read(message(0x24, 1, '47505300', '00000001 aabb')), 'Network Time Protocol')).toBe(
    [
      'Network Time Protocol (NTP Version 4, server)',
      '    Flags: 0x24',
      '        00.. .... = Leap Indicator: no warning (0)',
      '        ..10 0... = Version number: NTP Version 4 (4)',
      '        .... .100 = Mode: server (4)',
      '    Peer Clock Stratum: primary reference (1)',
      '    Peer Polling Interval: 6 (64 seconds)',
      '    Peer Clock Precision: 0.000001 seconds',
      '    Root Delay: 1.000000 seconds',
      '    Root Dispersion: 0.500000 seconds',
      '    Reference ID: Global Position System',
      '    Reference Timestamp: Nov  6, 2023 19:49:36.500000000 UTC',
      '    Origin Timestamp: Nov  6, 2023 19:49:36.500000000 UTC',
      '    Receive Timestamp: Nov  6, 2023 19:49:36.500000000 UTC',
      '    Transmit Timestamp: Nov  6, 2023 19:49:36.500000000 UTC',
      '    Key ID: 00000001',
      '    Message Authentication Code: aabb',
    ].join('\n'),
  );
});

describe('where the time is from', () => {
  test.each([
    [0, '52415445', 'Reference ID: Kiss code RATE: rate exceeded: ask less often'],
    [0, '00000000', 'Reference ID: NULL'],
    [1, '58595a00', "Reference ID: Unidentified reference source 'XYZ'"],
    [2, 'c0000201', 'Reference ID: 192.0.2.1'],
  ])('stratum %i, %s', (stratum, reference, line) => {
    expect(read(message(0x24, stratum, reference)).tree).toContain(line);
  });
});

test('times before 1970 and after 2036, and none', () => {
  const shown = read(concat(hex('24 01 06 ec 00000000 00000000 00000000'), hex('80000000 00000000  00000001 00000000  0000000000000000'), zeros(8)));
  expect([shown.values['ntp.reftime'], shown.values['ntp.org'], shown.values['ntp.rec']]).toEqual([['Jan 20, 1968 03:14:08.000000000 UTC'], ['Feb  7, 2036 06:28:17.000000000 UTC'], ['NULL']]);
});

describe('extensions and checksums', () => {
  test.each([
    ['0104 0010 000000000000000000000000 0204 0010 000000000000000000000000', ['0x0104', '0x0204'], undefined],
    [`0104 0010 000000000000000000000000 00000007 ${'aa'.repeat(16)}`, ['0x0104'], ['00000007']],
    [`00000007 ${'aa'.repeat(20)}`, undefined, ['00000007']],
    ['00000000', undefined, ['00000000']],
  ])('%s', (more, types, keys) => {
    const { values } = read(message(0x23, 0, '00000000', more));
    expect([values['ntp.ext.type'], values['ntp.keyid']]).toEqual([types, keys]);
  });

  test('a length that is no multiple of four', () => {
    expect(read(message(0x23, 0, '00000000', '0104 0012 0000000000000000000000000000')).values['ntp.ext.invalid_length']).toEqual(['1']);
  });
});

test('questions and answers find each other', () => {
  const frames = [datagram('up', 123, message(0x23, 0, '00000000')), datagram('down', 123, message(0x24, 2, 'c0000201')), datagram('down', 123, message(0x24, 2, 'c0000201'))];
  const [question, answer, again] = dissectFrames(frames);
  expect([question?.values['ntp.response_in'], answer?.values['ntp.request_in'], answer?.values['ntp.delta_time'], again?.values['ntp.request_in']]).toEqual([['2'], ['1'], ['0.001000000'], undefined]);
  expect(treesShownInOrder(frames, [2, 0, 1])).toEqual(treesShownInOrder(frames, [0, 1, 2]));
});

describe('control messages', () => {
  test('associations and their states', () => {
    const shown = read(control(0x81, '\u0000\u0007\u0096\u001a'));
    expect([shown.info, shown.values['ntp.ctrl.associd'], shown.values['ntp.ctrl.peer_status.code']]).toEqual(['NTP Version 2, control', ['0', '7'], ['10']]);
  });

  test('variables, one a line', () => {
    const { tree } = read(control(0x82, 'version="a, b", leap=0, odd'));
    expect(tree.split('\n').slice(-3)).toEqual(['        version="a, b"', '        leap=0', '        odd']);
  });

  test.each([
    [0x84, 0, 'ntp.ctrl.clock_status.status', '150'],
    [0x82, 5, 'ntp.ctrl.peer_status.selection', '6'],
    [0xc2, 0, 'ntp.ctrl.err_status', '150'],
    [0x8c, 0, 'ntp.ctrl.nonce', 'text'],
  ])('operation %i of association %i', (operation, association, field, value) => {
    expect(read(control(operation, 'text', association)).values[field]).toEqual([value]);
  });

  test('a checksum behind the data', () => {
    const shown = read(control(8, 'ab', 0, concat(hex('0000 00000009'), zeros(16))));
    expect([shown.values['ntp.padding'], shown.values['ntp.key_index'], shown.values['ntp.key_type']]).toEqual([['0000'], ['0x00000009'], ['0']]);
  });
});

describe('private messages', () => {
  test('who has asked', () => {
    const shown = read(privately(0x97, 42, hex(`00000001 00000002 00000003 00000004 c0000201 c0000202 00000005 007b 03 04 ${'00'.repeat(40)}`)));
    expect(shown.info).toBe('NTP Version 2, private, Response, MON_GETLIST_1');
    expect([shown.values['ntp.priv.monlist.remote_address'], shown.values['ntp.priv.monlist.port']]).toEqual([['192.0.2.1'], ['123']]);
    expect(shown.tree).toContain('Monlist item: address: 192.0.2.1:123');
  });

  test('more items than bytes', () => {
    const shown = read(concat(hex('97 00 03 05'), u16(200), u16(52), zeros(60)));
    expect([shown.values['ntp.priv.mode7.item']?.length, shown.info.endsWith('[Malformed Packet]')]).toEqual([1, true]);
  });

  test('texts end with their first NUL', () => {
    const item = concat(zeros(16), latin1('/etc/keys'), zeros(200));
    expect(read(privately(0x17, 10, item)).values['ntp.priv.mode7.key_file']).toEqual(['/etc/keys']);
  });
});

test('every fixture of a private request names its request', () => {
  for (const { name, frames } of NTP_FIXTURES.filter(({ name: title }) => title.startsWith('ntp: private'))) expect(one(frames[0] as Bytes).values['ntp.priv.reqcode']).toEqual([name.split(' ').at(-1)]);
});

test('half a message', () => {
  const shown = read(message(0x23, 3, '00000000').subarray(0, 2));
  expect([shown.info, shown.values['ntp.stratum']]).toEqual(['NTP Version 4, client[Malformed Packet]', ['3']]);
});
