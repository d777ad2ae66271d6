import { describe, expect, test } from 'vitest';
import { nearestMark, overviewMarks, silentStretches } from './overview-model.ts';
import { decimalsFor, roundTimes, roundTimeText, timeIn, unitFor } from './time-text.ts';
import { lossySegments, timelineWith } from './timeline.test-helper.ts';

describe('overview', () => {
  test('a stream that is shown whole has a mark per segment', () => {
    const marks = overviewMarks(timelineWith(lossySegments));
    expect(marks.length).toBe(lossySegments.length);
    expect([marks[0]?.x, marks.at(-1)?.x]).toEqual([0, 1]);
    expect(marks.filter((mark) => mark.isTrouble).map((mark) => mark.packet)).toEqual([10, 12]);
  });

  test('a stream that is shown in part has a mark per slice of time with segments', () => {
    const activity = { sliceNs: 1e6, client: [1, 0, 2, 0], server: [0, 0, 3, 1], trouble: [0, 0, 1, 0], packet: [5, 0, 70, 900] };
    const marks = overviewMarks(timelineWith(lossySegments, { totalSegments: 9000, durationNs: 4e6, activity }));
    expect(marks.map((mark) => [mark.packet, mark.client, mark.server, mark.isTrouble, mark.x])).toEqual([[5, true, false, false, 0.125], [70, true, true, true, 0.625], [900, false, true, false, 0.875]]);
  });

  test('silences are found longest first', () => {
    const marks = overviewMarks(timelineWith(lossySegments));
    expect(silentStretches(marks, 400e6, 60e6, 0.12).map((stretch) => Math.round(stretch.ns / 1e6))).toEqual([214, 95]);
  });

  test('the nearest mark is found, and none in an empty stream', () => {
    const marks = overviewMarks(timelineWith(lossySegments));
    expect([nearestMark(marks, 0.99)?.packet, nearestMark(marks, -1)?.packet, nearestMark([], 0.5)]).toEqual([14, 5, null]);
  });
});

describe('times', () => {
  const units: readonly (readonly [durationNs: number, name: string])[] = [[0, 'µs'], [1.9e6, 'µs'], [2e6, 'ms'], [1.99e9, 'ms'], [2e9, 's'], [1e12, 's']];
  test.each(units)('%d ns is told in %s', (durationNs, name) => {
    expect(unitFor(durationNs).name).toBe(name);
  });

  test('decimals tell dense neighbours apart', () => {
    const seconds = unitFor(5e9);
    expect([timeIn(seconds, 1.2345678e9, decimalsFor(seconds, 5e7)), timeIn(seconds, 1.2345678e9, decimalsFor(seconds, 1e5))]).toEqual(['1.235', '1.234568']);
    const milliseconds = unitFor(5e8);
    expect([timeIn(milliseconds, 28.25e6, decimalsFor(milliseconds, 1e6)), timeIn(milliseconds, 28.2564e6, decimalsFor(milliseconds, 1e3))]).toEqual(['28.3', '28.256']);
  });

  test('axis times are round', () => {
    expect(roundTimes(436e6, 10).map((time) => roundTimeText(unitFor(436e6), time))).toEqual(['50', '100', '150', '200', '250', '300', '350', '400']);
    expect([roundTimes(0, 10), roundTimes(100, 0)]).toEqual([[], []]);
  });
});
