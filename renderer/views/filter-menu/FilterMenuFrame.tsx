/** A menu of the right button that begins with filters for what was pointed at; what else it offers follows. */
import { ContextMenu } from 'radix-ui';
import { useId, useRef, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { useApp } from '../../app/context.ts';
import { sendToActiveRow } from '../../ui/keyboard-menu.ts';
import menuStyles from '../../ui/menu.module.css';
import { FilterJoins, type FilterTerm } from './FilterJoins.tsx';

export interface FilterMenuFrameProps {
  /** What was pointed at, where the filter alone does not say it: a column's title. */
  readonly heading?: string | undefined;
  /** Filters for what was pointed at, the whole of it first. */
  readonly terms: readonly FilterTerm[];
  /** Called before one is used: shows what is filtered, where that is elsewhere. */
  readonly onUse?: () => void;
  /** Called before the menu opens: selects what is under the pointer. */
  readonly onPoint: (event: MouseEvent) => void;
  /** The part of the active row that a menu is about which the keyboard asked for; else the row. */
  readonly keyboardPlace?: ((row: Element) => Element) | undefined;
  /** What has the menu. */
  readonly target: ReactElement;
  /** What follows the filters. */
  readonly children: ReactNode;
}

export function FilterMenuFrame({ heading = '', terms, onUse, onPoint, keyboardPlace, target, children }: FilterMenuFrameProps) {
  const { filters } = useApp();
  const labelId = useId();
  const wantsBar = useRef(false);
  /** The menu gives the keyboard back to its pane, but for what is to be written on. */
  const onClosed = (event: Event): void => {
    if (!wantsBar.current) return;
    wantsBar.current = false;
    event.preventDefault();
    filters.focus();
  };
  const prepare = (): void => {
    wantsBar.current = true;
    onUse?.();
  };
  const whole = terms[0]?.filter ?? '';
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild onContextMenu={(event) => sendToActiveRow(event, keyboardPlace) || onPoint(event)}>
        {target}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menuStyles.menu} collisionPadding={8} loop aria-labelledby={labelId} onCloseAutoFocus={onClosed}>
          <ContextMenu.Label id={labelId} className={menuStyles.label}>
            {heading !== '' && `${heading}: `}
            {whole !== '' ? <code>{whole}</code> : heading === '' ? 'Nothing to filter by' : 'nothing to filter by'}
          </ContextMenu.Label>
          <FilterJoins title="Apply as filter" terms={terms} how="apply" onUse={onUse} />
          <FilterJoins title="Prepare as filter" terms={terms} how="prepare" onUse={prepare} />
          {children}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
