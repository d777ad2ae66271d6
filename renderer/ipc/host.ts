/**
 * How the window reaches its host and its captures' engines, in Electron and in a browser alike.
 *
 *     const host = await connectHost();
 *     const { capture } = await host.shell.call('shell.describe', {});
 *     if (capture !== null) {
 *       const engine = await host.connectEngine(capture.captureId);
 *       engine.subscribe('capture.progress', {}, (progress) => …);
 *       const page = await engine.call('rows.read', { view: 0, from: 0, count: 100 });
 *       const { value, payload } = await engine.callWithPayload('packet.read', { number: 1 });
 *     }
 *
 * - `shell.captureChanged` tells that the window shows another capture from now
 *   on: connect to its engine anew. It comes for every way of opening, those
 *   that this window asked for included.
 * - `shell.engineStopped` tells that a capture's engine died; with `restarted`
 *   a new one already reads the same file under the same id: call
 *   `connectEngine` again. The old client's calls have rejected with `disconnected`.
 * - All rejections are `IpcError`s (shared/ipc/errors.ts): `code` for the
 *   program, `message` for the user.
 */
import type { Client } from '../../shared/ipc/client.ts';
import type { engineContract, shellContract } from '../../shared/ipc/contract.ts';

export type ShellClient = Client<typeof shellContract>;
export type EngineClient = Client<typeof engineContract>;

export interface OpenedCapture {
  readonly captureId: string;
  readonly name: string;
}

export interface OpenFileOptions {
  /** Bytes sent so far, while a browser uploads the file; never called in Electron. */
  readonly onProgress?: (sentBytes: number) => void;
  readonly signal?: AbortSignal;
}

export interface Host {
  readonly kind: 'electron' | 'web';
  readonly shell: ShellClient;
  /** A client of the capture's engine. Rejects with `not-found` when there is no such capture (any more). */
  connectEngine(captureId: string): Promise<EngineClient>;
  /** Opens a file that the user dropped or chose in the page; `shell.captureChanged` follows. */
  openFile(file: File, options?: OpenFileOptions): Promise<OpenedCapture>;
}
