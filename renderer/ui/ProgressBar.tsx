import { Progress } from 'radix-ui';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0…1. */
  readonly share: number;
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <Progress.Root className={styles.track} value={percent} aria-label={label}>
      <Progress.Indicator className={styles.bar} style={{ width: `${percent}%` }} />
    </Progress.Root>
  );
}
