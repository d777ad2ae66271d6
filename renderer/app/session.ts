/**
 * One capture shown in the window: its engine's calls and events tied to the stores. A session ends
 * when another capture takes its place or its engine dies; what it was still waiting for is dropped.
 */
import type { Client, Unsubscribe } from '../../shared/ipc/client.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { CaptureProgress, Row, SortOrder, engineContract } from '../../shared/ipc/contract.ts';
import type { Reply, Request } from '../../shared/ipc/define.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { FilterCompletion, FilterReport } from '../../shared/ipc/filter-contract.ts';
import type { SearchResult } from '../../shared/ipc/list-contract.ts';
import type { ProtocolsEvent, TrafficEvent } from '../../shared/ipc/statistics-contract.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import { captureDescribed, captureProgressed } from '../stores/capture.ts';
import { customColumns } from '../stores/columns.ts';
import type { DecodeChoices } from '../stores/decode-as.ts';
import { dismissProblems, notify } from '../stores/dialogs.ts';
import { macroTexts } from '../stores/filter-book.ts';
import { loadMarks } from '../stores/marks.ts';
import { packetArrived, packetFailed, packetWanted } from '../stores/packet.ts';
import { selectPacket } from '../stores/selection.ts';
import { afterPaint } from './after-paint.ts';
import { createColouringFollower } from './colouring.ts';
import { createPacketReader, type PacketReader } from './packet-reader.ts';
import { createRowLoader, type ReadRows, type RowLoader } from './row-loader.ts';
import type { Stores } from './stores.ts';
import { createViewFollower, type ViewFollower } from './view-follower.ts';

export type EngineClient = Client<typeof engineContract>;
export type OverviewWish = Request<typeof engineContract, 'rows.overview'>;
export type SearchWish = Request<typeof engineContract, 'packet.find'>;
export type SearchFound = SearchResult['found'];
/** A search that is under way: to be given up, and how far it is (0…1). */
export interface SearchFollower {
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
}
export type TrafficWish = Request<typeof engineContract, 'statistics.traffic'>;
export type ProtocolsWish = Request<typeof engineContract, 'statistics.protocols'>;
export type TrafficRowsWish = Request<typeof engineContract, 'statistics.rows'>;
export type TrafficRowsReply = Reply<typeof engineContract, 'statistics.rows'>;
export type ListOverview = Reply<typeof engineContract, 'rows.overview'>;

export interface Session {
  readonly rows: RowLoader;
  /** Asks for the description and follows the progress; rejects when the engine cannot be talked to. */
  start(): Promise<void>;
  showPacket(packet: number): void;
  /** Stops reading, or else the deep pass. */
  stopReading(): Promise<void>;
  /** Goes on with the deep pass after it was stopped. */
  resume(): Promise<void>;
  /** Shows the list in another order; null is file order. */
  sortBy(sort: SortOrder | null): void;
  /** Shows only packets that a display filter matches; "": all. */
  filterBy(filter: string): void;
  /** Gives up an order or a filter that is being made; false where none is. */
  cancelMaking(): boolean;
  /** What is to be said of a display filter. */
  checkFilter(text: string, signal: AbortSignal, macros?: Record<string, string>): Promise<FilterReport>;
  /** The next packet that a filter matches, after or before another, round and round; null where none does. */
  find(text: string, from: number, step: -1 | 1, follower: SearchFollower): Promise<number | null>;
  /** The next place in the list's packets that holds a text, a pattern or bytes; null where none does. */
  search(wish: SearchWish, follower: SearchFollower): Promise<SearchFound>;
  /** What could be written at a place of a filter. */
  completeFilter(text: string, at: number): Promise<{ readonly from: number; readonly options: readonly FilterCompletion[] }>;
  /** Rows of a view with the columns on show; fewer at its end. */
  readRows(view: number, from: number, count: number, signal: AbortSignal): Promise<readonly Row[]>;
  /** Captured bytes of rows, from the first on; fewer rows where they would be too many bytes. */
  readBytes(view: number, from: number, count: number, signal: AbortSignal): Promise<readonly Uint8Array[]>;
  /** A view at a glance. */
  overview(wish: OverviewWish, signal: AbortSignal): Promise<ListOverview>;
  /** Numbers of the packets in rows of a view. */
  numbersOf(view: number, rows: NumberRanges, signal: AbortSignal): Promise<NumberRanges>;
  /** Position of a packet in a view; −1 where it is not in it. */
  locate(view: number, packet: number): Promise<number>;
  /** Number of the packet at a position of a view; 0 where there is none. */
  numberAt(view: number, position: number): Promise<number>;
  verifyChecksums(verify: boolean): Promise<void>;
  /** What of a packet can be decoded as something else. */
  decodeChoices(packet: number): Promise<DecodeChoices>;
  /** Keeps a table of conversations or endpoints with the engine until what comes back is called. */
  traffic(wish: TrafficWish, onEvent: (event: TrafficEvent) => void, onEnd: (error: IpcError | null) => void): Unsubscribe;
  /** Rows of such a table. */
  trafficRows(wish: TrafficRowsWish, signal: AbortSignal): Promise<TrafficRowsReply>;
  /** Keeps the trees of protocols, likewise. */
  protocols(wish: ProtocolsWish, onEvent: (event: ProtocolsEvent) => void, onEnd: (error: IpcError | null) => void): Unsubscribe;
  timeline(stream: number, aroundPacket: number, signal: AbortSignal): Promise<StreamTimeline>;
  /** The packet before or after another in its conversation; null where there is none. */
  neighbourInConversation(packet: number, step: -1 | 1, signal: AbortSignal): Promise<number | null>;
  end(): void;
}

