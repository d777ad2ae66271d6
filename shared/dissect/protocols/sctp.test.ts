import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch, icmpMessage, ipv4Frame, one } from '../internet.test-helper.ts';
import { chunk, data, down, early, parameter, sack, up } from './sctp.fixtures.test-helper.ts';

/** A field's values in each frame. */
function valuesOf(frames: readonly Uint8Array[], name: string): readonly unknown[] {
  return dissectFrames(frames).map(({ values }) => values[name]?.join(','));
}

const ADDRESS = parameter(5, '0a000009');

test('a packet with an acknowledgment and a message', () => {
  const [, answer] = dissectFrames([up(data(100, '0102')), down(sack(100, [[2, 3]], [100]), data(200, '03', { stream: 1, order: 7, protocol: 46 }))]) as [DissectedFrame, DissectedFrame];
  expect(answer).toMatchObject({ protocols: 'eth:ethertype:ip:sctp:data', protocol: 'SCTP', info: 'SACK (Ack=0+3, Arwnd=65535) DATA (TSN=0) ' });
  expect(branch(answer, 'Stream Control')).toBe(`Stream Control Transmission Protocol, Src Port: 5000, Dst Port: 5000
    Source port: 5000
    Destination port: 5000
    Verification tag: 0xaaaaaaaa
    Checksum: 0x00000000
    [Checksum Status: Unverified (2)]
    SACK chunk (Cumulative TSN: 100, a_rwnd: 65535, gaps: 1, duplicate TSNs: 1)
        Chunk type: SACK (3)
            0... .... = Bit: Stop processing of the packet
            .0.. .... = Bit: Do not report
        Chunk flags: 0x00
            .... ...0 = Nounce sum: 0
        Chunk length: 24
        Cumulative TSN ACK (relative): 0
        Cumulative TSN ACK (absolute): 100
        Advertised receiver window credit (a_rwnd): 65535
        Number of gap acknowledgement blocks: 1
        Number of duplicated TSNs: 1
        Gap Acknowledgement for TSN 2 to 3
            Start: 2
                [Start TSN: 2]
            End: 3
                [End TSN: 3]
        [Number of TSNs in gap acknowledgement blocks: 2]
        Duplicate TSN: 100
    DATA chunk (ordered, complete segment, TSN: 0, SID: 1, SSN: 7, PPID: 46, payload length: 1 byte)
        Chunk type: DATA (0)
            0... .... = Bit: Stop processing of the packet
            .0.. .... = Bit: Do not report
        Chunk flags: 0x03
            .... 0... = I-Bit: Possibly delay SACK
            .... .0.. = U-Bit: Ordered delivery
            .... ..1. = B-Bit: First segment
            .... ...1 = E-Bit: Last segment
        Chunk length: 17
        Transmission sequence number (relative): 0
        Transmission sequence number (absolute): 200
        Stream identifier: 0x0001
        Stream sequence number: 7
        Payload protocol identifier: DIAMETER (46)
        Chunk padding: 000000
    [Association index: not counted]`);
});

describe('parameters say what they hold', () => {
  test.each([
    [parameter(12, '00050006000b'), 'Supported address types parameter (Supported types: IPv4, IPv6, hostname)'],
    [parameter(11, '686f737400'), 'Hostname address parameter (Hostname: host)'],
    [parameter(0x8003, '00c1'), 'Authenticated Chunk list parameter (Chunk types to be authenticated: DATA, ASCONF)'],
    [parameter(0x8004, '00030001'), 'Requested HMAC Algorithm parameter (Supported HMACs: SHA-256, SHA-1)'],
    [parameter(0x8008, 'c082'), 'Supported Extensions parameter (Supported types: FORWARD_TSN, RE_CONFIG)'],
    [parameter(0xc001, '00000007', ADDRESS), 'Add IP address parameter (Address: 10.0.0.9, correlation ID: 7)'],
    [parameter(6, '20010db8000000000000000000000001'), 'IPv6 address parameter (Address: 2001:db8::1)'],
    [parameter(0x4321, '010203'), 'Unknown parameter (Type 17185, value length: 3 bytes)'],
  ])('%#: %s', (content, words) => {
    expect(one(early(chunk(1, 0, 'aaaaaaaa 0000ffff 0010 0011 00000064', content))).tree).toContain(`        ${words}\n`);
  });

  test('padding that belongs to the chunk is remarked on', () => {
    expect(one(early(chunk(1, 0, 'aaaaaaaa 0000ffff 0010 0011 00000064', parameter(11, '6162')))).values).toHaveProperty(['sctp.parameter_padding.expert']);
  });
});

test.each([
  [parameter(1, '00050000'), 'Invalid stream identifier cause (SID: 5)'],
  [parameter(3, '00000123'), 'Stale cookie error cause (Measure: 291 usec)'],
  [parameter(6, chunk(63, 0, '0102')), 'Unrecognized chunk type cause (Type: 63 (unknown))'],
  [parameter(11, ADDRESS), 'Restart of an association with new addresses cause (New addresses: 10.0.0.9)'],
  [parameter(0xa0, parameter(0xc002, '00000001', ADDRESS)), 'Request to delete last address cause (Last address: 10.0.0.9)'],
  [parameter(0x99, '0102'), 'Unknown cause (Code: 153, information length: 2 bytes)'],
])('causes: %# %s', (cause, words) => {
  expect(one(up(chunk(9, 0, cause))).tree).toContain(`        ${words}\n`);
});

