/** A channel over a message port: Electron's MessagePortMain or Node's MessagePort, which differ in how they deliver. */
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';

/** What both kinds of port have. MessagePortMain delivers `{ data }`, Node's port the data itself. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The channel of `port`, which is its own from now on. Anything but bytes is dropped. */
export function portChannel(port: PortLike): Channel {
  const inbox = new Inbox();
  port.on('message', (message) => {
    const bytes = messageBytes(message);
    if (bytes !== null) inbox.deliver(bytes);
  });
  port.on('close', () => inbox.end());
  port.start();
  return {
    send: (bytes) => {
      if (!inbox.closed) port.postMessage(bytes);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => {
      port.close();
      inbox.end();
    },
  };
}

/** The bytes of a port's message, with or without Electron's event around them; null where it is something else. */
export function messageBytes(message: unknown): Uint8Array | null {
  if (message instanceof Uint8Array) return message;
  if (typeof message === 'object' && message !== null && 'data' in message && message.data instanceof Uint8Array) return message.data;
  return null;
}
