/**
 * The order of the list: has the engine make a view of it, shows that once it is ready and keeps
 * up with it. While an order is being made the last one stays on show, and can be kept.
 */
import type { Client, Unsubscribe } from '../../shared/ipc/client.ts';
import type { CaptureProgress, SortOrder, ViewEvent, engineContract } from '../../shared/ipc/contract.ts';
import type { CaptureStore } from '../stores/capture.ts';
import { allPackets, showRowsOf, sortingProgressed, type RowsStore } from '../stores/rows.ts';

export interface ViewFollower {
  /** Shows the list in another order; null is file order. */
  sortBy(sort: SortOrder | null): void;
  /** Gives up an order that is being made; false where none is. */
  cancel(): boolean;
  /** Takes the capture's progress to the rows on show. */
  follow(progress: CaptureProgress): void;
}

export interface ViewFollowerOptions {
  readonly engine: Client<typeof engineContract>;
  readonly rows: RowsStore;
  readonly capture: CaptureStore;
  /** The rows on show may be others now. */
  readonly onRows: () => void;
  readonly onFailure: (message: string) => void;
}

/** A view that the engine keeps for this window. */
interface Followed {
  readonly sort: SortOrder;
  readonly end: Unsubscribe;
  latest: ViewEvent | null;
}

export function createViewFollower({ engine, rows, capture, onRows, onFailure }: ViewFollowerOptions): ViewFollower {
  /** On show; null: all packets in file order, for which the engine keeps nothing. */
  let shown: Followed | null = null;
  /** Being made, to be shown then. */
  let coming: Followed | null = null;

  function show(progress: CaptureProgress | null): void {
    const generation = progress?.generation ?? 0;
    if (shown === null || shown.latest === null) {
      showRowsOf(rows, { view: allPackets, sort: null, sorted: progress?.packets ?? 0, total: progress?.packets ?? 0, generation });
    } else {
      const { view, total, sorted, generation: own } = shown.latest;
      showRowsOf(rows, { view, sort: shown.sort, sorted, total, generation: generation + own });
    }
    onRows();
  }

  function onEvent(followed: Followed, event: ViewEvent): void {
    const isNew = followed === coming;
    if (!isNew && followed !== shown) return;
    if (event.state === 'making') {
      // What is on show and made again stays readable until it is ready: nothing to wait for.
      if (isNew) sortingProgressed(rows, { sort: followed.sort, share: event.share });
      return;
    }
    followed.latest = event;
    if (isNew) {
      shown?.end();
      shown = followed;
      coming = null;
      sortingProgressed(rows, null);
    }
    show(capture.getState().progress);
  }

  function start(sort: SortOrder): void {
    const followed: Followed = {
      sort,
      latest: null,
      end: engine.subscribe('view.follow', { filter: [], sort }, (event) => onEvent(followed, event), (error) => onEnd(followed, error?.code === 'disconnected' ? null : (error?.message ?? null))),
    };
    coming = followed;
    sortingProgressed(rows, { sort, share: 0 });
  }

  function onEnd(followed: Followed, message: string | null): void {
    if (followed === coming) cancel();
    if (message !== null) onFailure(message);
  }

  function cancel(): boolean {
    if (coming === null) return false;
    coming.end();
    coming = null;
    sortingProgressed(rows, null);
    return true;
  }

  return {
    sortBy(sort) {
      cancel();
      // File order is what the engine has anyway.
      if (sort !== null && (sort.column !== 'number' || sort.descending)) return start(sort);
      shown?.end();
      shown = null;
      show(capture.getState().progress);
    },
    cancel,
    follow: show,
  };
}

/** What a click on a column's title asks for: ascending, descending, file order again. By number, ascending is file order. */
export function nextOrder(column: SortOrder['column'], current: SortOrder | null): SortOrder | null {
  if (column === 'number') return current === null ? { column, descending: true } : null;
  if (current?.column !== column) return { column, descending: false };
  return current.descending ? null : { column, descending: true };
}
