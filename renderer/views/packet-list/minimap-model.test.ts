import { expect, test } from 'vitest';
import type { OverviewBucket } from '../../../shared/ipc/list-contract.ts';
import { overviewWords, stretchesOf } from './minimap-model.ts';

function bucket(more: Partial<OverviewBucket> = {}): OverviewBucket {
  return { severity: 'none', rule: null, isMarked: false, isRelated: false, ...more };
}

test('neighbours that look the same are one stretch, and nothing is drawn of nothing', () => {
  const buckets = [bucket({ rule: 'tcp' }), bucket({ rule: 'tcp' }), bucket(), bucket({ rule: 'tcp' }), bucket({ rule: 'udp' })];
  expect(stretchesOf(buckets, ({ rule }) => rule)).toEqual([
    { from: 0, to: 2, value: 'tcp' },
    { from: 3, to: 4, value: 'tcp' },
    { from: 4, to: 5, value: 'udp' },
  ]);
});

test('the picture in words says where one is, and what stands out', () => {
  const buckets = [bucket({ severity: 'error' }), bucket({ severity: 'warn', isMarked: true }), bucket({ severity: 'warn' }), bucket()];
  expect(overviewWords(buckets, 999, 42_000)).toBe('Row 1,000 of 42,000; of 4 parts of the list 1 part with errors, 2 parts with warnings, 1 part with marked packets');
  expect(overviewWords([bucket()], 0, 1)).toBe('Row 1 of 1');
});
