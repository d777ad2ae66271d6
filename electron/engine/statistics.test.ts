/** Statistics through the session: counted as packets become final, by filter, and again as the capture grows or changes. */
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { etherText } from '../../shared/dissect/address-text.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { IpcError } from '../../shared/ipc/errors.ts';
import { trafficTabs } from '../../shared/ipc/plain-values.ts';
import { familyOf } from '../../shared/ipc/statistics-contract.ts';
import type { ProtocolsEvent, TrafficEvent, TrafficFamily, TrafficKind, TrafficRow, TrafficTab } from '../../shared/ipc/statistics-contract.ts';
import { concat, ip, mac, zeros } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { pcapHeader, pcapRecord } from '../../tools/craft/capture-file.ts';
import { ipPacket } from '../../tools/craft/internet.ts';
import { etherType, ethernet } from '../../tools/craft/link.ts';
import { udp } from '../../tools/craft/transport.ts';
import { EventLog } from './event-log.test-helper.ts';
import { closeOpened, opened, samplePath } from './opened-session.test-helper.ts';
import type { CaptureSession } from './session.ts';

afterEach(closeOpened);

interface Followed<E> {
  readonly until: (fits: (event: E) => boolean) => Promise<E>;
  readonly end: () => Promise<void>;
  /** What the stream ended with; null for nothing. */
  readonly ended: Promise<unknown>;
}

function followed<E>(run: (context: { emit: (event: E) => void; signal: AbortSignal }) => Promise<void>): Followed<E> {
  const controller = new AbortController();
  const log = new EventLog<E>();
  const ended = run({ emit: log.emit, signal: controller.signal }).then(() => null, (error: unknown) => error);
  return {
    ended,
    until: log.fromNow,
    end: async () => {
      controller.abort();
      await ended;
    },
  };
}

const traffic = (session: CaptureSession, what: TrafficKind, text = '', of: TrafficFamily = 'internet'): Followed<TrafficEvent> => followed((context) => session.statistics.followTraffic({ what, of, text }, context));
const protocols = (session: CaptureSession, text = ''): Followed<ProtocolsEvent> => followed((context) => session.statistics.followProtocols({ text }, context));
const isReady = ({ state }: { readonly state: string }): boolean => state === 'ready';

async function rowsOf(session: CaptureSession, { table, rows }: TrafficEvent, tab: TrafficTab): Promise<TrafficRow[]> {
  const reply = await session.statistics.rows({ table, tab, sort: { column: 'first', descending: false }, from: 0, count: 512, withFilters: true });
  expect(reply.total).toBe(rows[tab]);
  return reply.rows;
}

/** How many packets a filter finds. */
async function found(session: CaptureSession, text: string): Promise<number> {
  let count = 0;
  const filter = session.makeFilter(text) as PacketFilter;
  const steps = filter.scan(0, session.packetCount, (_positions, matching) => (count += matching));
  while (steps.next().done !== true) await filter.waiting;
  return count;
}

const ends = ({ ends: [a, b] }: TrafficRow): string => [a, b].filter((end) => end !== undefined).map(({ address, port }) => (port === null ? address : `${address}:${port}`)).join(' ');

