/** Statistics of the capture on show: counted by the engine while somebody looks at them, rows read as they are needed. */
import type { Unsubscribe } from '../../shared/ipc/client.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import { familyOf, type TrafficRow } from '../../shared/ipc/statistics-contract.ts';
import { csvLine, plainLine } from '../../shared/format/table-text.ts';
import { notify } from '../stores/dialogs.ts';
import { showView } from '../stores/layout.ts';
import { protocolsCounted, putTrafficPage, selectedProtocol, statisticBegun, statisticFailed, statisticStopped, trafficCounted, trafficKey, trafficPageRows, trafficTotal, type StatisticsState } from '../stores/statistics.ts';
import { allOf, protocolCells, protocolColumns } from '../views/statistics/protocol-columns.ts';
import { exactCells, trafficColumnsOf } from '../views/statistics/traffic-columns.ts';
import type { Navigation } from './navigation.ts';
import type { RowCopier } from './row-copier.ts';
import type { Session } from './session.ts';
import type { Stores } from './stores.ts';

export interface StatisticsActions {
  /** Counts what is looked at, again whenever that or the filter is another, until what comes back is called. */
  follow(): () => void;
  /** Gives up counting. */
  stop(): void;
  /** Counts again after that. */
  goOn(): void;
  /** Rows first…last of the table are on screen. */
  showRows(first: number, last: number): void;
  /** Selects a packet and shows it in the list. */
  goToPacket(packet: number): void;
  /** The selected row as it is shown, columns divided by tabs; "" where none is. */
  selectedText(): string;
  /** Puts the whole table on the clipboard. */
  copyAsCsv(): void;
}

const rowsPerCall = 512;
/** Pages on either side of those on screen that are kept. */
const keptAround = 16;

export function createStatistics(stores: Stores, navigation: Navigation, copier: RowCopier, session: () => Session | null): StatisticsActions {
  const { statistics, layout } = stores;
  const counting = createCounting(stores, session);
  const pages = createTrafficPages(stores, session);
  return {
    follow() {
      counting.begin();
      const stop = statistics.subscribe((state, before) => {
        const isOther = state.shown !== before.shown || (state.shown !== 'protocols' && familyOf(state.tab) !== familyOf(before.tab));
        if (isOther || state.isLimited !== before.isLimited) counting.begin();
        if (trafficKey(state) !== trafficKey(before)) pages.refresh();
      });
      const stopFilter = stores.rows.subscribe((state, before) => {
        if (state.filter !== before.filter && statistics.getState().isLimited) counting.begin();
      });
      return () => {
        stop();
        stopFilter();
        counting.end();
      };
    },
    stop() {
      counting.end();
      statisticStopped(statistics);
    },
    goOn: () => counting.begin(),
    showRows: (first, last) => pages.show(first, last),
    goToPacket(packet) {
      showView(layout, 'packets');
      navigation.jumpTo(packet);
    },
    selectedText: () => selectedText(statistics.getState()),
    copyAsCsv() {
      const state = statistics.getState();
      const open = session();
      if (state.shown === 'protocols') copyProtocols(state, copier);
      else if (open !== null) copyTraffic(state, copier, open);
    },
  };
}

interface Counting {
  readonly begin: () => void;
  readonly end: () => void;
}

/** The subscription that the engine counts for. */
function createCounting(stores: Stores, session: () => Session | null): Counting {
  const { statistics, capture, rows, selection } = stores;
  let end: Unsubscribe = () => undefined;

  function begin(): void {
    end();
    statisticBegun(statistics);
    const open = session();
    if (open === null) return waitForAnother(open);
    const { shown, tab, isLimited } = statistics.getState();
    const { packet } = selection.getState();
    const wish = { text: isLimited ? rows.getState().filter : '', ...(packet === null ? {} : { selected: packet }) };
    const onEnd = (error: IpcError | null): void => {
      // Another engine will take its place.
      if (error?.code === 'disconnected') waitForAnother(open);
      else if (error !== null) statisticFailed(statistics, error.message);
    };
    end = shown === 'protocols' ? open.protocols(wish, (event) => protocolsCounted(statistics, event), onEnd) : open.traffic({ what: shown, of: familyOf(tab), ...wish }, (event) => trafficCounted(statistics, event), onEnd);
    return undefined;
  }

  function waitForAnother(before: Session | null): void {
    end = capture.subscribe(() => {
      if (session() !== before && session() !== null) begin();
    });
  }

  return {
    begin,
    end: () => {
      end();
      end = () => undefined;
    },
  };
}

