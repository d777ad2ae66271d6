import { beforeEach, expect, test, vi } from 'vitest';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { engineContract } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { controlContract } from './control-contract.ts';
import { serveHost } from './engine-service.ts';
import { FakeSession } from './fake-session.test-helper.ts';
import { multiplex, type Multiplexer } from './multiplex.ts';
import { pipeLink } from './parent-channel.ts';

const settings = { verifyChecksums: false };
let channels: Multiplexer;
let control: Client<typeof controlContract>;
let sessions: FakeSession[];
const exit = vi.fn();

beforeEach(() => {
  exit.mockClear();
  sessions = [];
  const [hostEnd, engineEnd] = memoryChannelPair();
  const openSession = async (path: string, given: typeof settings): Promise<FakeSession> => {
    const session = await FakeSession.open(path, given);
    sessions.push(session);
    return session;
  };
  serveHost(pipeLink(engineEnd), { openSession, exit, onBug: () => undefined });
  channels = multiplex(hostEnd);
  control = createClient(controlContract, channels.control, { checkReplies: true });
});

function openWindow(): Client<typeof engineContract> {
  return createClient(engineContract, channels.open(), { checkReplies: true });
}

test('a window may ask before the capture is open, and is answered then', async () => {
  const description = openWindow().call('capture.describe', {});
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  expect((await description).name).toBe('a');
});

test('several windows share one session', async () => {
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  await openWindow().call('capture.configure', { verifyChecksums: true });
  expect((await openWindow().call('capture.describe', {})).settings).toEqual({ verifyChecksums: true });
  expect(sessions).toHaveLength(1);
});

test('an engine takes one capture only', async () => {
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  await expect(control.call('engine.open', { path: '/b.pcap', name: 'b', settings })).rejects.toMatchObject({ code: 'failed' });
  expect(sessions.map(({ path }) => path)).toEqual(['/a.pcap']);
});

test('a window cannot reach the control contract', async () => {
  const window = createClient(controlContract, channels.open(), { checkReplies: true });
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  await expect(window.call('engine.open', { path: '/etc/shadow', name: 'x', settings })).rejects.toMatchObject({ code: 'unknown-call' });
  await expect(window.call('engine.close', {})).rejects.toMatchObject({ code: 'unknown-call' });
  expect(exit).not.toHaveBeenCalled();
});

test('a window that sends no frames is cut off, the others are not', async () => {
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  const bad = channels.open();
  const closed = new Promise<void>((resolve) => bad.onClose(resolve));
  bad.send(new Uint8Array([9, 9, 9]));
  await closed;
  expect((await openWindow().call('capture.describe', {})).name).toBe('a');
});

test('told to close, it answers, closes the session and ends', async () => {
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  await control.call('engine.close', {});
  await vi.waitUntil(() => exit.mock.calls.length > 0, { timeout: 10_000 });
  expect(sessions[0]!.closed).toBe(true);
  expect(exit).toHaveBeenCalledTimes(1);
});

test('without its host it closes the session and ends', async () => {
  await control.call('engine.open', { path: '/a.pcap', name: 'a', settings });
  control.close();
  await vi.waitUntil(() => exit.mock.calls.length > 0, { timeout: 10_000 });
  expect(sessions[0]!.closed).toBe(true);
});
