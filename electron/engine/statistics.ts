/**
 * Statistics that windows have open on a capture. One lives as long as its subscription: it counts packets as they
 * become final, so that nothing is counted twice or has to be taken back, and tells how far it is. Tables of rows
 * stay here, and windows ask for those that they show.
 */
import { trafficRow } from '../../shared/analysis/statistics/traffic-rows.ts';
import { sortedRows } from '../../shared/analysis/statistics/traffic-order.ts';
import { EthernetTally } from '../../shared/analysis/statistics/ethernet-tally.ts';
import { TrafficTally } from '../../shared/analysis/statistics/traffic-tally.ts';
import { ethernetTables, trafficTables } from '../../shared/analysis/statistics/traffic-tables.ts';
import type { TrafficTable, TrafficTables } from '../../shared/analysis/statistics/traffic-tables.ts';
import { ProtocolTally } from '../../shared/analysis/statistics/protocol-tally.ts';
import { chainTree, layerTree } from '../../shared/analysis/statistics/protocol-trees.ts';
import type { Steps } from '../../shared/columns/steps.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { PatternTimeout } from '../../shared/filter/compile.ts';
import type { FilteredCapture } from '../../shared/filter/capture-filter.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { StreamContext } from '../../shared/ipc/peer.ts';
import { trafficTabs } from '../../shared/ipc/plain-values.ts';
import type { ProtocolsEvent, TrafficEvent, TrafficFamily, TrafficKind, TrafficRow, TrafficSort, TrafficTab } from '../../shared/ipc/statistics-contract.ts';
import { nextChange } from './next-change.ts';
import type { ChangingCapture } from './next-change.ts';
import { PacketCount } from './packet-count.ts';
import type { CountScanner, PacketCounter } from './packet-count.ts';
import { SearchWatch } from './search-watch.ts';
import { runInTurns, Turns } from './turn.ts';
import type { CaptureCounts } from './views.ts';

/** The capture as statistics see it. */
export interface CountedCapture extends Pick<FilteredCapture, 'columns' | 'streams' | 'registry'>, ChangingCapture {
  /** Null where there is nothing to read from. */
  scanner(): CountScanner | null;
  counts(): CaptureCounts;
  /** All that there is has been read: more may come, nobody knows when. */
  isWaiting(): boolean;
  /** The packets that a text matches and the user has not left out; "" is all. Throws `failed` where the text is no filter. */
  filter(text: string, selected: number | null): PacketFilter;
}

export interface StatisticsWish {
  readonly text: string;
  readonly selected?: number | undefined;
}

export interface RowsWish {
  readonly table: number;
  readonly tab: TrafficTab;
  readonly sort: TrafficSort;
  readonly from: number;
  readonly count: number;
  readonly withFilters: boolean;
}

export interface RowsReply {
  readonly generation: number;
  readonly total: number;
  readonly rows: TrafficRow[];
}

/** How far a statistic is, as events say it. */
type Counting = Pick<TrafficEvent, 'state' | 'share' | 'packets'>;
type Emit<E> = Pick<StreamContext<E>, 'emit' | 'signal'>;

/** Packets counted before what there is may be shown. */
const BLOCK_PACKETS = 65_536;
/** Between two renewals of what is shown: people read it meanwhile. */
const RENEWAL_MS = 1000;
/** At most this share of the time goes into renewing. */
const RENEWING_SHARE = 0.1;
/** Messages that go on for more packets than this are rare. */
const FAR_PACKETS = 4096;
/** Statistics that one engine keeps at once. */
const MOST_OPEN = 8;

export class Statistics {
  readonly #capture: CountedCapture;
  readonly #tables = new Map<number, OpenTable>();
  #lastTable = 0;
  #open = 0;

  constructor(capture: CountedCapture) {
    this.#capture = capture;
  }

