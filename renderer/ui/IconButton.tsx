/** A button that is only an icon: it always has a name, and a tooltip with its key. */
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Hint } from './Hint.tsx';
import styles from './IconButton.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'disabled'> {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Key as shown, for example "Ctrl+G". */
  readonly keyLabel?: string | undefined;
  /** Why the button cannot be used now; null when it can. */
  readonly disabledReason?: string | null;
  readonly pressed?: boolean | undefined;
  readonly children?: ReactNode;
}

export function IconButton({ icon: Icon, label, keyLabel, disabledReason = null, pressed, children, onClick, ...rest }: IconButtonProps) {
  return (
    <Hint text={disabledReason ?? label} keyLabel={disabledReason === null ? keyLabel : undefined}>
      <button
        type="button"
        {...rest}
        // Not `disabled`: a button that cannot be focused or hovered could not say why.
        aria-disabled={disabledReason !== null}
        aria-label={children === undefined ? label : undefined}
        aria-pressed={pressed}
        className={cx(styles.button, children !== undefined && styles.labelled)}
        onClick={(event) => {
          if (disabledReason === null) onClick?.(event);
        }}
      >
        <Icon size={14} aria-hidden />
        {children}
      </button>
    </Hint>
  );
}
