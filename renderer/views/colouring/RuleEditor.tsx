/** One rule: its name, its filter with what is to be said of it, and its colours in both themes. */
import { CircleCheck, CircleX, CornerDownRight, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { contrast, READABLE_CONTRAST } from '../../../shared/colouring/colour.ts';
import { LONGEST_RULE_NAME, nameProblem, type ColouringRule, type RuleColours } from '../../../shared/colouring/rule.ts';
import { darkFrom } from '../../../shared/colouring/themes.ts';
import type { FilterReport } from '../../../shared/ipc/filter-contract.ts';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { changeDraft, type ListedRule } from '../../stores/colouring.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import barStyles from '../filter-bar/FilterBar.module.css';
import { FilterInput } from '../filter-bar/FilterInput.tsx';
import { FilterProblem } from '../filter-bar/FilterProblem.tsx';
import styles from './ColouringRules.module.css';
import { changed } from './draft-edits.ts';
import { useFilterReport } from './use-filter-report.ts';

export interface RuleEditorProps {
  readonly rules: readonly ListedRule[];
  readonly at: number;
  /** It was just added: its filter is what comes next. */
  readonly isNew: boolean;
}

export function RuleEditor({ rules, at, isNew }: RuleEditorProps) {
  const { stores } = useApp();
  const rule = rules[at] as ListedRule;
  const change = (next: Partial<ColouringRule>): void => changeDraft(stores.colouring, changed(rules, at, next));
  const problem = nameProblem(rule.name);
  const name = useId();
  const hint = useId();
  return (
    <section className={styles.rule} aria-label="Selected rule">
      <div className={styles.field}>
        <label htmlFor={name}>Name</label>
        <input id={name} className={styles.control} value={rule.name} maxLength={LONGEST_RULE_NAME} spellCheck={false} aria-invalid={problem !== null} aria-describedby={hint} onChange={(event) => change({ name: event.target.value })} />
        <span id={hint} className={styles.error}>{problem}</span>
      </div>
      <RuleFilter rule={rule} hasFocus={isNew} onWrite={(filter) => change({ filter })} />
      <ThemeColours title="Light theme" theme="light" colours={rule.light} onChange={(light) => change({ light })} />
      <ThemeColours title="Dark theme" theme="dark" colours={rule.dark} onChange={(dark) => change({ dark })} />
      <div>
        <Button onClick={() => change({ dark: darkFrom(rule.light) })}>Make dark colours from light ones</Button>
      </div>
    </section>
  );
}

interface RuleFilterProps {
  readonly rule: ListedRule;
  readonly hasFocus: boolean;
  readonly onWrite: (filter: string) => void;
}

function RuleFilter({ rule, hasFocus, onWrite }: RuleFilterProps) {
  const { session, stores } = useApp();
  const explanation = useId();
  const report = useFilterReport(rule.filter);
  const own = useStore(stores.colouring, ({ problems }) => problems.find(({ id }) => id === rule.id)?.problem ?? null);
  // What is said of every filter comes first; some filters are no rules.
  const shown = report?.isValid === true && own !== null ? { ...report, isValid: false, error: own } : report;
  const mark = shown === null ? null : !shown.isValid ? 'invalid' : shown.warnings.length > 0 ? 'uncertain' : 'valid';
  return (
    <div className={styles.field}>
      Filter
      <div className={cx(barStyles.field, mark !== null && barStyles[mark])}>
        <FilterInput
          label="Filter of the rule"
          hint="For example tcp.port == 443"
          describedBy={explanation}
          text={rule.filter}
          report={shown}
          focusWanted={hasFocus ? 1 : 0}
          onText={onWrite}
          onApply={() => undefined}
          onLeave={() => undefined}
          onHistory={() => false}
          complete={async (written, at) => (await session()?.completeFilter(written, at)) ?? { from: at, options: [] }}
        />
        <Mark mark={mark} />
      </div>
      <p id={explanation} className={cx(barStyles.explanation, styles.explanation)} aria-live="polite">
        <CornerDownRight size={12} aria-hidden />
        <Words report={shown} text={rule.filter} hasCapture={session() !== null} onWrite={onWrite} />
      </p>
    </div>
  );
}

function Mark({ mark }: { readonly mark: 'valid' | 'uncertain' | 'invalid' | null }) {
  if (mark === 'valid') return <span className={cx(barStyles.mark, barStyles.good)}><CircleCheck size={14} role="img" aria-label="Valid" /></span>;
  if (mark === 'uncertain') return <span className={cx(barStyles.mark, barStyles.doubtful)}><TriangleAlert size={14} role="img" aria-label="Check meaning" /></span>;
  if (mark === 'invalid') return <span className={cx(barStyles.mark, barStyles.bad)}><CircleX size={14} role="img" aria-label="Not valid" /></span>;
  return null;
}

interface WordsProps {
  readonly report: FilterReport | null;
  readonly text: string;
  readonly hasCapture: boolean;
  readonly onWrite: (filter: string) => void;
}

function Words({ report, text, hasCapture, onWrite }: WordsProps) {
  if (text.trim() === '') return <span>A rule needs a filter; until it has one, it matches nothing.</span>;
  if (report === null) return <span>{hasCapture ? '' : 'Filters are checked while a capture is open.'}</span>;
  if (report.error !== null) return <FilterProblem problem={report.error} text={text} prefix="The rule matches nothing. " onWrite={onWrite} />;
  if (report.warnings[0] !== undefined) return <FilterProblem problem={report.warnings[0]} text={text} prefix="" onWrite={onWrite} />;
  return <span>{report.words}</span>;
}

interface ThemeColoursProps {
  readonly title: string;
  readonly theme: 'light' | 'dark';
  readonly colours: RuleColours;
  readonly onChange: (colours: RuleColours) => void;
}

function ThemeColours({ title, theme, colours, onChange }: ThemeColoursProps) {
  const ratio = contrast(colours.text, colours.background);
  const isReadable = ratio >= READABLE_CONTRAST;
  return (
    <fieldset className={styles.theme}>
      <legend>{title}</legend>
      <label>
        <input type="color" value={colours.background} aria-label={`Background, ${theme} theme`} onChange={(event) => onChange({ ...colours, background: event.target.value })} />
        Background
      </label>
      <label>
        <input type="color" value={colours.text} aria-label={`Text, ${theme} theme`} onChange={(event) => onChange({ ...colours, text: event.target.value })} />
        Text
      </label>
      <span className={styles.preview} style={{ background: colours.background, color: colours.text }}>192.168.1.24</span>
      <output className={cx(styles.ratio, !isReadable && styles.weak)}>
        {isReadable ? <CircleCheck size={13} aria-hidden /> : <TriangleAlert size={13} aria-hidden />}
        {ratio.toFixed(1)}:1{!isReadable && `, needs ${READABLE_CONTRAST}:1 to be read well`}
      </output>
    </fieldset>
  );
}
