import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeTransport } from '../../shared/ipc/peer-suite.test-helper.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { serveSuite, suiteContract } from '../../shared/ipc/peer-suite-server.test-helper.ts';
import { bundleEntry, type TestBundle } from '../../scripts/bundle-entry.test-helper.ts';
import { multiplex, type Multiplexer } from './multiplex.ts';
import { linkToParent, pipeChannel, type ParentPort } from './parent-channel.ts';
import { portChannel, type PortLike } from './port-channel.ts';

/** Real processes on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let bundle: TestBundle;
beforeAll(async () => {
  bundle = await bundleEntry(fileURLToPath(new URL('suite-child.test-helper.ts', import.meta.url)));
});
afterAll(() => bundle.remove());

function startChild(): ChildProcess {
  return fork(bundle.path, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describeTransport("a child process's control channel", () => {
  const child = startChild();
  const { control } = multiplex(pipeChannel(child));
  return Promise.resolve({ channel: control, breakOff: () => void child.kill('SIGKILL'), close: () => endChild(child) });
});

/** One child for all windows of the suite, until a test kills it. */
let shared: { readonly child: ChildProcess; readonly channels: Multiplexer } | null = null;
afterAll(async () => {
  if (shared !== null) await endChild(shared.child);
});

describeTransport("a window's channel into a child process", () => {
  if (shared === null) {
    const child = startChild();
    shared = { child, channels: multiplex(pipeChannel(child)) };
  }
  const { child, channels } = shared;
  const channel = channels.open();
  const breakOff = (): void => {
    shared = null;
    child.kill('SIGKILL');
  };
  return Promise.resolve({ channel, breakOff, close: () => channel.close() });
});

test('channels into one child are independent of each other', async () => {
  const child = startChild();
  const channels = multiplex(pipeChannel(child));
  const first = createClient(suiteContract, channels.open(), { checkReplies: true });
  const second = createClient(suiteContract, channels.open(), { checkReplies: true });
  const waiting = second.call('wait.forever', {}).catch((error: unknown) => error);
  expect(await first.call('count.handled', {})).toEqual({ handled: 1 });
  first.close();
  await first.closed;
  expect(await second.call('count.handled', {})).toEqual({ handled: 2 });
  await endChild(child);
  expect(await waiting).toMatchObject({ code: 'disconnected' });
});

test('a child ends when its parent lets go of it', async () => {
  const child = startChild();
  const client = createClient(suiteContract, multiplex(pipeChannel(child)).control, { checkReplies: true });
  await client.call('echo.text', { text: '' });
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

test('a process that nobody started as an engine has no link', () => {
  expect(linkToParent({ on: () => undefined }, undefined)).toBeNull();
});

/** Electron's parentPort, played by a Node port: control bytes come as `{ data, ports }`, windows as ports. */
function utilityPair(): { readonly parentPort: ParentPort; readonly host: PortLike; readonly sendPort: (port: PortLike) => void } {
  const { port1, port2 } = new MessageChannel();
  let listener: Parameters<ParentPort['on']>[1] = () => undefined;
  port2.on('message', (data: unknown) => listener({ data, ports: [] }));
  const parentPort: ParentPort = {
    on: (_event, added) => {
      listener = added;
    },
    postMessage: (message) => port2.postMessage(message),
  };
  return { parentPort, host: port1, sendPort: (port) => listener({ data: null, ports: [port] }) };
}

describeTransport("a utility process's parent port", () => {
  const { parentPort, host } = utilityPair();
  const link = linkToParent({ on: () => undefined }, parentPort)!;
  serveSuite(link.control);
  return Promise.resolve({ channel: portChannel(host), breakOff: () => host.close(), close: () => host.close() });
});

describeTransport("a window's port into a utility process", () => {
  const { parentPort, host, sendPort } = utilityPair();
  const window = new MessageChannel();
  // The port arrives before anybody waits for it: it has to be kept.
  const link = linkToParent({ on: () => undefined }, parentPort)!;
  sendPort(window.port1);
  link.onWindow((channel) => serveSuite(channel));
  const close = (): void => {
    window.port2.close();
    host.close();
  };
  return Promise.resolve({ channel: portChannel(window.port2), breakOff: () => window.port1.close(), close });
});
