import { describe, expect, test } from 'vitest';
import { segmentArithmetic, segmentName, shortContent } from './segment-labels.ts';
import { lossySegments, segment, type SegmentExtras } from './timeline.test-helper.ts';

const byPacket = new Map(lossySegments.map((entry) => [entry.packet, entry]));

const lossyLabels: readonly (readonly [packet: number, name: string, arithmetic: string])[] = [
  [5, 'SYN', 'Seq 0 · SYN counts as 1 → next 1'],
  [6, 'SYN, ACK', 'Seq 0 · Ack 1 = 0 + 1'],
  [7, 'ACK', 'Ack 1 = 0 + 1'],
  [8, 'Client Hello', 'Seq 1 + Len 517 = 518'],
  [9, 'ACK', 'Ack 518: all of 8'],
  [12, 'Retransmission of 10', 'Seq 518 + Len 130 = 648'],
  [13, 'ACK', 'Ack 648: all of 12'],
];
test.each(lossyLabels)('packet %i: %s', (packet, name, arithmetic) => {
  const entry = byPacket.get(packet);
  if (entry === undefined) throw new Error('unreachable');
  expect([segmentName(entry), segmentArithmetic(entry, byPacket)]).toEqual([name, arithmetic]);
});

const others: readonly (readonly [line: string, extras: SegmentExtras, name: string, arithmetic: string])[] = [
  ['20 1 c FA 728/1', {}, 'FIN, ACK', 'Seq 728 · FIN counts as 1 → next 729'],
  ['20 1 c FPA 700/1 +28', { content: 'Alert' }, 'FIN, ACK', 'Seq 700 + Len 28 + FIN 1 = 729'],
  ['20 1 s RA 1/1', {}, 'RST, ACK', 'Seq 1'],
  ['20 1 s A 1/518', { analysis: ['duplicate_ack'] }, 'Duplicate ACK', 'Ack 518 again'],
  ['20 1 s A 1/518', { analysis: ['zero_window'] }, 'Zero window', 'Ack 518'],
  ['20 1 c A 517/1', { analysis: ['keep_alive'] }, 'Keep-alive', 'Ack 1'],
  ['20 1 c PA 1/1 +10', {}, 'Data', 'Seq 1 + Len 10 = 11'],
  ['20 1 c PA 1/1 +10', { analysis: ['fast_retransmission'], retransmissionOf: 8 }, 'Fast retransmission of 8', 'Seq 1 + Len 10 = 11'],
  ['20 1 s PA 1/1 +10', { analysis: ['fast_retransmission'], content: '[TCP Fast Retransmission] Data' }, 'Fast retransmission', 'Seq 1 + Len 10 = 11'],
  ['20 1 s A 1/9000', { acknowledges: 8, acknowledgedPackets: 12 }, 'ACK', 'Ack 9000: all of 8 and 11 more'],
];
test.each(others)('%s %j', (line, extras, name, arithmetic) => {
  const entry = segment(line, extras);
  expect([segmentName(entry), segmentArithmetic(entry, byPacket)]).toEqual([name, arithmetic]);
});

describe('content in few words', () => {
  const cases: readonly (readonly [content: string, expected: string])[] = [
    ['Client Hello (SNI=shop.example.com)', 'Client Hello'],
    ['HTTP/1.1 200 OK  (text/html)', 'HTTP/1.1 200 OK'],
    ['Server Hello, Change Cipher Spec, Application Data', 'Server Hello, Change Cipher Spe…'],
    ['[TCP Fast Retransmission] , HTTP/1.1 200 OK', 'HTTP/1.1 200 OK'],
    ['[TCP Out-Of-Order] Application Data', 'Application Data'],
    ['(only brackets)', '(only brackets)'],
    ['', ''],
  ];
  test.each(cases)('%s', (content, expected) => {
    expect(shortContent(content)).toBe(expected);
  });
});
