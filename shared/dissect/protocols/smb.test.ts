import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { named } from './nbdgm.fixtures.test-helper.ts';
import { framed } from './nbss.fixtures.test-helper.ts';
import { mailslot, SHARE, SMB_FIXTURES, TRANSFER } from './smb.fixtures.test-helper.ts';
import { bytesOf, TcpFrames } from '../frames.test-helper.ts';

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
      "Negotiate Protocol Request",
      "Negotiate Protocol Response",
      "Session Setup AndX Request, User: HOME\\ann",
      "Session Setup AndX Response",
      "Tree Connect AndX Request, Path: \\\\FILES\\DOCS",
      "Tree Connect AndX Response",
      "Echo Request",
      "Echo Response",
      "Tree Disconnect Request",
      "Tree Disconnect Response",
      "Logoff AndX Request",
      "Logoff AndX Response",
      "NT Create AndX Request, FID: 0x4001, Path: \\a.txt",
      "NT Create AndX Response, FID: 0x4001",
      "Close Request, FID: 0x4001",
      "Close Response, FID: 0x4001",
      "NT Create AndX Request, FID: 0x4002, Path: \\b.txt",
      "NT Create AndX Response, FID: 0x4002",
      "NT Create AndX Request, Path: \\c.txt",
      "NT Create AndX Response, Error: STATUS_OBJECT_NAME_NOT_FOUND",
      "Close Request, FID: 0x4003",
      "Close Response",
      "NT Create AndX Request, FID: 0x4001, Path: \\a.txt",
      "NT Create AndX Response, FID: 0x4001",
      "Read AndX Request, FID: 0x4001, 4 bytes at offset 5",
      "Read AndX Response, FID: 0x4001, 4 bytes",
      "Write AndX Request, FID: 0x4001, 4 bytes at offset 4294967296",
      "Write AndX Response, FID: 0x4001, 4 bytes",
      "Write AndX Request, FID: 0x4002, 4 bytes at offset 0",
      "Session Setup AndX Request; Tree Connect AndX, Path: \\\\F\\D",
      "Session Setup AndX Response; Tree Connect AndX",
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

const session = (name: string): ReturnType<typeof dissectFrames> => dissectFrames(SMB_FIXTURES.find((fixture) => fixture.name === name)?.frames ?? []).slice(3);

test('requests and answers belong together', () => {
  const frames = session('smb: a share');
  expect(frames.map(({ values }) => values['smb.response_in']?.[0] ?? values['smb.response_to']?.[0])).toEqual(['5', '4', '7', '6', '9', '8', '11', '10', '13', '12', '15', '14']);
  expect(frames[1]?.values['smb.time']).toEqual(['0.001000000']);
  expect(frames[1]?.tree).toContain('Selected Index: 1: NT LM 0.12');
});

test('what is agreed on, and who logs in', () => {
  const [question, agreement, login, answer] = session('smb: a share');
  expect(question?.values['smb.dialect.name']).toEqual(['LANMAN1.0', 'NT LM 0.12']);
  expect(agreement?.values).toMatchObject({
    'smb.sm.mode': ['1'], 'smb.max_bufsize': ['4356'], 'smb.server_cap.unicode': ['1'], 'smb.server_cap.extended_security': ['0'], 'smb.system.time': ['Jan  1, 2000 00:00:00.000000000 UTC'], 'smb.server_timezone': ['-60'],
    'smb.challenge': ['0102030405060708'], 'smb.primary_domain': ['HOME'], 'smb.server': ['FILES'],
  });
  expect(login?.values).toMatchObject({ 'smb.ansi_password': ['00'], 'smb.unicode_password': ['0102'], 'smb.account': ['ann'], 'smb.primary_domain': ['HOME'], 'smb.native_os': ['Unix'], 'smb.native_lanman': ['Samba'] });
  expect(answer?.values).toMatchObject({ 'smb.setup.action.guest': ['1'], 'smb.native_lanman': ['Samba'] });
});

test('the share that a number stands for, from its answer on', () => {
  const frames = session('smb: a share');
  expect(frames[4]?.values).toMatchObject({ 'smb.path': ['\\\\FILES\\DOCS'], 'smb.service': ['?????'], 'smb.connect.flags.extendedresp': ['1'] });
  expect(frames[5]?.values).toMatchObject({ 'smb.path': ['\\\\FILES\\DOCS'], 'smb.fid.mapped_in': ['9'], 'smb.native_fs': ['NTFS'], 'smb.access_mask': ['0x001f01ff', '0x00000000'] });
  expect(frames[6]?.values).toMatchObject({ 'smb.path': ['\\\\FILES\\DOCS'], 'smb.echo.data': ['0a0b'] });
  expect(frames[10]?.values['smb.path']).toBeUndefined();
});

