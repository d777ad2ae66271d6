/**
 * One open capture: the one place that wires source → records → index → deep pass → rows.
 *
 * Everything works in slices on one thread: between two slices the session answers. It
 * knows no transport, no window and no Electron; the engine process, the command line and
 * tests all use this class.
 */
import type { CaptureDescription, CaptureProgress, ColumnSpec, PacketDetail, Problem, Row, ViewEvent, ViewSpec } from '../../shared/ipc/contract.ts';
import type { FilterReport } from '../../shared/ipc/filter-contract.ts';
import type { StreamContext } from '../../shared/ipc/peer.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import { neighbourInConversation } from '../../shared/columns/conversation-neighbour.ts';
import { IndexPass } from '../../shared/columns/index-pass.ts';
import { beginsMessage } from '../../shared/columns/message-start.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import { Dissection } from '../../shared/dissect/dissection.ts';
import { WANT_FIELDS, WANT_ROW } from '../../shared/dissect/run.ts';
import type { Wanted } from '../../shared/dissect/run.ts';
import { PROTOCOLS } from '../../shared/dissect/protocols/index.ts';
import { Registry } from '../../shared/dissect/registry.ts';
import type { DecodeAs } from '../../shared/dissect/registry.ts';
import { CaptureState } from '../../shared/dissect/state.ts';
import type { DissectSettings } from '../../shared/dissect/state.ts';
import type { NumberRanges } from '../../shared/format/number-ranges.ts';
import type { CaptureSink, PacketRecord } from '../../shared/records/record.ts';
import { Streams } from '../../shared/streams/streams.ts';
import { BackgroundPass } from './background-pass.ts';
import type { AnalysedCapture } from './background-pass.ts';
import { CaptureFacts } from './capture-facts.ts';
import { CaptureInput } from './capture-input.ts';
import type { InputOptions } from './capture-input.ts';
import { CaptureMemory } from './capture-memory.ts';
import type { MemorySettings, MemoryUse } from './capture-memory.ts';
import { CapturePackets } from './capture-packets.ts';
import type { Completions } from '../../shared/filter/complete.ts';
import type { DecodeChoices } from './decode-choices.ts';
import type { Macros } from '../../shared/filter/macros.ts';
import type { FilteredCapture } from '../../shared/filter/capture-filter.ts';
import { Filters } from './filters.ts';
import { findPacket } from './find-packet.ts';
import { IgnoredPackets } from './ignored-packets.ts';
import { inflate } from './inflate.ts';
import { ListTools } from './list-tools.ts';
import type { ListSource } from './list-tools.ts';
import type { ListedRows } from './listed-rows.ts';
import { PacketExtras } from './packet-extras.ts';
import type { RowColours } from './row-colours.ts';
import type { SearchWatch } from './search-watch.ts';
import { ShownPackets } from './shown-packets.ts';
import { everyPacket } from './packet-count.ts';
import { Statistics } from './statistics.ts';
import type { CountedCapture } from './statistics.ts';
import { stateProblems } from './state-problems.ts';
import { timelineOf } from './stream-timeline.ts';
import { Views } from './views.ts';
import type { ViewedCapture } from './views.ts';

export interface SessionOptions extends DissectSettings, InputOptions, MemorySettings {
  /** Stops reading after so many packets (command line: -c). */
  readonly maxPackets?: number;
  /** False: every packet takes the dissectors in the index pass (tests). */
  readonly fastPath?: boolean;
  /** What the user said is what, whatever it looks like. */
  readonly decodeAs?: readonly DecodeAs[] | undefined;
  /** False: no deep pass; for a figure or a count that needs none. */
  readonly deep?: boolean;
}

export class CaptureSession {
  /** Resolves when reading and the deep pass have ended, for whatever reason. Never rejects. */
  readonly finished: Promise<void>;
  readonly registry: Registry;
  readonly index: IndexPass;
  private readonly state: CaptureState;
  private readonly packets: CapturePackets;
  private readonly shown: ShownPackets;
  private readonly deep: BackgroundPass;
  private readonly options: SessionOptions;
  private readonly memory: CaptureMemory;
  private readonly extras: PacketExtras;
  private readonly facts: CaptureFacts;
  private readonly listeners = new Set<(progress: CaptureProgress) => void>();
  private readonly views: Views;
  private readonly filters: Filters;
  /** Many rows at once. */
  readonly list: ListTools;
  /** Protocols, conversations and endpoints, counted while somebody looks at them. */
  readonly statistics: Statistics;
  private readonly ignored = new IgnoredPackets();
  private readonly input: CaptureInput;
  private phase: CaptureProgress['state'] = 'opening';
  private generation = 0;
  private closed = false;

