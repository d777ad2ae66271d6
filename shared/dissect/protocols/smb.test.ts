import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { named } from './nbdgm.fixtures.test-helper.ts';
import { mailslot, SMB_FIXTURES } from './smb.fixtures.test-helper.ts';
import { bytesOf } from '../frames.test-helper.ts';

const TITLE = 'SMB (Server';

test('what the list says', () => {
  expect(SMB_FIXTURES.flatMap(({ frames }) => dissectFrames(frames).map(({ info }) => info)).filter((info) => !info.includes('SYN') && !info.includes('[ACK]'))).toMatchInlineSnapshot(`
    [
      "Negotiate Protocol Request",
      "Negotiate Protocol Response",
      "Session Setup AndX Request",
      "Session Setup AndX Response, Error: STATUS_MORE_PROCESSING_REQUIRED",
      "Tree Connect AndX Response, Error: ",
      "unknown-0xf0 Request",
      "Trans Request",
    ]
  `);
});

test('a message to a mailslot', () => {
  expect(branch(one(named(0x11, mailslot(bytesOf('0102'), '\\MAILSLOT\\OTHER'))), TITLE)).toMatchInlineSnapshot(`
    "SMB (Server Message Block Protocol)
        SMB Header
            Server Component: SMB
            SMB Command: Trans (0x25)
            Error Class: Success (0x00)
            Reserved: 00
            Error Code: No Error
            Flags: 0x08
                0... .... = Request/Response: Message is a request to the server
                .0.. .... = Notify: Notify client only on open
                ..0. .... = Oplocks: OpLock not requested/granted
                ...0 .... = Canonicalized Pathnames: Pathnames are not canonicalized
                .... 1... = Case Sensitivity: Path names are caseless
                .... ..0. = Receive Buffer Posted: Receive buffer has not been posted
                .... ...0 = Lock and Read: Lock&Read, Write&Unlock are not supported
            Flags2: 0x0000
                .... .... .... ...0 = Long Names Allowed: Long file names are not allowed in the response
                .... .... .... ..0. = Extended Attributes: Extended attributes are not supported
                .... .... .... .0.. = Security Signatures: Security signatures are not supported
                .... .... .... 0... = Compressed: Compression is not requested
                .... .... ...0 .... = Security Signatures Required: Security signatures are not required
                .... .... .0.. .... = Long Names Used: Path names in request are not long file names
                .... .0.. .... .... = Reparse Path: The request does not use a @GMT reparse path
                .... 0... .... .... = Extended Security Negotiation: Extended security negotiation is not supported
                ...0 .... .... .... = Dfs: Don't resolve pathnames with Dfs
                ..0. .... .... .... = Execute-only Reads: Don't permit reads if execute-only
                .0.. .... .... .... = Error Code Type: Error codes are DOS error codes
                0... .... .... .... = Unicode Strings: Strings are ASCII
            Process ID High: 0
            Signature: 0000000000000000
            Reserved: 0000
            Tree ID: 1
            Process ID: 2
            User ID: 3
            Multiplex ID: 4
        Trans Request (0x25)
            Word Count (WCT): 17
            Total Parameter Count: 0
            Total Data Count: 2
            Max Parameter Count: 0
            Max Data Count: 0
            Max Setup Count: 0
            Reserved: 00
            Flags: 0x0000
                .... .... .... ...0 = Disconnect TID: Do NOT disconnect TID
                .... .... .... ..0. = One Way Transaction: Two way transaction
            Timeout: 1 second
            Reserved: 0000
            Parameter Count: 0
            Parameter Offset: 0
            Data Count: 2
            Data Offset: 85
            Setup Count: 3
            Reserved: 00
            Byte Count (BCC): 18
            Transaction Name: \\MAILSLOT\\OTHER
            SMB MailSlot Protocol
                Opcode: Write Mail Slot (1)
                Priority: 1
                Class: Unreliable & Broadcast (2)
                Size: 18
                Mailslot Name: \\MAILSLOT\\OTHER"
  `);
});

test.each([
  ['within the words', 40],
  ['within the name', 75],
])('a message that is cut off %s is malformed', (_where, length) => {
  expect(one(named(0x11, mailslot(bytesOf('0102')).subarray(0, length))).tree).toContain('[Malformed Packet');
});
