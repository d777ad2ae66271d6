import { describe, expect, test } from 'vitest';
import { dissectFrames, fromHex } from '../../dissect-frames.ts';
import type { DissectedFrame } from '../../dissect-frames.ts';
import { CLIENT_KEY, MEANINGS, MPTCP_FIXTURES, SERVER_KEY, conversation, firstPath, longSignal, secondPath, shortSignal } from '../mptcp.fixtures.test-helper.ts';
import { segmentFrame } from './frames.test-helper.ts';
import { meaningOfKey } from './mptcp-key.ts';

/** Values of one field, frame by frame; '' where a frame has none. */
function column(frames: readonly DissectedFrame[], name: string): string[] {
  return frames.map(({ values }) => values[name]?.join(',') ?? '');
}

/** Lines of the tree from the option's own on, and those of the analysis. */
function multipathLines({ tree }: DissectedFrame): string[] {
  const lines = tree.split('\n').map((line) => line.slice(4));
  const option = lines.findIndex((line) => line.includes('TCP Option - Multipath'));
  const analysis = lines.findIndex((line) => line === '[MPTCP analysis]');
  return [...lines.slice(option, lines.findIndex((line, at) => at > option && line.startsWith('['))), ...lines.slice(analysis, analysis + 4)];
}

describe('a key stands for a token and an initial number', () => {
  // Computed with sha1sum and sha256sum.
  test.each<[string, number, string, { token: number; initialDataSequence: bigint } | null]>([
    ['version 0', 0, CLIENT_KEY, { token: MEANINGS[0].clientToken, initialDataSequence: MEANINGS[0].clientStart }],
    ['version 0, the other key', 0, SERVER_KEY, { token: MEANINGS[0].serverToken, initialDataSequence: MEANINGS[0].serverStart }],
    ['version 1', 1, CLIENT_KEY, { token: MEANINGS[1].clientToken, initialDataSequence: MEANINGS[1].clientStart }],
    ['version 1, the other key', 1, SERVER_KEY, { token: MEANINGS[1].serverToken, initialDataSequence: MEANINGS[1].serverStart }],
    ['a version that nobody has defined', 2, CLIENT_KEY, null],
  ])('%s', (_, version, key, meaning) => {
    expect(meaningOfKey(version, fromHex(key))).toEqual(meaning);
  });
});

describe.each([0, 1] as const)('a connection of version %i over two paths', (version) => {
  const frames = dissectFrames(conversation(version));
  const { clientToken, clientStart, serverToken, serverStart } = MEANINGS[version];

  test('is one, whatever path a segment takes, and begins with the first', () => {
    expect(column(frames, 'tcp.stream')).toEqual(['0', '0', '0', '0', '0', '1', '1', '1', '1', '1', '0', '0']);
    // The segment without the option says nothing of it.
    expect(column(frames, 'mptcp.stream')).toEqual([...'000000000'].concat('', '0', '0'));
    expect(column(frames, 'mptcp.master')).toEqual([...'111110000'].concat('', '1', '1'));
    expect(column(frames, 'mptcp.analysis.subflows')[8]).toBe('1 0 ');
  });

  test('tells what follows from its keys', () => {
    const isTold = version === 0 ? String(clientToken) : '';
    expect(column(frames, 'mptcp.expected_token').slice(0, 4)).toEqual([isTold, String(serverToken), String(clientToken), '']);
    expect(column(frames, 'mptcp.expected_idsn').slice(1, 3)).toEqual([String(serverStart), String(clientStart)]);
  });

  test('counts data and acknowledgments from its start, on both paths', () => {
    expect(column(frames, 'mptcp.dss.dsn')).toEqual(['', '', '', '1', '', '', '', '', '1', '', '', '']);
    expect(column(frames, 'mptcp.ack')).toEqual(['', '', '', '1', '5', '', '', '', '5', '', '', '']);
    expect(column(frames, 'mptcp.rm_addr.count')[10]).toBe('1');
  });
});

