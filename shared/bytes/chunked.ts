/**
 * Growing tables of numbers that are never copied: rows of a fixed width in chunks of a
 * fixed number of rows. A chunk is made when a row of it is first written, so stretches
 * that are never written cost nothing.
 */

type NumberArray = Uint32Array | Int32Array | Float64Array;

export class ChunkedRows<A extends NumberArray> {
  private readonly chunks: (A | undefined)[] = [];
  private readonly make: (length: number) => A;
  private readonly width: number;
  private readonly bits: number;
  private readonly mask: number;

  /** `make` gives a zeroed array; `width`: numbers per row; a chunk has 2 ** `bits` rows. */
  constructor(make: (length: number) => A, width: number, bits: number) {
    this.make = make;
    this.width = width;
    this.bits = bits;
    this.mask = 2 ** bits - 1;
  }

  /** The array that holds a row, made when missing; the row starts at `offset(row)`. */
  chunk(row: number): A {
    const index = row >>> this.bits;
    return this.chunks[index] ?? this.add(index);
  }

  /** Like `chunk`, but undefined where nothing was ever written. */
  peek(row: number): A | undefined {
    return row >= 0 ? this.chunks[row >>> this.bits] : undefined;
  }

  offset(row: number): number {
    return (row & this.mask) * this.width;
  }

  /** Bytes in use. */
  get byteLength(): number {
    let total = 0;
    for (const chunk of this.chunks) total += chunk?.byteLength ?? 0;
    return total;
  }

  private add(index: number): A {
    // Holes are filled so that the list stays an array to the engine, whatever row comes first.
    while (this.chunks.length <= index) this.chunks.push(undefined);
    const chunk = this.make((this.mask + 1) * this.width);
    this.chunks[index] = chunk;
    return chunk;
  }
}
