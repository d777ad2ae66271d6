import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '../../../shared/format/size.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';

export function GoToPacket({ onClose }: DialogBodyProps) {
  const { stores, navigation } = useApp();
  const total = useStore(stores.rows, (state) => state.total);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // People paste numbers as they are shown, with separators.
    const found = /^\d[\d, ]*$/.test(text.trim()) && navigation.jumpTo(Number(text.replace(/[, ]/g, '')));
    if (found) onClose();
    else setWrong(true);
  };

  return (
    <Dialog
      title="Go to packet"
      onClose={onClose}
      onClosed={focusLastPane}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="go-to">
            Go
          </Button>
        </>
      }
    >
      <form id="go-to" onSubmit={submit}>
        <label className={styles.field}>
          Packet number, 1 to {formatCount(total)}
          <input
            className={styles.input}
            autoFocus
            inputMode="numeric"
            value={text}
            aria-invalid={wrong}
            aria-describedby="go-to-error"
            onChange={(event) => {
              setText(event.target.value);
              setWrong(false);
            }}
          />
        </label>
        <p id="go-to-error" className={styles.error} role="alert">
          {wrong && `There is no packet ${text.trim() === '' ? 'without a number' : text.trim()} in this capture.`}
        </p>
      </form>
    </Dialog>
  );
}
