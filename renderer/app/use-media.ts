import { useSyncExternalStore } from 'react';

/** True while a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}

/** From 1600 px on there is room for wider columns and a wider dock. */
export function useRoomy(): boolean {
  return useMedia('(min-width: 1600px)');
}

/** Below 1100 px the layer dock shares its place with the bytes. */
export function useNarrow(): boolean {
  return useMedia('(max-width: 1099.98px)');
}
