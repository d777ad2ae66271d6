/**
 * What one end has sent and the other has not acknowledged yet: which ACK covers which segments,
 * and which segment sends bytes again.
 *
 * Memory is bounded: a stream that is never acknowledged (one direction captured) forgets its
 * oldest segments.
 */
import { sequenceDistance } from './sequence.ts';

/** What the flight notes down about a segment that is shown. */
export interface SentSegment {
  readonly packet: number;
  retransmittedBy: number;
  acknowledgedBy: number;
  acknowledgedAfterNs: number | null;
}

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly timeNs: number;
  readonly segment: SentSegment;
}

export interface Acknowledged {
  /** Earliest packet that became acknowledged and was not sent again; 0 where none did. */
  readonly first: number;
  readonly count: number;
}

const mostPending = 16_384;
/** Acknowledged segments that are remembered, to name what a needless retransmission repeats. */
const mostRemembered = 64;

export class Flight {
  /** Not acknowledged, in order of their last byte. */
  #pending: Entry[] = [];
  #head = 0;
  #acknowledged: Entry[] = [];
  /** After the last byte that was sent; null before the first. */
  #sentUpTo: number | null = null;

  /**
   * Takes a segment that uses sequence numbers `start`…`end−1`.
   * @returns the first packet that sent some of them before; 0 where they are new.
   */
  send(segment: SentSegment, start: number, end: number, timeNs: number): number {
    const isNew = this.#sentUpTo === null || sequenceDistance(this.#sentUpTo, start) >= 0;
    let first = 0;
    for (const { segment: before } of isNew ? [] : this.#overlapping(start, end)) {
      if (before.retransmittedBy === 0) before.retransmittedBy = segment.packet;
      if (first === 0 || before.packet < first) first = before.packet;
    }
    if (this.#sentUpTo === null || sequenceDistance(this.#sentUpTo, end) > 0) this.#sentUpTo = end;
    this.#insert({ start, end, timeNs, segment });
    return first;
  }

  /** Takes an ACK of the other end. */
  acknowledge(number: number, packet: number, timeNs: number): Acknowledged {
    let first = 0;
    let count = 0;
    for (; this.#head < this.#pending.length; this.#head += 1) {
      const entry = this.#pending[this.#head];
      if (entry === undefined || sequenceDistance(entry.end, number) < 0) break;
      entry.segment.acknowledgedBy = packet;
      entry.segment.acknowledgedAfterNs = timeNs - entry.timeNs;
      this.#acknowledged.push(entry);
      // Of bytes that were sent twice, the last copy counts.
      if (entry.segment.retransmittedBy !== 0) continue;
      if (first === 0 || entry.segment.packet < first) first = entry.segment.packet;
      count += 1;
    }
    if (this.#acknowledged.length > 2 * mostRemembered) this.#acknowledged = this.#acknowledged.slice(-mostRemembered);
    this.#compact();
    return { first, count };
  }

  #overlapping(start: number, end: number): Entry[] {
    const overlaps = (entry: Entry): boolean => sequenceDistance(entry.start, end) > 0 && sequenceDistance(start, entry.end) > 0;
    const found: Entry[] = [];
    for (let index = this.#pending.length - 1; index >= this.#head; index -= 1) {
      const entry = this.#pending[index];
      if (entry === undefined || sequenceDistance(start, entry.end) <= 0) break;
      if (overlaps(entry)) found.push(entry);
    }
    return found.length > 0 ? found : this.#acknowledged.filter(overlaps);
  }

  #insert(entry: Entry): void {
    let index = this.#pending.length;
    while (index > this.#head && sequenceDistance(entry.end, this.#pending[index - 1]?.end ?? entry.end) > 0) index -= 1;
    if (index === this.#pending.length) this.#pending.push(entry);
    else this.#pending.splice(index, 0, entry);
    if (this.#pending.length - this.#head > mostPending) this.#head += mostPending / 2;
    this.#compact();
  }

  #compact(): void {
    if (this.#head > 1024 && this.#head * 2 > this.#pending.length) {
      this.#pending = this.#pending.slice(this.#head);
      this.#head = 0;
    }
  }
}
