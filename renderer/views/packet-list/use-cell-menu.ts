/** Ties the list's menu to the cell that was pointed at, or to the one that is meant where the keyboard asks for it. */
import { useRef, useState, type MouseEvent, type SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { addFieldColumn } from '../../app/column-commands.ts';
import { useApp } from '../../app/context.ts';
import { shownColumns } from '../../stores/columns.ts';
import type { FilterContextMenuProps } from '../filter-menu/FilterContextMenu.tsx';
import { cellTerm, fieldOf, keyboardColumn } from './cell-menu.ts';

export interface CellMenu {
  readonly menu: Required<Pick<FilterContextMenuProps, 'heading' | 'term' | 'column' | 'onPoint' | 'keyboardPlace'>>;
  /** Notes the column of a cell that is clicked, or of a title that gets the keyboard. */
  readonly onTouch: (event: SyntheticEvent) => void;
}

export function useCellMenu(): CellMenu {
  const { stores, navigation } = useApp();
  const shown = useStore(stores.columns, shownColumns);
  const packet = useStore(stores.selection, (state) => state.packet);
  const detail = useStore(stores.packet, (state) => (state.detail?.number === packet ? state.detail : null));
  /** Columns, by id: where the user was last, and the one that the menu is about. */
  const last = useRef('');
  const [pointed, setPointed] = useState('');
  const idAt = (target: Element): string => {
    const cell = target.closest('[role=gridcell]');
    // The first child of a row is the gutter.
    const at = cell === null ? -1 : [...(cell.parentElement?.children ?? [])].indexOf(cell) - 1;
    return shown[at]?.id ?? target.closest<HTMLElement>('[data-column]')?.dataset.column ?? '';
  };
  const onPoint = ({ target }: MouseEvent): void => {
    const row = (target as Element).closest<HTMLElement>('[data-position]');
    if (row === null) return;
    setPointed(idAt(target as Element));
    navigation.selectPosition(Number(row.dataset.position), row.getAttribute('aria-selected') === 'true' ? 'keep' : 'only');
  };
  const column = shown.find(({ id }) => id === pointed);
  const term = column === undefined || detail === null ? '' : cellTerm(column, detail);
  const field = detail === null ? undefined : fieldOf(term, detail);
  const reason = column?.custom === null ? (field === undefined ? 'The cell shows no field' : null) : 'The field has this column';
  return {
    menu: {
      heading: column?.title ?? '',
      term,
      column: { disabledReason: reason, add: () => field !== undefined && addFieldColumn(stores, field.field, field.title) },
      onPoint,
      keyboardPlace: (row) => row.children[shown.findIndex((one) => one === keyboardColumn(shown, last.current, stores.rows.getState().sort, detail)) + 1] ?? row,
    },
    onTouch: ({ target }) => {
      last.current = idAt(target as Element) || last.current;
    },
  };
}
