/**
 * The engine's link to the process that started it.
 *
 * - As a plain child process (web host): Node's IPC pipe with `advanced`
 *   serialization, one multiplexed byte channel.
 * - As Electron's utility process: `process.parentPort` for control, and one
 *   transferred MessagePort per window, so that no window's traffic passes
 *   through Electron's main process. `electron` itself is never imported.
 */
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';
import { multiplex } from './multiplex.ts';
import { messageBytes, portChannel, type PortLike } from './port-channel.ts';

export interface HostLink {
  /** Serves the control contract. Its end means that the host is gone. */
  readonly control: Channel;
  /** Sets the one receiver of windows' channels, which speak the engine contract. */
  onWindow(handler: (window: Channel) => void): void;
}

/** The end of an IPC pipe: `process` in a child, a ChildProcess in its parent. */
export interface IpcPipe {
  readonly connected?: boolean;
  send?(message: unknown): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

/** What Electron adds to a utility process's `process`. */
export interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** The link of this process, or null where nobody started it as an engine. */
export function linkToParent(pipe: IpcPipe, parentPort: ParentPort | undefined): HostLink | null {
  if (parentPort !== undefined) return utilityLink(parentPort);
  return pipe.send === undefined ? null : pipeLink(pipeChannel(pipe));
}

/** A byte channel over an IPC pipe. */
export function pipeChannel(pipe: IpcPipe): Channel {
  const inbox = new Inbox();
  pipe.on('message', (message) => {
    if (message instanceof Uint8Array) inbox.deliver(message);
  });
  pipe.on('disconnect', () => inbox.end());
  return {
    send: (bytes) => {
      if (!inbox.closed && pipe.connected === true) pipe.send?.(bytes);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => {
      if (pipe.connected === true) pipe.disconnect?.();
      inbox.end();
    },
  };
}

/** A host link over one byte channel. */
export function pipeLink(link: Channel): HostLink {
  const channels = multiplex(link);
  return { control: channels.control, onWindow: (handler) => channels.onOpen(handler) };
}

function utilityLink(parentPort: ParentPort): HostLink {
  const inbox = new Inbox();
  const waiting: Channel[] = [];
  let onWindow: ((window: Channel) => void) | null = null;
  parentPort.on('message', ({ data, ports }) => {
    const bytes = messageBytes(data);
    if (bytes !== null) inbox.deliver(bytes);
    for (const window of ports.map(portChannel)) {
      if (onWindow === null) waiting.push(window);
      else onWindow(window);
    }
  });
  const control: Channel = {
    send: (bytes) => parentPort.postMessage(bytes),
    onMessage: (handler) => inbox.onMessage(handler),
    // Electron ends a utility process with its parent; there is no event to wait for.
    onClose: (handler) => inbox.onClose(handler),
    close: () => inbox.end(),
  };
  return {
    control,
    onWindow(handler) {
      onWindow = handler;
      for (const window of waiting.splice(0)) handler(window);
    },
  };
}
