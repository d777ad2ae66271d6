/** Fields of the capture dialogs: each with its name, its error in words, and a reason where it cannot be used. */
import { useId, type ReactNode } from 'react';
import type { FieldError } from '../../stores/read-capture-form.ts';
import styles from './CaptureOptions.module.css';

/** What is wrong with a field; null where nothing is. */
export function errorOf(errors: readonly FieldError[], field: string): string | null {
  return errors.find((error) => error.field === field)?.message ?? null;
}

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | null;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly numeric?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

export function TextField({ label, value, onChange, error = null, hint, placeholder, numeric = false, disabled = false, autoFocus = false }: TextFieldProps) {
  const id = useId();
  return (
    <label className={styles.field}>
      {label}
      <input
        className={styles.control}
        value={value}
        placeholder={placeholder}
        disabled={disabled}
        autoFocus={autoFocus}
        spellCheck={false}
        autoComplete="off"
        inputMode={numeric ? 'numeric' : undefined}
        aria-invalid={error !== null}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={id} className={error === null ? styles.hint : styles.error}>
        {error ?? hint}
      </span>
    </label>
  );
}

export interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly hint?: string;
}

export function SelectField<T extends string>({ label, value, options, onChange, hint }: SelectFieldProps<T>) {
  return (
    <label className={styles.field}>
      {label}
      <select className={styles.control} value={value} disabled={options.length < 2} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
      <span className={styles.hint}>{hint}</span>
    </label>
  );
}

export interface CheckFieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export function CheckField({ checked, onChange, children, hint, disabled = false }: CheckFieldProps) {
  return (
    <label className={styles.check} data-disabled={disabled}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {children}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  );
}

interface Amount<U extends string> {
  readonly on: boolean;
  readonly value: string;
  readonly unit?: U;
}

export interface AmountFieldProps<A extends Amount<string>> {
  /** What its check box says, for example "After a size of". */
  readonly label: string;
  readonly amount: A;
  readonly onChange: (amount: A) => void;
  readonly units?: readonly string[];
  /** What is counted where there is no choice of units. */
  readonly unit?: string;
  readonly error: string | null;
  readonly disabled?: boolean;
}

/** A limit that can be switched on: a check box, a number and its unit. */
export function AmountField<A extends Amount<string>>({ label, amount, onChange, units, unit, error, disabled = false }: AmountFieldProps<A>) {
  const id = useId();
  const isOff = disabled || !amount.on;
  return (
    <div className={styles.amount}>
      <label>
        <input type="checkbox" checked={amount.on && !disabled} disabled={disabled} onChange={(event) => onChange({ ...amount, on: event.target.checked })} />
        {label}
      </label>
      <input
        className={styles.control}
        aria-label={`${label}, number`}
        aria-invalid={error !== null}
        aria-describedby={id}
        inputMode="decimal"
        maxLength={24}
        value={amount.value}
        disabled={isOff}
        onChange={(event) => onChange({ ...amount, value: event.target.value })}
      />
      {units === undefined ? (
        <span>{unit}</span>
      ) : (
        <select className={styles.control} aria-label={`${label}, unit`} value={amount.unit} disabled={isOff} onChange={(event) => onChange({ ...amount, unit: event.target.value })}>
          {units.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
      <span id={id} className={styles.error}>
        {error}
      </span>
    </div>
  );
}
