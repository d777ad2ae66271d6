/**
 * Like ChunkedRows, for tables that grow with the packets: a pool may put chunks away. So what
 * `chunk` and `peek` give is for use at once (see chunk-table.ts).
 */
import type { ChunkPool } from './chunk-pool.ts';
import { ChunkTable } from './chunk-table.ts';

type NumberArray = Uint32Array | Int32Array | Float64Array;

/** A typed array's constructor. */
export interface ArrayKind<A> {
  new (buffer: ArrayBufferLike): A;
  readonly BYTES_PER_ELEMENT: number;
}

export class PooledRows<A extends NumberArray> {
  private readonly table: ChunkTable<A>;
  private readonly width: number;
  private readonly bits: number;
  private readonly mask: number;

  /** `width`: numbers per row; a chunk has 2 ** `bits` rows. */
  constructor(kind: ArrayKind<A>, width: number, bits: number, pool: ChunkPool) {
    this.table = new ChunkTable(2 ** bits * width * kind.BYTES_PER_ELEMENT, (buffer) => new kind(buffer), pool);
    this.width = width;
    this.bits = bits;
    this.mask = 2 ** bits - 1;
  }

  /** The array that holds a row, to be written, made when missing; the row starts at `offset(row)`. */
  chunk(row: number): A {
    return this.table.forWriting(row >>> this.bits);
  }

  /** Like `chunk`, to be read only; undefined where nothing was ever written. */
  peek(row: number): A | undefined {
    return row >= 0 ? this.table.forReading(row >>> this.bits) : undefined;
  }

  offset(row: number): number {
    return (row & this.mask) * this.width;
  }

  /** Bytes of all rows, wherever they are. */
  get byteLength(): number {
    return this.table.byteLength;
  }
}
