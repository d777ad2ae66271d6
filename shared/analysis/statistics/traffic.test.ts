/** Conversations and endpoints of made-up captures, held to sums over the plain list of their packets. */
import { describe, expect, test } from 'vitest';
import { finish } from '../../columns/steps.ts';
import { makeUpCapture } from '../../columns/made-up-capture.test-helper.ts';
import type { MadeUpCapture, MadeUpPacket } from '../../columns/made-up-capture.test-helper.ts';
import { internetTabs } from '../../ipc/plain-values.ts';
import { trafficColumns } from '../../ipc/statistics-contract.ts';
import type { TrafficKind, TrafficRow, TrafficSort, InternetTab } from '../../ipc/statistics-contract.ts';
import { sortedRows } from './traffic-order.ts';
import { trafficRow } from './traffic-rows.ts';
import { TrafficTally } from './traffic-tally.ts';
import { trafficTables } from './traffic-tables.ts';

const capture = makeUpCapture(3000);
const byStart: TrafficSort = { column: 'first', descending: false };

function rowsOf(of: MadeUpCapture, what: TrafficKind, tab: InternetTab, sort = byStart, positions = everyPosition(of)): TrafficRow[] {
  const tally = new TrafficTally(of.columns, of.streams);
  tally.take(positions, positions.length, []);
  const table = finish(trafficTables(what, tally.traffic))[tab];
  return Array.from(finish(sortedRows(table, sort)), (row) => trafficRow(table, tab, row, true));
}

function everyPosition(of: MadeUpCapture): Uint32Array {
  return Uint32Array.from(of.packets, (_, position) => position);
}

interface Counted {
  readonly position: number;
  readonly packet: MadeUpPacket;
}

/** Packets of a tab that the columns know by themselves: those of unknown kind are to be asked. */
function packetsOf(of: MadeUpCapture, tab: InternetTab): Counted[] {
  const fits: Readonly<Record<InternetTab, (packet: MadeUpPacket) => boolean>> = {
    ipv4: ({ kind, version }) => kind !== 'none' && version === 4,
    ipv6: ({ kind, version }) => kind !== 'none' && version === 6,
    tcp: ({ kind }) => kind === 'tcp',
    udp: ({ kind }) => kind === 'udp',
  };
  return of.packets.map((packet, position) => ({ packet, position })).filter(({ packet, position }) => position % 17 !== 0 && fits[tab](packet));
}

type Side = 'source' | 'destination';

function endOf(packet: MadeUpPacket, side: Side, tab: InternetTab): string {
  const port = side === 'source' ? packet.sourcePort : packet.destinationPort;
  return `${packet.texts[side]}${tab === 'tcp' || tab === 'udp' ? ` ${port}` : ''}`;
}

function rowEnd(row: TrafficRow, side: 0 | 1): string {
  const end = row.ends[side];
  return `${end?.address}${end?.port === null ? '' : ` ${end?.port}`}`;
}

describe.each(internetTabs)('%s', (tab) => {
  const packets = packetsOf(capture, tab);

  test('each conversation has the packets and bytes of both directions', () => {
    for (const row of rowsOf(capture, 'conversations', tab)) {
      const [a, b] = [rowEnd(row, 0), rowEnd(row, 1)];
      const own = packets.filter(({ packet }) => row.stream === null || packet.stream === row.stream);
      const sent = own.filter(({ packet }) => endOf(packet, 'source', tab) === a && endOf(packet, 'destination', tab) === b);
      // Who talks to itself sends in one direction only.
      const back = a === b ? [] : own.filter(({ packet }) => endOf(packet, 'source', tab) === b && endOf(packet, 'destination', tab) === a);
      expect(row.packets).toEqual([sent.length, back.length]);
      expect(row.bytes).toEqual([sent, back].map((list) => list.reduce((sum, { packet }) => sum + packet.length, 0)));
      expect(row.firstPacket).toBe(Math.min(...[...sent, ...back].map(({ position }) => position)) + 1);
    }
  });

  test('all packets are in some conversation, in order of the first', () => {
    const rows = rowsOf(capture, 'conversations', tab);
    expect(rows.reduce((sum, row) => sum + row.packets[0] + row.packets[1], 0)).toBe(packets.length);
    const firsts = rows.map(({ firstPacket }) => firstPacket);
    expect(firsts).toEqual(firsts.toSorted((one, two) => one - two));
  });

  test('each endpoint has what it sent and what it got', () => {
    const rows = rowsOf(capture, 'endpoints', tab);
    expect(new Set(rows.map((row) => rowEnd(row, 0))).size).toBe(rows.length);
    for (const row of rows) {
      const self = rowEnd(row, 0);
      const sums = (['source', 'destination'] as const).map((side) => packets.filter(({ packet }) => endOf(packet, side, tab) === self).reduce((sum, { packet }) => sum + packet.length, 0));
      expect([self, ...row.bytes]).toEqual([self, ...sums]);
    }
  });

  test('start and duration are those of the earliest and the latest packet', () => {
    const base = capture.packets[0] as MadeUpPacket;
    for (const row of rowsOf(capture, 'endpoints', tab)) {
      const self = rowEnd(row, 0);
      const own = packets.filter(({ packet }) => packet.hasTime && (endOf(packet, 'source', tab) === self || endOf(packet, 'destination', tab) === self));
      const times = own.map(({ packet }) => (packet.seconds - base.seconds) * 1e9 + packet.nanos - base.nanos);
      expect(row.startNs).toBe(times.length === 0 ? null : Math.min(...times));
      expect(row.durationNs).toBe(times.length === 0 ? null : Math.max(...times) - Math.min(...times));
    }
  });

  test.each(trafficColumns)('sorted by %s, both ways, nothing is lost and equal ones keep their order', (column) => {
    const rows = rowsOf(capture, 'conversations', tab);
    const up = rowsOf(capture, 'conversations', tab, { column, descending: false });
    const down = rowsOf(capture, 'conversations', tab, { column, descending: true });
    const firsts = (list: readonly TrafficRow[]): number[] => list.map(({ firstPacket }) => firstPacket);
    expect(firsts(up).toSorted((one, two) => one - two)).toEqual(firsts(rows));
    expect(firsts(down).toSorted((one, two) => one - two)).toEqual(firsts(rows));
    const key = sortKeys[column];
    if (key === undefined) return;
    expect(firsts(up)).toEqual(firsts(rows.toSorted((one, two) => key(one) - key(two))));
    expect(firsts(down)).toEqual(firsts(rows.toSorted((one, two) => key(two) - key(one))));
  });
});

