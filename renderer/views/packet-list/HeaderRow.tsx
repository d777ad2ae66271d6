/** Column titles; the edge of each drags its width, a double-click gives it back to the automatic one. */
import { useRef, type PointerEvent } from 'react';
import { useApp } from '../../app/context.ts';
import { setColumnWidth } from '../../stores/prefs.ts';
import { cx } from '../../ui/cx.ts';
import { columns, type ColumnId } from './columns.ts';
import styles from './HeaderRow.module.css';

const narrowest = 32;

export interface HeaderRowProps {
  /** For the grid to own. */
  readonly id: string;
  readonly onToggleMaximised: () => void;
}

export function HeaderRow({ id, onToggleMaximised }: HeaderRowProps) {
  return (
    <div className={styles.head} onDoubleClick={onToggleMaximised}>
      <div role="row" id={id} aria-rowindex={1} className={styles.row}>
        <span aria-hidden />
        {columns.map((column) => (
          <div key={column.id} role="columnheader" className={cx(styles.cell, column.align === 'right' && styles.right)}>
            <span>{column.title}</span>
            {column.id !== 'info' && <WidthHandle column={column.id} />}
          </div>
        ))}
      </div>
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
