/**
 * Scrolls a list of any length through the window of scale.ts: keeps the base, answers scrolls and
 * brings rows into view. Positions are those of the list, 0-based.
 */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';
import type { ListImperativeAPI } from 'react-window';
import { baseAfterJump, baseFor, jumpPixels, rebase, windowSize } from './scale.ts';

export interface ScaledScroll {
  readonly base: number;
  readonly windowSize: number;
  readonly listRef: RefObject<ListImperativeAPI | null>;
  readonly onScroll: (event: UIEvent<HTMLElement>) => void;
  /** Scrolls just as far as needed ("nearest"), or so that the row is in the middle or on top. */
  readonly reveal: (position: number, align: 'nearest' | 'center' | 'start') => void;
}

export function useScaledScroll(total: number, rowHeight: number): ScaledScroll {
  const listRef = useRef<ListImperativeAPI | null>(null);
  const [base, setBase] = useState(0);
  const lastTop = useRef(0);
  /** Where to scroll once the rows of a new base are there. */
  const pendingTop = useRef<number | null>(null);

  const scrollTo = useCallback((nextBase: number, top: number, currentBase: number) => {
    lastTop.current = top;
    if (nextBase === currentBase) listRef.current?.element?.scrollTo({ top });
    else {
      pendingTop.current = top;
      setBase(nextBase);
    }
  }, []);

  useLayoutEffect(() => {
    if (pendingTop.current === null) return;
    listRef.current?.element?.scrollTo({ top: pendingTop.current });
    pendingTop.current = null;
  }, [base]);

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
      if (moved > jumpPixels) return setBase(baseAfterJump(total, scrollTop, viewport));
      const next = rebase({ total, base }, scrollTop, viewport);
      if (next !== base) scrollTo(next, scrollTop - (next - base) * rowHeight, base);
    },
    [base, rowHeight, scrollTo, total],
  );

  const reveal = useCallback<ScaledScroll['reveal']>(
    (position, align) => {
      const element = listRef.current?.element ?? null;
      if (element === null || position < 0 || position >= total) return;
      const height = element.clientHeight;
      const top = (position - base) * rowHeight;
      const visible = top >= element.scrollTop && top + rowHeight <= element.scrollTop + height;
      if (visible && align !== 'start') return;
      const inWindow = position >= base && position < base + windowSize(total);
      const nextBase = inWindow ? base : baseFor(total, position);
      const nextTop = (position - nextBase) * rowHeight;
      const above = align === 'nearest' && inWindow && top < element.scrollTop;
      const wanted = align === 'start' || above ? nextTop : align === 'nearest' && inWindow ? nextTop + rowHeight - height : nextTop - (height - rowHeight) / 2;
      const end = windowSize(total) * rowHeight - height;
      scrollTo(nextBase, Math.max(0, Math.min(end, wanted)), base);
    },
    [base, rowHeight, scrollTo, total],
  );

  return { base, windowSize: windowSize(total), listRef, onScroll, reveal };
}
