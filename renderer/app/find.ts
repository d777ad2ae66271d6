/** Goes to the next place that holds what is looked for: a packet, a line of its tree, or some of its bytes. */
import { IpcError } from '../../shared/ipc/errors.ts';
import { customColumns } from '../stores/columns.ts';
import { findEnded, findProgressed, placeOf, soughtText, type FindPlace } from '../stores/find.ts';
import { selectBytes, showSource } from '../stores/selection.ts';
import { fieldAtByte } from '../views/hex-pane/hex-model.ts';
import type { Navigation } from './navigation.ts';
import type { SearchFollower, SearchFound, SearchWish, Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface FindActions {
  /** Goes to the next (1) or previous (−1) place with it, going on at the other end. */
  next(step: -1 | 1): void;
  /** Gives up what is being looked for. */
  cancel(): void;
}

type Found = NonNullable<SearchFound>;

export function createFind(stores: Stores, navigation: Navigation, session: () => Session | null): FindActions {
  const { find, selection } = stores;
  const places = createPlaces(stores, navigation);
  let search = new AbortController();

  /** Whether there was such a place; it is on show then. */
  async function look(open: Session, text: string, step: -1 | 1, follower: SearchFollower): Promise<boolean> {
    const { signal } = follower;
    const where = placeOf(find.getState());
    if (where === null) {
      const number = await open.find(text, selection.getState().packet ?? 0, step, follower);
      if (!signal.aborted && number !== null) navigation.jumpTo(number);
      return number !== null;
    }
    const found = await open.search(wishOf(stores, where, text, step, places.now(where, step)), follower);
    if (!signal.aborted && found !== null) places.goTo(found, where);
    return found !== null;
  }

  return {
    next(step) {
      search.abort();
      search = new AbortController();
      const { signal } = search;
      const text = soughtText(find.getState());
      const open = session();
      if (text === null) return findEnded(find, 'wrong', find.getState().text === '' ? 'Write what to look for' : 'Write bytes as pairs of hex digits, for example 47 45 54');
      if (open === null) return undefined;
      findEnded(find, 'searching');
      const onShare = (share: number): void => {
        if (!signal.aborted) findProgressed(find, share);
      };
      look(open, text, step, { signal, onShare }).then(
        (isFound) => {
          if (!signal.aborted) findEnded(find, isFound ? 'idle' : 'nothing');
        },
        (error: unknown) => {
          if (!(error instanceof IpcError)) throw error;
          if (!signal.aborted) findEnded(find, 'wrong', error.message);
        },
      );
      return undefined;
    },
    cancel() {
      search.abort();
      if (find.getState().state === 'searching') findEnded(find, 'idle');
    },
  };
}

function wishOf(stores: Stores, where: FindPlace, text: string, step: -1 | 1, place: number | null): SearchWish {
  const { mode, isCaseSensitive } = stores.find.getState();
  const { position } = stores.selection.getState();
  const isListed = position >= 0;
  return {
    view: stores.rows.getState().view, where, mode: mode === 'filter' ? 'text' : mode, text, isCaseSensitive, step,
    columns: [...customColumns(stores.columns.getState())],
    row: isListed ? position : null,
    place: isListed ? place : null,
  };
}

interface Places {
  /** Where in the packet on show one is: behind it lies what was found already; null where all of the packet does. */
  readonly now: (where: FindPlace, step: -1 | 1) => number | null;
  /** Selects a packet and, once it has been read, the line or the bytes. */
  readonly goTo: (found: Found, where: FindPlace) => void;
}

function createPlaces({ packet, selection }: Stores, navigation: Navigation): Places {
  let last: Found | null = null;
  let stopWaiting = (): void => undefined;

  function show({ place, length }: Found, where: FindPlace): void {
    if (where === 'details') return navigation.selectNode(place);
    const { detail } = packet.getState();
    showSource(selection, 0);
    const field = detail === null ? -1 : fieldAtByte(detail.nodes, 0, place);
    if (field >= 0) navigation.selectNode(field);
    selectBytes(selection, { start: place, end: place + length });
  }

  return {
    now(where, step) {
      const { field, packet: shown } = selection.getState();
      if (where === 'details' && field >= 0) return field;
      if (where !== 'list' && last !== null && last.number === shown) return last.place;
      return where === 'list' || step === -1 ? null : -1;
    },
    goTo(found, where) {
      last = found;
      navigation.jumpTo(found.number);
      stopWaiting();
      if (where === 'list' || found.place < 0) return;
      if (packet.getState().detail?.number === found.number) return show(found, where);
      stopWaiting = packet.subscribe(({ wanted, detail }) => {
        if (wanted === found.number && detail?.number !== wanted) return;
        stopWaiting();
        if (wanted === found.number) show(found, where);
      });
    },
  };
}
