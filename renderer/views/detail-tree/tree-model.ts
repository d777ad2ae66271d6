/**
 * The header tree as the engine sends it (a list in drawing order, with depths), made ready for
 * drawing: parents, path keys, severities carried upwards, and which nodes are visible.
 */
import type { PacketDetail, TreeNode } from '../../../shared/ipc/contract.ts';

export type Severity = NonNullable<TreeNode['severity']>;

export interface TreeModel {
  readonly detail: PacketDetail;
  readonly nodes: readonly TreeNode[];
  /** Index of each node's parent; -1 at the top. */
  readonly parents: readonly number[];
  /** Path of field names from the top: the same field has the same key in every packet. */
  readonly keys: readonly string[];
  /** The worst severity of each node and all it contains. */
  readonly severities: readonly (Severity | null)[];
  /** Index of the last top-level node that has children: open until the user says otherwise. */
  readonly innermost: number;
}

const severityRank: Readonly<Record<Severity, number>> = { error: 4, warn: 3, note: 2, chat: 1 };

export function buildTree(detail: PacketDetail): TreeModel {
  const { nodes } = detail;
  const parents: number[] = [];
  const keys: string[] = [];
  const path: number[] = [];
  let innermost = -1;
  nodes.forEach((node, index) => {
    path.length = node.depth;
    const parent = path[node.depth - 1] ?? -1;
    path[node.depth] = index;
    parents.push(parent);
    keys.push(`${parent < 0 ? '' : `${keys[parent] ?? ''}/`}${ownKey(node)}`);
    if (node.depth === 0 && hasChildren(nodes, index)) innermost = index;
  });
  return { detail, nodes, parents, keys, severities: carryUp(nodes, parents), innermost };
}

/** Field name, or the words of a text line without what differs from packet to packet. */
function ownKey(node: TreeNode): string {
  return node.field !== '' ? node.field : node.label.replace(/[\d.:#()[\]]+/g, '').slice(0, 60);
}

function carryUp(nodes: readonly TreeNode[], parents: readonly number[]): (Severity | null)[] {
  const severities = nodes.map((node) => node.severity);
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const own = severities[index] ?? null;
    const parent = parents[index] ?? -1;
    if (own === null || parent < 0) continue;
    const above = severities[parent] ?? null;
    if (above === null || severityRank[own] > severityRank[above]) severities[parent] = own;
  }
  return severities;
}

export function hasChildren(nodes: readonly TreeNode[], index: number): boolean {
  return (nodes[index + 1]?.depth ?? 0) > (nodes[index]?.depth ?? 0);
}

/** Index after the last node inside `index`. */
export function subtreeEnd(nodes: readonly TreeNode[], index: number): number {
  const depth = nodes[index]?.depth ?? 0;
  let end = index + 1;
  while (end < nodes.length && (nodes[end]?.depth ?? 0) > depth) end += 1;
  return end;
}

export type Expanded = Readonly<Record<string, boolean>>;

/** What the user chose for this field in any packet; else only the innermost protocol is open. */
export function isExpanded(tree: TreeModel, expanded: Expanded, index: number): boolean {
  const key = tree.keys[index] ?? '';
  return Object.hasOwn(expanded, key) ? expanded[key] === true : index === tree.innermost;
}

/** Indices of the nodes that are drawn, in order. */
export function visibleNodes(tree: TreeModel, expanded: Expanded): number[] {
  const visible: number[] = [];
  let index = 0;
  while (index < tree.nodes.length) {
    visible.push(index);
    const closed = hasChildren(tree.nodes, index) && !isExpanded(tree, expanded, index);
    index = closed ? subtreeEnd(tree.nodes, index) : index + 1;
  }
  return visible;
}

/** Keys of all nodes above `index`, to open so that it can be seen. */
export function ancestorKeys(tree: TreeModel, index: number): string[] {
  const keys: string[] = [];
  for (let parent = tree.parents[index] ?? -1; parent >= 0; parent = tree.parents[parent] ?? -1) keys.push(tree.keys[parent] ?? '');
  return keys;
}

/** Keys of the nodes inside `index` (itself included) that can be opened. */
export function subtreeKeys(tree: TreeModel, index: number): string[] {
  const keys: string[] = [];
  for (let at = index; at < subtreeEnd(tree.nodes, index); at += 1) if (hasChildren(tree.nodes, at)) keys.push(tree.keys[at] ?? '');
  return keys;
}

/** Keys of all nodes that can be opened. */
export function allKeys(tree: TreeModel): string[] {
  return tree.nodes.flatMap((_node, index) => (hasChildren(tree.nodes, index) ? [tree.keys[index] ?? ''] : []));
}

/** The first node with a path key; -1 where this packet has none. */
export function findByKey(tree: TreeModel, key: string | null): number {
  return key === null ? -1 : tree.keys.indexOf(key);
}

/** The top-level node of a layer of `detail.layers`; -1 where it has none. */
export function nodeOfLayer(tree: TreeModel, layer: number): number {
  return tree.nodes.findIndex((node) => node.depth === 0 && node.layer === layer);
}

/** OSI layer 1…7 of a node, by the protocol layer it belongs to. */
export function osiOf(detail: PacketDetail, node: TreeNode | undefined): number {
  return node === undefined ? 0 : (detail.layers[node.layer]?.osi ?? 0);
}

export interface LabelParts {
  /** Leading bit pattern such as ".1.. .... = ", drawn in mono; "" for none. */
  readonly bits: string;
  readonly before: string;
  /** The number of the packet pointed to, drawn as a link; "" for none. */
  readonly link: string;
  readonly after: string;
}

/** Splits a label for drawing: bit pattern first, and the linked packet's number wherever it stands. */
export function labelParts(node: TreeNode): LabelParts {
  const bits = /^[01.]+(?: [01.]+)* = /.exec(node.label)?.[0] ?? '';
  const text = node.label.slice(bits.length);
  if (node.link === 0) return { bits, before: text, link: '', after: '' };
  const match = new RegExp(`(?<!\\d)${node.link}(?!\\d)`).exec(text);
  if (match === null) return { bits, before: '', link: text, after: '' };
  return { bits, before: text.slice(0, match.index), link: match[0], after: text.slice(match.index + match[0].length) };
}
