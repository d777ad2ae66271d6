/**
 * The HTTP side of the web host: gate.ts decides, this file carries it out.
 * Binds 127.0.0.1 only.
 */
import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { requestLimits } from '../../shared/ipc/codec.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { closeCodes, pageKeyHeader, pageKeyStorage, socketProtocol } from '../../shared/ipc/web-host.ts';
import { windowHeaders, WindowFiles } from '../host/window-files.ts';
import { cookieName, cookieValue, sessionCookie, type Credentials } from './credentials.ts';
import { judge, type Verdict } from './gate.ts';
import type { Uploads } from './uploads.ts';
import type { Windows } from './windows.ts';
import { webSocketChannel } from './ws-channel.ts';

export interface WebServerOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly credentials: Credentials;
  readonly windows: Windows;
  readonly uploads: Uploads;
  /** Told of failures that are not the page's: for a log. */
  readonly onBug: (error: unknown, name: string) => void;
}

export interface WebServer {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

/** A frame's header and name beside its body. */
const frameOverheadBytes = 1024;
const exchangeBodyBytes = 1024;
const plainPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Listens; rejects with an `IpcError` where the port is taken. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  // A request without a Host is the gate's to refuse, as every other; an upload may take its time.
  const server = createHttpServer({ requestTimeout: 0, headersTimeout: 10_000, requireHostHeader: false });
  const port = await listen(server, options.port);
  const authority = `127.0.0.1:${port}`;
  const files = await WindowFiles.of(options.rendererFolder, `'self' ws://${authority}`);
  const host = new WebHost(options, authority, port, files);
  server.on('request', (request, response) => host.answer(request, response));
  // Without this listener Node would ask for the body before anything was decided.
  server.on('checkContinue', (request, response) => host.answer(request, response));
  server.on('upgrade', (request, socket, head) => host.upgrade(request, socket, head));
  return {
    port,
    origin: `http://${authority}`,
    close: () =>
      new Promise((resolve) => {
        host.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new IpcError('failed', `Port ${port} is in use on this machine; choose another, or leave it out.`) : error);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve((server.address() as AddressInfo).port);
    });
  });
}

