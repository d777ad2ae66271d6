/** The window's side of the web host: WebSockets for the contracts, an upload for files. */
import { Inbox, type Channel } from '../../shared/ipc/channel.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract, shellContract } from '../../shared/ipc/contract.ts';
import { IpcError, isIpcErrorCode } from '../../shared/ipc/errors.ts';
import { closeCodes, pageKeyHeader, pageKeyStorage, socketProtocol } from '../../shared/ipc/web-host.ts';
import type { Host, OpenedCapture, OpenFileOptions } from './host.ts';

const windowIdKey = 'layerscope.window';

/** A channel over an open or opening WebSocket; binary messages only. */
export function webSocketChannel(socket: WebSocket): Channel {
  const inbox = new Inbox();
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) inbox.deliver(new Uint8Array(event.data));
  });
  socket.addEventListener('close', () => inbox.end());
  return {
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>);
    },
    onMessage: (handler) => inbox.onMessage(handler),
    onClose: (handler) => inbox.onClose(handler),
    close: () => socket.close(),
  };
}

/** Connects to the web host that served this page. */
export async function connectWeb(): Promise<Host> {
  const { channel, windowId } = await connectShell();
  return {
    kind: 'web',
    shell: createClient(shellContract, channel, { checkReplies: true }),
    async connectEngine(captureId) {
      const socket = await openSocket(`/ipc/engine/${encodeURIComponent(captureId)}`);
      return createClient(engineContract, socket, { checkReplies: true });
    },
    openFile: (file, options = {}) => upload(file, windowId, options),
  };
}

/**
 * The window's id outlives a reload, so that the host finds the window's
 * capture again. A duplicated tab starts with a copy of it: the host says that
 * it is taken, and the copy takes a new one.
 */
async function connectShell(): Promise<{ channel: Channel; windowId: string }> {
  const remembered = window.sessionStorage.getItem(windowIdKey);
  const windowId = remembered ?? window.crypto.randomUUID();
  window.sessionStorage.setItem(windowIdKey, windowId);
  try {
    return { channel: await openSocket(`/ipc/shell?window=${windowId}`), windowId };
  } catch (error) {
    if (!(error instanceof IpcError) || error.code !== 'busy' || remembered === null) throw error;
    window.sessionStorage.removeItem(windowIdKey);
    return connectShell();
  }
}

/** What the host gave this page when it signed in; without one it refuses. */
function pageKey(): string {
  return window.localStorage.getItem(pageKeyStorage) ?? 'none';
}

/** Resolves with a channel once the host has accepted it (its first message, empty, says so). */
function openSocket(path: string): Promise<Channel> {
  const url = new URL(path, window.location.href);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, [socketProtocol, pageKey()]);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    const onClose = (event: CloseEvent): void => reject(closeError(event.code));
    socket.addEventListener('close', onClose);
    socket.addEventListener(
      'message',
      () => {
        socket.removeEventListener('close', onClose);
        resolve(webSocketChannel(socket));
      },
      { once: true },
    );
  });
}

function closeError(code: number): IpcError {
  if (code === closeCodes.windowInUse) return new IpcError('busy', 'Another window uses this id.');
  if (code === closeCodes.notFound) return new IpcError('not-found', 'This capture is not open any more.');
  return new IpcError('disconnected', 'Layerscope is not running any more. Start it again to go on.');
}

/** Sends a file to the host, which keeps it in a private folder and opens it in this window. */
function upload(file: File, windowId: string, options: OpenFileOptions): Promise<OpenedCapture> {
  // XMLHttpRequest because fetch tells nothing about how much of a body has been sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const giveUp = (): void => request.abort();
    request.open('POST', `/upload?window=${windowId}&name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader(pageKeyHeader, pageKey());
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => options.onProgress?.(event.loaded));
    request.addEventListener('loadend', () => options.signal?.removeEventListener('abort', giveUp));
    request.addEventListener('abort', () => reject(new IpcError('cancelled', 'The upload was given up.')));
    request.addEventListener('error', () => reject(new IpcError('disconnected', 'The file could not be sent: the connection ended.')));
    request.addEventListener('load', () => {
      const outcome = uploadOutcome(request.status, request.response);
      if (outcome instanceof IpcError) reject(outcome);
      else resolve(outcome);
    });
    if (options.signal?.aborted === true) return reject(new IpcError('cancelled', 'The upload was given up.'));
    options.signal?.addEventListener('abort', giveUp, { once: true });
    request.send(file);
  });
}

function uploadOutcome(status: number, body: unknown): OpenedCapture | IpcError {
  if (typeof body === 'object' && body !== null) {
    if (status === 200 && 'captureId' in body && 'name' in body) {
      return { captureId: String(body.captureId), name: String(body.name) };
    }
    if ('code' in body && isIpcErrorCode(body.code) && 'message' in body) return new IpcError(body.code, String(body.message));
  }
  return new IpcError('failed', `The file could not be sent (status ${status}).`);
}
