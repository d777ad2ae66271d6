/**
 * Fetches the pages of rows that are on screen, and no others: at most a few at a time, the
 * visible ones first, and calls for pages that scrolled away are given up. Of a view that takes the place
 * of another, what will be on screen can be fetched before.
 */
import type { CallOptions } from '../../shared/ipc/client.ts';
import type { Row } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { forgetPages, pageIsWanted, putPage, rowsPerPage, type RowPage, type RowsStore } from '../stores/rows.ts';

export interface RowsReply {
  readonly generation: number;
  readonly rows: readonly Row[];
}

/** Rows from a position on, which came without having been asked for. */
export interface GivenRows extends RowsReply {
  readonly from: number;
}

export type ReadRows = (view: number, from: number, count: number, options: CallOptions) => Promise<RowsReply>;

export interface RowLoader {
  /** Positions first…last are on screen: load what is missing or outdated there. */
  show(first: number, last: number): void;
  /** What `show` was last called with; null before. */
  readonly shown: { readonly first: number; readonly last: number } | null;
  /** What will be on screen of another view, if it is long enough. */
  readonly screen: { readonly from: number; readonly count: number };
  /** Reads what will be on screen of a view with so many rows and was not given, for when it is shown; resolves within a tenth of a second, whether that could be read or not. */
  prepare(view: number, total: number, given?: GivenRows): Promise<void>;
  /** Asks for the first rows before anybody knows how many there are. */
  begin(): void;
  /** Looks again at what is on screen, after the view, the total or the generation changed. */
  refresh(): void;
  /** Reads everything on screen again: rows are to look different. */
  reload(): void;
  stop(): void;
}

/** Pages kept: some 12,000 rows, more than a minute of paging back and forth. */
const keptPages = 192;
const callsAtOnce = 4;
/** The contract's limit. */
const mostRowsAtOnce = 512;
/** A view is shown without its rows rather than later than this. */
const preparationMs = 100;

/** `later` calls back once what is on screen by then has been painted: pages that nobody sees yet wait for that. */
export function createRowLoader(store: RowsStore, read: ReadRows, onFailure: (message: string) => void, later: (run: () => void) => void): RowLoader {
  return new PageLoader(store, read, onFailure, later);
}

class PageLoader implements RowLoader {
  shown: RowLoader['shown'] = null;
  readonly #store: RowsStore;
  readonly #read: ReadRows;
  readonly #onFailure: (message: string) => void;
  readonly #later: (run: () => void) => void;
  readonly #underWay = new Map<number, AbortController>();
  readonly #lastUse = new Map<number, number>();
  #clock = 0;
  #visible: readonly number[] = [];
  /** Not on screen, but where steady scrolling gets next. */
  #near: readonly number[] = [];
  #nearIsDue = false;
  #stopped = false;
  /** The view that calls under way and kept pages are of. */
  #view: number;
  /** Pages of a view that is to be shown. */
  #prepared: { readonly view: number; readonly pages: readonly RowPage[] } | null = null;

  constructor(store: RowsStore, read: ReadRows, onFailure: (message: string) => void, later: (run: () => void) => void) {
    this.#store = store;
    this.#read = read;
    this.#onFailure = onFailure;
    this.#later = later;
    this.#view = store.getState().view;
  }

