/** Rows of a table of conversations or endpoints in order of a column. Equal ones stay as they are, ascending and descending alike. */
import { within } from '../../columns/steps.ts';
import type { Steps } from '../../columns/steps.ts';
import { sortByNumbers, sortByWords } from '../../columns/view-sort.ts';
import { readU32 } from '../../bytes/reader.ts';
import type { TrafficColumn, TrafficSort } from '../../ipc/statistics-contract.ts';
import type { AddressTable } from '../../streams/address-table.ts';
import type { TrafficTable } from './traffic-tables.ts';

type NumberOf = (table: TrafficTable, row: number) => number | null;

/** What is not an address is a number; null where a row has none, which stands before all others. */
const numbers: Readonly<Record<Exclude<TrafficColumn, 'addressA' | 'addressB'>, NumberOf>> = {
  portA: (table, row) => table.port(row, 0),
  portB: (table, row) => table.port(row, 1),
  stream: (table, row) => table.stream(row),
  packets: ({ tallies }, row) => tallies.packets(row, 0) + tallies.packets(row, 1),
  bytes: ({ tallies }, row) => tallies.bytes(row, 0) + tallies.bytes(row, 1),
  packetsOut: ({ tallies }, row) => tallies.packets(row, 0),
  bytesOut: ({ tallies }, row) => tallies.bytes(row, 0),
  packetsIn: ({ tallies }, row) => tallies.packets(row, 1),
  bytesIn: ({ tallies }, row) => tallies.bytes(row, 1),
  start: ({ tallies }, row) => tallies.fromNs(row),
  duration: ({ tallies }, row) => tallies.durationNs(row),
  rateOut: ({ tallies }, row) => tallies.bitsPerSecond(row, 0),
  rateIn: ({ tallies }, row) => tallies.bitsPerSecond(row, 1),
  first: ({ tallies }, row) => tallies.firstPosition(row),
};

/** Numbers of rows in order; the table's own list stays as it is. */
export function* sortedRows(table: TrafficTable, { column, descending }: TrafficSort): Steps<Uint32Array> {
  const rows = table.rows.slice();
  if (column === 'addressA' || column === 'addressB') return yield* sortByAddress(rows, table, column === 'addressA' ? 0 : 1, descending);
  const numberOf = numbers[column];
  return yield* sortByNumbers(rows, (row) => numberOf(table, row) ?? NaN, descending);
}

/** As numbers, so that 10.0.0.9 stands before 10.0.0.10; within an address by port. */
function* sortByAddress(rows: Uint32Array, table: TrafficTable, side: 0 | 1, descending: boolean): Steps<Uint32Array> {
  if (table.sides === 1 && side === 1) return rows;
  const ranks = yield* within(ranksOf(table.addresses), 0, 0.5);
  const words = [(row: number): number => ranks[table.address(row, side)] as number];
  if (table.hasPorts) words.unshift((row) => table.port(row, side));
  return yield* within(sortByWords(rows, words, descending), 0.5, 1);
}

/** The rank of each address among all: far fewer than rows name. Ids of one address have the same. */
function* ranksOf(addresses: AddressTable): Steps<Uint32Array> {
  const ids = Uint32Array.from({ length: addresses.count }, (_, id) => id);
  // The word that weighs most comes last; an IPv4 address has but one, and stands before all of IPv6.
  const words = [12, 8, 4, 0].map((at) => (id: number): number => {
    const bytes = addresses.bytes(id);
    return at < bytes.length ? readU32(bytes, at) : 0;
  });
  const order = yield* sortByWords(ids, [...words, (id) => addresses.version(id)], false);
  const ranks = new Uint32Array(order.length);
  let rank = 0;
  for (let at = 0; at < order.length; at += 1) {
    const id = order[at] as number;
    if (at > 0 && !isSame(addresses, id, order[at - 1] as number)) rank += 1;
    ranks[id] = rank;
    if (at % RANKS_PER_STEP === RANKS_PER_STEP - 1) yield 1;
  }
  return ranks;
}

const RANKS_PER_STEP = 4096;

function isSame(addresses: AddressTable, one: number, other: number): boolean {
  const [bytes, others] = [addresses.bytes(one), addresses.bytes(other)];
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at]);
}
