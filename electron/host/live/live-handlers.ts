/** What each call of the live contract does, for one window. */
import type { liveContract } from '../../../shared/ipc/capture-contract.ts';
import { IpcError } from '../../../shared/ipc/errors.ts';
import type { Handlers } from '../../../shared/ipc/peer.ts';
import type { LiveCapture } from './live-capture.ts';
import type { LiveCaptures } from './live-captures.ts';

/** The window, as live captures need it. */
export interface LiveWindow {
  /** The live capture that it shows under this id; null where that one is none. */
  liveOf(captureId: string): LiveCapture | null;
  /** Shows a capture, in place of what it shows. */
  openLive(capture: LiveCapture): Promise<{ readonly captureId: string; readonly name: string }>;
  /** The system's dialog; null where the user gave up, or there is no dialog. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
}

export function liveHandlers(live: LiveCaptures, window: LiveWindow): Handlers<typeof liveContract> {
  const known = (captureId: string): LiveCapture => {
    const capture = window.liveOf(captureId);
    if (capture === null) throw new IpcError('not-found', 'This window does not show that live capture any more.');
    return capture;
  };
  const opened = async (starting: Promise<LiveCapture>) => ({ value: { opened: await window.openLive(await starting) } });
  const nothing = { value: {} };
  return {
    'live.interfaces': async () => ({ value: await live.interfaces() }),
    'live.activity': ({ names }, { emit, signal }) => {
      signal.addEventListener('abort', live.watch(names, emit), { once: true });
    },
    'live.checkFilter': async ({ text, linkType, snaplen }) => ({ value: await live.checkFilter(text, linkType, snaplen) }),
    'live.start': (options) => opened(live.start(options)),
    'live.stop': ({ captureId }) => {
      known(captureId).stop();
      return nothing;
    },
    'live.restart': ({ captureId }) => opened(live.restart(known(captureId))),
    'live.pause': ({ captureId }) => {
      known(captureId).show(false);
      return nothing;
    },
    'live.resume': ({ captureId }) => {
      known(captureId).show(true);
      return nothing;
    },
    'live.status': ({ captureId }, { emit, signal }) => {
      signal.addEventListener('abort', known(captureId).onStatus(emit), { once: true });
    },
    'live.process': async ({ captureId, transport, one, other }) => ({ value: { process: await live.processOf(known(captureId), transport, one, other) } }),
    'live.orphans': async () => ({ value: await live.orphans() }),
    'live.adopt': ({ id }) => opened(live.adopt(id)),
    'live.discard': async ({ id }) => {
      await live.discard(id);
      return nothing;
    },
    'live.remote': (options) => opened(live.remote(options)),
    'live.folder': async ({ path }) => {
      const chosen = path ?? (await chosenFolder(window));
      return chosen === null ? { value: { opened: null } } : opened(live.folder(chosen));
    },
    'live.settings': async () => ({ value: await live.settings() }),
    'live.saveFilter': async (filter) => ({ value: await live.saveFilter(filter) }),
    'live.removeFilter': async ({ name }) => ({ value: await live.removeFilter(name) }),
  };
}

function chosenFolder({ chooseFolder }: LiveWindow): Promise<string | null> {
  if (chooseFolder === null) throw new IpcError('failed', 'This window has no dialog of the system; type the path of the folder.');
  return chooseFolder();
}
