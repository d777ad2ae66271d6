/** Time stamps as text. */
import type { TimeValue } from '../../field.ts';

/** ISO 8601 as RFC 3339 narrows it down ("2003-10-11T22:14:15.003Z", "…-07:00"); null for anything else. */
export function readIsoTime(text: string): TimeValue | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?(?:Z|([+-])(\d\d):?(\d\d))?$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const [, , , , , , , fraction = '', sign, hours = '0', minutes = '0'] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - offset;
  return Number.isFinite(seconds) ? { seconds, nanos: Number(fraction.padEnd(9, '0')) } : null;
}
