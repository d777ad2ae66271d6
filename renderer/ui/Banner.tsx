/** A line across a view that tells what happened and offers one way on. Inline, never modal. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { SeverityIcon } from './SeverityIcon.tsx';
import styles from './Banner.module.css';

export interface BannerProps {
  readonly severity: 'error' | 'warn' | 'note';
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Shown beside the text, for example a progress bar. */
  readonly aside?: ReactNode;
  readonly onDismiss?: () => void;
}

export function Banner({ severity, children, action, aside, onDismiss }: BannerProps) {
  return (
    <div className={cx(styles.banner, styles[severity])} role={severity === 'error' ? 'alert' : 'status'}>
      <SeverityIcon severity={severity} />
      <span className={styles.text}>{children}</span>
      {aside}
      {action}
      {onDismiss !== undefined && <IconButton icon={X} label="Dismiss" onClick={onDismiss} />}
    </div>
  );
}