  private constructor(path: string, options: SessionOptions) {
    this.options = options;
    this.registry = new Registry(PROTOCOLS, options.decodeAs);
    this.memory = new CaptureMemory(options, (problem) => this.input.meet(problem));
    this.extras = new PacketExtras(this.memory.pool);
    const streams = new Streams(this.memory.pool, this.memory.conversationPool);
    this.state = new CaptureState(streams, { verifyChecksums: options.verifyChecksums, reassembleOutOfOrder: options.reassembleOutOfOrder ?? false });
    this.state.inflate = inflate;
    this.state.readPacketBytes = (packet) => this.packets.bytes(packet - 1);
    this.index = new IndexPass(new Dissection(this.registry, this.state), { fastPath: options.fastPath ?? true });
    this.packets = new CapturePackets(this.index, this.extras, (offset, length) => this.input.readAt(offset, length));
    this.deep = new BackgroundPass(this.analysed());
    const filtered: FilteredCapture = {
      columns: this.index.columns,
      streams,
      registry: this.registry,
      scanner: (colouring) => this.shown.scanner(colouring),
      beginsMessage: (position) => beginsMessage(this.index.columns, this.state.reassembler.table, position),
    };
    this.filters = new Filters({
      ...filtered,
      dissectSelected: (number) => (number >= 1 && number <= this.packetCount ? this.show(number - 1, WANT_FIELDS) : null),
    });
    this.shown = new ShownPackets({
      registry: this.registry,
      state: this.state,
      index: this.index,
      packets: this.packets,
      ignored: this.ignored,
      generation: () => this.generation,
      finalPackets: () => this.deep.done,
      macros: () => this.filters.macros,
      onColours: () => {
        this.generation += 1;
        this.tell();
      },
      source: () => this.input.source,
      isGone: (offset) => this.input.isGone(offset),
    });
    this.list = new ListTools(this.listed());
    this.views = new Views(this.viewed(streams));
    this.statistics = new Statistics(this.counted(filtered));
    this.input = new CaptureInput(path, options, {
      onChange: () => this.tell(),
      onFollowing: () => this.followOn(),
      onGone: () => void (this.generation += 1),
      packetCount: () => this.packetCount,
      analyse: (isInterrupted) => (options.deep ?? true ? this.deep.advance(isInterrupted) : Promise.resolve()),
    });
    this.facts = new CaptureFacts(this.index, this.input, () => options.live?.counts ?? null);
    this.finished = this.work();
  }

  /** Resolves at once; reading goes on in slices. A file that cannot be read shows as state `failed` with a problem. */
  static open(path: string, options: SessionOptions): Promise<CaptureSession> {
    return Promise.resolve(new CaptureSession(path, options));
  }

  /** Colouring rules, and what they say of packets. */
  get colours(): RowColours {
    return this.shown.colours;
  }

  get problems(): readonly Problem[] {
    return [...this.input.problems, ...stateProblems(this.state.streams)];
  }

  get packetCount(): number {
    return this.index.columns.count;
  }

  get isReading(): boolean {
    return this.phase === 'opening' || this.phase === 'reading' || this.phase === 'following';
  }

  /** Memory of what grows with the packets, and how often a part of it was moved to disk. */
  get memoryUse(): MemoryUse {
    return this.memory.use;
  }

  get format(): string {
    return this.facts.format;
  }

  // ── reading ────────────────────────────────────────────────────────────────

  private async work(): Promise<void> {
    this.phase = 'reading';
    const isOpen = await this.input.read(this.sink());
    if (!isOpen || (this.packetCount === 0 && this.problems.some(({ kind }) => kind === 'refused'))) this.phase = 'failed';
    if (this.phase === 'failed' || this.closed) return this.tell();
    if (this.options.deep ?? true) {
      this.phase = 'analysing';
      this.tell();
      await this.deep.advance();
    }
    this.deep.release();
    const stopped = this.input.wasStopped && this.packetCount !== this.options.maxPackets;
    this.phase = stopped ? 'stopped' : 'done';
    this.generation += 1;
    this.tell();
  }

