/** Why nothing, or less, can be captured here: said before Start, with the exact remedy. */
import { Check, Copy, RotateCcw } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LiveInterfaces } from '../../../shared/ipc/capture-contract.ts';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import styles from './BackendNotice.module.css';

export function BackendNotice({ found }: { readonly found: LiveInterfaces }) {
  const { backend, permission } = found;
  if (backend.kind === 'none') {
    return (
      <Notice title="Live capture is not available here.">
        <p>{backend.missing ?? 'Nothing on this system can capture packets.'} Files open without it.</p>
      </Notice>
    );
  }
  if (permission !== null) {
    return (
      <Notice title={permission.message}>
        <p>{permission.remedy}</p>
        {permission.command !== null && <CommandLine command={permission.command} />}
      </Notice>
    );
  }
  if (backend.limits.length === 0) return null;
  return (
    <details className={styles.limits}>
      <summary>
        <SeverityIcon severity="warn" />
        Limited capture: {backend.kind === 'cap' ? 'the capture helper is missing, and cap stands in for it' : 'some things cannot be told here'}
      </summary>
      <ul>
        {backend.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </details>
  );
}

function Notice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { stores, live } = useApp();
  const isLooking = useStore(stores.live, (state) => state.isLooking);
  return (
    <div className={styles.notice} role="status">
      <SeverityIcon severity="note" />
      <div className={styles.text}>
        <b>{title}</b>
        {children}
        <Button icon={RotateCcw} disabled={isLooking} onClick={() => live.refresh()}>
          Check again
        </Button>
      </div>
    </div>
  );
}

const copiedMs = 2000;

function CommandLine({ command }: { readonly command: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(() => setCopied(true), () => undefined);
  };
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <Button icon={copied ? Check : Copy} onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
