/** The protocol hierarchy, or protocols by layer: a tree whose branches close. */
import { ChevronRight } from 'lucide-react';
import { useMemo, type CSSProperties } from 'react';
import type { RowComponentProps } from 'react-window';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import type { Stores } from '../../app/stores.ts';
import type { ProtocolNode } from '../../../shared/ipc/statistics-contract.ts';
import { protocolNodes, selectedProtocol, toggleBranch } from '../../stores/statistics.ts';
import { cx } from '../../ui/cx.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { allOf, protocolColumns } from './protocol-columns.ts';
import { branchKey, hasChildren, openNodes, parentOf } from '../../stores/protocol-branches.ts';
import { StatisticGrid, type GridRowProps } from './StatisticGrid.tsx';
import { PacketLink } from './TrafficTable.tsx';
import { useSelectedRow } from './use-selected-row.ts';
import styles from './StatisticGrid.module.css';

const columns = protocolColumns.map(({ id, title, width }) => ({ id, title, width, align: id === 'protocol' ? ('left' as const) : ('right' as const) }));

export function ProtocolTable() {
  const { stores } = useApp();
  const grouping = useStore(stores.statistics, (state) => state.grouping);
  const nodes = useStore(stores.statistics, protocolNodes);
  const all = useStore(stores.statistics, ({ protocols }) => allOf(protocols));
  const durationNs = useStore(stores.statistics, (state) => state.protocols?.durationNs ?? null);
  const closed = useStore(stores.statistics, (state) => state.closed);
  const visible = useMemo(() => openNodes(nodes, closed), [nodes, closed]);
  const rowProps = useMemo<ProtocolRowProps>(() => ({ stores, nodes, visible, closed, all, durationNs }), [stores, nodes, visible, closed, all, durationNs]);
  const node = useStore(stores.statistics, selectedProtocol);
  const chosen = useSelectedRow(node === undefined || node.filter === '' ? [] : [{ title: node.title, filter: node.filter }], node?.firstPacket ?? 0);
  const onKey = (key: string): boolean => {
    const index = visible[chosen.selected] ?? -1;
    if (index < 0 || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
    const branch = branchKey(nodes, index);
    if (hasChildren(nodes, index) && closed.has(branch) === (key === 'ArrowRight')) toggleBranch(stores.statistics, branch);
    else if (key === 'ArrowLeft') chosen.onSelect(Math.max(0, visible.indexOf(parentOf(nodes, index))));
    return true;
  };
  return (
    <StatisticGrid
      {...chosen}
      label={grouping === 'chains' ? 'Protocol hierarchy' : 'Protocols by layer'}
      role="treegrid"
      columns={columns}
      sort={null}
      total={visible.length}
      onKey={onKey}
      rowComponent={ProtocolRow}
      rowProps={rowProps}
    />
  );
}

interface ProtocolRowProps {
  readonly stores: Stores;
  readonly nodes: readonly ProtocolNode[];
  /** Indexes of the nodes that are rows. */
  readonly visible: readonly number[];
  readonly closed: ReadonlySet<string>;
  readonly all: ReturnType<typeof allOf>;
  readonly durationNs: number | null;
}

function ProtocolRow({ index: position, style, idPrefix, stores, nodes, visible, closed, all, durationNs }: RowComponentProps<ProtocolRowProps & GridRowProps>) {
  const selected = useStore(stores.statistics, (state) => state.selected === position);
  const index = visible[position] ?? -1;
  const node = nodes[index];
  if (node === undefined) return null;
  const measured = { node, all, durationNs };
  const branch = branchKey(nodes, index);
  const opens = hasChildren(nodes, index);
  return (
    <div id={`${idPrefix}${position}`} role="row" aria-rowindex={position + 2} aria-level={node.depth + 1} aria-expanded={opens ? !closed.has(branch) : undefined} aria-selected={selected} data-row={position} style={style} className={styles.row}>
      {protocolColumns.map(({ id, text, share }) => (
        <span key={id} role="gridcell" className={cx(styles.cell, id !== 'protocol' && styles.right)}>
          {id === 'protocol' ? (
            <ProtocolName node={node} opens={opens} onTwist={() => toggleBranch(stores.statistics, branch)} />
          ) : id === 'first' ? (
            <PacketLink packet={node.firstPacket} text={text(measured)} />
          ) : (
            <>
              {share !== undefined && <i className={styles.bar} data-layer={node.osi} style={{ '--share': share(measured) } as CSSProperties} aria-hidden />}
              {text(measured)}
            </>
          )}
        </span>
      ))}
    </div>
  );
}

interface ProtocolNameProps {
  readonly node: ProtocolNode;
  readonly opens: boolean;
  readonly onTwist: () => void;
}

function ProtocolName({ node, opens, onTwist }: ProtocolNameProps) {
  return (
    <span className={styles.name} style={{ '--depth': node.depth } as CSSProperties} title={node.protocol === '' ? undefined : node.protocol}>
      <span className={styles.twist} aria-hidden onClick={opens ? onTwist : undefined} onDoubleClick={(event) => event.stopPropagation()}>
        {opens && <ChevronRight size={13} />}
      </span>
      {node.protocol !== 'frame' && <LayerChip osi={node.osi} />}
      <span className={styles.text}>{node.title}</span>
    </span>
  );
}
