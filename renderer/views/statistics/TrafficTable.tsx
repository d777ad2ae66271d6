/** Conversations or endpoints of one kind. */
import { useCallback, useMemo } from 'react';
import type { RowComponentProps } from 'react-window';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import type { Stores } from '../../app/stores.ts';
import type { TrafficColumn, TrafficKind } from '../../../shared/ipc/statistics-contract.ts';
import { sortTraffic, trafficRowAt, trafficTotal } from '../../stores/statistics.ts';
import { cx } from '../../ui/cx.ts';
import { StatisticGrid, type GridRowProps } from './StatisticGrid.tsx';
import { trafficColumnsOf, type TrafficColumnView } from './traffic-columns.ts';
import { useSelectedRow } from './use-selected-row.ts';
import styles from './StatisticGrid.module.css';

export function TrafficTable({ what, label }: { readonly what: TrafficKind; readonly label: string }) {
  const { stores, statistics } = useApp();
  const tab = useStore(stores.statistics, (state) => state.tab);
  const total = useStore(stores.statistics, trafficTotal);
  const sort = useStore(stores.statistics, (state) => state.sorts[what]);
  const row = useStore(stores.statistics, (state) => state.selectedRow);
  const hasIpv6 = useStore(stores.statistics, (state) => (state.traffic?.rows.ipv6 ?? 0) > 0);
  const columns = useMemo(() => trafficColumnsOf(what, tab, hasIpv6), [what, tab, hasIpv6]);
  const rowProps = useMemo(() => ({ stores, columns }), [stores, columns]);
  const onVisible = useCallback((first: number, last: number) => statistics.showRows(first, last), [statistics]);
  const chosen = useSelectedRow(row?.filters ?? [], row?.firstPacket ?? 0);
  return (
    <StatisticGrid
      {...chosen}
      label={label}
      role="grid"
      columns={columns}
      sort={sort}
      onSort={(column) => sortTraffic(stores.statistics, what, column as TrafficColumn)}
      total={total}
      onVisible={onVisible}
      rowComponent={TrafficRowView}
      rowProps={rowProps}
    />
  );
}

interface TrafficRowProps {
  readonly stores: Stores;
  readonly columns: readonly TrafficColumnView[];
}

function TrafficRowView({ index, style, base, idPrefix, stores, columns }: RowComponentProps<TrafficRowProps & GridRowProps>) {
  const position = base + index;
  const row = useStore(stores.statistics, (state) => trafficRowAt(state, position));
  const selected = useStore(stores.statistics, (state) => state.selected === position);
  return (
    <div id={`${idPrefix}${position}`} role="row" aria-rowindex={position + 2} aria-selected={selected} data-row={position} style={style} className={styles.row}>
      {columns.map(({ id, align, text }) => (
        <span key={id} role="gridcell" className={cx(styles.cell, styles[align])}>
          {row === undefined ? '' : id === 'first' ? <PacketLink packet={row.firstPacket} text={text(row)} /> : text(row)}
        </span>
      ))}
    </div>
  );
}

/** Goes to a packet by click; by keyboard the row's menu does. */
export function PacketLink({ packet, text }: { readonly packet: number; readonly text: string }) {
  return (
    <span className={styles.link} data-packet={packet} title={`Go to packet ${packet}`}>
      {text}
    </span>
  );
}
