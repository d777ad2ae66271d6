import { useEffect } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatPercent, formatQuantity } from '../../shared/format/size.ts';
import { isRefused, packetCount, type CaptureState } from '../stores/capture.ts';
import { notify } from '../stores/dialogs.ts';
import { useApp } from './context.ts';
import styles from './StatusBar.module.css';

const noticeMs = 4000;

export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <FieldOrNotice />
      <Counts />
      <EngineState />
    </footer>
  );
}

/** What just happened, or what is selected: the field's name, its filter name and its bytes. */
function FieldOrNotice() {
  const { stores } = useApp();
  const notice = useStore(stores.dialogs, (state) => state.notice);
  const hovered = useStore(stores.selection, (state) => state.hoveredField);
  const selected = useStore(stores.selection, (state) => state.field);
  const node = useStore(stores.packet, (state) => state.detail?.nodes[hovered >= 0 ? hovered : selected]);

  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => notify(stores.dialogs, null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice, stores]);

  if (notice !== null) return <span className={styles.left} role="status">{notice}</span>;
  if (node === undefined) return <span className={styles.left} />;
  return (
    <span className={styles.left}>
      {node.title !== '' ? node.title : node.label}
      {node.field !== '' && <code> ({node.field})</code>}
      {node.length > 0 && `, ${formatQuantity(node.length, 'byte')} at ${formatCount(node.start)}`}
    </span>
  );
}

function Counts() {
  const { stores } = useApp();
  const hasCapture = useStore(stores.capture, (state) => state.opened !== null && !isRefused(state));
  const packets = useStore(stores.capture, packetCount);
  const displayed = useStore(stores.rows, (state) => state.total);
  const dropped = useStore(stores.capture, (state) => state.description?.droppedPackets ?? null);
  if (!hasCapture) return null;
  return (
    <span className={styles.counts}>
      Packets: <b>{formatCount(packets)}</b> · Displayed: <b>{formatCount(displayed)}</b> ({formatPercent(displayed, packets)})
      {dropped !== null && (
        <>
          {' '}
          · Dropped: <b>{formatCount(dropped)}</b>
        </>
      )}
    </span>
  );
}

function EngineState() {
  const { stores } = useApp();
  const text = useStore(stores.capture, stateText);
  return <span className={styles.state}>{text}</span>;
}

function stateText({ connected, opened, progress }: CaptureState): string {
  if (!connected) return 'Not connected';
  if (opened === null) return 'Ready';
  if (progress === null) return 'Opening';
  const { state, bytesRead, totalBytes, finalPackets, packets } = progress;
  if (state === 'opening') return 'Opening';
  if (state === 'reading') return `Reading ${formatPercent(bytesRead, totalBytes)}`;
  if (state === 'following') return 'Following the file';
  if (state === 'analysing') return `Analysing ${formatPercent(finalPackets, packets)}`;
  return state === 'stopped' ? 'Reading was stopped' : state === 'failed' ? 'Not a capture' : 'Complete';
}
