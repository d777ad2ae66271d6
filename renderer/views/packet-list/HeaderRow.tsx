/**
 * Column titles: a click sorts (up, down, file order again), the edge of each drags its width, and
 * a double-click there gives it back to the automatic one.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { Fragment, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { runCommand, sortCommandId } from '../../app/commands.ts';
import { useApp } from '../../app/context.ts';
import { moveFieldColumn, removeFieldColumn, setColumnWidth, type FieldColumn } from '../../stores/prefs.ts';
import { cx } from '../../ui/cx.ts';
import menuStyles from '../../ui/menu.module.css';
import { columns, type Column } from './columns.ts';
import styles from './HeaderRow.module.css';

const narrowest = 32;

export interface HeaderRowProps {
  /** For the grid to own. */
  readonly id: string;
  readonly onToggleMaximised: () => void;
}

export function HeaderRow({ id, onToggleMaximised }: HeaderRowProps) {
  const { stores } = useApp();
  const fields = useStore(stores.prefs, (state) => state.fieldColumns);
  return (
    // A double-click on a title has sorted; beside the titles it maximises, as on every pane's head.
    <div className={styles.head} onDoubleClick={({ target }) => (target as Element).closest('button') === null && onToggleMaximised()}>
      <div role="row" id={id} aria-rowindex={1} className={styles.row} onKeyDown={moveBetweenTitles}>
        <span aria-hidden />
        {columns.map((column) => (
          <Fragment key={column.id}>
            {column.id === 'info' && fields.map((field) => <FieldHeader key={field.field} column={field} />)}
            <ColumnHeader column={column} />
          </Fragment>
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

/** The title of a field's column; its menu moves and removes it. */
function FieldHeader({ column: { field, title } }: { readonly column: FieldColumn }) {
  const { stores } = useApp();
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div role="columnheader" className={styles.cell}>
          <button type="button" className={styles.title} tabIndex={-1} title={`${title} (${field}). Its menu moves and removes the column.`} onClick={openMenu}>
            <span>{title}</span>
          </button>
          <WidthHandle column={field} />
        </div>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={menuStyles.menu}>
          <ContextMenu.Label className={menuStyles.label}><code>{field}</code></ContextMenu.Label>
          <ContextMenu.Item className={menuStyles.item} onSelect={() => moveFieldColumn(stores.prefs, field, -1)}><span>Move left</span></ContextMenu.Item>
          <ContextMenu.Item className={menuStyles.item} onSelect={() => moveFieldColumn(stores.prefs, field, 1)}><span>Move right</span></ContextMenu.Item>
          <ContextMenu.Separator className={menuStyles.separator} />
          <ContextMenu.Item className={menuStyles.item} onSelect={() => removeFieldColumn(stores.prefs, field)}><span>Remove column</span></ContextMenu.Item>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Opens the menu of what was clicked, as the right button does. */
function openMenu({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>): void {
  const { left, bottom } = currentTarget.getBoundingClientRect();
  const isByKeyboard = clientX === 0 && clientY === 0;
  currentTarget.dispatchEvent(new globalThis.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: isByKeyboard ? left : clientX, clientY: isByKeyboard ? bottom : clientY }));
}

interface Drag {
  readonly pointerX: number;
  readonly width: number;
}

function WidthHandle({ column }: { readonly column: string }) {
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