describe('conversations', () => {
  test('are those that tshark finds', async () => {
    const session = await opened(samplePath('web-page'));
    const table = traffic(session, 'conversations');
    const event = await table.until(isReady);
    expect(event).toMatchObject({ packets: 42, share: 1, unlistedPackets: 0, rows: { ipv4: 3, ipv6: 0, tcp: 2, udp: 2 } });
    // tshark -q -z conv,tcp: frames and bytes each way, start and duration.
    expect((await rowsOf(session, event, 'tcp')).map((row) => [ends(row), row.stream, row.packets, row.bytes, row.startNs, row.firstPacket])).toEqual([
      ['192.168.1.24:49212 192.0.2.80:80', 0, [6, 7], [514, 4302], 12_905_000, 7],
      ['192.168.1.24:49216 198.51.100.44:443', 1, [10, 9], [1172, 8325], 69_095_000, 24],
    ]);
    expect((await rowsOf(session, event, 'ipv4')).map((row) => [ends(row), row.packets, row.bytes])).toEqual([
      ['192.168.1.24 192.168.1.1', [4, 4], [306, 417]],
      ['192.168.1.24 192.0.2.80', [6, 7], [514, 4302]],
      ['192.168.1.24 198.51.100.44', [10, 9], [1172, 8325]],
    ]);
    await table.end();
  });

  test.each(['web-page', 'retransmission', 'vlan-qinq', 'name-fails'])('%s: the filter of a row, and of each direction, finds its packets', async (name) => {
    const session = await opened(samplePath(name));
    await session.finished;
    for (const tab of trafficTabs) {
      const table = traffic(session, 'conversations', '', familyOf(tab));
      const event = await table.until(isReady);
      for (const { filters, packets } of await rowsOf(session, event, tab)) {
        const [whole, out, back] = filters;
        expect(await Promise.all([whole, out, back].map((term) => found(session, term?.filter ?? '')))).toEqual([packets[0] + packets[1], ...packets]);
      }
      await table.end();
    }
  });

  test('leave out headers that ICMP errors quote, and count the errors themselves', async () => {
    const session = await opened(samplePath('ping-traceroute'));
    await session.finished;
    const table = traffic(session, 'conversations');
    const event = await table.until(isReady);
    const udp = await rowsOf(session, event, 'udp');
    expect(udp.reduce((sum, { packets }) => sum + packets[0] + packets[1], 0)).toBe(await found(session, 'udp && !icmp'));
    const pairs = await rowsOf(session, event, 'ipv4');
    expect(pairs.reduce((sum, { packets }) => sum + packets[0] + packets[1], 0)).toBe(await found(session, 'ip'));
    await table.end();
  });
});

