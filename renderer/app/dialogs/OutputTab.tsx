/** Where the packets are written: one file, several, or a ring of them. */
import { useStore } from 'zustand';
import { changeForm, durationUnits, sizeUnits, type CaptureForm } from '../../stores/capture-form.ts';
import type { FieldError } from '../../stores/read-capture-form.ts';
import { useApp } from '../context.ts';
import styles from './CaptureOptions.module.css';
import { AmountField, CheckField, errorOf, TextField } from './fields.tsx';

export function OutputTab({ errors }: { readonly errors: readonly FieldError[] }) {
  const { stores } = useApp();
  const form = useStore(stores.captureForm);
  const folder = useStore(stores.live, (state) => state.settings?.captureFolder ?? 'the capture folder');
  const change = (changed: Partial<CaptureForm>): void => changeForm(stores.captureForm, changed);
  const off = !form.severalFiles;
  return (
    <>
      <fieldset className={styles.group}>
        <legend>File</legend>
        <label className={styles.check}>
          <input type="radio" name="capture-file" checked={!form.toFile} onChange={() => change({ toFile: false })} />
          <span>
            A new file in {folder}
            <small>Named after the interface and the time. It stays until you delete it.</small>
          </span>
        </label>
        <label className={styles.check}>
          <input type="radio" name="capture-file" checked={form.toFile} onChange={() => change({ toFile: true })} />
          <span>This file, which must not exist yet</span>
        </label>
        <div className={styles.indent}>
          <TextField label="Path" value={form.file} placeholder="/home/ada/office.pcapng" disabled={!form.toFile} onChange={(file) => change({ file })} error={errorOf(errors, 'file')} />
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Several files</legend>
        <CheckField checked={form.severalFiles} onChange={(severalFiles) => change({ severalFiles })} hint="Their names get a number and the time. The list shows all of them as one capture.">
          Begin another file
        </CheckField>
        <div className={styles.indent}>
          <AmountField label="After a size of" amount={form.rotateSize} units={sizeUnits} disabled={off} onChange={(rotateSize) => change({ rotateSize })} error={errorOf(errors, 'rotateSize')} />
          <AmountField label="After a duration of" amount={form.rotateDuration} units={durationUnits} disabled={off} onChange={(rotateDuration) => change({ rotateDuration })} error={errorOf(errors, 'rotateDuration')} />
          <AmountField label="After a number of" amount={form.rotatePackets} unit="packets" disabled={off} onChange={(rotatePackets) => change({ rotatePackets })} error={errorOf(errors, 'rotatePackets')} />
          <AmountField label="Ring: keep the last" amount={form.ring} unit="files" disabled={off} onChange={(ring) => change({ ring })} error={errorOf(errors, 'ring')} />
          <span className={errorOf(errors, 'severalFiles') === null ? styles.hint : styles.error}>
            {errorOf(errors, 'severalFiles') ?? 'In a ring older files are deleted, and their packets leave the list.'}
          </span>
        </div>
      </fieldset>
    </>
  );
}
