/** The third main view: what the capture consists of, counted by protocol, conversation and endpoint. */
import { ChartColumn, Copy, OctagonX, Square } from 'lucide-react';
import { useEffect, useId } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/context.ts';
import { formatCount, formatPercent, formatQuantity } from '../../../shared/format/size.ts';
import { trafficTabs, type TrafficTab } from '../../../shared/ipc/plain-values.ts';
import { groupProtocols, setLimited, showStatistic, showTab, trafficTotal, type ProtocolGrouping, type StatisticId } from '../../stores/statistics.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { TabStrip } from '../../ui/TabStrip.tsx';
import { ProtocolTable } from './ProtocolTable.tsx';
import styles from './StatisticsView.module.css';
import { TrafficTable } from './TrafficTable.tsx';

const statistics: readonly { readonly id: StatisticId; readonly title: string }[] = [
  { id: 'protocols', title: 'Protocol hierarchy' },
  { id: 'conversations', title: 'Conversations' },
  { id: 'endpoints', title: 'Endpoints' },
];
const groupings: readonly { readonly id: ProtocolGrouping; readonly title: string }[] = [
  { id: 'chains', title: 'As they carry each other' },
  { id: 'layers', title: 'By layer' },
];
const tabTitles: Readonly<Record<TrafficTab, string>> = { eth: 'Ethernet', ipv4: 'IPv4', ipv6: 'IPv6', tcp: 'TCP', udp: 'UDP' };

export function StatisticsView() {
  const { stores, statistics: actions } = useApp();
  const panel = useId();
  const shown = useStore(stores.statistics, (state) => state.shown);
  useEffect(() => actions.follow(), [actions]);
  return (
    <section className={styles.view} data-pane="statistics" aria-label="Statistics">
      <div className={styles.bar}>
        <TabStrip label="Statistic" tabs={statistics} selected={shown} onSelect={(id) => showStatistic(stores.statistics, id)} controls={panel} />
        <LimitBox />
      </div>
      <div id={panel} role="tabpanel" aria-label={statistics.find(({ id }) => id === shown)?.title} className={styles.panel}>
        <Kinds panel={panel} />
        <div className={styles.body}>
          <Content />
        </div>
      </div>
    </section>
  );
}

function LimitBox() {
  const { stores } = useApp();
  const isLimited = useStore(stores.statistics, (state) => state.isLimited);
  const filter = useStore(stores.rows, (state) => state.filter);
  return (
    <label className={styles.limit} title={filter === '' ? 'No display filter is applied: all packets are counted' : `Count only packets that match ${filter}`}>
      <input type="checkbox" checked={isLimited} onChange={(event) => setLimited(stores.statistics, event.target.checked)} />
      Limit to display filter
      {isLimited && filter !== '' && <code>{filter}</code>}
    </label>
  );
}

/** Which table of the statistic is on show, how many packets it counts, and copying it. */
function Kinds({ panel }: { readonly panel: string }) {
  const { stores, statistics: actions } = useApp();
  const shown = useStore(stores.statistics, (state) => state.shown);
  const tab = useStore(stores.statistics, (state) => state.tab);
  const grouping = useStore(stores.statistics, (state) => state.grouping);
  const rows = useStore(stores.statistics, (state) => state.traffic?.rows ?? null);
  const titleOf = (id: TrafficTab): string => (rows?.[id] === undefined ? tabTitles[id] : `${tabTitles[id]} · ${formatCount(rows[id])}`);
  return (
    <div className={styles.kinds}>
      {shown === 'protocols' ? (
        <TabStrip label="Grouping" tabs={groupings} selected={grouping} onSelect={(id) => groupProtocols(stores.statistics, id)} controls={panel} />
      ) : (
        <TabStrip label="Kind" tabs={trafficTabs.map((id) => ({ id, title: titleOf(id) }))} selected={tab} onSelect={(id) => showTab(stores.statistics, id)} controls={panel} />
      )}
      <Counted />
      <IconButton icon={Copy} label="Copy table as CSV" onClick={actions.copyAsCsv} />
    </div>
  );
}

/** How far counting is, with a way to end it; then what was counted. */
function Counted() {
  const { stores, statistics: actions } = useApp();
  const progress = useStore(stores.statistics, (state) => state.progress);
  const unlisted = useStore(stores.statistics, (state) => state.traffic?.unlistedPackets ?? 0);
  const others = useStore(stores.statistics, (state) => state.traffic?.otherPackets ?? 0);
  if (progress === null) return <span className={styles.counted} />;
  if (progress.state === 'counting') {
    return (
      <span className={styles.counting}>
        <ProgressBar label="Packets counted" share={progress.share} />
        <span>{formatPercent(progress.share, 1)}</span>
        <IconButton icon={Square} label="Stop counting" onClick={() => actions.stop()} />
      </span>
    );
  }
  return (
    <span className={styles.counted} role="status">
      {formatQuantity(progress.packets, 'packet')} counted{unlisted > 0 ? `; ${formatQuantity(unlisted, 'packet')} of further conversations are not listed` : ''}
      {others > 0 ? `; ${formatQuantity(others, 'packet')} without Ethernet header` : ''}
    </span>
  );
}

function Content() {
  const { stores, statistics: actions } = useApp();
  const shown = useStore(stores.statistics, (state) => state.shown);
  const tab = useStore(stores.statistics, (state) => state.tab);
  const failure = useStore(stores.statistics, (state) => state.failure);
  const isStopped = useStore(stores.statistics, (state) => state.isStopped);
  const isReady = useStore(stores.statistics, (state) => state.progress?.state === 'ready');
  const packets = useStore(stores.statistics, ({ protocols }) => protocols?.chains[0]?.packets ?? 0);
  const total = useStore(stores.statistics, trafficTotal);
  if (failure !== null) {
    return (
      <EmptyState icon={OctagonX} title="Nothing could be counted" failure action={<Button onClick={() => setLimited(stores.statistics, false)}>Count all packets</Button>}>
        {failure}
      </EmptyState>
    );
  }
  if (isStopped) {
    return (
      <EmptyState icon={ChartColumn} title="Counting was stopped" action={<Button onClick={() => actions.goOn()}>Count again</Button>}>
        What was counted until then is not shown, as it is not the whole.
      </EmptyState>
    );
  }
  if (shown === 'protocols') return packets > 0 ? <ProtocolTable /> : isReady ? <NoPackets /> : null;
  if (total > 0) return <TrafficTable key={`${shown} ${tab}`} what={shown} label={`${tabTitles[tab]} ${shown}`} />;
  return isReady ? <NoPackets kind={`${tabTitles[tab]} ${shown}`} /> : null;
}

function NoPackets({ kind = 'packets' }: { readonly kind?: string }) {
  const { stores } = useApp();
  const filter = useStore(stores.rows, (state) => state.filter);
  const isLimited = useStore(stores.statistics, (state) => state.isLimited && filter !== '');
  return (
    <EmptyState icon={ChartColumn} title={`No ${kind}`} action={isLimited ? <Button onClick={() => setLimited(stores.statistics, false)}>Count all packets</Button> : undefined}>
      {isLimited ? 'No packet that the display filter shows has any.' : 'The capture has none.'}
    </EmptyState>
  );
}
