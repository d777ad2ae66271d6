import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { answer, encoded, EXCHANGE, NBNS_FIXTURES, question, record, up } from './nbns.fixtures.test-helper.ts';

const TITLE = 'NetBIOS Name Service';
const SHOWN = NBNS_FIXTURES.map(({ frames }) => dissectFrames(frames));

test('a query, its answer, and the status of an adapter', () => {
  expect(SHOWN[0]?.map((frame) => branch(frame, TITLE)).join('\n\n')).toMatchInlineSnapshot(`
    "NetBIOS Name Service: Name query
        Transaction ID: 0x1234
        Flags: 0x0110
            0... .... .... .... = Response: Message is a query
            .000 0... .... .... = Opcode: Name query (0)
            .... ..0. .... .... = Truncated: Message is not truncated
            .... ...1 .... .... = Recursion desired: Do query recursively
            .... .... ...1 .... = Broadcast: Broadcast packet
        Questions: 1
        Answer RRs: 0
        Authority RRs: 0
        Additional RRs: 0
        Queries
            HOST<20>: type NB, class IN
                Name: HOST<20> (Server service)
                Type: NB (32)
                Class: IN (1)

    NetBIOS Name Service: Name query response
        Transaction ID: 0x1234
        Flags: 0x8580
            1... .... .... .... = Response: Message is a response
            .000 0... .... .... = Opcode: Name query (0)
            .... .1.. .... .... = Authoritative: Server is an authority for domain
            .... ..0. .... .... = Truncated: Message is not truncated
            .... ...1 .... .... = Recursion desired: Do query recursively
            .... .... 1... .... = Recursion available: Server can do recursive queries
            .... .... ...0 .... = Broadcast: Not a broadcast packet
            .... .... .... 0000 = Reply code: No error (0)
        Questions: 0
        Answer RRs: 1
        Authority RRs: 0
        Additional RRs: 0
        Answers
            HOST<20>: type NB, class IN
                Name: HOST<20> (Server service)
                Type: NB (32)
                Class: IN (1)
                Time to live: 300000 seconds
                Data length: 6
                Name flags: 0x6000
                    0... .... .... .... = Name type: Unique name
                    .11. .... .... .... = ONT: H-node (3)
                Addr: 10.0.0.5

    NetBIOS Name Service: Name query
        Transaction ID: 0x1234
        Flags: 0x0000
            0... .... .... .... = Response: Message is a query
            .000 0... .... .... = Opcode: Name query (0)
            .... ..0. .... .... = Truncated: Message is not truncated
            .... ...0 .... .... = Recursion desired: Don't do query recursively
            .... .... ...0 .... = Broadcast: Not a broadcast packet
        Questions: 1
        Answer RRs: 0
        Authority RRs: 0
        Additional RRs: 0
        Queries
            *<00><00><00><00><00><00><00><00><00><00><00><00><00><00><00>: type NBSTAT, class IN
                Name: *<00><00><00><00><00><00><00><00><00><00><00><00><00><00><00> (Workstation/Redirector)
                Type: NBSTAT (33)
                Class: IN (1)

    NetBIOS Name Service: Name query response
        Transaction ID: 0x1234
        Flags: 0x8400
            1... .... .... .... = Response: Message is a response
            .000 0... .... .... = Opcode: Name query (0)
            .... .1.. .... .... = Authoritative: Server is an authority for domain
            .... ..0. .... .... = Truncated: Message is not truncated
            .... ...0 .... .... = Recursion desired: Don't do query recursively
            .... .... 0... .... = Recursion available: Server can't do recursive queries
            .... .... ...0 .... = Broadcast: Not a broadcast packet
            .... .... .... 0000 = Reply code: No error (0)
        Questions: 0
        Answer RRs: 1
        Authority RRs: 0
        Additional RRs: 0
        Answers
            *<00><00><00><00><00><00><00><00><00><00><00><00><00><00><00>: type NBSTAT, class IN
                Name: *<00><00><00><00><00><00><00><00><00><00><00><00><00><00><00>
                Type: NBSTAT (33)
                Class: IN (1)
                Time to live: 0 seconds
                Data length: 101
                Number of names: 3
                Name: HOST<00> (Workstation/Redirector)
                Name flags: 0x0400
                    0... .... .... .... = Name type: Unique name
                    .00. .... .... .... = ONT: B-node (0)
                    ...0 .... .... .... = Name is being deregistered: No
                    .... 0... .... .... = Name is in conflict: No
                    .... .1.. .... .... = Name is active: Yes
                    .... ..0. .... .... = Permanent node name: No
                Name: GROUP<00> (Workstation/Redirector)
                Name flags: 0x8400
                    1... .... .... .... = Name type: Group name
                    .00. .... .... .... = ONT: B-node (0)
                    ...0 .... .... .... = Name is being deregistered: No
                    .... 0... .... .... = Name is in conflict: No
                    .... .1.. .... .... = Name is active: Yes
                    .... ..0. .... .... = Permanent node name: No
                Name: <01><02>__MSBROWSE__<02><01> (Browser)
                Name flags: 0xfe00
                    1... .... .... .... = Name type: Group name
                    .11. .... .... .... = ONT: H-node (3)
                    ...1 .... .... .... = Name is being deregistered: Yes
                    .... 1... .... .... = Name is in conflict: Yes
                    .... .1.. .... .... = Name is active: Yes
                    .... ..1. .... .... = Permanent node name: Yes
                Unit ID: 02:00:00:00:00:01
                Jumpers: 0x00
                Test result: 0x00
                Version number: 0x0000
                Period of statistics: 0x0000
                Number of CRCs: 0
                Number of alignment errors: 0
                Number of collisions: 0
                Number of send aborts: 0
                Number of good sends: 0
                Number of good receives: 0
                Number of retransmits: 0
                Number of no resource conditions: 0
                Number of command blocks: 0
                Number of pending sessions: 0
                Max number of pending sessions: 0
                Max total sessions possible: 0
                Session data packet size: 0"
  `);
});

