import { describe, expect, test } from 'vitest';
import type { CaptureProgress } from '../../shared/ipc/contract.ts';
import { createTimeLeft, timeLeftText } from './time-left.ts';

const reading = (bytesRead: number): CaptureProgress => ({ state: 'reading', packets: 0, bytesRead, totalBytes: 1000, finalPackets: 0, problems: 0, generation: 0 }) as CaptureProgress;
const analysing = (finalPackets: number): CaptureProgress => ({ ...reading(1000), state: 'analysing', packets: 400, finalPackets });

describe('time left', () => {
  test('follows from the pace so far, once that is known', () => {
    const left = createTimeLeft();
    expect([left.note(reading(0), 0), left.note(reading(50), 500), left.note(reading(100), 1000)]).toEqual([null, null, 9]);
    expect(left.note(reading(500), 2000)).toBe(2);
  });

  test('steps once a second', () => {
    const left = createTimeLeft();
    left.note(reading(0), 0);
    expect([left.note(reading(100), 1000), left.note(reading(400), 1500), left.note(reading(500), 2000)]).toEqual([9, 9, 2]);
  });

  test('starts anew with the deep pass, and counts what is left of it after a pause', () => {
    const left = createTimeLeft();
    left.note(reading(0), 0);
    left.note(reading(900), 9000);
    expect([left.note(analysing(0), 9100), left.note(analysing(200), 11_100)]).toEqual([null, 2]);
    left.note({ ...analysing(200), state: 'paused' }, 12_000);
    expect([left.note(analysing(200), 60_000), left.note(analysing(300), 61_000)]).toEqual([null, 1]);
  });

  test('says nothing where nothing moves', () => {
    const left = createTimeLeft();
    left.note(reading(10), 0);
    expect(left.note(reading(10), 5000)).toBeNull();
  });

  test.each([[1, '1 s left'], [99, '99 s left'], [150, '3 min left'], [5400, '90 min left'], [36_000, '10 hours left']])('%i seconds read "%s"', (seconds, text) => {
    expect(timeLeftText(seconds)).toBe(text);
  });
});
