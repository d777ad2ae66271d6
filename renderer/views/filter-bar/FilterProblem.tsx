/** What is wrong with a filter, where, and ways on that are one click away. */
import { Fragment } from 'react';
import type { FilterProblemReport } from '../../../shared/ipc/filter-contract.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './FilterBar.module.css';

export interface FilterProblemProps {
  readonly problem: FilterProblemReport;
  readonly text: string;
  /** Said before it; "" where the filter works all the same. */
  readonly prefix: string;
  /** Takes the text that a way on makes of it. */
  readonly onWrite: (text: string) => void;
}

export function FilterProblem({ problem, text, prefix, onWrite }: FilterProblemProps) {
  return (
    <span className={styles.words}>
      {prefix}
      {problem.message} {prefix !== '' && text.length > 0 && <span className={styles.place}>(at character {problem.start + 1})</span>}{' '}
      {problem.fixes.map((fix) => (
        <Fragment key={`${fix.label} ${fix.span.start}`}>
          <Button kind="link" onClick={() => onWrite(text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end))}>
            {fix.label}
          </Button>{' '}
        </Fragment>
      ))}
    </span>
  );
}
