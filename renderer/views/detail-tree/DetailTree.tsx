/** The header tree of the selected packet: a virtual list of the nodes that are open, with tree roles. */
import { ListTree, OctagonX } from 'lucide-react';
import { useCallback, useEffect, useEffectEvent, useMemo, type KeyboardEvent, type MouseEvent } from 'react';
import { List } from 'react-window';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { startFieldDrag } from '../../app/field-drag.ts';
import { treeOf } from '../../app/navigation.ts';
import type { PacketDetail } from '../../../shared/ipc/contract.ts';
import { rememberExpanded } from '../../stores/prefs.ts';
import { hoverField, hoverOsi } from '../../stores/selection.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { cx } from '../../ui/cx.ts';
import { revealRow, useListElement } from '../../ui/list-element.ts';
import { FilterContextMenu } from '../filter-menu/FilterContextMenu.tsx';
import { hasChildren, isExpanded, osiOf, visibleNodes, type TreeModel } from './tree-model.ts';
import { treeAction, type TreeAction } from './tree-keys.ts';
import { ProcessNote } from './ProcessNote.tsx';
import { nodeElementId, TreeRow, type TreeRowProps } from './TreeRow.tsx';
import styles from './DetailTree.module.css';

/** Commands of a field's menu. */
const nodeCommands = ['analyze.column', 'analyze.decodeAs', 'edit.copyField', 'edit.copyValue', 'view.expandAll', 'view.collapseAll'];

const rowHeight = 20;
/** Pixels assumed before the tree has been measured. */
const firstHeight = 260;

export function DetailTree() {
  const { stores } = useApp();
  const detail = useStore(stores.packet, (state) => state.detail);
  const failure = useStore(stores.packet, (state) => state.failure);
  if (failure !== null) {
    return (
      <EmptyState icon={OctagonX} title="This packet could not be read" failure>
        {failure}
      </EmptyState>
    );
  }
  if (detail === null) return <NothingSelected />;
  return <Tree detail={detail} />;
}

function NothingSelected() {
  const { stores } = useApp();
  const waiting = useStore(stores.packet, (state) => state.wanted !== null);
  if (waiting) return null;
  return (
    <EmptyState icon={ListTree} title="No packet is selected">
      Select one in the list to see its headers, field by field.
    </EmptyState>
  );
}

function Tree({ detail }: { readonly detail: PacketDetail }) {
  const app = useApp();
  const { stores, navigation } = app;
  const tree = treeOf(detail);
  const expanded = useStore(stores.prefs, (state) => state.expanded);
  const selected = useStore(stores.selection, (state) => state.field);
  const visible = useMemo(() => visibleNodes(tree, expanded), [tree, expanded]);
  const { listRef, element } = useListElement();
  const rowProps = useMemo<TreeRowProps>(() => ({ stores, tree, visible, expanded }), [stores, tree, visible, expanded]);

  useRevealNode(element, visible, selected);

  const act = useCallback(
    (action: TreeAction) => {
      if (action.kind === 'select') navigation.selectNode(action.node);
      else if (action.kind === 'follow') navigation.jumpTo(action.packet);
      else rememberExpanded(stores.prefs, action.keys, action.kind === 'expand');
    },
    [navigation, stores],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 1);
    const pressed = { key: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey, alt: event.altKey };
    const action = treeAction({ tree, expanded, visible, selected, rowsPerPage: page }, pressed);
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    act(action);
  };

  const term = useStore(stores.packet, (state) => state.detail?.nodes[selected]?.filter ?? '');
  return (
    <div className={styles.frame}>
      <ProcessNote />
      <FilterContextMenu
        term={term}
        commands={nodeCommands}
        onPoint={({ target }) => {
          const node = nodeAt(target as Element);
          if (node >= 0) act({ kind: 'select', node });
        }}
      >
      <List
        role="tree"
        aria-label={`Headers of packet ${detail.number}`}
        aria-activedescendant={selected >= 0 ? nodeElementId(selected) : undefined}
        tabIndex={0}
        data-tree=""
        data-pane-focus=""
        className={cx(styles.tree)}
        listRef={listRef}
        rowComponent={TreeRow}
        rowProps={rowProps}
        rowCount={visible.length}
        rowHeight={rowHeight}
        overscanCount={8}
        defaultHeight={firstHeight}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          const node = tree.nodes[nodeAt(event.target as Element)];
          if (node !== undefined) startFieldDrag(event.dataTransfer, node);
        }}
        onClick={(event) => onTreeClick(event, tree, expanded, act)}
        onDoubleClick={(event) => onTreeDoubleClick(event, tree, expanded, act)}
        onPointerOver={(event) => hoverNode(event.target as Element, stores, tree)}
        onPointerLeave={() => {
          hoverField(stores.selection, -1);
          hoverOsi(stores.selection, 0);
        }}
      />
      </FilterContextMenu>
    </div>
  );
}

function useRevealNode(element: HTMLElement | null, visible: readonly number[], selected: number): void {
  const reveal = useEffectEvent((node: number) => {
    const index = visible.indexOf(node);
    if (index >= 0 && element !== null) revealRow(element, index, rowHeight);
  });
  // Also when nodes above it open or close.
  useEffect(() => reveal(selected), [element, selected, visible.length]);
}

function nodeAt(target: Element): number {
  return Number(target.closest<HTMLElement>('[data-node]')?.dataset.node ?? -1);
}

function onTreeClick({ target }: MouseEvent, tree: TreeModel, expanded: Readonly<Record<string, boolean>>, act: (action: TreeAction) => void): void {
  const element = target as Element;
  const node = nodeAt(element);
  if (node < 0) return;
  const link = tree.nodes[node]?.link ?? 0;
  if (link > 0 && element.closest('[data-link]') !== null) return act({ kind: 'follow', packet: link });
  act({ kind: 'select', node });
  if (element.closest('[data-twist]') !== null) toggle(tree, expanded, node, act);
}

function onTreeDoubleClick({ target }: MouseEvent, tree: TreeModel, expanded: Readonly<Record<string, boolean>>, act: (action: TreeAction) => void): void {
  const element = target as Element;
  const node = nodeAt(element);
  // The triangle has toggled twice by itself.
  if (node < 0 || element.closest('[data-twist]') !== null) return;
  const link = tree.nodes[node]?.link ?? 0;
  if (link > 0) act({ kind: 'follow', packet: link });
  else toggle(tree, expanded, node, act);
}

function toggle(tree: TreeModel, expanded: Readonly<Record<string, boolean>>, node: number, act: (action: TreeAction) => void): void {
  if (!hasChildren(tree.nodes, node)) return;
  act({ kind: isExpanded(tree, expanded, node) ? 'collapse' : 'expand', keys: [tree.keys[node] ?? ''] });
}

function hoverNode(target: Element, stores: TreeRowProps['stores'], tree: TreeModel): void {
  const node = nodeAt(target);
  hoverField(stores.selection, node);
  const onChip = target.closest('[data-layer-mark]') !== null;
  hoverOsi(stores.selection, onChip ? osiOf(tree.detail, tree.nodes[node]) : 0);
}
