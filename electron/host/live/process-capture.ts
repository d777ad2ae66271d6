/** A capture that runs and cannot be asked: its control socket was deleted with the user's runtime folder. */
import type { LiveCapture } from './live-capture.ts';
import { isAlive, type ProcessMark } from './capture-registry.ts';
import { totalBytes } from './capture-names.ts';

const POLL_MS = 500;

/** It tells nothing but its files; a signal ends it as cleanly as a word would. */
export function driveByProcess(capture: LiveCapture, writer: ProcessMark): void {
  let isWanted = true;
  const timer = setInterval(() => {
    if (isAlive(writer)) void totalBytes(capture.keptFiles).then(({ bytes }) => capture.counted({ bytes }));
    else {
      clearInterval(timer);
      capture.end(isWanted ? 'It ended by itself.' : 'You stopped it.', false);
    }
  }, POLL_MS);
  timer.unref();
  capture.drive({
    stop: () => {
      isWanted = false;
      if (isAlive(writer)) process.kill(writer.pid, 'SIGTERM');
    },
    detach: () => clearInterval(timer),
  });
}
