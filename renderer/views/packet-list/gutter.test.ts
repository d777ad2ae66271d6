import { expect, test } from 'vitest';
import { node, smallPacket } from '../../dev/packet.test-helper.ts';
import { gutterMark, gutterSigns, relationsOf } from './gutter.ts';

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

test('packets that the selected one is about carry a sign, the telling one before the vague one', () => {
  const link = (field: string, packet: number): ReturnType<typeof node> => node(1, '', field, 0, 0, 0, { link: packet });
  const signs = gutterSigns([link('tcp.analysis.rto_frame', 3), link('tcp.analysis.acks_frame', 3), link('dns.response_in', 9), link('http.request_in', 2), link('tcp.segment', 7), link('tcp.analysis.duplicate_ack_frame', 5), node(1, '', 'ip.src', 26, 4, 0)]);
  expect([...signs]).toEqual([
    [3, 'acknowledged'],
    [9, 'response'],
    [2, 'request'],
    [7, 'related'],
    [5, 'duplicate'],
  ]);
});

test('what rows show of the selected packet is found once, and nothing without one', () => {
  const detail = { ...smallPacket, row: { ...smallPacket.row, conversation: 'udp 2' }, conversation: { protocol: 'udp', stream: 2, firstPacket: 8, lastPacket: 10, packets: 2 } as const };
  expect(relationsOf(detail)).toEqual({ span: { id: 'udp 2', firstPacket: 8, lastPacket: 10 }, signs: new Map([[10, 'related']]) });
  expect(relationsOf(detail)).toBe(relationsOf(detail));
  expect(relationsOf(smallPacket).span).toBeNull();
  expect(relationsOf(null)).toEqual({ span: null, signs: new Map() });
});