  /** Keeps a table of conversations or endpoints until the subscription ends. Throws `failed` where the filter is not valid or takes too long. */
  async followTraffic({ what, of, ...wish }: StatisticsWish & { readonly what: TrafficKind; readonly of: TrafficFamily }, { emit, signal }: Emit<TrafficEvent>): Promise<void> {
    const { columns, streams } = this.#capture;
    const number = (this.#lastTable += 1);
    const table = new OpenTable(signal);
    const tell = (counting: Counting): void => emit({ table: number, ...table.summary, ...counting });
    this.#tables.set(number, table);
    try {
      if (of === 'ethernet') {
        const renew = ({ traffic, otherPackets }: EthernetTally): Promise<void> => table.renew(ethernetTables(what, traffic), traffic.tallies.unlisted, otherPackets);
        await this.#follow(wish, signal, { make: () => new EthernetTally(columns), tell, renew });
      } else {
        const renew = ({ traffic }: TrafficTally): Promise<void> => table.renew(trafficTables(what, traffic), Object.values(traffic).reduce((sum, { tallies }) => sum + tallies.unlisted, 0));
        await this.#follow(wish, signal, { make: () => new TrafficTally(columns, streams), tell, renew });
      }
    } finally {
      this.#tables.delete(number);
    }
  }

  /** Keeps the trees of protocols until the subscription ends. Throws as `followTraffic` does. */
  async followProtocols(wish: StatisticsWish, { emit, signal }: Emit<ProtocolsEvent>): Promise<void> {
    const { columns, registry } = this.#capture;
    let trees: Pick<ProtocolsEvent, 'durationNs' | 'chains' | 'layers'> = { durationNs: null, chains: [], layers: [] };
    await this.#follow(wish, signal, {
      make: () => new ProtocolTally(columns),
      tell: (counting) => emit({ ...trees, ...counting }),
      renew: (tally) => {
        trees = { durationNs: tally.durationNs, chains: chainTree(tally.chains, registry), layers: layerTree(tally.chains, registry) };
        return Promise.resolve();
      },
    });
  }

  /** Rows of an open table; throws `not-found` for any other. */
  rows({ table, ...wish }: RowsWish): Promise<RowsReply> {
    const open = this.#tables.get(table);
    if (open === undefined) throw new IpcError('not-found', `There is no table ${table}.`);
    return open.rows(wish);
  }

  async #follow<C extends PacketCounter>({ text, selected }: StatisticsWish, signal: AbortSignal, kept: Kept<C>): Promise<void> {
    if (this.#open >= MOST_OPEN) throw new IpcError('busy', 'Too many statistics are open.');
    this.#open += 1;
    try {
      const begin = (): PacketCount<C> => new PacketCount(kept.make(), this.#capture.filter(text, selected ?? null), () => this.#capture.scanner());
      await new Keeper(this.#capture, signal, begin, kept).run();
    } catch (error) {
      // Whoever ends it wants to hear no more of it.
      if (signal.aborted) return;
      throw error instanceof PatternTimeout ? new IpcError('failed', error.message) : error;
    } finally {
      this.#open -= 1;
    }
  }
}

/** What a statistic is kept with. */
interface Kept<C> {
  /** A count of nothing yet. */
  readonly make: () => C;
  readonly tell: (counting: Counting) => void;
  /** Makes what is shown of what was counted. */
  readonly renew: (counter: C) => Promise<void>;
}

class Keeper<C extends PacketCounter> {
  readonly #capture: CountedCapture;
  readonly #signal: AbortSignal;
  readonly #begin: () => PacketCount<C>;
  readonly #kept: Kept<C>;
  #count: PacketCount<C>;
  /** No more packets will be final: what waited for them has been counted. */
  #isSettled = false;
  #renewedAtMs = -Infinity;
  #renewalMs = 0;

  constructor(capture: CountedCapture, signal: AbortSignal, begin: () => PacketCount<C>, kept: Kept<C>) {
    this.#capture = capture;
    this.#signal = signal;
    this.#begin = begin;
    this.#kept = kept;
    this.#count = begin();
  }

  async run(): Promise<void> {
    this.#kept.tell(this.#counting());
    for (;;) {
      const before = this.#seen();
      if (this.#isOutdated()) this.#count = this.#begin();
      await this.#countAll();
      await this.#settle();
      await this.#renew();
      this.#kept.tell(this.#counting());
      if (this.#seen() === before) await nextChange(this.#capture, this.#signal, this.#waitMs());
      this.#signal.throwIfAborted();
    }
  }

  /** Other packets match now; or the deep pass was paused, and what was settled then may be otherwise. */
  #isOutdated(): boolean {
    return this.#count.isOutdated || (this.#isSettled && this.#count.scanned < this.#capture.counts().finalPackets);
  }

  /** All that is final by now; what there is so far is shown from time to time. */
  async #countAll(): Promise<void> {
    while (this.#count.scanned < this.#capture.counts().finalPackets && !this.#count.isOutdated) {
      const to = Math.min(this.#capture.counts().finalPackets, this.#count.scanned + BLOCK_PACKETS);
      // A filter tells its place as a share of where it ends.
      await this.#count.advance(to, new SearchWatch(this.#signal, (share) => this.#kept.tell(this.#counting(Math.round(share * to)))));
      if (this.#waitMs() === 0 && this.#count.scanned < this.#capture.counts().finalPackets) await this.#renew();
    }
  }

  /** What waits for later packets is settled with the last one; where nobody knows which that is, once it is far behind. */
  async #settle(): Promise<void> {
    const { scanned } = this.#count;
    const watch = new SearchWatch(this.#signal, () => this.#kept.tell(this.#counting()));
    this.#isSettled = !this.#capture.counts().isAnalysing;
    if (this.#isSettled) await this.#count.settle(scanned, watch);
    else if (this.#capture.isWaiting()) await this.#count.settle(scanned - FAR_PACKETS, watch);
  }

  async #renew(): Promise<void> {
    const startedAtMs = performance.now();
    await this.#kept.renew(this.#count.counter);
    this.#renewedAtMs = performance.now();
    this.#renewalMs = this.#renewedAtMs - startedAtMs;
  }

  /** Until what is shown may be made again. */
  #waitMs(): number {
    return Math.max(0, this.#renewedAtMs + Math.max(RENEWAL_MS, this.#renewalMs / RENEWING_SHARE) - performance.now());
  }

  /** What a renewal goes by. */
  #seen(): string {
    const { packets, finalPackets, isAnalysing } = this.#capture.counts();
    return `${packets} ${finalPackets} ${isAnalysing} ${this.#count.isOutdated}`;
  }

  #counting(scanned = this.#count.scanned): Counting {
    const { packets, finalPackets } = this.#capture.counts();
    const isReady = this.#isSettled ? scanned >= finalPackets && this.#count.waiting === 0 : this.#capture.isWaiting() && scanned >= packets;
    return { state: isReady ? 'ready' : 'counting', share: packets === 0 ? 1 : Math.min(1, (scanned - this.#count.waiting) / packets), packets: this.#count.counted };
  }
}

/** Tables as they were made last, and the orders in which their rows were asked for. */
class OpenTable {
  readonly #signal: AbortSignal;
  readonly #orders = new Map<string, Promise<Uint32Array>>();
  #tables: TrafficTables | null = null;
  #generation = 0;
  #unlistedPackets = 0;
  #otherPackets = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get summary(): Pick<TrafficEvent, 'generation' | 'rows' | 'unlistedPackets' | 'otherPackets'> {
    const rows: TrafficEvent['rows'] = {};
    for (const tab of trafficTabs) {
      const table = this.#tables?.[tab];
      if (table !== undefined) rows[tab] = table.rows.length;
    }
    return { generation: this.#generation, rows, unlistedPackets: this.#unlistedPackets, otherPackets: this.#otherPackets };
  }

  async renew(tables: Steps<TrafficTables>, unlistedPackets: number, otherPackets = 0): Promise<void> {
    this.#tables = await runInTurns(tables, new Turns(this.#signal));
    this.#unlistedPackets = unlistedPackets;
    this.#otherPackets = otherPackets;
    this.#generation += 1;
    this.#orders.clear();
  }

  async rows({ tab, sort, from, count, withFilters }: Omit<RowsWish, 'table'>): Promise<RowsReply> {
    const table = this.#tables?.[tab];
    const generation = this.#generation;
    if (table === undefined) return { generation, total: 0, rows: [] };
    const order = await this.#order(table, tab, sort);
    const rows = Array.from(order.subarray(from, from + count), (row) => trafficRow(table, tab, row, withFilters));
    return { generation, total: order.length, rows };
  }

  /** Sorted once for all who ask; given up with the table. */
  #order(table: TrafficTable, tab: TrafficTab, sort: TrafficSort): Promise<Uint32Array> {
    const key = `${tab} ${sort.column} ${sort.descending}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const made = runInTurns(sortedRows(table, sort), new Turns(this.#signal));
    this.#orders.set(key, made);
    return made;
  }
}
