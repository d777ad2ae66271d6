import { useState, type FormEvent } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import styles from './CaptureOptions.module.css';
import { TextField } from './fields.tsx';

/** Asks a browser's user for the folder; in Electron the system's dialog does. */
export function CaptureFolder({ onClose }: DialogBodyProps) {
  const { live } = useApp();
  const [path, setPath] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() === '') return setFailure('Give the path of the folder.');
    live.showFolder(path.trim()).then(onClose, (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
  };
  return (
    <Dialog
      title="Show a folder as it fills"
      onClose={onClose}
      onClosed={focusLastPane}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="capture-folder">
            Show
          </Button>
        </>
      }
    >
      <form id="capture-folder" className={styles.form} onSubmit={submit}>
        <p>Shows the capture files that another program writes into a folder, for example a ring of dumpcap or tcpdump, oldest first, and those that it begins later.</p>
        <TextField
          label="Folder, on the machine that Layerscope runs on"
          autoFocus
          value={path}
          placeholder="/var/captures"
          error={failure}
          onChange={(next) => {
            setPath(next);
            setFailure(null);
          }}
        />
      </form>
    </Dialog>
  );
}
