/**
 * Keeps the end of a growing list in view while a capture runs, until the user scrolls up; scrolling back
 * to the end, End, and the button on the list go on with it.
 */
import { useCallback, useEffectEvent, useLayoutEffect, useRef, type UIEvent } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { followAgain, isCapturing, isFollowing, stopFollowing } from '../../stores/live.ts';
import type { ScaledScroll } from './use-scaled-scroll.ts';

/** Scrolled up by less than this is a touchpad at rest, or rounding. */
const deadPixels = 4;

export function useFollowEnd({ element, base, toEnd, isAtEnd, onScroll }: ScaledScroll): (event: UIEvent<HTMLElement>) => void {
  const { stores } = useApp();
  const total = useStore(stores.rows, (state) => state.total);
  const follows = useStore(stores.live, isFollowing);
  /** Where the list was put last: above it, somebody else scrolled. */
  const putAt = useRef<{ readonly base: number; readonly top: number } | null>(null);
  const scrollToEnd = useEffectEvent(toEnd);

  useLayoutEffect(() => {
    if (!follows || element === null) {
      putAt.current = null;
      return;
    }
    scrollToEnd();
    putAt.current = { base, top: element.scrollTop };
  }, [base, element, follows, total]);

  return useCallback(
    (event) => {
      onScroll(event);
      const state = stores.live.getState();
      if (!isCapturing(state)) return;
      const put = putAt.current;
      const { scrollTop } = event.currentTarget;
      if (state.follows) {
        if (put !== null && put.base === base && scrollTop < put.top - deadPixels) stopFollowing(stores.live, stores.rows.getState().total);
      } else if (isAtEnd()) followAgain(stores.live);
    },
    [base, isAtEnd, onScroll, stores],
  );
}
