/**
 * A view of the packets: those that match a filter, sorted by a column. What is kept is a list
 * of positions (4 bytes each), never a row.
 *
 * `make` sorts what is there. What comes later stands behind it in file order until the view is
 * made again, so that the rows that are being looked at do not move while a capture is read.
 */
import type { PacketFilter } from './packet-filter.ts';
import { PositionList } from './position-list.ts';
import type { Steps } from './steps.ts';
import { within } from './steps.ts';
import { sortPositions } from './view-sort.ts';
import type { SortedCapture, SortOrder } from './view-sort.ts';

export class ListView {
  /** Null: file order. */
  readonly sort: SortOrder | null;
  /** Grows when entries that were there have changed; entries that were added behind them do not count. */
  generation = 1;
  private readonly capture: SortedCapture;
  private readonly filter: PacketFilter | null;
  /** Matching positions, ascending; not used without a filter, where all match. */
  private readonly matches = new PositionList();
  /** The first of the matches, sorted. */
  private head = new PositionList();
  /** Packets that were looked at: those behind are not in the view yet. */
  scanned = 0;

  /** `filter`: null for all packets. */
  constructor(sort: SortOrder | null, capture: SortedCapture, filter: PacketFilter | null = null) {
    this.sort = sort;
    this.capture = capture;
    this.filter = filter;
  }

  /** Only packets that the deep pass has finished can be in the view. */
  get needsFinal(): boolean {
    return this.filter?.needsFinal ?? false;
  }

  get prefersFinal(): boolean {
    return this.filter?.prefersFinal ?? false;
  }

  /** Some entries may be wrong until all packets are final: then the view has to be made again. */
  get isProvisional(): boolean {
    return this.filter?.isProvisional ?? false;
  }

  /** Entries may be wrong as they are: the view has to be made again now. */
  get isOutdated(): boolean {
    return this.filter?.isOutdated ?? false;
  }

  /** Entries follow each other as in the file. */
  get isInFileOrder(): boolean {
    return this.sort === null;
  }

  /** What the view's steps wait for, if anything; whoever runs them waits before the next. */
  get waiting(): Promise<void> | null {
    return this.filter?.waiting ?? null;
  }

  get length(): number {
    return this.filter === null ? this.scanned : this.matches.length;
  }

  /** Entries that are in sorted order; those behind them are in file order. */
  get sortedLength(): number {
    return this.head.length;
  }

  /** Position of the packet at an entry, which exists. */
  at(entry: number): number {
    return entry < this.head.length ? this.head.at(entry) : this.matchAt(entry);
  }

  private matchAt(index: number): number {
    return this.filter === null ? index : this.matches.at(index);
  }

  /** Entry of the packet at a position; −1 where it is not in the view. */
  indexOf(position: number): number {
    const index = this.filter === null ? (position < this.scanned ? position : -1) : this.matches.indexOfAscending(position);
    return index >= 0 && index < this.head.length ? this.head.indexOf(position) : index;
  }

  /** Takes in the packets up to (not including) `count`, behind the entries that are there. */
  *extend(count: number): Steps<void> {
    const from = this.scanned;
    if (count <= from) return;
    if (this.filter !== null) yield* this.filter.scan(from, count, (positions, matching) => this.matches.append(positions, matching));
    this.scanned = count;
  }

  /** Sorts the entries of packets below `count`; until it has ended, the view stays what it was. */
  *make(count: number): Steps<void> {
    yield* within(this.extend(count), 0, 0.1);
    const { sort } = this;
    if (sort === null) return;
    const positions = yield* this.matchesBelow(count);
    const sorted = yield* within(sortPositions(positions, sort, this.capture), 0.1, 1);
    this.head = PositionList.of(sorted);
    this.generation += 1;
  }

  private *matchesBelow(count: number): Steps<Uint32Array> {
    const positions = new Uint32Array(Math.min(count, this.length));
    let taken = 0;
    for (; taken < positions.length && this.matchAt(taken) < count; taken += 1) {
      positions[taken] = this.matchAt(taken);
      if (taken % 65_536 === 65_535) yield 0.1;
    }
    return taken === positions.length ? positions : positions.slice(0, taken);
  }
}
