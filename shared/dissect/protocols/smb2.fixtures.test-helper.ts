/** Sessions of SMB2: every command, errors, chains, encryption. */
import { concat, hex, latin1, zeros } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { fixture, over } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { bytesOf, TcpFrames } from '../frames.test-helper.ts';
import { framed } from './nbss.fixtures.test-helper.ts';

type Part = string | Bytes;

/** Least significant byte first. */
export function le16(value: number): Bytes {
  return Uint8Array.of(value, value >>> 8);
}

export function le32(value: number): Bytes {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

function le64(value: number): Bytes {
  return concat(le32(value), zeros(4));
}

function wide(text: string): Bytes {
  return latin1([...text].map((letter) => `${letter}\0`).join(''));
}

const HEADER_BYTES = 64;
export const RESPONSE = 1;
const ASYNC = 2;
const RELATED = 4;
const PENDING = 0x0000_0103;
export const NOT_FOUND = 0xc000_0034;

export interface Head {
  readonly command: number;
  readonly id: number;
  readonly flags?: number;
  readonly status?: number;
  readonly next?: number;
  readonly tree?: number;
  readonly session?: number;
}

export function message({ command, id, flags = 0, status = 0, next = 0, tree = 5, session = 0x77 }: Head, ...body: readonly Part[]): Bytes {
  const ids = (flags & ASYNC) === 0 ? concat(le32(0xfeff), le32(tree)) : le64(0x55);
  return bytesOf('fe534d42 4000 0100', le32(status), le16(command), le16(31), le32(flags), le32(next), concat(le32(id), le32(id < 0 ? -1 : 0)), ids, le64(session), zeros(16), ...body);
}

const FILE_ID = '0102030405060708 1112131415161718';
const GUID = '000102030405060708090a0b0c0d0e0f';
/** 14 November 2023, 22:13:20 UTC. */
const TIME = '0080a5cb4a17da01';
const TIMES = `${TIME}${TIME}${TIME}${TIME}`;
const ATTRIBUTES = '20000000';

/** Where a buffer lies behind a body of this many bytes. */
function behind(bodyBytes: number): Bytes {
  return le16(HEADER_BYTES + bodyBytes);
}

function context(type: number, ...data: readonly Part[]): Bytes {
  const bytes = bytesOf(...data);
  return concat(le16(type), le16(bytes.length), zeros(4), bytes, zeros(-bytes.length & 7));
}

const CONTEXTS = concat(
  context(1, '0100 0400 0100 01020304'), context(2, '0200 0200 0100'), context(3, '0200 0000 01000000 0100 0200'), context(5, wide('srv')), context(6, '01000000'), context(8, '0200 0100 0200'), context(0x100, GUID), context(7, '0100 0000 00000000 0100'),
);
const BLOB = '6002 0102';

interface Exchange {
  readonly request: readonly Part[];
  readonly response: readonly Part[];
  readonly status?: number;
  /** What frame.protocols has below SMB2, for each. */
  readonly below?: readonly [request: string, response: string];
}

/** Bodies of requests and their answers, by command. */
const EXCHANGES: Readonly<Record<number, readonly Exchange[]>> = {
  0: [{
    request: ['2400 0300 0100 0000 7f000000', GUID, le32(0x70), '0800 0000 0202 1002 1103', zeros(6), CONTEXTS],
    response: ['4100 0100 1103 0700', GUID, '7f000000 00001000 00001000 00001000', TIME, TIME, behind(64), '0400', le32(0x88), BLOB, zeros(4), CONTEXTS],
    below: ['', ':gss-api'],
  }],
  1: [{ request: ['1900 00 01 01000000 00000000', behind(24), '0400', le64(0), BLOB], response: ['0900 0000', behind(8), '0400', BLOB], status: 0xc000_0016, below: [':gss-api', ':gss-api'] }, { request: ['1900 00 01 01000000 00000000', behind(24), '0000', le64(0)], response: ['0900 0000', behind(8), '0000'] }],
  3: [{ request: ['0900 0000', behind(8), le16(20), wide('\\\\srv\\data')], response: ['1000 01 00 30000000 10000000 ff011f00'] }],
  5: [{
    request: [
      '3900 00 08 02000000', zeros(16), '9f011200 80000000 07000000 01000000 40000000', behind(56), le16(10), le32(0x88), le32(200), wide('a.txt'), zeros(6),
      contextOf('DHnQ', zeros(16)), contextOf('MxAc', ''), contextOf('RqLs', GUID, '07000000 00000000', zeros(8)), contextOf('DH2Q', '10270000 02000000', zeros(8), GUID), lastContext('QFid', ''),
    ],
    response: [
      '5900 09 00 01000000', TIMES, le64(4096), le64(1234), ATTRIBUTES, '00000000', FILE_ID, le32(0x98), le32(168), contextOf('MxAc', '00000000 ff011f00'), contextOf('RqLs', GUID, '07000000 00000000', zeros(8), GUID, '0100 0000'), lastContext('QFid', zeros(32)),
    ],
  }],
  7: [{ request: ['1800', zeros(6), FILE_ID], response: ['0400 0000'] }],
  8: [{ request: ['3100 50 00 04000000', le64(16), FILE_ID, '01000000 00000000 00000000 0000 0000 00'], response: ['1100 50 00 04000000 00000000 00000000', latin1('data')], below: ['', ':data'] }],
  9: [{ request: ['3100', behind(48), '04000000', le64(16), FILE_ID, '00000000 00000000 0000 0000 01000000', latin1('data')], response: ['1100 0000 04000000 00000000 0000 0000'], below: [':data', ''] }],
  10: [{ request: ['3000 0100 00000000', FILE_ID, le64(0), le64(16), '12000000 00000000'], response: ['0400 0000'] }],
  11: [
    ioctl(0x0014_01fc, '', bytesOf('98000000 05000000 03000000 00000000', le64(1_000_000_000), '0200 0000 c0000202', zeros(120), '00000000 06000000 00000000 00000000', le64(1000), '1700 0000 00000000 20010db8000000000000000000000009 00000000', zeros(100))),
    ioctl(0x0014_0204, bytesOf('7f000000', GUID, '0100 0300 0202 1002 1103'), bytesOf('7f000000', GUID, '0100 1103')), ioctl(0x0014_0078, '', zeros(32)), ioctl(0x0014_40f2, bytesOf(zeros(24), '01000000 00000000', le64(0), le64(16), '10000000 00000000'), bytesOf('01000000 00000000 10000000')),
    { ...ioctl(0x0011_c017, '05000b03', '05000c03'), below: [':data', ':data'] }, ioctl(0x0009_00c0, '', zeros(64)), ioctl(0x0009_80c8, bytesOf(le64(0), le64(9)), ''), ioctl(0x0009_c040, '0200', ''), ioctl(0x0006_0194, '0102', ''),
  ],
  13: [{ request: ['0400 0000'], response: ['0400 0000'] }],
  14: [find(1, ''), find(2, le32(0)), find(3, concat(le32(0), Uint8Array.of(2, 0), wide('A'), zeros(22))), find(0x25, concat(le32(0), Uint8Array.of(2, 0), wide('A'), zeros(22), zeros(2), le64(77))), find(0x26, zeros(16))],
  15: [{ request: ['2000 0100 00100000', FILE_ID, 'ff0f0000 00000000'], response: ['0900', behind(8), le32(32), '10000000 01000000 02000000 6100 0000', '00000000 03000000 04000000 6200 6300'] }],
  16: [
    ...([[4, `${TIMES}${ATTRIBUTES}00000000`], [5, `${'00'.repeat(16)}01000000 00 00 0000`], [6, '0102030405060708'], [7, '00000000'], [8, 'ff011f00'], [0x0e, '0000000000000000'], [0x10, '02000000'], [0x11, '00000000'], [0x15, '04000000 6100 6200'], [0x22, `${TIMES}${'00'.repeat(16)}${ATTRIBUTES}00000000`], [0x23, `${ATTRIBUTES} 0c0000a0`], [0x30, '04000000 6100 6200']] as const).map(([level, data]) => info(1, level, data)),
    info(1, 0x12, bytesOf(TIMES, ATTRIBUTES, '00000000', zeros(16), '01000000 00 00 0000', zeros(8), '00000000 ff011f00', zeros(8), '02000000 00000000 04000000 6100 6200')), info(1, 0x0f, '00000000 00 02 0300 6561 00 010203'), info(1, 0x16, '00000000 04000000'),
    ...[1, 3, 4, 5, 6, 7, 8].map((level) => info(2, level, zeros(48))), info(3, 0, '01000480'), info(4, 0, '0102'),
  ],
  17: [set(1, 0x04, `${TIMES}${ATTRIBUTES}00000000`), set(1, 0x0a, bytesOf('00', zeros(7), zeros(8), '04000000 6100 6200')), set(1, 0x0d, '01'), set(1, 0x13, zeros(8)), set(1, 0x14, zeros(8)), set(3, 0, '01000480')],
  18: [{ request: ['1800 01 00 00000000', FILE_ID], response: ['1800 01 00 00000000', FILE_ID] }, { request: ['2400 0000 00000000', GUID, '01000000', zeros(8)], response: ['2400 0000 00000000', GUID, '01000000', zeros(8)] }],
  6: [{ request: ['1800 0100 00000000', FILE_ID], response: ['3c00 0100 00000000', TIMES, le64(4096), le64(1234), ATTRIBUTES] }],
  4: [{ request: ['0400 0000'], response: ['0400 0000'] }],
  2: [{ request: ['0400 0000'], response: ['0400 0000'] }],
};

/** A context of Create, whose name and data lie behind 16 bytes; multiples of 8 bytes follow each other. */
function contextOf(tag: string, ...data: readonly Part[]): Bytes {
  const last = lastContext(tag, ...data);
  const filled = concat(last, zeros(-last.length & 7));
  filled.set(le32(filled.length));
  return filled;
}

function lastContext(tag: string, ...data: readonly Part[]): Bytes {
  const bytes = bytesOf(...data);
  return concat(le32(0), le16(16), le16(4), zeros(2), le16(bytes.length === 0 ? 0 : 24), le32(bytes.length), latin1(tag), zeros(4), bytes);
}

function ioctl(code: number, input: Part, output: Part): Exchange {
  const [inBytes, outBytes] = [bytesOf(input), bytesOf(output)];
  const place = (bytes: Bytes, body: number): Bytes => concat(le32(bytes.length === 0 ? 0 : HEADER_BYTES + body), le32(bytes.length));
  return {
    request: ['3900 0000', le32(code), FILE_ID, place(inBytes, 56), le32(0), place(zeros(0), 0), le32(4096), '01000000 00000000', inBytes],
    response: ['3100 0000', le32(code), FILE_ID, place(zeros(0), 0), place(outBytes, 48), '00000000 00000000', outBytes],
  };
}

function find(level: number, more: Part): Exchange {
  const entry = (next: number): Bytes => bytesOf(le32(next), le32(0), TIMES, le64(1234), le64(4096), ATTRIBUTES, le32(10), more, wide('a.txt'));
  const first = entry(0);
  const size = first.length + (-first.length & 7);
  const entries = concat(entry(size), zeros(size - first.length), entry(0));
  return { request: ['2100', Uint8Array.of(level, 0), '00000000', FILE_ID, behind(32), '0200 00000100', wide('*')], response: ['0900', behind(8), le32(entries.length), entries] };
}

function info(kind: number, level: number, data: Part): Exchange {
  const bytes = bytesOf(data);
  return { request: ['2900', Uint8Array.of(kind, level), '00100000 0000 0000 00000000 00000000 00000000', FILE_ID], response: ['0900', behind(8), le32(bytes.length), bytes] };
}

function set(kind: number, level: number, data: Part): Exchange {
  const bytes = bytesOf(data);
  return { request: ['2100', Uint8Array.of(kind, level), le32(bytes.length), behind(32), '0000 00000000', FILE_ID, bytes], response: ['0200'] };
}

/** Opened before it is used, closed at the end. */
const ORDER = [0, 1, 3, 5, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 6, 4, 2];

export const COMMANDS: readonly Bytes[] = ORDER.flatMap((command) =>
  (EXCHANGES[command] ?? []).flatMap(({ request, response, status }, index) => [
    message({ command, id: command * 32 + index }, ...request), message({ command, id: command * 32 + index, flags: RESPONSE, ...(status === undefined ? {} : { status }) }, ...response),
  ]),
);

const BELOW = ORDER.flatMap((command) => (EXCHANGES[command] ?? []).flatMap(({ below }) => below ?? ['', '']));

export function session(messages: readonly Bytes[]): TcpFrames {
  const frames = new TcpFrames(445);
  for (const bytes of messages) frames.send(((bytes[16] ?? 0) & RESPONSE) === 0 ? 'up' : 'down', framed(bytes));
  return frames;
}

const CREATE = EXCHANGES[5]?.[0] as Exchange;
const CLOSE = EXCHANGES[6]?.[0] as Exchange;
const opening = message({ command: 5, id: 1, next: 0 }, ...CREATE.request);

function linked(first: Bytes, second: Bytes): Bytes {
  const filled = concat(first, zeros(-first.length & 7));
  filled.set(le32(filled.length), 20);
  return concat(filled, second);
}

/** A chain of two, an answer that comes later, one that says what went wrong, a notice that nobody asked for, an unknown command. */
export const SPECIAL: readonly Bytes[] = [
  linked(opening, message({ command: 6, id: 2, flags: RELATED }, '1800 0100 00000000 ffffffffffffffff ffffffffffffffff')), linked(message({ command: 5, id: 1, flags: RESPONSE }, ...CREATE.response), message({ command: 6, id: 2, flags: RESPONSE | RELATED }, ...CLOSE.response)),
  message({ command: 15, id: 3 }, '2000 0100 00100000', FILE_ID, 'ff0f0000 00000000'), message({ command: 15, id: 3, flags: RESPONSE | ASYNC, status: PENDING }, '0900 0000 00000000 00'), message({ command: 12, id: 3, flags: ASYNC }, '0400 0000'), message({ command: 15, id: 3, flags: RESPONSE | ASYNC, status: 0xc000_0120 }, '0900 0000 00000000 00'),
  message({ command: 5, id: 4 }, ...CREATE.request), message({ command: 5, id: 4, flags: RESPONSE, status: NOT_FOUND }, '0900 0000 00000000 00'), message({ command: 18, id: -1, flags: RESPONSE }, '2c00 0000 01000000', GUID, '07000000 01000000', zeros(12)), message({ command: 40, id: 5 }, '0400 0000'),
];

const SECRET = [bytesOf('fd534d42', zeros(16), zeros(16), '20000000 0000 0100', le64(0x77), zeros(32)), bytesOf('fc534d42 00010000 0100 0000 00000000', '0102030405'), bytesOf('fc534d42 00010000 0200 0100 05000000', '0102030405')];

/** LZ77 without a single match but the one that is not there, which ends it. */
function literals(plain: Bytes): Bytes {
  const parts: Bytes[] = [];
  for (let at = 0; at < plain.length; at += 32) parts.push(le32(at + 32 <= plain.length ? 0 : 0xffff_ffff >>> (plain.length - at)), plain.subarray(at, at + 32));
  return concat(...parts);
}

/** LZNT1 without a compressed chunk. */
function chunk(plain: Bytes): Bytes {
  return concat(le16(0x3000 | (plain.length - 1)), plain);
}

function compressed(plain: Bytes, algorithm: number, packed: Bytes): Bytes {
  return bytesOf('fc534d42', le32(plain.length), le16(algorithm), '0000 00000000', packed);
}

const ECHO = message({ command: 13, id: 1 }, '0400 0000');
const WRITE = message({ command: 9, id: 2 }, '3100', behind(48), '00010000', le64(0), FILE_ID, '00000000 00000000 0000 0000 00000000');

/** Each algorithm, from an offset on, a chain with a pattern, one that nobody knows, and more than there is room for. */
export const COMPRESSED: readonly Bytes[] = [
  compressed(ECHO, 1, chunk(ECHO)),
  compressed(ECHO, 2, literals(ECHO)),
  bytesOf('fc534d42', le32(4), '0200 0000', le32(64), ECHO.subarray(0, 64), literals(ECHO.subarray(64))),
  bytesOf('fc534d42', le32(WRITE.length + 256), '0000 0100', le32(WRITE.length), WRITE, '0400 0000 08000000 aa 00 0000 00010000'),
  bytesOf('fc534d42', le32(ECHO.length), '0100 0100', le32(ECHO.length + 6), le32(ECHO.length), chunk(ECHO)),
  compressed(ECHO, 9, hex('0102030405')),
];

const PIPE = [
  message({ command: 3, id: 1 }, '0900 0000', behind(8), le16(20), wide('\\\\srv\\IPC$')), message({ command: 3, id: 1, flags: RESPONSE }, '1000 02 00 30000000 00000000 ff011f00'), message({ command: 9, id: 2 }, '3100', behind(48), '04000000', le64(0), FILE_ID, '00000000 00000000 0000 0000 00000000', '05000b03'),
];

const GET_REFERRALS = 0x0006_0194;
const ASK_REFERRALS = bytesOf('0400', wide('\\srv\\dfs'), '0000');

function referrals(id: number, response: Part): readonly Bytes[] {
  const exchange = ioctl(GET_REFERRALS, ASK_REFERRALS, response);
  return [message({ command: 11, id }, ...exchange.request), message({ command: 11, id, flags: RESPONSE }, ...exchange.response)];
}

/** Texts of entries: path, other path, node; or the domain and its controllers. */
const TARGET = concat(wide('\\srv\\dfs'), zeros(2), wide('\\SRV\\D'), zeros(2), wide('\\fs\\x'), zeros(2));
const DOMAIN = concat(wide('\\a.b'), zeros(2), wide('\\dc1'), zeros(2), wide('\\dc2'), zeros(2));

/** Where something is, of the oldest form and of the third: one target, and the controllers of a domain. */
export const REFERRALS: readonly Bytes[] = [
  ...referrals(1, bytesOf('1000 0100 02000000', '0100 1200 0000 0000', wide('\\fs'), '0000')),
  ...referrals(2, bytesOf('1000 0100 03000000', '0300 2200 0100 0400 2c010000', le16(34), le16(52), le16(66), zeros(16), TARGET)),
  ...referrals(3, bytesOf('0000 0100 00000000', '0300 2200 0000 0200 58020000', le16(34), '0200', le16(44), zeros(16), DOMAIN)),
  ...referrals(4, bytesOf('1000 0100 02000000', '0200 1600 0100 0000 05000000 3c000000', le16(22), le16(40), le16(54), TARGET)),
];

function chains(count: number): string[] {
  return ['', '', '', ...Array.from({ length: count }, () => ':nbss:smb2')];
}

export const SMB2_FIXTURES: readonly Fixture[] = [
  fixture('smb2: every command', ...over(session(COMMANDS), ['', '', '', ...BELOW.map((below) => `:nbss:smb2${below}`)])), fixture('smb2: chains, errors, answers that come later', ...over(session(SPECIAL), chains(SPECIAL.length))), fixture('smb2: in secret and compressed', ...over(session(SECRET), chains(SECRET.length))),
  fixture('smb2: compressed', ...over(session(COMPRESSED), ['', '', '', ':nbss:smb2', ':nbss:smb2', ':nbss:smb2', ':nbss:smb2:data', ':nbss:smb2', ':nbss:smb2'])),
  fixture('smb2: referrals', ...over(session(REFERRALS), chains(REFERRALS.length))),
  fixture('smb2: a pipe', ...over(session(PIPE), ['', '', '', ':nbss:smb2', ':nbss:smb2', ':nbss:smb2:data'])), fixture('smb2: over two segments', ...over(new TcpFrames(445).send('up', framed(opening).subarray(0, 70)).send('up', framed(opening).subarray(70)), ['', '', '', '', ':nbss:smb2'])),
];
