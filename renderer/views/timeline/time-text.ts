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

/** Microseconds for streams below 2 ms, seconds from 20 s on. */
export function unitFor(durationNs: number): TimeUnit {
  const index = durationNs < 2e6 ? 0 : durationNs < 20e9 ? 1 : 2;
  return units[index] ?? { name: 's', ns: 1e9 };
}

/** A number in the unit: one decimal for milliseconds, three for seconds. */
export function timeIn(unit: TimeUnit, timeNs: number): string {
  const digits = unit.name === 'µs' ? 0 : unit.name === 'ms' ? 1 : 3;
  return (timeNs / unit.ns).toFixed(digits);
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
