/** Goes to the next packet that holds what is looked for. */
import { IpcError } from '../../shared/ipc/errors.ts';
import { findEnded, findFilter } from '../stores/find.ts';
import type { Navigation } from './navigation.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface FindActions {
  /** Selects the next (1) or previous (−1) packet with it, going on at the other end. */
  next(step: -1 | 1): void;
}

export function createFind({ find, selection }: Stores, navigation: Navigation, session: () => Session | null): FindActions {
  let search = new AbortController();
  return {
    next(step) {
      search.abort();
      search = new AbortController();
      const { signal } = search;
      const filter = findFilter(find.getState());
      if (filter === null) return findEnded(find, 'wrong', find.getState().text === '' ? 'Write what to look for' : 'Write bytes as pairs of hex digits, for example 47 45 54');
      const answer = session()?.find(filter, selection.getState().packet ?? 0, step, signal);
      if (answer === undefined) return undefined;
      findEnded(find, 'searching');
      answer.then(
        (found) => {
          if (signal.aborted) return;
          findEnded(find, found === null ? 'nothing' : 'idle');
          if (found !== null) navigation.jumpTo(found);
        },
        (error: unknown) => {
          if (!(error instanceof IpcError)) throw error;
          if (!signal.aborted) findEnded(find, 'wrong', error.message);
        },
      );
      return undefined;
    },
  };
}
