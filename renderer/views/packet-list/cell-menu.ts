/** What the list's menu is about: a cell, the filter for it, and the field that it shows. */
import type { PacketDetail, SortOrder, TreeNode } from '../../../shared/ipc/contract.ts';
import { isSortedBy, sortedColumn } from '../../app/view-follower.ts';
import type { ListColumn } from '../../stores/columns.ts';

/** Columns whose filter finds nothing but the packet itself: a menu that nobody pointed anywhere with is better about others. */
const ofThePacket: ReadonlySet<string> = new Set(['number', 'time']);

/** What is asked of the packet. */
type ShownPacket = Pick<PacketDetail, 'terms' | 'row' | 'nodes'>;

/** The filter for a packet's cell; "" where it cannot be filtered by. */
export function cellTerm({ id, custom }: ListColumn, { terms, row, nodes }: ShownPacket): string {
  if (custom !== null) return nodes.find((node) => node.field === custom.text && node.filter !== '')?.filter ?? '';
  const { source, destination, protocol } = terms;
  const number = `frame.number == ${row.number}`;
  const known: Readonly<Record<string, string>> = { source, destination, protocol, number, time: number, length: `frame.len == ${row.wireLength}` };
  return Object.hasOwn(known, id) ? (known[id] ?? '') : '';
}

/** The field that a filter for a cell is about; undefined where the tree has no line that says it. */
export function fieldOf(term: string, { nodes }: ShownPacket): TreeNode | undefined {
  return term === '' ? undefined : nodes.find(({ filter, field }) => filter === term && field !== '');
}

/**
 * The column that a menu asked for by the keyboard is about: the one where the user was last (`last`, its id), else
 * the one that the list is sorted by, else the first; of these the first that the packet can be filtered by. While
 * the packet is on its way (null), those count that mostly can be.
 */
export function keyboardColumn(shown: readonly ListColumn[], last: string, sort: SortOrder | null, detail: ShownPacket | null): ListColumn | undefined {
  const wanted = [...shown.filter(({ id }) => id === last), ...shown.filter((column) => isSortedBy(sort, sortedColumn(column))), ...shown.filter(({ id }) => !ofThePacket.has(id)), ...shown];
  return wanted.find((column) => (detail === null ? column.id !== 'info' : cellTerm(column, detail) !== '')) ?? shown[0];
}
