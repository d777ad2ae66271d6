/** Messages of the first version of SMB: to mailslots, and logins. */
import { concat, latin1, u8, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, TcpFrames } from '../frames.test-helper.ts';
import { named } from './nbdgm.fixtures.test-helper.ts';
import { framed } from './nbss.fixtures.test-helper.ts';
import { le16, le32 } from './smb2.fixtures.test-helper.ts';

type Part = string | Bytes;

export interface Head {
  readonly command: number;
  readonly isResponse?: boolean;
  readonly flags2?: number;
  readonly status?: number;
}

const HEADER_BYTES = 32;

/** A message: header, words with their count, bytes with theirs. */
export function message({ command, isResponse = false, flags2 = 0, status = 0 }: Head, words: Part, ...bytes: readonly Part[]): Bytes {
  const [wordBytes, rest] = [bytesOf(words), bytesOf(...bytes)];
  return bytesOf('ff534d42', u8(command), le32(status), u8(isResponse ? 0x88 : 0x08), le16(flags2), zeros(12), '0100 0200 0300 0400', u8(wordBytes.length / 2), wordBytes, le16(rest.length), rest);
}

/** Data for a mailslot. */
export function mailslot(data: Bytes, name = '\\MAILSLOT\\BROWSE'): Bytes {
  const path = latin1(`${name}\0`);
  const offset = HEADER_BYTES + 1 + 34 + 2 + path.length;
  const words = bytesOf('0000', le16(data.length), '0000 0000 00 00 0000 e8030000 0000 0000 0000', le16(data.length), le16(offset), '03 00 0100 0100 0200');
  return message({ command: 0x25 }, words, concat(path, data));
}

const BLOB = '6002 0102';
const NT = 0xc801;

export const LOGIN = [
  message({ command: 0x72, flags2: NT }, '', '02', latin1('NT LM 0.12\0')), message({ command: 0x72, isResponse: true, flags2: NT }, bytesOf('0000 03 3200 0100 04110000 00000100 00000000 fde30080', zeros(10), '00'), zeros(16), BLOB),
  message({ command: 0x73, flags2: NT }, bytesOf('ff 00 0000 0411 3200 0000 00000000 0400 00000000 d4000080'), BLOB, zeros(4)), message({ command: 0x73, isResponse: true, flags2: NT, status: 0xc000_0016 }, 'ff 00 0000 0000 0400', BLOB, zeros(4)), message({ command: 0x75, isResponse: true, status: 0x0005_0001 }, ''), message({ command: 0xf0 }, ''),
];

/** UTF-16 with a NUL behind it. */
function wide(text: string): Bytes {
  return Uint8Array.from(`${text}\0`, (letter) => letter.charCodeAt(0)).reduce((whole, unit) => concat(whole, le16(unit)), zeros(0));
}

/** Gives a message a tree and a number of its own. */
function numbered(bytes: Bytes, tree: number, multiplex: number): Bytes {
  return concat(bytes.subarray(0, 24), le16(tree), bytes.subarray(26, 30), le16(multiplex), bytes.subarray(32));
}

const SHARE_SECURITY = '0500 03 3200 0100 04110000 00000100 00000000 fde30000 00406d25eb53bf01 c4ff 08';
const PASSWORD = 'ff 00 0000 0411 3200 0000 00000000 0100 0200 00000000 d4000000';

/** A login with passwords, a share, an echo, and the way out; requests and their answers. */
export const SHARE: readonly Bytes[] = [
  numbered(message({ command: 0x72, flags2: NT }, '', '02', latin1('LANMAN1.0\0'), '02', latin1('NT LM 0.12\0')), 0, 1),
  numbered(message({ command: 0x72, isResponse: true, flags2: NT }, SHARE_SECURITY.replace('0500', '0100'), '0102030405060708', wide('HOME'), wide('FILES')), 0, 1),
  numbered(message({ command: 0x73, flags2: NT }, PASSWORD, '00 0102', wide('ann'), wide('HOME'), wide('Unix'), wide('Samba')), 0, 2),
  numbered(message({ command: 0x73, isResponse: true, flags2: NT }, 'ff 00 0000 0100', '00', wide('Unix'), wide('Samba'), wide('HOME')), 0, 2),
  numbered(message({ command: 0x75, flags2: NT }, 'ff 00 0000 0800 0100', '00', wide('\\\\FILES\\DOCS'), latin1('?????\0')), 0, 3),
  numbered(message({ command: 0x75, isResponse: true, flags2: NT }, 'ff 00 0000 0100 ff011f00 00000000', latin1('A:\0'), wide('NTFS')), 7, 3),
  numbered(message({ command: 0x2b, flags2: NT }, '0100', '0a0b'), 7, 4), numbered(message({ command: 0x2b, isResponse: true, flags2: NT }, '0100', '0a0b'), 7, 4),
  numbered(message({ command: 0x71, flags2: NT }, ''), 7, 5), numbered(message({ command: 0x71, isResponse: true, flags2: NT }, ''), 7, 5),
  numbered(message({ command: 0x74, flags2: NT }, 'ff 00 0000'), 0, 6), numbered(message({ command: 0x74, isResponse: true, flags2: NT }, 'ff 00 0000'), 0, 6),
];

