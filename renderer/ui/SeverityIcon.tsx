/** A severity has a shape of its own; colour only supports it. */
import { Info, MessageCircle, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';
import styles from './SeverityIcon.module.css';

export type Severity = 'error' | 'warn' | 'note' | 'chat';

const icons: Readonly<Record<Severity, LucideIcon>> = { error: OctagonX, warn: TriangleAlert, note: Info, chat: MessageCircle };
const names: Readonly<Record<Severity, string>> = { error: 'Error', warn: 'Warning', note: 'Note', chat: 'Chat' };

export interface SeverityIconProps {
  readonly severity: Severity;
  readonly className?: string | undefined;
  readonly size?: number;
}

export function SeverityIcon({ severity, className, size = 14 }: SeverityIconProps) {
  const Icon = icons[severity];
  return <Icon size={size} className={cx(styles.icon, styles[severity], className)} data-severity={severity} role="img" aria-label={names[severity]} aria-hidden={undefined} />;
}
