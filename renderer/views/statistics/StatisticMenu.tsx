/** The menu of a statistic's row: filters for what it counts, its first packet, and copying the table. */
import { ContextMenu } from 'radix-ui';
import { useRef, type MouseEvent, type ReactNode } from 'react';
import { useApp } from '../../app/context.ts';
import { showView } from '../../stores/layout.ts';
import menuStyles from '../../ui/menu.module.css';
import { FilterJoins, type FilterTerm } from '../filter-menu/FilterJoins.tsx';

export interface StatisticMenuProps {
  /** Filters that the selected row stands for, the whole of it first. */
  readonly terms: readonly FilterTerm[];
  /** 0 for none. */
  readonly firstPacket: number;
  readonly onGoToPacket: (packet: number) => void;
  readonly onCopy: () => void;
  /** Called before the menu opens: selects what is under the pointer. */
  readonly onPoint: (event: MouseEvent) => void;
  readonly children: ReactNode;
}

export function StatisticMenu({ terms, firstPacket, onGoToPacket, onCopy, onPoint, children }: StatisticMenuProps) {
  const { stores, filters } = useApp();
  const wantsBar = useRef(false);
  /** What is filtered, and the bar to write in, are in the packets view. */
  const showPackets = (): void => showView(stores.layout, 'packets');
  const onClosed = (event: Event): void => {
    if (!wantsBar.current) return;
    wantsBar.current = false;
    event.preventDefault();
    filters.focus();
  };
  const whole = terms[0]?.filter ?? '';
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={onPoint}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menuStyles.menu} collisionPadding={8} loop onCloseAutoFocus={onClosed}>
          <ContextMenu.Label className={menuStyles.label}>{whole === '' ? 'Nothing to filter by' : <code>{whole}</code>}</ContextMenu.Label>
          <FilterJoins title="Apply as filter" terms={terms} how="apply" onUse={showPackets} />
          <FilterJoins
            title="Prepare as filter"
            terms={terms}
            how="prepare"
            onUse={() => {
              wantsBar.current = true;
              showPackets();
            }}
          />
          <ContextMenu.Separator className={menuStyles.separator} />
          <ContextMenu.Item className={menuStyles.item} disabled={firstPacket === 0} onSelect={() => onGoToPacket(firstPacket)}>
            <span>Go to first packet</span>
          </ContextMenu.Item>
          <ContextMenu.Item className={menuStyles.item} onSelect={onCopy}>
            <span>Copy table as CSV</span>
          </ContextMenu.Item>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
