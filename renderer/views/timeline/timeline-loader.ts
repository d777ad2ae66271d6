/**
 * Loads a stream's timeline and keeps it fresh: at once when another stream or place is wanted, at
 * most twice a second while the capture grows, less often where it takes long, and never two at a time.
 */
import type { StreamTimeline } from '../../../shared/ipc/timeline-contract.ts';
import type { TimelineViewProps } from '../../app/slots.ts';

export interface TimelineState {
  /** The stream that is asked for; the timeline on show may still be another one. */
  readonly stream: number | null;
  readonly timeline: StreamTimeline | null;
  /** Packet that the view should bring into sight when this timeline arrives; 0 for none. */
  readonly sought: number;
  readonly isLoading: boolean;
  /** Why the wanted stream cannot be shown, for the user; null while all is well. */
  readonly failure: string | null;
}

export const noTimeline: TimelineState = { stream: null, timeline: null, sought: 0, isLoading: false, failure: null };

export const refreshPauseMs = 500;
/** Of the engine's time a growing stream takes at most a fifth. */
const pausePerLoad = 4;

export class TimelineLoader {
  readonly #load: TimelineViewProps['load'];
  readonly #listeners = new Set<() => void>();
  #state: TimelineState = noTimeline;
  #running: AbortController | null = null;
  #around = 0;
  #isStale = false;
  #pause: ReturnType<typeof setTimeout> | null = null;

  constructor(load: TimelineViewProps['load']) {
    this.#load = load;
  }

  readonly current = (): TimelineState => this.#state;

  /** Returns what ends the subscription; with the last one, loading ends too. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  /** Shows a stream around a packet. What is on show already is not loaded again. */
  want(stream: number | null, aroundPacket: number): void {
    if (stream === null) {
      this.#stop();
      this.#change(noTimeline);
    } else if (stream !== this.#state.stream || (!this.#shows(aroundPacket) && aroundPacket !== this.#around)) {
      this.#start(stream, aroundPacket);
    }
  }

  /** Lays the window of shown segments around another packet of the same stream. */
  seek(packet: number): void {
    if (this.#state.stream !== null) this.#start(this.#state.stream, packet);
  }

  /** The capture has grown or changed. */
  refresh(): void {
    const { stream } = this.#state;
    if (stream === null) return;
    this.#isStale = true;
    if (this.#running === null && this.#pause === null) this.#reload();
  }

  retry(): void {
    if (this.#state.stream !== null) this.#start(this.#state.stream, this.#around);
  }

  #shows(packet: number): boolean {
    const { timeline, stream } = this.#state;
    if (timeline === null || timeline.stream !== stream) return false;
    if (timeline.segments.length >= timeline.totalSegments || packet === 0) return true;
    return packet >= (timeline.segments[0]?.packet ?? 0) && packet <= (timeline.segments.at(-1)?.packet ?? 0);
  }

  #reload(): void {
    if (this.#state.stream !== null) this.#start(this.#state.stream, this.#around, 0);
  }

  #start(stream: number, aroundPacket: number, sought = aroundPacket): void {
    this.#stop();
    this.#isStale = false;
    this.#around = aroundPacket;
    const controller = new AbortController();
    const startedMs = performance.now();
    this.#running = controller;
    // What is on show stays until the new one comes: stepping through packets must not flicker.
    this.#change({ ...this.#state, stream, isLoading: true, failure: null });
    this.#load(stream, aroundPacket, controller.signal).then(
      (timeline) => { this.#settle(controller, performance.now() - startedMs, { stream, timeline, sought, isLoading: false, failure: null }); },
      (error: unknown) => { this.#settle(controller, performance.now() - startedMs, { stream, timeline: null, sought: 0, isLoading: false, failure: error instanceof Error ? error.message : String(error) }); },
    );
  }

  #settle(controller: AbortController, tookMs: number, state: TimelineState): void {
    if (controller.signal.aborted) return;
    this.#running = null;
    this.#change(state);
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#isStale) this.#reload();
    }, Math.max(refreshPauseMs, tookMs * pausePerLoad));
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = null;
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = null;
  }

  #change(state: TimelineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
