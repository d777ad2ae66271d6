/** The engine's life, free of the process it runs in: open one capture, serve windows, end with the host. */
import { basename } from 'node:path';
import type { Channel } from '../../shared/ipc/channel.ts';
import { engineContract } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { controlContract, type EngineSettings } from './control-contract.ts';
import { engineHandlers, type CaptureNames, type Session } from './handlers.ts';
import { applyChange, LiveFeed } from './live-feed.ts';
import type { HostLink } from './parent-channel.ts';
import { rehearse } from './rehearse.ts';

/** How a capture is opened: as it is, as a file that grows, or with what a live capture tells. */
export interface OpenMode {
  readonly follow: boolean;
  readonly live: LiveFeed | null;
  /** A window waits for its first rows. */
  readonly isAwaited: boolean;
}

const asItIs: OpenMode = { follow: false, live: null, isAwaited: false };

export interface EngineOptions {
  readonly openSession: (path: string, settings: EngineSettings, mode: OpenMode) => Promise<Session>;
  /** Ends the process; called once, after the session was closed. */
  readonly exit: () => void;
  /** Told of bugs caught at the border of a call. */
  readonly onBug: (error: unknown, name: string) => void;
}

interface OpenSession {
  readonly session: Session;
  readonly names: CaptureNames;
}

/** Serves the host behind `link` until it closes or goes away. */
export function serveHost(link: HostLink, options: EngineOptions): void {
  const { onBug } = options;
  const windows: Channel[] = [];
  let open: OpenSession | null = null;
  let live: LiveFeed | null = null;
  let opening = false;
  let ended = false;

  const serveWindow = (window: Channel, { session, names }: OpenSession): void => {
    // A window that sends what no client of ours would is cut off; others go on.
    createServer(engineContract, engineHandlers(session, names), window, { onBug, onViolation: () => window.close() });
  };
  const end = (): void => {
    if (ended) return;
    ended = true;
    open?.session.close();
    options.exit();
  };

  createServer(
    controlContract,
    {
      'engine.open': async ({ path, name, settings, ...mode }) => {
        if (opening) throw new IpcError('failed', 'This engine has a capture already.');
        opening = true;
        live = mode.live === true ? new LiveFeed(path) : null;
        open = { session: await options.openSession(path, settings, { follow: mode.follow ?? false, live, isAwaited: true }), names: { shown: name, onDisk: path === '-' ? name : basename(path) } };
        for (const window of windows.splice(0)) serveWindow(window, open);
        return { value: {} };
      },
      'engine.rehearse': async ({ path }) => {
        if (!opening) await rehearse(await options.openSession(path, { verifyChecksums: false, reassembleOutOfOrder: true }, asItIs), () => opening || ended);
        return { value: {} };
      },
      'engine.live': (change) => {
        if (live === null) throw new IpcError('failed', 'This engine shows no live capture.');
        applyChange(live, change);
        return { value: {} };
      },
      'engine.ping': () => ({ value: {} }),
      'engine.close': () => {
        // After the reply has gone out.
        setImmediate(end);
        return { value: {} };
      },
    },
    link.control,
    { onBug },
  );
  link.control.onClose(end);
  // A window may arrive before the capture is open: its channel keeps what it asks.
  link.onWindow((window) => {
    if (open === null) windows.push(window);
    else serveWindow(window, open);
  });
}
