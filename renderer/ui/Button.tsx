import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './Button.module.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly kind?: 'primary' | 'secondary' | 'link';
  readonly size?: 'normal' | 'large';
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

export function Button({ kind = 'secondary', size = 'normal', icon: Icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={cx(styles.button, styles[kind], size === 'large' && styles.large)}>
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      {children}
    </button>
  );
}
