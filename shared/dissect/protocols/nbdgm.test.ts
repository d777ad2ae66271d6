import { expect, test } from 'vitest';
import { hex } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { named, NBDGM_FIXTURES, plain } from './nbdgm.fixtures.test-helper.ts';

const TITLE = 'NetBIOS Datagram';

test('a datagram to a group', () => {
  expect(branch(one(named(0x11, hex('0102'))), TITLE)).toMatchInlineSnapshot(`
    "NetBIOS Datagram Service: Direct_group datagram
        Message Type: Direct_group datagram (17)
        Flags: 0x02
            .... ...0 = More fragments follow: No
            .... ..1. = This is first fragment: Yes
            .... 00.. = Node Type: B node (0)
        Datagram ID: 0x1234
        Source IP: 192.0.2.1
        Source Port: 138
        Datagram length: 70 bytes
        Packet offset: 0 bytes
        Source name: HOST<00> (Workstation/Redirector)
        Destination name: GROUP<1d> (Local Master Browser)"
  `);
});

test('what the list says', () => {
  expect(NBDGM_FIXTURES.flatMap(({ frames }) => dissectFrames(frames).map(({ info }) => info))).toMatchInlineSnapshot(`
    [
      "Direct_unique datagram",
      "Direct_group datagram",
      "Broadcast datagram",
      "Datagram error",
      "Datagram query request",
      "Unknown message type (0x99)",
      "Direct_group datagram",
      "Direct_group datagram",
    ]
  `);
});

test('an error', () => {
  expect(branch(one(plain(0x13, '82')), TITLE)).toMatchInlineSnapshot(`
    "NetBIOS Datagram Service: Datagram error
        Message Type: Datagram error (19)
        Flags: 0x02
            .... ...0 = More fragments follow: No
            .... ..1. = This is first fragment: Yes
            .... 00.. = Node Type: B node (0)
        Datagram ID: 0x1234
        Source IP: 192.0.2.1
        Source Port: 138
        Error code: Destination name not present (0x82)"
  `);
});
