/** Columns of the tables of conversations and endpoints: what each says, on screen and copied. */
import { formatCompactCount, formatCount } from '../../../shared/format/size.ts';
import { formatSeconds, type Time } from '../../../shared/format/time.ts';
import type { TrafficColumn, TrafficKind, TrafficRow, TrafficTab } from '../../../shared/ipc/statistics-contract.ts';

export interface TrafficColumnView {
  readonly id: TrafficColumn;
  readonly title: string;
  readonly align: 'left' | 'right';
  /** CSS pixels that the texts of its cells need. */
  readonly width: number;
  /** As it is read. */
  readonly text: (row: TrafficRow) => string;
  /** As other programs take it: no separators, no rounding. */
  readonly exact: (row: TrafficRow) => string;
}

type Value = (row: TrafficRow) => number | null;

/** Microseconds are all that most captures have. */
const TIME_DIGITS = 6;

/** CSS pixels of up to 99,999,999 packets, 9,999,999,999 bytes, a day in microseconds, and bits/s with their unit. */
const widths = { packets: 76, bytes: 96, time: 92, rate: 66 } as const;

function numberColumn(id: TrafficColumn, title: string, width: number, value: Value, write: (value: number) => string = formatCount): TrafficColumnView {
  const text = (row: TrafficRow, how: (value: number) => string): string => {
    const found = value(row);
    return found === null ? '' : how(found);
  };
  return { id, title, align: 'right', width, text: (row) => text(row, write), exact: (row) => text(row, String) };
}

function timeColumn(id: TrafficColumn, title: string, value: Value): TrafficColumnView {
  const seconds = (ns: number, digits: number): string => formatSeconds(timeOf(ns), digits);
  const column = numberColumn(id, title, widths.time, value, (ns) => seconds(ns, TIME_DIGITS));
  return { ...column, exact: (row) => (value(row) === null ? '' : seconds(value(row) ?? 0, 9)) };
}

function timeOf(ns: number): Time {
  const seconds = Math.floor(ns / 1e9);
  return { seconds, nanos: Math.round(ns - seconds * 1e9) };
}

/** CSS pixels of the longest address in a table. */
const addressWidths = { mac: 114, ipv4: 108, ipv6: 280 } as const;

function addressColumn(id: 'addressA' | 'addressB', title: string, end: 0 | 1, longest: keyof typeof addressWidths): TrafficColumnView {
  const text = (row: TrafficRow): string => row.ends[end]?.address ?? '';
  return { id, title, align: 'left', width: addressWidths[longest], text, exact: text };
}

/** Ports are names, not amounts: no separators. */
const portColumn = (id: 'portA' | 'portB', title: string, end: 0 | 1): TrafficColumnView => numberColumn(id, title, 58, (row) => row.ends[end]?.port ?? null, String);

/** Bits a second that a side sent while the row lasted; null where it has no duration. */
function rateOf({ bytes, durationNs }: TrafficRow, side: 0 | 1): number | null {
  return durationNs === null || durationNs === 0 ? null : Math.round((bytes[side] * 8e9) / durationNs);
}

/** For each direction: the words that titles end with. */
const directions: Readonly<Record<TrafficKind, readonly [out: string, back: string]>> = { conversations: ['A → B', 'B → A'], endpoints: ['sent', 'received'] };

/** `hasIpv6`: some addresses need the room of IPv6. */
export function trafficColumnsOf(what: TrafficKind, tab: TrafficTab, hasIpv6 = false): readonly TrafficColumnView[] {
  const isPair = what === 'conversations';
  const hasPorts = tab === 'tcp' || tab === 'udp';
  const longest = tab === 'eth' ? 'mac' : tab === 'ipv6' || (hasPorts && hasIpv6) ? 'ipv6' : 'ipv4';
  const [out, back] = directions[what];
  return [
    addressColumn('addressA', isPair ? 'Address A' : 'Address', 0, longest),
    ...(hasPorts ? [portColumn('portA', isPair ? 'Port A' : 'Port', 0)] : []),
    ...(isPair ? [addressColumn('addressB', 'Address B', 1, longest)] : []),
    ...(isPair && hasPorts ? [portColumn('portB', 'Port B', 1), numberColumn('stream', 'Stream', 66, (row) => row.stream, String)] : []),
    numberColumn('packets', 'Packets', widths.packets, ({ packets }) => packets[0] + packets[1]),
    numberColumn('bytes', 'Bytes', widths.bytes, ({ bytes }) => bytes[0] + bytes[1]),
    numberColumn('packetsOut', `Packets ${out}`, widths.packets, ({ packets }) => packets[0]),
    numberColumn('bytesOut', `Bytes ${out}`, widths.bytes, ({ bytes }) => bytes[0]),
    numberColumn('packetsIn', `Packets ${back}`, widths.packets, ({ packets }) => packets[1]),
    numberColumn('bytesIn', `Bytes ${back}`, widths.bytes, ({ bytes }) => bytes[1]),
    timeColumn('start', 'Start (s)', ({ startNs }) => startNs),
    timeColumn('duration', 'Duration (s)', ({ durationNs }) => durationNs),
    numberColumn('rateOut', `Bits/s ${out}`, widths.rate, (row) => rateOf(row, 0), formatCompactCount),
    numberColumn('rateIn', `Bits/s ${back}`, widths.rate, (row) => rateOf(row, 1), formatCompactCount),
    numberColumn('first', 'First packet', widths.packets, ({ firstPacket }) => firstPacket),
  ];
}

export function exactCells(columns: readonly TrafficColumnView[], row: TrafficRow): string[] {
  return columns.map(({ exact }) => exact(row));
}