test('commands in a row', () => {
  const [request, answer] = session('smb: commands in a row');
  expect(request?.values).toMatchObject({ 'smb.cmd': ['0x73', '0x75', '0xff'], 'smb.wct': ['10', '4'], 'smb.account': ['ann'], 'smb.path': ['\\\\F\\D'] });
  expect(answer?.values).toMatchObject({ 'smb.cmd': ['0x73', '0x75', '0xff'], 'smb.wct': ['3', '2'], 'smb.service': ['A:'] });
});

describe('a file', () => {
  test('is known by its number from its answer on, also to the request', () => {
    const [request, answer, close, closed] = session('smb: a file');
    expect(request).toMatchObject({ info: 'NT Create AndX Request, FID: 0x4001, Path: \\a.txt', values: { 'smb.fid': ['0x4001'], 'smb.file': ['\\a.txt'], 'smb.access.write': ['1'], 'smb.create.disposition': ['1'], 'smb.impersonation.level': ['2'] } });
    expect(request?.values['smb.fid.opened_in']).toBeUndefined();
    expect(answer).toMatchObject({
      info: 'NT Create AndX Response, FID: 0x4001',
      values: { 'smb.fid.opened_in': ['5'], 'smb.fid.closed_in': ['6'], 'smb.file': ['\\a.txt'], 'smb.file_attribute.archive': ['0', '1'], 'smb.end_of_file': ['5'], 'smb.change.time': ['Jan  1, 2000 00:00:00.000000000 UTC'], 'smb.ipc_state.icount': ['255'] },
    });
    expect(close).toMatchObject({ info: 'Close Request, FID: 0x4001', values: { 'smb.file': ['\\a.txt'], 'smb.last_write.time': ['Jan  1, 2000 00:00:00.000000000 UTC'] } });
    expect(closed).toMatchObject({ info: 'Close Response, FID: 0x4001', values: { 'smb.file': ['\\a.txt'] } });
  });

  test('with the long answer', () => {
    expect(session('smb: a file')[5]?.values).toMatchObject({ 'smb.volume_guid': ['11111111-1111-1111-1111-111111111111'], 'smb.create.file_id_64b': ['0x0000000000000022'], 'smb.access_mask': ['0x0002019f', '0x001f01ff', '0x0012019f'] });
  });

  test('that is refused, or was opened before, has no name', () => {
    const [request, refused, close, closed] = session('smb: a file').slice(6);
    expect(request?.info).toBe('NT Create AndX Request, Path: \\c.txt');
    expect(refused?.info).toBe('NT Create AndX Response, Error: STATUS_OBJECT_NAME_NOT_FOUND');
    expect(close).toMatchObject({ info: 'Close Request, FID: 0x4003' });
    expect(close?.values['smb.file']).toBeUndefined();
    expect(closed?.info).toBe('Close Response');
  });
});

test('reading and writing', () => {
  const [read, data, write, written, plain] = session('smb: reading and writing').slice(2);
  expect(read).toMatchObject({ info: 'Read AndX Request, FID: 0x4001, 4 bytes at offset 5', values: { 'smb.file': ['\\a.txt'], 'smb.maxcount_high': ['0'], 'smb.file.rw.offset': ['5'], 'smb.file.rw.length': ['4'] } });
  expect(data).toMatchObject({ info: 'Read AndX Response, FID: 0x4001, 4 bytes', values: { 'smb.file.rw.offset': ['5'], 'smb.padding': ['00'], 'smb.file_data': ['64617461'] } });
  expect(write).toMatchObject({ info: 'Write AndX Request, FID: 0x4001, 4 bytes at offset 4294967296', values: { 'smb.write.mode.message_start': ['1'], 'smb.file.rw.offset': ['4294967296'], 'smb.padding': ['ee'], 'data.data': ['64617461'] } });
  expect(plain).toMatchObject({ info: 'Write AndX Request, FID: 0x4002, 4 bytes at offset 0', values: { 'data.data': ['64617461'] } });
  expect(written).toMatchObject({ info: 'Write AndX Response, FID: 0x4001, 4 bytes', values: { 'smb.count_low': ['4'], 'smb.file.rw.length': ['4'] } });
});

test('what is written to a share that is no pipe is a file\'s', () => {
  const known = new TcpFrames(445);
  for (const bytes of [...SHARE.slice(4, 6), ...TRANSFER.slice(-1)]) known.send(((bytes[9] ?? 0) & 0x80) === 0 ? 'up' : 'down', framed(bytes));
  expect(dissectFrames(known.frames).at(-1)?.values).toMatchObject({ 'smb.file_data': ['64617461'] });
});
