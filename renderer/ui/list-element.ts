/** The scrolling element of a react-window list, and bringing rows of equal height into view. */
import { useCallback, useState } from 'react';
import type { ListImperativeAPI } from 'react-window';

export interface ListElement {
  /** For the list's `listRef`. */
  readonly listRef: (list: ListImperativeAPI | null) => void;
  /** Null until the list has been drawn once: effects that need it run again then. */
  readonly element: HTMLElement | null;
}

/**
 * The list hands out a new handle whenever its rows change; what stays is its element. Keeping
 * that alone spares a second drawing for each change.
 */
export function useListElement(): ListElement {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const listRef = useCallback((list: ListImperativeAPI | null) => setElement(list?.element ?? null), []);
  return { listRef, element };
}

export interface Extent {
  /** First visible pixel. */
  readonly scrollTop: number;
  readonly height: number;
}

/**
 * Where to scroll so that the row at `top` is seen: nowhere when it is, just as far as needed when it
 * is near, to the middle when it is more than a screen away. Null means stay.
 */
export function revealingTop(top: number, rowHeight: number, { scrollTop, height }: Extent): number | null {
  if (top >= scrollTop && top + rowHeight <= scrollTop + height) return null;
  const beyond = top < scrollTop ? scrollTop - top : top + rowHeight - (scrollTop + height);
  if (beyond > height) return Math.max(0, top - (height - rowHeight) / 2);
  return top < scrollTop ? top : top + rowHeight - height;
}

export function revealRow(element: HTMLElement, index: number, rowHeight: number): void {
  const top = revealingTop(index * rowHeight, rowHeight, { scrollTop: element.scrollTop, height: element.clientHeight });
  if (top !== null) element.scrollTo({ top });
}