const sortKeys: Partial<Record<string, (row: TrafficRow) => number>> = {
  packets: ({ packets }) => packets[0] + packets[1],
  bytes: ({ bytes }) => bytes[0] + bytes[1],
  packetsIn: ({ packets }) => packets[1],
  bytesOut: ({ bytes }) => bytes[0],
  start: ({ startNs }) => startNs ?? -Infinity,
  duration: ({ durationNs }) => durationNs ?? -1,
  first: ({ firstPacket }) => firstPacket,
};

test('addresses are sorted as numbers, and by port within one', () => {
  const rows = rowsOf(capture, 'endpoints', 'tcp', { column: 'addressA', descending: false });
  const keys = rows.map(({ ends }) => ({ version: ends[0]?.address.includes(':') === true ? 6 : 4, last: Number(ends[0]?.address.split('.').at(-1)), port: ends[0]?.port ?? 0 }));
  const ipv4 = keys.filter(({ version }) => version === 4);
  expect(keys.slice(0, ipv4.length)).toEqual(ipv4);
  expect(ipv4).toEqual(ipv4.toSorted((one, two) => one.last - two.last || one.port - two.port));
  expect(new Set(ipv4.map(({ last }) => last)).has(10)).toBe(true);
});

test('packets of unknown kind are to be dissected, and only those', () => {
  const tally = new TrafficTally(capture.columns, capture.streams);
  const asked: number[] = [];
  tally.take(everyPosition(capture), capture.packets.length, asked);
  expect(asked).toEqual([...everyPosition(capture)].filter((position) => position % 17 === 0));
});

test('only packets that were taken count', () => {
  const positions = everyPosition(capture).filter((position) => position % 3 === 0);
  const rows = rowsOf(capture, 'conversations', 'tcp', byStart, positions);
  expect(rows.reduce((sum, { packets }) => sum + packets[0] + packets[1], 0)).toBe(packetsOf(capture, 'tcp').filter(({ position }) => position % 3 === 0).length);
});

describe('the filters of a row', () => {
  const sample = rowsOf(capture, 'conversations', 'tcp').find(({ ends }) => ends[0]?.address.startsWith('10.') === true) as TrafficRow;
  const [a, b] = sample.ends as [TrafficRow['ends'][0], TrafficRow['ends'][0]];

  test('of a TCP conversation are its number, with directions, and each side by itself', () => {
    expect(Object.fromEntries(sample.filters.map(({ title, filter }) => [title, filter]))).toEqual({
      'A ↔ B': `tcp.stream == ${sample.stream}`,
      'A → B': `tcp.stream == ${sample.stream} && ip.src == ${a.address} && tcp.srcport == ${a.port} && ip.dst == ${b.address} && tcp.dstport == ${b.port}`,
      'B → A': `tcp.stream == ${sample.stream} && ip.src == ${b.address} && tcp.srcport == ${b.port} && ip.dst == ${a.address} && tcp.dstport == ${a.port}`,
      'A ↔ any': `ip.addr == ${a.address} && tcp.port == ${a.port}`,
      'A → any': `ip.src == ${a.address} && tcp.srcport == ${a.port}`,
      'any → A': `ip.dst == ${a.address} && tcp.dstport == ${a.port}`,
      'any ↔ B': `ip.addr == ${b.address} && tcp.port == ${b.port}`,
      'any → B': `ip.dst == ${b.address} && tcp.dstport == ${b.port}`,
      'B → any': `ip.src == ${b.address} && tcp.srcport == ${b.port}`,
    });
  });

  test('of an endpoint are both directions and each', () => {
    const [row] = rowsOf(capture, 'endpoints', 'ipv6');
    const address = row?.ends[0]?.address ?? '';
    expect(row?.filters.map(({ filter }) => filter)).toEqual([`ipv6.addr == ${address}`, `ipv6.src == ${address}`, `ipv6.dst == ${address}`]);
  });

  test('are left out where nobody asked', () => {
    const tally = new TrafficTally(capture.columns, capture.streams);
    tally.take(everyPosition(capture), capture.packets.length, []);
    const table = finish(trafficTables('endpoints', tally.traffic)).tcp;
    expect(trafficRow(table, 'tcp', table.rows[0] ?? 0, false).filters).toEqual([]);
  });
});
