import { describe, expect, test } from 'vitest';
import { layOutLadder, markShare, spacing } from './ladder-layout.ts';
import { endDistances, segmentTimes } from './ladder-timing.ts';
import { lossySegments, segment, timelineWith } from './timeline.test-helper.ts';

const lossy = timelineWith(lossySegments);

describe('times at both ends', () => {
  test('half a round trip is added where the capture was not made', () => {
    const times = segmentTimes(lossySegments, endDistances(lossy));
    const [syn, synAck] = times;
    expect([syn?.sendNs, syn?.arriveNs].map((ns) => Math.round((ns ?? 0) / 1e5) / 10)).toEqual([-0.1, 14.1].map((value) => (value === -0.1 ? -0 : value)));
    expect(Math.round((synAck?.sendNs ?? 0) / 1e5) / 10).toBe(14.1);
  });

  test('without a complete handshake times are as captured', () => {
    expect(endDistances({ handshake: null, vantage: 'client' })).toBeNull();
    expect(endDistances({ ...lossy, vantage: 'unknown' })).toBeNull();
    expect(segmentTimes(lossySegments, null)[3]).toEqual({ sendNs: 29e6, arriveNs: 29e6 });
  });

  test('an ACK never leaves before what it acknowledges has arrived', () => {
    const quick = [segment('1 0 c PA 1/1 +10', { acknowledgedBy: 2 }), segment('2 10 s A 1/11', { acknowledges: 1, acknowledgedPackets: 1 })];
    const [data, answer] = segmentTimes(quick, { clientNs: 0, serverNs: 14e6 });
    expect([data?.arriveNs, answer?.sendNs]).toEqual([5e6, 5e6]);
  });

  test('a clock that steps back does not turn the order around', () => {
    const [, second] = segmentTimes([segment('1 10 c A 1/1'), segment('2 4 c A 1/1')], null);
    expect(second?.sendNs).toBe(10e6);
  });

  test('a full pipe is drawn short', () => {
    const burst = Array.from({ length: 100 }, (_, index) => segment(`${index + 1} ${index / 10} s A ${1 + index * 10}/1 +10`));
    const times = segmentTimes(burst, { clientNs: 0, serverNs: 50e6 });
    expect(times[99]?.sendNs).toBe(9.5e6);
  });
});

