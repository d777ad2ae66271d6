/** Two ends of a channel within one process: the command line's transport and that of tests. */
import { Inbox, type Channel } from './channel.ts';

/**
 * Returns both ends. Messages are delivered in a microtask, never within
 * `send`, so that code behaves as it does over a real transport.
 */
export function memoryChannelPair(): readonly [Channel, Channel] {
  const left = new Inbox();
  const right = new Inbox();
  const end = (): void => {
    left.end();
    right.end();
  };
  return [memoryEnd(left, right, end), memoryEnd(right, left, end)];
}

function memoryEnd(own: Inbox, other: Inbox, end: () => void): Channel {
  return {
    send(bytes) {
      if (own.closed) return;
      void Promise.resolve().then(() => other.deliver(bytes));
    },
    onMessage: (handler) => own.onMessage(handler),
    onClose: (handler) => own.onClose(handler),
    // In a microtask as well, so that what was sent before still arrives.
    close: () => void Promise.resolve().then(end),
  };
}
