/** A row of a table of conversations or endpoints as windows show it, and the display filters that it stands for. */
import { etherText, ipv4Text, ipv6Text } from '../../dissect/address-text.ts';
import type { NamedFilter, TrafficRow, TrafficTab } from '../../ipc/statistics-contract.ts';
import type { TrafficTable } from './traffic-tables.ts';

type End = TrafficRow['ends'][number];

export function trafficRow(table: TrafficTable, tab: TrafficTab, row: number, withFilters: boolean): TrafficRow {
  const { tallies } = table;
  const ends = (table.sides === 2 ? ([0, 1] as const) : ([0] as const)).map((side) => endOf(table, tab, row, side));
  const stream = table.stream(row);
  return {
    ends,
    stream,
    packets: [tallies.packets(row, 0), tallies.packets(row, 1)],
    bytes: [tallies.bytes(row, 0), tallies.bytes(row, 1)],
    startNs: tallies.fromNs(row),
    durationNs: tallies.durationNs(row),
    firstPacket: tallies.firstPosition(row) + 1,
    filters: withFilters ? filtersOf(tab, ends, stream) : [],
  };
}

function endOf(table: TrafficTable, tab: TrafficTab, row: number, side: 0 | 1): End {
  const bytes = table.addresses.bytes(table.address(row, side));
  const text = tab === 'eth' ? etherText : bytes.length === 4 ? ipv4Text : ipv6Text;
  return { address: text(bytes, 0), port: table.hasPorts ? table.port(row, side) : null };
}

type Direction = 'any' | 'from' | 'to';

const addressFields: Readonly<Record<'eth' | 'ip' | 'ipv6', Readonly<Record<Direction, string>>>> = {
  eth: { any: 'eth.addr', from: 'eth.src', to: 'eth.dst' },
  ip: { any: 'ip.addr', from: 'ip.src', to: 'ip.dst' },
  ipv6: { any: 'ipv6.addr', from: 'ipv6.src', to: 'ipv6.dst' },
};
const portFields: Readonly<Record<Direction, string>> = { any: 'port', from: 'srcport', to: 'dstport' };

/** What an address, with its port, sends, gets, or either. */
function termOf(tab: TrafficTab, { address, port }: End, direction: Direction): string {
  const fields = addressFields[tab === 'eth' ? 'eth' : address.includes(':') ? 'ipv6' : 'ip'];
  const term = `${fields[direction]} == ${address}`;
  return port === null ? term : `${term} && ${tab}.${portFields[direction]} == ${port}`;
}

/** In Wireshark's order and words, but for the whole of a TCP or UDP conversation, which its number finds exactly. */
function filtersOf(tab: TrafficTab, [a, b]: readonly End[], stream: number | null): NamedFilter[] {
  if (a === undefined) return [];
  const one = (title: string, ...terms: readonly string[]): NamedFilter => ({ title, filter: terms.join(' && ') });
  const side = (end: End, direction: Direction): string => termOf(tab, end, direction);
  if (b === undefined) return [one('Both directions', side(a, 'any')), one('Sent by it', side(a, 'from')), one('Sent to it', side(a, 'to'))];
  // Ports that are used again begin another conversation of the same addresses and ports.
  const within = stream === null ? [] : [`${tab}.stream == ${stream}`];
  return [
    stream === null ? one('A ↔ B', side(a, 'any'), side(b, 'any')) : one('A ↔ B', ...within),
    one('A → B', ...within, side(a, 'from'), side(b, 'to')),
    one('B → A', ...within, side(b, 'from'), side(a, 'to')),
    one('A ↔ any', side(a, 'any')),
    one('A → any', side(a, 'from')),
    one('any → A', side(a, 'to')),
    one('any ↔ B', side(b, 'any')),
    one('any → B', side(b, 'to')),
    one('B → any', side(b, 'from')),
  ];
}
