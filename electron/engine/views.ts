/**
 * The views that windows have open on a capture. A view lives as long as its subscription: ending
 * that gives its making up and drops it, and so does the end of the window.
 *
 * Views are made in slices. While packets are still being read, a sorted view covers those that
 * were there when it was asked for, with later ones behind them in file order, as a list that is
 * being looked at must not move; it is sorted anew once reading ends. By Protocol and Info only
 * packets that the deep pass has finished can be sorted: such a view is sorted anew each time
 * their number has doubled, and at the end.
 */
import type { ViewEvent } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { StreamContext } from '../../shared/ipc/peer.ts';
import { ListView } from '../../shared/columns/list-view.ts';
import type { ViewSpec } from '../../shared/columns/list-view.ts';
import type { Steps } from '../../shared/columns/steps.ts';
import { needsFinalRows } from '../../shared/columns/view-sort.ts';
import type { SortedCapture } from '../../shared/columns/view-sort.ts';
import { nextTurn, TURN_MS } from './turn.ts';

/** How far a capture is. */
export interface CaptureCounts {
  readonly packets: number;
  readonly finalPackets: number;
  /** More packets may come. */
  readonly isReading: boolean;
  /** More packets will be final. */
  readonly isAnalysing: boolean;
}

/** The capture as views see it. */
export interface ViewedCapture extends SortedCapture {
  counts(): CaptureCounts;
  /** Returns the function that ends the subscription. */
  onProgress(listener: () => void): () => void;
}

/** At most 20 events a second. */
const eventIntervalMs = 50;
/** Views that one engine keeps at once: 4 bytes a packet each. */
const mostViews = 16;
/** Fewer new final packets than this are not worth sorting again before the end. */
const fewPackets = 10_000;

export class Views {
  readonly #capture: ViewedCapture;
  readonly #views = new Map<number, ListView>();
  #lastId = 0;

  constructor(capture: ViewedCapture) {
    this.#capture = capture;
  }

  /** An open view; throws `not-found` for any other number. */
  get(id: number): ListView {
    const view = this.#views.get(id);
    if (view === undefined) throw new IpcError('not-found', `There is no view ${id}.`);
    return view;
  }

  /** Makes a view and keeps it up to date until the subscription ends. */
  async follow(spec: ViewSpec, { emit, signal }: Pick<StreamContext<ViewEvent>, 'emit' | 'signal'>): Promise<void> {
    if (this.#views.size >= mostViews) throw new IpcError('busy', 'Too many views are open.');
    const id = (this.#lastId += 1);
    const view = new ListView(spec, this.#capture);
    this.#views.set(id, view);
    try {
      await new Keeper(id, view, this.#capture, emit, signal).run();
    } finally {
      this.#views.delete(id);
    }
  }
}

class Keeper {
  readonly #id: number;
  readonly #view: ListView;
  readonly #capture: ViewedCapture;
  readonly #emit: (event: ViewEvent) => void;
  readonly #signal: AbortSignal;
  /** Packets below this were there when the view was last made; −1 before the first time. */
  #madeFor = -1;
  #sentAtMs = -Infinity;

  constructor(id: number, view: ListView, capture: ViewedCapture, emit: (event: ViewEvent) => void, signal: AbortSignal) {
    this.#id = id;
    this.#view = view;
    this.#capture = capture;
    this.#emit = emit;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      const isFirst = this.#madeFor < 0;
      const due = this.#due();
      const changed = isFirst || due !== null || this.#view.scanned < this.#capture.counts().packets;
      if (due !== null) await this.#make(due);
      await this.#work(this.#view.extend(this.#capture.counts().packets), () => undefined);
      if (this.#signal.aborted) return;
      if (changed) this.#send('ready', 1);
      await this.#change();
    }
  }

  /** How many packets to sort now; null where the view is good as it is. */
  #due(): number | null {
    const { sort } = this.#view.spec;
    const { packets, finalPackets, isReading, isAnalysing } = this.#capture.counts();
    if (sort === null) return this.#madeFor < 0 ? packets : null;
    const needsFinal = needsFinalRows(sort.column);
    const ready = needsFinal ? finalPackets : packets;
    if (this.#madeFor < 0) return ready;
    const moreWillCome = isReading || (needsFinal && isAnalysing);
    if (!moreWillCome) return ready > this.#madeFor ? ready : null;
    return needsFinal && ready >= 2 * this.#madeFor && ready - this.#madeFor >= fewPackets ? ready : null;
  }

  async #make(count: number): Promise<void> {
    // Told at once: whoever asked can show that something is under way, and learns the view's number.
    this.#send('making', 0);
    const made = await this.#work(this.#view.make(count), (share) => this.#sendSometimes(share));
    if (made) this.#madeFor = count;
  }

  /** Works in slices between which the engine answers; false where the view was given up meanwhile. */
  async #work(steps: Steps<void>, onShare: (share: number) => void): Promise<boolean> {
    let share = 0;
    for (;;) {
      const until = performance.now() + TURN_MS;
      do {
        const step = steps.next();
        if (step.done === true) return true;
        share = Math.max(share, step.value);
      } while (performance.now() < until);
      onShare(share);
      await nextTurn();
      if (!this.#signal.aborted) continue;
      steps.return();
      return false;
    }
  }

  /** Waits for the next change of the capture, or the end of the subscription. */
  async #change(): Promise<void> {
    const waitMs = Math.max(0, this.#sentAtMs + eventIntervalMs - performance.now());
    await new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | null = null;
      const end = (): void => {
        if (timer !== null) clearTimeout(timer);
        unsubscribe();
        this.#signal.removeEventListener('abort', end);
        resolve();
      };
      const unsubscribe = this.#capture.onProgress(() => {
        // Several changes in a row are one.
        timer ??= setTimeout(end, waitMs);
      });
      this.#signal.addEventListener('abort', end);
      if (this.#signal.aborted) end();
    });
  }

  #sendSometimes(share: number): void {
    if (performance.now() - this.#sentAtMs >= eventIntervalMs) this.#send('making', share);
  }

  #send(state: ViewEvent['state'], share: number): void {
    this.#sentAtMs = performance.now();
    const { length, sortedLength, generation } = this.#view;
    this.#emit({ view: this.#id, state, share, total: length, sorted: sortedLength, generation });
  }
}
