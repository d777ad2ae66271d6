import { describe, expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { afterCall, back, packet, RTP_FIXTURES, there } from './rtp.fixtures.test-helper.ts';
import { audio, offer } from './sdp.fixtures.test-helper.ts';
import { down, message, up } from './sip.fixtures.test-helper.ts';

const [, headers, redundant] = RTP_FIXTURES.map(({ frames }) => frames) as [Uint8Array[], Uint8Array[], Uint8Array[]];

function afterOne(text: string): DissectedFrame {
  return dissectFrames(afterCall([there(hex(text))])).at(-1) as DissectedFrame;
}

test('a header with everything', () => {
  expect(branch(dissectFrames(headers)[5] as DissectedFrame, 'Real-Time Transport')).toMatchInlineSnapshot(`
    "Real-Time Transport Protocol, PT=ITU-T G.711 PCMU, SSRC=0x11223344, Seq=4, Time=160
        [Stream setup by SDP (frame 1)]
            [Setup frame: 1]
            [Setup Method: SDP]
            [Generated Call-ID: call]
        10.. .... = Version: RFC 1889 Version (2)
        ..1. .... = Padding: True
        ...1 .... = Extension: True
        .... 0010 = Contributing source identifiers count: 2
        0... .... = Marker: False
        Payload type: ITU-T G.711 PCMU (0)
        Sequence number: 4
        [Extended sequence number: 65540]
        Timestamp: 160
        Synchronization Source identifier: 0x11223344 (287454020)
        Contributing Source identifiers (2 items)
            CSRC item 0: 0x1
            CSRC item 1: 0x2
        Defined by profile: 0xabcd (43981)
        Extension length: 1 (4 bytes)
        Header extensions
            Header extension: 0x01020304 (16909060)
        Payload: ffffffff
        Padding data: 0000
        Padding count: 3"
  `);
});

test('what is set up before the call is answered holds from the answer that told of it', () => {
  const early = message({ start: 'SIP/2.0 183 Session Progress', sequence: '1 INVITE', headers: 'Content-Type: application/sdp\n', body: audio('192.0.2.2', 7000) });
  const frames = dissectFrames([up(offer(audio('192.0.2.1', 6000))), down(early), there(packet(1, 0, hex('00'))), back(packet(1, 0, hex('00')))]);
  expect(frames.map(({ values }) => values['rtp.setup-frame']?.[0])).toEqual([undefined, undefined, '2', '1']);
});

test('extensions with elements of either form', () => {
  const shown = dissectFrames(headers);
  expect([shown[2]?.values['rtp.ext.rfc5285.id'], shown[2]?.values['rtp.ext.rfc5285.data'], shown[3]?.values['rtp.ext.rfc5285.id'], shown[3]?.values['rtp.ext.rfc5285.len']]).toMatchInlineSnapshot(`
    [
      [
        "1",
        "2",
        "5",
      ],
      [
        "aa",
        "010203",
        "ff",
      ],
      [
        "1",
        "3",
      ],
      [
        "2",
        "0",
      ],
    ]
  `);
});

test('redundant data', () => {
  expect(branch(dissectFrames(redundant)[2] as DissectedFrame, 'Real-Time Transport')).toMatchInlineSnapshot(`
    "Real-Time Transport Protocol, PT=red, SSRC=0x11223344, Seq=4, Time=160
        [Stream setup by SDP (frame 1)]
            [Setup frame: 1]
            [Setup Method: SDP]
            [Generated Call-ID: call]
        10.. .... = Version: RFC 1889 Version (2)
        ..0. .... = Padding: False
        ...0 .... = Extension: False
        .... 0000 = Contributing source identifiers count: 0
        0... .... = Marker: False
        Payload type: red (98)
        Sequence number: 4
        [Extended sequence number: 65540]
        Timestamp: 160
        Synchronization Source identifier: 0x11223344 (287454020)
        Payload: e201400463000a0b0c01ffffff
        RFC 2198: Redundant Audio Data
            Header 1: PT=red, len=4
                1... .... = Follow: True
                Payload type: red (98)
                0000 0001 0100 00.. = Timestamp offset: 80
                .... ..00 0000 0100 = Block length: 4
            Header 2: PT=DynamicRTP-Type-99
                0... .... = Follow: False
                Payload type: DynamicRTP-Type-99 (99)
        Payload: 000a0b0c
        Payload: 01ffffff"
  `);
});

describe('sequence numbers go on beyond 16 bits', () => {
  test.each([
    ['the first', [5], '65541'],
    ['over the end', [0xffff, 0], '65536'],
    ['back over it', [0xffff, 0, 0xfffe], '65534'],
  ])('%s', (_what, numbers, last) => {
    expect(dissectFrames(afterCall(numbers.map((number) => there(packet(number, 0, hex('ff')))))).at(-1)?.values['rtp.extseq']).toEqual([last]);
  });
});

test('whatever was looked at before', () => {
  const order = Array.from(headers, (_, index) => index);
  expect(treesShownInOrder(headers, order.toReversed())).toEqual(treesShownInOrder(headers, order));
});

test.each([
  ['has more padding than bytes', 'a0000005000000a011223344 ffffffff ff'],
  ['has an extension beyond its end', '90800001000000a011223344 abcd0009 01020304'],
])('a packet that %s', (_what, text) => {
  expect(afterOne(text).values['rtp.version']).toEqual(['2']);
});

test('a packet that ends within its header is malformed', () => {
  expect(afterOne('80000004000000a01122').info).toContain('[Malformed Packet]');
});
