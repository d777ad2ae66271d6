/** Which statistic is looked at and how, how far the engine is with it, and what has come of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProtocolNode, ProtocolsEvent, TrafficColumn, TrafficEvent, TrafficKind, TrafficRow, TrafficSort, TrafficTab } from '../../shared/ipc/statistics-contract.ts';
import { branchKey, openNodes } from './protocol-branches.ts';

export const statisticIds = ['protocols', 'conversations', 'endpoints'] as const;
export type StatisticId = (typeof statisticIds)[number];

/** How protocols stand together: as they carry each other, or by layer. */
export type ProtocolGrouping = 'chains' | 'layers';

export type StatisticProgress = Pick<TrafficEvent, 'state' | 'share' | 'packets'>;

/** Some screens' worth. */
export const trafficPageRows = 128;

export interface StatisticsState {
  readonly shown: StatisticId;
  readonly tab: TrafficTab;
  readonly grouping: ProtocolGrouping;
  /** Only packets that the list shows are counted. */
  readonly isLimited: boolean;
  /** Branches of protocols that are closed, as `branchKey` names them. */
  readonly closed: ReadonlySet<string>;
  readonly sorts: Readonly<Record<TrafficKind, TrafficSort>>;
  /** Null before the engine has answered. */
  readonly progress: StatisticProgress | null;
  /** Why nothing is counted; null while all is well. */
  readonly failure: string | null;
  /** The user did not want to wait. */
  readonly isStopped: boolean;
  readonly traffic: Pick<TrafficEvent, 'table' | 'generation' | 'rows' | 'unlistedPackets' | 'otherPackets'> | null;
  readonly protocols: Pick<ProtocolsEvent, 'durationNs' | 'chains' | 'layers'> | null;
  /** Rows by page, with what they were read as. */
  readonly pages: ReadonlyMap<number, TrafficPage>;
  /** Place of the selected row; −1 where there is none, or nobody knows where it is now. */
  readonly selected: number;
  /** The selected row of a table as it was when it was chosen: what menus are about, wherever it goes as packets are added. */
  readonly selectedRow: TrafficRow | null;
}

export interface TrafficPage {
  readonly key: string;
  readonly rows: readonly TrafficRow[];
}

export type StatisticsStore = StoreApi<StatisticsState>;

const nothingCounted = { progress: null, failure: null, isStopped: false, traffic: null, protocols: null, pages: new Map<number, TrafficPage>(), selected: -1, selectedRow: null } as const;
/** Those that matter most first. */
const byBytes: TrafficSort = { column: 'bytes', descending: true };

export function createStatisticsStore(): StatisticsStore {
  return createStore<StatisticsState>(() => ({ shown: 'conversations', tab: 'tcp', grouping: 'chains', isLimited: false, closed: new Set(), sorts: { conversations: byBytes, endpoints: byBytes }, ...nothingCounted }));
}

/** Nothing is counted yet of what is wanted now. */
export function statisticBegun(store: StatisticsStore): void {
  store.setState(nothingCounted);
}

export function showStatistic(store: StatisticsStore, shown: StatisticId): void {
  if (store.getState().shown !== shown) store.setState({ shown, ...nothingCounted });
}

export function showTab(store: StatisticsStore, tab: TrafficTab): void {
  store.setState({ tab, pages: new Map(), selected: -1, selectedRow: null });
}

export function groupProtocols(store: StatisticsStore, grouping: ProtocolGrouping): void {
  store.setState({ grouping, selected: -1 });
}

/** Closes a branch of protocols, or opens it again. */
export function toggleBranch(store: StatisticsStore, key: string): void {
  store.setState(({ closed }) => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    return { closed: next };
  });
}

export function setLimited(store: StatisticsStore, isLimited: boolean): void {
  store.setState({ isLimited });
}

/** Numbers begin with the largest, addresses and times with the smallest; a second click turns it round. */
export function sortTraffic(store: StatisticsStore, what: TrafficKind, column: TrafficColumn): void {
  store.setState(({ sorts }) => {
    const before = sorts[what];
    const descending = before.column === column ? !before.descending : !fromSmallest.has(column);
    return { sorts: { ...sorts, [what]: { column, descending } }, selected: -1, selectedRow: null };
  });
}