class WebHost {
  readonly #options: WebServerOptions;
  readonly #authority: string;
  readonly #port: number;
  readonly #files: WindowFiles;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: requestLimits.bodyBytes + frameOverheadBytes,
    handleProtocols: () => socketProtocol,
  });
  /** The upload that each window shows or showed last. */
  readonly #uploadOf = new Map<string, string>();

  constructor(options: WebServerOptions, authority: string, port: number, files: WindowFiles) {
    this.#options = options;
    this.#authority = authority;
    this.#port = port;
    this.#files = files;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const verdict = this.#judge(request, false);
    this.#carryOut(verdict, request, response).catch((error: unknown) => {
      this.#options.onBug(error, request.method ?? '');
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const verdict = this.#judge(request, true);
    if (verdict.kind !== 'shell-socket' && verdict.kind !== 'engine-socket') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#connect(verdict, webSocket));
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  #judge(request: IncomingMessage, isUpgrade: boolean): Verdict {
    const secret = cookieValue(request.headers.cookie, cookieName(this.#port)) ?? '';
    const { credentials } = this.#options;
    const fetchSite = request.headers['sec-fetch-site'];
    return judge(
      {
        method: request.method ?? '',
        target: request.url ?? '',
        hosts: rawHeader(request, 'host'),
        origins: rawHeader(request, 'origin'),
        fetchSite: typeof fetchSite === 'string' ? fetchSite : null,
        hasSession: credentials.isSession(secret),
        hasPageKey: credentials.isPageKey(secret, shownPageKey(request, isUpgrade)),
        isUpgrade,
      },
      this.#authority,
    );
  }

  async #carryOut(verdict: Verdict, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (verdict.kind === 'file') return this.#sendFile(verdict.path, request, response);
    if (verdict.kind === 'upload') return this.#receiveUpload(verdict, request, response);
    if (verdict.kind === 'exchange-address') return this.#exchange(verdict.token, response);
    if (verdict.kind === 'exchange-posted') return this.#exchange((await postedToken(request, response)) ?? '', response);
    refuse(response, 403);
  }

  async #sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = await this.#files.read(path);
    if (file === null) return refuse(response, 404);
    response.writeHead(200, { ...file.headers, 'content-length': file.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  /**
   * Not a redirect: a browser that came from a file: page would leave the new
   * SameSite=Strict cookie out of the redirected request. The answered page keeps
   * its key, then goes on by itself, and is the one who asks; the address with
   * the token leaves the window's history.
   */
  #exchange(token: string, response: ServerResponse): void {
    const session = this.#options.credentials.exchange(token);
    if (session === null) return refuse(response, 403);
    const nonce = randomBytes(16).toString('base64url');
    response.writeHead(200, {
      ...windowHeaders(`${plainPolicy}; script-src 'nonce-${nonce}'`),
      'content-type': 'text/html; charset=utf-8',
      'set-cookie': sessionCookie(this.#port, session.secret),
    });
    const script = `localStorage.setItem("${pageKeyStorage}", "${session.pageKey}"); location.replace("/");`;
    response.end(`<!doctype html><title>Layerscope</title><noscript>Layerscope needs JavaScript.</noscript><script nonce="${nonce}">${script}</script>`);
  }

  async #receiveUpload(upload: { readonly windowId: string; readonly name: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const shell = this.#options.windows.shellOf(upload.windowId);
    if (shell === null) return refuse(response, 404);
    if (request.headers.expect !== undefined) response.writeContinue();
    try {
      const declared = request.headers['content-length'];
      const path = await this.#options.uploads.receive(request, declared === undefined ? null : Number(declared));
      const opened = await shell.openPath(path, { name: upload.name, remember: false }).catch(async (error: unknown) => {
        await this.#options.uploads.remove(path);
        throw error;
      });
      const before = this.#uploadOf.get(upload.windowId);
      this.#uploadOf.set(upload.windowId, path);
      if (before !== undefined) await this.#options.uploads.remove(before);
      sendJson(response, 200, opened);
    } catch (error) {
      if (!(error instanceof IpcError)) throw error;
      // The page may still be sending; it learns why it was cut off all the same.
      sendJson(response, 422, { code: error.code, message: error.message });
    }
  }

  #connect(verdict: Extract<Verdict, { kind: 'shell-socket' | 'engine-socket' }>, socket: WebSocket): void {
    const channel = webSocketChannel(socket);
    // The first message, empty, says that the connection is accepted.
    if (verdict.kind === 'shell-socket') {
      if (this.#options.windows.connect(verdict.windowId, channel)) socket.send(new Uint8Array(0));
      else socket.close(closeCodes.windowInUse);
    } else if (this.#options.windows.connectEngine(verdict.captureId, channel)) socket.send(new Uint8Array(0));
    else socket.close(closeCodes.notFound);
  }
}

/** All values of a header, in order; Node's parsed headers keep only the first of some. */
function rawHeader(request: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    if (request.rawHeaders[index]!.toLowerCase() === name) values.push(request.rawHeaders[index + 1]!);
  }
  return values;
}

/** The page key as the page shows it: browsers let pages set no header of a WebSocket but its subprotocols. */
function shownPageKey(request: IncomingMessage, isUpgrade: boolean): string {
  if (!isUpgrade) return String(request.headers[pageKeyHeader] ?? '');
  const [protocol, key, ...others] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
  return protocol === socketProtocol && others.length === 0 ? (key ?? '') : '';
}

/** The token of a form of at most 1 KiB; null where the body is anything else. */
async function postedToken(request: IncomingMessage, response: ServerResponse): Promise<string | null> {
  const length = Number(request.headers['content-length']);
  const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
  if (!isForm || !Number.isInteger(length) || length > exchangeBodyBytes) return null;
  if (request.headers.expect !== undefined) response.writeContinue();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('latin1')).get('token');
}

/** Ends the connection: whatever body was on its way is not read. */
function refuse(response: ServerResponse, status: 403 | 404 | 500): void {
  response.writeHead(status, { ...windowHeaders(plainPolicy), 'content-length': 0, connection: 'close' });
  response.end();
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const headers = { ...windowHeaders(plainPolicy), 'content-type': 'application/json' };
  response.writeHead(status, status === 200 ? headers : { ...headers, connection: 'close' });
  response.end(JSON.stringify(value));
}
