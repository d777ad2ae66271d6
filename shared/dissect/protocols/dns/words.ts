/** Numbers of DNS records in words, for the tree. */

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Seconds as "93784 (1 day, 2 hours, 3 minutes, 4 seconds)". */
export function durationWords(seconds: number): string {
  if (seconds === 0) return '0 (0 seconds)';
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => plural(count, unit));
  return `${seconds} (${words.join(', ')})`;
}

/** RFC 1876 §2: a digit in the upper four bits times a power of ten in the lower four, in centimetres. */
export function locationPrecision(value: number): string {
  return `${value} (${((value >> 4) * 10 ** (value & 0x0f)) / 100} m)`;
}

/** Thousandths of an arc second around 2^31. */
function angleWords(value: number, positive: string, negative: string): string {
  const offset = value - 0x8000_0000;
  const total = Math.abs(offset);
  const degrees = Math.floor(total / 3_600_000);
  const minutes = Math.floor(total / 60_000) % 60;
  return `${value} (${degrees}° ${minutes}′ ${((total % 60_000) / 1000).toFixed(3)}″ ${offset < 0 ? negative : positive})`;
}

export function latitudeWords(value: number): string {
  return angleWords(value, 'N', 'S');
}

export function longitudeWords(value: number): string {
  return angleWords(value, 'E', 'W');
}

/** Centimetres above 100,000 m below the reference spheroid. */
export function altitudeWords(value: number): string {
  return `${value} (${(value - 10_000_000) / 100} m)`;
}
