/** A minute of packets per second as a small line, newest at the right; scaled to its own highest second. */
import { historySeconds } from '../../stores/activity.ts';
import styles from './Sparkline.module.css';

const width = 254;
const height = 24;

export function Sparkline({ history }: { readonly history: readonly number[] }) {
  const highest = Math.max(1, ...history);
  const step = width / (historySeconds - 1);
  const first = historySeconds - history.length;
  const points = history.map((rate, index) => `${((first + index) * step).toFixed(1)},${(height - 1 - (rate / highest) * (height - 3)).toFixed(1)}`);
  const left = (first * step).toFixed(1);
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
      <line x1={0} y1={height - 1} x2={width} y2={height - 1} className={styles.ground} />
      {points.length > 1 && (
        <>
          <path d={`M${left},${height} L${points.join(' L')} L${width},${height} Z`} className={styles.area} />
          <polyline points={points.join(' ')} className={styles.line} />
        </>
      )}
    </svg>
  );
}
