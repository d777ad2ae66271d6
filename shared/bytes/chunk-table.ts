/**
 * Chunks of equal size, made when they are first written, and put away by a pool where memory
 * is short. Whoever gets a chunk may use it until the table is asked for further chunks; to
 * write, ask with `forWriting`, each time anew.
 */
import { Piece } from './chunk-pool.ts';
import type { ChunkPool } from './chunk-pool.ts';
import type { ChunkStore } from './chunk-store.ts';

/** Makes what a table's users see (typed arrays) of a chunk's bytes. */
export type Wrap<C> = (buffer: ArrayBufferLike, index: number) => C;

class ChunkPiece<C> extends Piece {
  readonly index: number;
  chunk: C | null = null;
  buffer: ArrayBufferLike | null = null;
  /** Differs from what the store has. */
  isChanged = true;
  private place = -1;
  /** Bytes that fit into the place, and those that stand there. */
  private room = 0;
  private storedBytes = 0;
  private readonly table: ChunkTable<C>;

  constructor(table: ChunkTable<C>, index: number) {
    super();
    this.table = table;
    this.index = index;
  }

  get byteLength(): number {
    return this.table.chunkBytes;
  }

  get isInUse(): boolean {
    return this.table.isInUse(this.index);
  }

  override putAway(store: ChunkStore): boolean {
    if (this.buffer === null) return false;
    if (this.isChanged) {
      const bytes = this.table.pool.pack(this.buffer);
      const place = store.write(bytes, bytes.length <= this.room ? this.place : -1);
      if (place < 0) return false;
      if (place !== this.place) this.room = bytes.length;
      this.place = place;
      this.storedBytes = bytes.length;
      this.isChanged = false;
    }
    this.table.pool.release(this.buffer);
    this.chunk = null;
    this.buffer = null;
    return true;
  }

  /** Brings the chunk back. */
  fetch(pool: ChunkPool): ArrayBufferLike {
    const buffer = pool.allocate(this.table.chunkBytes, true);
    pool.fetchPacked(this.place, this.storedBytes, buffer);
    this.buffer = buffer;
    return buffer;
  }
}

export class ChunkTable<C> {
  /** Bytes of one chunk. */
  readonly chunkBytes: number;
  private readonly wrap: Wrap<C>;
  readonly pool: ChunkPool;
  private readonly pieces: (ChunkPiece<C> | undefined)[] = [];
  private made = 0;
  /** The chunk asked for last; it is not put away. */
  private current: C | undefined = undefined;
  private currentIndex = -1;
  private currentIsChanged = false;

  constructor(chunkBytes: number, wrap: Wrap<C>, pool: ChunkPool) {
    this.chunkBytes = chunkBytes;
    this.wrap = wrap;
    this.pool = pool;
  }

  /** Bytes of all chunks, wherever they are. */
  get byteLength(): number {
    return this.made * this.chunkBytes;
  }

  /** A chunk to be read; undefined where it was never written. */
  forReading(index: number): C | undefined {
    return index === this.currentIndex ? this.current : this.select(index, false);
  }

  /** A chunk to be written, zeroed when new. */
  forWriting(index: number): C {
    return index === this.currentIndex && this.currentIsChanged ? (this.current as C) : (this.select(index, true) as C);
  }

  isInUse(index: number): boolean {
    return index === this.currentIndex;
  }

  private select(index: number, writing: boolean): C | undefined {
    let piece = this.pieces[index];
    if (piece === undefined) {
      if (!writing) return undefined;
      piece = this.add(index);
    }
    // The chunk so far may still be held by whoever asked for it.
    const before = this.currentIndex >= 0 ? this.pieces[this.currentIndex] : undefined;
    if (before !== undefined) this.pool.touch(before);
    this.currentIndex = index;
    if (writing) piece.isChanged = true;
    this.currentIsChanged = piece.isChanged;
    if (piece.chunk === null) {
      piece.chunk = this.wrap(piece.fetch(this.pool), index);
      this.pool.enter(piece);
    } else this.pool.touch(piece);
    this.current = piece.chunk;
    return piece.chunk;
  }

  private add(index: number): ChunkPiece<C> {
    // Holes are filled so that the list stays an array to the engine, whatever chunk comes first.
    while (this.pieces.length <= index) this.pieces.push(undefined);
    const piece = new ChunkPiece(this, index);
    piece.buffer = this.pool.allocate(this.chunkBytes, false);
    piece.chunk = this.wrap(piece.buffer, index);
    this.pieces[index] = piece;
    this.made += 1;
    this.pool.enter(piece);
    return piece;
  }
}
