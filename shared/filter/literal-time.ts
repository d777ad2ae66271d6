/**
 * Dates and times as people write them, as nanoseconds since 1970: "2026-01-31", "2026-01-31
 * 12:00:00.5", with T or a space, with Z, UTC or an offset behind it, and "Jan 31, 2026
 * 12:00:00". Without a zone, the local one is meant, as in Wireshark.
 */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const WORDED = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}), (\d{4})(?: (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Null where the text is no time. */
export function parseTime(text: string): bigint | null {
  const iso = ISO.exec(text.trim());
  if (iso !== null) return nanosOf(iso, Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), 4);
  const worded = WORDED.exec(text.trim());
  const month = worded === null ? -1 : MONTHS.indexOf(worded[1] as string);
  return worded === null || month < 0 ? null : nanosOf(worded, Number(worded[3]), month, Number(worded[2]), 4);
}

/** `clockAt`: index of the hour's group; minute, second, fraction and zone follow. */
function nanosOf(match: RegExpExecArray, year: number, month: number, day: number, clockAt: number): bigint | null {
  const [hour = 0, minute = 0, second = 0] = [0, 1, 2].map((offset) => Number(match[clockAt + offset] ?? 0));
  const fraction = BigInt((match[clockAt + 3] ?? '').padEnd(9, '0'));
  const zone = match[clockAt + 4];
  if (month > 11 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
  const asUtc = new Date(Date.UTC(year, month, day));
  // The 31st of June would be the 1st of July.
  if (asUtc.getUTCMonth() !== month) return null;
  const millis = zone === undefined ? new Date(year, month, day, hour, minute, second).getTime() : Date.UTC(year, month, day, hour, minute, second) - offsetMillis(zone);
  return BigInt(millis) * 1_000_000n + fraction;
}

function offsetMillis(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