interface TrafficPages {
  readonly show: (first: number, last: number) => void;
  readonly refresh: () => void;
}

/** Reads the pages that are on screen; rows of before stay until new ones are there. */
function createTrafficPages({ statistics, dialogs }: Stores, session: () => Session | null): TrafficPages {
  let visible: readonly [number, number] = [0, 0];
  let reading = new AbortController();
  let key = '';
  const underWay = new Set<number>();

  async function load(open: Session, page: number): Promise<void> {
    const state = statistics.getState();
    if (state.traffic === null || state.shown === 'protocols') return;
    const { signal } = reading;
    const wanted = key;
    underWay.add(page);
    try {
      const { rows } = await open.trafficRows({ table: state.traffic.table, tab: state.tab, sort: state.sorts[state.shown], from: page * trafficPageRows, count: trafficPageRows, withFilters: true }, signal);
      if (!signal.aborted) putTrafficPage(statistics, page, { key: wanted, rows }, (other) => Math.abs(other - page) <= keptAround);
    } catch (error) {
      if (!(error instanceof IpcError)) throw error;
      if (!['cancelled', 'disconnected', 'not-found'].includes(error.code)) notify(dialogs, `Some rows could not be read: ${error.message}`);
    } finally {
      if (!signal.aborted) underWay.delete(page);
    }
  }

  function refresh(): void {
    const state = statistics.getState();
    const open = session();
    if (trafficKey(state) !== key) {
      reading.abort();
      reading = new AbortController();
      underWay.clear();
      key = trafficKey(state);
    }
    const last = Math.floor((trafficTotal(state) - 1) / trafficPageRows);
    for (let page = visible[0]; open !== null && page <= Math.min(last, visible[1]); page += 1) {
      if (!underWay.has(page) && state.pages.get(page)?.key !== key) void load(open, page);
    }
  }

  return {
    refresh,
    show(first, last) {
      visible = [Math.floor(Math.max(0, first) / trafficPageRows), Math.floor(Math.max(0, last) / trafficPageRows)];
      refresh();
    },
  };
}

function selectedText(state: StatisticsState): string {
  const { shown, tab, protocols, selectedRow } = state;
  if (shown !== 'protocols') {
    return selectedRow === null ? '' : plainLine(trafficColumnsOf(shown, tab).map(({ text }) => text(selectedRow))).trimEnd();
  }
  const node = selectedProtocol(state);
  if (node === undefined) return '';
  const measured = { node, all: allOf(protocols), durationNs: protocols?.durationNs ?? null };
  return plainLine(protocolColumns.map(({ text }) => text(measured))).trimEnd();
}

function copyTraffic(state: StatisticsState, copier: RowCopier, open: Session): void {
  const { shown, tab, traffic, sorts } = state;
  if (shown === 'protocols' || traffic === null) return;
  const columns = trafficColumnsOf(shown, tab);
  const total = trafficTotal(state);
  copier.copyMade('csv', total, async (onDone, signal) => {
    const lines = [csvLine(columns.map(({ title }) => title))];
    for (let from = 0; from < total; from += rowsPerCall) {
      const { rows } = await open.trafficRows({ table: traffic.table, tab, sort: sorts[shown], from, count: rowsPerCall, withFilters: false }, signal);
      lines.push(...rows.map((row: TrafficRow) => csvLine(exactCells(columns, row))));
      onDone(Math.min(total, from + rows.length));
    }
    return lines.join('');
  });
}

function copyProtocols({ protocols, grouping }: StatisticsState, copier: RowCopier): void {
  if (protocols === null) return;
  const nodes = protocols[grouping];
  const lines = [csvLine(protocolColumns.map(({ title }) => title)), ...nodes.map((node) => csvLine(protocolCells({ node, all: allOf(protocols), durationNs: protocols.durationNs })))];
  copier.copyMade('csv', nodes.length, () => Promise.resolve(lines.join('')));
}
