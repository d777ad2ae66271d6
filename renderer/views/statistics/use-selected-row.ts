/** What every table of a statistic does with its selected row. */
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { showView } from '../../stores/layout.ts';
import { selectStatisticRow } from '../../stores/statistics.ts';
import type { FilterTerm } from '../filter-menu/FilterJoins.tsx';
import type { StatisticGridProps } from './StatisticGrid.tsx';

/** Opening it shows the packets that its first filter finds. `firstPacket`: 0 for none. */
export function useSelectedRow(terms: readonly FilterTerm[], firstPacket: number): Pick<StatisticGridProps<object>, 'selected' | 'onSelect' | 'terms' | 'firstPacket' | 'onOpen' | 'onGoToPacket' | 'onCopy'> {
  const { stores, filters, statistics } = useApp();
  const selected = useStore(stores.statistics, (state) => state.selected);
  return {
    selected,
    terms,
    firstPacket,
    onSelect: (row) => selectStatisticRow(stores.statistics, row),
    onOpen: () => {
      const [whole] = terms;
      if (whole === undefined) return;
      showView(stores.layout, 'packets');
      filters.apply(whole.filter);
    },
    onGoToPacket: statistics.goToPacket,
    onCopy: statistics.copyAsCsv,
  };
}
