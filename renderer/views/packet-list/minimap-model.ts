/** What the minimap draws: parts of the list joined to stretches of equal look, and the picture in words. Pure. */
import { formatCount, formatQuantity } from '../../../shared/format/size.ts';
import type { OverviewBucket } from '../../../shared/ipc/list-contract.ts';

/** Parts `from` to `to` (not included). */
export interface Stretch<T> {
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

/** Neighbours of equal value as one; those of null are left out. */
export function stretchesOf<T>(buckets: readonly OverviewBucket[], valueOf: (bucket: OverviewBucket) => T | null): Stretch<T>[] {
  const stretches: { from: number; to: number; value: T }[] = [];
  for (const [at, bucket] of buckets.entries()) {
    const value = valueOf(bucket);
    const before = stretches.at(-1);
    if (value === null) continue;
    if (before !== undefined && before.to === at && before.value === value) before.to = at + 1;
    else stretches.push({ from: at, to: at + 1, value });
  }
  return stretches;
}

/** What stands out, for those who do not see it. */
export function overviewWords(buckets: readonly OverviewBucket[], firstRow: number, total: number): string {
  const count = (wanted: string): number => buckets.filter(({ severity }) => severity === wanted).length;
  const parts = [
    [count('error'), 'with errors'],
    [count('warn'), 'with warnings'],
    [buckets.filter(({ isMarked }) => isMarked).length, 'with marked packets'],
  ] as const;
  const told = parts.flatMap(([number, words]) => (number > 0 ? [`${formatQuantity(number, 'part')} ${words}`] : []));
  return `Row ${formatCount(firstRow + 1)} of ${formatCount(total)}${told.length > 0 ? `; of ${formatCount(buckets.length)} parts of the list ${told.join(', ')}` : ''}`;
}
