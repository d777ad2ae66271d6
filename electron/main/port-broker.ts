/**
 * Answers the preload script: the only messages that main takes from a page's
 * process. Who asks is checked first (checklist 17), then what; the answer is a
 * port, or a sentence why there is none.
 */
import { ipcMain, MessageChannelMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { shellContract } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { z } from '../../shared/ipc/schema.ts';
import { toMainChannel, toPreloadChannel, type AskMessage, type PreloadMessage } from '../../shared/ipc/window-messages.ts';
import { portChannel } from '../engine/port-channel.ts';
import type { WindowShell } from '../host/window-shell.ts';
import { appPath } from './app-protocol.ts';

const request = z.int().nonnegative();
const askMessage: z.ZodType<AskMessage> = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('connect-shell'), request }),
  z.object({ ask: z.literal('connect-engine'), request, captureId: z.string().max(256) }),
  z.object({ ask: z.literal('open-file'), request, path: z.string().min(1).max(32_768) }),
]);

export interface BrokerOptions {
  /** The shell of the window whose page has this WebContents id; null where it is none of ours. */
  readonly shellOf: (contentsId: number) => WindowShell<MessagePortMain> | null;
  readonly onBug: (error: unknown, name: string) => void;
}

/** Listens from now on. */
export function startPortBroker(options: BrokerOptions): void {
  ipcMain.on(toMainChannel, (event, message: unknown) => {
    const shell = isOwnPage(event) ? options.shellOf(event.sender.id) : null;
    const ask = askMessage.safeParse(message);
    if (shell === null || !ask.success) return;
    if (ask.data.ask === 'connect-shell') connectShell(event, shell, ask.data.request, options.onBug);
    else if (ask.data.ask === 'connect-engine') connectEngine(event, shell, ask.data.request, ask.data.captureId);
    else void openFile(event, shell, ask.data.request, ask.data.path, options.onBug);
  });
}

/** The main frame of a page of ours; frames within it, and pages it might have become, are not. */
function isOwnPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && appPath(senderFrame.url) !== null;
}

function connectShell(event: IpcMainEvent, shell: WindowShell<MessagePortMain>, asked: number, onBug: BrokerOptions['onBug']): void {
  const { port1, port2 } = new MessageChannelMain();
  const channel = portChannel(port1);
  createServer(shellContract, shell.handlers, channel, { onBug, onViolation: () => channel.close() });
  answer(event, { layerscope: 'connected', request: asked }, port2);
}

function connectEngine(event: IpcMainEvent, shell: WindowShell<MessagePortMain>, asked: number, captureId: string): void {
  const { port1, port2 } = new MessageChannelMain();
  if (shell.connectEngine(captureId, port1)) answer(event, { layerscope: 'connected', request: asked }, port2);
  else answer(event, { layerscope: 'refused', request: asked, code: 'not-found', message: 'This capture is not open any more.' });
}

async function openFile(event: IpcMainEvent, shell: WindowShell<MessagePortMain>, asked: number, path: string, onBug: BrokerOptions['onBug']): Promise<void> {
  try {
    answer(event, { layerscope: 'opened', request: asked, ...(await shell.openPath(path)) });
  } catch (error) {
    if (!(error instanceof IpcError)) onBug(error, 'open-file');
    const message = error instanceof IpcError ? error.message : 'The file could not be opened.';
    answer(event, { layerscope: 'refused', request: asked, code: 'failed', message });
  }
}

function answer(event: IpcMainEvent, message: PreloadMessage, port?: MessagePortMain): void {
  // The page may have gone while a file was opened.
  if (event.sender.isDestroyed()) return;
  event.sender.postMessage(toPreloadChannel, message, port === undefined ? [] : [port]);
}
