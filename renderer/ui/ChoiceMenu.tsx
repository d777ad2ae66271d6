/** A button with a panel of texts to take, in groups: filters used before, saved ones, examples. */
import { X, type LucideIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import buttonStyles from './IconButton.module.css';
import { IconButton } from './IconButton.tsx';
import menuStyles from './menu.module.css';
import styles from './ChoiceMenu.module.css';

export interface ChoiceMenuProps {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Says what is in it, where the pointer rests on the button. */
  readonly title: string;
  readonly align: 'start' | 'end';
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

export function ChoiceMenu({ icon: Icon, label, title, align, isOpen, onOpen, children }: ChoiceMenuProps) {
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpen}>
      <Popover.Trigger className={buttonStyles.button} aria-label={label} title={title}>
        <Icon size={14} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={cx(menuStyles.menu, styles.panel)} align={align} sideOffset={5} collisionPadding={8} aria-label={label}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function ChoiceGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4 className={styles.head}>{title}</h4>
      <ul>{children}</ul>
    </section>
  );
}

export interface ChoiceProps {
  readonly text: string;
  readonly name?: string;
  readonly onChoose: (text: string) => void;
  readonly onRemove?: () => void;
}

export function Choice({ text, name, onChoose, onRemove }: ChoiceProps) {
  return (
    <li className={styles.choice}>
      <button type="button" className={styles.take} title={text} onClick={() => onChoose(text)}>
        {name !== undefined && <span>{name}</span>}
        <code>{text}</code>
      </button>
      {onRemove !== undefined && <IconButton icon={X} label={`Remove ${name ?? text}`} onClick={onRemove} />}
    </li>
  );
}
