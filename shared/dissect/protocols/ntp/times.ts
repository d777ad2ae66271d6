/** NTP's time stamps: seconds and their fraction, 32 bits each (RFC 5905 §6). */
import { readU32 } from '../../../bytes/reader.ts';
import type { TimeValue } from '../../field.ts';
import type { NtpKey, NtpLayer } from './fields.ts';

export const TIME_BYTES = 8;
/** From 1900, and from 2036 where the count has begun again, to 1970 (RFC 4330 §3). */
const SECONDS_1900 = 2_208_988_800;
const SECONDS_2036 = 2_085_978_496;
const TOP_BIT = 0x8000_0000;

function timeAt(bytes: Uint8Array, at: number): TimeValue | 'NULL' {
  const seconds = readU32(bytes, at);
  const fraction = readU32(bytes, at + 4);
  if (seconds === 0 && fraction === 0) return 'NULL';
  return { seconds: seconds >= TOP_BIT ? seconds - SECONDS_1900 : seconds + SECONDS_2036, nanos: Math.floor((fraction / 2 ** 32) * 1e9) };
}

export function takeTime(layer: NtpLayer, key: NtpKey): void {
  if (!layer.has(TIME_BYTES)) return;
  layer.put(key, timeAt(layer.bytes, layer.cursor), layer.cursor, TIME_BYTES);
  layer.skip(TIME_BYTES);
}
