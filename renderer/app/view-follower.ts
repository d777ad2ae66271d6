/**
 * The order of the list: has the engine make a view of it, shows that once it is ready and keeps
 * up with it. While an order is being made the last one stays on show, and can be kept.
 */
import type { Client, Unsubscribe } from '../../shared/ipc/client.ts';
import type { CaptureProgress, SortOrder, ViewEvent, engineContract } from '../../shared/ipc/contract.ts';
import type { IpcError } from '../../shared/ipc/errors.ts';
import type { CaptureStore } from '../stores/capture.ts';
import { allPackets, showRowsOf, sortingProgressed, type RowsStore } from '../stores/rows.ts';

export interface ViewFollower {
  /** Shows the list in another order; null is file order. */
  sortBy(sort: SortOrder | null): void;
  /** Gives up an order that is being made; false where none is. */
  cancel(): boolean;
  /** Takes the capture's progress to the rows on show. */
  follow(progress: CaptureProgress | null): void;
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

export function createViewFollower(options: ViewFollowerOptions): ViewFollower {
  return new EngineViews(options);
}

class EngineViews implements ViewFollower {
  readonly #options: ViewFollowerOptions;
  /** On show; null: all packets in file order, for which the engine keeps nothing. */
  #shown: Followed | null = null;
  /** Being made, to be shown then. */
  #coming: Followed | null = null;

  constructor(options: ViewFollowerOptions) {
    this.#options = options;
  }

  sortBy(sort: SortOrder | null): void {
    this.cancel();
    // File order is what the engine has anyway.
    if (sort !== null && (sort.column !== 'number' || sort.descending)) return this.#start(sort);
    this.#shown?.end();
    this.#shown = null;
    this.follow(this.#options.capture.getState().progress);
  }

  cancel(): boolean {
    if (this.#coming === null) return false;
    this.#coming.end();
    this.#coming = null;
    sortingProgressed(this.#options.rows, null);
    return true;
  }

  follow(progress: CaptureProgress | null): void {
    const { rows, onRows } = this.#options;
    const generation = progress?.generation ?? 0;
    const packets = progress?.packets ?? 0;
    const latest = this.#shown?.latest ?? null;
    if (this.#shown === null || latest === null) showRowsOf(rows, { view: allPackets, sort: null, sorted: packets, total: packets, generation });
    else showRowsOf(rows, { view: latest.view, sort: this.#shown.sort, sorted: latest.sorted, total: latest.total, generation: generation + latest.generation });
    onRows();
  }

  #start(sort: SortOrder): void {
    const { engine, rows } = this.#options;
    sortingProgressed(rows, { sort, share: 0 });
    const followed: Followed = {
      sort,
      latest: null,
      end: engine.subscribe('view.follow', { filter: [], sort }, (event) => this.#onEvent(followed, event), (error) => this.#onEnd(followed, error)),
    };
    this.#coming = followed;
  }

  #onEvent(followed: Followed, event: ViewEvent): void {
    const isNew = followed === this.#coming;
    if (!isNew && followed !== this.#shown) return;
    const { capture, rows } = this.#options;
    if (event.state === 'making') {
      // What is on show and made again stays readable until it is ready: nothing to wait for.
      if (isNew) sortingProgressed(rows, { sort: followed.sort, share: event.share });
      return;
    }
    followed.latest = event;
    if (isNew) {
      this.#shown?.end();
      this.#shown = followed;
      this.#coming = null;
      sortingProgressed(rows, null);
    }
    this.follow(capture.getState().progress);
  }

  #onEnd(followed: Followed, error: IpcError | null): void {
    if (followed === this.#coming) this.cancel();
    if (error !== null && error.code !== 'disconnected') this.#options.onFailure(error.message);
  }
}

/** What a click on a column's title asks for: ascending, descending, file order again. By number, ascending is file order. */
export function nextOrder(column: SortOrder['column'], current: SortOrder | null): SortOrder | null {
  if (column === 'number') return current === null ? { column, descending: true } : null;
  if (current?.column !== column) return { column, descending: false };
  return current.descending ? null : { column, descending: true };
}