describe('ladder', () => {
  const layout = layOutLadder(lossy);
  const at = (packet: number) => layout.arrows[lossySegments.findIndex((entry) => entry.packet === packet)];

  test('every arrow falls, and labels at one end keep their distance', () => {
    for (const end of [true, false]) {
      const arrows = layout.arrows.filter((arrow) => arrow.fromClient === end);
      arrows.forEach((arrow, index) => {
        expect(arrow.endY - arrow.startY).toBeGreaterThanOrEqual(spacing.fall);
        const before = arrows[index - 1];
        if (before !== undefined) expect(arrow.startY - before.startY).toBeGreaterThanOrEqual(spacing.label);
      });
    }
  });

  test('a label stands clear of arrow heads that came before it at its end', () => {
    for (const arrow of layout.arrows) {
      for (const other of layout.arrows) {
        if (other.fromClient !== arrow.fromClient && other.endY <= arrow.startY) expect(arrow.startY - other.endY).toBeGreaterThanOrEqual(spacing.afterHead);
      }
    }
  });

  test('what is acknowledged arrives above the ACK that it causes', () => {
    expect(at(9)?.startY).toBeGreaterThan(at(8)?.endY ?? Infinity);
    expect(at(7)?.startY).toBeGreaterThan(at(6)?.endY ?? Infinity);
  });

  test('silences are folded and say what was waited for', () => {
    expect(layout.folds.map((fold) => [fold.reason, Math.round(fold.silentNs / 1e6)])).toEqual([
      ['Retransmission timeout', 202],
      ['Server thinks', 81],
    ]);
    const [first] = layout.folds;
    expect(first?.y).toBeGreaterThan(at(11)?.endY ?? Infinity);
    expect(first?.y).toBeLessThan(at(12)?.startY ?? 0);
  });

  test('a lost segment is marked, and what repeats it is not', () => {
    expect(layout.arrows.map((arrow) => arrow.fate)).toEqual(['arrives', 'arrives', 'arrives', 'arrives', 'arrives', 'lost', 'arrives', 'arrives', 'arrives', 'arrives']);
  });

  test('the mark of what was lost is clear of labels at the end that it was meant for', () => {
    const lost = layout.arrows.filter((arrow) => arrow.fate === 'lost');
    expect(lost.length).toBe(1);
    for (const { startY, endY, fromClient } of lost) {
      const markY = startY + markShare * (endY - startY);
      for (const other of layout.arrows.filter((arrow) => arrow.fromClient !== fromClient)) {
        const isClear = other.startY - 17 >= markY + 7 || other.startY - 2 <= markY - 7;
        expect(isClear, `label at ${other.startY}, mark at ${markY}`).toBe(true);
      }
    }
  });

  const fates: readonly (readonly [vantage: 'client' | 'server' | 'middle' | 'unknown', fate: string])[] = [['client', 'lost'], ['server', 'arrives'], ['middle', 'lost'], ['unknown', 'lost']];
  test.each(fates)('captured at: %s, a client segment that was sent again: %s', (vantage, fate) => {
    expect(layOutLadder({ ...lossy, vantage }).arrows[5]?.fate).toBe(fate);
  });

  test('when the other end is never heard nobody knows what became of it', () => {
    const silent = timelineWith([segment('1 0 c S 0', { retransmittedBy: 4 }), segment('4 1000 c S 0', { retransmissionOf: 1 })], {}, null);
    const { arrows, folds } = layOutLadder(silent);
    expect(arrows.map((arrow) => arrow.fate)).toEqual(['unanswered', 'unanswered']);
    expect(folds.map((fold) => fold.reason)).toEqual(['Retransmission timeout']);
  });

  test('data that goes on does arrive, though nothing of the other end was captured', () => {
    const half = timelineWith([segment('1 0 s PA 1/1 +33'), segment('9 20000 s PA 34/1 +33')], {}, null);
    expect(layOutLadder(half).arrows.map((arrow) => arrow.fate)).toEqual(['arrives', 'arrives']);
  });

  test('of a part of a stream nothing is said about what never came', () => {
    const part = timelineWith([segment('1 0 c PA 1/1 +10')], { firstShown: 100, totalSegments: 5000 }, null);
    expect(layOutLadder(part).arrows[0]?.fate).toBe('arrives');
  });

  test('times stand where they were measured, and never on each other', () => {
    expect(layout.axis.every((label, index) => index === 0 || label.y - (layout.axis[index - 1]?.y ?? 0) >= spacing.axis)).toBe(true);
    expect(layout.axis.some((label) => label.y === at(5)?.startY)).toBe(true);
    expect(layout.axis.some((label) => label.y === at(6)?.endY)).toBe(true);
    const atServer = layOutLadder({ ...lossy, vantage: 'server' });
    expect(atServer.axis.some((label) => label.y === atServer.arrows[0]?.endY)).toBe(true);
  });

  test('a long transfer stays readable: no arrow falls over a screen', () => {
    const burst = Array.from({ length: 400 }, (_, index) => (index % 3 === 2 ? segment(`${index + 1} ${60 + index / 10} c A 1/${index * 1000}`) : segment(`${index + 1} ${60 + index / 10} s A ${index * 1000}/1 +1448`)));
    const { arrows } = layOutLadder(timelineWith(burst, {}, [80, 0.1]));
    expect(Math.max(...arrows.map((arrow) => arrow.endY - arrow.startY))).toBeLessThan(200);
  });

  test('an empty stream has an empty ladder', () => {
    expect(layOutLadder(timelineWith([], {}, null))).toMatchObject({ arrows: [], folds: [], axis: [] });
  });
});
