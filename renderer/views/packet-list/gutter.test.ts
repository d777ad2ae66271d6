import { expect, test } from 'vitest';
import { gutterMark } from './gutter.ts';

const span = { id: 'tcp 0', firstPacket: 5, lastPacket: 31 };

test.each([
  [4, 'tcp 0', 'none'],
  [5, 'tcp 0', 'first'],
  [9, 'tcp 0', 'through'],
  [18, 'tcp 1', 'past'],
  [19, null, 'past'],
  [31, 'tcp 0', 'last'],
  [32, 'tcp 0', 'none'],
] as const)('packet %i of %s', (packet, conversation, mark) => {
  expect(gutterMark(packet, conversation, span)).toBe(mark);
});

test('a conversation of one packet has both hooks, none at all has no mark', () => {
  expect(gutterMark(7, 'udp 2', { id: 'udp 2', firstPacket: 7, lastPacket: 7 })).toBe('only');
  expect(gutterMark(7, 'udp 2', null)).toBe('none');
});
