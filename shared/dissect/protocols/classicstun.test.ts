import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { attribute, CLASSICSTUN_FIXTURES, EXCHANGE, message } from './classicstun.fixtures.test-helper.ts';
import { up } from './stun.fixtures.test-helper.ts';

const TITLE = 'Simple Traversal';

test('a request and its answer', () => {
  expect(dissectFrames(EXCHANGE).map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot(`
    "Simple Traversal of UDP Through NAT: Binding Request
        [Response In: 2]
        Message Type: Binding Request (0x0001)
        Message Length: 0x0014
        Message Transaction ID: 54545454545454545454545454545454
        Attributes
            Attribute: CHANGE-REQUEST
                Attribute Type: CHANGE-REQUEST (0x0003)
                Attribute Length: 4
                .... .... .... .... .... .... .... .1.. = Change IP: Set
                .... .... .... .... .... .... .... ..1. = Change Port: Set
            Attribute: RESPONSE-ADDRESS
                Attribute Type: RESPONSE-ADDRESS (0x0002)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port: 4660
                IP: 10.0.0.1

    Simple Traversal of UDP Through NAT: Binding Response
        [Request In: 1]
        [Time: 0.001000000 seconds]
        Message Type: Binding Response (0x0101)
        Message Length: 0x003c
        Message Transaction ID: 54545454545454545454545454545454
        Attributes
            Attribute: MAPPED-ADDRESS
                Attribute Type: MAPPED-ADDRESS (0x0001)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port: 4660
                IP: 10.0.0.1
            Attribute: SOURCE-ADDRESS
                Attribute Type: SOURCE-ADDRESS (0x0004)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port: 4660
                IP: 10.0.0.1
            Attribute: CHANGED-ADDRESS
                Attribute Type: CHANGED-ADDRESS (0x0005)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port: 4660
                IP: 10.0.0.1
            Attribute: XOR_MAPPED_ADDRESS
                Attribute Type: XOR_MAPPED_ADDRESS (0x8020)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port (XOR-d): 4660
                [Port: 18016]
                IP (XOR-d): 10.0.0.1
                [IP: 94.84.84.85]
            Attribute: SERVER
                Attribute Type: SERVER (0x8022)
                Attribute Length: 8
                Server version: Server"
  `);
});

test('other attributes', () => {
  expect(dissectFrames(CLASSICSTUN_FIXTURES[1]?.frames ?? []).map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot(`
    "Simple Traversal of UDP Through NAT: Binding Error Response
        [Request In: 2]
        [Time: 0.000000000 seconds]
        Message Type: Binding Error Response (0x0111)
        Message Length: 0x003c
        Message Transaction ID: 54545454545454545454545454545454
        Attributes
            Attribute: ERROR-CODE
                Attribute Type: ERROR-CODE (0x0009)
                Attribute Length: 8
                .... .100 = Error Class: 4
                Error Code: 1
                Error Reason Phase: Unau
            Attribute: Unknown (0x000a)
                Attribute Type: Unknown (0x000a)
                Attribute Length: 4
                Unknown Attribute: 0x7777
                Unknown Attribute: 0x7778
            Attribute: USERNAME
                Attribute Type: USERNAME (0x0006)
                Attribute Length: 4
                Value: 75736572
            Attribute: PASSWORD
                Attribute Type: PASSWORD (0x0007)
                Attribute Length: 4
                Value: 70617373
            Attribute: MESSAGE-INTEGRITY
                Attribute Type: MESSAGE-INTEGRITY (0x0008)
                Attribute Length: 20
                Value: 7878787878787878787878787878787878787878

    Simple Traversal of UDP Through NAT: Allocate Request
        [Response In: 1]
        Message Type: Allocate Request (0x0003)
        Message Length: 0x0031
        Message Transaction ID: 54545454545454545454545454545454
        Attributes
            Attribute: LIFETIME
                Attribute Type: LIFETIME (0x000d)
                Attribute Length: 4
                Lifetime: 5
            Attribute: MAGIC_COOKIE
                Attribute Type: MAGIC_COOKIE (0x000f)
                Attribute Length: 4
                Magic Cookie: 0x01020304
            Attribute: BANDWIDTH
                Attribute Type: BANDWIDTH (0x0010)
                Attribute Length: 4
                Bandwidth: 7
            Attribute: DATA
                Attribute Type: DATA (0x0013)
                Attribute Length: 4
                Data: 64617461
            Attribute: REMOTE_ADDRESS
                Attribute Type: REMOTE_ADDRESS (0x0012)
                Attribute Length: 8
                Protocol Family: IPv4 (0x0001)
                Port: 4660
                IP: 10.0.0.1
            Attribute: Unknown (0x7777)
                Attribute Type: Unknown (0x7777)
                Attribute Length: 1"
  `);
});

test('an attribute that goes on beyond the message ends with it', () => {
  expect(one(up(message(1, attribute(6, '616263').subarray(0, 5)))).protocols).toBe('eth:ethertype:ip:udp:classicstun');
});
