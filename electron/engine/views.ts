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
import { setTimeout as pause } from 'node:timers/promises';
import type { Row, ViewEvent, ViewSpec } from '../../shared/ipc/contract.ts';
import { IpcError } from '../../shared/ipc/errors.ts';
import type { StreamContext } from '../../shared/ipc/peer.ts';
import { ListView } from '../../shared/columns/list-view.ts';
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { Steps } from '../../shared/columns/steps.ts';
import { needsFinalRows } from '../../shared/columns/view-sort.ts';
import type { SortedCapture } from '../../shared/columns/view-sort.ts';
import { PatternTimeout } from '../../shared/filter/compile.ts';
import { DRAWING_MS, SCREEN_PACKETS } from './first-look.ts';
import { nextChange } from './next-change.ts';
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
  /** The display filter of a text; null where all packets match. Throws `failed` where the text is none. */
  makeFilter(text: string, selected: number | null): PacketFilter | null;
  /** Rows of an open view, fewer than asked at its end. */
  readRows(view: number, wanted: Screen): { readonly generation: number; readonly rows: Row[] };
  /** Returns the function that ends the subscription. */
  onProgress(listener: () => void): () => void;
}

/** Rows that will be on screen. */
export type Screen = NonNullable<ViewSpec['screen']>;

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

  /** Makes a view and keeps it up to date until the subscription ends. Throws `failed` where its filter is not valid or takes too long. */
  async follow(spec: ViewSpec, { emit, signal }: Pick<StreamContext<ViewEvent>, 'emit' | 'signal'>): Promise<void> {
    if (this.#views.size >= mostViews) throw new IpcError('busy', 'Too many views are open.');
    const id = (this.#lastId += 1);
    const { text = '', selected = null } = spec;
    const make = (): ListView => new ListView(spec.sort, this.#capture, this.#capture.makeFilter(text, selected));
    const use = (view: ListView): void => void this.#views.set(id, view);
    try {
      await new Keeper({ id, make, use, screen: spec.screen, capture: this.#capture, emit, signal }).run();
    } catch (error) {
      throw error instanceof PatternTimeout ? new IpcError('failed', error.message) : error;
    } finally {
      this.#views.delete(id);
    }
  }
}

/** What a view is kept with. */
interface Kept {
  readonly id: number;
  /** A view that nothing has been looked at for yet. */
  readonly make: () => ListView;
  /** Lets windows read from a view, in the place of the one before. */
  readonly use: (view: ListView) => void;
  readonly screen: Screen | undefined;
  readonly capture: ViewedCapture;
  readonly emit: (event: ViewEvent) => void;
  readonly signal: AbortSignal;
}

class Keeper {
  readonly #kept: Kept;
  readonly #capture: ViewedCapture;
  readonly #signal: AbortSignal;
  #view: ListView;
  /** Packets below this were there when the view was last made; −1 before the first time. */
  #madeFor = -1;
  #sentAtMs = -Infinity;
  #sentTotal = 0;
  /** To be sent; undefined where nobody wants any, or once they were. */
  #screen: Screen | undefined;
  /** Rows were just sent: they are drawn sooner while nothing else runs (decision 0009). */
  #isBeingDrawn = false;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.#capture = kept.capture;
    this.#signal = kept.signal;
    this.#view = kept.make();
    this.#screen = kept.screen;
    kept.use(this.#view);
  }

  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      if (this.#isOutdated()) await this.#renew();
      const isFirst = this.#madeFor < 0;
      const due = this.#due();
      const changed = isFirst || due !== null || this.#view.scanned < this.#judgeable();
      if (due !== null) await this.#make(due);
      await this.#work(this.#view, this.#view.extend(this.#judgeable()), (share) => this.#sendSometimes(share));
      if (this.#signal.aborted) return;
      if (changed) this.#sendDone();
      await nextChange(this.#capture, this.#signal, this.#sentAtMs + eventIntervalMs - performance.now());
    }
  }

  /** How many packets the view's filter can judge now. */
  #judgeable(): number {
    const { packets, finalPackets, isAnalysing } = this.#capture.counts();
    if (this.#view.needsFinal) return finalPackets;
    // What will be final in a moment need not be judged twice.
    return this.#view.prefersFinal && isAnalysing && packets - finalPackets < fewPackets ? finalPackets : packets;
  }

  /** Packets were judged before they were final, and all of them are now; or what the filter goes by has changed. */
  #isOutdated(): boolean {
    return this.#view.isOutdated || this.#view.isProvisional && this.#capture.counts().finalPackets >= this.#view.scanned;
  }

  /** Makes the view again beside the one that is being looked at, and puts it in its place. */
  async #renew(): Promise<void> {
    const next = this.#kept.make();
    next.generation = this.#view.generation + 1;
    const { scanned } = this.#view;
    const made = await this.#work(next, next.make(scanned), () => undefined);
    if (!made) return;
    this.#view = next;
    this.#madeFor = scanned;
    this.#kept.use(next);
    this.#sendDone();
  }

  /** How many packets to sort now; null where the view is good as it is. */
  #due(): number | null {
    const { sort } = this.#view;
    const { finalPackets, isReading, isAnalysing } = this.#capture.counts();
    if (sort === null) return this.#madeFor < 0 ? this.#judgeable() : null;
    const needsFinal = needsFinalRows(sort.column) || this.#view.needsFinal;
    const ready = needsFinal ? finalPackets : this.#judgeable();
    if (this.#madeFor < 0) return ready;
    const moreWillCome = isReading || (needsFinal && isAnalysing);
    if (!moreWillCome) return ready > this.#madeFor ? ready : null;
    return needsFinal && ready >= 2 * this.#madeFor && ready - this.#madeFor >= fewPackets ? ready : null;
  }

  async #make(count: number): Promise<void> {
    // Told at once: whoever asked can show that something is under way. What a filter finds is there as soon.
    if (!this.#view.isInFileOrder) this.#send('making', 0);
    const made = await this.#work(this.#view, this.#view.make(count), (share) => this.#sendSometimes(share));
    if (made) this.#madeFor = count;
  }

  /** Works in slices between which the engine answers; false where the view was given up meanwhile. */
  async #work(view: ListView, steps: Steps<void>, onShare: (share: number) => void): Promise<boolean> {
    let share = 0;
    for (;;) {
      const until = performance.now() + TURN_MS;
      do {
        const step = steps.next();
        if (step.done === true) return true;
        share = Math.max(share, step.value);
        if (view.waiting !== null) await view.waiting;
      } while (performance.now() < until && !this.#hasFirstScreen());
      onShare(share);
      await (this.#isBeingDrawn ? this.#drawn() : nextTurn());
      if (!this.#signal.aborted) continue;
      steps.return();
      return false;
    }
  }

  async #drawn(): Promise<void> {
    this.#isBeingDrawn = false;
    // Whoever ends the view ends the pause.
    await pause(DRAWING_MS, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  /** Ready, unless the deep pass still has packets for the filter. */
  #sendDone(): void {
    const { packets, isAnalysing } = this.#capture.counts();
    const { scanned, needsFinal } = this.#view;
    if (needsFinal && isAnalysing && scanned < packets) this.#send('making', scanned / packets);
    else this.#send('ready', 1);
  }

  #sendSometimes(share: number): void {
    if (this.#hasFirstScreen() || performance.now() - this.#sentAtMs >= eventIntervalMs) this.#send('making', share);
  }

  /** Rows in file order stay where they are: a screen of them can be shown while the others are looked for. */
  #hasFirstScreen(): boolean {
    return this.#view.isInFileOrder && this.#sentTotal < SCREEN_PACKETS && this.#view.length >= SCREEN_PACKETS;
  }

  #send(state: ViewEvent['state'], share: number): void {
    this.#sentAtMs = performance.now();
    const { length, sortedLength, generation, isInFileOrder } = this.#view;
    this.#sentTotal = length;
    const screen = this.#screen !== undefined && (state === 'ready' || (isInFileOrder && length > 0)) ? this.#readScreen(this.#screen) : {};
    // Of a list that is ready nothing is left that would have to wait.
    this.#isBeingDrawn = state === 'making' && 'screen' in screen;
    this.#kept.emit({ view: this.#kept.id, state, share, total: length, sorted: sortedLength, generation, ...screen });
  }

  /** Without a call of their own for rows, they are on screen a way to the engine and back sooner. */
  #readScreen(wanted: Screen): Required<Pick<ViewEvent, 'screen'>> {
    this.#screen = undefined;
    const { generation, rows } = this.#capture.readRows(this.#kept.id, wanted);
    return { screen: { from: wanted.from, generation, rows } };
  }
}
