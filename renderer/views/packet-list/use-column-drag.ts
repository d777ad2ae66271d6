/** Moving a column by its title: a click stays a click, until the pointer has gone a few pixels. */
import { useEffect, useEffectEvent, useRef, useState, type PointerEvent } from 'react';
import { useApp } from '../../app/context.ts';
import { moveColumnBefore, shownColumns } from '../../stores/columns.ts';

/** Less is a hand that shakes. */
const threshold = 5;

export interface ColumnDrag {
  /** Column that is being moved; "" for none. */
  readonly dragged: string;
  /** Column at whose left or right edge it would be put down; "" for none. */
  readonly target: string;
  readonly side: 'before' | 'after';
  readonly start: (event: PointerEvent<HTMLElement>, column: string) => void;
  readonly move: (event: PointerEvent<HTMLElement>) => void;
  readonly end: () => void;
  readonly cancel: () => void;
  /** Whether the click that comes now only ends a drag. */
  readonly wasDragged: () => boolean;
}

interface Place {
  readonly target: string;
  readonly side: 'before' | 'after';
}

const nowhere: Place = { target: '', side: 'before' };

export function useColumnDrag(): ColumnDrag {
  const { stores } = useApp();
  const pressed = useRef<{ readonly column: string; readonly pointerX: number } | null>(null);
  const hasMoved = useRef(false);
  const [dragged, setDragged] = useState('');
  const [place, setPlace] = useState(nowhere);

  function cancel(): void {
    pressed.current = null;
    setDragged('');
    setPlace(nowhere);
  }

  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  });
  useEffect(() => {
    if (dragged === '') return undefined;
    const listen = (event: KeyboardEvent): void => onEscape(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, [dragged]);

  return {
    dragged,
    ...place,
    start(event, column) {
      hasMoved.current = false;
      if (event.button === 0) pressed.current = { column, pointerX: event.clientX };
    },
    move(event) {
      const { current } = pressed;
      if (current === null || (dragged === '' && Math.abs(event.clientX - current.pointerX) < threshold)) return;
      hasMoved.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged(current.column);
      setPlace(placeAt(event.currentTarget.closest('[role=row]'), event.clientX));
    },
    end() {
      if (dragged !== '' && place.target !== '') {
        const columns = shownColumns(stores.columns.getState());
        const at = columns.findIndex(({ id }) => id === place.target);
        const before = place.side === 'before' ? place.target : (columns[at + 1]?.id ?? null);
        moveColumnBefore(stores.columns, dragged, before);
      }
      cancel();
    },
    cancel,
    wasDragged: () => hasMoved.current,
  };
}

/** The edge between two titles that is nearest to a place on the page. */
function placeAt(row: Element | null, clientX: number): Place {
  const cells = Array.from(row?.querySelectorAll<HTMLElement>('[data-column]') ?? []);
  const target = cells.findLast((cell) => cell.getBoundingClientRect().left <= clientX) ?? cells[0];
  if (target === undefined) return nowhere;
  const { left, width } = target.getBoundingClientRect();
  return { target: target.dataset.column ?? '', side: clientX < left + width / 2 ? 'before' : 'after' };
}
