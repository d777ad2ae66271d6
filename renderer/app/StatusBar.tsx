import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { countNumbers } from '../../shared/format/number-ranges.ts';
import { formatBytes, formatCount, formatPercent, formatQuantity } from '../../shared/format/size.ts';
import { isRefused, packetCount, type CaptureState } from '../stores/capture.ts';
import { notify } from '../stores/dialogs.ts';
import { countSelectedRows } from '../stores/row-selection.ts';
import type { LiveState } from '../stores/live.ts';
import { useApp } from './context.ts';
import { LiveCounts } from './LiveCounts.tsx';
import styles from './StatusBar.module.css';
import { createTimeLeft, timeLeftText } from './time-left.ts';

const noticeMs = 4000;

export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <FieldOrNotice />
      <Counts />
      <LiveCounts />
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
  const bytes = useStore(stores.selection, (state) => state.bytes);

  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => notify(stores.dialogs, null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice, stores]);

  if (notice !== null) return <span className={styles.left} role="status">{notice}</span>;
  if (bytes !== null) return <span className={styles.left}>{formatQuantity(bytes.end - bytes.start, 'byte')} selected, at {formatCount(bytes.start)}</span>;
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
  const unsorted = useStore(stores.rows, ({ sort, sorted, total }) => (sort === null ? 0 : total - sorted));
  const isLive = useStore(stores.live, (state) => state.status !== null);
  const dropped = useStore(stores.capture, ({ description }) => (description?.counts ? null : (description?.droppedPackets ?? null)));
  const gone = useStore(stores.capture, (state) => state.progress?.gonePackets ?? 0);
  const marked = useStore(stores.marks, (state) => countNumbers(state.marked));
  const ignored = useStore(stores.marks, (state) => countNumbers(state.ignored));
  const selected = useStore(stores.rowSelection, countSelectedRows);
  if (!hasCapture) return null;
  return (
    <span className={styles.counts}>
      Packets: <b>{formatCount(packets)}</b> · Displayed: <b>{formatCount(displayed)}</b> ({formatPercent(displayed, packets)})
      {marked > 0 && <> · Marked: <b>{formatCount(marked)}</b></>}
      {ignored > 0 && <> · Ignored: <b>{formatCount(ignored)}</b></>}
      {selected > 1 && <> · Selected: <b>{formatCount(selected)}</b></>}
      {unsorted > 0 && (
        <span title="They are sorted in once they have been read and analysed; until then they stand behind the others">
          {' '}
          · Not sorted yet: <b>{formatCount(unsorted)}</b>
        </span>
      )}
      {gone > 0 && (
        <span title="The ring has deleted their files; their rows keep their numbers">
          {' '}
          · Gone: <b>{formatCount(gone)}</b>
        </span>
      )}
      {dropped !== null && !isLive && (
        <>
          {' '}
          · Dropped: <b>{formatCount(dropped)}</b>
        </>
      )}
    </span>
  );
}

/** What the engine is at, how long that takes still, and a way to stop it or go on with it. */
function EngineState() {
  const { stores, files } = useApp();
  const engineText = useStore(stores.capture, stateText);
  const liveText = useStore(stores.live, liveStateText);
  const connected = useStore(stores.capture, (state) => state.connected);
  const text = connected ? (liveText ?? engineText) : engineText;
  const state = useStore(stores.capture, ({ connected, progress }) => (connected ? (progress?.state ?? null) : null));
  const left = useTimeLeft();
  return (
    <span className={styles.state}>
      {text}
      {left !== null && ` · ${timeLeftText(left)}`}
      {state === 'analysing' && left !== null && (
        <button type="button" className={styles.action} title="Stop analysing: rows up to here are final, later ones stay provisional" onClick={() => files.stopReading()}>
          Stop
        </button>
      )}
      {state === 'paused' && (
        <button type="button" className={styles.action} title="Go on analysing" onClick={() => files.resume()}>
          Go on
        </button>
      )}
    </span>
  );
}

/** Seconds left of what is under way; null where that cannot be said. */
function useTimeLeft(): number | null {
  const { stores } = useApp();
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const estimate = createTimeLeft();
    const note = ({ progress }: CaptureState): void => setLeft(progress === null ? null : estimate.note(progress, performance.now()));
    note(stores.capture.getState());
    return stores.capture.subscribe(note);
  }, [stores]);
  return left;
}

/** Null where the engine's own state says more. */
function liveStateText({ status, isStarting }: LiveState): string | null {
  if (isStarting) return 'Starting';
  if (status === null || status.state === 'stopped' || status.state === 'failed') return null;
  if (status.state === 'stopping') return 'Stopping';
  return status.isShowing ? 'Capturing' : 'Capturing, list paused';
}

function stateText({ connected, opened, progress }: CaptureState): string {
  if (!connected) return 'Not connected';
  if (opened === null) return 'Ready';
  if (progress === null) return 'Opening';
  const { bytesRead, totalBytes, finalPackets, packets } = progress;
  switch (progress.state) {
    case 'opening':
      return 'Opening';
    case 'reading':
      return totalBytes > 0 ? `Reading ${formatPercent(bytesRead, totalBytes)} of ${formatBytes(totalBytes)}` : `Reading ${formatBytes(bytesRead)}`;
    case 'following':
      return 'Following the file';
    case 'capturing':
      return 'Capturing';
    case 'analysing':
      return `Analysing ${formatPercent(finalPackets, packets)}`;
    case 'paused':
      return `Analysed ${formatPercent(finalPackets, packets)}`;
    case 'stopped':
      return 'Reading was stopped';
    case 'failed':
      return 'Not a capture';
    case 'done':
      return 'Complete';
  }
}