  private followOn(): void {
    if (this.options.live === undefined) this.phase = 'following';
    this.tell();
  }

  private sink(): CaptureSink {
    const { index } = this;
    const maxPackets = this.options.maxPackets ?? Infinity;
    return {
      format: ({ name, container }) => {
        this.facts.format = name;
        this.packets.hasSections = container === 'pcapng';
      },
      interface: (description) => index.interface(description),
      packet: (record: PacketRecord) => {
        if (index.columns.count >= maxPackets) return this.input.stop();
        this.extras.note(index.columns.count, record);
        index.packet(record);
        // Nobody knows when the next one would come.
        if (this.options.follow === true && index.columns.count === maxPackets) this.input.stop();
      },
      statistics: (statistics) => void this.facts.statistics.set(statistics.interfaceId, statistics),
      name: () => undefined,
      secrets: () => undefined,
      comment: (text) => void this.facts.comments.push(text),
      problem: (problem) => this.input.meet(problem),
    };
  }

  private tell(): void {
    const progress = this.progress();
    for (const listener of this.listeners) listener(progress);
  }

  // ── what windows ask ───────────────────────────────────────────────────────

  private progress(): CaptureProgress {
    return { state: this.shownPhase(), packets: this.packetCount, bytesRead: this.input.bytesRead, totalBytes: this.input.totalBytes, finalPackets: this.deep.done, problems: this.problems.length, generation: this.generation, gonePackets: this.input.gonePackets };
  }

  /** While a live capture goes on, reading what it has so far is no phase of its own. */
  private shownPhase(): CaptureProgress['state'] {
    return this.phase === 'reading' && this.options.live?.hasEnded === false ? 'capturing' : this.phase;
  }

  describe(): CaptureDescription {
    return this.facts.describe({ progress: this.progress(), problems: this.problems, settings: { verifyChecksums: this.state.settings.verifyChecksums } });
  }

  /** Stops reading; when all is read, pauses the deep pass. What was done stays. */
  stop(): void {
    if (this.isReading) this.input.stop();
    else if (this.phase === 'analysing') this.deep.pause();
  }

  resume(): void {
    this.deep.resume();
  }

  configure(settings: { verifyChecksums: boolean }): CaptureDescription {
    this.state.settings = { ...this.state.settings, verifyChecksums: settings.verifyChecksums };
    this.generation += 1;
    this.tell();
    return this.describe();
  }

