/** Many rows at once, and packets that were left out, over a real capture and through the contract. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract, type ViewEvent, type ViewSpec } from '../../shared/ipc/contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { createServer } from '../../shared/ipc/peer.ts';
import type { PacketColumns } from '../../shared/columns/packet-columns.ts';
import { makeUpCapture } from '../../shared/columns/made-up-capture.test-helper.ts';
import { EventLog } from './event-log.test-helper.ts';
import { engineHandlers } from './handlers.ts';
import { Overview } from './overview.ts';
import { closeOpened, openedWhole, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

let session: CaptureSession;
let client: ReturnType<typeof connect>;

function connect() {
  const [windowEnd, engineEnd] = memoryChannelPair();
  createServer(engineContract, engineHandlers(session, { shown: 'web-page.pcapng', onDisk: 'web-page.pcapng' }), engineEnd);
  return createClient(engineContract, windowEnd, { checkReplies: true });
}

beforeAll(async () => {
  session = await openedWhole(samplePath('web-page'));
  client = connect();
});
afterAll(() => {
  client.close();
  closeOpened();
});

/** Follows a view until it is ready; later events are collected. */
async function follow(spec: Partial<ViewSpec>): Promise<{ readonly events: ViewEvent[]; readonly end: () => void; readonly until: (fits: (event: ViewEvent) => boolean) => Promise<ViewEvent> }> {
  const { events, until, emit } = new EventLog<ViewEvent>();
  const end = client.subscribe('view.follow', { sort: null, ...spec }, emit);
  await until(({ state }) => state === 'ready');
  return { events, end, until };
}

function nextMatch(text: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    client.subscribe('filter.find', { text, from: 0, step: 1 }, (event) => 'found' in event && resolve(event.found), (error) => error !== null && reject(error));
  });
}

describe('bytes and numbers of rows', () => {
  test('bytes come one packet after another, as they are in the file', async () => {
    const { value, payload } = await client.callWithPayload('rows.bytes', { view: 0, from: 2, count: 3 });
    expect(value.packets.map(({ number }) => number)).toEqual([3, 4, 5]);
    let at = 0;
    for (const { number, length } of value.packets) {
      const whole = await client.callWithPayload('packet.read', { number });
      expect([...payload.subarray(at, at + length)]).toEqual([...whole.payload.subarray(0, length)]);
      at += length;
    }
    expect(at).toBe(payload.length);
  });

  test('numbers of a sorted view are joined to ranges', async () => {
    const view = await follow({ sort: { column: 'length', descending: true } });
    const { total, view: id } = view.events.at(-1)!;
    expect((await client.call('rows.numbers', { view: id, rows: [[0, total - 1]] })).packets).toEqual([[1, total]]);
    const { rows } = await client.call('rows.read', { view: id, from: 0, count: 2 });
    expect((await client.call('rows.numbers', { view: id, rows: [[0, 1]] })).packets.flat()).toEqual(expect.arrayContaining(rows.map(({ number }) => number)));
    view.end();
  });
});

describe('packets that are left out', () => {
  test('are shown without being dissected, match no filter, and are found by none', async () => {
    const dns = await follow({ text: 'dns' });
    const { view, total, generation } = dns.events.at(-1)!;
    const [first, second] = (await client.call('rows.read', { view, from: 0, count: 2 })).rows.map(({ number }) => number) as [number, number];
    await client.call('capture.ignore', { packets: [[first, first]] });
    const renewed = await dns.until((event) => event.generation > generation);
    expect(renewed.total).toBe(total - 1);
    expect(await nextMatch('dns')).toBe(second);
    const [row] = (await client.call('rows.read', { view: 0, from: first - 1, count: 1, fields: [{ text: 'frame.len', occurrence: 0, names: true }, { text: 'dns.id', occurrence: 0, names: true }] })).rows;
    expect(row).toMatchObject({ number: first, source: '', destination: '', protocol: '', info: '<Ignored>', rule: null, ignored: true });
    expect(row?.fields[0]).toBe(String(row?.wireLength));
    expect(row?.fields[1]).toBe('');
    const detail = await client.call('packet.read', { number: first });
    expect(detail.layers.map(({ protocol }) => protocol)).toEqual(['frame']);
    expect(detail.nodes.find(({ field }) => field === 'frame.ignored')?.label).toContain('True');
    await client.call('capture.ignore', { packets: [] });
    await dns.until((event) => event.generation > renewed.generation && event.total === total);
    dns.end();
  });

  test('stay where they are in the list of all packets', async () => {
    await client.call('capture.ignore', { packets: [[1, 5]] });
    const { rows, total } = await client.call('rows.read', { view: 0, from: 0, count: 6 });
    expect([total, rows.map(({ ignored }) => ignored === true)]).toEqual([session.packetCount, [true, true, true, true, true, false]]);
    await client.call('capture.ignore', { packets: [] });
  });
});

