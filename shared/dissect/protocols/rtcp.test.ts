import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { bytesOf, datagram } from '../frames.test-helper.ts';
import { one } from '../internet.test-helper.ts';
import { afterCall } from './rtp.fixtures.test-helper.ts';
import { MICROSOFT_EXTENSIONS, packet, PICTURES_LOST, PROFILE, REPORTS, RTCP_FIXTURES, SPEAKERS, there, VIDEO_REQUEST } from './rtcp.fixtures.test-helper.ts';

const SHOWN = RTCP_FIXTURES.map(({ frames }) => dissectFrames(frames).slice(frames.length > 1 ? 2 : 0));

/** Whole trees below the frame's own of what a datagram holds. */
function trees({ tree }: DissectedFrame): string[] {
  const lines = tree.split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('Real-time')));
}

test('reports and who sends them', () => {
  expect(trees(dissectFrames(afterCall(REPORTS))[2] as DissectedFrame).join('\n')).toMatchInlineSnapshot(`
    "Real-time Transport Control Protocol (Sender Report)
        [Stream setup by SDP (frame 1)]
            [Setup frame: 1]
            [Setup Method: SDP]
        10.. .... = Version: RFC 1889 Version (2)
        ..0. .... = Padding: False
        ...0 0001 = Reception report count: 1
        Packet type: Sender Report (200)
        Length: 12 (52 bytes)
        Sender SSRC: 0x11223344 (287454020)
        Timestamp, MSW: 3758096384 (0xe0000000)
        Timestamp, LSW: 2147483648 (0x80000000)
        MSW and LSW as NTP timestamp: Feb  2, 2019 11:39:44.500000000 UTC
        RTP timestamp: 160
        Sender's packet count: 1
        Sender's octet count: 160
        Source 1
            Identifier: 0x55667788 (1432778632)
            SSRC contents
                Fraction lost: 16 / 256
                Cumulative number of packets lost: -2
            Extended highest sequence number received: 65538
                Sequence number cycles count: 1
                Highest sequence number received: 2
            Interarrival jitter: 5
            Last SR timestamp: 32768 (0x8000)
            Delay since last SR timestamp: 16 (0 milliseconds)
    Real-time Transport Control Protocol (Source description)
        [Stream setup by SDP (frame 1)]
            [Setup frame: 1]
            [Setup Method: SDP]
        10.. .... = Version: RFC 1889 Version (2)
        ..0. .... = Padding: False
        ...0 0010 = Source count: 2
        Packet type: Source description (202)
        Length: 7 (32 bytes)
        Chunk 1, SSRC/CSRC 0x11223344
            Identifier: 0x11223344 (287454020)
            SDES items
                Type: CNAME (user and domain) (1)
                Length: 3
                Text: abc
                Type: NAME (common name) (2)
                Length: 1
                Text: d
                Type: PRIV (private extensions) (8)
                Length: 5
                Prefix length: 2
                Prefix string: pf
                Text: vv
                Type: END (0)
        Chunk 2, SSRC/CSRC 0x55667788
            Identifier: 0x55667788 (1432778632)
            SDES items
                Type: END (0)
        [RTCP frame length check: OK - 84 bytes]"
  `);
});

test('what the list says', () => {
  expect(Object.fromEntries(SHOWN.map((frames, index) => [RTCP_FIXTURES[index]?.name, frames.map(({ info }) => info)]))).toMatchInlineSnapshot(`
    {
      "rtcp: a type nobody knows": [
        "Port Mapping   ",
      ],
      "rtcp: extended reports": [
        "Extended report (RFC 3611)   ",
        "Extended report (RFC 3611)   ",
        "Extended report (RFC 3611)   ",
        "Extended report (RFC 3611)   ",
      ],
      "rtcp: extensions of the profile": [
        "Receiver Report   (PSE:Unknown  PSE:MS - Padding  )  ",
        "Receiver Report   Application specific   ( name ) subtype=0",
        "Receiver Report   Receiver Report   ([Malformed Packet]",
      ],
      "rtcp: feedback": [
        "Application specific   ( name ) subtype=5",
        "Generic RTP Feedback   Generic RTP Feedback   Generic RTP Feedback   Generic RTP Feedback   ",
        "Generic RTP Feedback   ",
        "Payload-specific Feedback   PLI  Payload-specific Feedback   SLI  Payload-specific Feedback   FIR  Payload-specific Feedback   ALFB  Payload-specific Feedback   TSTN  ",
      ],
      "rtcp: found by its shape": [
        "Sender Report   ",
      ],
      "rtcp: in secret": [
        "Receiver Report   ",
      ],
      "rtcp: padding": [
        "Receiver Report   ",
        "Receiver Report   ",
        "Receiver Report   [Malformed Packet]",
      ],
      "rtcp: reports": [
        "Sender Report   Source description   ",
        "Receiver Report   Goodbye   ",
        "Receiver Report   Goodbye   Goodbye   ",
      ],
      "rtcp: what Microsoft adds": [
        "Receiver Report   (PSE:MS - Estimated Bandwidth  PSE:MS - Estimated Bandwidth  PSE:MS - Packet Loss Notification  PSE:MS - Video Preference  PSE:MS - Policy Server Bandwidth  PSE:MS - TURN Server Bandwidth  PSE:MS - Audio Healer Metrics  PSE:MS - Receiver-side Bandwidth Limit  PSE:MS - Packet Train Packet  PSE:MS - Peer Info Exchange  PSE:MS - Network Congestion Notification  PSE:MS - Modality Send Bandwidth Limit  PSE:Unknown  )  ",
        "Receiver Report   Payload-specific Feedback   ALFB  ( MS-VSR )",
        "Receiver Report   Payload-specific Feedback   ALFB  ( MS-DSH )",
        "Receiver Report   Payload-specific Feedback   PLI  ",
        "Receiver Report   Payload-specific Feedback   ALFB  ",
      ],
    }
  `);
});