  onProgress(listener: (progress: CaptureProgress) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Leaves packets out from now on. */
  ignore(packets: NumberRanges): void {
    this.ignored.set(packets);
    this.generation += 1;
    this.tell();
  }

  private listedRows(view: number): ListedRows {
    if (view === 0) return { length: this.packetCount, at: (row) => row, indexOf: (position) => position, isInFileOrder: true };
    const list = this.views.get(view);
    return { length: list.length, at: (row) => list.at(row), indexOf: (position) => list.indexOf(position), isInFileOrder: list.isInFileOrder };
  }

  /** Rows by 0-based position in a view; 0 is all packets in file order. Fewer than asked at the end. */
  readRows(view: number, from: number, count: number, fields: readonly ColumnSpec[] = []): { generation: number; total: number; rows: Row[] } {
    const list = view === 0 ? null : this.views.get(view);
    const total = list?.length ?? this.packetCount;
    const positions = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, index) => list?.at(from + index) ?? from + index);
    const rows = this.shown.rows(positions, fields);
    if (rows.length > 0) this.input.rowsTaken();
    for (const { number, provisional } of rows) if (provisional) this.deep.noteHanded(number);
    return { generation: this.generation + (list?.generation ?? 0), total, rows };
  }

  followView(spec: ViewSpec, context: StreamContext<ViewEvent>): Promise<void> {
    return this.views.follow(spec, context);
  }

  checkFilter(text: string, macros?: Macros): FilterReport {
    return this.filters.check(text, macros);
  }

  /** The user's own macros; rows may have columns, and colours, that use them. */
  setMacros(macros: Macros): void {
    this.filters.setMacros(macros);
    this.colours.renew();
  }

  /** The next packet that a filter matches, after or before another, round and round; null where none does. Throws `failed` where the text is no filter. */
  async find(text: string, from: number, step: -1 | 1, watch: SearchWatch): Promise<number | null> {
    const filter = this.ignored.without(this.filters.make(text, from));
    const next = from - 1 + step;
    const found = filter === null ? (next < 0 ? this.packetCount - 1 : next % this.packetCount) : await findPacket(filter, from - 1, step, this.packetCount, watch);
    return found < 0 ? null : found + 1;
  }

  completeFilter(text: string, at: number): Completions {
    return this.filters.complete(text, at);
  }

  /** The filter of a text, for whoever prints packets; null where all match. Throws `failed` where the text is no filter. */
  makeFilter(text: string): PacketFilter | null {
    return this.filters.make(text, null);
  }

  locate(view: number, number: number): number | null {
    const at = view === 0 ? number - 1 : this.views.get(view).indexOf(number - 1);
    return at >= 0 && at < this.packetCount ? at : null;
  }

  private captureCounts(): ReturnType<ViewedCapture['counts']> {
    return { packets: this.packetCount, finalPackets: this.deep.done, isReading: this.isReading, isAnalysing: this.isReading || this.phase === 'analysing' };
  }

  /** What the deep pass needs of this session. */
  private analysed(): AnalysedCapture {
    return {
      run: new Dissection(this.registry, this.state),
      index: this.index,
      packets: this.packets,
      fastPath: this.options.fastPath ?? true,
      source: () => this.input.source,
      isClosed: () => this.closed,
      onRows: () => void (this.generation += 1),
      onProgress: () => this.tell(),
      onPause: (isPaused) => {
        this.phase = isPaused ? 'paused' : 'analysing';
        this.tell();
      },
    };
  }

  /** What tools for many rows need of this session. */
  private listed(): ListSource {
    return {
      columns: this.index.columns,
      rows: (view) => this.listedRows(view),
      bytes: (position) => this.packets.bytes(position),
      isIgnored: (position) => this.ignored.has(position),
      labels: (position) => this.shown.labels(position),
      texts: (position, columns) => this.shown.texts(position, columns),
      roughRule: (position) => this.shown.roughRule(position),
      ruleIds: () => this.colours.rules.map(({ id }) => id),
    };
  }

  /** What statistics need of this session. */
  private counted({ columns, streams, registry }: FilteredCapture): CountedCapture {
    return {
      columns,
      streams,
      registry,
      scanner: () => this.shown.scanner(),
      counts: () => this.captureCounts(),
      isWaiting: () => this.shownPhase() === 'following' || this.shownPhase() === 'capturing',
      onProgress: (listener) => this.onProgress(listener),
      filter: (text, selected) => this.ignored.without(this.filters.make(text, selected) ?? everyPacket),
    };
  }

  /** What views need of this session. */
  private viewed(streams: Streams): ViewedCapture {
    return {
      columns: this.index.columns,
      streams,
      makeFilter: (text, selected) => this.ignored.without(this.filters.make(text, selected)),
      readRows: (view, { from, count, fields }) => this.readRows(view, from, count, fields),
      readText: (position, column) => this.show(position, WANT_ROW).columns[column],
      readColumn: (column) => this.shown.customColumns.sorted(column),
      counts: () => this.captureCounts(),
      onProgress: (listener) => this.onProgress(listener),
    };
  }

  neighbour(number: number, step: -1 | 1): number | null {
    const { columns, conversations } = this.index;
    const found = neighbourInConversation(columns, conversations, number - 1, step);
    return found < 0 ? null : found + 1;
  }

  /** `number` is one of the capture's packets. */
  readPacket(number: number): { detail: PacketDetail; payload: Uint8Array } {
    return this.shown.packet(number);
  }

  /** What of a packet can be decoded as something else. `number` is one of the capture's packets. */
  decodeChoices(number: number): DecodeChoices {
    return this.shown.decodeChoices(number - 1);
  }

  streamTimeline(stream: number, aroundPacket: number, signal: AbortSignal): Promise<StreamTimeline> {
    return timelineOf(this, this.state.streams, stream, aroundPacket, signal);
  }

  /** Dissects a packet as it is to be shown; what comes back is valid until the next call. */
  show(position: number, wanted: Wanted): Dissection {
    return this.shown.show(position, wanted);
  }

  close(): void {
    this.closed = true;
    this.deep.resume();
    this.input.close();
    this.memory.close();
  }
}
