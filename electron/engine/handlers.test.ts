import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient, type Client } from '../../shared/ipc/client.ts';
import { engineContract, type CaptureProgress } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { fakePackets, FakeSession } from './fake-session.test-helper.ts';
import { engineHandlers } from './handlers.ts';

let session: FakeSession;
let client: Client<typeof engineContract>;

beforeEach(() => {
  session = new FakeSession('/secret/folder/upload-1', { verifyChecksums: false });
  const [windowEnd, engineEnd] = memoryChannelPair();
  createServer(engineContract, engineHandlers(session, { shown: 'shop.pcap', onDisk: 'upload-1' }), engineEnd);
  client = createClient(engineContract, windowEnd, { checkReplies: true });
});

describe('calls', () => {
  test("the capture has the name that its host gave it, and tells no path", async () => {
    const description = await client.call('capture.describe', {});
    expect(description.name).toBe('shop.pcap');
    expect(JSON.stringify(description)).not.toContain('/secret');
  });

  test('its problems speak of it by that name', async () => {
    session.problemMessage = 'upload-1 is not a capture.';
    expect((await client.call('capture.describe', {})).problems.map(({ message }) => message)).toEqual(['shop.pcap is not a capture.']);
  });

  test('settings take effect and are described', async () => {
    expect((await client.call('capture.configure', { verifyChecksums: true })).settings).toEqual({ verifyChecksums: true });
  });

  test('rows are read by position; past the end there are none', async () => {
    expect((await client.call('rows.read', { view: 0, from: 10, count: 2 })).rows.map(({ number }) => number)).toEqual([11, 12]);
    expect((await client.call('rows.read', { view: 0, from: fakePackets, count: 5 })).rows).toEqual([]);
  });

  test.each([1, 7])('view %i is not found: there is one view', async (view) => {
    await expect(client.call('rows.read', { view, from: 0, count: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([0, fakePackets + 1, 2 ** 40])('packet %i is not found', async (number) => {
    await expect(client.call('packet.read', { number })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a packet comes with its bytes', async () => {
    const { value, payload } = await client.callWithPayload('packet.read', { number: fakePackets });
    expect(value.number).toBe(fakePackets);
    expect(payload).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('a stream that is not there is not found', async () => {
    await expect(client.call('stream.timeline', { stream: 9, aroundPacket: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('progress', () => {
  const events: CaptureProgress[] = [];
  const flush = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  beforeEach(() => {
    vi.useFakeTimers();
    events.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  test('begins with the present state', async () => {
    client.subscribe('capture.progress', {}, (event) => events.push(event));
    await flush();
    expect(events.map(({ packets }) => packets)).toEqual([fakePackets]);
  });

  test('comes at most 20 times a second, and the last is never lost', async () => {
    client.subscribe('capture.progress', {}, (event) => events.push(event));
    await flush();
    session.tell('reading', 0);
    events.length = 0;
    for (let packets = 1; packets <= 1000; packets += 1) {
      session.tell('reading', packets);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(events.length).toBeGreaterThanOrEqual(18);
    expect(events.length).toBeLessThanOrEqual(21);
    await vi.advanceTimersByTimeAsync(100);
    expect(events.at(-1)!.packets).toBe(1000);
  });

  test('a change of state comes at once', async () => {
    client.subscribe('capture.progress', {}, (event) => events.push(event));
    await flush();
    for (const state of ['reading', 'analysing', 'done'] as const) session.tell(state, 5);
    await flush();
    expect(events.map(({ state }) => state)).toEqual(['done', 'reading', 'analysing', 'done']);
  });

  test('ends with its subscription, and leaves no listener behind', async () => {
    const unsubscribe = client.subscribe('capture.progress', {}, (event) => events.push(event));
    await flush();
    expect(session.listeners).toBe(1);
    session.tell('reading', 7);
    session.tell('reading', 8);
    unsubscribe();
    await flush();
    expect(session.listeners).toBe(0);
    const seen = events.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(events.length).toBe(seen);
    expect(vi.getTimerCount()).toBe(0);
  });
});
