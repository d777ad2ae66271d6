import { describe, expect, test } from 'vitest';
import { concat, latin1, u16 } from '../../../tools/craft/bytes.ts';
import type { Bytes } from '../../../tools/craft/bytes.ts';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { datagram, treesShownInOrder } from '../frames.test-helper.ts';
import { branch, one } from '../internet.test-helper.ts';
import { acknowledgement, block, down, texts, transfer, up } from './tftp.fixtures.test-helper.ts';

const READ_SIZE = datagram('up', 69, texts(1, 'f', 'octet', 'tsize', '0'));

function error(code: number, words = 'no\0'): Bytes {
  return concat(u16(5), u16(code), latin1(words));
}

test('a transfer goes on between other ports', () => {
  expect(dissectFrames(transfer()).map(({ info }) => info)).toEqual([
    'Read Request, File: boot.img, Transfer type: octet, blksize=16, tsize=0', 'Option Acknowledgement, blksize=16, tsize=20', 'Acknowledgement, Block: 0', 'Data Packet, Block: 1', 'Acknowledgement, Block: 1',
    'Data Packet, Block: 2 (last)', 'Acknowledgement, Block: 2',
  ]);
});

test('an answer as a tree', () => {
  expect(branch(dissectFrames(transfer())[1] as DissectedFrame, 'Trivial')).toBe(
    [
      'Trivial File Transfer Protocol',
      '    Opcode: Option Acknowledgement (6)',
      '    [Destination File: boot.img]',
      '    [Read Request in frame 1]',
      '    Option: blksize = 16',
      '        Option name: blksize',
      '        Option value: 16',
      '    Option: tsize = 20',
      '        Option name: tsize',
      '        Option value: 20',
    ].join('\n'),
  );
});

test('whatever was looked at before', () => {
  const frames = transfer();
  const order = Array.from(frames, (_, index) => index);
  expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
});

test('ports that nobody asked on are not TFTP', () => {
  expect(one(down(acknowledgement(0))).protocols).toBe('eth:ethertype:ip:udp:data');
});

test('block numbers go on beyond 16 bits', () => {
  const frames = [datagram('up', 69, texts(1, 'f', 'octet')), down(block(0xffff, 512)), down(block(0, 512)), up(acknowledgement(0)), down(block(1, 512))];
  const shown = dissectFrames(frames);
  expect(shown.slice(1).map(({ values }) => values['tftp.block.full']?.[0])).toEqual(['65535', '65536', '65536', '65537']);
  expect(shown[1]?.values['tftp.block.wrap']).toEqual(['1']);
});

describe('errors', () => {
  test.each([
    ['after the size was told', [READ_SIZE, down(texts(6, 'tsize', '9')), up(error(8))], undefined, ['1']],
    ['after the first block', [READ_SIZE, down(block(1, 512)), up(error(0))], undefined, ['1']],
    ['of another kind', [READ_SIZE, down(texts(6, 'tsize', '9')), up(error(3))], ['1'], undefined],
    ['in the middle of a file', [READ_SIZE, down(block(1, 512)), down(block(2, 512)), up(error(0))], ['1'], undefined],
  ])('%s', (_when, frames, failed, probed) => {
    const last = dissectFrames(frames).at(-1);
    expect([last?.values['tftp.error'], last?.values['tftp.likely_tsize_probe']]).toEqual([failed, probed]);
  });
});

describe('options out of range', () => {
  test.each([
    ['blksize', '5', 'tftp.blocksize_range'],
    ['windowsize', '0', 'tftp.windowsize_range'],
    ['msftwindow', '1', 'tftp.msftwindow.unrecognized'],
  ])('%s=%s', (name, value, remark) => {
    expect(dissectFrames([READ_SIZE, down(texts(6, name, value))])[1]?.values[remark]).toEqual(['1']);
  });
});

test.each([
  ['a name without an end', concat(u16(1), latin1('abc')), 'Read Request[Malformed Packet]'],
  ['an option without a value', concat(u16(1), latin1('a\0octet\0tsize\0')), 'Read Request, File: a, Transfer type: octet[Malformed Packet]'],
  ['an opcode that nobody knows', concat(u16(9), latin1('ab')), 'Unknown (0x0009)'],
])('%s', (_what, bytes, info) => {
  expect(one(datagram('up', 69, bytes)).info).toBe(info);
});
