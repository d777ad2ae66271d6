/** Columns of the protocol hierarchy behind the protocol's name, on screen and copied. */
import { formatCompactCount, formatCount, formatPercent } from '../../../shared/format/size.ts';
import type { ProtocolNode } from '../../../shared/ipc/statistics-contract.ts';

/** What a column's texts are made from. */
interface Measured {
  readonly node: ProtocolNode;
  /** All packets and their bytes. */
  readonly all: { readonly packets: number; readonly bytes: number };
  readonly durationNs: number | null;
}

export interface ProtocolColumnView {
  readonly id: string;
  readonly title: string;
  /** CSS pixels that the texts of its cells need. */
  readonly width: number;
  readonly text: (measured: Measured) => string;
  readonly exact: (measured: Measured) => string;
  /** 0…1, drawn as a bar behind the text. */
  readonly share?: (measured: Measured) => number;
}

const countColumn = (id: string, title: string, width: number, value: (node: ProtocolNode) => number): ProtocolColumnView => ({
  id, title, width, text: ({ node }) => formatCount(value(node)), exact: ({ node }) => String(value(node)),
});

function shareColumn(id: string, title: string, value: 'packets' | 'bytes'): ProtocolColumnView {
  const share = ({ node, all }: Measured): number => (all[value] === 0 ? 0 : node[value] / all[value]);
  return { id, title, width: 110, share, text: ({ node, all }) => formatPercent(node[value], all[value]), exact: (measured) => (100 * share(measured)).toFixed(3) };
}

/** Over the whole of what was counted, as in Wireshark; null where that has no duration. */
function rateOf({ node, durationNs }: Measured): number | null {
  return durationNs === null || durationNs === 0 ? null : Math.round((node.bytes * 8e9) / durationNs);
}

/** The first one, the protocol, is drawn as a tree. */
export const protocolColumns: readonly ProtocolColumnView[] = [
  { id: 'protocol', title: 'Protocol', width: 260, text: ({ node }) => node.title, exact: ({ node }) => `${'  '.repeat(node.depth)}${node.protocol === '' ? node.title : node.protocol}` },
  shareColumn('share', '% packets', 'packets'),
  countColumn('packets', 'Packets', 90, ({ packets }) => packets),
  shareColumn('byteShare', '% bytes', 'bytes'),
  countColumn('bytes', 'Bytes', 110, ({ bytes }) => bytes),
  {
    id: 'rate',
    title: 'Bits/s',
    width: 80,
    text: (measured) => (rateOf(measured) === null ? '' : formatCompactCount(rateOf(measured) ?? 0)),
    exact: (measured) => String(rateOf(measured) ?? ''),
  },
  countColumn('endPackets', 'End packets', 96, ({ endPackets }) => endPackets),
  countColumn('endBytes', 'End bytes', 100, ({ endBytes }) => endBytes),
  countColumn('first', 'First packet', 92, ({ firstPacket }) => firstPacket),
];

/** What shares are of: all packets, which the chains begin with and layers are not told of. */
export function allOf(protocols: { readonly chains: readonly ProtocolNode[] } | null): Measured['all'] {
  return protocols?.chains[0] ?? nothing;
}

const nothing: Measured['all'] = { packets: 0, bytes: 0 };

export function protocolCells(measured: Measured): string[] {
  return protocolColumns.map(({ exact }) => exact(measured));
}
