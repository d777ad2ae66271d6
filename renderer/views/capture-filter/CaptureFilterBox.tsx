/** The capture filter's box: compiled as one types, with the offending place and a way on, and the filters kept so far. */
import { CircleCheck, CircleX, CornerDownRight, TriangleAlert } from 'lucide-react';
import { useId, type KeyboardEvent } from 'react';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import styles from './CaptureFilterBox.module.css';
import { displayFilterHint } from './filter-hint.ts';
import { FilterMenu } from './FilterMenu.tsx';
import type { FilterCheck } from './use-filter-check.ts';

export interface CaptureFilterBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** From `useFilterCheck`. */
  readonly check: FilterCheck;
  readonly onEnter?: () => void;
}

export function CaptureFilterBox({ label, placeholder, value, onChange, check, onEnter }: CaptureFilterBoxProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || onEnter === undefined || check.state === 'invalid') return;
    event.preventDefault();
    onEnter();
  };
  return (
    <div>
      <div className={cx(styles.box, styles[check.state])}>
        <input
          className={styles.input}
          aria-label={label}
          aria-invalid={check.state === 'invalid'}
          aria-describedby={id}
          placeholder={placeholder}
          value={value}
          maxLength={4096}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Mark check={check} />
        <FilterMenu value={value} canSave={check.state === 'valid'} onChoose={onChange} />
      </div>
      <p id={id} className={styles.explanation} aria-live="polite">
        <CornerDownRight size={12} aria-hidden />
        <span>
          <Explanation value={value} check={check} onChange={onChange} />
        </span>
      </p>
    </div>
  );
}

function Mark({ check }: { readonly check: FilterCheck }) {
  if (check.state === 'valid') return <span className={cx(styles.mark, styles.good)}><CircleCheck size={14} aria-hidden />Valid</span>;
  if (check.state === 'invalid') return <span className={cx(styles.mark, styles.bad)}><CircleX size={14} aria-hidden />Not valid</span>;
  if (check.state === 'unknown') return <span className={styles.mark}><TriangleAlert size={14} aria-hidden />Not checked</span>;
  return null;
}

/** One line always says what the filter does, or where it is wrong. */
function Explanation({ value, check, onChange }: { readonly value: string; readonly check: FilterCheck; readonly onChange: (value: string) => void }) {
  if (check.state === 'unknown') return check.message;
  if (check.state === 'valid') return 'Only packets that match are recorded. The others are gone: no display filter brings them back.';
  if (check.state !== 'invalid') return 'Decides what is recorded; the display filter only hides. The languages differ: tcp port 443 here, tcp.port == 443 there.';
  const hint = displayFilterHint(value);
  return (
    <>
      <Place value={value} check={check} />
      {hint !== null && hint.suggestion === null && 'This is written as a display filter. '}
      {hint !== null && hint.suggestion !== null && (
        <>
          This is a display filter. As a capture filter:{' '}
          <Button kind="link" onClick={() => onChange(hint.suggestion ?? value)}>
            <code>{hint.suggestion}</code>
          </Button>{' '}
        </>
      )}
      {hint === null && `${sentence(check.message)}${check.linkTypeName === null ? '' : ` (for ${check.linkTypeName})`}`}
    </>
  );
}

/** The text around the offending token, which is marked. */
function Place({ value, check }: { readonly value: string; readonly check: Extract<FilterCheck, { state: 'invalid' }> }) {
  const { at, token } = check;
  if (at === null) return null;
  const end = at + Math.max(1, token?.length ?? 1);
  return (
    <>
      <code className={styles.place}>
        {at > 20 && '…'}
        {value.slice(Math.max(0, at - 20), at)}
        <mark>{value.slice(at, end) || ' '}</mark>
        {value.slice(end, end + 20)}
      </code>{' '}
      at character {at + 1}:{' '}
    </>
  );
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
