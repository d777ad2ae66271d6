/** A tooltip: a name or reason, and the key that does the same. */
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './Hint.module.css';

export interface HintProps {
  readonly text: string;
  readonly keyLabel?: string | undefined;
  readonly children: ReactElement;
}

export function Hint({ text, keyLabel, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.hint} sideOffset={4} collisionPadding={8}>
          {text}
          {keyLabel !== undefined && <kbd className={styles.key}>{keyLabel}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
