/** Which process of this machine the shown packet's flow belongs to, while that is captured. */
import { AppWindow } from 'lucide-react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import styles from './ProcessNote.module.css';

export function ProcessNote() {
  const { stores } = useApp();
  const process = useStore(stores.live, (state) => state.process);
  if (process === null) return null;
  return (
    <p className={styles.note} title="From this system's socket tables, while the packets are captured. The capture file does not keep it.">
      <AppWindow aria-hidden size={14} />
      <span>
        <b>{process.name}</b> (process {process.pid}) has this conversation
      </span>
      <span className={styles.origin}>not stored in the file</span>
    </p>
  );
}
