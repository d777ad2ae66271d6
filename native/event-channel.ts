/** A running capture seen through any channel that carries the helper's lines: its output, its control socket, the addon. */
import { CaptureError, type CaptureEvent, type Counters, type RunningCapture, type Started, type Stopped, type StopReason } from './capture-types.ts';
import { LineSplitter, parseEvent } from './helper-messages.ts';

export interface EventChannel {
  /** Asks for the end; errors of a channel that is already gone are the channel's business. */
  requestStop(): void;
  /** No more events; the capture goes on, and this process may end. */
  release(): void;
}

/** Turns lines into events, and the end of the lines into the end of the capture. */
export class ChannelCapture implements RunningCapture {
  readonly controlSocket: string | null;
  /** Fulfilled when the capture has started. @throws {CaptureError} when it cannot */
  readonly ready: Promise<RunningCapture>;
  readonly stopped: Promise<Stopped>;
  readonly #listeners = new Set<(event: CaptureEvent) => void>();
  /** What came with the start, before anybody could listen: remarks about an interface, mostly. Null once somebody did. */
  #unheard: CaptureEvent[] | null = [];
  readonly #lines = new LineSplitter((line) => this.#onLine(line));
  readonly #channel: EventChannel;
  #started: Started | null = null;
  #counters: Counters | null = null;
  #fatal: CaptureError | null = null;
  #ended = false;
  #resolveReady!: (capture: RunningCapture) => void;
  #rejectReady!: (error: CaptureError) => void;
  #resolveStopped!: (stopped: Stopped) => void;

  constructor(channel: EventChannel, controlSocket: string | null) {
    this.#channel = channel;
    this.controlSocket = controlSocket;
    this.ready = new Promise((resolve, reject) => ((this.#resolveReady = resolve), (this.#rejectReady = reject)));
    this.stopped = new Promise((resolve) => (this.#resolveStopped = resolve));
  }

  get started(): Started {
    if (this.#started === null) throw new Error('the capture has not started');
    return this.#started;
  }

  get pid(): number {
    return this.started.pid;
  }

  get file(): string {
    return this.started.file;
  }

  get counters(): Counters | null {
    return this.#counters;
  }

  onEvent(listener: (event: CaptureEvent) => void): () => void {
    this.#listeners.add(listener);
    const unheard = this.#unheard ?? [];
    this.#unheard = null;
    // Not before the caller has what it returns.
    if (unheard.length > 0) queueMicrotask(() => unheard.forEach((event) => this.#listeners.has(listener) && listener(event)));
    return () => this.#listeners.delete(listener);
  }

  stop(): Promise<Stopped> {
    if (!this.#ended) this.#channel.requestStop();
    return this.stopped;
  }

  detach(): void {
    this.#listeners.clear();
    this.#channel.release();
  }

  /** Text of the channel, in pieces of any size. */
  receive(text: string): void {
    this.#lines.push(text);
  }

  /** The channel is closed: what has not ended by then never says how it ended. */
  close(how: string): void {
    if (this.#ended) return;
    const error = this.#fatal ?? new CaptureError('internal', `The capture ended without a word: ${how}. What it had written is in its file.`);
    if (this.#started === null) {
      this.#ended = true;
      this.#rejectReady(error);
      return;
    }
    if (this.#fatal === null) this.#emit({ event: 'problem', code: error.code, message: error.message, fatal: true });
    this.#end({ ...this.#lastCounts(), event: 'stopped', reason: 'error' });
  }

  #onLine(line: string): void {
    const event = parseEvent(line);
    if (event === null || this.#ended) return;
    if (event.event === 'problem' && event.fatal) this.#fatal = new CaptureError(event.code, event.message, event);
    if (event.event === 'stopped') {
      this.#end(event);
      return;
    }
    if (event.event === 'started') this.#started ??= event;
    if (event.event === 'counters') this.#counters = event;
    this.#emit(event);
    if (event.event === 'started') this.#resolveReady(this);
  }

  #end(stopped: Stopped): void {
    this.#ended = true;
    if (this.#started === null) {
      this.#rejectReady(this.#fatal ?? new CaptureError('internal', `The capture ended before it began (${stopped.reason satisfies StopReason}).`));
      return;
    }
    this.#emit(stopped);
    this.#resolveStopped(stopped);
  }

  #emit(event: CaptureEvent): void {
    // Whoever listens later has read `started` and the latest counters by then.
    if (event.event === 'problem' || event.event === 'file' || event.event === 'deleted') this.#unheard?.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  #lastCounts() {
    const none = { seconds: 0, received: 0, written: 0, bytes: 0, droppedByKernel: null, droppedByInterface: null, perInterface: [] };
    return { ...(this.#counters ?? none) };
  }
}
