/**
 * Tables of conversations and of endpoints, made of what was counted by conversation: what two addresses exchanged is
 * the sum of their TCP, UDP and other packets, and an endpoint's traffic that of all its conversations.
 *
 * Addresses are told apart by what they are, not by their ids: a capture may have several ids for one (see
 * `Streams.forgetSilent`), and those of outer headers are numbered by themselves.
 */
import { within } from '../../columns/steps.ts';
import type { Steps } from '../../columns/steps.ts';
import { sortByWords } from '../../columns/view-sort.ts';
import type { InternetTab, TrafficKind, TrafficTab } from '../../ipc/statistics-contract.ts';
import { AddressTable } from '../../streams/address-table.ts';
import { FlowTable } from '../../streams/flow-table.ts';
import { MOST_ROWS, ONE_SIDE, SAME_SIDES, Tallies, TURNED_SIDES } from './tallies.ts';
import type { TalliedEnds, TalliedTraffic } from './traffic-tally.ts';

export interface TrafficTable {
  /** Rows with traffic, in order of their first appearance. */
  readonly rows: Uint32Array;
  readonly tallies: Tallies;
  /** Two of a conversation, one of an endpoint. */
  readonly sides: 1 | 2;
  readonly hasPorts: boolean;
  readonly addresses: AddressTable;
  address(row: number, side: 0 | 1): number;
  port(row: number, side: 0 | 1): number;
  /** Number of the conversation that `tcp.stream` or `udp.stream` has; null where a row is none. */
  stream(row: number): number | null;
}

/** Tables that are made of one count. */
export type TrafficTables = Readonly<Partial<Record<TrafficTab, TrafficTable>>>;
export type InternetTables = Readonly<Record<InternetTab, TrafficTable>>;

/** Rows between two steps. */
const STEP = 2048;

/** Tables of what has been counted so far. They are to be made again when more is. */
export function* trafficTables(what: TrafficKind, traffic: TalliedTraffic): Steps<InternetTables> {
  return what === 'conversations' ? yield* conversationTables(traffic) : yield* endpointTables(traffic);
}

/** The same of what Ethernet headers say. */
export function* ethernetTables(what: TrafficKind, traffic: TalliedEnds): Steps<Required<Pick<TrafficTables, 'eth'>>> {
  if (what === 'endpoints') return { eth: yield* endpointTable([traffic], false) };
  const { ends, addresses, tallies } = traffic;
  return { eth: { rows: yield* byAppearance(tallies), tallies, sides: 2, hasPorts: false, addresses, ...accessOf(ends), stream: () => null } };
}

function* conversationTables(traffic: TalliedTraffic): Steps<InternetTables> {
  const pairs = yield* within(pairsOf(traffic), 0, 0.6);
  const [ipv4, ipv6] = yield* within(byVersion(pairs), 0.6, 0.8);
  const tcp = yield* within(streamTable(traffic.tcp), 0.8, 0.9);
  const udp = yield* within(streamTable(traffic.udp), 0.9, 1);
  return { ipv4, ipv6, tcp, udp };
}

/** TCP and UDP conversations have a row each, by their number. */
function* streamTable({ ends, addresses, tallies }: TalliedEnds): Steps<TrafficTable> {
  return { rows: yield* byAppearance(tallies), tallies, sides: 2, hasPorts: true, addresses, ...accessOf(ends), stream: (row) => row };
}

function accessOf(ends: TalliedEnds['ends']): Pick<TrafficTable, 'address' | 'port'> {
  return { address: (row, side) => ends.address(row, side), port: (row, side) => ends.port(row, side) };
}

/** Pairs of addresses, whatever they exchange. Side A is the one that sent first. */
function* pairsOf({ tcp, udp, ip, outer }: TalliedTraffic): Steps<TrafficTable> {
  const places = new Places();
  const pairs = new FlowTable();
  const tallies = new Tallies();
  const pairOf = (part: TalliedEnds, row: number): number => pairs.findOrAdd(places.of(part, row, 0), 0, places.of(part, row, 1), 0);
  // The capture's own table has all pairs but outer ones, TCP's and UDP's too, with who sent first.
  yield* eachRow(Math.min(ip.ends.count(), MOST_ROWS), (row) => void pairOf(ip, row));
  for (const part of [ip, tcp, udp, outer]) {
    yield* eachRow(part.tallies.room, (row) => {
      if (part.tallies.firstPosition(row) < 0) return;
      const pair = pairOf(part, row);
      const sides = pairs.addressA(pair) === pairs.addressB(pair) ? ONE_SIDE : pairs.direction === 0 ? SAME_SIDES : TURNED_SIDES;
      tallies.merge(pair, sides, part.tallies, row);
    });
  }
  const address: TrafficTable['address'] = (pair, side) => (side === 0 ? pairs.addressA(pair) : pairs.addressB(pair));
  return { rows: yield* byAppearance(tallies), tallies, sides: 2, hasPorts: false, addresses: places.addresses, address, port: () => 0, stream: () => null };
}

