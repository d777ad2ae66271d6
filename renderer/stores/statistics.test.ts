import { expect, test } from 'vitest';
import type { ProtocolNode, TrafficRow } from '../../shared/ipc/statistics-contract.ts';
import { createStatisticsStore, protocolsCounted, putTrafficPage, selectStatisticRow, sortTraffic, trafficPageRows } from './statistics.ts';

function row(address: string): TrafficRow {
  return { ends: [{ address, port: null }], stream: null, packets: [1, 0], bytes: [60, 0], startNs: 0, durationNs: 0, firstPacket: 1, filters: [] };
}

const everything = (): boolean => true;
const page = (key: string, ...addresses: readonly string[]): { key: string; rows: TrafficRow[] } => ({ key, rows: addresses.map(row) });

test('a selected row is followed where it goes as packets are added', () => {
  const store = createStatisticsStore();
  putTrafficPage(store, 0, page('1', 'a', 'b', 'c'), everything);
  selectStatisticRow(store, 1);
  putTrafficPage(store, 0, page('2', 'c', 'a', 'b'), everything);
  expect(store.getState()).toMatchObject({ selected: 2, selectedRow: { ends: [{ address: 'b' }] } });
  // Gone from this page, and not seen on another: it stays what menus are about.
  putTrafficPage(store, 0, page('3', 'd', 'c', 'a'), everything);
  expect(store.getState()).toMatchObject({ selected: -1, selectedRow: { ends: [{ address: 'b' }] } });
  putTrafficPage(store, 1, page('3', 'b'), everything);
  expect(store.getState().selected).toBe(trafficPageRows);
});

test('a row that is selected before it is loaded is known once it is', () => {
  const store = createStatisticsStore();
  selectStatisticRow(store, trafficPageRows + 1);
  putTrafficPage(store, 0, page('1', 'a'), everything);
  expect(store.getState().selectedRow).toBeNull();
  putTrafficPage(store, 1, page('1', 'b', 'c'), everything);
  expect(store.getState().selectedRow).toMatchObject({ ends: [{ address: 'c' }] });
});

test('pages that are not kept are forgotten', () => {
  const store = createStatisticsStore();
  putTrafficPage(store, 0, page('1', 'a'), everything);
  putTrafficPage(store, 9, page('1', 'b'), (other) => other > 5);
  expect([...store.getState().pages.keys()]).toEqual([9]);
});

test.each([
  ['bytes', [false, true]],
  ['addressA', [false, true]],
  ['packets', [true, false]],
] as const)('a click on %s sorts, a second one turns it round', (column, expected) => {
  const store = createStatisticsStore();
  const directions = expected.map(() => {
    sortTraffic(store, 'conversations', column);
    return store.getState().sorts.conversations.descending;
  });
  expect(directions).toEqual(expected);
});

test('a selected protocol is followed where it goes', () => {
  const store = createStatisticsStore();
  const node = (depth: number, protocol: string): ProtocolNode => ({ depth, protocol, title: protocol, osi: 4, packets: 1, bytes: 1, endPackets: 0, endBytes: 0, firstPacket: 1, filter: protocol });
  const counted = (...chains: readonly ProtocolNode[]): void => protocolsCounted(store, { state: 'ready', share: 1, packets: 1, durationNs: null, chains, layers: [] });
  counted(node(0, 'frame'), node(1, 'udp'));
  selectStatisticRow(store, 1);
  counted(node(0, 'frame'), node(1, 'tcp'), node(2, 'tls'), node(1, 'udp'));
  expect(store.getState().selected).toBe(3);
});
