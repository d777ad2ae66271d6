/**
 * A host and engine of made-up packets behind the real contract, codec and peer: for the development
 * page (dev/index.html) and for tests of the window. Never part of the product's build.
 */
import { hasNumber, noNumbers, rangesOf, type NumberRanges } from '../../shared/format/number-ranges.ts';
import { createClient } from '../../shared/ipc/client.ts';
import { engineContract, shellContract, type CaptureDescription, type CaptureProgress, type Row, type SortOrder, type ViewEvent, type ViewSpec } from '../../shared/ipc/contract.ts';
import type { RuleProblem, SentRule } from '../../shared/ipc/colouring-contract.ts';
import type { FilterProblemReport, FilterReport } from '../../shared/ipc/filter-contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { SearchResult, SearchWish } from '../../shared/ipc/list-contract.ts';
import { memoryChannelPair } from '../../shared/ipc/memory-channel.ts';
import { createServer, type Handlers, type StreamContext } from '../../shared/ipc/peer.ts';
import type { Event } from '../../shared/ipc/define.ts';
import type { EngineClient, Host, OpenedCapture } from '../ipc/host.ts';
import { createFakeLive, type FakeLive, type FakeLiveHost, type FakeRun } from './fake-live.ts';
import type { DecodeEntry } from '../../shared/ipc/decode-contract.ts';
import { fakePacket, fakeRow } from './fake-packets.ts';
import { fakeStatistics } from './fake-statistics.ts';

export interface FakeCapture {
  readonly name: string;
  readonly packets: number;
  readonly problems?: CaptureDescription['problems'];
  /** Reading takes this long; 0 is done at once. */
  readonly readingMs?: number;
  readonly refused?: boolean;
  /** Rows and packets answer this much later. */
  readonly delayMs?: number;
  /** Sorting takes this long. */
  readonly sortingMs?: number;
  /** The packets are those of a live capture. */
  readonly live?: FakeRun;
}

export interface FakeHost extends Host {
  /** Shows a capture in the window, as a double-click on a file would. */
  show(capture: FakeCapture | null): void;
  /** The engine dies; `restarted` says whether a new one takes its place. */
  killEngine(restarted: boolean): void;
  readonly live: FakeLiveHost;
  /** What was asked to be decoded as what, last. */
  readonly decodedAs: () => readonly DecodeEntry[];
  /** The connection to the host breaks. */
  disconnect(): void;
}

type ShellHandlers = Handlers<typeof shellContract>;

export const fakeRecent: readonly (readonly [name: string, folder: string, size: number, packets: number, hoursAgo: number, missing: boolean])[] = [
  ['shop-and-api.pcapng', 'Captures', 10_960, 42, 1, false],
  ['gateway-noon.pcapng', 'Captures/office', 1_100_000_000, 1_600_000, 3, false],
  ['voip-jitter.pcap.gz', 'Downloads', 38_000_000, 211_000, 26, false],
  ['mtu-vpn.pcap', 'Captures', 2_200_000, 3104, 96, false],
  ['printer-dhcp.pcap', 'Captures', 0, 12, 220, true],
];

export const fakeSamples: readonly (readonly [title: string, description: string, layers: readonly number[], packets: number])[] = [
  ['One web page, all layers', 'Follow one request from ARP to the first byte.', [2, 3, 4, 6, 7], 31],
  ['Refused, filtered or reset', 'Three failures that look alike and are not.', [4], 24],
  ['Large downloads hang', 'Find the path MTU black hole before you blame the app.', [3, 4], 61],
  ['Name fails, address works', 'Read a DNS failure from the first query.', [7], 12],
];

