/** The menu of a statistic's row: filters for what it counts, its first packet, and copying the table. */
import { ContextMenu } from 'radix-ui';
import type { MouseEvent, ReactElement } from 'react';
import { useApp } from '../../app/context.ts';
import { showView } from '../../stores/layout.ts';
import menuStyles from '../../ui/menu.module.css';
import type { FilterTerm } from '../filter-menu/FilterJoins.tsx';
import { FilterMenuFrame } from '../filter-menu/FilterMenuFrame.tsx';

export interface StatisticMenuProps {
  /** Filters that the selected row stands for, the whole of it first. */
  readonly terms: readonly FilterTerm[];
  /** 0 for none. */
  readonly firstPacket: number;
  readonly onGoToPacket: (packet: number) => void;
  readonly onCopy: () => void;
  /** Called before the menu opens: selects what is under the pointer. */
  readonly onPoint: (event: MouseEvent) => void;
  readonly children: ReactElement;
}

export function StatisticMenu({ terms, firstPacket, onGoToPacket, onCopy, onPoint, children }: StatisticMenuProps) {
  const { stores } = useApp();
  return (
    // What is filtered, and the bar to write in, are in the packets view.
    <FilterMenuFrame terms={terms} onUse={() => showView(stores.layout, 'packets')} onPoint={onPoint} target={children}>
      <ContextMenu.Separator className={menuStyles.separator} />
      <ContextMenu.Item className={menuStyles.item} disabled={firstPacket === 0} onSelect={() => onGoToPacket(firstPacket)}>
        <span>Go to first packet</span>
      </ContextMenu.Item>
      <ContextMenu.Item className={menuStyles.item} onSelect={onCopy}>
        <span>Copy table as CSV</span>
      </ContextMenu.Item>
    </FilterMenuFrame>
  );
}
