/**
 * Rows of numbers for tables that grow with the conversations. The first rows stay in memory, where
 * nothing is slower than in ChunkedRows; a pool may put the others away (see chunk-table.ts for how
 * long what `chunk` and `peek` give may be used).
 */
import type { ChunkPool } from './chunk-pool.ts';
import { ChunkedRows } from './chunked.ts';
import { type ArrayKind, PooledRows } from './pooled-rows.ts';

type NumberArray = Uint32Array | Int32Array | Float64Array;

/** Rows that stay in memory: more conversations than most captures have. */
export const NEAR_ROWS = 2 ** 17;

export class SpillingRows<A extends NumberArray> {
  private readonly near: ChunkedRows<A>;
  private readonly far: PooledRows<A>;

  /** `width`: numbers per row; a chunk has 2 ** `bits` rows. */
  constructor(kind: ArrayKind<A>, width: number, bits: number, pool: ChunkPool) {
    this.near = new ChunkedRows((length) => new kind(new ArrayBuffer(length * kind.BYTES_PER_ELEMENT)), width, bits);
    this.far = new PooledRows(kind, width, bits, pool);
  }

  /** The array that holds a row, to be written, made when missing; the row starts at `offset(row)`. */
  chunk(row: number): A {
    return row < NEAR_ROWS ? this.near.chunk(row) : this.far.chunk(row);
  }

  /** Like `chunk`, to be read only; undefined where nothing was ever written. */
  peek(row: number): A | undefined {
    return row < NEAR_ROWS ? this.near.peek(row) : this.far.peek(row);
  }

  offset(row: number): number {
    return this.near.offset(row);
  }

  /** Bytes of all rows, wherever they are. */
  get byteLength(): number {
    return this.near.byteLength + this.far.byteLength;
  }
}
