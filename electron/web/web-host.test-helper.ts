/** A web host over made-up sessions and a two-file window, with requests as raw as a test needs them. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { Channel } from '../../shared/ipc/channel.ts';
import { socketProtocol } from '../../shared/ipc/web-host.ts';
import { bundleEntry } from '../../scripts/bundle-entry.test-helper.ts';
import { serve, type ServeOptions, type Serving } from './serve.ts';
import { webSocketChannel } from './ws-channel.ts';

export interface TestProgram {
  readonly folder: string;
  readonly program: ServeOptions['program'];
  remove(): Promise<void>;
}

export const indexText = '<!doctype html><meta name="style-nonce" content="__STYLE_NONCE__"><script type="module" src="./app.js"></script>';
export const scriptText = 'document.title = "the window runs";';

export async function makeTestProgram(): Promise<TestProgram> {
  const engine = await bundleEntry(fileURLToPath(new URL('../engine/fake-engine.test-helper.ts', import.meta.url)));
  const folder = await mkdtemp(join(tmpdir(), 'layerscope-test-'));
  const renderer = join(folder, 'renderer');
  const samples = join(folder, 'samples');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await mkdir(samples);
  await writeFile(join(renderer, 'index.html'), indexText);
  await writeFile(join(renderer, 'app.js'), scriptText);
  await writeFile(join(renderer, 'assets', 'style.css'), 'body {}');
  await writeFile(join(folder, 'outside.txt'), 'nobody may read this');
  await writeFile(join(samples, 'hello.pcap'), 'x');
  await writeFile(
    join(samples, 'samples.json'),
    JSON.stringify([{ id: 'hello', title: 'Hello', description: 'A greeting', layers: [2, 3], packets: 3, file: 'hello.pcap' }]),
  );
  return {
    folder,
    program: { engine: engine.path, renderer, samples },
    remove: async () => {
      await engine.remove();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

export interface TestHost {
  readonly serving: Serving;
  readonly port: number;
  readonly printed: readonly string[];
}

export async function startTestHost({ program }: TestProgram, options: Partial<ServeOptions> = {}): Promise<TestHost> {
  const printed: string[] = [];
  const serving = await serve({ file: null, openWindow: false, port: 0, version: '0.0.0', program, print: (line) => printed.push(line), ...options });
  return { serving, port: Number(new URL(serving.origin).port), printed };
}

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface RawResponse {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends a request exactly as written and reads until the other side closes or the answer is complete. */
export function rawRequest(port: number, { method, target, headers, body = '' }: RawRequest, address = '127.0.0.1'): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address);
    let received = '';
    const finish = (): void => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') });
    };
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write([`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n')));
    socket.on('data', (text: string) => {
      received += text;
      const head = received.split('\r\n\r\n')[0]!;
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      const isWhole = received.includes('\r\n\r\n') && (method === 'HEAD' || head.startsWith('HTTP/1.1 101') || received.endsWith('0\r\n\r\n') || (length !== undefined && received.length >= head.length + 4 + Number(length)));
      if (isWhole) finish();
    });
    socket.on('end', finish);
    socket.on('error', reject);
  });
}

export interface TestSession {
  /** The Cookie header. */
  readonly cookie: string;
  readonly pageKey: string;
}

/** Exchanges a new token, as the browser and its page do. */
export async function signIn({ serving, port }: TestHost): Promise<TestSession> {
  const { pathname, search } = new URL(serving.signInAddress());
  const { head, body } = await rawRequest(port, { method: 'GET', target: pathname + search, headers: [['Host', `127.0.0.1:${port}`]] });
  return { cookie: /^set-cookie: ([^;\r]+)/im.exec(head)![1]!, pageKey: /layerscope\.key", "([^"]+)"/.exec(body)![1]! };
}

/** A WebSocket as the page opens it; resolves with the channel after the host's first, empty message, or with the close code. */
export function openWebSocket({ port }: TestHost, { cookie, pageKey }: TestSession, path: string): Promise<Channel | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [socketProtocol, pageKey], { headers: { cookie, origin: `http://127.0.0.1:${port}` } });
  return new Promise((resolve, reject) => {
    socket.once('message', () => {
      socket.removeAllListeners('close');
      resolve(webSocketChannel(socket));
    });
    socket.once('close', (code) => resolve(code));
    socket.once('error', reject);
  });
}
