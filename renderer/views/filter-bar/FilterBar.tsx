/** The display filter: what is shown, in the language of filters and in words. */
import { CircleCheck, CircleX, CornerDownRight, TriangleAlert, X } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatQuantity } from '../../../shared/format/size.ts';
import type { FilterProblemReport } from '../../../shared/ipc/filter-contract.ts';
import { useApp } from '../../app/context.ts';
import { carriesField, droppedField } from '../../app/field-drag.ts';
import { packetCount } from '../../stores/capture.ts';
import { filterMark, type FilterMark } from '../../stores/filter.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { FilterField } from './FilterField.tsx';
import { FilterProblem } from './FilterProblem.tsx';
import { SavedFilters } from './SavedFilters.tsx';
import styles from './FilterBar.module.css';

export function FilterBar() {
  const { stores, filters } = useApp();
  const explanation = useId();
  const mark = useStore(stores.filter, filterMark);
  const text = useStore(stores.filter, (state) => state.text);
  const applied = useStore(stores.rows, (state) => state.filter);
  const isApplied = text.trim() === applied;
  const [isTarget, setTarget] = useState(false);
  const onDrop = (event: DragEvent<HTMLElement>): void => {
    const dropped = droppedField(event.dataTransfer);
    setTarget(false);
    if (dropped === null) return;
    // The editor would take it for text, too.
    event.preventDefault();
    event.stopPropagation();
    if (dropped.filter !== '') filters.use(dropped.filter, text.trim() === '' ? 'selected' : 'and', 'prepare');
  };
  return (
    <section
      className={cx(styles.bar, isTarget && styles.target)}
      aria-label="Display filter"
      onDragOver={(event) => {
        if (!carriesField(event.dataTransfer)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setTarget(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setTarget(false)}
      onDropCapture={onDrop}
    >
      <div className={cx(styles.field, styles[mark])}>
        <SavedFilters />
        <FilterField describedBy={explanation} />
        <Mark mark={mark} />
        {(text !== '' || applied !== '') && <IconButton icon={X} label="Clear filter" onClick={() => filters.clear()} />}
        <button type="button" className={styles.apply} disabled={mark === 'invalid' || isApplied} onClick={() => filters.apply()}>
          Apply <kbd>Enter</kbd>
        </button>
      </div>
      <Buttons />
      <p id={explanation} className={styles.explanation} aria-live="polite">
        <CornerDownRight size={12} aria-hidden />
        <Explanation mark={mark} isApplied={isApplied} />
      </p>
    </section>
  );
}

function Mark({ mark }: { readonly mark: FilterMark }) {
  if (mark === 'valid') return <span className={cx(styles.mark, styles.good)}><CircleCheck size={14} aria-hidden />Valid</span>;
  if (mark === 'uncertain') return <span className={cx(styles.mark, styles.doubtful)}><TriangleAlert size={14} aria-hidden />Check meaning</span>;
  if (mark === 'invalid') return <span className={cx(styles.mark, styles.bad)}><CircleX size={14} aria-hidden />Not valid</span>;
  return null;
}

/** One line always says what the list shows, or where the text is wrong and what to write instead. */
function Explanation({ mark, isApplied }: { readonly mark: FilterMark; readonly isApplied: boolean }) {
  const { stores } = useApp();
  const report = useStore(stores.filter, (state) => state.report);
  const isMaking = useStore(stores.rows, (state) => state.making?.sort === null);
  if (mark === 'invalid' && report !== null && report.error !== null) return <Problem problem={report.error} prefix="The list stays as it is. " />;
  if (mark === 'uncertain' && report?.warnings[0] !== undefined) return <Problem problem={report.warnings[0]} prefix="" />;
  const words = mark === 'empty' ? '' : (report?.words ?? '');
  return (
    <span className={styles.words}>
      {words !== '' && `${words} `}
      {isApplied ? <Shown isMaking={isMaking} /> : mark !== 'checking' && <span>Enter shows {mark === 'empty' ? 'all packets' : 'them'}.</span>}
    </span>
  );
}

function Shown({ isMaking }: { readonly isMaking: boolean }) {
  const { stores } = useApp();
  const shown = useStore(stores.rows, (state) => state.total);
  const packets = useStore(stores.capture, packetCount);
  const isFiltered = useStore(stores.rows, (state) => state.filter !== '');
  if (packets === 0) return null;
  if (!isFiltered) return <span>Shows all packets.</span>;
  return (
    <b>
      {formatCount(shown)} of {formatQuantity(packets, 'packet')}
      {isMaking && ' so far'}
    </b>
  );
}

function Problem({ problem, prefix }: { readonly problem: FilterProblemReport; readonly prefix: string }) {
  const { stores, filters } = useApp();
  const text = useStore(stores.filter, (state) => state.text);
  const write = (corrected: string): void => {
    filters.write(corrected);
    filters.focus();
  };
  return <FilterProblem problem={problem} text={text} prefix={prefix} onWrite={write} />;
}

/** Filters that were kept as buttons; those of one group stand together. */
function Buttons() {
  const { stores, filters } = useApp();
  const saved = useStore(stores.filterBook, (state) => state.saved);
  const applied = useStore(stores.rows, (state) => state.filter);
  const buttons = saved.filter(({ isButton }) => isButton);
  if (buttons.length === 0) return null;
  return (
    <div className={styles.buttons} role="group" aria-label="Filter buttons">
      {buttons.map(({ name, filter }) => (
        <button key={name} type="button" className={styles.chip} aria-pressed={applied === filter} title={filter} onClick={() => (applied === filter ? filters.clear() : filters.apply(filter))}>
          {name.replace('//', ' · ')}
        </button>
      ))}
    </div>
  );
}
