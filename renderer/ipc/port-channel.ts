/** The window's side of Electron: ports that the preload script hands over. */
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract, shellContract } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { PageMessage, PreloadMessage } from '../../shared/ipc/window-messages.ts';
import type { Host, OpenedCapture } from './host.ts';

/** A channel over a DOM MessagePort. */
export function messagePortChannel(port: MessagePort): Channel {
  const inbox = new Inbox();
  port.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data instanceof Uint8Array) inbox.deliver(event.data);
  });
  port.addEventListener('close', () => inbox.end());
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

/** Connects to Electron's main process through the preload script. */
export async function connectElectron(): Promise<Host> {
  const shellPort = await askForPort({ layerscope: 'connect-shell', request: nextRequest() });
  return {
    kind: 'electron',
    shell: createClient(shellContract, shellPort, { checkReplies: true }),
    async connectEngine(captureId) {
      const port = await askForPort({ layerscope: 'connect-engine', request: nextRequest(), captureId });
      return createClient(engineContract, port, { checkReplies: true });
    },
    openFile,
  };
}

let lastRequest = 0;

function nextRequest(): number {
  return ++lastRequest;
}

interface PreloadAnswer {
  readonly message: PreloadMessage;
  readonly port: MessagePort | null;
}

/** Posts to the preload script and waits for the answer with the same number. */
function ask(message: PageMessage): Promise<PreloadAnswer> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || !isPreloadMessage(event.data) || event.data.request !== message.request) return;
      window.removeEventListener('message', onMessage);
      resolve({ message: event.data, port: event.ports[0] ?? null });
    };
    window.addEventListener('message', onMessage);
    window.postMessage(message, window.location.origin);
  });
}

async function askForPort(message: PageMessage): Promise<Channel> {
  const answer = await ask(message);
  if (answer.message.layerscope === 'refused') throw new IpcError(answer.message.code, answer.message.message);
  if (answer.port === null) throw new IpcError('internal', 'The preload script handed over no port.');
  return messagePortChannel(answer.port);
}

async function openFile(file: File): Promise<OpenedCapture> {
  const { message } = await ask({ layerscope: 'open-file', request: nextRequest(), file });
  if (message.layerscope === 'opened') return { captureId: message.captureId, name: message.name };
  if (message.layerscope === 'refused') throw new IpcError(message.code, message.message);
  throw new IpcError('internal', 'The preload script answered something else.');
}

/** The page's own messages pass by on the same event; they are none of these. */
function isPreloadMessage(data: unknown): data is PreloadMessage {
  if (typeof data !== 'object' || data === null || !('layerscope' in data) || !('request' in data)) return false;
  return data.layerscope === 'connected' || data.layerscope === 'opened' || data.layerscope === 'refused';
}
