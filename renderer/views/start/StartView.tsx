/** Where a window without a capture begins: open, go on with a recent file, listen on an interface, or learn from a sample. */
import { FolderOpen } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { commandById } from '../../app/commands.ts';
import { commandKey, useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import { InterfacePanel } from '../interfaces/InterfacePanel.tsx';
import { Orphans } from '../interfaces/Orphans.tsx';
import { LessonCards } from './LessonCards.tsx';
import { RecentFiles } from './RecentFiles.tsx';
import type { RecentFile, Sample } from './start-content.ts';
import styles from './StartView.module.css';

export function StartView() {
  const { files } = useApp();
  const { recent, samples, clearRecent } = useStartContent();
  const open = commandById('file.open');
  return (
    <div className={styles.scroller}>
      <div className={styles.page}>
        <header className={styles.hero}>
          <div>
            <h2>Capture before you guess</h2>
            <p>Open a capture, drop a file anywhere in this window, or listen on an interface.</p>
          </div>
          <Button kind="primary" size="large" icon={FolderOpen} onClick={() => files.openWithDialog()}>
            Open capture <kbd className={styles.key}>{commandKey(open)}</kbd>
          </Button>
        </header>
        <Orphans />
        {recent === null ? <div /> : <RecentFiles files={recent} onClear={clearRecent} />}
        <InterfacePanel />
        {samples !== null && samples.length > 0 && <LessonCards samples={samples} />}
      </div>
    </div>
  );
}

interface StartContent {
  /** Null until the host has answered. */
  readonly recent: readonly RecentFile[] | null;
  readonly samples: readonly Sample[] | null;
  readonly clearRecent: () => void;
}

function useStartContent(): StartContent {
  const { host } = useApp();
  const [recent, setRecent] = useState<readonly RecentFile[] | null>(null);
  const [samples, setSamples] = useState<readonly Sample[] | null>(null);
  useEffect(() => {
    const given = new AbortController();
    const options = { signal: given.signal };
    // A list that cannot be had is left out: opening works without it.
    host.shell.call('shell.recent', {}, options).then(({ files }) => setRecent(files), () => undefined);
    host.shell.call('shell.samples', {}, options).then(({ samples: found }) => setSamples(found), () => undefined);
    return () => given.abort();
  }, [host]);
  const clearRecent = useCallback(() => {
    host.shell.call('shell.clearRecent', {}).then(() => setRecent([]), () => undefined);
  }, [host]);
  return { recent, samples, clearRecent };
}