test('what a medium is judged by', () => {
  expect(SHOWN[2]?.map((frame) => trees(frame).slice(10).join('\n')).join('\n\n')).toMatchInlineSnapshot(`
    "        Type: Loss Run Length Encoding Report Block (1)
            .... 0010 = Thinning factor: 2
            Length: 4 (16 bytes)
            Contents
                Identifier: 0x55667788 (1432778632)
                Begin Sequence Number: 1
                End Sequence Number: 10
                Report Chunks
                    Chunk: 1 -- Length Run 1s, length: 1
                    Chunk: 2 -- Bit Vector 0x3
                    Chunk: 3 -- Bit Vector 0x4004
                    Chunk: 4 -- Null Terminator 
        Block 2
            Type: Receiver Reference Time Report Block (4)
            Type Specific: 0
            Length: 2 (8 bytes)
            Contents
                Timestamp: Feb  2, 2019 11:39:44.500000000 UTC
        Block 3
            Type: DLRR Report Block (5)
            Type Specific: 0
            Length: 3 (12 bytes)
            Contents
                Sub-block 1
                    Identifier: 0x55667788 (1432778632)
                    Last RR timestamp: 168496141
                    Delay since last RR timestamp: 65536
        [RTCP frame length check: OK - 56 bytes]

            Type: Statistics Summary Report Block (6)
            1... .... = Loss Report Flag: True
            .1.. .... = Duplicates Report Flag: True
            ..1. .... = Jitter Report Flag: True
            ...1 1... = TTL or Hop Limit Flag: Undefined (3)
            Length: 9 (36 bytes)
            Contents
                Identifier: 0x55667788 (1432778632)
                Begin Sequence Number: 1
                End Sequence Number: 16
                Lost Packets: 1
                Duplicate Packets: 2
                Minimum Jitter: 3
                Maximum Jitter: 4
                Mean Jitter: 5
                Standard Deviation of Jitter: 6
                Minimum TTL or Hop Limit: 1
                Maximum TTL or Hop Limit: 2
                Mean TTL or Hop Limit: 3
                Standard Deviation of TTL: 4
        [RTCP frame length check: OK - 48 bytes]

            Type: VoIP Metrics Report Block (7)
            Type Specific: 0
            Length: 8 (32 bytes)
            Contents
                Identifier: 0x55667788 (1432778632)
                Fraction lost: 1 / 256
                Fraction discarded: 2 / 256
                Burst Density: 3
                Gap Density: 4
                Burst Duration(ms): 5
                Gap Duration(ms): 6
                Round Trip Delay(ms): 7
                End System Delay(ms): 8
                Signal Level: -2
                Noise Level: 2
                Residual Echo Return Loss: 3
                Gmin: 16
                R Factor: 93
                External R Factor: 92
                MOS - Listening Quality: 4
                MOS - Conversational Quality: 4.1
                11.. .... = Packet Loss Concealment Algorithm: Standard (3)
                ..10 .... = Adaptive Jitter Buffer Algorithm: Non-Adaptive (2)
                .... 0000 = Jitter Buffer Rate: 0
                Nominal Jitter Buffer Size: 9
                Maximum Jitter Buffer Size: 10
                Absolute Maximum Jitter Buffer Size: 11
        [RTCP frame length check: OK - 44 bytes]

            Type: Packet Receipt Times Report Block (3)
            .... 0001 = Thinning factor: 1
            Length: 3 (12 bytes)
            Contents
                Identifier: 0x55667788 (1432778632)
                Begin Sequence Number: 1
                End Sequence Number: 3
                Seq: 1, Receipt Time: 7
        Block 2
            Type: Duplicate Run Length Encoding Report Block (2)
            .... 0000 = Thinning factor: 0
            Length: 3 (12 bytes)
            Contents
                Identifier: 0x55667788 (1432778632)
                Begin Sequence Number: 1
                End Sequence Number: 3
                Report Chunks
                    Chunk: 1 -- Length Run 1s, length: 1
                    Chunk: 2 -- Null Terminator 
        Block 3
            Type: Unknown (99)
            Type Specific: 0
            Length: 1 (4 bytes)
            Contents
        [RTCP frame length check: OK - 48 bytes]"
  `);
});