function* endpointTables(traffic: TalliedTraffic): Steps<InternetTables> {
  const { tcp, udp, ip, outer } = traffic;
  const [ipv4, ipv6] = yield* within(byVersion(yield* within(endpointTable([ip, tcp, udp, outer], false), 0, 0.5)), 0.5, 0.6);
  const tcpTable = yield* within(endpointTable([tcp], true), 0.6, 0.8);
  const udpTable = yield* within(endpointTable([udp], true), 0.8, 1);
  return { ipv4, ipv6, tcp: tcpTable, udp: udpTable };
}

/** Who takes part in conversations, with or without the port. An endpoint that sends to itself also receives. */
function* endpointTable(parts: readonly TalliedEnds[], hasPorts: boolean): Steps<TrafficTable> {
  const places = new Places();
  // An endpoint is a flow to nowhere.
  const endpoints = new FlowTable();
  const tallies = new Tallies();
  for (const part of parts) {
    yield* eachRow(part.tallies.room, (row) => {
      if (part.tallies.firstPosition(row) < 0) return;
      for (const side of [0, 1] as const) {
        const endpoint = endpoints.findOrAdd(places.of(part, row, side), hasPorts ? part.ends.port(row, side) : 0, 0, 0);
        tallies.merge(endpoint, side === 0 ? SAME_SIDES : TURNED_SIDES, part.tallies, row);
      }
    });
  }
  return { rows: yield* byAppearance(tallies), tallies, sides: 1, hasPorts, addresses: places.addresses, address: (row) => endpoints.addressA(row), port: (row) => endpoints.portA(row), stream: () => null };
}

/** Addresses of several tables as ids of one. */
class Places {
  readonly addresses = new AddressTable();
  /** By table: ids here by ids there, one more where known. */
  readonly #known = new Map<AddressTable, Uint32Array>();

  of({ ends, addresses }: TalliedEnds, row: number, side: 0 | 1): number {
    const id = ends.address(row, side);
    const known = this.#knownOf(addresses, id);
    const place = known[id] as number;
    if (place > 0) return place - 1;
    const added = this.addresses.intern(addresses.version(id), addresses.bytes(id), 0);
    known[id] = added + 1;
    return added;
  }

  #knownOf(addresses: AddressTable, id: number): Uint32Array {
    const before = this.#known.get(addresses);
    if (before !== undefined && id < before.length) return before;
    const known = new Uint32Array(addresses.count);
    if (before !== undefined) known.set(before);
    this.#known.set(addresses, known);
    return known;
  }
}

function* eachRow(count: number, visit: (row: number) => void): Steps<void> {
  for (let row = 0; row < count; row += 1) {
    visit(row);
    if (row % STEP === STEP - 1) yield row / count;
  }
}

/** Rows with packets, in ascending order. */
function* usedRows(tallies: Tallies): Steps<Uint32Array> {
  const rows = new Uint32Array(tallies.room);
  let used = 0;
  yield* eachRow(tallies.room, (row) => {
    if (tallies.firstPosition(row) >= 0) rows[used++] = row;
  });
  return rows.slice(0, used);
}

function* byAppearance(tallies: Tallies): Steps<Uint32Array> {
  return yield* sortByWords(yield* usedRows(tallies), [(row) => tallies.firstPosition(row)], false);
}

function* byVersion(table: TrafficTable): Steps<readonly [TrafficTable, TrafficTable]> {
  const { rows, addresses } = table;
  const split = { 4: new Uint32Array(rows.length), 6: new Uint32Array(rows.length) };
  const used = { 4: 0, 6: 0 };
  yield* eachRow(rows.length, (at) => {
    const row = rows[at] as number;
    const version = addresses.version(table.address(row, 0));
    split[version][used[version]++] = row;
  });
  return [{ ...table, rows: split[4].slice(0, used[4]) }, { ...table, rows: split[6].slice(0, used[6]) }];
}
