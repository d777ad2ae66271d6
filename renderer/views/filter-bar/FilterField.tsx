/** The bar's field: the filter as it is being written, with the filters used before behind the arrow keys. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { focusLastPane } from '../../app/panes.ts';
import { filterHint } from './filter-hint.ts';
import { FilterInput } from './FilterInput.tsx';

export function FilterField({ describedBy }: { readonly describedBy: string }) {
  const { stores, filters, session } = useApp();
  const text = useStore(stores.filter, (state) => state.text);
  const report = useStore(stores.filter, (state) => state.report);
  const focusWanted = useStore(stores.filter, (state) => state.focusWanted);
  const walk = useMemo(() => createHistoryWalk(() => stores.filterBook.getState().recent), [stores]);
  return (
    <FilterInput
      label="Display filter"
      hint={filterHint()}
      describedBy={describedBy}
      text={text}
      report={report}
      focusWanted={focusWanted}
      onText={(written) => {
        walk.leave();
        filters.write(written);
      }}
      onApply={() => filters.apply()}
      onLeave={focusLastPane}
      onHistory={(step) => {
        const older = walk.step(step, stores.filter.getState().text);
        if (older !== null) filters.write(older);
        return older !== null;
      }}
      recent={() => stores.filterBook.getState().recent}
      complete={async (written, at) => (await session()?.completeFilter(written, at)) ?? { from: at, options: [] }}
    />
  );
}

/** Steps through the filters used before, from what was being written. */
function createHistoryWalk(recent: () => readonly string[]) {
  /** −1: what was being written. */
  let at = -1;
  let written = '';
  return {
    step(step: -1 | 1, present: string): string | null {
      const next = at - step;
      if (next < -1 || next >= recent().length) return null;
      if (at === -1) written = present;
      at = next;
      return at === -1 ? written : (recent()[at] ?? null);
    },
    leave() {
      at = -1;
    },
  };
}
