/** What a key does in the header tree: a pure decision, drawn and stored by the view. */
import { allKeys, hasChildren, isExpanded, subtreeKeys, type Expanded, type TreeModel } from './tree-model.ts';

export interface TreeKey {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
}

export type TreeAction =
  | { readonly kind: 'select'; readonly node: number }
  | { readonly kind: 'expand' | 'collapse'; readonly keys: readonly string[] }
  | { readonly kind: 'follow'; readonly packet: number };

export interface TreePosition {
  readonly tree: TreeModel;
  readonly expanded: Expanded;
  readonly visible: readonly number[];
  /** Selected node; -1 for none. */
  readonly selected: number;
  readonly rowsPerPage: number;
}

/** Returns null for keys that mean nothing here, so that they go on to the window's commands. */
export function treeAction(position: TreePosition, pressed: TreeKey): TreeAction | null {
  if (pressed.alt) return null;
  if (pressed.control) return controlAction(position, pressed.key);
  if (pressed.shift) return shiftAction(position, pressed.key);
  return moveAction(position, pressed.key) ?? nodeAction(position, pressed.key);
}

/** Ctrl+Right and Ctrl+Left: everything. */
function controlAction({ tree }: TreePosition, key: string): TreeAction | null {
  if (key === 'ArrowRight') return { kind: 'expand', keys: allKeys(tree) };
  if (key === 'ArrowLeft') return { kind: 'collapse', keys: allKeys(tree) };
  return null;
}

/** Shift+Right and Shift+Left: the node and all inside it. */
function shiftAction({ tree, selected }: TreePosition, key: string): TreeAction | null {
  if (selected < 0) return null;
  if (key === 'ArrowRight') return { kind: 'expand', keys: subtreeKeys(tree, selected) };
  if (key === 'ArrowLeft') return { kind: 'collapse', keys: subtreeKeys(tree, selected) };
  return null;
}

function moveAction({ visible, selected, rowsPerPage }: TreePosition, key: string): TreeAction | null {
  const at = visible.indexOf(selected);
  const last = visible.length - 1;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: at + rowsPerPage,
    PageUp: at - rowsPerPage,
    Home: 0,
    End: last,
  };
  if (!Object.hasOwn(targets, key)) return null;
  const node = visible[Math.min(last, Math.max(0, targets[key] ?? 0))];
  return node === undefined ? null : { kind: 'select', node };
}

function nodeAction({ tree, expanded, selected }: TreePosition, key: string): TreeAction | null {
  if (selected < 0) return null;
  const open = hasChildren(tree.nodes, selected) && isExpanded(tree, expanded, selected);
  const closed = hasChildren(tree.nodes, selected) && !open;
  const own = [tree.keys[selected] ?? ''];
  const parent = tree.parents[selected] ?? -1;
  const toParent: TreeAction | null = parent < 0 ? null : { kind: 'select', node: parent };
  if (key === 'ArrowRight') return closed ? { kind: 'expand', keys: own } : open ? { kind: 'select', node: selected + 1 } : null;
  if (key === 'ArrowLeft') return open ? { kind: 'collapse', keys: own } : toParent;
  if (key === 'Backspace') return toParent;
  if (key !== 'Enter' && key !== ' ') return null;
  const link = tree.nodes[selected]?.link ?? 0;
  if (key === 'Enter' && link > 0) return { kind: 'follow', packet: link };
  return open ? { kind: 'collapse', keys: own } : closed ? { kind: 'expand', keys: own } : null;
}
