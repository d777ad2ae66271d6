import { MessageChannel as NodeMessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { shellContract } from '../../shared/ipc/contract.ts';
import { createServer, type Handlers } from '../../shared/ipc/peer.ts';
import { describeTransport } from '../../shared/ipc/peer-suite.test-helper.ts';
import { serveSuite } from '../../shared/ipc/peer-suite-server.test-helper.ts';
import type { PageMessage, PreloadMessage } from '../../shared/ipc/window-messages.ts';
import { connectElectron, messagePortChannel } from './port-channel.ts';

/** Node's ports have the page's interface, so the suite runs over them as it would in a window. */
function domPorts(): { port1: MessagePort; port2: MessagePort } {
  return new NodeMessageChannel() as unknown as { port1: MessagePort; port2: MessagePort };
}

describeTransport("a page's MessagePort", () => {
  const { port1, port2 } = domPorts();
  serveSuite(messagePortChannel(port1));
  const channel = messagePortChannel(port2);
  return Promise.resolve({ channel, breakOff: () => port1.close(), close: () => channel.close() });
});

describe('connecting in Electron', () => {
  /** Plays the preload script: answers what the page posts. */
  let answerOf: (message: PageMessage) => { message: PreloadMessage; port?: MessagePort } | null;
  const listeners = new Set<(event: object) => void>();
  const page = {
    location: { origin: 'layerscope://app' },
    addEventListener: (_type: string, listener: (event: object) => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: object) => void) => listeners.delete(listener),
    postMessage: (data: PageMessage, origin: string) => {
      expect(origin).toBe('layerscope://app');
      // The page hears its own messages too, as in a browser.
      deliver({ data, source: page, ports: [] });
      const answer = answerOf(data);
      if (answer !== null) deliver({ data: answer.message, source: page, ports: answer.port === undefined ? [] : [answer.port] });
    },
  };
  const deliver = (event: object): void => void queueMicrotask(() => [...listeners].forEach((listener) => listener(event)));
  const opened = { captureId: '1', name: 'a.pcap' };
  const describeAnswer = { host: 'electron' as const, version: '1', platform: 'test', capture: opened };
  const handlers = new Proxy({}, { get: () => () => ({ value: describeAnswer }) }) as Handlers<typeof shellContract>;

  beforeEach(() => {
    vi.stubGlobal('window', page);
    answerOf = (message) => {
      const { request } = message;
      if (message.layerscope === 'open-file') return { message: { layerscope: 'opened', request, ...opened } };
      if (message.layerscope === 'connect-engine' && message.captureId !== '1') {
        return { message: { layerscope: 'refused', request, code: 'not-found', message: 'This capture is not open any more.' } };
      }
      const { port1, port2 } = domPorts();
      createServer(shellContract, handlers, messagePortChannel(port1));
      return { message: { layerscope: 'connected', request }, port: port2 };
    };
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    listeners.clear();
  });

  test('the shell answers over the port that preload handed over', async () => {
    const host = await connectElectron();
    expect(host.kind).toBe('electron');
    expect(await host.shell.call('shell.describe', {})).toEqual(describeAnswer);
    host.shell.close();
    expect(listeners.size).toBe(0);
  });

  test('an engine that is not there is refused with its sentence', async () => {
    const host = await connectElectron();
    await expect(host.connectEngine('2')).rejects.toMatchObject({ code: 'not-found', message: 'This capture is not open any more.' });
    host.shell.close();
  });

  test('a dropped file is handed to preload as it is', async () => {
    const host = await connectElectron();
    expect(await host.openFile(new File([], 'a.pcap'))).toEqual(opened);
    host.shell.close();
  });

  test('answers to other questions, from other windows, or of other shapes are passed over', async () => {
    const real = answerOf;
    answerOf = (message) => {
      const stranger = { layerscope: 'refused', request: message.request, code: 'failed', message: 'not for you' };
      deliver({ data: { ...stranger, request: message.request + 1 }, source: page, ports: [] });
      deliver({ data: stranger, source: {}, ports: [] });
      for (const data of [null, 'connected', { layerscope: 'connected' }, { layerscope: 'other', request: message.request }]) deliver({ data, source: page, ports: [] });
      return real(message);
    };
    const host = await connectElectron();
    expect((await host.shell.call('shell.describe', {})).host).toBe('electron');
    host.shell.close();
  });
});
