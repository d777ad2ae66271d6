/** A field on its way from the tree to the filter bar or to the titles of the list, by pointer; menus and keys do the same. */
import type { TreeNode } from '../../shared/ipc/contract.ts';

/** What is dragged is told by type, so that nothing else that is dropped is taken for a field. */
const dragType = 'application/x-layerscope-field';

export interface DraggedField {
  /** Filter name; "" for a line that is no field. */
  readonly field: string;
  readonly title: string;
  /** Display filter for packets with the same; "" where there is none. */
  readonly filter: string;
}

type Transfer = Pick<DataTransfer, 'types' | 'getData' | 'setData'>;

export function startFieldDrag(transfer: Transfer, { field, title, filter, label }: TreeNode): void {
  const dragged: DraggedField = { field, title, filter };
  transfer.setData(dragType, JSON.stringify(dragged));
  // For whoever else takes it: another program, a text field.
  transfer.setData('text/plain', filter === '' ? label : filter);
}

export function carriesField(transfer: Transfer | null): boolean {
  return transfer?.types.includes(dragType) ?? false;
}

/** What was dropped; null where it was no field of this program's. */
export function droppedField(transfer: Transfer | null): DraggedField | null {
  try {
    const dropped: unknown = JSON.parse(transfer?.getData(dragType) ?? '');
    if (typeof dropped !== 'object' || dropped === null || !('field' in dropped) || !('title' in dropped) || !('filter' in dropped)) return null;
    const { field, title, filter } = dropped;
    return typeof field === 'string' && typeof title === 'string' && typeof filter === 'string' ? { field, title, filter } : null;
  } catch {
    return null;
  }
}
