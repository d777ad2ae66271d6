/**
 * Where each side of each TCP stream has got to without a gap: the relative sequence number that
 * comes next. Only kept where segments that come early are to wait for those before them.
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { PooledRows } from '../bytes/pooled-rows.ts';

/** Sides in a chunk: 64 KiB. */
const CHUNK_BITS = 14;
/** What follows the SYN; a stream whose beginning was not captured counts from here, too. */
const FIRST = 1;
/** No window is larger (RFC 7323 §2.2): what lies further ahead is not early, the stream begins anew. */
const MOST_AHEAD = 2 ** 30;

export class SegmentOrder {
  /** The number that comes next, less FIRST. */
  private readonly next: PooledRows<Uint32Array>;

  private readonly lastRepair: (side: number) => number;

  /** `lastRepair`: the last packet of a side that brought what was missing, as far as is known; 0 = none. */
  constructor(pool: ChunkPool, lastRepair: (side: number) => number) {
    this.next = new PooledRows(Uint32Array, 1, CHUNK_BITS, pool);
    this.lastRepair = lastRepair;
  }

  /** The sequence number that comes next on a side (2 × stream + direction). */
  expected(side: number): number {
    return ((this.next.peek(side)?.[this.next.offset(side)] ?? 0) + FIRST) >>> 0;
  }

  /** Whether bytes are missing before a packet's segment that a later packet may bring. */
  isEarly(side: number, sequence: number, packet: number): boolean {
    const ahead = (sequence - this.expected(side)) | 0;
    return ahead > 0 && ahead < MOST_AHEAD && this.lastRepair(side) > packet;
  }

  /** Everything before `end` is there, or given up. */
  advance(side: number, end: number): void {
    const expected = this.expected(side);
    if (((end - expected) | 0) > 0 || ((expected - end) | 0) >= MOST_AHEAD) this.next.chunk(side)[this.next.offset(side)] = end - FIRST;
  }
}