export function createFakeHost(kind: Host['kind'] = 'web', fakeLive: FakeLive = {}): FakeHost {
  let current: { readonly opened: OpenedCapture; readonly engine: FakeEngine } | null = null;
  let count = 0;
  const changed = new Set<StreamContext<Event<typeof shellContract, 'shell.captureChanged'>>>();
  const stopped = new Set<StreamContext<Event<typeof shellContract, 'shell.engineStopped'>>>();

  function show(capture: FakeCapture | null): OpenedCapture | null {
    current?.engine.close();
    current = capture === null ? null : { opened: { captureId: `fake-${(count += 1)}`, name: capture.name }, engine: new FakeEngine(capture) };
    for (const { emit } of changed) emit({ capture: current?.opened ?? null });
    return current?.opened ?? null;
  }

  let decoded: readonly DecodeEntry[] = [];
  function decodeAs(captureId: string, entries: readonly DecodeEntry[]): void {
    if (current?.opened.captureId !== captureId) throw new IpcError('not-found', 'There is no such capture.');
    if (entries.some(({ protocol }) => protocol === 'data')) throw new IpcError('failed', 'What came through a pipe cannot be read again.');
    decoded = entries;
    current.engine.close();
    current = { opened: current.opened, engine: new FakeEngine(current.engine.capture) };
  }

  const live = createFakeLive(fakeLive, (run) => show({ name: run.name, packets: 0, live: run })!);
  const [windowEnd, hostEnd] = memoryChannelPair();
  createServer(shellContract, shellHandlers({ live, show, decodeAs, current: () => current?.opened ?? null, changed, stopped }), hostEnd);
  const shell = createClient(shellContract, windowEnd, { checkReplies: true });
  return {
    kind,
    shell,
    show,
    live,
    decodedAs: () => decoded,
    connectEngine: (captureId) => (current?.opened.captureId === captureId ? Promise.resolve(current.engine.connect()) : Promise.reject(new IpcError('not-found', 'There is no such capture.'))),
    openFile: (file) => {
      if (!/\.(pcap|pcapng|cap)(\.gz)?$/.test(file.name)) return Promise.reject(new IpcError('failed', 'Byte 0 is 0x50, not a pcap or pcapng mark.'));
      return Promise.resolve(show({ name: file.name, packets: 42 })!);
    },
    killEngine(restarted) {
      if (current === null) return;
      const { opened, engine } = current;
      engine.close();
      current = restarted ? { opened, engine: new FakeEngine(engine.capture) } : null;
      for (const { emit } of stopped) emit({ captureId: opened.captureId, reason: 'it ran out of memory', restarted });
    },
    disconnect: () => hostEnd.close(),
  };
}

interface Shell {
  readonly live: FakeLiveHost;
  readonly show: (capture: FakeCapture | null) => OpenedCapture | null;
  readonly decodeAs: (captureId: string, entries: readonly DecodeEntry[]) => void;
  readonly current: () => OpenedCapture | null;
  readonly changed: Set<StreamContext<Event<typeof shellContract, 'shell.captureChanged'>>>;
  readonly stopped: Set<StreamContext<Event<typeof shellContract, 'shell.engineStopped'>>>;
}

function shellHandlers({ live, show, decodeAs, current, changed, stopped }: Shell): ShellHandlers {
  let recent = [...fakeRecent];
  return {
    'shell.describe': () => ({ value: { host: 'web', platform: 'a test', version: '0.0.0', capture: current() } }),
    'shell.openDialog': () => ({ value: { opened: show({ name: 'chosen.pcap', packets: 42 }) } }),
    'shell.recent': () => ({
      value: { files: recent.map(([name, folder, sizeBytes, packets, hoursAgo, missing]) => ({ id: name, name, folder, sizeBytes, packets, openedAtMs: Date.now() - hoursAgo * 3_600_000, missing })) },
    }),
    'shell.openRecent': ({ id }) => {
      const found = recent.find(([name]) => name === id);
      if (found === undefined) throw new IpcError('not-found', 'The file is no longer there.');
      return { value: { opened: show({ name: id, packets: found[3], readingMs: found[3] > 100_000 ? 8000 : 0 }) } };
    },
    'shell.clearRecent': () => {
      recent = [];
      return { value: {} };
    },
    'shell.samples': () => ({ value: { samples: fakeSamples.map(([title, description, layers, packets]) => ({ id: title, title, description, layers: [...layers], packets })) } }),
    'shell.openSample': ({ id }) => ({ value: { opened: show({ name: `${id}.pcapng`, packets: fakeSamples.find(([title]) => title === id)?.[3] ?? 0 }) } }),
    'shell.closeCapture': () => {
      show(null);
      return { value: {} };
    },
    'shell.decodeAs': ({ captureId, entries }) => {
      decodeAs(captureId, entries);
      return { value: {} };
    },
    'shell.noteOpened': () => ({ value: {} }),
    'shell.captureChanged': (_request, context) => void changed.add(context),
    'shell.engineStopped': (_request, context) => void stopped.add(context),
    'shell.command': () => undefined,
    ...live.handlers,
  };
}

const bytesPerPacket = 261;