describe('Ethernet', () => {
  const [a, b, c] = ['02:00:00:00:00:0a', '02:00:00:00:00:0b', '02:00:00:00:00:0c'].map(mac) as [Bytes, Bytes, Bytes];
  const frame = (source: Bytes, destination: Bytes, payload = zeros(46), type = 0x88b5): Bytes => ethernet({ source, destination, type, payload });

  async function rowsOfFrames(what: TrafficKind, frames: readonly Bytes[], linkType = 1): Promise<{ readonly rows: TrafficRow[]; readonly event: TrafficEvent }> {
    const file = join(mkdtempSync(join(tmpdir(), 'layerscope-statistics-')), 'frames.pcap');
    writeFileSync(file, concat(pcapHeader(linkType), ...frames.map((bytes, index) => pcapRecord({ timeUs: 1e12 + index * 1000, bytes }))));
    const session = await opened(file);
    const table = traffic(session, what, '', 'ethernet');
    const event = await table.until(isReady);
    const rows = await rowsOf(session, event, 'eth');
    await table.end();
    return { rows, event };
  }

  const lines = (rows: readonly TrafficRow[]): unknown[] => rows.map((row) => [ends(row), row.packets, row.bytes, row.firstPacket]);
  const text = (address: Bytes): string => etherText(address, 0);

  test('conversations and endpoints are those that tshark finds', async () => {
    const session = await opened(samplePath('web-page'));
    // tshark -q -z conv,eth
    const table = traffic(session, 'conversations', '', 'ethernet');
    const event = await table.until(isReady);
    expect(event).toMatchObject({ packets: 42, rows: { eth: 2 }, unlistedPackets: 0, otherPackets: 0 });
    expect(lines(await rowsOf(session, event, 'eth'))).toEqual([
      ['02:00:5e:10:00:24 ff:ff:ff:ff:ff:ff', [1, 0], [42, 0], 1],
      ['02:00:5e:10:00:01 02:00:5e:10:00:24', [21, 20], [13_104, 1992], 2],
    ]);
    // tshark -q -z endpoints,eth
    const endpoints = traffic(session, 'endpoints', '', 'ethernet');
    expect(lines(await rowsOf(session, await endpoints.until(isReady), 'eth'))).toEqual([
      ['02:00:5e:10:00:24', [21, 21], [2034, 13_104], 1],
      ['ff:ff:ff:ff:ff:ff', [0, 1], [0, 42], 1],
      ['02:00:5e:10:00:01', [21, 20], [13_104, 1992], 2],
    ]);
    await Promise.all([table.end(), endpoints.end()]);
  });

  test('limited to a filter, only its packets count', async () => {
    const session = await opened(samplePath('web-page'));
    const table = traffic(session, 'conversations', 'dns', 'ethernet');
    const event = await table.until(isReady);
    expect(event).toMatchObject({ packets: 8, rows: { eth: 1 } });
    expect((await rowsOf(session, event, 'eth'))[0]).toMatchObject({ packets: [4, 4], firstPacket: 3 });
    await table.end();
  });

  test('headers within tunnels count, too, with the whole frame', async () => {
    const way = { source: ip('10.0.0.1'), destination: ip('10.0.0.2') };
    const inner = concat(Uint8Array.of(8, 0, 0, 0, 0, 0, 7, 0), frame(c, a));
    const vxlan = frame(a, b, ipPacket({ ...way, protocol: 17, payload: udp(way, { sourcePort: 5000, destinationPort: 4789 }, inner) }), etherType.ipv4);
    const { rows } = await rowsOfFrames('conversations', [frame(a, b), vxlan, frame(b, a)]);
    expect(lines(rows)).toEqual([
      [`${text(a)} ${text(b)}`, [2, 1], [60 + vxlan.length, 60], 1],
      [`${text(c)} ${text(a)}`, [1, 0], [vxlan.length, 0], 2],
    ]);
  });

  test('who sends to itself, frames that are cut short, and other link types', async () => {
    const { rows, event } = await rowsOfFrames('conversations', [frame(a, a), frame(a, a), frame(a, b).subarray(0, 13)]);
    expect(lines(rows)).toEqual([[`${text(a)} ${text(a)}`, [2, 0], [120, 0], 1]]);
    expect(event).toMatchObject({ packets: 3, otherPackets: 1 });
    const raw = await rowsOfFrames('endpoints', [ipPacket({ source: ip('10.0.0.1'), destination: ip('10.0.0.2'), protocol: 253, payload: zeros(4) })], 101);
    expect(raw).toMatchObject({ rows: [], event: { packets: 1, otherPackets: 1, rows: { eth: 0 } } });
  });
});

describe('packets with several IP headers', () => {
  const path = { source: ip('10.0.0.1'), destination: ip('10.0.0.2') };
  const back = { source: path.destination, destination: path.source };
  const inner = { source: ip('192.168.7.1'), destination: ip('192.168.7.2') };
  const innerBack = { source: inner.destination, destination: inner.source };
  const frame = (packet: Bytes): Bytes => ethernet({ source: mac('02:00:00:00:00:01'), destination: mac('02:00:00:00:00:02'), type: etherType.ipv4, payload: packet });
  const tunnel = (outer: typeof path, packet: Bytes): Bytes => frame(ipPacket({ ...outer, protocol: 4, payload: packet }));
  const datagram = (way: typeof path, sourcePort: number, destinationPort: number, length: number): Bytes => ipPacket({ ...way, protocol: 17, payload: udp(way, { sourcePort, destinationPort }, zeros(length)) });

  async function counted(...frames: readonly Bytes[]): Promise<CaptureSession> {
    const file = join(mkdtempSync(join(tmpdir(), 'layerscope-statistics-')), 'tunnel.pcap');
    writeFileSync(file, concat(pcapHeader(), ...frames.map((bytes, index) => pcapRecord({ timeUs: 1e12 + index * 1000, bytes }))));
    return opened(file);
  }

  test('count for each of them, each way round', async () => {
    const session = await counted(tunnel(path, datagram(inner, 5000, 6000, 10)), tunnel(back, datagram(innerBack, 6000, 5000, 30)), tunnel(back, datagram(innerBack, 6000, 5000, 30)), frame(datagram(path, 1, 2, 4)));
    const table = traffic(session, 'conversations');
    const event = await table.until(isReady);
    const lines = (rows: readonly TrafficRow[]): unknown[] => rows.map((row) => [ends(row), row.packets, row.bytes, row.durationNs]);
    expect(lines(await rowsOf(session, event, 'udp'))).toEqual([
      ['192.168.7.1:5000 192.168.7.2:6000', [1, 2], [72, 184], 2_000_000],
      ['10.0.0.1:1 10.0.0.2:2', [1, 0], [46, 0], 0],
    ]);
    expect(lines(await rowsOf(session, event, 'ipv4')).toSorted()).toEqual([
      ['10.0.0.1 10.0.0.2', [2, 2], [118, 184], 3_000_000],
      ['192.168.7.1 192.168.7.2', [1, 2], [72, 184], 2_000_000],
    ]);
    await table.end();
  });

  test('and who talks to itself sends only', async () => {
    const self = { source: path.source, destination: path.source };
    const session = await counted(frame(datagram(self, 1, 2, 4)), frame(datagram(self, 2, 1, 4)));
    const table = traffic(session, 'conversations');
    const [row] = await rowsOf(session, await table.until(isReady), 'ipv4');
    expect([row?.packets, row?.bytes]).toEqual([[2, 0], [92, 0]]);
    await table.end();
  });
});

