import { describe, expect, test } from 'vitest';
import { layOutLadder } from './ladder-layout.ts';
import { layOutLane } from './lane-layout.ts';
import { lossySegments, period, segment, timelineWith } from './timeline.test-helper.ts';

const timeline = timelineWith(lossySegments, {
  lanes: {
    client: [period('CLOSED', 0, 0, { certainty: 'inferred' }), period('SYN-SENT', 0, 28.3, { cause: 5 }), period('ESTABLISHED', 28.3, null, { cause: 7 })],
    server: [period('LISTEN', 0, 28.2, { certainty: 'inferred' }), period('SYN-RECEIVED', 28.2, 28.3, { cause: 6 }), period('ESTABLISHED', 28.3, null, { cause: 7, byArrival: true })],
  },
});
const ladder = layOutLadder(timeline);

describe('state lanes', () => {
  test('where the capture was made, changes stand exactly at their segments', () => {
    const { blocks, moments } = layOutLane(timeline, ladder, true, 0);
    expect(moments).toEqual([]);
    expect(blocks.map((block) => [block.period.state, block.duration])).toEqual([['CLOSED', ''], ['SYN-SENT', '28.3 ms'], ['ESTABLISHED', 'until the end']]);
    expect(blocks[1]?.y).toBe((ladder.arrows[0]?.startY ?? 0) + 1);
    expect(blocks[2]?.y).toBe((ladder.arrows[2]?.startY ?? 0) + 1);
  });

  test('at the other end the moments are hatched and durations are about', () => {
    const { blocks, moments } = layOutLane(timeline, ladder, false, 14.1e6);
    expect(moments.map((moment) => moment.text)).toEqual(['± 14.1 ms', '± 14.1 ms']);
    expect(blocks.map((block) => block.duration)).toEqual(['', '≈ 28.3 ms', 'until the end']);
    const arrival = ladder.arrows[2]?.endY ?? 0;
    expect((moments[1]?.y ?? 0) + (moments[1]?.height ?? 0) / 2).toBe(arrival);
  });

  test('blocks and moments follow one another without overlapping', () => {
    const { blocks, moments } = layOutLane(timeline, ladder, false, 14.1e6);
    const parts = [...blocks, ...moments].sort((one, other) => one.y - other.y);
    parts.slice(1).forEach((part, index) => {
      const before = parts[index];
      expect(part.y).toBeGreaterThanOrEqual((before?.y ?? 0) + (before?.height ?? 0));
    });
  });

  test('the last state is open where the capture ended first', () => {
    expect(layOutLane(timeline, ladder, true, 0).blocks.map((block) => block.isOpenEnded)).toEqual([false, false, true]);
  });

  test('in a part of a stream a state from before it starts at the top, and later ones are left out', () => {
    const part = timelineWith([segment('100 50 c PA 1/1 +10'), segment('101 60 s A 1/11')], {
      firstShown: 50, totalSegments: 500,
      lanes: { client: [period('SYN-SENT', 0, 20, { cause: 1 }), period('ESTABLISHED', 20, 900, { cause: 3 }), period('FIN-WAIT-1', 900, null, { cause: 480 })], server: [] },
    });
    const { blocks } = layOutLane(part, layOutLadder(part), true, 0);
    expect(blocks.map((block) => block.period.state)).toEqual(['ESTABLISHED']);
  });

  test('TIME-WAIT says that its length is assumed', () => {
    const closing = timelineWith(lossySegments, { lanes: { client: [period('TIME-WAIT', 304.6, null, { cause: 13 })], server: [] } });
    expect(layOutLane(closing, ladder, true, 0).blocks[0]?.duration).toBe('60 s assumed');
  });
});
