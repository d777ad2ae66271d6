/** What the capturing system counted, from what a file says of its interfaces. */
import type { CaptureCounts } from '../../shared/ipc/contract.ts';
import type { InterfaceStatistics } from '../../shared/records/record.ts';

/** Sums over the interfaces; what none of them tells stays unknown. Null where there are no statistics at all. */
export function countsOf(statistics: Iterable<InterfaceStatistics>, packets: number): CaptureCounts | null {
  const all = [...statistics];
  if (all.length === 0) return null;
  return {
    received: sum(all.map(({ received }) => received)),
    written: packets,
    droppedByKernel: sum(all.map(({ droppedByKernel }) => droppedByKernel)),
    droppedByInterface: sum(all.map(({ droppedByInterface }) => droppedByInterface)),
  };
}

/** Packets dropped anywhere; null where nobody tells. */
export function droppedOf(counts: CaptureCounts | null): number | null {
  return counts === null ? null : sum([counts.droppedByKernel, counts.droppedByInterface]);
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