test('endpoints have what they sent and what they got', async () => {
  const session = await opened(samplePath('web-page'));
  const table = traffic(session, 'endpoints');
  const event = await table.until(isReady);
  expect((await rowsOf(session, event, 'tcp')).map((row) => [ends(row), row.packets, row.bytes])).toEqual([
    ['192.168.1.24:49212', [6, 7], [514, 4302]],
    ['192.0.2.80:80', [7, 6], [4302, 514]],
    ['192.168.1.24:49216', [10, 9], [1172, 8325]],
    ['198.51.100.44:443', [9, 10], [8325, 1172]],
  ]);
  for (const { filters, packets } of await rowsOf(session, event, 'ipv4')) {
    expect(await Promise.all(filters.map(({ filter }) => found(session, filter)))).toEqual([packets[0] + packets[1], ...packets]);
  }
  await table.end();
});

describe('protocols', () => {
  test('are a tree of chains, as in tshark', async () => {
    const session = await opened(samplePath('web-page'));
    const followedTree = protocols(session);
    const { chains, packets } = await followedTree.until(isReady);
    expect(packets).toBe(42);
    // tshark -2 -q -z io,phs
    expect(chains.map(({ depth, protocol, packets: count, bytes, endPackets }) => [depth, protocol, count, bytes, endPackets])).toEqual([
      [0, 'frame', 42, 15_138, 0],
      [1, 'eth', 42, 15_138, 0],
      [2, 'ip', 40, 15_036, 0],
      [3, 'tcp', 32, 14_313, 24],
      [4, 'tls', 6, 4279, 6],
      [4, 'http', 2, 1178, 1],
      [5, 'data-text-lines', 1, 1002, 1],
      [3, 'udp', 8, 723, 0],
      [4, 'dns', 8, 723, 8],
      [2, 'arp', 2, 102, 2],
    ]);
    await followedTree.end();
  });

  test('stand by layer, a packet once in each', async () => {
    const session = await opened(samplePath('web-page'));
    const tree = protocols(session);
    const { layers } = await tree.until(isReady);
    expect(layers.filter(({ depth }) => depth === 0).map(({ osi, title, packets }) => [osi, title, packets])).toEqual([[7, 'Application', 10], [6, 'Presentation', 7], [4, 'Transport', 40], [3, 'Network', 40], [2, 'Data link', 42]]);
    await tree.end();
  });

  test.each(['web-page', 'vlan-qinq', 'ping-traceroute'])('%s: the filter of a protocol finds its packets', async (name) => {
    const session = await opened(samplePath(name));
    await session.finished;
    const tree = protocols(session);
    const { layers } = await tree.until(isReady);
    // What ICMP errors quote is found by filters, but is no packet's own.
    const own = layers.filter(({ depth, protocol }) => depth === 1 && !(name === 'ping-traceroute' && ['udp', 'data'].includes(protocol)));
    expect(own.map(({ protocol, packets }) => [protocol, packets])).toEqual(await Promise.all(own.map(async ({ protocol, filter }) => [protocol, await found(session, filter)])));
    await tree.end();
  });
});

