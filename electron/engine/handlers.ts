/** What each call of the engine contract does: a thin map onto the session's methods. */
import type { CaptureDescription, CaptureProgress, ColumnSpec, PacketDetail, Row, ViewEvent, ViewSpec, engineContract } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Completions } from '../../shared/filter/complete.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import type { FilterReport } from '../../shared/ipc/filter-contract.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { Handlers, StreamContext } from '../../shared/ipc/peer.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import type { EngineSettings } from './control-contract.ts';
import type { DecodeChoices } from './decode-choices.ts';
import type { ListTools } from './list-tools.ts';
import type { RowColours } from './row-colours.ts';
import { sendSearch, type SearchWatch } from './search-watch.ts';
import type { Statistics } from './statistics.ts';

/** The part of `CaptureSession` that windows reach. */
export interface Session {
  describe(): CaptureDescription;
  /** Stops reading, or else pauses the deep pass; what was done stays. */
  stop(): void;
  /** Goes on with a paused deep pass. */
  resume(): void;
  configure(settings: EngineSettings): CaptureDescription;
  /** Returns the function that ends the subscription. */
  onProgress(listener: (progress: CaptureProgress) => void): () => void;
  /** Throws `not-found` for a view that is not open; view 0 always is. */
  readRows(view: number, from: number, count: number, fields?: readonly ColumnSpec[]): { generation: number; total: number; rows: Row[] };
  /** Makes a view and keeps it until the subscription ends. */
  followView(spec: ViewSpec, context: StreamContext<ViewEvent>): Promise<void>;
  /** What is to be said of a display filter. */
  checkFilter(text: string, macros?: Macros): FilterReport;
  /** The user's own macros, from now on. */
  setMacros(macros: Macros): void;
  /** The rules that rows are coloured by, and which of them match nothing. */
  readonly colours: Pick<RowColours, 'set' | 'onProblems'>;
  /** Many rows at once; each throws `not-found` for a view that is not open. */
  readonly list: Pick<ListTools, 'readBytes' | 'numbersOf' | 'overview' | 'find'>;
  /** Protocols, conversations and endpoints. */
  readonly statistics: Pick<Statistics, 'followTraffic' | 'followProtocols' | 'rows'>;
  /** Leaves packets out from now on. */
  ignore(packets: NumberRanges): void;
  /** The next packet that a filter matches, after or before another, round and round; null where none does. */
  find(text: string, from: number, step: -1 | 1, watch: SearchWatch): Promise<number | null>;
  /** What could be written at a place of one. */
  completeFilter(text: string, at: number): Completions;
  /** 0-based position of a packet in a view; null where it is not there. */
  locate(view: number, number: number): number | null;
  /** The packet before or after another of the capture's in its conversation; null where there is none. */
  neighbour(number: number, step: -1 | 1): number | null;
  /** What of a packet can be decoded as something else; `number` is one of the capture's packets. */
  decodeChoices(number: number): DecodeChoices;
  /** `number` is one of the capture's packets. */
  readPacket(number: number): { detail: PacketDetail; payload: Uint8Array };
  streamTimeline(stream: number, aroundPacket: number, signal: AbortSignal): Promise<StreamTimeline>;
  close(): void;
}

/** At most 20 events a second. */
const progressIntervalMs = 50;

/** What the host calls the capture, and what the file is called on disk: another name, if the page sent it. */
export interface CaptureNames {
  readonly shown: string;
  readonly onDisk: string;
}

export function engineHandlers(session: Session, names: CaptureNames): Handlers<typeof engineContract> {
  const describe = (): CaptureDescription => underShownName(session.describe(), names);
  const known = (number: number): number => {
    const { packets } = session.describe().progress;
    if (number < 1 || number > packets) throw new IpcError('not-found', `There is no packet ${number}: the capture has ${packets} so far.`);
    return number;
  };
  return {
    'capture.describe': () => ({ value: describe() }),
    'capture.stop': () => {
      session.stop();
      return { value: {} };
    },
    'capture.resume': () => {
      session.resume();
      return { value: {} };
    },
    'capture.configure': (settings) => {
      session.configure(settings);
      return { value: describe() };
    },
    'capture.progress': (_request, context) => sendProgress(session, context),
    'view.follow': (spec, context) => session.followView(spec, context),
    'filter.check': ({ text, macros }) => ({ value: session.checkFilter(text, macros) }),
    'filter.macros': ({ macros }) => {
      session.setMacros(macros);
      return { value: {} };
    },
    'colouring.set': ({ rules }) => {
      session.colours.set(rules);
      return { value: {} };
    },
    'colouring.problems': (_request, { emit, signal }) => {
      const end = session.colours.onProblems((problems) => emit({ problems }));
      signal.addEventListener('abort', end, { once: true });
    },
    'filter.find': ({ text, from, step }, context) => sendSearch((watch) => session.find(text, from, step, watch), context),
    'filter.complete': ({ text, at }) => ({ value: session.completeFilter(text, at) }),
    'view.locate': ({ view, number }) => ({ value: { position: session.locate(view, number) } }),
    'rows.read': ({ view, from, count, fields }) => ({ value: session.readRows(view, from, count, fields) }),
    'capture.ignore': ({ packets }) => {
      session.ignore(packets);
      return { value: {} };
    },
    'packet.find': (wish, context) => sendSearch((watch) => session.list.find(wish, watch), context),
    'rows.bytes': ({ view, from, count }) => {
      const { packets, payload } = session.list.readBytes(view, from, count);
      return { value: { packets }, payload };
    },
    'rows.numbers': async ({ view, rows }, { signal }) => ({ value: { packets: await session.list.numbersOf(view, rows, signal) } }),
    'rows.overview': async ({ view, ...wish }, { signal }) => ({ value: await session.list.overview(view, wish, signal) }),
    'packet.read': ({ number }) => {
      const { detail, payload } = session.readPacket(known(number));
      return { value: detail, payload };
    },
    'decode.choices': ({ number }) => ({ value: session.decodeChoices(known(number)) }),
    'packet.neighbour': ({ number, step }) => ({ value: { number: session.neighbour(known(number), step) } }),
    'statistics.traffic': (wish, context) => session.statistics.followTraffic(wish, context),
    'statistics.protocols': (wish, context) => session.statistics.followProtocols(wish, context),
    'statistics.rows': async (wish) => ({ value: await session.statistics.rows(wish) }),
    'stream.timeline': async ({ stream, aroundPacket }, { signal }) => ({ value: await session.streamTimeline(stream, aroundPacket, signal) }),
  };
}

function underShownName(description: CaptureDescription, { shown, onDisk }: CaptureNames): CaptureDescription {
  const named = { ...description, name: shown };
  if (shown === onDisk) return named;
  return { ...named, problems: description.problems.map((problem) => ({ ...problem, message: problem.message.replaceAll(onDisk, shown) })) };
}

/**
 * The present state at once, then changes: those of `state` immediately, others
 * at most every 50 ms, the last one never lost.
 */
function sendProgress(session: Session, { emit, signal }: StreamContext<CaptureProgress>): void {
  let latest = session.describe().progress;
  let sentState = latest.state;
  let changed = false;
  let timer: NodeJS.Timeout | null = null;
  const send = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(onTimer, progressIntervalMs);
    changed = false;
    sentState = latest.state;
    emit(latest);
  };
  const onTimer = (): void => {
    timer = null;
    if (changed) send();
  };
  const unsubscribe = session.onProgress((progress) => {
    latest = progress;
    changed = true;
    if (timer === null || progress.state !== sentState) send();
  });
  signal.addEventListener('abort', () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  }, { once: true });
  send();
}
