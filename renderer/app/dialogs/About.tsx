import { useEffect, useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';

export function About({ onClose }: DialogBodyProps) {
  const { host } = useApp();
  const [facts, setFacts] = useState<{ readonly version: string; readonly platform: string } | null>(null);
  useEffect(() => {
    const given = new AbortController();
    host.shell.call('shell.describe', {}, { signal: given.signal }).then(setFacts, () => undefined);
    return () => given.abort();
  }, [host]);
  return (
    <Dialog title="About Layerscope" onClose={onClose} onClosed={focusLastPane}>
      <div className={styles.sections}>
        <p>Layerscope shows and teaches how the layers of a network work, from your own packets.</p>
        {facts !== null && (
          <dl className={styles.facts}>
            <dt>Version</dt>
            <dd>{facts.version}</dd>
            <dt>Runs on</dt>
            <dd>
              {facts.platform}, {host.kind === 'web' ? 'in a browser' : 'as a desktop application'}
            </dd>
            <dt>Licence</dt>
            <dd>MIT</dd>
          </dl>
        )}
      </div>
    </Dialog>
  );
}
