/** How long work will still take, judged by how it went so far. */
import type { CaptureProgress } from '../../shared/ipc/contract.ts';
import { formatQuantity } from '../../shared/format/size.ts';

export interface TimeLeft {
  /** Whole seconds, rounded up; null while it is too early to say, and where nothing is under way. */
  note(progress: CaptureProgress, nowMs: number): number | null;
}

/** Before that, start-up would be taken for speed. */
const earliestMs = 1000;
/** The figure steps once a second: it is to be read. */
const stepMs = 1000;

/** Reading counts bytes, the deep pass packets. */
function amounts({ state, bytesRead, totalBytes, finalPackets, packets }: CaptureProgress): readonly [done: number, total: number] | null {
  if (state === 'reading') return [bytesRead, totalBytes];
  return state === 'analysing' ? [finalPackets, packets] : null;
}

export function createTimeLeft(): TimeLeft {
  let started: { readonly state: CaptureProgress['state']; readonly atMs: number; readonly done: number } | null = null;
  let shown: { readonly atMs: number; readonly seconds: number | null } = { atMs: -Infinity, seconds: null };
  return {
    note(progress, nowMs) {
      const now = amounts(progress);
      if (now === null) {
        started = null;
        return null;
      }
      const [done, total] = now;
      if (started?.state !== progress.state) {
        started = { state: progress.state, atMs: nowMs, done };
        shown = { atMs: -Infinity, seconds: null };
      }
      const elapsedMs = nowMs - started.atMs;
      const gained = done - started.done;
      if (elapsedMs < earliestMs || gained <= 0 || total <= done) return null;
      if (nowMs - shown.atMs >= stepMs) shown = { atMs: nowMs, seconds: Math.ceil(((total - done) / gained) * (elapsedMs / 1000)) };
      return shown.seconds;
    },
  };
}

/** "12 s left", "3 min left", "2 hours left". */
export function timeLeftText(seconds: number): string {
  if (seconds < 100) return `${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min left` : `${formatQuantity(Math.round(minutes / 60), 'hour')} left`;
}
