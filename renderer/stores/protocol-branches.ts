/** Rows of a tree of protocols that are open: nodes come depth first, children behind their parent. */
import type { ProtocolNode } from '../../shared/ipc/statistics-contract.ts';

type Node = Pick<ProtocolNode, 'depth' | 'protocol' | 'osi'>;

export function hasChildren(nodes: readonly Node[], index: number): boolean {
  return (nodes[index + 1]?.depth ?? -1) > (nodes[index]?.depth ?? 0);
}

/** Index of a node's parent; −1 where it has none. */
export function parentOf(nodes: readonly Node[], index: number): number {
  const depth = nodes[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at -= 1) if ((nodes[at]?.depth ?? 0) < depth) return at;
  return -1;
}

/** Names a branch, whatever is counted in it: its protocols, from the outermost on. */
export function branchKey(nodes: readonly Node[], index: number): string {
  const names: string[] = [];
  for (let at = index; at >= 0; at = parentOf(nodes, at)) names.unshift(`${nodes[at]?.protocol}${nodes[at]?.osi}`);
  return names.join(':');
}

/** Indexes of the nodes that no closed branch hides. */
export function openNodes(nodes: readonly Node[], closed: ReadonlySet<string>): number[] {
  const visible: number[] = [];
  const path: string[] = [];
  let hiddenBelow = Infinity;
  for (const [index, { depth, protocol, osi }] of nodes.entries()) {
    path.length = depth;
    path.push(`${protocol}${osi}`);
    if (depth > hiddenBelow) continue;
    hiddenBelow = closed.size > 0 && closed.has(path.join(':')) ? depth : Infinity;
    visible.push(index);
  }
  return visible;
}
