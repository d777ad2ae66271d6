import { describe, expect, test } from 'vitest';
import { sentenceText } from '../../../shared/layers/sentence.ts';
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import { remarkSentences, storyOf } from './stories.ts';
import { lossySegments, period, segment, timelineWith } from './timeline.test-helper.ts';

function tell(timeline: StreamTimeline, packet: number): readonly string[] | null {
  const selected = timeline.segments.find((entry) => entry.packet === packet);
  if (selected === undefined) throw new Error(`no packet ${packet}`);
  const story = storyOf(timeline, selected);
  return story === null ? null : [story.title, ...story.sentences.map(sentenceText)];
}

const lossy = timelineWith(lossySegments);

describe('stories', () => {
  const timeout = [
    'Application Data lost once',
    '10 was not acknowledged: 11 still asks for 518.',
    'The client waited 216 ms and sent it again in 12.',
    'With nothing else in flight no duplicate ACKs could come, so only the timer could repair it.',
    '13 acknowledges it.',
  ];
  test('a loss that the timer repaired, told from either copy', () => {
    expect(tell(lossy, 10)).toEqual(timeout);
    expect(tell(lossy, 12)).toEqual(timeout);
  });

  test('an ordinary segment has none', () => {
    expect(tell(lossy, 8)).toBeNull();
  });

  test('a loss that duplicate ACKs told of', () => {
    const again = { analysis: ['duplicate_ack'] };
    const timeline = timelineWith([
      segment('1 0 c PA 1/1 +100', { retransmittedBy: 7, acknowledgedBy: 8 }), segment('2 1 c PA 101/1 +100'), segment('3 2 c PA 201/1 +100'),
      segment('4 30 s A 1/1', again), segment('5 31 s A 1/1', again), segment('6 32 s A 1/1', again),
      segment('7 32.1 c PA 1/1 +100', { retransmissionOf: 1, acknowledgedBy: 8, analysis: ['fast_retransmission'] }), segment('8 60 s A 1/301', { acknowledges: 2, acknowledgedPackets: 3 }),
    ]);
    expect(tell(timeline, 7)?.[3]).toBe('3 duplicate ACKs told the sender which bytes were missing, so it did not wait for its timer.');
  });

  test('captured where it was going to, the first copy did arrive', () => {
    expect(tell({ ...lossy, vantage: 'server' }, 12)).toEqual([
      'Application Data sent again',
      'The client waited 216 ms and sent it again in 12.',
      '10 was captured at the server, so it did arrive: the server did not acknowledge it in time, or its ACK was lost.',
    ]);
  });

  test('sent again although it was acknowledged', () => {
    const timeline = timelineWith([segment('1 0 c PA 1/1 +100', { retransmittedBy: 3, acknowledgedBy: 2 }), segment('2 28 s A 1/101'), segment('3 30 c PA 1/1 +100', { retransmissionOf: 1, analysis: ['spurious_retransmission'] })]);
    expect(tell(timeline, 3)?.slice(0, 2)).toEqual(['Data sent again needlessly', '1 was acknowledged by 2 before 3 sent it again.']);
  });

  test('a copy whose first is not on show', () => {
    const timeline = timelineWith([segment('3 30 s PA 1/1 +100', { analysis: ['retransmission'] })]);
    expect(tell(timeline, 3)?.[1]).toContain('between the server and the capture point');
  });

  test('a SYN that nobody answers', () => {
    const timeline = timelineWith([segment('1 0 c S 0', { retransmittedBy: 4 }), segment('4 1000 c S 0', { retransmissionOf: 1 }), segment('9 3000 c S 0', { retransmissionOf: 1 })], {}, null);
    expect(tell(timeline, 4)?.slice(0, 2)).toEqual(['SYN never answered, sent 3 times', 'From 1 to 9, over 3.00 s, nothing came back.']);
  });

  test('refused', () => {
    const timeline = timelineWith([segment('1 0 c S 0'), segment('2 18 s RA 0/1')], {}, null);
    expect(tell(timeline, 2)?.slice(0, 2)).toEqual(['Connection refused', '2 answers the SYN after 18.0 ms: the host is there, and nothing listens on port 443, or a firewall says so for it.']);
  });

  const open = { lanes: { client: [period('ESTABLISHED', 0, 60, { cause: 7 })], server: [] } };
  test('cut off at once, and after a long silence', () => {
    expect(tell(timelineWith([...lossySegments, segment('20 401 s RA 1549/648')], open), 20)?.[1]).toBe('20 ends an open connection at once: unlike a FIN it waits for nothing.');
    expect(tell(timelineWith([...lossySegments, segment('20 90400 s RA 1549/648')], open), 20)?.slice(0, 2)).toEqual(['Cut off by the server', '20 ends an open connection at once, after 90.0 s of silence: unlike a FIN it waits for nothing.']);
  });
});

test('a capture of one direction says so, and a SYN without an answer does not', () => {
  const half = timelineWith([segment('1 0 s PA 1/1 +33'), segment('9 20000 s PA 34/1 +33')], {}, null);
  expect(remarkSentences(half).map(sentenceText)).toEqual(['Only what the server sends is in the capture: the other direction took another way, or was filtered out.']);
  expect(remarkSentences(timelineWith([segment('1 0 c S 0')], {}, null))).toEqual([]);
});

test('states that last too long and remarks are told with their packets', () => {
  const timeline = timelineWith(lossySegments, {
    lanes: { client: [], server: [period('CLOSE-WAIT', 60, 12_060, { cause: 9, overlong: true })] },
    remarks: [{ packet: 20, text: 'Suspicious RST.' }, { packet: 0, text: 'No packet.' }],
  });
  expect(remarkSentences(timeline).map(sentenceText)).toEqual([
    'Server in CLOSE-WAIT for 12.0 s since 9: its own program has not closed the connection; this is no fault of the network.',
    '20 Suspicious RST.',
    'No packet.',
  ]);
});
