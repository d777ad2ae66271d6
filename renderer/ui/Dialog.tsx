/** A dialog: titled, closed by Escape or its cross, focus kept inside and given back. */
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { cx } from './cx.ts';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly width?: 'narrow' | 'wide' | 'work';
  readonly onClose: () => void;
  /** Escape was pressed in the dialog; whoever needs it for something else prevents its default, and the dialog stays. */
  readonly onEscape?: (event: KeyboardEvent) => void;
  /** Takes the keyboard at first; else the first that can. */
  readonly firstFocus?: RefObject<HTMLElement | null>;
  /** Gives the keyboard back once the dialog is gone. */
  readonly onClosed: () => void;
  readonly children: ReactNode;
  /** Buttons along the bottom. */
  readonly actions?: ReactNode | undefined;
}

/** Keeps the keyboard from what would get it, where it belongs to something else. */
function focusFirst(event: Event, target: HTMLElement | null | undefined): void {
  if (!target) return;
  event.preventDefault();
  target.focus();
}

export function Dialog({ title, width = 'narrow', onClose, onEscape, firstFocus, onClosed, children, actions }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={cx(styles.backdrop, width === 'work' && styles.clear)} />
        <Radix.Content className={cx(styles.dialog, width !== 'narrow' && styles[width])} aria-describedby={undefined} onOpenAutoFocus={(event) => focusFirst(event, firstFocus?.current)} onCloseAutoFocus={onClosed} {...(onEscape === undefined ? {} : { onEscapeKeyDown: onEscape })}>
          <header className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close className={styles.close} aria-label="Close">
              <X size={14} aria-hidden />
            </Radix.Close>
          </header>
          <div className={styles.body} tabIndex={width === 'wide' ? 0 : undefined}>{children}</div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
