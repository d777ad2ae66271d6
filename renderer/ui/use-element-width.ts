import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Width of an element's content in whole pixels, followed as it changes; `initial` until it is measured. */
export function useElementWidth<E extends HTMLElement>(initial: number): readonly [RefObject<E | null>, number] {
  const reference = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    const element = reference.current;
    if (element === null) return;
    const measure = (): void => {
      const { clientWidth } = element;
      if (clientWidth > 0) setWidth(clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [reference, width];
}
