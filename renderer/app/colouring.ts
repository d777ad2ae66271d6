/** Carries the colouring rules to the engine, and what it says of them back. */
import type { Client } from '../../shared/ipc/client.ts';
import type { engineContract } from '../../shared/ipc/contract.ts';
import { LONGEST_NAME } from '../../shared/ipc/colouring-contract.ts';
import { LONGEST_FILTER } from '../../shared/ipc/filter-contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { rulesJudged, type ColouringStore, type ListedRule } from '../stores/colouring.ts';

export interface ColouringFollower {
  /** Sends the rules: before any row is asked for, so that the first ones have their colours. */
  begin(): void;
  /** Listens to what is said of them. */
  listen(): void;
  stop(): void;
}

/** Long enough that a word typed at once is sent once. */
const sendAfterMs = 120;

/** `onTaken` is called whenever packets are coloured by other rules. */
export function createColouringFollower(store: ColouringStore, engine: Client<typeof engineContract>, onTaken: () => void): ColouringFollower {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent: readonly ListedRule[] = [];

  function send(): void {
    sent = store.getState().inForce;
    // What is too long for a filter matches nothing, and must not keep the others from the engine.
    const rules = sent.filter(({ filter }) => filter.length <= LONGEST_FILTER).map(({ id, name, filter }) => ({ id, name: name.slice(0, LONGEST_NAME), filter }));
    engine.call('colouring.set', { rules }).then(onTaken).catch(ignoreEnd);
  }

  const stop = store.subscribe(({ inForce: rules }) => {
    if (rules === sent || areSentAlike(rules, sent)) return;
    clearTimeout(timer);
    timer = setTimeout(send, sendAfterMs);
  });

  return {
    begin: send,
    listen: () => void engine.subscribe('colouring.problems', {}, ({ problems }) => rulesJudged(store, problems)),
    stop() {
      clearTimeout(timer);
      stop();
      rulesJudged(store, []);
    },
  };
}

/** Colours are the window's alone. */
function areSentAlike(one: readonly ListedRule[], other: readonly ListedRule[]): boolean {
  return one.length === other.length && one.every(({ id, name, filter }, index) => id === other[index]?.id && name === other[index].name && filter === other[index].filter);
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof IpcError)) throw error;
}
