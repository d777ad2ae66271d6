/** Captures without a window: those that still run, and files whose capture ended with a crash. Nothing is deleted without being asked twice. */
import { Activity, FileClock } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../../../shared/format/size.ts';
import { formatWhen } from '../../../shared/format/time.ts';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Orphans.module.css';

interface Orphan {
  readonly id: string;
  readonly name: string;
  readonly runs: boolean;
  readonly about: string;
  readonly sizeBytes: number;
}

export function Orphans() {
  const { stores } = useApp();
  const orphans = useStore(stores.live, (state) => state.orphans);
  const [nowMs] = useState(Date.now);
  if (orphans === null) return null;
  const found: readonly Orphan[] = [
    ...orphans.running.map(({ id, name, interfaces, startedAtMs, sizeBytes }) => ({ id, name, runs: true, sizeBytes, about: `still running on ${interfaces.join(', ')}, since ${formatWhen(startedAtMs, nowMs)}` })),
    ...orphans.files.map(({ id, name, interfaces, modifiedAtMs, sizeBytes, files }) => ({
      id, name, runs: false, sizeBytes, about: `ended without its window${interfaces.length > 0 ? ` on ${interfaces.join(', ')}` : ''}, ${formatWhen(modifiedAtMs, nowMs)}${files > 1 ? `, ${files} files` : ''}`,
    })),
  ];
  if (found.length === 0) return null;
  return (
    <section className={styles.block} aria-label="Captures without a window">
      <h3 className={styles.head}>Captures without a window</h3>
      <ul className={styles.list}>
        {found.map((orphan) => (
          <OrphanRow key={orphan.id} orphan={orphan} />
        ))}
      </ul>
    </section>
  );
}

function OrphanRow({ orphan: { id, name, runs, about, sizeBytes } }: { readonly orphan: Orphan }) {
  const { live } = useApp();
  const [isAsking, setAsking] = useState(false);
  const Icon = runs ? Activity : FileClock;
  return (
    <li className={styles.row}>
      <Icon size={14} aria-hidden />
      <span className={styles.name}>
        <b>{name}</b>
        <small>{about}</small>
      </span>
      <span className={styles.size}>{formatBytes(sizeBytes)}</span>
      <span className={styles.actions}>
        {isAsking ? (
          <>
            <Button autoFocus onClick={() => setAsking(false)}>
              Keep
            </Button>
            <Button onClick={() => live.discard(id)}>{runs ? 'Stop and delete for good' : 'Delete for good'}</Button>
          </>
        ) : (
          <>
            <Button kind="primary" onClick={() => live.adopt(id)}>
              {runs ? 'Show' : 'Open'}
            </Button>
            <Button onClick={() => setAsking(true)}>Discard…</Button>
          </>
        )}
      </span>
    </li>
  );
}