test('what receivers wish for', () => {
  expect(SHOWN[1]?.map(({ values }) => Object.entries(values).filter(([name]) => /^rtcp\.(app|rtpfb|psfb|fci)\./.test(name)).map(([name, all]) => `${name} ${all.join(',')}`))).toMatchInlineSnapshot(`
    [
      [
        "rtcp.app.subtype 5",
        "rtcp.app.name name",
        "rtcp.app.data 01020304",
      ],
      [
        "rtcp.rtpfb.fmt 1,3,4,8",
        "rtcp.rtpfb.nack_pid 1,2,17,16",
        "rtcp.rtpfb.nack_blp 0x8001,0x0000",
        "rtcp.rtpfb.tmmbr.fci.ssrc 0xaabbccdd,0xaabbccdd",
        "rtcp.rtpfb.tmmbr.fci.exp 3,3",
        "rtcp.rtpfb.tmmbr.fci.mantissa 5,5",
        "rtcp.rtpfb.tmmbr.fci.bitrate ,",
        "rtcp.rtpfb.tmmbr.fci.measuredoverhead 1,1",
      ],
      [
        "rtcp.rtpfb.fmt 15",
        "rtcp.rtpfb.transportcc.baseseq 1",
        "rtcp.rtpfb.transportcc.statuscount 4",
        "rtcp.rtpfb.transportcc.reftime 258",
        "rtcp.rtpfb.transportcc.pktcount 3",
        "rtcp.rtpfb.transportcc.pktchunk 8196",
        "rtcp.rtpfb.transportcc.recv_delta 0xd0,0x00,0x04,0x08",
        "rtcp.rtpfb.transportcc.recv_delta.padding 0x0000",
      ],
      [
        "rtcp.psfb.fmt 1,2,4,15,6",
        "rtcp.psfb.fir.sli.first 1",
        "rtcp.psfb.fir.sli.number 1",
        "rtcp.psfb.fir.sli.picture_id 1",
        "rtcp.psfb.fir.fci.ssrc 0xaabbccdd",
        "rtcp.psfb.fir.fci.csn 5",
        "rtcp.psfb.fir.fci.reserved 0",
        "rtcp.psfb.remb.identifier REMB",
        "rtcp.psfb.remb.fci.number_ssrcs 1",
        "rtcp.psfb.remb.fci.br_exp 3",
        "rtcp.psfb.remb.fci.br_mantissa 16383",
        "rtcp.psfb.remb.fci.bitrate ",
        "rtcp.psfb.remb.fci.ssrc 0xaabbccdd",
      ],
    ]
  `);
});

test('only the first header of what is sent in secret can be read', () => {
  expect(trees(SHOWN[6]?.[0] as DissectedFrame).join('\n')).toMatchInlineSnapshot(`
    "Real-time Transport Control Protocol (Receiver Report)
        [Stream setup by SDP (frame 1)]
            [Setup frame: 1]
            [Setup Method: SDP]
        10.. .... = Version: RFC 1889 Version (2)
        ..0. .... = Padding: False
        ...0 0000 = Reception report count: 0
        Packet type: Receiver Report (201)
        Length: 7 (32 bytes)
        Sender SSRC: 0x11223344 (287454020)
        SRTCP Encrypted Payload: 0102030405060708
        1... .... .... .... .... .... .... .... = SRTCP E flag: True
        .000 0000 0000 0000 0000 0000 0000 0001 = SRTCP Index: 1
        SRTCP Auth Tag: 00112233445566778899"
  `);
});

describe('not RTCP', () => {
  test.each([
    ['another version', bytesOf('40c90001 11223344')],
    ['a first packet of a kind that none begins with', packet(0, 202, '11223344')],
    ['an odd length', bytesOf('80c90001 11223344 00')],
  ])('%s', (_what, bytes) => {
    expect(one(datagram('up', 9999, bytes)).protocols).toBe('eth:ethertype:ip:udp:data');
  });
});

test.each([
  ['a report that is shorter than it says', bytesOf('81c90001 11223344')],
  ['a packet beyond its datagram', bytesOf('80c90005 11223344')],
  ['a description without an end', packet(1, 202, '11223344 01 09 6162')],
])('malformed: %s', (_what, bytes) => {
  expect(dissectFrames(afterCall([there(bytes)]))[2]?.tree).toContain('[Malformed Packet');
});

