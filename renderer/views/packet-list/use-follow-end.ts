/**
 * Keeps the end of a growing list in view while a capture runs, until the user scrolls up; scrolling back
 * to the end, End, and the button on the list go on with it.
 */
import { useCallback, useEffectEvent, useLayoutEffect, useRef, type UIEvent } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { followAgain, isCapturing, isFollowing, stopFollowing } from '../../stores/live.ts';
import { windowSize } from './scale.ts';
import type { ScaledScroll } from './use-scaled-scroll.ts';

/** Scrolled up by less than this is a touchpad at rest, or rounding. */
const deadPixels = 4;

/** What the list does when it is scrolled. */
export function useFollowEnd({ element, base, onScroll, scrollTo }: ScaledScroll, rowHeight: number): (event: UIEvent<HTMLElement>) => void {
  const { stores } = useApp();
  const total = useStore(stores.rows, (state) => state.total);
  const follows = useStore(stores.live, isFollowing);
  /** Where the list was put last: above it, somebody else scrolled. */
  const putAt = useRef<{ readonly base: number; readonly top: number } | null>(null);
  const scrollToEnd = useEffectEvent((list: HTMLElement) => scrollTo(total - windowSize(total), Math.max(0, windowSize(total) * rowHeight - list.clientHeight)));

  useLayoutEffect(() => {
    const wasFollowing = putAt.current !== null;
    putAt.current = null;
    if (element === null) return;
    // The last packets of a capture may come together with its end.
    if (follows || (wasFollowing && stores.live.getState().follows)) scrollToEnd(element);
    if (follows) putAt.current = { base, top: element.scrollTop };
  }, [base, element, follows, stores, total]);

  return useCallback(
    (event) => {
      onScroll(event);
      const state = stores.live.getState();
      if (!isFollowing(state) && !isCapturing(state)) return;
      const { clientHeight, scrollTop } = event.currentTarget;
      const put = putAt.current;
      const isUp = put !== null && put.base === base && scrollTop < put.top - deadPixels;
      const isAtEnd = base + windowSize(total) >= total && scrollTop >= windowSize(total) * rowHeight - clientHeight - rowHeight;
      if (state.follows && isUp) stopFollowing(stores.live, stores.rows.getState().total);
      else if (!state.follows && isAtEnd) followAgain(stores.live);
    },
    [base, onScroll, rowHeight, stores, total],
  );
}
