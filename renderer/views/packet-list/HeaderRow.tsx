/**
 * Column titles: a click sorts (up, down, file order again), the edge of each drags its width, and
 * a double-click there gives it back to the automatic one.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { runCommand, sortCommandId } from '../../app/commands.ts';
import { useApp } from '../../app/context.ts';
import { setColumnWidth } from '../../stores/prefs.ts';
import { cx } from '../../ui/cx.ts';
import { columns, type Column, type ColumnId } from './columns.ts';
import styles from './HeaderRow.module.css';

const narrowest = 32;

export interface HeaderRowProps {
  /** For the grid to own. */
  readonly id: string;
  readonly onToggleMaximised: () => void;
}

export function HeaderRow({ id, onToggleMaximised }: HeaderRowProps) {
  return (
    // A double-click on a title has sorted; beside the titles it maximises, as on every pane's head.
    <div className={styles.head} onDoubleClick={({ target }) => (target as Element).closest('button') === null && onToggleMaximised()}>
      <div role="row" id={id} aria-rowindex={1} className={styles.row} onKeyDown={moveBetweenTitles}>
        <span aria-hidden />
        {columns.map((column) => (
          <ColumnHeader key={column.id} column={column} />
        ))}
      </div>
    </div>
  );
}

/** Arrows go from title to title; Tab takes all of them as one stop. */
function moveBetweenTitles(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  const titles = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('button'));
  titles[titles.indexOf(event.target as HTMLElement) + step]?.focus();
  event.preventDefault();
}

function ColumnHeader({ column }: { readonly column: Column }) {
  const app = useApp();
  const { rows } = app.stores;
  const direction = useStore(rows, ({ sort }) => (sort?.column !== column.id ? 'none' : sort.descending ? 'descending' : 'ascending'));
  const coming = useStore(rows, ({ making }) => making?.sort?.column === column.id);
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <div role="columnheader" aria-sort={direction} className={cx(styles.cell, column.align === 'right' && styles.right)}>
      <button
        type="button"
        className={cx(styles.title, coming && styles.coming)}
        tabIndex={column.id === 'number' ? 0 : -1}
        title={direction === 'none' ? `Sort by ${column.title}` : direction === 'ascending' ? `Sort by ${column.title}, descending` : 'Back to file order'}
        onClick={() => runCommand(app, sortCommandId(column.id))}
      >
        <span>{column.title}</span>
        {direction !== 'none' && <Arrow size={12} strokeWidth={2} aria-hidden className={styles.arrow} />}
      </button>
      {column.id !== 'info' && <WidthHandle column={column.id} />}
    </div>
  );
}

interface Drag {
  readonly pointerX: number;
  readonly width: number;
}

function WidthHandle({ column }: { readonly column: ColumnId }) {
  const { stores } = useApp();
  const drag = useRef<Drag | null>(null);

  const start = (event: PointerEvent<HTMLElement>): void => {
    const cell = event.currentTarget.parentElement;
    if (cell === null || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { pointerX: event.clientX, width: cell.getBoundingClientRect().width };
  };
  const move = (event: PointerEvent): void => {
    if (drag.current === null) return;
    setColumnWidth(stores.prefs, column, Math.max(narrowest, drag.current.width + event.clientX - drag.current.pointerX));
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
        setColumnWidth(stores.prefs, column, null);
      }}
    />
  );
}
