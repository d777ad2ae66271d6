/** What statistics take of packets that were chosen: where they stand in the columns, and when they came. */
import { CHUNK_PACKETS, HAS_TIME, secondsAt } from '../../columns/packet-columns.ts';
import type { ColumnChunk, PacketColumns } from '../../columns/packet-columns.ts';

/** Visits the first `count` of positions, which ascend, with their places in their chunks. */
export function eachPacket(columns: PacketColumns, positions: Uint32Array, count: number, visit: (chunk: ColumnChunk, at: number, position: number) => void): void {
  let index = -1;
  let chunk: ColumnChunk | null = null;
  for (let number = 0; number < count; number += 1) {
    const position = positions[number] as number;
    const at = position % CHUNK_PACKETS;
    if (chunk === null || (position - at) / CHUNK_PACKETS !== index) {
      index = (position - at) / CHUNK_PACKETS;
      chunk = columns.chunkAt(index);
    }
    visit(chunk, at, position);
  }
}

/** Times since the capture's first packet, in nanoseconds: exact up to 104 days. */
export class PacketTimes {
  readonly #columns: PacketColumns;
  #base: { readonly seconds: number; readonly nanos: number } | null = null;

  constructor(columns: PacketColumns) {
    this.#columns = columns;
  }

  /** NaN where the packet has no time. */
  timeNs(chunk: ColumnChunk, at: number): number {
    if (((chunk.marks[at] as number) & HAS_TIME) === 0) return NaN;
    this.#base ??= this.#firstTime();
    return (secondsAt(chunk, at) - this.#base.seconds) * 1e9 + ((chunk.timeNanos[at] as number) - this.#base.nanos);
  }

  /** Where the first packet has none, the earliest that is known counts from the epoch. */
  #firstTime(): { readonly seconds: number; readonly nanos: number } {
    const columns = this.#columns;
    return columns.hasTime(0) ? { seconds: columns.timeSeconds(0), nanos: columns.timeNanos(0) } : { seconds: 0, nanos: 0 };
  }
}