test('a signal on the second path draws as a tree', () => {
  expect(multipathLines(dissectFrames(conversation(0))[8] as DissectedFrame)).toEqual([
    '    TCP Option - Multipath Transmission Control Protocol',
    '        Kind: Multipath TCP (30)',
    '        Length: 28',
    '        Multipath TCP subtype: Data Sequence Signal (2)',
    '        Multipath TCP flags: 0x0f',
    '            DATA_FIN: 0',
    '            Data Sequence Number is 8 octets: 1',
    '            Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present: 1',
    '            Data ACK is 8 octets: 1',
    '            Data ACK is present: 1',
    '        Original MPTCP Data ACK: 4221541283752790746',
    '        [Multipath TCP Data ACK: 5    (relative)]',
    '        Data Sequence Number: 11392669099783235498',
    '        Subflow Sequence Number: 5',
    '        Data-level Length: 4',
    '        [DSS Data Sequence Number: 1    (relative)]',
    '[MPTCP analysis]',
    '    [Master flow: TCP stream 0]',
    '    [Stream index: 0]',
    '    [TCP streams of this connection: 1 0]',
  ]);
});

describe('numbers of the connection', () => {
  test.each<[string, string, string]>([
    // The lower half of the client's initial number is 0x4ebb4ad5.
    ['of 32 bits that have passed the end of them', shortSignal(0, 0, 0xc000_0000n, 1n), '3221225472'],
    ['of 64 bits beyond 4 GiB', longSignal(0, 0, 0x12_0000_0001n, 1n), '77309411329'],
    ['before the first one', longSignal(0, 0, -1n, 1n), '18446744073709551615'],
  ])('%s', (_, options, expected) => {
    const frames = dissectFrames([...firstPath(0), segmentFrame({ flags: 'A', sequence: 1001, acknowledgment: 5001, options })]);
    expect(column(frames, 'mptcp.dss.dsn')[3]).toBe(expected);
    expect(column(frames, 'mptcp.ack')[3]).toBe('1');
  });
});

describe('where the beginning was not captured', () => {
  test('the numbers stay as they are, and nothing is made up', () => {
    const frames = dissectFrames(conversation(0).slice(3, 5));
    expect(column(frames, 'tcp.options.mptcp.rawdataseqno')[0]).not.toBe('');
    expect(column(frames, 'mptcp.dss.dsn')).toEqual(['', '']);
    expect(column(frames, 'mptcp.ack')).toEqual(['', '']);
    expect(column(frames, 'mptcp.master')).toEqual(['0', '0']);
    expect(frames[0]?.tree).toContain('[Master flow: unknown, as its handshake was not captured]');
    expect(frames[0]?.tree).toContain('[TCP streams of this connection: unknown, as their handshakes were not captured]');
  });

  test('paths that join by the same token are of one connection', () => {
    const again = segmentFrame({ serverPort: 9997, flags: 'S', sequence: 1, options: '020405b4 1e0c1004 3383d918 01020304' });
    const frames = dissectFrames([...secondPath(0), again]);
    expect(column(frames, 'mptcp.stream')).toEqual(['0', '0', '0', '0']);
    expect(column(frames, 'mptcp.analysis.subflows')[0]).toBe('1 0 ');
  });

  test('a path that joined before the beginning was seen is told once it is', () => {
    const frames = dissectFrames([...secondPath(0), ...firstPath(0)]);
    expect(column(frames, 'mptcp.stream')).toEqual(['0', '0', '0', '0', '0', '0']);
    expect(column(frames, 'mptcp.master')).toEqual(['0', '0', '0', '1', '1', '1']);
  });
});

describe('what contradicts itself is remarked', () => {
  const frames = dissectFrames(MPTCP_FIXTURES.find(({ name }) => name === 'Multipath TCP with keys that differ')?.frames ?? []);
  test.each<[string, readonly string[]]>([
    ['mptcp.connection.missing_algorithm', ['1', '', '']],
    ['mptcp.connection.unsupported_algorithm', ['1', '1', '']],
    ['mptcp.connection.echoed_key_mismatch', ['', '', '1']],
  ])('%s', (remark, expected) => {
    expect(column(frames, remark)).toEqual(expected);
  });
});

test.each<[string, string]>([
  ['shorter than its subtype', '1e02'],
  ['key of a version that nobody has defined', `1e0c0281 ${CLIENT_KEY}`],
  ['token cut short', '1e081002 3383d918'],
  ['number longer than the option', '1e08200f 01020304'],
])('an option that cannot be read gives no numbers: %s', (_, options) => {
  const [frame] = dissectFrames([segmentFrame({ flags: 'S', options: `020405b4 ${options}` })]);
  for (const name of ['mptcp.expected_token', 'mptcp.expected_idsn', 'mptcp.ack', 'mptcp.dss.dsn']) expect(frame?.values[name]).toBeUndefined();
  expect(frame?.protocols).toBe('eth:ethertype:ip:tcp:mptcp');
});
