/** Counting a capture's packets for a statistic: once through those that match, of which only some are read again. */
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { Steps } from '../../shared/columns/steps.ts';
import type { Dissection } from '../../shared/dissect/dissection.ts';
import { WHOLE_TAPE } from '../../shared/filter/capture-filter.ts';
import type { FilterScanner } from '../../shared/filter/capture-filter.ts';
import type { SearchWatch } from './search-watch.ts';

/** Reads packets again that were asked for. */
export interface CountScanner extends FilterScanner {
  /** The packet's bytes, where they have been read ahead; else null. Valid until the next call. */
  bytes(position: number): Uint8Array | null;
}

export interface PacketCounter {
  /** Takes in packets; positions of those that are to be dissected go to `ask`. */
  take(positions: Uint32Array, count: number, ask: number[]): void;
  takeDissected(position: number, run: Dissection): void;
  /** Takes in one that was to be dissected by its bytes, if these are enough. Absent: they never are. */
  takeBytes?(position: number, bytes: Uint8Array): boolean;
  /** Packets before a position that wait for later ones to be final, and are to be dissected now. Absent: none wait. */
  due?(before: number): number[];
  /** How many wait. */
  readonly waiting?: number;
}

/** Packets handed on at once where all are counted. */
const BLOCK = 4096;

/** Matches all packets. */
export const everyPacket: PacketFilter = {
  needsFinal: false,
  prefersFinal: true,
  isProvisional: false,
  waiting: null,
  *scan(from: number, to: number, take: (positions: Uint32Array, count: number) => void): Steps<void> {
    const positions = new Uint32Array(BLOCK);
    for (let start = from; start < to; start += BLOCK) {
      const count = Math.min(BLOCK, to - start);
      for (let at = 0; at < count; at += 1) positions[at] = start + at;
      take(positions, count);
      yield (start + count) / to;
    }
  },
};

export class PacketCount<C extends PacketCounter> {
  readonly counter: C;
  readonly #filter: PacketFilter;
  readonly #makeScanner: () => CountScanner | null;
  #scanner: CountScanner | null = null;
  #due = 0;
  /** Packets that were looked at, and those of them that match. */
  scanned = 0;
  counted = 0;

  constructor(counter: C, filter: PacketFilter, makeScanner: () => CountScanner | null) {
    this.counter = counter;
    this.#filter = filter;
    this.#makeScanner = makeScanner;
  }

  /** Packets that have been looked at, and are still to be dissected. */
  get waiting(): number {
    return this.#due + (this.counter.waiting ?? 0);
  }

  /** What matches has changed: all is to be counted anew. */
  get isOutdated(): boolean {
    return this.#filter.isOutdated ?? false;
  }

  /**
   * Counts the packets up to (not including) `to`, which are final; tells the position where it is as a share of them.
   * Throws where it is given up: it cannot be gone on with then.
   */
  async advance(to: number, watch: SearchWatch): Promise<void> {
    const asked: number[] = [];
    const steps = this.#filter.scan(this.scanned, to, (positions, count) => {
      this.counted += count;
      this.counter.take(positions, count, asked);
    });
    for (let step = steps.next(); ; step = steps.next()) {
      const share = step.done === true ? 1 : step.value;
      if (this.#filter.waiting !== null) await this.#filter.waiting;
      for (const position of asked.splice(0)) {
        await this.#ask(position);
        if (watch.isOver) await watch.tell(share);
      }
      if (step.done === true) break;
      if (watch.isOver) await watch.tell(share);
    }
    this.#scanner?.release();
    this.scanned = to;
  }

  /** Dissects packets before a position that waited for later ones. Throws as `advance` does. */
  async settle(before: number, watch: SearchWatch): Promise<void> {
    const due = this.counter.due?.(before) ?? [];
    if (due.length === 0) return;
    this.#due = due.length;
    for (const position of due) {
      await this.#ask(position);
      this.#due -= 1;
      if (watch.isOver) await watch.tell(1 - this.#due / due.length);
    }
    this.#scanner?.release();
  }

  async #ask(position: number): Promise<void> {
    this.#scanner ??= this.#makeScanner();
    if (this.#scanner === null) return;
    if (this.#scanner.isBehind(position)) await this.#scanner.moveTo(position);
    const bytes = this.counter.takeBytes === undefined ? null : this.#scanner.bytes(position);
    if (bytes !== null && this.counter.takeBytes?.(position, bytes) === true) return;
    this.counter.takeDissected(position, this.#scanner.dissect(position, WHOLE_TAPE));
  }
}
