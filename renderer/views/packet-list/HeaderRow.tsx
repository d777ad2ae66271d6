/**
 * Column titles: a click sorts (up, down, file order again), a drag moves the column, and so do Ctrl+Shift with
 * the arrows; the edge of each drags its width, and a double-click there gives it back to the automatic one.
 * The right button, and the menu key, offer what else can be done with a column.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { memo, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { isSortedBy, nextOrder, sortedColumn } from '../../app/view-follower.ts';
import { moveColumn, setWidths, shownColumns, type ColumnsStore, type ListColumn } from '../../stores/columns.ts';
import { toggleMaximised } from '../../stores/layout.ts';
import { cx } from '../../ui/cx.ts';
import titleStyles from '../../ui/titles.module.css';
import { HeaderMenu } from './HeaderMenu.tsx';
import styles from './HeaderRow.module.css';
import { useColumnDrag, type ColumnDrag } from './use-column-drag.ts';

export interface HeaderRowProps {
  /** For the grid to own. */
  readonly id: string;
  /** The part that is scrolled sideways along with the rows. */
  readonly headRef: RefObject<HTMLDivElement | null>;
}

/** Drawn anew only when columns or their order change: the list around it changes with every packet that comes. */
export const HeaderRow = memo(function HeaderRow({ id, headRef }: HeaderRowProps) {
  const { stores } = useApp();
  const columns = useStore(stores.columns, shownColumns);
  const drag = useColumnDrag();
  return (
    // A double-click on a title has sorted; beside the titles it maximises, as on every pane's head.
    <div ref={headRef} className={cx(titleStyles.head, styles.head)} onDoubleClick={({ target }) => (target as Element).closest('button') === null && toggleMaximised(stores.layout, 'list')}>
      <div
        role="row"
        id={id}
        aria-rowindex={1}
        className={titleStyles.row}
        onKeyDown={(event) => onTitleKey(event, stores.columns)}
        onDragOver={drag.overField}
        onDragLeave={drag.cancel}
        onDrop={drag.dropField}
      >
        <span aria-hidden />
        {columns.map((column, index) => (
          <ColumnHeader key={column.id} column={column} isFirst={index === 0} drag={drag} />
        ))}
      </div>
    </div>
  );
});

/** Arrows go from title to title; Tab takes all of them as one stop. With Ctrl+Shift they move the column. */
function onTitleKey(event: KeyboardEvent<HTMLElement>, columns: ColumnsStore): void {
  const step = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key];
  if (step === undefined || event.altKey) return;
  const row = event.currentTarget;
  const column = (event.target as Element).closest<HTMLElement>('[data-column]')?.dataset.column ?? '';
  if (event.shiftKey && (event.ctrlKey || event.metaKey)) {
    // Moved in the page, the title would lose the keyboard.
    flushSync(() => moveColumn(columns, column, step));
    row.querySelector<HTMLElement>(`[data-column="${CSS.escape(column)}"] button`)?.focus();
  } else if (!event.shiftKey && !event.ctrlKey && !event.metaKey) {
    const titles = Array.from(row.querySelectorAll<HTMLElement>('button'));
    titles[titles.indexOf(event.target as HTMLElement) + step]?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

interface ColumnHeaderProps {
  readonly column: ListColumn;
  readonly isFirst: boolean;
  readonly drag: ColumnDrag;
}

function ColumnHeader({ column, isFirst, drag }: ColumnHeaderProps) {
  const { files, stores } = useApp();
  const wanted = sortedColumn(column);
  const direction = useStore(stores.rows, ({ sort }) => (!isSortedBy(sort, wanted) ? 'none' : sort?.descending === true ? 'descending' : 'ascending'));
  const coming = useStore(stores.rows, ({ making }) => isSortedBy(making?.sort ?? null, wanted));
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  const sort = (): void => {
    const { sort: present, making } = stores.rows.getState();
    // What is being made counts: a second click turns it round.
    if (!drag.wasDragged()) files.sortBy(nextOrder(wanted, making === null ? present : making.sort));
  };
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div role="columnheader" aria-sort={direction} data-column={column.id} className={cx(titleStyles.cell, styles.cell, styles[column.align], drag.target === column.id && styles[drag.side])}>
          <button
            type="button"
            className={cx(titleStyles.title, styles.title, coming && styles.coming, drag.dragged === column.id && styles.dragged)}
            tabIndex={isFirst ? 0 : -1}
            title={titleHint(column, direction)}
            onPointerDown={(event) => drag.start(event, column.id)}
            onPointerMove={drag.move}
            onPointerUp={drag.end}
            onPointerCancel={drag.cancel}
            onClick={sort}
          >
            <span>{column.title}</span>
            {direction !== 'none' && <Arrow size={12} strokeWidth={2} aria-hidden className={titleStyles.arrow} />}
          </button>
          <WidthHandle column={column.id} />
        </div>
      </ContextMenu.Trigger>
      <HeaderMenu column={column} />
    </ContextMenu.Root>
  );
}

function titleHint({ title, custom }: ListColumn, direction: 'none' | 'ascending' | 'descending'): string {
  const order = direction === 'none' ? `Sort by ${title}` : direction === 'ascending' ? `Sort by ${title}, descending` : 'Back to file order';
  return custom === null ? order : `${order} (${custom.text})`;
}

interface WidthDrag {
  readonly pointerX: number;
  readonly width: number;
}

function WidthHandle({ column }: { readonly column: string }) {
  const { stores } = useApp();
  const drag = useRef<WidthDrag | null>(null);

  const start = (event: PointerEvent<HTMLElement>): void => {
    const cell = event.currentTarget.parentElement;
    if (cell === null || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { pointerX: event.clientX, width: cell.getBoundingClientRect().width };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current !== null) setWidths(stores.columns, { [column]: drag.current.width + event.clientX - drag.current.pointerX });
  };
  const end = (): void => {
    drag.current = null;
  };

  return (
    <i
      className={styles.handle}
      aria-hidden
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={(event) => {
        event.stopPropagation();
        setWidths(stores.columns, { [column]: null });
      }}
    />
  );
}
