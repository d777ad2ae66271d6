import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount, formatBytes, formatQuantity } from '../../../shared/format/size.ts';
import { formatDuration, formatLocalDateTime, timeDifference, timeToNs, type Time } from '../../../shared/format/time.ts';
import type { CaptureDescription } from '../../../shared/ipc/contract.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useApp } from '../context.ts';
import { focusLastPane } from '../panes.ts';
import styles from './dialogs.module.css';
import type { DialogBodyProps } from './body.ts';
import { ProblemTable } from './Problems.tsx';

export function Properties({ onClose }: DialogBodyProps) {
  const { stores } = useApp();
  const description = useStore(stores.capture, (state) => state.description);
  const packets = useStore(stores.capture, (state) => state.progress?.packets ?? 0);
  return (
    <Dialog title="Capture properties" width="wide" onClose={onClose} onClosed={focusLastPane}>
      {description === null ? <p>The capture is being opened.</p> : <Content description={description} packets={packets} />}
    </Dialog>
  );
}

function Content({ description, packets }: { readonly description: CaptureDescription; readonly packets: number }) {
  const { name, sizeBytes, format, compression, firstTime, lastTime, droppedPackets, interfaces, comments, problems } = description;
  return (
    <div className={styles.sections}>
      <dl className={styles.facts}>
        <Fact name="File">{name}</Fact>
        <Fact name="Size">{bytesInFull(sizeBytes)}</Fact>
        <Fact name="Format">{compression === null ? format : `${format}, compressed with ${compression}`}</Fact>
        <Fact name="Packets">{formatCount(packets)}</Fact>
        <Bytes description={description} packets={packets} />
        <Fact name="First packet">{timeOrNone(firstTime)}</Fact>
        <Fact name="Last packet">{timeOrNone(lastTime)}</Fact>
        {firstTime !== null && lastTime !== null && <Fact name="Duration">{formatDuration(timeToNs(timeDifference(lastTime, firstTime)))}</Fact>}
        <Fact name="Dropped">{droppedPackets === null ? 'Not recorded in the file' : formatQuantity(droppedPackets, 'packet')}</Fact>
      </dl>
      <Interfaces interfaces={interfaces} />
      {comments.length > 0 && (
        <section>
          <h3>{comments.length === 1 ? 'Comment' : 'Comments'}</h3>
          {comments.map((comment, index) => (
            <p key={index} className={styles.comment}>
              {comment}
            </p>
          ))}
        </section>
      )}
      {problems.length > 0 && (
        <section>
          <h3>Problems</h3>
          <ProblemTable problems={problems} />
        </section>
      )}
    </div>
  );
}

/** Not while packets are coming: a description is of the moment in which it was asked for. */
function Bytes({ description: { capturedBytes, wireBytes, progress }, packets }: { readonly description: CaptureDescription; readonly packets: number }) {
  if (packets === 0 || progress.packets !== packets) return null;
  return (
    <>
      <Fact name="Bytes on the wire">{bytesInFull(wireBytes)}</Fact>
      <Fact name="Bytes captured">{capturedBytes === wireBytes ? 'All' : bytesInFull(capturedBytes)}</Fact>
      <Fact name="Average packet">{formatQuantity(Math.round(wireBytes / packets), 'byte')}</Fact>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** "11 kB (11,204 bytes)". */
function bytesInFull(bytes: number): string {
  return `${formatBytes(bytes)} (${formatQuantity(bytes, 'byte')})`;
}

function timeOrNone(time: Time | null): string {
  return time === null ? 'None' : formatLocalDateTime(time, time.nanos % 1000 === 0 ? 6 : 9);
}

function Interfaces({ interfaces }: { readonly interfaces: CaptureDescription['interfaces'] }) {
  if (interfaces.length === 0) return null;
  return (
    <section>
      <h3>{interfaces.length === 1 ? 'Interface' : 'Interfaces'}</h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>No.</th>
            <th>Name</th>
            <th>Link type</th>
          </tr>
        </thead>
        <tbody>
          {interfaces.map((one) => (
            <tr key={one.id}>
              <td>{one.id}</td>
              <td>
                {one.name ?? 'Not named'}
                {one.description !== null && <small> {one.description}</small>}
              </td>
              <td>
                {one.linkTypeName} ({one.linkType})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