  show(first: number, last: number): void {
    this.shown = { first, last };
    this.#visible = pagesWith(Math.max(0, first), Math.max(0, last));
    this.#near = [(this.#visible.at(-1) as number) + 1, (this.#visible[0] as number) - 1];
    const wanted = [...this.#visible, ...this.#near];
    for (const page of wanted) if (this.#lastUse.has(page)) this.#use(page);
    for (const [page, controller] of this.#underWay) {
      if (wanted.includes(page)) continue;
      controller.abort();
      this.#underWay.delete(page);
    }
    this.refresh();
  }

  get screen(): RowLoader['screen'] {
    const pages = pagesOn(this.shown, Infinity);
    return { from: (pages[0] as number) * rowsPerPage, count: Math.min(mostRowsAtOnce, pages.length * rowsPerPage) };
  }

  async prepare(view: number, total: number, given?: GivenRows): Promise<void> {
    const pages = pagesOn(this.shown, total);
    this.#prepared = { view, pages: pagesOf(given, pages, total) ?? (await readSoon(this.#read, view, pages)) };
  }

  begin(): void {
    this.#visible = [0];
    void this.#load(0);
  }

  refresh(): void {
    if (this.#stopped) return;
    this.#followView();
    this.#loadWanted(this.#visible);
    if (this.#nearIsDue || !this.#near.some((page) => this.#isWanted(page))) return;
    this.#nearIsDue = true;
    this.#later(() => {
      this.#nearIsDue = false;
      if (this.#stopped) return;
      this.#followView();
      this.#loadWanted(this.#near);
    });
  }

  reload(): void {
    this.#giveUpAll();
    this.#lastUse.clear();
    forgetPages(this.#store);
    this.refresh();
  }

  stop(): void {
    this.#stopped = true;
    this.#giveUpAll();
  }

  #isWanted(page: number): boolean {
    return !this.#underWay.has(page) && pageIsWanted(this.#store.getState(), page);
  }

  #loadWanted(pages: readonly number[]): void {
    for (const page of pages) if (this.#underWay.size < callsAtOnce && this.#isWanted(page)) void this.#load(page);
  }

  async #load(page: number): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const view = this.#view;
    this.#underWay.set(page, controller);
    try {
      const reply = await this.#read(view, page * rowsPerPage, rowsPerPage, { signal });
      // The view may have changed since, and nobody looked at the rows yet.
      if (this.#stopped || signal.aborted || this.#store.getState().view !== view) return;
      this.#use(page);
      putPage(this.#store, { page, generation: reply.generation, rows: reply.rows }, evict(this.#lastUse));
    } catch (error) {
      const expected = error instanceof IpcError && (error.code === 'cancelled' || error.code === 'disconnected');
      // A broken page must not be asked for again at once: the next scroll or refresh will.
      if (!expected) return this.#onFailure(error instanceof Error ? error.message : String(error));
    } finally {
      if (this.#underWay.get(page) === controller) this.#underWay.delete(page);
    }
    this.refresh();
  }

  /** Takes over what was prepared of the view that is shown now. */
  #followView(): void {
    const { view } = this.#store.getState();
    if (view === this.#view) return;
    this.#view = view;
    this.#giveUpAll();
    this.#lastUse.clear();
    for (const page of this.#prepared?.view === view ? this.#prepared.pages : []) {
      this.#use(page.page);
      putPage(this.#store, page, []);
    }
    this.#prepared = null;
  }

  #use(page: number): void {
    this.#lastUse.set(page, ++this.#clock);
  }

  #giveUpAll(): void {
    for (const controller of this.#underWay.values()) controller.abort();
    this.#underWay.clear();
  }
}

/** Pages of a view; none where they cannot be had, or not soon: once it is shown they are asked for again, and what is wrong is told then. */
async function readSoon(read: ReadRows, view: number, pages: readonly number[]): Promise<readonly RowPage[]> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), preparationMs);
  try {
    return await Promise.all(pages.map(async (page) => ({ page, ...(await read(view, page * rowsPerPage, rowsPerPage, { signal: controller.signal })) })));
  } catch (error) {
    if (!(error instanceof IpcError)) throw error;
    return [];
  } finally {
    clearTimeout(timer);
  }
}

/** The pages as far as a view with so many rows has them, where they are all among what was given; else null. */
function pagesOf(given: GivenRows | undefined, pages: readonly number[], total: number): readonly RowPage[] | null {
  if (given === undefined) return null;
  const { from, generation, rows } = given;
  const [first = 0] = pages;
  const end = Math.min(total, ((pages.at(-1) ?? 0) + 1) * rowsPerPage);
  if (first * rowsPerPage < from || end > from + rows.length) return null;
  return pages.map((page) => ({ page, generation, rows: rows.slice(page * rowsPerPage - from, (page + 1) * rowsPerPage - from) }));
}

/** The pages least recently on screen, once there are too many; they are forgotten in `lastUse`. */
function evict(lastUse: Map<number, number>): number[] {
  const surplus = lastUse.size - keptPages;
  if (surplus <= 0) return [];
  const oldest = [...lastUse].sort((a, b) => a[1] - b[1]).slice(0, surplus).map(([page]) => page);
  for (const page of oldest) lastUse.delete(page);
  return oldest;
}

/** The pages on screen of a list with so many rows, where it stays at its place as far as it is long enough. */
function pagesOn(shown: RowLoader['shown'], total: number): number[] {
  const { first, last } = shown ?? { first: 0, last: rowsPerPage - 1 };
  const from = Math.max(0, Math.min(first, total - 1 - (last - first)));
  return pagesWith(from, Math.min(total - 1, from + last - first));
}

/** The pages that rows first…last stand on. */
function pagesWith(first: number, last: number): number[] {
  const page = Math.floor(first / rowsPerPage);
  return Array.from({ length: Math.floor(last / rowsPerPage) - page + 1 }, (_, index) => page + index);
}
