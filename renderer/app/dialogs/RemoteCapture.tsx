/** Packets of another machine, captured there by tcpdump and sent here through ssh. */
import { useState, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { readRemoteForm } from '../../stores/remote-form.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { CaptureFilterBox } from '../../views/capture-filter/CaptureFilterBox.tsx';
import { useFilterCheck } from '../../views/capture-filter/use-filter-check.ts';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import type { DialogBodyProps } from './body.ts';
import styles from './CaptureOptions.module.css';
import { CheckField, TextField } from './fields.tsx';

/** What a remote interface mostly is; the other side decides for good. */
const ethernet = [{ name: 'remote', linkType: 1, linkTypeName: 'Ethernet', snaplen: 0 }] as const;

export function RemoteCapture({ onClose }: DialogBodyProps) {
  const { stores, live } = useApp();
  const form = useStore(stores.remoteForm);
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const check = useFilterCheck(form.filter, ethernet);
  const { options, errors } = readRemoteForm(form);
  const change = (changed: Partial<typeof form>): void => {
    stores.remoteForm.setState(changed);
    setFailure(null);
  };
  const errorOf = (field: keyof typeof form): string | null => (tried ? (errors[field] ?? null) : null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (options === null || isStarting) return;
    setStarting(true);
    live.startRemote(options).then(onClose, (error: unknown) => {
      setStarting(false);
      setFailure(error instanceof Error ? error.message : String(error));
    });
  };

  return (
    <Dialog
      title="Remote capture"
      onClose={onClose}
      onClosed={focusLastPane}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="remote-capture" disabled={isStarting}>
            {isStarting ? 'Connecting…' : 'Start'}
          </Button>
        </>
      }
    >
      <form id="remote-capture" className={styles.form} onSubmit={submit}>
        <p>Runs tcpdump on another machine through ssh, which must let you in with a key or agent: nobody can type a password.</p>
        <div className={styles.pair}>
          <TextField label="Host" autoFocus value={form.host} placeholder="router.example.com" onChange={(host) => change({ host })} error={errorOf('host')} />
          <TextField label="Port" numeric value={form.port} onChange={(port) => change({ port })} error={errorOf('port')} />
        </div>
        <TextField label="User" value={form.user} placeholder="as in ssh's configuration" onChange={(user) => change({ user })} error={errorOf('user')} />
        <TextField label="Key file" value={form.keyFile} placeholder="as in ssh's configuration" onChange={(keyFile) => change({ keyFile })} error={errorOf('keyFile')} />
        <TextField label="Interface there" value={form.remoteInterface} placeholder="eth0" onChange={(remoteInterface) => change({ remoteInterface })} error={errorOf('remoteInterface')} />
        <CaptureFilterBox label="Capture filter" placeholder="Capture filter, for example: port 53" value={form.filter} onChange={(filter) => change({ filter })} check={check} />
        <CheckField checked={form.ownPortExcluded} onChange={(ownPortExcluded) => change({ ownPortExcluded })} hint="Otherwise each packet sent here makes another there">
          Leave out the connection that carries the packets
        </CheckField>
        <p className={styles.error} role="alert">
          {failure}
        </p>
      </form>
    </Dialog>
  );
}