const CREATE_WORDS = 'ff 00 0000 00 0c00 16000000 00000000 9f010200 0000000000000000 80000000 03000000 01000000 40000000 02000000 03';
const CREATED_WORDS = `ff 00 0000 02 0140 01000000 ${'00406d25eb53bf01'.repeat(4)} 20000000 0010000000000000 0500000000000000 0000 ff05 00`;

/** A file that is opened and closed; another one, whose answer is the long one; one that nobody saw opened. */
export const FILE: readonly Bytes[] = [
  numbered(message({ command: 0xa2, flags2: NT }, CREATE_WORDS, '00', wide('\\a.txt')), 7, 7), numbered(message({ command: 0xa2, isResponse: true, flags2: NT }, CREATED_WORDS), 7, 7),
  numbered(message({ command: 0x04, flags2: NT }, '0140 80436d38'), 7, 8), numbered(message({ command: 0x04, isResponse: true, flags2: NT }, ''), 7, 8),
  numbered(message({ command: 0xa2, flags2: NT }, CREATE_WORDS, '00', wide('\\b.txt')), 7, 9), numbered(message({ command: 0xa2, isResponse: true, flags2: NT }, bytesOf(CREATED_WORDS.replace('0140', '0240'), '11'.repeat(16), '2200000000000000 ff011f00 9f011200')), 7, 9),
  numbered(message({ command: 0xa2, flags2: NT }, CREATE_WORDS, '00', wide('\\c.txt')), 7, 10), numbered(message({ command: 0xa2, isResponse: true, flags2: NT, status: 0xc000_0034 }, ''), 7, 10),
  numbered(message({ command: 0x04, flags2: NT }, '0340 ffffffff'), 7, 11), numbered(message({ command: 0x04, isResponse: true, flags2: NT }, ''), 7, 11),
];

/** Four bytes that are read at 5, written behind 4 GiB as a message of a pipe, and written at the start; nobody saw the share opened. */
export const TRANSFER: readonly Bytes[] = [
  ...FILE.slice(0, 2),
  numbered(message({ command: 0x2e, flags2: NT }, 'ff 00 0000 0140 05000000 0400 0400 00000000 0000'), 7, 12), numbered(message({ command: 0x2e, isResponse: true, flags2: NT }, 'ff 00 0000 ffff 0000 0000 0400 3c00 00000000 000000000000', '00 64617461'), 7, 12),
  numbered(message({ command: 0x2f, flags2: NT }, 'ff 00 0000 0140 00000000 00000000 0800 0400 0000 0400 4000 01000000', 'ee 64617461'), 7, 13), numbered(message({ command: 0x2f, isResponse: true, flags2: NT }, 'ff 00 0000 0400 ffff 0000 0000'), 7, 13),
  numbered(message({ command: 0x2f, flags2: NT }, 'ff 00 0000 0240 00000000 00000000 0000 0400 0000 0400 3c00', '00 64617461'), 7, 14),
];

/** A login and a share in one message: the second command stands behind the first. */
export const CHAIN_OF_COMMANDS: readonly Bytes[] = [
  numbered(concat(message({ command: 0x73 }, 'ff 00 0000 3e06 0200 0000 00000000 0100 00000000'.replace('ff 00 0000', '75 00 3c00'), '00', latin1('ann\0')), bytesOf('04 ff 00 0000 0000 0100 0c00 00', latin1('\\\\F\\D\0'), latin1('A:\0'))), 0, 9),
  numbered(concat(message({ command: 0x73, isResponse: true }, '75 00 2900 0000'), bytesOf('02 ff 00 0000 0300', latin1('A:\0'))), 5, 9),
];

function session(messages: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(445);
  for (const bytes of messages) frames.send(((bytes[9] ?? 0) & 0x80) === 0 ? 'up' : 'down', framed(bytes));
  return frames;
}

const CHAIN = 'eth:ethertype:ip:udp:nbdgm:smb';

export const SMB_FIXTURES: readonly Fixture[] = [
  fixture('smb: a login', ...over(session(LOGIN), ['', '', '', ':nbss:smb', ':nbss:smb:gss-api', ':nbss:smb:gss-api', ':nbss:smb:gss-api', ':nbss:smb', ':nbss:smb'])), fixture('smb: a share', ...over(session(SHARE), ['', '', '', ...SHARE.map(() => ':nbss:smb')])), fixture('smb: a file', ...over(session(FILE), ['', '', '', ...FILE.map(() => ':nbss:smb')])), fixture('smb: reading and writing', ...over(session(TRANSFER), ['', '', '', ...TRANSFER.map((_, index) => (index === 4 || index === 6 ? ':nbss:smb:data' : ':nbss:smb'))])), fixture('smb: commands in a row', ...over(session(CHAIN_OF_COMMANDS), ['', '', '', ':nbss:smb', ':nbss:smb'])),
  fixture('smb: another mailslot', [named(0x11, mailslot(bytesOf('0102'), '\\MAILSLOT\\OTHER'))], [`${CHAIN}:data`]),
];
