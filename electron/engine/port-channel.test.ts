import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { describeTransport } from '../../shared/ipc/peer-suite.test-helper.ts';
import { serveSuite } from '../../shared/ipc/peer-suite-server.test-helper.ts';
import { messageBytes, portChannel } from './port-channel.ts';

describeTransport('a MessagePort', () => {
  const { port1, port2 } = new MessageChannel();
  serveSuite(portChannel(port1));
  return Promise.resolve({ channel: portChannel(port2), breakOff: () => port1.close(), close: () => port2.close() });
});

test.each([
  ['bytes', new Uint8Array([1]), true],
  ["Electron's event around bytes", { data: new Uint8Array([1]), ports: [] }, true],
  ['text', 'shell.describe', false],
  ['an object', { kind: 'request' }, false],
  ['an ArrayBuffer', new ArrayBuffer(4), false],
  ['nothing', null, false],
])('of a port, %s is a message only if it is bytes', (_title, message, isMessage) => {
  expect(messageBytes(message) !== null).toBe(isMessage);
});

test('anything but bytes is dropped, and the port goes on', async () => {
  const { port1, port2 } = new MessageChannel();
  const received: Uint8Array[] = [];
  portChannel(port1).onMessage((bytes) => received.push(bytes));
  port2.postMessage('text');
  port2.postMessage({ kind: 'request' });
  port2.postMessage(new Uint8Array([7]));
  port2.close();
  await once(port1, 'close');
  expect(received).toEqual([new Uint8Array([7])]);
});
