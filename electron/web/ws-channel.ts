/** A channel over a server-side WebSocket of the `ws` package. */
import type { WebSocket } from 'ws';
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';

/** Binary messages only; a text message, which no window of ours sends, ends the connection. */
export function webSocketChannel(socket: WebSocket): Channel {
  const inbox = new Inbox();
  socket.on('message', (data, isBinary) => {
    if (isBinary && data instanceof Buffer) inbox.deliver(data);
    else socket.close(1003);
  });
  socket.on('close', () => inbox.end());
  // Protocol errors and oversized messages: `close` follows.
  socket.on('error', () => socket.terminate());
  return {
    send: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true });
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => socket.close(),
  };
}
