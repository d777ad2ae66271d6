import { Dialog } from '../../ui/Dialog.tsx';
import { commands, menus } from '../commands.ts';
import { runsOnMac, useApp } from '../context.ts';
import { keyLabel } from '../shortcuts.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';

interface KeyRow {
  readonly title: string;
  readonly keys: readonly string[];
}

/** Keys that belong to a pane rather than to a command. */
const paneKeys: readonly { readonly title: string; readonly rows: readonly KeyRow[] }[] = [
  {
    title: 'In the packet list',
    rows: [
      { title: 'Previous or next packet', keys: ['↑', '↓'] },
      { title: 'A page up or down', keys: ['Page Up', 'Page Down'] },
      { title: 'First or last packet', keys: ['Home', 'End'] },
      { title: 'Select more rows', keys: ['Shift+↑', 'Shift+↓'] },
      { title: 'Select to an end of the list', keys: ['Ctrl+Shift+Home', 'Ctrl+Shift+End'] },
    ],
  },
  {
    title: 'On the titles of columns',
    rows: [
      { title: 'Next or previous title', keys: ['←', '→'] },
      { title: 'Sort by the column', keys: ['Enter'] },
      { title: 'Move the column', keys: ['Ctrl+Shift+←', 'Ctrl+Shift+→'] },
      { title: 'Menu of the column', keys: ['Shift+F10'] },
    ],
  },
  {
    title: 'In the details',
    rows: [
      { title: 'Open, or go to the first child', keys: ['→'] },
      { title: 'Close, or go to the parent', keys: ['←'] },
      { title: 'Open or close with all inside', keys: ['Shift+→', 'Shift+←'] },
      { title: 'Open, close or follow a link', keys: ['Enter'] },
      { title: 'To the parent', keys: ['Backspace'] },
    ],
  },
  {
    title: 'In the bytes',
    rows: [
      { title: 'Byte by byte, line by line', keys: ['←', '→', '↑', '↓'] },
      { title: 'Select bytes', keys: ['Shift+←', 'Shift+→', 'Shift+↑', 'Shift+↓'] },
    ],
  },
  {
    title: 'Anywhere',
    rows: [
      { title: 'Next or previous pane', keys: ['Tab', 'Shift+Tab'] },
      { title: 'Size panes, on a handle between them', keys: ['←', '→', '↑', '↓'] },
      { title: 'Restore a maximised pane', keys: ['Esc'] },
    ],
  },
];

export function KeyHelp({ onClose }: DialogBodyProps) {
  const { host } = useApp();
  const byMenu = menus.map(({ id, title }) => ({
    title,
    rows: commands.filter((command) => command.menu === id && command.keys.length > 0).map((command): KeyRow => ({ title: command.title, keys: command.keys.map((key) => keyLabel(key, runsOnMac)) })),
  }));
  return (
    <Dialog title="Keys" width="wide" onClose={onClose} onClosed={focusLastPane}>
      <div className={styles.columns}>
        {[...paneKeys, ...byMenu].map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl className={styles.keys}>
              {group.rows.map((row) => (
                <div key={row.title}>
                  <dt>{row.title}</dt>
                  <dd>
                    {row.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {host.kind === 'web' && <p className={styles.hint}>In a browser&apos;s tab Ctrl+W closes the tab itself; there use File, Close.</p>}
    </Dialog>
  );
}
