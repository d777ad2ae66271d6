/**
 * The whole list beside its scroll bar: colours, what is wrong and how badly, marks, the selected
 * packet and its conversation, and the rows on screen. A click or drag goes there.
 */
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import type { ListOverview } from '../../app/session.ts';
import { cx } from '../../ui/cx.ts';
import { overviewWords, stretchesOf } from './minimap-model.ts';
import styles from './Minimap.module.css';
import { createOverviewLoader } from './overview-loader.ts';
import type { ScaledScroll } from './use-scaled-scroll.ts';

export interface MinimapProps {
  readonly scroll: ScaledScroll;
  readonly rowHeight: number;
  /** Id of the list that it shows. */
  readonly listId: string;
}

export function Minimap({ scroll, rowHeight, listId }: MinimapProps) {
  const { stores } = useApp();
  const overview = useOverview();
  const total = useStore(stores.rows, (state) => state.total);
  const selected = useStore(stores.selection, (state) => state.position);
  const firstRow = useStore(stores.rows, (state) => (selected >= 0 && selected < state.total ? selected : 0));
  const { onScreen, go } = usePlaces(scroll, rowHeight, total);
  const buckets = overview?.buckets ?? [];
  return (
    <div
      role="scrollbar"
      aria-label="Overview of the list"
      aria-controls={listId}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={Math.max(1, total)}
      aria-valuenow={firstRow + 1}
      aria-valuetext={overviewWords(buckets, firstRow, total)}
      title={overview?.isSampled === true ? 'The list at a glance, from a sample of its rows' : 'The list at a glance'}
      className={styles.map}
      onPointerDown={go}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
    >
      {buckets.length > 0 && <Picture overview={{ buckets, total, isSampled: false }} />}
      {selected >= 0 && selected < total && <i className={styles.selected} style={{ top: `${(100 * (selected + 0.5)) / total}%` }} />}
      <i ref={onScreen} className={styles.onScreen} />
    </div>
  );
}

function Picture({ overview: { buckets } }: { readonly overview: ListOverview }) {
  const { stores } = useApp();
  const colourRows = useStore(stores.prefs, (state) => state.colourRows);
  return (
    <svg className={styles.picture} viewBox={`0 0 16 ${buckets.length}`} preserveAspectRatio="none" aria-hidden>
      {colourRows && stretchesOf(buckets, ({ rule }) => rule).map(({ from, to, value }) => <rect key={from} x={3} y={from} width={8} height={to - from} style={{ fill: `var(--r-${value}, none)` }} />)}
      {stretchesOf(buckets, ({ isRelated }) => isRelated || null).map(({ from, to }) => <rect key={from} x={0} y={from} width={2} height={to - from} className={styles.related} />)}
      {stretchesOf(buckets, ({ severity }) => (severity === 'none' || severity === 'chat' ? null : severity)).map(({ from, to, value }) => (
        <rect key={from} x={value === 'error' ? 9 : 12} y={from} width={value === 'error' ? 7 : 4} height={to - from} className={cx(styles[value])} />
      ))}
      {stretchesOf(buckets, ({ isMarked }) => isMarked || null).map(({ from, to }) => <rect key={from} x={3} y={from} width={6} height={to - from} className={styles.marked} />)}
    </svg>
  );
}

function useOverview(): ListOverview | null {
  const { session, stores } = useApp();
  const [overview, setOverview] = useState<ListOverview | null>(null);
  useEffect(() => {
    const loader = createOverviewLoader(stores, session, setOverview);
    return () => loader.stop();
  }, [session, stores]);
  return overview;
}

/** The frame around the rows on screen, moved without drawing anything else anew, and going to another place. */
function usePlaces({ element, base, centre }: ScaledScroll, rowHeight: number, total: number) {
  const onScreen = useRef<HTMLElement>(null);
  useEffect(() => {
    if (element === null || total === 0) return undefined;
    const place = (): void => {
      const frame = onScreen.current;
      if (frame === null) return;
      const first = base + element.scrollTop / rowHeight;
      const rows = element.clientHeight / rowHeight;
      frame.style.top = `${Math.min(100, (100 * first) / total)}%`;
      frame.style.height = `${Math.min(100, (100 * rows) / total)}%`;
    };
    place();
    element.addEventListener('scroll', place, { passive: true });
    return () => element.removeEventListener('scroll', place);
  }, [base, element, rowHeight, total]);

  const go = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 && event.buttons !== 1) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - top) / Math.max(1, height)));
    centre(Math.min(total - 1, Math.floor(share * total)));
  };
  return { onScreen, go };
}
