/** The next packet that a filter matches, from one on, forwards or backwards. */
import type { PacketFilter } from '../../shared/columns/packet-filter.ts';
import type { SearchWatch } from './search-watch.ts';

/** Packets looked at backwards before those ahead of them. */
const BLOCK = 4096;

/** Positions from `from` up to (not including) `to`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

class PacketFinder {
  readonly #filter: PacketFilter;
  readonly #watch: SearchWatch;
  /** Packets that all stretches have, and those of stretches that were looked through. */
  readonly #total: number;
  #done = 0;

  constructor(filter: PacketFilter, watch: SearchWatch, total: number) {
    this.#filter = filter;
    this.#watch = watch;
    this.#total = total;
  }

  async first({ from, to }: Stretch): Promise<number> {
    let found = -1;
    await this.#scan({ from, to }, (position) => (found = found < 0 ? position : found), () => found >= 0);
    return found;
  }

  async last({ from, to }: Stretch): Promise<number> {
    let found = -1;
    for (let end = to; end > from && found < 0; end -= BLOCK) await this.#scan({ from: Math.max(from, end - BLOCK), to: end }, (position) => (found = position), () => false);
    return found;
  }

  /** Stops where `isEnough` says so. */
  async #scan({ from, to }: Stretch, onFound: (position: number) => void, isEnough: () => boolean): Promise<void> {
    if (from >= to) return;
    const steps = this.#filter.scan(from, to, (positions, count) => {
      for (let at = 0; at < count; at += 1) onFound(positions[at] as number);
    });
    while (!isEnough()) {
      const step = steps.next();
      if (step.done === true) break;
      if (this.#filter.waiting !== null) await this.#filter.waiting;
      // A filter tells its place as a share of where it ends.
      if (this.#watch.isOver) await this.#watch.tell((this.#done + step.value * to - from) / this.#total);
    }
    steps.return();
    this.#done += to - from;
  }
}

/**
 * The position of the next match after (`step` 1) or before (−1) a position, going on at the other
 * end; −1 where nothing matches. Packets up to (not including) `count` are looked at.
 */
export async function findPacket(filter: PacketFilter, from: number, step: -1 | 1, count: number, watch: SearchWatch): Promise<number> {
  const finder = new PacketFinder(filter, watch, count);
  if (step === 1) {
    const found = await finder.first({ from: from + 1, to: count });
    return found >= 0 ? found : finder.first({ from: 0, to: Math.min(from + 1, count) });
  }
  const found = await finder.last({ from: 0, to: Math.min(from, count) });
  return found >= 0 ? found : finder.last({ from: Math.min(from, count), to: count });
}
