import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract } from '../../shared/ipc/contract.ts';
import type { Row, ViewEvent, ViewSpec } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import { ListView } from '../../shared/columns/list-view.ts';
import { makeUpCapture } from '../../shared/columns/made-up-capture.test-helper.ts';
import type { MadeUpCapture } from '../../shared/columns/made-up-capture.test-helper.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { finish } from '../../shared/columns/steps.ts';
import { EventLog } from './event-log.test-helper.ts';
import { engineHandlers } from './handlers.ts';
import { closeOpened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import { nextTurn, TURN_MS } from './turn.ts';
import { Views } from './views.ts';
import type { CaptureCounts, ViewedCapture } from './views.ts';

interface Stage {
  readonly capture: MadeUpCapture;
  readonly views: Views;
  /** Changes what the capture says of itself, and tells. */
  readonly tell: (change: Partial<CaptureCounts>) => void;
  readonly listeners: () => number;
}

function stage(packets: number, initial: Partial<CaptureCounts> = {}, filter: PacketFilter | null = null): Stage {
  const capture = makeUpCapture(packets, 21);
  const listeners = new Set<() => void>();
  let counts: CaptureCounts = { packets, finalPackets: packets, isReading: false, isAnalysing: false, ...initial };
  const viewed: ViewedCapture = {
    columns: capture.columns, streams: capture.streams, readText: capture.readText,
    readRows: (view, { from, count }) => ({ generation: 5, rows: Array.from({ length: Math.min(count, views.get(view).length - from) }, (_, index) => rowOf(views.get(view).at(from + index))) }),
    readColumn: capture.readColumn, makeFilter: () => filter,
    counts: () => counts,
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const views = new Views(viewed);
  return {
    capture,
    views,
    tell: (change) => {
      counts = { ...counts, ...change };
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
  };
}

function rowOf(position: number): Row {
  return {
    number: position + 1, info: '', time: null, source: '', destination: '', protocol: '', wireLength: 60, capturedLength: 60,
    layer: 2, rule: null, severity: null, conversation: null, provisional: false, fields: [],
  };
}

const byLength: ViewSpec = { sort: { column: 'length', descending: false } };
const byProtocol: ViewSpec = { sort: { column: 'protocol', descending: false } };
const isReady = ({ state }: ViewEvent): boolean => state === 'ready';

describe('views', () => {
  test('a view is told while it is made and once it is ready, and is gone with its subscription', async () => {
    const { views, listeners } = stage(5000);
    const controller = new AbortController();
    const { emit, events, until } = new EventLog<ViewEvent>();
    const following = views.follow(byLength, { emit, signal: controller.signal });
    const ready = await until(isReady);
    expect(events[0]).toMatchObject({ state: 'making', share: 0 });
    expect(ready).toMatchObject({ total: 5000, sorted: 5000 });
    expect(views.get(ready.view).length).toBe(5000);
    controller.abort();
    await following;
    expect(() => views.get(ready.view)).toThrow('There is no view');
    expect(listeners()).toBe(0);
  });

  test('the first screen of what a filter finds is told at once, while the rest is still looked for', async () => {
    let goOn = (): void => undefined;
    const rest = new Promise<void>((resolve) => (goOn = resolve));
    let waiting: Promise<void> | null = null;
    const filter: PacketFilter = {
      needsFinal: false, prefersFinal: false, isProvisional: false,
      get waiting() {
        return waiting;
      },
      *scan(from, to, take) {
        take(Uint32Array.from({ length: 100 }, (_, index) => from + index), 100);
        // Longer than a slice.
        for (const until = performance.now() + TURN_MS; performance.now() < until;);
        yield 0.1;
        waiting = rest;
        yield 0.1;
        take(Uint32Array.of(to - 1), 1);
      },
    };
    const { views } = stage(5000, {}, filter);
    const controller = new AbortController();
    const { emit, until } = new EventLog<ViewEvent>();
    const following = views.follow({ text: 'any', sort: null, screen: { from: 64, count: 64 } }, { emit, signal: controller.signal });
    const first = await until(({ total }) => total > 0);
    expect(first).toMatchObject({ state: 'making', total: 100, screen: { from: 64, generation: 5 } });
    expect(first.screen?.rows.map(({ number }) => number)).toEqual(Array.from({ length: 36 }, (_, index) => 65 + index));
    goOn();
    const ready = await until(isReady);
    expect(ready).toMatchObject({ total: 101 });
    expect(ready).not.toHaveProperty('screen');
    controller.abort();
    await following;
  });

  test('what is left of a filter waits until the first screen is drawn', async () => {
    let steps = 0;
    const filter: PacketFilter = {
      needsFinal: false, prefersFinal: false, isProvisional: false, waiting: null,
      *scan(from, _to, take) {
        take(Uint32Array.from({ length: 100 }, (_, index) => from + index), 100);
        for (; steps < 5; steps += 1) yield 0.1;
      },
    };
    const { views } = stage(5000, {}, filter);
    const controller = new AbortController();
    const { emit, until } = new EventLog<ViewEvent>();
    const following = views.follow({ text: 'any', sort: null, screen: { from: 0, count: 64 } }, { emit, signal: controller.signal });
    await until(({ total }) => total > 0);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(steps).toBe(0);
    await until(isReady);
    expect(steps).toBe(5);
    controller.abort();
    await following;
  });

  test('rows that will be on screen come with the order that is ready, once', async () => {
    const { views, tell } = stage(5000);
    const controller = new AbortController();
    const { emit, events, until } = new EventLog<ViewEvent>();
    const following = views.follow({ ...byLength, screen: { from: 4990, count: 64 } }, { emit, signal: controller.signal });
    const { view, screen } = await until(isReady);
    expect(screen?.rows.map(({ number }) => number - 1)).toEqual(Array.from({ length: 10 }, (_, index) => views.get(view).at(4990 + index)));
    tell({});
    expect(events.filter((event) => event.screen !== undefined)).toHaveLength(1);
    controller.abort();
    await following;
  });

  test('packets that are read later stand behind the sorted ones until reading ends', async () => {
    const { views, capture, tell } = stage(3000, { isReading: true });
    const controller = new AbortController();
    const { emit, until } = new EventLog<ViewEvent>();
    const following = views.follow(byLength, { emit, signal: controller.signal });
    const { view: id, generation } = await until(isReady);
    capture.grow(2000);
    tell({ packets: 5000, finalPackets: 5000 });
    const grown = await until(({ total }) => total === 5000);
    expect(grown).toMatchObject({ sorted: 3000, generation });
    tell({ isReading: false });
    const sorted = await until((event) => isReady(event) && event.sorted === 5000);
    expect(sorted.generation).toBeGreaterThan(generation);
    const reference = new ListView(byLength.sort, capture);
    finish(reference.make(5000));
    expect([0, 1, 4999].map((entry) => views.get(id).at(entry))).toEqual([0, 1, 4999].map((entry) => reference.at(entry)));
    controller.abort();
    await following;
  });

  test('sorting by Protocol covers what is final, grows as that doubles, and is whole when the deep pass has ended', async () => {
    const { views, tell } = stage(60_000, { finalPackets: 0, isAnalysing: true });
    const controller = new AbortController();
    const { emit, until } = new EventLog<ViewEvent>();
    const following = views.follow(byProtocol, { emit, signal: controller.signal });
    expect(await until(isReady)).toMatchObject({ total: 60_000, sorted: 0 });
    tell({ finalPackets: 12_000 });
    await until(({ sorted }) => sorted === 12_000);
    tell({ finalPackets: 20_000 });
    tell({ finalPackets: 25_000 });
    await until(({ sorted }) => sorted === 25_000);
    tell({ finalPackets: 60_000, isAnalysing: false });
    await until(({ sorted }) => sorted === 60_000);
    controller.abort();
    await following;
  });

  test('a view that is given up while it is made stops being made', async () => {
    const { views, capture } = stage(200_000);
    const controller = new AbortController();
    const { emit, events } = new EventLog<ViewEvent>();
    // Every text is read: this takes many slices.
    const following = views.follow({ sort: { column: 'info', descending: false } }, { emit, signal: controller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await following;
    expect(events.some(isReady)).toBe(false);
    expect(capture.reads).toBeLessThan(200_000);
  });

  test('the event loop goes on between slices', async () => {
    const { views } = stage(200_000);
    const controller = new AbortController();
    const { emit, until } = new EventLog<ViewEvent>();
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const following = views.follow({ sort: { column: 'info', descending: false } }, { emit, signal: controller.signal });
    await until(isReady);
    clearInterval(count);
    expect(turns).toBeGreaterThan(5);
    controller.abort();
    await following;
  });

  test('there are only so many', async () => {
    const { views } = stage(10);
    // Each subscription has a signal of its own, as each has in the program.
    const controllers = Array.from({ length: 16 }, () => new AbortController());
    const open = controllers.map(({ signal }) => views.follow(byLength, { emit: () => undefined, signal }));
    await expect(views.follow(byLength, { emit: () => undefined, signal: new AbortController().signal })).rejects.toThrow('Too many views');
    for (const controller of controllers) controller.abort();
    await Promise.all(open);
  });
});

describe('views of a real capture, over the contract', () => {
  afterEach(closeOpened);

  async function open() {
    const session = await openedWhole(samplePath('web-page'));
    const [near, far] = memoryChannelPair();
    createServer(engineContract, engineHandlers(session, { shown: 'web-page', onDisk: 'web-page' }), far);
    const client = createClient(engineContract, near, { checkReplies: true });
    const ready = (spec: ViewSpec): Promise<ViewEvent> =>
      new Promise((resolve, reject) => client.subscribe('view.follow', spec, (event) => event.state === 'ready' && resolve(event), (error) => reject(error ?? new Error('ended'))));
    return { session, client, ready };
  }

  test.each(['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const)('%s is sorted as its texts say', async (column) => {
    const { session, client, ready } = await open();
    const { view, total } = await ready({ sort: { column, descending: true } });
    const { rows } = await client.call('rows.read', { view, from: 0, count: 512 });
    expect(rows).toHaveLength(total);
    const keys: Readonly<Record<typeof column, (row: (typeof rows)[number]) => string | number>> = {
      number: ({ number }) => number, time: ({ time }) => time!.seconds + time!.nanos / 1e9, length: ({ wireLength }) => wireLength,
      source: ({ source }) => source, destination: ({ destination }) => destination, protocol: ({ protocol }) => protocol, info: ({ info }) => info,
    };
    const found = rows.map((row) => ({ key: keys[column](row), number: row.number }));
    expect(found).toEqual([...found].sort((one, two) => (one.key < two.key ? 1 : one.key > two.key ? -1 : one.number - two.number)));
    expect(new Set(found.map(({ number }) => number)).size).toBe(session.packetCount);
    expect(await client.call('view.locate', { view, number: rows[5]!.number })).toEqual({ position: 5 });
  });

  test('a filter through the contract finds the SYNs of a host', async () => {
    const { client, ready } = await open();
    const { view, total } = await ready({ text: 'ip.src == 192.168.1.24 && tcp.flags.syn == 1', sort: null });
    const { rows } = await client.call('rows.read', { view, from: 0, count: 512 });
    expect(rows).toHaveLength(total);
    expect(total).toBeGreaterThan(0);
    for (const { source, info } of rows) expect([source, info]).toEqual(['192.168.1.24', expect.stringContaining('[SYN]')]);
  });

  test('next and previous in a conversation are those of the rows', async () => {
    const { session, client } = await open();
    const { rows } = session.readRows(0, 0, 512);
    for (const row of rows) {
      const later = rows.find(({ number, conversation }) => number > row.number && conversation !== null && conversation === row.conversation)?.number ?? null;
      expect(await client.call('packet.neighbour', { number: row.number, step: 1 })).toEqual({ number: later });
      if (later !== null) expect(await client.call('packet.neighbour', { number: later, step: -1 })).toEqual({ number: row.number });
    }
    await expect(client.call('packet.neighbour', { number: 9999, step: 1 })).rejects.toThrow('There is no packet 9999');
  });

  test('a view that is not open is not found', async () => {
    const { client } = await open();
    await expect(client.call('rows.read', { view: 7, from: 0, count: 1 })).rejects.toThrow('There is no view 7');
    await expect(client.call('view.locate', { view: 7, number: 1 })).rejects.toThrow('There is no view 7');
  });
});
