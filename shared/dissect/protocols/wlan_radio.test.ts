import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, bytes, one } from '../internet.test-helper.ts';
import { RADIOTAP, STATION, withRadiotap } from './wlan.fixtures.test-helper.ts';

const AS_RADIOTAP = { linkType: RADIOTAP };
const ACK = bytes(`d400 0000 ${STATION}`);

/** Radiotap with clock, rate (in half megabits) and channel flags. */
function at(clock: string, rate: string, channel: string): Uint8Array {
  return withRadiotap('0f000000', bytes(clock, '00', rate, channel), ACK);
}

describe('802.11 radio information', () => {
  test('what the header told, and what follows from it', () => {
    const frame = one(withRadiotap('6f000000', 'e803000000000000 00 0c 3c14 4001 d8 a6', ACK), AS_RADIOTAP);
    expect(branch(frame, '802.11 radio')).toBe(`802.11 radio information
    [PHY type: 802.11a (OFDM) (5)]
    [Turbo type: Non-turbo (0)]
    [Data rate: 6 Mb/s]
    [Channel: 36]
    [Frequency: 5180 MHz]
    [Signal strength (dBm): -40 dBm]
    [Noise level (dBm): -90 dBm]
    [Signal/noise ratio (dB): 50 dB]
    [TSF timestamp: 1000]
    [Duration: 40 µs]
        [Preamble: 20 µs]
        [Start: 960]
        [End: 1000]`);
  });

  // 10 bytes and 22 bits of service and tail (IEEE 802.11-2020 §17.4.3); DSSS sends bit after bit behind its preamble.
  test.each([
    ['OFDM, 6 Mb/s', '0c', '3c14 4001', '40'], ['OFDM, 54 Mb/s', '6c', '3c14 4001', '24'], ['DSSS, 1 Mb/s', '02', '6c09 a000', '272'], ['CCK, 11 Mb/s', '16', '6c09 a000', '200'],
  ])('time on the air: %s', (_, rate, channel, duration) => {
    expect(one(at('e803000000000000', rate, channel), AS_RADIOTAP).values['wlan_radio.duration']).toEqual([duration]);
  });

  test('the gap to the frame before', () => {
    const [, second] = dissectFrames([at('e803000000000000', '0c', '3c14 4001'), at('5804000000000000', '0c', '3c14 4001')], AS_RADIOTAP);
    expect(second?.values['wlan_radio.ifs']).toEqual(['72']);
  });

  test('nothing measured, nothing told', () => {
    expect(branch(one(withRadiotap('00000000', '', ACK), AS_RADIOTAP), '802.11 radio')).toBe('802.11 radio information');
  });
});
