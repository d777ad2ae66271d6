/**
 * Many ping programs put the time of sending at the start of the data. Nothing says so in
 * the packet; a value close to the time of capture is taken for one, as Wireshark does.
 */
import { readU32, readU32le, readU64, readU64le } from '../../../bytes/reader.ts';
import type { TimeValue } from '../../define.ts';
import { difference } from '../frame.ts';
import type { IcmpLayer } from './fields.ts';

const DAY_SECONDS = 86_400;
const MICROSECOND_LIMIT = 1_000_000;

interface Stamp {
  readonly time: TimeValue;
  readonly length: number;
}

/** Records the sender's time at the cursor, where there seems to be one, and moves past it. */
export function putPingTime(layer: IcmpLayer): void {
  const { packet } = layer;
  if (!packet.hasTime || layer.left < 8) return;
  const stamp = bestStamp(layer.bytes, layer.cursor, layer.left, packet.timeSeconds);
  if (stamp === null) return;
  const now = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  layer.put('data_time', stamp.time, layer.cursor, stamp.length);
  layer.putGenerated('data_time_relative', difference(now, stamp.time), layer.cursor, stamp.length);
  layer.skip(stamp.length);
}

function bestStamp(bytes: Uint8Array, at: number, left: number, nowSeconds: number): Stamp | null {
  const candidates: Stamp[] = [];
  const consider = (seconds: number, microseconds: number, length: number): void => {
    if (microseconds >= MICROSECOND_LIMIT || Math.abs(seconds - nowSeconds) > DAY_SECONDS) return;
    candidates.push({ time: { seconds, nanos: microseconds * 1000 }, length });
  };
  if (left >= 16) {
    consider(Number(readU64le(bytes, at)), Number(readU64le(bytes, at + 8)), 16);
    consider(Number(readU64(bytes, at)), Number(readU64(bytes, at + 8)), 16);
  }
  consider(readU32le(bytes, at), readU32le(bytes, at + 4), 8);
  consider(readU32(bytes, at), readU32(bytes, at + 4), 8);
  return candidates[0] ?? null;
}
