/**
 * A session over made-up packets, for tests of what is around it. It can be
 * told to misbehave by the number of the packet that is asked for.
 */
import type { CaptureDescription, CaptureProgress, PacketDetail, Row } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { Completions } from '../../shared/filter/complete.ts';
import type { FilterReport } from '../../shared/ipc/filter-contract.ts';
import type { StreamTimeline } from '../../shared/ipc/timeline-contract.ts';
import type { EngineSettings } from './control-contract.ts';
import type { Session } from './handlers.ts';

/** Packets that kill the process when they are read. */
export const fatalPackets = { exit: 101, hang: 102, memory: 103, throws: 104 } as const;
export const fakePackets = 1000;

export class FakeSession implements Session {
  readonly path: string;
  closed = false;
  readonly list = {
    readBytes: () => ({ packets: [], payload: new Uint8Array() }),
    numbersOf: () => Promise.resolve([]),
    find: () => Promise.resolve(null),
    overview: () => Promise.resolve({ total: fakePackets, isSampled: false, buckets: [] }),
  };
  readonly statistics = {
    followTraffic: () => Promise.reject(new IpcError('failed', 'Made-up packets have no statistics.')),
    followProtocols: () => Promise.reject(new IpcError('failed', 'Made-up packets have no statistics.')),
    rows: () => Promise.reject(new IpcError('not-found', 'There is no such table.')),
  };
  decodeChoices = () => ({ keys: [], protocols: [] });
  readonly colours = { set: (): void => undefined, onProblems: () => (): void => undefined };
  problemMessage: string | null = null;
  #settings: EngineSettings;
  #state: CaptureProgress['state'] = 'done';
  readonly #listeners = new Set<(progress: CaptureProgress) => void>();

  constructor(path: string, settings: EngineSettings) {
    this.path = path;
    this.#settings = settings;
  }

  /** Refuses paths that contain "refused"; ends the process on "deadly". */
  static open(path: string, settings: EngineSettings): Promise<FakeSession> {
    if (path.includes('deadly')) process.exit(9);
    if (path.includes('refused')) return Promise.reject(new IpcError('failed', 'The file is refused.'));
    return Promise.resolve(new FakeSession(path, settings));
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  progress(packets: number = fakePackets): CaptureProgress {
    return { state: this.#state, packets, bytesRead: packets, totalBytes: fakePackets, finalPackets: packets, problems: 0, generation: 1 };
  }

  /** Tells the listeners, as a reading session would. */
  tell(state: CaptureProgress['state'], packets: number): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(this.progress(packets));
  }

  describe(): CaptureDescription {
    return {
      name: this.path,
      sizeBytes: 1,
      format: 'made up',
      compression: null,
      progress: this.progress(),
      firstTime: null,
      lastTime: null,
      capturedBytes: 0,
      wireBytes: 0,
      droppedPackets: null,
      interfaces: [],
      // The process's number lets a test tell a new engine from an old one.
      comments: [`process ${process.pid}`],
      problems: this.problemMessage === null ? [] : [{ kind: 'refused', code: 'refused', message: this.problemMessage, offset: 0, end: 0, packetsBefore: 0 }],
      settings: this.#settings,
    };
  }

  stop(): void {
    this.tell('stopped', fakePackets);
  }

  resume(): void {
    this.tell('analysing', fakePackets);
  }

  configure(settings: EngineSettings): CaptureDescription {
    this.#settings = settings;
    return this.describe();
  }

  onProgress(listener: (progress: CaptureProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readRows(view: number, from: number, count: number): { generation: number; total: number; rows: Row[] } {
    if (view !== 0) throw new IpcError('not-found', `There is no view ${view}.`);
    const shown = Math.max(0, Math.min(count, fakePackets - from));
    return { generation: 1, total: fakePackets, rows: Array.from({ length: shown }, (_, index) => fakeRow(from + index + 1)) };
  }

  ignore(): void {}

  setMacros(): void {}

  followView(): Promise<void> {
    return Promise.reject(new IpcError('failed', 'Made-up packets have no views.'));
  }

  checkFilter(): FilterReport {
    return { isValid: true, error: null, warnings: [], words: 'All packets.', fields: [], usesSelected: false };
  }

  find(): Promise<number | null> {
    return Promise.resolve(null);
  }

  completeFilter(_text: string, at: number): Completions {
    return { from: at, options: [] };
  }

  locate(_view: number, number: number): number | null {
    return number >= 1 && number <= fakePackets ? number - 1 : null;
  }

  neighbour(number: number, step: -1 | 1): number | null {
    const found = number + step;
    return found >= 1 && found <= fakePackets ? found : null;
  }

  readPacket(number: number): { detail: PacketDetail; payload: Uint8Array } {
    if (number === fatalPackets.exit) process.exit(7);
    if (number === fatalPackets.hang) for (;;);
    if (number === fatalPackets.memory) exhaustMemory();
    if (number === fatalPackets.throws) throw new RangeError('a bug of the session');
    const sources = [{ name: 'Frame', length: 3 }];
    return {
      detail: { number, row: fakeRow(number), layers: [], nodes: [], sources, provisional: false, terms: { source: '', destination: '', protocol: '', conversations: [] }, conversation: null },
      payload: new Uint8Array([1, 2, 3]),
    };
  }

  streamTimeline(stream: number): Promise<StreamTimeline> {
    return Promise.reject(new IpcError('not-found', `There is no stream ${stream}.`));
  }

  close(): void {
    this.closed = true;
  }
}

function exhaustMemory(): never {
  const kept: string[][] = [];
  for (let round = 0; ; round += 1) kept.push(Array.from({ length: 100_000 }, (_, index) => `${round} ${index}`));
}

function fakeRow(number: number): Row {
  return {
    number,
    time: null,
    source: 'a',
    destination: 'b',
    protocol: 'FAKE',
    wireLength: 3,
    capturedLength: 3,
    info: `packet ${number}`,
    layer: 2,
    rule: null,
    severity: null,
    conversation: null,
    provisional: false,
    fields: [],
  };
}
