/**
 * Many ping programs put the time of sending at the start of the data. Nothing says so in
 * the packet; a value close to the time of capture is taken for one, as Wireshark does.
 */
import { readU32, readU32le } from '../../../bytes/reader.ts';
import type { TimeValue } from '../../field.ts';
import { difference } from '../frame.ts';
import type { IcmpLayer } from './fields.ts';

const DAY_SECONDS = 86_400;
const MICROSECOND_LIMIT = 1_000_000;

/** Seconds and microseconds. */
const STAMP_LENGTH = 8;

/** Records the sender's time at the cursor, where there seems to be one, and moves past it. */
export function putPingTime(layer: IcmpLayer): void {
  const { packet, bytes, cursor } = layer;
  if (!packet.hasTime || layer.left < STAMP_LENGTH) return;
  const time =
    plausibleTime(readU32(bytes, cursor), readU32(bytes, cursor + 4), packet.timeSeconds) ?? plausibleTime(readU32le(bytes, cursor), readU32le(bytes, cursor + 4), packet.timeSeconds);
  if (time === null) return;
  layer.put('data_time', time, cursor, STAMP_LENGTH);
  layer.putGenerated('data_time_relative', difference({ seconds: packet.timeSeconds, nanos: packet.timeNanos }, time), cursor, STAMP_LENGTH);
  layer.skip(STAMP_LENGTH);
}

/** The time that the two numbers stand for, if it is within a day of the capture's. */
function plausibleTime(seconds: number, microseconds: number, nowSeconds: number): TimeValue | null {
  if (microseconds >= MICROSECOND_LIMIT || Math.abs(seconds - nowSeconds) > DAY_SECONDS) return null;
  return { seconds, nanos: microseconds * 1000 };
}
