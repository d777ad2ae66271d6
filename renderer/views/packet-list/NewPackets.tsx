/** Over the list while it stands still and packets come: how many, and the way to them. */
import { ArrowDown } from 'lucide-react';
import { useStore } from 'zustand';
import { formatQuantity } from '../../../shared/format/size.ts';
import { useApp } from '../../app/context.ts';
import { followAgain, isCapturing } from '../../stores/live.ts';
import styles from './PacketList.module.css';

export function NewPackets() {
  const { stores } = useApp();
  const left = useStore(stores.live, (state) => isCapturing(state) && !state.follows);
  const before = useStore(stores.live, (state) => state.rowsWhenLeft);
  const total = useStore(stores.rows, (state) => state.total);
  if (!left || total <= before) return null;
  return (
    <button type="button" className={styles.new} title="Show the latest and scroll along (End)" onClick={() => followAgain(stores.live)}>
      <ArrowDown size={14} aria-hidden />
      {formatQuantity(total - before, 'new packet')}
    </button>
  );
}
