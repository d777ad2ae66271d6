/** When the capture ends by itself. */
import { useStore } from 'zustand';
import { changeForm, durationUnits, sizeUnits, type CaptureForm } from '../../stores/capture-form.ts';
import type { FieldError } from '../../stores/read-capture-form.ts';
import { useApp } from '../context.ts';
import styles from './CaptureOptions.module.css';
import { AmountField, errorOf } from './fields.tsx';

export function StopTab({ errors }: { readonly errors: readonly FieldError[] }) {
  const { stores } = useApp();
  const form = useStore(stores.captureForm);
  const change = (changed: Partial<CaptureForm>): void => changeForm(stores.captureForm, changed);
  return (
    <fieldset className={styles.group}>
      <legend>Stop by itself</legend>
      <AmountField label="After a number of" amount={form.stopPackets} unit="packets" onChange={(stopPackets) => change({ stopPackets })} error={errorOf(errors, 'stopPackets')} />
      <AmountField label="After a size of" amount={form.stopSize} units={sizeUnits} onChange={(stopSize) => change({ stopSize })} error={errorOf(errors, 'stopSize')} />
      <AmountField label="After a duration of" amount={form.stopDuration} units={durationUnits} onChange={(stopDuration) => change({ stopDuration })} error={errorOf(errors, 'stopDuration')} />
      <AmountField label="After a number of" amount={form.stopFiles} unit="files" disabled={!form.severalFiles} onChange={(stopFiles) => change({ stopFiles })} error={errorOf(errors, 'stopFiles')} />
      <p className={styles.hint}>
        Whichever comes first. Sizes count all files of the capture.
        {!form.severalFiles && ' The number of files counts once several are written (Output).'}
      </p>
    </fieldset>
  );
}