describe('messages in several chunks', () => {
  const first = up(data(100, '0102', { flags: 2 }));
  const middle = up(data(101, '0304', { flags: 0 }));
  const last = up(data(102, '05', { flags: 1 }));

  test('are shown where their last part comes, in whatever order', () => {
    const shown = dissectFrames([first, last, middle]);
    expect(shown.map(({ protocols }) => protocols)).toEqual(['eth:ethertype:ip:sctp', 'eth:ethertype:ip:sctp', 'eth:ethertype:ip:sctp:data']);
    expect(shown.map(({ info }) => info)).toEqual(['DATA (TSN=0) (Message Fragment) ', 'DATA (TSN=2) (Message Fragment) ', 'DATA (TSN=1) ']);
    expect(shown.map(({ values }) => values['sctp.reassembled_in'])).toEqual([['3'], ['3'], undefined]);
    expect(shown[2]?.values).toMatchObject({ 'sctp.fragment': ['1', '3', '2'], 'data.data': ['0102030405'] });
  });

  test('within one packet', () => {
    const [frame] = dissectFrames([up(data(7, '0102', { flags: 2 }), data(8, '03', { flags: 1 }), data(9, '04'))]);
    expect(frame).toMatchObject({ protocols: 'eth:ethertype:ip:sctp:data:data', values: { 'data.data': ['010203', '04'], 'sctp.reassembled_in': ['1'] } });
  });

  test('of different streams are kept apart', () => {
    expect(valuesOf([up(data(1, '01', { flags: 2, stream: 1 })), up(data(2, '02', { flags: 1, stream: 2 }))], 'sctp.fragments')).toEqual([undefined, undefined]);
  });

  test('interleaved ones go by their own numbers', () => {
    const part = (flags: number, tsn: string, fragment: string, payload: string): Uint8Array => up(chunk(64, flags, tsn, '0001 0000 00000007', fragment, payload));
    expect(valuesOf([part(2, '00000001', '0000002e', '01'), part(1, '00000009', '00000001', '02')], 'data.data')).toEqual([undefined, '0102']);
  });

  test('whatever is shown first', () => {
    expect(treesShownInOrder([first, last, middle], [2, 0, 1])).toEqual(treesShownInOrder([first, last, middle], [0, 1, 2]));
  });
});

describe('repeats', () => {
  const frames = [up(data(1, '01')), up(data(2, '02')), up(data(1, '01')), down(sack(2)), up(data(1, '01'))];

  test('point at the first, the first at them', () => {
    expect(valuesOf(frames, 'sctp.retransmission')).toEqual([undefined, undefined, '1', undefined, '1']);
    expect(valuesOf(frames, 'sctp.retransmitted')).toEqual(['3,5', undefined, undefined, undefined, undefined]);
    expect(valuesOf(frames, 'sctp.retransmission_time')).toEqual([undefined, undefined, '0.002000000', undefined, '0.004000000']);
  });

  test('hand nothing on', () => {
    expect(dissectFrames(frames).map(({ protocols }) => protocols.replace('eth:ethertype:ip:', ''))).toEqual(['sctp:data', 'sctp:data', 'sctp', 'sctp', 'sctp']);
  });

  test('after an acknowledgment are odd', () => {
    expect(valuesOf(frames, 'sctp.acked')).toEqual(['4', undefined, '4', undefined, '4']);
    expect(valuesOf(frames, 'sctp.retransmitted_after_ack')).toEqual([undefined, undefined, undefined, undefined, '4']);
    expect(valuesOf(frames, 'sctp.ack_frame')).toEqual([undefined, undefined, undefined, '1', undefined]);
  });
});

test('an association that counts from 0 has its chunks acknowledged, late acknowledgments aside', () => {
  const frames = [up(data(0, '01')), down(sack(0)), up(data(1, '02'), data(2, '03')), down(sack(0, [[2, 2]])), down(sack(1)), down(sack(0))];
  expect(valuesOf(frames, 'sctp.acked')).toEqual(['2', undefined, '5,4', undefined, undefined, undefined]);
  expect(valuesOf(frames, 'sctp.ack')).toEqual([undefined, '0', undefined, '2', '1', undefined]);
});

test('without a tag there is no association to count in', () => {
  const { values } = one(early(data(5, '01')));
  expect(values).not.toHaveProperty(['sctp.data_tsn']);
  expect(values['sctp.data_tsn_raw']).toEqual(['5']);
});

test('a quoted packet takes part in nothing', () => {
  const quoted = up(data(100, '01')).subarray(14);
  const shown = dissectFrames([ipv4Frame({ protocol: 1, payload: icmpMessage(3, 3, '00000000', quoted) }), up(data(100, '01'))]);
  expect(shown[0]?.protocols).toBe('eth:ethertype:ip:icmp:ip:sctp:data');
  expect(shown[1]?.values).not.toHaveProperty(['sctp.retransmission']);
});

describe('chunks that are cut off', () => {
  test.each([
    ['00 03 0003', 'DATA chunk, bogus chunk length 3 < 4)'],
    ['01 00 0008 aaaaaaaa', 'INIT chunk, bogus chunk length 8 < 20)'],
  ])('too short for their type: %s', (bytes, words) => {
    expect(one(up(bytes)).tree).toContain(words);
  });

  test('longer than the packet', () => {
    const frame = one(up('03 00 0010 00000001'));
    expect(frame.values).toHaveProperty(['sctp.chunk_length.bad']);
    expect(frame.info).toBe('SACK [Malformed Packet]');
  });

  test('by the capture', () => {
    const whole = up(sack(1, [[2, 3]]));
    expect(one(whole.subarray(0, whole.length - 6), { wireLength: whole.length }).tree).toContain('Packet size limited during capture: SCTP truncated');
  });
});