test('what the list says', () => {
  expect(SHOWN.flat().map(({ info }) => info)).toMatchInlineSnapshot(`
    [
      "Name query NB HOST<20>",
      "Name query response NB 10.0.0.5",
      "Name query NBSTAT *<00><00><00><00><00><00><00><00><00><00><00><00><00><00><00>",
      "Name query response NBSTAT",
      "Registration NB HOST<20>",
      "Registration response NB 10.0.0.5",
      "Registration response, Name is owned by another node NB 10.0.0.5",
      "Release NB HOST<20>",
      "Refresh NB HOST<20>",
      "Multi-homed registration NB HOST<20>",
      "Wait for acknowledgment response",
      "Name query response, Requested name does not exist Unknown",
      "Name query NB HOST<1b>.scope.com",
      "Name query NB Illegal NetBIOS name (1st character not between A and Z in first-level encoding)",
      "Name query NB HOST<20> NBSTAT HOST<20>",
      "Name query Unknown HOST<20>",
    ]
  `);
});

test('a registration', () => {
  expect(branch(SHOWN[1]?.[0] as DissectedFrame, TITLE)).toMatchInlineSnapshot(`
    "NetBIOS Name Service: Registration
        Transaction ID: 0x1234
        Flags: 0x2910
            0... .... .... .... = Response: Message is a query
            .010 1... .... .... = Opcode: Registration (5)
            .... ..0. .... .... = Truncated: Message is not truncated
            .... ...1 .... .... = Recursion desired: Do query recursively
            .... .... ...1 .... = Broadcast: Broadcast packet
        Questions: 1
        Answer RRs: 0
        Authority RRs: 0
        Additional RRs: 1
        Queries
            HOST<20>: type NB, class IN
                Name: HOST<20> (Server service)
                Type: NB (32)
                Class: IN (1)
        Additional records
            HOST<20>: type NB, class IN
                Name: HOST<20> (Server service)
                Type: NB (32)
                Class: IN (1)
                Time to live: 300000 seconds
                Data length: 6
                Name flags: 0x6000
                    0... .... .... .... = Name type: Unique name
                    .11. .... .... .... = ONT: H-node (3)
                Addr: 10.0.0.5"
  `);
});

test.each([
  [0x00, 'HOST<00> (Workstation/Redirector)'], [0x03, 'HOST<03> (Messenger service'], [0x1b, 'HOST<1b> (Domain Master Browser)'], [0x1d, 'HOST<1d> (Local Master Browser)'], [0x20, 'HOST<20> (Server service)'], [0x77, 'HOST<77> (Unknown'],
])('kind %i of names', (kind, name) => {
  expect(one(up(question(0x0110, encoded('HOST', kind)))).tree).toContain(name);
});

test.each([
  ['a header that is cut off', (EXCHANGE[0] as Uint8Array).subarray(42, 50)],
  ['a name without an end', question(0x0110).subarray(0, 30)],
  ['a status that is shorter than it says', answer(0x8400, record(encoded('HOST', 0), 33, 0, '05 4142'))],
])('malformed: %s', (_what, bytes) => {
  expect(one(up(bytes)).tree).toMatch(/Malformed Packet|incomplete entry/);
});