test('limited to a filter, only its packets count', async () => {
  const session = await opened(samplePath('web-page'));
  const table = traffic(session, 'conversations', 'tcp.len > 0 && tcp.port == 80');
  const event = await table.until(isReady);
  expect(event).toMatchObject({ packets: 4, rows: { ipv4: 1, ipv6: 0, tcp: 1, udp: 0 } });
  const [row] = await rowsOf(session, event, 'tcp');
  expect(row).toMatchObject({ packets: [1, 3], firstPacket: 10 });
  await table.end();
});

test('count on as the file grows', async () => {
  const bytes = readFileSync(samplePath('web-page'));
  const path = join(mkdtempSync(join(tmpdir(), 'layerscope-statistics-')), 'growing.pcapng');
  writeFileSync(path, bytes.subarray(0, 2000));
  const session = await opened(path, { follow: true });
  const table = traffic(session, 'conversations');
  const tree = protocols(session, 'dns');
  const early = await table.until((event) => event.packets > 0 && isReady(event));
  expect(early.packets).toBeLessThan(42);
  appendFileSync(path, bytes.subarray(2000));
  const late = await table.until(({ packets, rows }) => packets === 42 && rows.tcp === 2);
  expect(late.generation).toBeGreaterThan(early.generation);
  expect((await tree.until(({ packets }) => packets === 8)).chains[0]).toMatchObject({ protocol: 'frame', packets: 8 });
  await Promise.all([table.end(), tree.end()]);
});

test('packets that the user leaves out are taken out again', async () => {
  const session = await opened(samplePath('web-page'));
  await session.finished;
  const table = traffic(session, 'conversations');
  await table.until(({ packets, state }) => packets === 42 && state === 'ready');
  session.ignore([[7, 9]]);
  const event = await table.until(({ packets, state }) => packets === 39 && state === 'ready');
  const [row] = await rowsOf(session, event, 'tcp');
  expect(row).toMatchObject({ packets: [4, 6], firstPacket: 10 });
  await table.end();
});

describe('what cannot be', () => {
  test('a text that is no filter is told', async () => {
    const session = await opened(samplePath('web-page'));
    const error = await traffic(session, 'conversations', 'tcp.prot == 80').ended;
    expect((error as IpcError).message).toContain('Did you mean "tcp.port"?');
    expect((await protocols(session, 'nonsense').ended) as IpcError).toMatchObject({ code: 'failed' });
  });

  test('a table that was given up is gone, without a word', async () => {
    const session = await opened(samplePath('web-page'));
    const table = traffic(session, 'conversations');
    const { table: number } = await table.until(isReady);
    await table.end();
    expect(await table.ended).toBeNull();
    const wish = { table: number, tab: 'tcp', sort: { column: 'bytes', descending: true }, from: 0, count: 1, withFilters: false } as const;
    expect(() => session.statistics.rows(wish)).toThrow('There is no table');
  });

  test('given up while packets are dissected, it ends', async () => {
    const session = await opened(samplePath('web-page'));
    await session.finished;
    const table = traffic(session, 'conversations', 'frame matches "x"');
    await table.end();
    expect(await table.ended).toBeNull();
  });

  test('more than a few at once are refused', async () => {
    const session = await opened(samplePath('web-page'));
    const tables = Array.from({ length: 8 }, () => traffic(session, 'endpoints'));
    expect(await traffic(session, 'endpoints').ended).toMatchObject({ code: 'busy' });
    await Promise.all(tables.map(({ end }) => end()));
    const again = traffic(session, 'endpoints');
    await again.until(isReady);
    await again.end();
  });
});
