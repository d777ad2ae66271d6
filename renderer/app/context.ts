/** The app within reach of every component, and hooks on its commands. */
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Command } from './command.ts';
import { isMac, keyLabel } from './shortcuts.ts';
import type { App } from './wiring.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('A component of the window stands outside of it.');
  return app;
}

export interface CommandState {
  readonly disabledReason: string | null;
  readonly checked: boolean;
}

/** Whether a command can be used and is checked, kept up to date with all stores. */
export function useCommandState(command: Command): CommandState {
  const { stores } = useApp();
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [stores.capture, stores.rows, stores.selection, stores.packet, stores.layout, stores.prefs, stores.live, stores.captureForm, stores.filter, stores.marks, stores.colouring, stores.rowSelection].map((store) => store.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
    [stores],
  );
  const disabledReason = useSyncExternalStore(subscribe, () => command.disabledReason?.(stores) ?? null);
  const checked = useSyncExternalStore(subscribe, () => command.checked?.(stores) ?? false);
  return { disabledReason, checked };
}

export const runsOnMac = isMac(navigator.platform);

/** The first key of a command as this system writes it; undefined where it has none. */
export function commandKey(command: Command): string | undefined {
  const [first] = command.keys;
  return first === undefined ? undefined : keyLabel(first, runsOnMac);
}
