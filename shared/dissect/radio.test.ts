import { describe, expect, test } from 'vitest';
import { channelOf, heRate, htRate, isDirectSequenceRate, isOfdmRate, vhtRate } from './radio.ts';

describe('channels', () => {
  test.each([[2412, 1], [2437, 6], [2472, 13], [2484, 14], [5180, 36], [5825, 165], [5955, 1], [4920, 184], [1234, undefined]])('%i MHz', (frequency, channel) => {
    expect(channelOf(frequency)).toBe(channel);
  });
});

describe('rates', () => {
  test('by which modulation a rate is sent', () => {
    expect([2, 4, 11, 22, 12, 108].map(isDirectSequenceRate)).toEqual([true, true, true, true, false, false]);
    expect([2, 12, 22, 108].map(isOfdmRate)).toEqual([false, true, false, true]);
  });

  // IEEE 802.11-2020 tables 19-27 to 19-41.
  test.each([[7, 0, false, 65], [7, 0, true, 72.222], [15, 1, true, 300], [32, 0, false, 3], [99, 0, false, null]])('802.11n: MCS %i, width %i, short guard interval %s', (mcs, bandwidth, shortGi, rate) => {
    const known = htRate({ mcs, bandwidth, shortGi });
    if (rate === null) expect(known).toBeNull();
    else expect(known).toBeCloseTo(rate, 2);
  });

  // Tables 21-29 to 21-60: some combinations are not allowed.
  test.each([[9, 4, 2, true, 866.667], [0, 0, 1, false, 6.5], [6, 4, 3, false, null], [9, 0, 1, false, null], [9, 11, 8, true, 6933.333]])('802.11ac: MCS %i, width %i, %i streams, short guard interval %s', (mcs, bandwidth, spatialStreams, shortGi, rate) => {
    const known = vhtRate({ bandwidth, shortGi }, { mcs, spatialStreams, ldpc: false });
    if (rate === null) expect(known).toBeNull();
    else expect(known).toBeCloseTo(rate, 1);
  });

  // Table 27-79 and following.
  test.each([[11, 2, 0, 2, 1201], [0, 0, 2, 1, 7.3], [0, 4, 0, 1, 0.9], [12, 0, 0, 1, null], [0, 0, 0, 0, null]] as const)('802.11ax: MCS %i, width %i, guard interval %i, %i streams', (mcs, bandwidth, guardInterval, spatialStreams, rate) => {
    expect(heRate({ mcs, bandwidth, guardInterval, spatialStreams })).toBe(rate);
  });
});
