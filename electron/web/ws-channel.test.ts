import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { describeTransport, type SuiteConnection } from '../../shared/ipc/peer-suite.test-helper.ts';
import { serveSuite } from '../../shared/ipc/peer-suite-server.test-helper.ts';
import { webSocketChannel } from './ws-channel.ts';

async function webSocketPair(): Promise<{ client: WebSocket; server: WebSocket; end: () => void }> {
  const listener = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(listener, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(listener.address() as AddressInfo).port}`);
  const [[server]] = (await Promise.all([once(listener, 'connection'), once(client, 'open')])) as [[WebSocket], unknown];
  const end = (): void => {
    client.terminate();
    server.terminate();
    listener.close();
  };
  return { client, server, end };
}

describeTransport('a WebSocket', async (): Promise<SuiteConnection> => {
  const { client, server, end } = await webSocketPair();
  serveSuite(webSocketChannel(server));
  return { channel: webSocketChannel(client), breakOff: () => server.terminate(), close: end };
});

test('a text message ends the connection', async () => {
  const { client, server, end } = await webSocketPair();
  webSocketChannel(server);
  client.send('{"kind":"request"}');
  const [code] = (await once(client, 'close')) as [number];
  expect(code).toBe(1003);
  end();
});
