/** A pane: its head with name, note and buttons, and its content. Double-click on the head maximises. */
import { Maximize2, Minimize2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './PaneFrame.module.css';

export interface PaneFrameProps {
  readonly id?: string | undefined;
  /** Name of the pane, for the window's focus and copy commands. */
  readonly pane: string;
  /** What it is called where its title is not text. */
  readonly label: string;
  readonly title: ReactNode;
  /** Beside the title: a note or tabs. */
  readonly note?: ReactNode;
  /** Before the maximise button. */
  readonly buttons?: ReactNode;
  /** Hides the pane; without it the pane has no cross. */
  readonly onHide?: (() => void) | undefined;
  readonly maximised: boolean;
  readonly onToggleMaximised: () => void;
  readonly children: ReactNode;
}

export function PaneFrame({ id, pane, label, title, note, buttons, onHide, maximised, onToggleMaximised, children }: PaneFrameProps) {
  return (
    <section id={id} className={styles.pane} data-pane={pane} aria-label={typeof title === 'string' ? title : label}>
      <header
        className={styles.head}
        onDoubleClick={(event) => {
          if (!(event.target as Element).closest('button')) onToggleMaximised();
        }}
      >
        {typeof title === 'string' ? <h2 className={styles.title}>{title}</h2> : title}
        <div className={styles.note}>{note}</div>
        {buttons}
        <IconButton icon={maximised ? Minimize2 : Maximize2} label={maximised ? 'Restore' : 'Maximise'} keyLabel={maximised ? 'Esc' : undefined} tabIndex={-1} onClick={onToggleMaximised} />
        {onHide !== undefined && <IconButton icon={X} label="Hide" tabIndex={-1} onClick={onHide} />}
      </header>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
