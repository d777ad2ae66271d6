import { ChevronRight } from 'lucide-react';
import type { RowComponentProps } from 'react-window';
import { useStore } from 'zustand';
import type { Stores } from '../../app/stores.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { cx } from '../../ui/cx.ts';
import { hasChildren, isExpanded, labelParts, osiOf, type Expanded, type TreeModel } from './tree-model.ts';
import styles from './TreeRow.module.css';

export interface TreeRowProps {
  readonly stores: Stores;
  readonly tree: TreeModel;
  readonly visible: readonly number[];
  readonly expanded: Expanded;
}

/** The id of a node's element, for aria-activedescendant. */
export function nodeElementId(node: number): string {
  return `field-${node}`;
}

export function TreeRow({ index: row, style, stores, tree, visible, expanded }: RowComponentProps<TreeRowProps>) {
  const index = visible[row] ?? -1;
  const selected = useStore(stores.selection, (state) => state.field === index);
  const hoveredOsi = useStore(stores.selection, (state) => state.hoveredOsi);
  const hovered = useStore(stores.selection, (state) => state.hoveredField === index);
  const node = tree.nodes[index];
  if (node === undefined) return null;
  const osi = osiOf(tree.detail, node);
  const severity = tree.severities[index] ?? null;
  const top = node.depth === 0;
  const opens = hasChildren(tree.nodes, index);
  return (
    <div
      id={nodeElementId(index)}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-expanded={opens ? isExpanded(tree, expanded, index) : undefined}
      aria-selected={selected}
      data-node={index}
      draggable={node.field !== ''}
      data-hovered={hovered || (top && hoveredOsi === osi && osi > 0)}
      style={{ ...style, '--depth': node.depth, ...(top ? { '--ground': `var(--l${osi}-s)` } : {}) }}
      className={cx(styles.row, top && styles.top, node.generated && styles.generated, severity !== null && styles[severity])}
    >
      <span className={styles.twist} data-twist={opens ? '' : undefined} aria-hidden>
        {opens && <ChevronRight size={13} />}
      </span>
      {top && <LayerChip osi={osi} />}
      {severity !== null && severity !== 'chat' && <SeverityIcon severity={severity} />}
      <Label node={node} />
    </div>
  );
}

function Label({ node }: { readonly node: TreeModel['nodes'][number] }) {
  const { bits, before, link, after } = labelParts(node);
  return (
    <span className={styles.text}>
      {bits !== '' && <code className={styles.bits}>{bits}</code>}
      {before}
      {link !== '' && (
        <span className={styles.link} data-link="" title={`Go to packet ${node.link}`}>
          {link}
        </span>
      )}
      {after}
    </span>
  );
}