test('extensions of the profile, and text of applications', () => {
  const [extended, application, cut] = dissectFrames(afterCall(PROFILE)).slice(2);
  expect(extended?.values).toMatchObject({ 'rtcp.profile-specific-extension.type': ['0', '6'], 'rtcp.profile-specific-extension': ['', '01020304'], 'rtcp.length_check': ['1'] });
  expect(application?.values['rtcp.app.data_str']).toEqual(['text']);
  // Nothing is told of what is cut off, and no length is right then.
  expect(cut?.values['rtcp.profile-specific-extension.type']).toBeUndefined();
  expect(cut?.values['rtcp.length_check']).toBeUndefined();
});

describe('what Microsoft adds', () => {
  const report = (...extensions: readonly string[]): DissectedFrame => one(there(packet(0, 201, '11223344', extensions.join('')), packet(0, 202)));
  const feedback = (bytes: Bytes): DissectedFrame => one(there(packet(0, 201, '11223344'), bytes));

  test('extensions of a report are named in the list', () => {
    expect(report(...MICROSOFT_EXTENSIONS.slice(1, 3), '0063 0008 01020304').info).toBe('Receiver Report   (PSE:MS - Estimated Bandwidth  PSE:MS - Packet Loss Notification  PSE:Unknown  )  Source description   ');
  });

  test.each([
    ['0001 0010 aabbccdd 0001e240 05 000000', { 'rtcp.ms_pse.bandwidth': ['123456'], 'rtcp.ms_pse.confidence_level': ['5'], 'rtcp.senderssrc': ['0x11223344', '0xaabbccdd'] }],
    ['0009 001c aabbccdd 00000002 00000003 00000004 00000010 0000 03 04', { 'rtcp.ms_pse.concealed_frames': ['2'], 'rtcp.ms_pse.total_frames': ['16'], 'rtcp.ms_pse.fec_distance_request': ['4'] }],
    ['000b 000c aabbccdd 81 82 0304', { 'rtcp.ms_pse.last_packet_train': ['1'], 'rtcp.ms_pse.packet_index': ['1'], 'rtcp.ms_pse.packet_count': ['2'], 'rtcp.ms_pse.packet_train_byte_count': ['772'] }],
    ['000d 0014 e3a5c1f0 80000000 00000000 05 000000', { 'rtcp.timestamp.ntp': ['Jan 10, 2021 18:12:00.500000000 UTC'], 'rtcp.ms_pse.congestion_info': ['5'] }],
    ['0063 0008 01020304', { 'rtcp.profile-specific-extension': ['01020304'] }],
  ])('extension %s', (extension, values) => {
    expect(report(extension).values).toMatchObject(values);
  });

  test('an extension that is shorter than its form is malformed', () => {
    expect(report('0001 0008 aabbccdd').info).toContain('[Malformed Packet]');
  });

  test('a request for pictures of a source', () => {
    const { info, values } = feedback(VIDEO_REQUEST);
    expect(info).toBe('Receiver Report   Payload-specific Feedback   ALFB  ( MS-VSR )');
    expect(values).toMatchObject({
      'rtcp.psfb.ms.msi': ['0xaabbccdd'], 'rtcp.psfb.ms.vsr.num_entries': ['2'], 'rtcp.psfb.ms.vsr.entry.max_width': ['1920', '1920'], 'rtcp.psfb.ms.vsr.entry.aspect_ratio_4by3': ['1', '1'], 'rtcp.psfb.ms.vsr.entry.frame_rate_60': ['1', '1'],
      'rtcp.psfb.ms.vsr.entry.max_pixels': ['74565', '74565'], 'rtcp.length_check': ['1'],
    });
    expect(values['rtcp.psfb.ms.vsr.entry.bitrate_histogram']).toHaveLength(20);
  });

  test('who spoke last, and which pictures are needed anew', () => {
    expect(feedback(SPEAKERS).values).toMatchObject({ 'rtcp.psfb.ms.msi': ['0xfffffffe', '0x00000001'] });
    expect(feedback(PICTURES_LOST).tree).toContain('PRID 56 - 63 Sync Frame Request: 8');
  });
});

test('whether a datagram is a whole number of words is told by its length on the wire', () => {
  const report = datagram('up', 40_002, bytesOf('80c90001 01020304'));
  const odd = datagram('up', 40_002, bytesOf('80c90001 01020304 01'));
  expect(one(report.subarray(0, report.length - 1), { wireLength: report.length }).protocols).toBe('eth:ethertype:ip:udp:rtcp');
  expect(one(odd.subarray(0, odd.length - 1), { wireLength: odd.length }).protocols).toBe('eth:ethertype:ip:udp:data');
});
