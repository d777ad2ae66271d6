/** Statistics of made-up packets: conversations and protocols of the rows, counted as they are asked for. */
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Row, engineContract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/peer.ts';
import type { ProtocolNode, TrafficColumn, TrafficKind, TrafficRow, TrafficTab } from '../../shared/ipc/statistics-contract.ts';
import { fakeRow } from './fake-packets.ts';

type StatisticsCalls = Pick<Handlers<typeof engineContract>, 'statistics.traffic' | 'statistics.rows' | 'statistics.protocols'>;

/** A filter that stays under way, so that its progress can be looked at. */
export const endlessFilter = 'endless';

export function fakeStatistics(packets: () => number): StatisticsCalls {
  const tables = new Map<number, { readonly what: TrafficKind; readonly text: string }>();
  const rowsOf = (text: string): Row[] => Array.from({ length: packets() }, (_, index) => fakeRow(index + 1)).filter(({ protocol }) => text === '' || protocol.toLowerCase() === text);
  const check = (text: string): void => {
    if (!['', 'tcp', 'dns', endlessFilter].includes(text)) throw new IpcError('failed', `"${text}" is neither a field nor a protocol name.`);
  };
  let last = 0;
  return {
    'statistics.traffic': ({ what, of, text }, { emit, signal }) => {
      check(text);
      const table = (last += 1);
      tables.set(table, { what, text });
      signal.addEventListener('abort', () => tables.delete(table));
      if (text === endlessFilter) return emit({ table, generation: 0, state: 'counting', share: 0.42, packets: 17, rows: {}, unlistedPackets: 0, otherPackets: 0 });
      const counted = rowsOf(text);
      const count = (tab: FakeTab): number => trafficOf(what, tab, counted).length;
      const rows = of === 'ethernet' ? { eth: count('eth') } : { ipv4: count('ipv4'), ipv6: 0, tcp: count('tcp'), udp: 0 };
      return emit({ table, generation: 1, state: 'ready', share: 1, packets: counted.length, rows, unlistedPackets: 0, otherPackets: of === 'ethernet' ? 1 : 0 });
    },
    'statistics.rows': ({ table, tab, sort, from, count, withFilters }) => {
      const found = tables.get(table);
      if (found === undefined) throw new IpcError('not-found', `There is no table ${table}.`);
      const rows = tab === 'ipv6' || tab === 'udp' ? [] : trafficOf(found.what, tab, rowsOf(found.text));
      rows.sort((one, two) => (keyOf(one, sort.column) - keyOf(two, sort.column)) * (sort.descending ? -1 : 1));
      return { value: { generation: 1, total: rows.length, rows: rows.slice(from, from + count).map((row) => (withFilters ? row : { ...row, filters: [] })) } };
    },
    'statistics.protocols': ({ text }, { emit }) => {
      check(text);
      if (text === endlessFilter) return emit({ state: 'counting', share: 0.42, packets: 17, durationNs: null, chains: [], layers: [] });
      const counted = rowsOf(text);
      const node = (depth: number, protocol: string, title: string, osi: number, wanted: readonly Row[]): ProtocolNode => {
        const size = { packets: wanted.length, bytes: wanted.reduce((sum, { wireLength }) => sum + wireLength, 0) };
        return { depth, protocol, title, osi, ...size, endPackets: depth === 0 ? 0 : size.packets, endBytes: depth === 0 ? 0 : size.bytes, firstPacket: wanted[0]?.number ?? 0, filter: protocol };
      };
      const names = [...new Set(counted.map(({ protocol }) => protocol))];
      const nodes = names.map((name) => counted.filter(({ protocol }) => protocol === name)).map((wanted) => node(1, wanted[0]!.protocol.toLowerCase(), wanted[0]!.protocol, wanted[0]!.layer, wanted));
      return emit({ state: 'ready', share: 1, packets: counted.length, durationNs: 2e9, chains: [node(0, 'frame', 'Frame', 1, counted), ...nodes], layers: nodes.flatMap((one) => [{ ...one, depth: 0, protocol: '', filter: '', title: `Layer of ${one.title}` }, one]) });
    },
  };
}

const keys: Partial<Record<TrafficColumn, (row: TrafficRow) => number>> = {
  packets: ({ packets }) => packets[0] + packets[1],
  bytes: ({ bytes }) => bytes[0] + bytes[1],
  start: ({ firstPacket }) => firstPacket,
};

function keyOf(row: TrafficRow, column: TrafficColumn): number {
  return keys[column]?.(row) ?? 0;
}

type FakeTab = Exclude<TrafficTab, 'ipv6' | 'udp'>;

/** Rows by the two addresses that they name, or by each of them; TCP by the conversation, with made-up ports; Ethernet with a MAC address for each IPv4 address. */
function trafficOf(what: TrafficKind, tab: FakeTab, counted: readonly Row[]): TrafficRow[] {
  const found = new Map<string, TrafficRow>();
  for (const row of counted) {
    const stream = row.conversation?.startsWith('tcp ') === true ? Number(row.conversation.slice(4)) : null;
    if (!row.source.includes('.') || (tab === 'tcp' && stream === null)) continue;
    const [source, destination] = [row.source, row.destination].map((address) => (tab === 'eth' ? macOf(address) : address)) as [string, string];
    const ends = [source, destination].sort((one, two) => Number(two.startsWith('192.168')) - Number(one.startsWith('192.168')));
    const lists = what === 'conversations' ? [ends] : ends.map((end) => [end]);
    for (const list of lists) {
      const key = `${list.join()} ${tab === 'tcp' ? stream : ''}`;
      const known = found.get(key) ?? emptyRow(list, tab === 'tcp' ? stream : null, row.number);
      const side = source === list[0] ? 0 : 1;
      const add = (pair: TrafficRow['packets'], amount: number): TrafficRow['packets'] => (side === 0 ? [pair[0] + amount, pair[1]] : [pair[0], pair[1] + amount]);
      found.set(key, { ...known, packets: add(known.packets, 1), bytes: add(known.bytes, row.wireLength), durationNs: 1e9 });
    }
  }
  return [...found.values()];
}

function macOf(address: string): string {
  return `02:00:${address.split('.').map((part) => Number(part).toString(16).padStart(2, '0')).join(':')}`;
}

function emptyRow(list: readonly string[], stream: number | null, firstPacket: number): TrafficRow {
  const [one = '', other = ''] = list;
  const field = one.includes(':') ? 'eth' : 'ip';
  const whole = stream === null ? `${field}.addr == ${one}${other === '' ? '' : ` && ${field}.addr == ${other}`}` : `tcp.stream == ${stream}`;
  return {
    ends: list.map((address, index) => ({ address, port: stream === null ? null : index === 0 ? 50_000 + stream : 443 })),
    stream: list.length === 2 ? stream : null,
    packets: [0, 0],
    bytes: [0, 0],
    startNs: 0,
    durationNs: 0,
    firstPacket,
    filters: list.length === 2 ? [{ title: 'A ↔ B', filter: whole }, { title: 'A → B', filter: `${field}.src == ${one}` }] : [{ title: 'Both directions', filter: whole }],
  };
}
