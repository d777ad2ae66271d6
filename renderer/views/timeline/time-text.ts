/** Times on the axes of the timeline: one unit for a whole stream. Pure. */

export interface TimeUnit {
  readonly name: 'µs' | 'ms' | 's';
  readonly ns: number;
}

const units: readonly TimeUnit[] = [
  { name: 'µs', ns: 1e3 },
  { name: 'ms', ns: 1e6 },
  { name: 's', ns: 1e9 },
];

/** Microseconds for streams below 2 ms, seconds from 2 s on. */
export function unitFor(durationNs: number): TimeUnit {
  const index = durationNs < 2e6 ? 0 : durationNs < 2e9 ? 1 : 2;
  return units[index] ?? { name: 's', ns: 1e9 };
}

/** Decimals that tell neighbours apart which are `gapNs` from each other on average. */
export function decimalsFor(unit: TimeUnit, gapNs: number): number {
  if (unit.name === 'µs') return 0;
  if (unit.name === 'ms') return gapNs < unit.ns / 10 ? 3 : 1;
  return gapNs < unit.ns / 1000 ? 6 : 3;
}

/** A number in the unit. */
export function timeIn(unit: TimeUnit, timeNs: number, decimals: number): string {
  return (timeNs / unit.ns).toFixed(decimals);
}

/** Round moments between 0 and the end, at most `most` of them. */
export function roundTimes(durationNs: number, most: number): readonly number[] {
  if (durationNs <= 0 || most < 1) return [];
  const least = durationNs / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= least) ?? power * 10;
  const times: number[] = [];
  for (let time = step; time < durationNs; time += step) times.push(time);
  return times;
}

/** A round moment without needless zeros: "50", "0.25". */
export function roundTimeText(unit: TimeUnit, timeNs: number): string {
  return String(Number((timeNs / unit.ns).toPrecision(6)));
}