export function createSession(stores: Stores, engine: EngineClient): Session {
  const { rows, packet, dialogs } = stores;
  const ended = new AbortController();

  const readRows: ReadRows = (view, from, count, options) => engine.call('rows.read', { view, from, count, fields: customColumns(stores.columns.getState()) }, options);
  const loader = createRowLoader(rows, readRows, (message) => notify(dialogs, `Some rows could not be read: ${message}`), afterPaint);

  const reader: PacketReader = createPacketReader((number, options) => engine.callWithPayload('packet.read', { number }, options), {
    onArrived: (detail) => packetArrived(packet, detail),
    onFailed: (number, message) => packetFailed(packet, number, message),
  });

  const views = createViewFollower({
    engine, rows, capture: stores.capture,
    screen: () => ({ ...loader.screen, fields: customColumns(stores.columns.getState()) }),
    prepare: (view, total, screen) => loader.prepare(view, total, screen),
    onRows: () => loader.refresh(),
    selected: () => stores.selection.getState().packet,
    onFailure: (message) => notify(dialogs, `The list stays as it is: ${message}`),
  });
  const follower = createFollower({ stores, engine, views, reader, signal: ended.signal });
  const { signal } = ended;
  const readAgain = (): void => readPacketAgain(stores, reader);
  /** Has packets left out from now on; the one on show may be among them. */
  async function ignore(packets: NumberRanges): Promise<void> {
    await engine.call('capture.ignore', { packets }, { signal: ended.signal });
    readAgain();
  }
  // A packet's tree says which rule colours it.
  const colours = createColouringFollower(stores.colouring, engine, readAgain);
  const stopIgnoring = stores.marks.subscribe((state, before) => {
    if (state.ignored === before.ignored) return;
    ignore(state.ignored).catch((error: unknown) => {
      if (!(error instanceof IpcError)) throw error;
      if (!ended.signal.aborted) notify(dialogs, error.message);
    });
  });
  /** Before anything that may use them is asked. */
  const sendMacros = (): void => void engine.call('filter.macros', { macros: macroTexts(stores.filterBook.getState().macros) }, { signal: ended.signal }).then(readAgain).catch(ignoreEnd);
  const stopMacros = stores.filterBook.subscribe((state, before) => {
    if (state.macros !== before.macros) sendMacros();
  });
  const stopColumns = stores.columns.subscribe((state, before) => {
    if (JSON.stringify(customColumns(state)) !== JSON.stringify(customColumns(before))) loader.reload();
  });

  return {
    rows: loader,
    async start() {
      // A new engine after one that died knows nothing of the rows on show, nor of the settings.
      const { sort, filter } = rows.getState();
      const isListed = sort !== null || filter !== '';
      if (stores.filterBook.getState().macros.length > 0) sendMacros();
      const verify = stores.capture.getState().description?.settings.verifyChecksums ?? false;
      if (verify) await engine.call('capture.configure', { verifyChecksums: true });
      const { ignored } = stores.marks.getState();
      if (stores.capture.getState().description !== null && ignored.length > 0) await ignore(ignored);
      if (isListed) views.follow(stores.capture.getState().progress);
      // The first rows before all else: they are what everybody waits for. What the list needs to
      // know comes right behind them, and news only after that, so that it is drawn once, with its rows.
      colours.begin();
      loader.begin();
      await follower.describe();
      engine.subscribe('capture.progress', {}, follower.onProgress);
      colours.listen();
      if (isListed) views.show({ sort, filter });
    },
    showPacket(number) {
      packetWanted(packet, number);
      reader.want(number, false);
    },
    async stopReading() {
      await engine.call('capture.stop', {});
    },
    async resume() {
      await engine.call('capture.resume', {});
    },
    sortBy: (sort) => views.sortBy(sort),
    filterBy: (filter) => views.filterBy(filter),
    cancelMaking: () => views.cancel(),
    find: (text, from, step, follower) => untilFound((onEvent, onEnd) => engine.subscribe('filter.find', { text, from, step }, onEvent, onEnd), follower, signal),
    search: (wish, follower) => untilFound((onEvent, onEnd) => engine.subscribe('packet.find', wish, onEvent, onEnd), follower, signal),
    completeFilter: (text, at) => engine.call('filter.complete', { text, at }, { signal }),
    checkFilter: (text, given, macros) => engine.call('filter.check', { text, ...(macros === undefined ? {} : { macros }) }, { signal: AbortSignal.any([given, signal]) }),
    readRows: async (view, from, count, given) => (await engine.call('rows.read', { view, from, count, fields: customColumns(stores.columns.getState()) }, { signal: AbortSignal.any([given, signal]) })).rows,
    async readBytes(view, from, count, given) {
      const { value, payload } = await engine.callWithPayload('rows.bytes', { view, from, count }, { signal: AbortSignal.any([given, signal]) });
      let end = 0;
      return value.packets.map(({ length }) => payload.subarray(end, (end += length)));
    },
    overview: (wish, given) => engine.call('rows.overview', wish, { signal: AbortSignal.any([given, signal]) }),
    numbersOf: async (view, wanted, given) => (await engine.call('rows.numbers', { view, rows: wanted }, { signal: AbortSignal.any([given, signal]) })).packets,
    locate: async (view, number) => (await engine.call('view.locate', { view, number }, { signal })).position ?? -1,
    numberAt: async (view, from) => (await engine.call('rows.read', { view, from, count: 1 }, { signal })).rows[0]?.number ?? 0,
    async verifyChecksums(verify) {
      const description = await engine.call('capture.configure', { verifyChecksums: verify });
      captureDescribed(stores.capture, description);
      follower.follow();
      readAgain();
    },
    decodeChoices: (number) => engine.call('decode.choices', { number }, { signal }),
    traffic: (wish, onEvent, onEnd) => engine.subscribe('statistics.traffic', wish, onEvent, onEnd),
    trafficRows: (wish, given) => engine.call('statistics.rows', wish, { signal: AbortSignal.any([given, signal]) }),
    protocols: (wish, onEvent, onEnd) => engine.subscribe('statistics.protocols', wish, onEvent, onEnd),
    timeline: (stream, aroundPacket, signal) => engine.call('stream.timeline', { stream, aroundPacket }, { signal }),
    neighbourInConversation: async (number, step, signal) => (await engine.call('packet.neighbour', { number, step }, { signal })).number,
    end() {
      ended.abort();
      stopColumns();
      stopMacros();
      stopIgnoring();
      colours.stop();
      loader.stop();
      reader.stop();
      engine.close();
    },
  };
}

