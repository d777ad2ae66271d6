/** Sizes, counts and shares as text. Decimal units (1 kB = 1,000 bytes), a space before the unit. */

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const countUnits = ['', 'k', 'M', 'G', 'T'] as const;

interface Scaled {
  readonly text: string;
  readonly unit: number;
}

/** Two significant digits below ten, whole numbers above; never "1000 kB". */
function scale(value: number, lastUnit: number): Scaled {
  let unit = 0;
  let scaled = value;
  while (unit < lastUnit && Number(rounded(scaled, unit)) >= 1000) {
    scaled /= 1000;
    unit += 1;
  }
  return { text: rounded(scaled, unit), unit };
}

function rounded(value: number, unit: number): string {
  return unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value).toString();
}

/** "583 B", "11 kB", "1.1 GB". */
export function formatBytes(bytes: number): string {
  const { text, unit } = scale(bytes, byteUnits.length - 1);
  return `${text} ${byteUnits[unit] ?? ''}`;
}

/** "42", "3104" below ten thousand with separators, then "211 k", "1.6 M". */
export function formatCompactCount(count: number): string {
  if (count < 10_000) return formatCount(count);
  const { text, unit } = scale(count, countUnits.length - 1);
  return `${text} ${countUnits[unit] ?? ''}`.trimEnd();
}

/** Whole number with thousands separators: "1,525,202". */
export function formatCount(count: number): string {
  const digits = Math.trunc(Math.abs(count)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return count < 0 ? `-${grouped}` : grouped;
}

/**
 * A share in per cent with one decimal: "97.6 %". Never says "100.0" or "0.0" of a share that is
 * not quite all or nothing, since that digit is what people look for.
 */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  const bounded = Math.min(99.9, Math.max(0.1, percent));
  return `${(percent > 100 ? percent : bounded).toFixed(1)} %`;
}

/** "1 packet", "1,043 packets". */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
