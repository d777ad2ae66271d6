/** Times of NTP, as reports tell them. */
import type { TimeValue } from '../../field.ts';

/** Seconds from 1900 to 1970, and to 2036, when NTP's seconds begin anew (RFC 4330 §3). */
const EPOCH_1900 = 2_208_988_800;
const EPOCH_2036 = 2_085_978_496;

export function ntpTime(seconds: number, fraction: number): TimeValue {
  const since1970 = seconds >= 0x8000_0000 ? seconds - EPOCH_1900 : seconds + EPOCH_2036;
  return { seconds: since1970, nanos: Math.floor((fraction / 2 ** 32) * 1e9) };
}
