/**
 * What was received, written and lost, always on screen where packets were captured live or the file tells it. "unknown" is
 * what the system does not tell: it is not 0.
 */
import { useStore } from 'zustand';
import { formatCount } from '../../shared/format/size.ts';
import type { CaptureCounts } from '../../shared/ipc/contract.ts';
import { cx } from '../ui/cx.ts';
import { useApp } from './context.ts';
import styles from './StatusBar.module.css';

export function LiveCounts() {
  const { stores } = useApp();
  const status = useStore(stores.live, (state) => state.status);
  const ofFile = useStore(stores.capture, (state) => state.description?.counts ?? null);
  const counts: CaptureCounts | null = status ?? ofFile;
  if (counts === null) return null;
  return (
    <span className={styles.live}>
      <Count name="Received" count={counts.received} />
      <Count name="Written" count={counts.written} />
      <Count name="Dropped by kernel" count={counts.droppedByKernel} isLoss />
      <Count name="by interface" count={counts.droppedByInterface} isLoss />
      {status !== null && (
        <span title="Since the start of the capture">
          <b className={styles.figure}>{formatElapsed(status.seconds)}</b>
        </span>
      )}
    </span>
  );
}

function Count({ name, count, isLoss = false }: { readonly name: string; readonly count: number | null; readonly isLoss?: boolean }) {
  const text = count === null ? 'unknown' : formatCount(count);
  return (
    <span title={count === null ? 'This system does not tell' : undefined}>
      {name}: <b className={cx(styles.figure, isLoss && styles.short, isLoss && count !== null && count > 0 && styles.loss)}>{text}</b>
    </span>
  );
}

/** "0:07", "12:34", "1:02:03". */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => value.toString().padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
