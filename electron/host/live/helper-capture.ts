/** A capture of the helper (or what stands in for it), told to a LiveCapture. */
import type { CaptureEvent, Counts, RunningCapture, Started, StopReason } from '../../../native/capture.ts';
import type { LiveStatus } from '../../../shared/ipc/capture-contract.ts';
import type { LiveCapture } from './live-capture.ts';

/** As people say it. */
const reasons: Readonly<Record<StopReason, string>> = {
  request: 'You stopped it.',
  packets: 'It has the packets that were asked for.',
  bytes: 'It has the size that was asked for.',
  seconds: 'The time that was asked for is over.',
  files: 'It has the files that were asked for.',
  'disk-full': 'The disk is full. What fitted is in the file.',
  'interface-gone': 'The interface has gone. What came before is in the file.',
  'output-closed': 'Whoever read its output has ended.',
  signal: 'The system asked it to end.',
  error: 'It ended by an error. What it had written is in the file.',
};

const failures: ReadonlySet<StopReason> = new Set(['disk-full', 'interface-gone', 'output-closed', 'error']);

/** From now on `capture` knows what the helper tells, from its latest counters on. */
export function driveByHelper(capture: LiveCapture, running: RunningCapture): void {
  const { started } = running;
  capture.drive({ stop: () => void running.stop().catch(() => undefined), detach: () => running.detach() });
  running.onEvent((event) => tell(capture, started, event));
  if (running.counters !== null) capture.counted(countsOf(started, running.counters));
  // Where it ended between its start and the listener above.
  void running.stopped.then((stopped) => tell(capture, started, stopped));
}

export function startedInterfaces({ interfaces }: Started): LiveStatus['interfaces'] {
  return interfaces.map(({ name, linkTypeName, snaplen, precision }) => ({ name, linkTypeName, snaplen, precision, received: null, droppedByKernel: null, droppedByInterface: null }));
}

function tell(capture: LiveCapture, started: Started, event: CaptureEvent): void {
  switch (event.event) {
    case 'started':
      return;
    case 'counters':
      return capture.counted(countsOf(started, event));
    case 'file':
      return capture.fileBegun(event.file);
    case 'deleted':
      return capture.fileDeleted(event.file);
    case 'problem':
      return capture.problem({ code: event.code, message: event.message, fatal: event.fatal });
    case 'stopped':
      capture.counted(countsOf(started, event));
      return capture.end(reasons[event.reason], failures.has(event.reason));
  }
}

function countsOf(started: Started, counts: Counts) {
  const { seconds, received, written, bytes, droppedByKernel, droppedByInterface, perInterface } = counts;
  const interfaces = startedInterfaces(started).map((each) => {
    const counted = perInterface.find(({ name }) => name === each.name);
    return counted === undefined ? each : { ...each, received: counted.received, droppedByKernel: counted.droppedByKernel, droppedByInterface: counted.droppedByInterface };
  });
  return { seconds, received, written, bytes, droppedByKernel, droppedByInterface, interfaces };
}