const fromSmallest: ReadonlySet<TrafficColumn> = new Set(['addressA', 'portA', 'addressB', 'portB', 'stream', 'start', 'first']);

/** Selects a row by its place, which may not be loaded yet. */
export function selectStatisticRow(store: StatisticsStore, selected: number): void {
  store.setState((state) => ({ selected, selectedRow: trafficRowAt(state, selected) ?? null }));
}

export function trafficCounted(store: StatisticsStore, { state, share, packets, ...traffic }: TrafficEvent): void {
  store.setState({ progress: { state, share, packets }, traffic });
}

export function protocolsCounted(store: StatisticsStore, { state, share, packets, ...protocols }: ProtocolsEvent): void {
  store.setState((before) => ({ progress: { state, share, packets }, protocols, selected: placeOfBranch(before, protocols[before.grouping]) }));
}

export function statisticFailed(store: StatisticsStore, failure: string): void {
  store.setState({ ...nothingCounted, failure });
}

export function statisticStopped(store: StatisticsStore): void {
  store.setState({ ...nothingCounted, isStopped: true });
}

export function putTrafficPage(store: StatisticsStore, page: number, loaded: TrafficPage, kept: (page: number) => boolean): void {
  store.setState((state) => ({ pages: new Map([...[...state.pages].filter(([number]) => kept(number)), [page, loaded]]), ...selectionIn(state, page, loaded.rows) }));
}

/** Where the selected row is, as far as a page tells. */
function selectionIn({ selected, selectedRow }: StatisticsState, page: number, rows: readonly TrafficRow[]): Partial<StatisticsState> {
  const first = page * trafficPageRows;
  const isHere = selected >= first && selected < first + rows.length;
  if (selectedRow === null) return isHere ? { selectedRow: rows[selected - first] ?? null } : {};
  const name = nameOf(selectedRow);
  const found = rows.findIndex((row) => nameOf(row) === name);
  if (found >= 0) return { selected: first + found };
  return isHere ? { selected: -1 } : {};
}

/** The same as long as the row is of the same conversation or endpoint. */
function nameOf({ ends, stream }: TrafficRow): string {
  return `${ends.map(({ address, port }) => `${address} ${port}`).join(' ')} ${stream}`;
}

/** Place of the selected branch in a tree that has been counted on. */
function placeOfBranch(state: StatisticsState, nodes: readonly ProtocolNode[]): number {
  const before = protocolNodes(state);
  const index = openNodes(before, state.closed)[state.selected];
  if (index === undefined) return state.selected;
  const branch = branchKey(before, index);
  return openNodes(nodes, state.closed).findIndex((open) => branchKey(nodes, open) === branch);
}

const noNodes: readonly ProtocolNode[] = [];

/** The tree on show. */
export function protocolNodes({ protocols, grouping }: StatisticsState): readonly ProtocolNode[] {
  return protocols?.[grouping] ?? noNodes;
}

/** The selected protocol. */
export function selectedProtocol(state: StatisticsState): ProtocolNode | undefined {
  const nodes = protocolNodes(state);
  return nodes[openNodes(nodes, state.closed)[state.selected] ?? -1];
}

/** The row at a place of the table on show; undefined while it is not loaded. */
export function trafficRowAt({ pages }: StatisticsState, row: number): TrafficRow | undefined {
  return pages.get(Math.floor(row / trafficPageRows))?.rows[row % trafficPageRows];
}

/** Rows of the table on show. */
export function trafficTotal({ traffic, tab }: StatisticsState): number {
  return traffic?.rows[tab] ?? 0;
}

/** What rows are read as: pages of another key are out of date. */
export function trafficKey({ shown, traffic, tab, sorts }: StatisticsState): string {
  const { column, descending } = sorts[shown === 'protocols' ? 'conversations' : shown];
  return `${traffic?.table} ${traffic?.generation} ${tab} ${column} ${descending}`;
}
