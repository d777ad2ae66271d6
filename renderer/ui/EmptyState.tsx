/** What is missing, and one thing to do about it. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly failure?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, failure = false }: EmptyStateProps) {
  return (
    <div className={styles.empty} role={failure ? 'alert' : undefined}>
      <Icon size={20} aria-hidden className={cx(failure && styles.failure)} />
      <b>{title}</b>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
