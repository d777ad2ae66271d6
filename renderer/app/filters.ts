/**
 * What can be done with the display filter, wherever it is asked for: the bar, the menus, a field
 * of the tree. Writing has the text checked; applying shows what it matches.
 */
import { IpcError } from '../../shared/ipc/errors.ts';
import { notify } from '../stores/dialogs.ts';
import { filterReported, focusFilter, writeFilter, type FilterStore } from '../stores/filter.ts';
import { noteUsed } from '../stores/filter-book.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

/** How a term joins what the bar holds already. */
export type FilterJoin = 'selected' | 'not' | 'and' | 'or' | 'and-not' | 'or-not';

export interface FilterActions {
  /** Writes a text into the bar. */
  write(text: string): void;
  /** Shows what a text matches (the bar's where absent), if it is a filter; "" shows all. */
  apply(text?: string): void;
  clear(): void;
  focus(): void;
  /** Joins a term with what the bar holds, and applies it or leaves that to the user. */
  use(term: string, join: FilterJoin, how: 'apply' | 'prepare'): void;
}

/** In the order of menus, with their words. */
export const filterJoins: readonly (readonly [join: FilterJoin, words: string])[] = [
  ['selected', 'Selected'],
  ['not', 'Not selected'],
  ['and', '… and selected'],
  ['or', '… or selected'],
  ['and-not', '… and not selected'],
  ['or-not', '… or not selected'],
];

/** Long enough that a word typed at once is checked once. */
const checkAfterMs = 60;

/** Has a text of the bar checked, and tells whether it is a filter; a check that was under way is given up. */
function createCheck(filter: FilterStore, session: () => Session | null): (text: string) => Promise<boolean> {
  let asked = new AbortController();
  return async (text) => {
    asked.abort();
    asked = new AbortController();
    if (text.trim() === '') return true;
    try {
      const report = await session()?.checkFilter(text, asked.signal);
      if (report === undefined) return false;
      filterReported(filter, text, report);
      return report.isValid;
    } catch (error) {
      if (!(error instanceof IpcError)) throw error;
      return false;
    }
  };
}

export function createFilters(stores: Stores, session: () => Session | null): FilterActions {
  const { filter, filterBook, rows, dialogs } = stores;
  const check = createCheck(filter, session);
  let timer: ReturnType<typeof setTimeout> | undefined;

  filter.subscribe((state, before) => {
    if (state.text === before.text) return;
    clearTimeout(timer);
    timer = setTimeout(() => void check(state.text), checkAfterMs);
  });

  /** What the bar holds may mean something else now, and the list with it; but one that refers to the selected packet would refer to another. */
  async function followMacros(): Promise<void> {
    const text = filter.getState().text;
    const isValid = await check(text);
    if (isValid && text.trim() === rows.getState().filter && filter.getState().report?.usesSelected === false) session()?.filterBy(text.trim());
  }

  filterBook.subscribe((state, before) => {
    if (state.macros === before.macros || !filter.getState().text.includes('$')) return;
    clearTimeout(timer);
    // The engine has been told by then.
    timer = setTimeout(() => void followMacros(), checkAfterMs);
  });

  function show(text: string): void {
    session()?.filterBy(text.trim());
    noteUsed(filterBook, text);
  }

  async function apply(text: string): Promise<void> {
    clearTimeout(timer);
    const { text: written, report } = filter.getState();
    // What was found valid while it was written is not asked about again: the rows come a call sooner.
    if ((written === text && report?.isValid === true) || (await check(text))) show(text);
    else if (filter.getState().report?.isValid === false) notify(dialogs, 'The list stays as it is: the filter is not valid');
  }

  return {
    write: (text) => writeFilter(filter, text),
    apply(text = filter.getState().text) {
      writeFilter(filter, text);
      void apply(text);
    },
    clear() {
      writeFilter(filter, '');
      if (rows.getState().filter !== '' || rows.getState().making !== null) session()?.filterBy('');
    },
    focus: () => focusFilter(filter),
    use(term, join, how) {
      const text = joined(filter.getState().text, term, join);
      if (how === 'apply') this.apply(text);
      else {
        writeFilter(filter, text);
        focusFilter(filter);
      }
    },
  };
}

/** A term joined with what is there; both keep their meaning. */
export function joined(present: string, term: string, join: FilterJoin): string {
  const negated = join === 'not' || join === 'and-not' || join === 'or-not';
  const added = negated ? `!(${term})` : term;
  const before = present.trim();
  if (before === '' || join === 'selected' || join === 'not') return added;
  return `(${before}) ${join.startsWith('and') ? '&&' : '||'} ${join === 'and' || join === 'or' ? `(${added})` : added}`;
}
