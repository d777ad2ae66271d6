import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { ALL_OPTIONS, down, up } from './dccp.fixtures.test-helper.ts';

const REQUEST = up({ type: 0, sequence: 1000, rest: '00000000', options: '20040102' });
const RESPONSE = down({ type: 1, sequence: 500, acknowledgment: 1000, rest: '53594c47' });
const DATA = up({ type: 4, sequence: 1002, acknowledgment: 500, data: '414243' });

test('a connection counts from its first packets', () => {
  const shown = dissectFrames([REQUEST, RESPONSE, DATA]);
  expect(shown.map(({ info }) => info)).toEqual([
    '4000 → 5001 [Request] Seq=0 (service=not specified)', '5001 → 4000 [Response] Seq=0 (Ack=0) (service=SYLG: Syslog Protocol)', '4000 → 5001 [DataAck] Seq=2 (Ack=0)',
  ]);
  expect(shown.map(({ values }) => values['dccp.stream'])).toEqual([['0'], ['0'], ['0']]);
  expect(branch(shown[2] as DissectedFrame, 'Datagram Congestion')).toBe(`Datagram Congestion Control Protocol, Src Port: 4000, Dst Port: 5001
    Source Port: 4000
    Destination Port: 5001
    [Stream index: 0]
    Data Offset: 6
    .... 0000 = Checksum Coverage: 0
    0000 .... = CCVal: 0
    Checksum: 0x0000 incorrect, should be 0x2f77
        [Expert Info (Error/Checksum): Bad checksum [should be 0x2f77]]
    [Checksum Status: Bad (0)]
    ...0 100. = Type: DataAck (4)
    .... ...1 = Extended Sequence Numbers: True
    Sequence Number: 2    (relative sequence number)
    Sequence Number (raw): 1002
    Acknowledgement Number: 0    (relative acknowledgement number)
    Acknowledgement Number (raw): 500`);
});

test('whatever is shown first', () => {
  expect(treesShownInOrder([REQUEST, RESPONSE, DATA], [2, 1, 0])).toEqual(treesShownInOrder([REQUEST, RESPONSE, DATA], [0, 1, 2]));
});

test('without a request only the numbers themselves are known', () => {
  const { values, info } = one(DATA);
  expect(values['dccp.seq_raw']).toEqual(['1002']);
  expect(values).not.toHaveProperty(['dccp.seq']);
  expect(info).toContain('Seq=1002 (Ack=500)');
});

test('numbers of 24 bits count around their end', () => {
  const shown = dissectFrames([REQUEST, up({ type: 2, sequence: 77, isShort: true, data: '01' })]);
  expect(shown[1]?.values['dccp.seq']).toEqual(['77', '16776293']);
});

test('other ports are another conversation', () => {
  const shown = dissectFrames([DATA, up({ type: 2, sequence: 1, ports: [4001, 5001] }), down({ type: 2, sequence: 1, ports: [5001, 4001] })]);
  expect(shown.map(({ values }) => values['dccp.stream'])).toEqual([['0'], ['1'], ['1']]);
});

test('options', () => {
  const { values, tree } = one(up({ type: 3, sequence: 1, acknowledgment: 2, options: ALL_OPTIONS }));
  expect(values).toMatchObject({
    'dccp.padding': ['00', '00'], 'dccp.mandatory': ['01'], 'dccp.slow_receiver': ['02'], 'dccp.feature_number': ['1', '2', '5'], 'dccp.init_cookie': ['010203'], 'dccp.ndp_count': ['1108152157446'],
    'dccp.ack_vector.nonce_0': ['c001'], 'dccp.ack_vector.nonce_1': ['40'], 'dccp.data_dropped': ['8001'], 'dccp.timestamp': ['9'], 'dccp.timestamp_echo': ['7'], 'dccp.elapsed_time': ['5', '5'],
    'dccp.checksum_data': ['0x12345678'], 'dccp.option_reserved': ['01'], 'dccp.ccid_option_data': ['01'], 'dccp.ccid3_loss_event_rate': ['1'], 'dccp.ccid3_loss_intervals': ['0102'], 'dccp.ccid3_receive_rate': ['3'],
  });
  expect(tree).toContain('            Values: 3, 4\n');
});

describe('lengths that cannot be', () => {
  test.each([
    ['an option shorter than its header', up({ type: 3, sequence: 1, acknowledgment: 2, options: '2501' }), 'dccp.option.len.bad'],
    ['a time of one byte', up({ type: 3, sequence: 1, acknowledgment: 2, options: '290301' }), 'dccp.option.len.bad'],
    ['a header shorter than any', up({ type: 3, sequence: 1, acknowledgment: 2, words: 3 }), 'dccp.advertised_header_length.bad'],
    ['a header shorter than its type needs', up({ type: 7, sequence: 1, acknowledgment: 2 }), 'dccp.advertised_header_length.bad'],
    ['a type that does not exist', up({ type: 13, sequence: 1 }), 'dccp.packet_type.reserved'],
  ])('%s', (_, frame, remark) => {
    expect(one(frame).values).toHaveProperty([remark]);
  });

  test('a header longer than the packet is malformed, one that the capture cut is not', () => {
    expect(one(up({ type: 3, sequence: 1, acknowledgment: 2, words: 200 })).info).toContain('[Malformed Packet]');
    expect(one(DATA.subarray(0, 48), { wireLength: DATA.length }).tree).toContain('Packet size limited during capture: DCCP truncated');
  });
});