interface Followed {
  readonly stores: Stores;
  readonly engine: EngineClient;
  readonly views: ViewFollower;
  readonly reader: PacketReader;
  /** Aborted when the session ends. */
  readonly signal: AbortSignal;
}

interface Follower {
  readonly describe: () => Promise<void>;
  readonly follow: () => void;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/** Carries what the engine says about itself to the stores, and has read again what may have changed by it. */
function createFollower({ stores, engine, views, reader, signal }: Followed): Follower {
  const { capture, dialogs, rows, packet, selection } = stores;

  function follow(): void {
    const { progress } = capture.getState();
    if (progress === null) return;
    const before = rows.getState();
    views.follow(progress);
    const outdated = before.generation !== rows.getState().generation;
    const { wanted, detail } = packet.getState();
    // Only what may still change is read again; a final tree stays as it is.
    if (outdated && wanted !== null && detail?.number === wanted && detail.provisional) reader.want(wanted, true);
  }

  /** So that every pane has something to say. */
  const selectFirst = (): void => {
    if (!signal.aborted && selection.getState().packet === null) selectPacket(selection, 1, -1, false);
  };
  // Drawing the other panes takes as long as drawing the rows: a frame is for those alone.
  const stopWaiting = rows.subscribe(({ pages }) => {
    if (signal.aborted) return stopWaiting();
    if (![...pages.values()].some((page) => page.rows.length > 0)) return;
    stopWaiting();
    afterPaint(() => afterPaint(selectFirst));
  });

  async function describe(): Promise<void> {
    const description = await engine.call('capture.describe', {}, { signal });
    if (signal.aborted) return;
    captureDescribed(capture, description);
    // A name alone is not enough: captures are often called the same.
    loadMarks(stores.marks, `${description.name} ${description.firstTime?.seconds ?? 0}.${description.firstTime?.nanos ?? 0}`);
    follow();
  }

  function onProgress(progress: CaptureProgress): void {
    if (signal.aborted) return;
    const before = capture.getState().progress;
    captureProgressed(capture, progress);
    follow();
    const firstPacketCame = before?.packets === 0 && progress.packets > 0;
    const problemCame = before !== null && progress.problems > before.problems;
    // What happens to the file is to be seen, whatever was dismissed before.
    if (problemCame) dismissProblems(dialogs, false);
    // The first time is known from the first packet on, the rest (last time) once reading ends.
    if (firstPacketCame || problemCame || before?.state !== progress.state) void describe().catch(ignoreEnd);
    // Until now the packet's conversation may have grown.
    if (before?.state === 'reading' && progress.state !== 'reading') readPacketAgain(stores, reader);
  }

  return { describe, follow, onProgress };
}

/** Asks once more for the packet on show, which says something else now. */
function readPacketAgain({ packet }: Stores, reader: PacketReader): void {
  const { wanted } = packet.getState();
  if (wanted !== null) reader.want(wanted, true);
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof IpcError)) throw error;
}

/** Follows a search to its end; rejects with `cancelled` once one of the signals says so. */
function untilFound<F>(
  subscribe: (onEvent: (event: { readonly share: number } | { readonly found: F }) => void, onEnd: (error: IpcError | null) => void) => Unsubscribe, { signal, onShare }: SearchFollower, closed: AbortSignal,
): Promise<F> {
  return new Promise((resolve, reject) => {
    const onEvent = (event: { readonly share: number } | { readonly found: F }): void => ('share' in event ? onShare(event.share) : resolve(event.found));
    const giveUp = (): void => {
      end();
      reject(new IpcError('cancelled', 'The search was given up.'));
    };
    const given = AbortSignal.any([signal, closed]);
    const end = subscribe(onEvent, (error) => {
      given.removeEventListener('abort', giveUp);
      if (error !== null) reject(error);
    });
    given.addEventListener('abort', giveUp, { once: true });
    if (given.aborted) giveUp();
  });
}
