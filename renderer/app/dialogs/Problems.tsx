import { useStore } from 'zustand';
import { formatCount } from '../../../shared/format/size.ts';
import type { Problem } from '../../../shared/ipc/contract.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { SeverityIcon, type Severity } from '../../ui/SeverityIcon.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';

const severities: Readonly<Record<Problem['kind'], Severity>> = { refused: 'error', gap: 'warn', tail: 'warn', odd: 'note' };
const none: readonly Problem[] = [];

export function Problems({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const problems = useStore(stores.capture, (state) => state.description?.problems ?? none);
  return (
    <Dialog title="Problems of this capture" width="wide" onClose={onClose} onClosed={focusLastPane}>
      {problems.length === 0 ? <p>None were found.</p> : <ProblemTable problems={problems} />}
    </Dialog>
  );
}

export function ProblemTable({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th aria-label="Severity" />
          <th>What</th>
          <th className={styles.number}>Bytes</th>
          <th className={styles.number}>Packets before</th>
        </tr>
      </thead>
      <tbody>
        {problems.map((problem, index) => (
          <tr key={index}>
            <td>
              <SeverityIcon severity={severities[problem.kind]} />
            </td>
            <td>{problem.message}</td>
            <td className={styles.number}>
              {formatCount(problem.offset)}
              {problem.end > problem.offset && ` to ${formatCount(problem.end)}`}
            </td>
            <td className={styles.number}>{formatCount(problem.packetsBefore)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
