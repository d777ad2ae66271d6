/** Moving a column by its title: a click stays a click, until the pointer has gone a few pixels. A field from the tree becomes a column. */
import { useEffect, useEffectEvent, useRef, useState, type DragEvent, type PointerEvent } from 'react';
import { addFieldColumn } from '../../app/column-commands.ts';
import { useApp } from '../../app/context.ts';
import { carriesField, droppedField } from '../../app/field-drag.ts';
import { moveColumnBefore, shownColumns, type ColumnsStore } from '../../stores/columns.ts';

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
  /** A field of the tree over the titles, and put down there. */
  readonly overField: (event: DragEvent<HTMLElement>) => void;
  readonly dropField: (event: DragEvent<HTMLElement>) => void;
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

  useEscape(dragged !== '', cancel);
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
      if (dragged !== '') moveTo(stores.columns, dragged, place);
      cancel();
    },
    cancel,
    overField(event) {
      if (!carriesField(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setPlace(placeAt(event.currentTarget, event.clientX));
    },
    dropField(event) {
      const dropped = droppedField(event.dataTransfer);
      cancel();
      if (dropped === null || dropped.field === '') return;
      event.preventDefault();
      const there = placeAt(event.currentTarget, event.clientX);
      addFieldColumn(stores, dropped.field, dropped.title);
      const added = stores.columns.getState().columns.find(({ custom }) => custom?.text === dropped.field);
      if (added !== undefined) moveTo(stores.columns, added.id, there);
    },
    wasDragged: () => hasMoved.current,
  };
}

/** Escape gives a drag up, before anybody else hears of it. */
function useEscape(isDragging: boolean, cancel: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  });
  useEffect(() => {
    if (!isDragging) return undefined;
    const listen = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listen, { capture: true });
    return () => document.removeEventListener('keydown', listen, { capture: true });
  }, [isDragging]);
}

/** Puts a column down at the edge of another. */
function moveTo(store: ColumnsStore, column: string, { target, side }: Place): void {
  if (target === '') return;
  const columns = shownColumns(store.getState());
  const at = columns.findIndex(({ id }) => id === target);
  moveColumnBefore(store, column, side === 'before' ? target : (columns[at + 1]?.id ?? null));
}

/** The edge between two titles that is nearest to a place on the page. */
function placeAt(row: Element | null, clientX: number): Place {
  const cells = Array.from(row?.querySelectorAll<HTMLElement>('[data-column]') ?? []);
  const target = cells.findLast((cell) => cell.getBoundingClientRect().left <= clientX) ?? cells[0];
  if (target === undefined) return nowhere;
  const { left, width } = target.getBoundingClientRect();
  return { target: target.dataset.column ?? '', side: clientX < left + width / 2 ? 'before' : 'after' };
}