class FakeEngine {
  readonly capture: FakeCapture;
  readonly #startedAt = performance.now();
  readonly #listeners = new Set<StreamContext<CaptureProgress>>();
  readonly #clients = new Set<EngineClient>();
  #stoppedAt: number | null = null;
  #verifyChecksums = false;
  #ignored: NumberRanges = noNumbers;
  #macros: Readonly<Record<string, string>> = {};
  #rules: readonly SentRule[] = [];
  readonly #problemListeners = new Set<StreamContext<{ problems: readonly RuleProblem[] }>>();
  #generation = 1;
  /** Packet numbers in the order of each open view. */
  readonly #views = new Map<number, readonly number[]>();
  #lastView = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(capture: FakeCapture) {
    this.capture = capture;
    if ((capture.readingMs ?? 0) > 0 || capture.live !== undefined) this.#timer = setInterval(() => this.#tick(), 50);
  }

  connect(): EngineClient {
    const [windowEnd, engineEnd] = memoryChannelPair();
    createServer(engineContract, this.#handlers(), engineEnd);
    const client = createClient(engineContract, windowEnd, { checkReplies: true });
    this.#clients.add(client);
    return client;
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const client of this.#clients) client.close();
  }

  #tick(): void {
    const progress = this.#progress();
    for (const { emit } of this.#listeners) emit(progress);
    if (progress.state !== 'reading' && progress.state !== 'capturing' && this.#timer !== null) clearInterval(this.#timer);
  }

  #progress(): CaptureProgress {
    const { live } = this.capture;
    if (live !== undefined) {
      const shown = live.shown();
      return { state: live.isRunning() ? 'capturing' : 'done', packets: shown, bytesRead: shown * bytesPerPacket, totalBytes: shown * bytesPerPacket, finalPackets: shown, problems: 0, generation: this.#generation };
    }
    const { packets, readingMs = 0, refused = false } = this.capture;
    const elapsed = (this.#stoppedAt ?? performance.now()) - this.#startedAt;
    const share = readingMs === 0 ? 1 : Math.min(1, elapsed / readingMs);
    const read = refused ? 0 : Math.floor(packets * share);
    const state = refused ? 'failed' : share === 1 ? 'done' : this.#stoppedAt !== null ? 'stopped' : 'reading';
    return { state, packets: read, bytesRead: read * bytesPerPacket, totalBytes: packets * bytesPerPacket, finalPackets: read, problems: this.capture.problems?.length ?? 0, generation: this.#generation };
  }

  #describe(): CaptureDescription {
    const progress = this.#progress();
    return {
      name: this.capture.name,
      sizeBytes: this.capture.packets * bytesPerPacket,
      format: 'pcapng 1.0, little-endian, nanoseconds',
      compression: null,
      progress,
      firstTime: progress.packets > 0 ? fakeRow(1).time : null,
      lastTime: progress.packets > 0 ? fakeRow(progress.packets).time : null,
      capturedBytes: 640 * progress.packets,
      wireBytes: 640 * progress.packets,
      droppedPackets: 0,
      interfaces: [{ id: 0, name: 'wlan0', description: 'Wi-Fi', linkType: 1, linkTypeName: 'Ethernet' }],
      comments: ['Recorded at the client while the shop was slow.'],
      problems: this.capture.problems ?? [],
      settings: { verifyChecksums: this.#verifyChecksums },
    };
  }

  async #followView({ sort, text = '' }: ViewSpec, { emit, signal }: StreamContext<ViewEvent>): Promise<void> {
    const { packets } = this.#progress();
    const view = (this.#lastView += 1);
    const { sortingMs = 0 } = this.capture;
    emit({ view, state: 'making', share: 0, total: packets, sorted: 0, generation: 1 });
    for (let share = 0.1; sortingMs > 0 && share < 1 && !signal.aborted; share += 0.1) {
      await new Promise((resolve) => setTimeout(resolve, sortingMs / 10));
      emit({ view, state: 'making', share, total: packets, sorted: 0, generation: 1 });
    }
    if (signal.aborted) return;
    // A protocol's name is the only filter that is known here.
    const numbers = sortedNumbers(packets, sort).filter((number) => text === '' || (fakeRow(number).protocol.toLowerCase() === text && !hasNumber(this.#ignored, number)));
    this.#views.set(view, numbers);
    signal.addEventListener('abort', () => this.#views.delete(view));
    emit({ view, state: 'ready', share: 1, total: numbers.length, sorted: numbers.length, generation: 1 });
  }

  /** Made-up rows name their rule; of filters, only a protocol's name is known here. */
  #ruleOf(row: Row): Row['rule'] {
    return this.#rules.find(({ name, filter }) => name === row.rule || filter === row.protocol.toLowerCase())?.id ?? null;
  }

  #rowOf(number: number): Row {
    const plain = fakeRow(number);
    const row = { ...plain, rule: this.#ruleOf(plain) };
    return hasNumber(this.#ignored, number) ? { ...row, source: '', destination: '', protocol: '', info: '<Ignored>', rule: null, severity: null, ignored: true } : row;
  }

  #tellProblems(): void {
    const problems = this.#rules.flatMap(({ id, filter }) => (filter === 'nonsense' ? [{ id, problem: fakeFilterReport(filter).error as FilterProblemReport }] : []));
    for (const { emit } of this.#problemListeners) emit({ problems });
  }

  #handlers(): Handlers<typeof engineContract> {
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, this.capture.delayMs ?? 0));
    return {
      'capture.describe': () => ({ value: this.#describe() }),
      'capture.stop': () => {
        this.#stoppedAt = performance.now();
        this.#tick();
        return { value: {} };
      },
      'capture.resume': () => ({ value: {} }),
      'capture.configure': ({ verifyChecksums }) => {
        this.#verifyChecksums = verifyChecksums;
        this.#generation += 1;
        return { value: this.#describe() };
      },
      'capture.progress': (_request, context) => void this.#listeners.add(context),
      'view.follow': (spec, context) => void this.#followView(spec, context),
      'filter.find': ({ text, from, step }, { emit, end }) => {
        const matches = sortedNumbers(this.#progress().packets, null).filter((number) => fakeRow(number).info.includes(text.replace(/^frame contains "(.*)"$/, '$1')));
        const found = step === 1 ? (matches.find((number) => number > from) ?? matches[0]) : (matches.findLast((number) => number < from) ?? matches.at(-1));
        emit({ found: found ?? null });
        end();
      },
      'colouring.set': ({ rules }) => {
        this.#rules = rules;
        this.#generation += 1;
        this.#tellProblems();
        this.#tick();
        return { value: {} };
      },
      'colouring.problems': (_request, context) => {
        this.#problemListeners.add(context);
        this.#tellProblems();
      },
      'filter.check': ({ text, macros = this.#macros }) => ({ value: fakeFilterReport(macros[text.replace(/^\$|\(\)$/g, '')] ?? text) }),
      'filter.macros': ({ macros }) => {
        this.#macros = macros;
        return { value: {} };
      },
      'filter.complete': ({ text, at }) => ({ value: { from: 0, options: 'tcp.port'.startsWith(text.slice(0, at)) ? [{ text: 'tcp.port', kind: 'field' as const, label: 'Source or Destination Port', detail: 'a whole number' }] : [] } }),
      'view.locate': ({ view, number }) => {
        const position = view === 0 ? number - 1 : (this.#views.get(view) ?? []).indexOf(number);
        return { value: { position: position < 0 ? null : position } };
      },
      'rows.read': async ({ view, from, count, fields = [] }) => {
        await later();
        const order = view === 0 ? null : this.#views.get(view);
        if (order === undefined) throw new IpcError('not-found', `There is no view ${view}.`);
        const total = order?.length ?? this.#progress().packets;
        const rows = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, index) => this.#rowOf(order?.[from + index] ?? from + index + 1)).map((row) => ({ ...row, fields: fields.map(({ text }) => `${text} of ${row.number}`) }));
        return { value: { generation: this.#generation + (order === null ? 0 : 1), total, rows } };
      },
      'capture.ignore': ({ packets: numbers }) => {
        this.#ignored = numbers;
        this.#generation += 1;
        this.#tick();
        return { value: {} };
      },
      'packet.find': (wish, { emit, end }) => {
        const order = wish.view === 0 ? sortedNumbers(this.#progress().packets, null) : (this.#views.get(wish.view) ?? []);
        if (wish.text === 'endless') return emit({ share: 0.42 });
        emit({ found: fakeSearch(wish, order) });
        return end();
      },
      'rows.bytes': ({ view, from, count }) => {
        const order = view === 0 ? null : this.#views.get(view);
        const packets = Array.from({ length: count }, (_, index) => order?.[from + index] ?? from + index + 1).map(fakePacket);
        return { value: { packets: packets.map(({ detail, bytes }) => ({ number: detail.number, length: bytes.length })) }, payload: Uint8Array.from(packets.flatMap(({ bytes }) => [...bytes])) };
      },
      'rows.numbers': ({ view, rows }) => {
        const order = view === 0 ? null : this.#views.get(view);
        return { value: { packets: rangesOf(rows.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => order?.[first + index] ?? first + index + 1))) } };
      },
      'rows.overview': ({ view, buckets, marked, conversation }) => {
        const order = view === 0 ? sortedNumbers(this.#progress().packets, null) : (this.#views.get(view) ?? []);
        const parts = order.slice(0, buckets).map((number) => this.#rowOf(number)).map((row) => ({ severity: row.severity ?? ('none' as const), rule: row.rule, isMarked: hasNumber(marked, row.number), isRelated: conversation !== null && row.conversation === conversation }));
        return { value: { total: order.length, isSampled: false, buckets: parts } };
      },
      'decode.choices': () => ({
        value: {
          keys: [{ table: 'tcp.port', key: 8443, protocol: null }, { table: 'tcp.port', key: 51_000, protocol: null }],
          protocols: [{ table: 'tcp.port', choices: [{ id: 'data', title: 'Data' }, { id: 'http', title: 'HTTP' }, { id: 'tls', title: 'TLS' }] }, { table: 'udp.port', choices: [{ id: 'dns', title: 'DNS' }] }],
        },
      }),
      'packet.neighbour': ({ number, step }) => {
        const { conversation } = fakeRow(number);
        let found = number + step;
        const { packets } = this.#progress();
        while (found >= 1 && found <= packets && fakeRow(found).conversation !== conversation) found += step;
        return { value: { number: conversation === null || found < 1 || found > packets ? null : found } };
      },
      'packet.read': async ({ number }) => {
        await later();
        const { detail, bytes } = fakePacket(number);
        return { value: detail, payload: bytes };
      },
      ...fakeStatistics(() => this.#progress().packets),
      'stream.timeline': () => {
        throw new IpcError('not-found', 'Made-up packets have no timeline.');
      },
    };
  }
}

const sortKeys: Readonly<Record<SortOrder['column'], (row: Row) => string | number>> = {
  number: ({ number }) => number,
  time: ({ time }) => (time === null ? 0 : time.seconds + time.nanos / 1e9),
  source: ({ source }) => source,
  destination: ({ destination }) => destination,
  protocol: ({ protocol }) => protocol,
  length: ({ wireLength }) => wireLength,
  info: ({ info }) => info,
  // Longer numbers are larger ones, whatever the field.
  custom: ({ number }) => number,
};

/** A protocol of the made-up packets is a filter, "maybe" one that is doubtful, and everything else is none. */
export function fakeFilterReport(text: string): FilterReport {
  const fix = { label: 'Use tcp', text: 'tcp', span: { start: 0, end: text.length } };
  const problem = (message: string): FilterReport['warnings'] => [{ start: 0, end: text.length, message, fixes: [fix] }];
  const isDoubtful = text === 'maybe';
  const isValid = isDoubtful || ['', 'tcp', 'dns', 'tls'].includes(text);
  if (!isValid) return { isValid, error: problem(`"${text}" is neither a field nor a protocol name.`)[0] ?? null, warnings: [], words: '', fields: [], usesSelected: false };
  return { isValid, error: null, warnings: isDoubtful ? problem('This matches seldom what is meant.') : [], words: text === '' ? 'All packets.' : `Packets with ${text.toUpperCase()}.`, fields: [text], usesSelected: false };
}

/** Text only, forwards or backwards, in rows or in the lines of trees. */
function fakeSearch({ where, text, row, place, step }: SearchWish, order: readonly number[]): SearchResult['found'] {
  const places = order.flatMap((number, index) => {
    const texts = where === 'list' ? [fakeRow(number).info] : fakePacket(number).detail.nodes.map(({ label }) => label);
    return texts.flatMap((one, at) => (one.includes(text) ? [{ number, row: index, place: where === 'list' ? -1 : at, length: 0 }] : []));
  });
  const key = (found: { readonly row: number; readonly place: number }): number => found.row * 1000 + found.place + 1;
  const here = key({ row: row ?? -1, place: place ?? (step === 1 ? 998 : -2) });
  const ahead = places.filter((found) => (step === 1 ? key(found) > here : key(found) < here));
  return (step === 1 ? (ahead[0] ?? places[0]) : (ahead.at(-1) ?? places.at(-1))) ?? null;
}

function sortedNumbers(packets: number, sort: SortOrder | null): readonly number[] {
  const numbers = Array.from({ length: packets }, (_, index) => index + 1);
  if (sort === null) return numbers;
  const keys = numbers.map((number) => sortKeys[sort.column](fakeRow(number)));
  const sign = sort.descending ? -1 : 1;
  return numbers.sort((one, two) => (keys[one - 1]! < keys[two - 1]! ? -sign : keys[one - 1]! > keys[two - 1]! ? sign : one - two));
}