describe('the list at a glance', () => {
  const never = new AbortController().signal;

  test('each part tells the worst, what most rows are, marks and the conversation', async () => {
    await client.call('colouring.set', { rules: [{ id: 'names', name: 'Names', filter: 'udp' }, { id: 'all', name: 'All', filter: 'frame' }] });
    const { total, isSampled, buckets } = await client.call('rows.overview', { view: 0, buckets: 500, marked: [[3, 4]], conversation: 'tcp 0' });
    const { rows } = await client.call('rows.read', { view: 0, from: 0, count: 512 });
    expect([total, isSampled, buckets.length]).toEqual([rows.length, false, rows.length]);
    expect(buckets.map(({ severity }) => (severity === 'none' ? null : severity))).toEqual(rows.map(({ severity }) => severity));
    expect(buckets.flatMap(({ isMarked }, index) => (isMarked ? [index + 1] : []))).toEqual([3, 4]);
    expect(buckets.map(({ isRelated }) => isRelated)).toEqual(rows.map(({ conversation }) => conversation === 'tcp 0'));
    expect(buckets[2]?.rule).toBe('names');
    expect(buckets[0]?.rule).toBe('all');
    await client.call('colouring.set', { rules: [] });
  });

  const columns = (severityOf: (position: number) => number): PacketColumns => {
    const { columns: made } = makeUpCapture(5000, 3);
    for (let position = 0; position < 5000; position += 1) made.setSeverity(position, severityOf(position));
    return made;
  };
  const source = (severityOf: (position: number) => number) => ({ columns: columns(severityOf), roughRule: () => -1, ruleIds: () => [] });
  const rows = (length: number) => ({ length, at: (row: number) => row, indexOf: (position: number) => position, isInFileOrder: true });

  test.each([[5000, 7], [5000, 512], [4999, 1000], [13, 512], [1, 1], [0, 10]])('%i rows in %i parts: no row is missed', async (length, parts) => {
    for (const wanted of new Set([0, 1, Math.floor(length / 2), length - 2, length - 1])) {
      const { buckets, isSampled } = await new Overview(rows(length), { buckets: parts, marked: [[wanted + 1, wanted + 1]], conversation: null }, source((position) => (position === wanted ? 4 : 0))).make(never);
      expect([isSampled, buckets.length]).toEqual([false, Math.min(parts, length)]);
      const expected = wanted >= 0 && wanted < length ? 1 : 0;
      expect(buckets.filter(({ severity }) => severity === 'error')).toHaveLength(expected);
      expect(buckets.findIndex(({ isMarked }) => isMarked)).toBe(buckets.findIndex(({ severity }) => severity === 'error'));
    }
  });

  test('more rows than there is time for are sampled, and no part goes without a look', async () => {
    const huge = { columns: columns(() => 2), roughRule: () => -1, ruleIds: () => [] };
    const many = { ...rows(50_000_000), at: (row: number) => row % 5000, indexOf: () => -1 };
    const { buckets, isSampled, total } = await new Overview(many, { buckets: 300, marked: [], conversation: null }, huge).make(never);
    expect([isSampled, total]).toEqual([true, 50_000_000]);
    expect(buckets.every(({ severity }) => severity === 'note')).toBe(true);
  });

  test('a picture that nobody waits for any more is given up', async () => {
    const ended = new AbortController();
    ended.abort();
    const many = { ...rows(50_000_000), at: (row: number) => row % 5000 };
    await expect(new Overview(many, { buckets: 300, marked: [], conversation: null }, source(() => 0)).make(ended.signal)).rejects.toThrow();
  });
});
