/**
 * What the list shows and in which order: has the engine make a view of it, shows that and keeps
 * up with it. While an order is being made the last one stays on show, and can be kept; what a
 * filter finds is shown as it comes. Either takes the place of what was there with its rows, not before them.
 */
import type { Client, Unsubscribe } from '../../shared/ipc/client.ts';
import type { CaptureProgress, SortOrder, ViewEvent, ViewSpec, engineContract } from '../../shared/ipc/contract.ts';
import type { IpcError } from '../../shared/ipc/errors.ts';
import type { CaptureStore } from '../stores/capture.ts';
import { isBuiltIn, type ListColumn } from '../stores/columns.ts';
import { allPackets, makingProgressed, showRowsOf, type Listing, type RowsStore } from '../stores/rows.ts';

export interface ViewFollower {
  show(listing: Listing): void;
  /** Shows the list in another order; null is file order. */
  sortBy(sort: SortOrder | null): void;
  /** Shows only packets that the display filter matches; "": all. */
  filterBy(filter: string): void;
  /** Gives up what is being made; false where nothing is. */
  cancel(): boolean;
  /** Takes the capture's progress to the rows on show. */
  follow(progress: CaptureProgress | null): void;
}

export interface ViewFollowerOptions {
  readonly engine: Client<typeof engineContract>;
  readonly rows: RowsStore;
  readonly capture: CaptureStore;
  /** The selected packet, which a filter may refer to. */
  readonly selected: () => number | null;
  /** What will be on screen of another view: the engine sends it along. */
  readonly screen: () => NonNullable<ViewSpec['screen']>;
  /** Reads what will be on screen of a view and did not come along; resolves soon, whether that could be read or not. */
  readonly prepare: (view: number, total: number, screen: ViewEvent['screen']) => Promise<void>;
  /** The rows on show may be others now. */
  readonly onRows: () => void;
  readonly onFailure: (message: string) => void;
}

/** A view that the engine keeps for this window. */
interface Followed {
  readonly listing: Listing;
  readonly end: Unsubscribe;
  latest: ViewEvent | null;
  isPrepared: boolean;
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
    this.show({ ...this.#wanted(), sort });
  }

  filterBy(filter: string): void {
    this.show({ ...this.#wanted(), filter });
  }

  /** What was asked for last. */
  #wanted(): Listing {
    const { sort, filter } = this.#coming?.listing ?? this.#options.rows.getState();
    return { sort, filter };
  }

  show({ sort, filter }: Listing): void {
    this.#coming?.end();
    this.#coming = null;
    makingProgressed(this.#options.rows, null);
    // File order is what the engine has anyway.
    const listing: Listing = { filter, sort: sort?.column === 'number' && !sort.descending ? null : sort };
    if (listing.sort !== null || filter !== '') return this.#start(listing);
    this.#shown?.end();
    this.#shown = null;
    this.follow(this.#options.capture.getState().progress);
  }

  cancel(): boolean {
    if (this.#coming !== null) {
      this.#coming.end();
      this.#coming = null;
      makingProgressed(this.#options.rows, null);
      return true;
    }
    // The engine keeps no half of a filter's packets: all are shown again.
    if (this.#shown === null || this.#options.rows.getState().making === null) return false;
    this.#shown.end();
    this.#shown = null;
    makingProgressed(this.#options.rows, null);
    this.follow(this.#options.capture.getState().progress);
    return true;
  }

  follow(progress: CaptureProgress | null): void {
    const { rows, onRows } = this.#options;
    const generation = progress?.generation ?? 0;
    const packets = progress?.packets ?? 0;
    const latest = this.#shown?.latest ?? null;
    if (this.#shown === null || latest === null) showRowsOf(rows, { view: allPackets, sort: null, filter: '', sorted: packets, total: packets, generation });
    else showRowsOf(rows, { view: latest.view, ...this.#shown.listing, sorted: latest.sorted, total: latest.total, generation: generation + latest.generation });
    onRows();
  }

  #start(listing: Listing): void {
    const { engine, rows, selected, screen } = this.#options;
    makingProgressed(rows, { ...listing, share: 0 });
    const packet = selected();
    const spec = { text: listing.filter, sort: listing.sort, screen: screen(), ...(packet === null ? {} : { selected: packet }) };
    const followed: Followed = {
      listing,
      latest: null,
      isPrepared: false,
      end: engine.subscribe('view.follow', spec, (event) => this.#onEvent(followed, event), (error) => this.#onEnd(followed, error)),
    };
    this.#coming = followed;
  }

  #onEvent(followed: Followed, event: ViewEvent): void {
    const isNew = followed === this.#coming;
    if (!isNew && followed !== this.#shown) return;
    const { capture, rows } = this.#options;
    const isMade = event.state === 'ready';
    // Packets in file order stay where they are when more are found.
    const isShown = isMade || (followed.listing.sort === null && event.total > 0);
    // What is on show and made again stays readable until it is ready: nothing to wait for.
    if (isMade && !isNew) makingProgressed(rows, null);
    else if (isNew || rows.getState().making !== null) makingProgressed(rows, { ...followed.listing, share: event.share });
    if (!isShown) return;
    followed.latest = event;
    if (!isNew) return this.follow(capture.getState().progress);
    if (followed.isPrepared) return;
    followed.isPrepared = true;
    void this.#options.prepare(event.view, event.total, event.screen).then(() => this.#take(followed));
  }

  /** Shows what was being made, unless something else is wanted by now. */
  #take(followed: Followed): void {
    if (followed !== this.#coming) return;
    const { capture, rows } = this.#options;
    this.#shown?.end();
    this.#shown = followed;
    this.#coming = null;
    if (followed.latest?.state === 'ready') makingProgressed(rows, null);
    this.follow(capture.getState().progress);
  }

  #onEnd(followed: Followed, error: IpcError | null): void {
    if (followed === this.#coming) this.cancel();
    if (error !== null && error.code !== 'disconnected') this.#options.onFailure(error.message);
  }
}

/** A column that can be sorted by. */
export type SortedColumn = Pick<SortOrder, 'column' | 'custom'>;

/** How the engine sorts by a column of the list. */
export function sortedColumn({ id, custom }: ListColumn): SortedColumn {
  return isBuiltIn(id) ? { column: id } : { column: 'custom', custom: custom ?? undefined };
}

export function isSortedBy(sort: SortOrder | null, { column, custom }: SortedColumn): boolean {
  return sort?.column === column && JSON.stringify(sort.custom) === JSON.stringify(custom);
}

/** What a click on a column's title asks for: ascending, descending, file order again. By number, ascending is file order. */
export function nextOrder(wanted: SortedColumn, current: SortOrder | null): SortOrder | null {
  if (wanted.column === 'number') return current === null ? { ...wanted, descending: true } : null;
  if (current === null || !isSortedBy(current, wanted)) return { ...wanted, descending: false };
  return current.descending ? null : { ...wanted, descending: true };
}
