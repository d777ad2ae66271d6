import { useState, type FormEvent } from 'react';
import { addColumn, changeColumn, editColumn, isBuiltIn, type CustomColumn } from '../../stores/columns.ts';
import { notify } from '../../stores/dialogs.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import styles from './CaptureOptions.module.css';
import { CheckField, TextField } from './fields.tsx';
import { useFilterReport } from './use-filter-report.ts';

const newColumn: CustomColumn = { text: '', occurrence: 0, names: true };
const example = 'http.host or tls.handshake.extensions_server_name';
const hint = 'Fields joined by "or", or anything that a display filter can compute, such as tcp.len + 20';

/** A column's title and, for one of the user's own, what it shows; checked while it is written. */
export function ColumnDialog({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const [{ edited, column }] = useState(() => {
    const { columns, edited: id } = stores.columns.getState();
    return { edited: id ?? '', column: columns.find((one) => one.id === id) };
  });
  const [title, setTitle] = useState(column?.title ?? '');
  const [shown, setShown] = useState(column?.custom ?? newColumn);
  const [occurrence, setOccurrence] = useState(String(shown.occurrence));
  const isOwn = !isBuiltIn(edited);
  const report = useFilterReport(isOwn ? shown.text : '');
  const occurrenceError = /^-?\d{1,3}$/.test(occurrence.trim()) ? null : 'A whole number: 1 the first, −1 the last, 0 all';

  const close = (): void => {
    editColumn(stores.columns, null);
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isOwn && (shown.text.trim() === '' || report.error !== null || occurrenceError !== null)) return;
    const custom = isOwn ? { ...shown, text: shown.text.trim(), occurrence: Number(occurrence) } : null;
    const name = title.trim() === '' ? (custom?.text ?? column?.title ?? '') : title.trim();
    if (column !== undefined) changeColumn(stores.columns, column.id, { title: name, custom });
    else if (custom !== null && !addColumn(stores.columns, name, custom)) notify(stores.dialogs, 'There are too many columns: remove one first.');
    close();
  };

  return (
    <Dialog
      title={column === undefined ? 'Add column' : 'Edit column'}
      onClose={close}
      onClosed={focusLastPane}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" form="column">
            {column === undefined ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <form id="column" className={styles.form} onSubmit={submit}>
        {isOwn && <TextField label="Field or expression" autoFocus value={shown.text} placeholder={example} error={report.error} hint={report.words === '' ? hint : report.words} onChange={(text) => setShown({ ...shown, text })} />}
        <TextField label="Title" autoFocus={!isOwn} value={title} placeholder={shown.text} onChange={setTitle} />
        {isOwn && (
          <>
            <TextField label="Which value, where a field has several" value={occurrence} error={occurrenceError} hint="1 the first, −1 the last, 0 all of them" onChange={setOccurrence} />
            <CheckField checked={shown.names} onChange={(names) => setShown({ ...shown, names })} hint="TCP instead of 6, for fields whose values have names">
              Show names
            </CheckField>
          </>
        )}
      </form>
    </Dialog>
  );
}
