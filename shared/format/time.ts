/**
 * Times as text. Pure: the only thing taken from the runtime is its time zone, and only by
 * `formatLocalDateTime` and `formatLocalTime`.
 *
 * A time is whole seconds (may be negative) plus 0…999,999,999 nanoseconds that always count
 * upwards, so −0.25 s is { seconds: −1, nanos: 750,000,000 }.
 */
export interface Time {
  readonly seconds: number;
  readonly nanos: number;
}

const nanosPerSecond = 1_000_000_000;

/** `later − earlier`, normalised. */
export function timeDifference(later: Time, earlier: Time): Time {
  const nanos = later.nanos - earlier.nanos;
  return nanos < 0
    ? { seconds: later.seconds - earlier.seconds - 1, nanos: nanos + nanosPerSecond }
    : { seconds: later.seconds - earlier.seconds, nanos };
}

/** Nanoseconds as a double: exact up to 104 days. */
export function timeToNs(time: Time): number {
  return time.seconds * nanosPerSecond + time.nanos;
}

/** Digits after the point that show a time without loss: 6 for microsecond files, 9 for finer ones. */
export function neededDigits(time: Time): 6 | 9 {
  return time.nanos % 1000 === 0 ? 6 : 9;
}

/**
 * Seconds as a decimal number, cut (not rounded) to `digits` 0…9 places, as Wireshark shows them.
 * @returns for example "0.033204", "-0.250000".
 */
export function formatSeconds(time: Time, digits: number): string {
  const negative = time.seconds < 0;
  const seconds = negative && time.nanos > 0 ? -time.seconds - 1 : Math.abs(time.seconds);
  const nanos = negative && time.nanos > 0 ? nanosPerSecond - time.nanos : time.nanos;
  return `${negative ? '-' : ''}${seconds}${fraction(nanos, digits)}`;
}

function fraction(nanos: number, digits: number): string {
  return digits === 0 ? '' : `.${nanos.toString().padStart(9, '0').slice(0, digits)}`;
}

function two(value: number): string {
  return value.toString().padStart(2, '0');
}

/** "2026-11-21 08:05:01.123456" in UTC; null-safe for years 0…9999, ISO form beyond. */
export function formatUtcDateTime(time: Time, digits: number): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return formatSeconds(time, digits);
  return `${date.toISOString().slice(0, -5).replace('T', ' ')}${fraction(time.nanos, digits)}`;
}

/** "08:05:01.123456" in UTC. */
export function formatUtcTime(time: Time, digits: number): string {
  const second = ((time.seconds % 86_400) + 86_400) % 86_400;
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}${fraction(time.nanos, digits)}`;
}

/** "2026-11-21 09:05:01.123456" in the runtime's time zone. */
export function formatLocalDateTime(time: Time, digits: number): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return formatSeconds(time, digits);
  const day = `${date.getFullYear().toString().padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${formatLocalTime(time, digits)}`;
}

/** "09:05:01.123456" in the runtime's time zone. */
export function formatLocalTime(time: Time, digits: number): string {
  const date = new Date(time.seconds * 1000);
  if (Number.isNaN(date.getTime())) return formatSeconds(time, digits);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${fraction(time.nanos, digits)}`;
}

const durationSteps: readonly { readonly below: number; readonly divisor: number; readonly unit: string }[] = [
  { below: 1e3, divisor: 1, unit: 'ns' },
  { below: 1e6, divisor: 1e3, unit: 'µs' },
  { below: 1e9, divisor: 1e6, unit: 'ms' },
  { below: 120e9, divisor: 1e9, unit: 's' },
];

/**
 * A duration for people, three or four digits and a unit: "28.2 ms", "7.07 s", "3 min 20 s", "2 h 5 min".
 * @param ns nanoseconds, any sign.
 */
export function formatDuration(ns: number): string {
  if (ns < 0) return `-${formatDuration(-ns)}`;
  const step = durationSteps.find((candidate) => ns < candidate.below);
  if (step !== undefined) return `${threeDigits(ns / step.divisor)} ${step.unit}`;
  const seconds = Math.round(ns / 1e9);
  if (seconds < 7200) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return withRest(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}

function threeDigits(value: number): string {
  if (value === 0) return '0';
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toFixed(digits);
}

/**
 * When something happened, seen from now: "today 14:02", "yesterday", "19 Nov", "19 Nov 2024".
 * Both in milliseconds since 1970, told in the runtime's time zone.
 */
export function formatWhen(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const now = new Date(nowMs);
  const startOfToday = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const startOfYesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime();
  if (atMs >= startOfToday) return `today ${two(at.getHours())}:${two(at.getMinutes())}`;
  if (atMs >= startOfYesterday) return 'yesterday';
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = `${at.getDate()} ${months[at.getMonth()] ?? ''}`;
  return at.getFullYear() === now.getFullYear() ? day : `${day} ${at.getFullYear()}`;
}
