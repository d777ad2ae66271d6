import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeCodes, pageKeyStorage, socketProtocol } from '../../shared/ipc/web-host.ts';
import { connectWeb, webSocketChannel } from './ws-channel.ts';

/** A browser's WebSocket, as far as a page sees it; a test plays the host. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly url: URL;
  readonly protocols: readonly string[];
  readyState = 1;
  binaryType = 'blob';
  sent: Uint8Array[] = [];
  constructor(url: URL, protocols: readonly string[]) {
    super();
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }
  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }
  close(): void {
    this.end(1000);
  }
  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
  message(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

function storage(entries: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(entries));
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key), kept };
}

let sessionStorage: ReturnType<typeof storage>;

beforeEach(() => {
  FakeSocket.all = [];
  sessionStorage = storage();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('window', { location: { href: 'http://127.0.0.1:4711/' }, crypto, sessionStorage, localStorage: storage({ [pageKeyStorage]: 'the-key' }) });
});
afterEach(() => vi.unstubAllGlobals());

const accepted = new ArrayBuffer(0);

async function nextSocket(count: number): Promise<FakeSocket> {
  return vi.waitUntil(() => FakeSocket.all[count - 1], { timeout: 10_000 });
}

describe('connecting to the web host', () => {
  test('shows the page key, and waits for the host to accept', async () => {
    const connecting = connectWeb();
    const socket = await nextSocket(1);
    expect(socket.url.href).toMatch(/^ws:\/\/127\.0\.0\.1:4711\/ipc\/shell\?window=[0-9a-f-]{36}$/);
    expect(socket.protocols).toEqual([socketProtocol, 'the-key']);
    socket.message(accepted);
    expect((await connecting).kind).toBe('web');
  });

  test('a reload comes with the same window id; a copied tab, told that it is taken, with a new one', async () => {
    sessionStorage.kept.set('layerscope.window', 'first-id');
    const connecting = connectWeb();
    const first = await nextSocket(1);
    expect(first.url.search).toBe('?window=first-id');
    first.end(closeCodes.windowInUse);
    const second = await nextSocket(2);
    expect(second.url.search).not.toBe('?window=first-id');
    expect(second.url.search).toBe(`?window=${sessionStorage.kept.get('layerscope.window')}`);
    second.message(accepted);
    await connecting;
  });

  test.each([
    ['the capture is not open', closeCodes.notFound, 'not-found'],
    ['the host has ended', 1006, 'disconnected'],
  ])('where %s, connecting to its engine rejects', async (_title, code, expected) => {
    const connecting = connectWeb();
    (await nextSocket(1)).message(accepted);
    const engine = (await connecting).connectEngine('a/b');
    const socket = await nextSocket(2);
    expect(socket.url.pathname).toBe('/ipc/engine/a%2Fb');
    socket.end(code);
    await expect(engine).rejects.toMatchObject({ code: expected });
  });
});

test('a channel takes bytes only, and sends nothing once it is closed', () => {
  const socket = new FakeSocket(new URL('ws://x/'), []);
  const channel = webSocketChannel(socket as unknown as WebSocket);
  const received: number[][] = [];
  const onClose = vi.fn();
  channel.onMessage((bytes) => received.push([...bytes]));
  channel.onClose(onClose);
  socket.message('text');
  socket.message(new Uint8Array([1, 2]).buffer);
  channel.send(new Uint8Array([3]));
  channel.close();
  channel.send(new Uint8Array([4]));
  expect(received).toEqual([[1, 2]]);
  expect(socket.sent).toEqual([new Uint8Array([3])]);
  expect(onClose).toHaveBeenCalledTimes(1);
});
