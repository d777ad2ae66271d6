import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Channel } from '../../shared/ipc/channel.ts';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { engineContract, shellContract } from '../../shared/ipc/contract.ts';
import { pageKeyHeader } from '../../shared/ipc/web-host.ts';
import { fatalPackets } from '../engine/fake-session.test-helper.ts';
import { makeTestProgram, openWebSocket, rawRequest, signIn, startTestHost, type TestHost, type TestProgram, type TestSession } from './web-host.test-helper.ts';

/** Real processes on a busy machine. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let program: TestProgram;
let host: TestHost;
let captureFile: string;

beforeAll(async () => {
  program = await makeTestProgram();
  captureFile = join(program.folder, 'shop.pcap');
  await writeFile(captureFile, 'x');
});
afterAll(() => program.remove());
beforeEach(() => vi.stubEnv('LAYERSCOPE_CONFIG_FOLDER', join(program.folder, 'config', randomUUID())));
afterEach(async () => {
  await host.serving.close();
  vi.unstubAllEnvs();
});

async function connectShell(session: TestSession, windowId: string = randomUUID()): Promise<{ shell: Client<typeof shellContract>; windowId: string }> {
  const channel = (await openWebSocket(host, session, `/ipc/shell?window=${windowId}`)) as Channel;
  return { shell: createClient(shellContract, channel, { checkReplies: true }), windowId };
}

async function connectEngine(session: TestSession, captureId: string): Promise<Client<typeof engineContract>> {
  const channel = (await openWebSocket(host, session, `/ipc/engine/${captureId}`)) as Channel;
  return createClient(engineContract, channel, { checkReplies: true });
}

function upload({ cookie, pageKey }: TestSession, windowId: string, body: string, name = 'dropped file.pcap') {
  const authority = `127.0.0.1:${host.port}`;
  return rawRequest(host.port, {
    method: 'POST',
    target: `/upload?window=${windowId}&name=${encodeURIComponent(name)}`,
    headers: [['Host', authority], ['Origin', `http://${authority}`], ['Cookie', cookie], [pageKeyHeader, pageKey], ['Content-Length', String(body.length)]],
    body,
  });
}

test('the first window shows the file named at the start, and reads it', async () => {
  host = await startTestHost(program, { file: captureFile });
  const session = await signIn(host);
  const { shell } = await connectShell(session);
  const { capture, host: kind } = await shell.call('shell.describe', {});
  expect(kind).toBe('web');
  expect(capture?.name).toBe('shop.pcap');
  const engine = await connectEngine(session, capture!.captureId);
  expect((await engine.call('capture.describe', {})).name).toBe('shop.pcap');
  const progress = await new Promise((resolve) => engine.subscribe('capture.progress', {}, resolve));
  expect(progress).toMatchObject({ state: 'done', packets: 1000 });
});

test('a file that is not there is refused before anything is served', async () => {
  host = await startTestHost(program);
  await expect(startTestHost(program, { file: join(program.folder, 'none.pcap') })).rejects.toMatchObject({ code: 'not-found' });
});

test('each window has a capture of its own; a reload keeps it', async () => {
  host = await startTestHost(program, { file: captureFile });
  const session = await signIn(host);
  const first = await connectShell(session);
  const second = await connectShell(session);
  const ofFirst = (await first.shell.call('shell.describe', {})).capture;
  const ofSecond = (await second.shell.call('shell.describe', {})).capture;
  expect(ofFirst!.captureId).not.toBe(ofSecond!.captureId);
  first.shell.close();
  await first.shell.closed;
  const reloaded = await vi.waitUntil(async () => {
    const channel = await openWebSocket(host, session, `/ipc/shell?window=${first.windowId}`);
    return typeof channel === 'number' ? null : createClient(shellContract, channel, { checkReplies: true });
  }, { timeout: 20_000 });
  expect((await reloaded.call('shell.describe', {})).capture).toEqual(ofFirst);
});

test("a window id that is in use is refused with a code of its own", async () => {
  host = await startTestHost(program);
  const session = await signIn(host);
  const { windowId } = await connectShell(session);
  expect(await openWebSocket(host, session, `/ipc/shell?window=${windowId}`)).toBe(4009);
});

test('the engine of a capture that is not open is refused with a code of its own', async () => {
  host = await startTestHost(program);
  expect(await openWebSocket(host, await signIn(host), `/ipc/engine/${'0'.repeat(32)}`)).toBe(4004);
});

test('a dropped file is kept privately, opened under its own name, and removed at the end', async () => {
  host = await startTestHost(program);
  const session = await signIn(host);
  const { shell, windowId } = await connectShell(session);
  const changed = new Promise((resolve) => shell.subscribe('shell.captureChanged', {}, resolve));
  await shell.call('shell.describe', {});
  const response = await upload(session, windowId, 'packets');
  expect(response.status).toBe(200);
  const opened = JSON.parse(/\{.*\}/.exec(response.body)![0]) as { captureId: string; name: string };
  expect(opened.name).toBe('dropped file.pcap');
  expect(await changed).toEqual({ capture: opened });

  const folder = await privateFolderWith('packets');
  const [file] = (await readdir(folder)).filter((name) => name.startsWith('upload'));
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, file!))).mode & 0o777).toBe(0o600);
  expect((await shell.call('shell.recent', {})).files).toEqual([]);
  await host.serving.close();
  expect(existsSync(folder)).toBe(false);
});

async function privateFolderWith(content: string): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    const path = join(folder, 'upload-1');
    if (name.startsWith('layerscope-') && existsSync(path) && (await readFile(path, 'utf8')) === content) return folder;
  }
  throw new Error('no private folder');
}

test('an upload that is too large, or that nobody can open, leaves a sentence and no file', async () => {
  host = await startTestHost(program, { uploadLimitBytes: 10 });
  const session = await signIn(host);
  const { windowId } = await connectShell(session);
  const response = await upload(session, windowId, 'more than ten bytes');
  expect(response.status).toBe(422);
  expect(response.body).toContain('larger than 10 bytes');
  await expect(privateFolderWith('more than ten bytes')).rejects.toThrow();
});

test('recent files and samples open by their ids', async () => {
  host = await startTestHost(program, { file: captureFile });
  const session = await signIn(host);
  const { shell } = await connectShell(session);
  const { capture } = await shell.call('shell.describe', {});
  await shell.call('shell.noteOpened', { captureId: capture!.captureId, packets: 1000 });
  const [recent] = (await shell.call('shell.recent', {})).files;
  expect(recent).toMatchObject({ name: 'shop.pcap', packets: 1000, missing: false, sizeBytes: 1 });
  const [sample] = (await shell.call('shell.samples', {})).samples;
  expect(sample).toEqual({ id: 'hello', title: 'Hello', description: 'A greeting', layers: [2, 3], packets: 3 });
  expect((await shell.call('shell.openSample', { id: 'hello' })).opened?.name).toBe('hello.pcap');
  expect((await shell.call('shell.openRecent', { id: recent!.id })).opened?.name).toBe('shop.pcap');
  await expect(shell.call('shell.openRecent', { id: 'other' })).rejects.toMatchObject({ code: 'not-found' });
  await shell.call('shell.closeCapture', {});
  expect((await shell.call('shell.describe', {})).capture).toBeNull();
});

test('a dead engine is told to the window, and the capture answers again under the same id', async () => {
  host = await startTestHost(program, { file: captureFile });
  const session = await signIn(host);
  const { shell } = await connectShell(session);
  const { capture } = await shell.call('shell.describe', {});
  const stopped = new Promise((resolve) => shell.subscribe('shell.engineStopped', {}, resolve));
  const engine = await connectEngine(session, capture!.captureId);
  await expect(engine.call('packet.read', { number: fatalPackets.exit })).rejects.toMatchObject({ code: 'disconnected' });
  expect(await stopped).toMatchObject({ captureId: capture!.captureId, restarted: true });
  const again = await connectEngine(session, capture!.captureId);
  expect((await again.call('rows.read', { view: 0, from: 0, count: 1 })).total).toBe(1000);
});

test('bytes that are no frame end a connection, and only that', async () => {
  host = await startTestHost(program);
  const session = await signIn(host);
  const { shell } = await connectShell(session);
  const bad = (await openWebSocket(host, session, `/ipc/shell?window=${randomUUID()}`)) as Channel;
  const closed = new Promise<void>((resolve) => bad.onClose(resolve));
  bad.send(new Uint8Array([1, 2, 3]));
  await closed;
  expect((await shell.call('shell.describe', {})).host).toBe('web');
});

test('without a window to open, the address is printed with a token that is good once', async () => {
  host = await startTestHost(program);
  expect(host.printed).toHaveLength(1);
  const address = new URL(/http:\S+/.exec(host.printed[0]!)![0]);
  expect(address.searchParams.get('token')!.length * 6).toBeGreaterThanOrEqual(128);
  const get = { method: 'GET', target: address.pathname + address.search, headers: [['Host', address.host]] as const };
  expect((await rawRequest(host.port, get)).status).toBe(200);
  expect((await rawRequest(host.port, get)).status).toBe(403);
});
