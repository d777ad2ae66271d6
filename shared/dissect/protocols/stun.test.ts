import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { attribute, BINDING, FOREIGN, message, MULTIPLEXED, STREAM_WITH_FOREIGN, STUN_FIXTURES, TWO_AT_ONCE, UNPADDED, up } from './stun.fixtures.test-helper.ts';

const TITLE = 'Session Traversal';
const SHOWN = STUN_FIXTURES.map(({ frames }) => dissectFrames(frames));

test('a request and its answer', () => {
  expect(SHOWN[0]?.map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot(`
    "Session Traversal Utilities for NAT: Binding Request
        [Response In: 3]
        Message Type: 0x0001 (Binding Request)
            Message Class: Request (0)
            Message Method: Binding (0x001)
            ..0. .... .... .... = Message Method Assignment: IETF Review (0x0000)
        Message Length: 76
        Message Cookie: 2112a442
        Message Transaction ID: 4142434445464748494a4b4c
        [STUN Network Version: RFC-5389/8489 (3)]
        Attributes
            SOFTWARE: client
                Attribute Type: SOFTWARE
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 6
                Software: client
                Padding: 2
            PRIORITY
                Attribute Type: PRIORITY
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                Priority: 1845494271
            ICE-CONTROLLING
                Attribute Type: ICE-CONTROLLING
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Tie breaker: 0102030405060708
            USE-CANDIDATE
                Attribute Type: USE-CANDIDATE
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 0
            USERNAME: a:b
                Attribute Type: USERNAME
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 3
                Username: a:b
                Padding: 1
            MESSAGE-INTEGRITY
                Attribute Type: MESSAGE-INTEGRITY
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 20
                HMAC-SHA1: 0000000000000000000000000000000000000000
            FINGERPRINT
                Attribute Type: FINGERPRINT
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                CRC-32: 0x12345678 incorrect, should be 0xba5752f4
                    [Expert Info (Warning/Checksum): Bad Fingerprint [should be 0xba5752f4]]
                [CRC-32 Status: Bad (0)]

    Session Traversal Utilities for NAT: Binding Request
        [Duplicated original message in: 1]
        [Response In: 3]
        Message Type: 0x0001 (Binding Request)
            Message Class: Request (0)
            Message Method: Binding (0x001)
            ..0. .... .... .... = Message Method Assignment: IETF Review (0x0000)
        Message Length: 12
        Message Cookie: 2112a442
        Message Transaction ID: 4142434445464748494a4b4c
        [STUN Network Version: RFC-5389/8489 (3)]
        Attributes
            SOFTWARE: client
                Attribute Type: SOFTWARE
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 6
                Software: client
                Padding: 2

    Session Traversal Utilities for NAT: Binding Success Response
        [Request In: 1]
        [Time: 0.002000000 seconds]
        Message Type: 0x0101 (Binding Success Response)
            Message Class: Success Response (2)
            Message Method: Binding (0x001)
            ..0. .... .... .... = Message Method Assignment: IETF Review (0x0000)
        Message Length: 48
        Message Cookie: 2112a442
        Message Transaction ID: 4142434445464748494a4b4c
        [STUN Network Version: RFC-5389/8489 (3)]
        Attributes
            XOR-MAPPED-ADDRESS: 2.0.0.1:13094
                Attribute Type: XOR-MAPPED-ADDRESS
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Reserved: 00
                Protocol Family: IPv4 (0x01)
                Port (XOR-d): 1234
                [Port: 13094]
                IP (XOR-d): 2312a443
                [IP: 2.0.0.1]
            MAPPED-ADDRESS: 10.0.0.1:4660
                Attribute Type: MAPPED-ADDRESS
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Reserved: 00
                Protocol Family: IPv4 (0x01)
                Port: 4660
                IP: 10.0.0.1
            ALTERNATE-SERVER: 2001:db8::9:4660
                Attribute Type: ALTERNATE-SERVER
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 20
                Reserved: 00
                Protocol Family: IPv6 (0x02)
                Port: 4660
                IP: 2001:db8::9

    Session Traversal Utilities for NAT: Binding Indication
        [Duplicated original message in: 3]
        Message Type: 0x0011 (Binding Indication)
            Message Class: Indication (1)
            Message Method: Binding (0x001)
            ..0. .... .... .... = Message Method Assignment: IETF Review (0x0000)
        Message Length: 0
        Message Cookie: 2112a442
        Message Transaction ID: 4142434445464748494a4b4c"
  `);
});

test('rare attributes', () => {
  expect(branch(SHOWN[2]?.[0] as DissectedFrame, TITLE)).toMatchInlineSnapshot(`
    "Session Traversal Utilities for NAT: Binding Request
        Message Type: 0x0001 (Binding Request)
            Message Class: Request (0)
            Message Method: Binding (0x001)
            ..0. .... .... .... = Message Method Assignment: IETF Review (0x0000)
        Message Length: 96
        Message Cookie: 2112a442
        Message Transaction ID: 726172652d6f6e65732d3031
        [STUN Network Version: RFC-5389/8489 (3)]
        Attributes
            UNKNOWN-ATTRIBUTES
                Attribute Type: UNKNOWN-ATTRIBUTES
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                Unknown Attribute: 0x7777
                Unknown Attribute: 0x7778
            PADDING
                Attribute Type: PADDING
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                Padding: 4
            CACHE-TIMEOUT
                Attribute Type: CACHE-TIMEOUT
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                Cache timeout: 0
            ICE-CONTROLLED
                Attribute Type: ICE-CONTROLLED
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Tie breaker: 0102030405060708
            RESPONSE-ORIGIN: 10.0.0.1:4660
                Attribute Type: RESPONSE-ORIGIN
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Reserved: 00
                Protocol Family: IPv4 (0x01)
                Port: 4660
                IP: 10.0.0.1
            OTHER-ADDRESS: 10.0.0.1:4660
                Attribute Type: OTHER-ADDRESS
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 8
                Reserved: 00
                Protocol Family: IPv4 (0x01)
                Port: 4660
                IP: 10.0.0.1
            MS-IMPLEMENTATION-VERSION
                Attribute Type: MS-IMPLEMENTATION-VERSION
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                MS ICE Version: Supports only RFC3489bis-02 message formats (2)
            MS-SERVICE-QUALITY
                Attribute Type: MS-SERVICE-QUALITY
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 4
                Stream Type: Unknown (24930)
                Service Quality: Unknown (25444)
            GOOG-NETWORK-INFO
                Attribute Type: GOOG-NETWORK-INFO
                    1... .... .... .... = Attribute Type Comprehension: Optional (0x0001)
                    .1.. .... .... .... = Attribute Type Assignment: Designated Expert (0x0001)
                Attribute Length: 4
                Google Network ID: 1
                Google Network Cost: Unknown (50)
            Unknown attribute 0x7777
                [Expert Info (Warning/Undecoded): Unknown attribute 0x7777]
                Attribute Length: 3
                Value: 010203
                Padding: 1
            XOR-MAPPED-ADDRESS
                Attribute Type: XOR-MAPPED-ADDRESS
                    0... .... .... .... = Attribute Type Comprehension: Required (0x0000)
                    .0.. .... .... .... = Attribute Type Assignment: IETF Review (0x0000)
                Attribute Length: 0"
  `);
});

test('what the list says', () => {
  expect(SHOWN.flat().map(({ info }) => info)).toMatchInlineSnapshot(`
    [
      "Binding Request user: a:b",
      "Binding Request",
      "Binding Success Response XOR-MAPPED-ADDRESS: 2.0.0.1:13094 MAPPED-ADDRESS: 10.0.0.1:4660 ALTERNATE-SERVER: 2001:db8::9:4660",
      "Binding Indication",
      "Allocate Request UDP lifetime: 600",
      "Allocate Error Response error-code: 401 (Unauthenticated) Unauthorized realm: realm with nonce",
      "Allocate Request UDP",
      "Allocate Success Response XOR-RELAYED-ADDRESS: 2.0.0.1:13094 XOR-MAPPED-ADDRESS: 2.0.0.1:13094 lifetime: 600",
      "CreatePermission Request XOR-PEER-ADDRESS: 2.0.0.1:13094",
      "Channel-Bind Request ChannelNumber=0x4000 XOR-PEER-ADDRESS: 2.0.0.1:13094",
      "Send Indication XOR-PEER-ADDRESS: 2.0.0.1:13094",
      "Data Indication XOR-PEER-ADDRESS: 2.0.0.1:13094",
      "ChannelData TURN Message",
      "Binding Request RESPONSE-ORIGIN: 10.0.0.1:4660 OTHER-ADDRESS: 10.0.0.1:4660",
      "Allocate Request",
      "Allocate Request",
      "40000 → 3478 Len=32",
      "40000 → 3478 Len=20",
      "40000 → 3478 Len=8",
      "40000 → 3478 Len=2",
      "40000 → 3478 Len=4",
      "40000 → 3478 [SYN] Seq=0 Win=502 Len=0",
      "3478 → 40000 [SYN, ACK] Seq=0 Ack=1 Win=502 Len=0",
      "40000 → 3478 [ACK] Seq=1 Ack=1 Win=502 Len=0",
      "Allocate Request",
      "3478 → 40000 [PSH, ACK] Seq=1 Ack=21 Win=502 Len=10 [TCP segment of a reassembled PDU]",
      "Allocate Success ResponseChannelData TURN Message",
      "Binding Request",
      "40000 → 3478 [SYN] Seq=0 Win=502 Len=0",
      "3478 → 40000 [SYN, ACK] Seq=0 Ack=1 Win=502 Len=0",
      "40000 → 3478 [ACK] Seq=1 Ack=1 Win=502 Len=0",
      "40000 → 3478 [PSH, ACK] Seq=1 Ack=1 Win=502 Len=32",
      "Binding Request",
      "40000 → 9999 [SYN] Seq=0 Win=502 Len=0",
      "9999 → 40000 [SYN, ACK] Seq=0 Ack=1 Win=502 Len=0",
      "40000 → 9999 [ACK] Seq=1 Ack=1 Win=502 Len=0",
      "Binding Indication",
      "ChannelData TURN Message",
      "ChannelData TURN Message",
      "Receiver Report   Goodbye   ",
      "Receiver Report   Goodbye   ",
      "Request: OPTIONS sip:ada@example.net | ",
      "Binding Request user: abc",
    ]
  `);
});

test('whatever was looked at before', () => {
  const order = Array.from(BINDING, (_, index) => index);
  expect(treesShownInOrder(BINDING, order.toReversed())).toEqual(treesShownInOrder(BINDING, order));
});

test('values that are not padded', () => {
  const [unknown, known] = dissectFrames(UNPADDED);
  expect(unknown?.values).toMatchObject({ 'stun.att.length': ['6'], 'stun.value': ['616263646566'], 'stun.att.padding': ['2'] });
  // One that is known ends beyond the message.
  expect(known?.values['stun.att.length']).toEqual(['8']);
  expect(known?.values['stun.att.software']).toBeUndefined();
});

test('in a stream a foreign message is passed over', () => {
  const [foreign, next] = dissectFrames(STREAM_WITH_FOREIGN.frames).slice(-2);
  expect([foreign?.values['stun.type'], foreign?.values['tcp.pdu.size']]).toEqual([undefined, ['32']]);
  expect(next?.values['stun.type']).toEqual(['0x0001']);
});

test('a stream on any port is told by the cookie of its first message', () => {
  expect(dissectFrames(TWO_AT_ONCE.frames).at(-1)?.values['stun.type']).toEqual(['0x0001', '0x0011']);
});

test('channel data for many sessions name theirs', () => {
  const [full, empty] = dissectFrames(MULTIPLEXED);
  expect(full?.values).toMatchObject({ 'stun.channel': ['0xff10'], 'stun.att.ms.turn_session_id': ['0x0102030405060708'], 'data.data': ['61626364'] });
  expect(empty?.protocols).toBe('eth:ethertype:ip:udp:stun');
});

test('other bytes on its port are data', () => {
  expect(dissectFrames(FOREIGN).map(({ protocols }) => protocols)).toEqual(FOREIGN.map(() => 'eth:ethertype:ip:udp:data'));
});

test.each([
  ['an attribute beyond the message', message(1, [attribute(6, '616263')]).subarray(0, 22)],
  ['a header that is cut off', message(1).subarray(0, 19)],
])('not STUN: %s', (_what, bytes) => {
  expect(one(up(bytes)).protocols).not.toContain('stun:data');
});
