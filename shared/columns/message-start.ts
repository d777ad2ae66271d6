/** Packets of which the deep pass knows that they only begin a message. */
import type { ReassemblyTable } from '../streams/reassembly-table.ts';
import { PART } from '../streams/reassembly-table.ts';
import type { PacketColumns } from './packet-columns.ts';

/** Whether a packet with plain headers holds but the beginning of a TCP message that another packet shows. */
export function beginsMessage(columns: PacketColumns, table: ReassemblyTable, position: number): boolean {
  if (columns.kinds.kind(columns.kind(position))?.chain.endsWith(':tcp') !== true) return false;
  const [only, ...others] = table.partsOf(position + 1, 0);
  if (only === undefined || others.length > 0) return false;
  const { kind, message } = table.part(only);
  const shownIn = table.doneIn(message);
  return kind === PART.start && shownIn !== 0 && shownIn !== position + 1;
}
