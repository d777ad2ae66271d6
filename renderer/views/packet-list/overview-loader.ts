/**
 * Keeps the picture of the list up to date: asked for again when the list, the marks or the
 * selected conversation change, at most once a second, and never two at a time.
 */
import type { ListOverview } from '../../app/session.ts';
import type { Session } from '../../app/session.ts';
import type { Stores } from '../../app/stores.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';

/** Parts of the picture: finer than a screen's height in pixels would show. */
export const overviewParts = 360;
const intervalMs = 1000;
/** The rows themselves come first. */
const settleMs = 120;

export interface OverviewLoader {
  stop(): void;
}

/** `session` gives the capture on show; `onOverview` gets each new picture, and null where there is no list. */
export function createOverviewLoader(stores: Stores, session: () => Session | null, onOverview: (overview: ListOverview | null) => void): OverviewLoader {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let askedAtMs = -Infinity;
  let isAsking = false;
  let shown = '';

  /** What the picture depends on. */
  function wish(): string {
    const { view, total, generation } = stores.rows.getState();
    const { marked, ignored } = stores.marks.getState();
    return JSON.stringify([view, total, generation, conversation(), marked, ignored.length]);
  }

  function conversation(): string | null {
    return stores.packet.getState().detail?.row.conversation ?? null;
  }

  async function ask(): Promise<void> {
    const { view, total } = stores.rows.getState();
    const wanted = wish();
    if (total === 0) onOverview(null);
    else {
      const overview = await session()?.overview({ view, buckets: overviewParts, marked: stores.marks.getState().marked, conversation: conversation() }, ended.signal);
      if (overview !== undefined && stores.rows.getState().view === view && !ended.signal.aborted) onOverview(overview);
    }
    shown = wanted;
  }

  function run(): void {
    timer = null;
    if (isAsking) return;
    isAsking = true;
    askedAtMs = performance.now();
    ask()
      // A view that has gone, or an engine: the next change asks again.
      .catch((error: unknown) => {
        if (!(error instanceof IpcError)) throw error;
      })
      .finally(() => {
        isAsking = false;
        if (!ended.signal.aborted && wish() !== shown) schedule();
      });
  }

  function schedule(): void {
    if (timer !== null || isAsking || wish() === shown) return;
    timer = setTimeout(run, Math.max(settleMs, askedAtMs + intervalMs - performance.now()));
  }

  const stops = [stores.rows, stores.marks, stores.packet].map((store) => store.subscribe(schedule));
  schedule();
  return {
    stop() {
      ended.abort();
      if (timer !== null) clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
