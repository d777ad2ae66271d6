/**
 * Scrolls a list of any length through the window of scale.ts: keeps the base, answers scrolls and
 * brings rows into view. Positions are those of the list, 0-based.
 */
import { useCallback, useLayoutEffect, useRef, useState, type UIEvent } from 'react';
import { revealingTop, useListElement, type ListElement } from '../../ui/list-element.ts';
import { baseAfterJump, baseFor, jumpPixels, rebase, windowSize } from './scale.ts';

export interface ScaledScroll extends ListElement {
  readonly base: number;
  readonly windowSize: number;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** Scrolls so that a row is seen: not at all, just so, or to the middle when it is far away. */
  readonly reveal: (position: number) => void;
  /** Scrolls so that a row stands in the middle, as far as the list goes. */
  readonly centre: (position: number) => void;
  /** Scrolls to a pixel of the window that begins at a base, which moves there first where it stands elsewhere. */
  readonly scrollTo: (base: number, top: number) => void;
}

export function useScaledScroll(total: number, rowHeight: number): ScaledScroll {
  const list = useListElement();
  const { element } = list;
  const [base, setBase] = useState(0);
  const lastTop = useRef(0);
  /** Where to scroll once the rows of a new base are there. */
  const pendingTop = useRef<number | null>(null);

  const scrollTo = useCallback(
    (nextBase: number, top: number) => {
      lastTop.current = top;
      if (nextBase === base) {
        element?.scrollTo({ top });
        return;
      }
      pendingTop.current = top;
      setBase(nextBase);
    },
    [base, element],
  );

  useLayoutEffect(() => {
    if (pendingTop.current === null) return;
    element?.scrollTo({ top: pendingTop.current });
    pendingTop.current = null;
  }, [base, element]);

  // A list that shrank (another capture) must not keep a base beyond its end.
  const lastBase = total - windowSize(total);
  if (base > lastBase) setBase(lastBase);

  const onScroll = useCallback(
    (event: UIEvent<HTMLElement>) => {
      const { scrollTop, clientHeight } = event.currentTarget;
      const moved = Math.abs(scrollTop - lastTop.current);
      lastTop.current = scrollTop;
      if (moved < 1 || windowSize(total) === total) return;
      const viewport = { rowHeight, height: clientHeight };
      if (moved > jumpPixels) {
        setBase(baseAfterJump(total, scrollTop, viewport));
        return;
      }
      const next = rebase({ total, base }, scrollTop, viewport);
      if (next !== base) scrollTo(next, scrollTop - (next - base) * rowHeight);
    },
    [base, rowHeight, scrollTo, total],
  );

  const reveal = useCallback(
    (position: number) => {
      if (element === null || position < 0 || position >= total) return;
      const inWindow = position >= base && position < base + windowSize(total);
      const nextBase = inWindow ? base : baseFor(total, position);
      // Seen from another base, what is on screen now is far away.
      const extent = { scrollTop: inWindow ? element.scrollTop : Number.NEGATIVE_INFINITY, height: element.clientHeight };
      const top = revealingTop((position - nextBase) * rowHeight, rowHeight, extent);
      if (top === null) return;
      const end = windowSize(total) * rowHeight - element.clientHeight;
      scrollTo(nextBase, Math.max(0, Math.min(end, top)));
    },
    [base, element, rowHeight, scrollTo, total],
  );

  const centre = useCentring(element, total, rowHeight, scrollTo);

  return { ...list, base, windowSize: windowSize(total), onScroll, reveal, centre, scrollTo };
}

function useCentring(element: HTMLElement | null, total: number, rowHeight: number, scrollTo: ScaledScroll['scrollTo']): ScaledScroll['centre'] {
  return useCallback(
    (position) => {
      if (element === null) return;
      const base = baseFor(total, position);
      const end = windowSize(total) * rowHeight - element.clientHeight;
      scrollTo(base, Math.max(0, Math.min(end, (position - base + 0.5) * rowHeight - element.clientHeight / 2)));
    },
    [element, rowHeight, scrollTo, total],
  );
}
