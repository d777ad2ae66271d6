/** The server of the transport suite, free of vitest so that a child process can run it. */
import type { Channel } from './channel.ts';
import { call, stream } from './define.ts';
import { IpcError } from './errors.ts';
import { createServer, type ServerOptions } from './peer.ts';
import { z } from './schema.ts';

const nothing = z.object({});

export const suiteContract = {
  'echo.text': call(z.object({ text: z.string().max(1000) }), z.object({ text: z.string() })),
  'echo.bytes': call(z.object({ length: z.int().nonnegative() }), z.object({ length: z.int() })),
  'wait.forever': call(nothing, nothing),
  'wait.aborted': call(nothing, z.object({ aborted: z.int() })),
  'count.handled': call(nothing, z.object({ handled: z.int() })),
  'count.up': stream(z.object({ to: z.int() }), z.object({ count: z.int() })),
  'count.forever': stream(nothing, z.object({ count: z.int() })),
  'fail.expected': call(nothing, nothing),
  'fail.bug': call(nothing, nothing),
  'fail.shape': call(nothing, z.object({ count: z.int() })),
} as const;

export function serveSuite(channel: Channel, options: ServerOptions = {}): void {
  let aborted = 0;
  let handled = 0;
  const whenAborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        aborted += 1;
        resolve();
      });
    });
  createServer(
    suiteContract,
    {
      'echo.text': ({ text }) => {
        handled += 1;
        return { value: { text } };
      },
      'echo.bytes': ({ length }) => ({ value: { length }, payload: Uint8Array.from({ length }, (_, index) => index % 251) }),
      'wait.forever': async (_request, { signal }) => {
        handled += 1;
        await whenAborted(signal);
        return { value: {} };
      },
      'wait.aborted': () => ({ value: { aborted } }),
      'count.handled': () => ({ value: { handled: ++handled } }),
      'count.up': ({ to }, { emit, end }) => {
        for (let count = 1; count <= to; count += 1) emit({ count });
        end();
        emit({ count: -1 });
      },
      'count.forever': (_request, { emit, signal }) => {
        let count = 0;
        void whenAborted(signal);
        const next = (): void => {
          if (signal.aborted) return;
          emit({ count: ++count });
          void new Promise((resolve) => channelTurn(resolve)).then(next);
        };
        next();
      },
      'fail.expected': () => {
        throw new IpcError('not-found', 'There is no shark.', 'tank 3');
      },
      'fail.bug': () => {
        throw new TypeError('secret of the server');
      },
      'fail.shape': () => ({ value: { count: 'three' as unknown as number } }),
    },
    channel,
    options,
  );
}

/** The next turn of the event loop, which lets transports deliver. */
function channelTurn(callback: (value: unknown) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback(undefined);
  };
  port2.postMessage(null);
}
