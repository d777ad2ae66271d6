/** How long many calls took, in a few figures. */
import { median, percentile } from './measure.ts';

export interface Latency {
  readonly samples: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly mostMs: number;
}

export function latency(times: readonly number[]): Latency {
  return { samples: times.length, p50Ms: median(times), p95Ms: percentile(times, 95), mostMs: percentile(times, 100) };
}
