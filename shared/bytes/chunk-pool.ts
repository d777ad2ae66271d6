/**
 * Keeps the memory of growing tables within a budget: beyond it, what was not used for the
 * longest time goes to a store, and comes back when it is asked for. All tables of a capture
 * share one pool.
 *
 * Pieces are of some hundred kilobytes, so what happens here happens rarely; tables remember
 * the piece that they are working with and ask the pool only when they change to another.
 */
import type { ChunkStore } from './chunk-store.ts';
import { packedLimit, packWords, unpackWords } from './sparse-words.ts';

/**
 * Pieces that stay in memory whatever the budget: a function may hold some of different
 * tables while it asks for more.
 */
const FEWEST_IN_MEMORY = 32;

/** Something that can be put away. Tables subclass or hold it. */
export abstract class Piece {
  /** Neighbours in order of use; null where the piece is not in memory, or must stay. */
  newer: Piece | null = null;
  older: Piece | null = null;
  isListed = false;

  /** Bytes in memory, the same from `enter` to `putAway`. */
  abstract readonly byteLength: number;
  /** True while a table works with the piece: then it stays. */
  abstract readonly isInUse: boolean;
  /** Writes the piece to the store and forgets it in memory. False where the store cannot take it: then nothing has changed. */
  abstract putAway(store: ChunkStore): boolean;
}

export class ChunkPool {
  readonly budgetBytes: number;
  /** Called once, when the store takes no more: from then on everything stays in memory. */
  onFull: () => void = () => undefined;
  private readonly store: ChunkStore | null;
  private newest: Piece | null = null;
  private oldest: Piece | null = null;
  private listed = 0;
  private bytes = 0;
  private full = false;
  /** Memory of pieces that were put away, by size: where pieces come and go all the time, leaving it to the collector would double what they take. */
  private readonly spare: Map<number, ArrayBufferLike> | null;
  private packed = new Uint32Array(0);
  private writes = 0;

  /**
   * Without a store, everything stays in memory. `comeAndGo`: for tables of which most is put away and hardly any
   * comes back. Memory of a piece that was put away then serves the next one of its size, so nobody may hold a
   * chunk for longer than a look; and zeros are not stored.
   */
  constructor(budgetBytes = Infinity, store: ChunkStore | null = null, { comeAndGo = false }: { readonly comeAndGo?: boolean } = {}) {
    this.budgetBytes = budgetBytes;
    this.store = store;
    this.spare = comeAndGo ? new Map() : null;
  }

  /**
   * Memory for a piece, zeroed or (where it will be filled) as it comes. What fits the budget stays, so it is shared
   * memory: that of an ArrayBuffer makes V8 look through all objects anew for every 64 MB, as if some could be let go.
   */
  allocate(bytes: number, isFilled: boolean): ArrayBufferLike {
    const buffer = this.spare?.get(bytes);
    if (buffer === undefined) return this.bytes + bytes <= this.budgetBytes ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    this.spare?.delete(bytes);
    if (!isFilled) new Uint8Array(buffer).fill(0);
    return buffer;
  }

  /** Memory of a piece that was put away. */
  release(buffer: ArrayBufferLike): void {
    this.spare?.set(buffer.byteLength, buffer);
  }

  /** Bytes of pieces in memory. */
  get bytesInMemory(): number {
    return this.bytes;
  }

  /** How often a piece was put away. */
  get timesPutAway(): number {
    return this.writes;
  }

  /** A piece has come to memory and counts as used now; others may have to go. */
  enter(piece: Piece): void {
    this.bytes += piece.byteLength;
    if (this.store === null) return;
    this.link(piece);
    if (this.bytes > this.budgetBytes) this.makeRoom();
  }

  /** The piece is used: others go before it. */
  touch(piece: Piece): void {
    if (!piece.isListed || this.newest === piece) return;
    this.unlink(piece);
    this.link(piece);
  }

  /** The piece leaves memory for good, or its size changes. */
  leave(piece: Piece): void {
    this.bytes -= piece.byteLength;
    if (piece.isListed) this.unlink(piece);
  }

  /** A piece as it goes to the store. Valid until the next call. */
  pack(buffer: ArrayBufferLike): Uint8Array {
    if (this.spare === null) return new Uint8Array(buffer);
    const words = new Uint32Array(buffer);
    const limit = packedLimit(words.length);
    if (this.packed.length < limit) this.packed = new Uint32Array(limit);
    return new Uint8Array(this.packed.buffer, 0, packWords(words, this.packed) * 4);
  }

  /** Fills `into` with what was put away. */
  fetch(place: number, into: Uint8Array): void {
    if (this.store === null) throw new Error('a piece was put away without a store');
    this.store.read(place, into);
  }

  /** The same for what `pack` made so many bytes of. */
  fetchPacked(place: number, storedBytes: number, into: ArrayBufferLike): void {
    if (this.spare === null) return this.fetch(place, new Uint8Array(into));
    const packed = new Uint32Array(storedBytes / 4);
    this.fetch(place, new Uint8Array(packed.buffer));
    unpackWords(packed, new Uint32Array(into));
  }

  private makeRoom(): void {
    const { store } = this;
    let looks = this.listed;
    while (store !== null && !this.full && this.bytes > this.budgetBytes && this.listed > FEWEST_IN_MEMORY && looks > 0) {
      looks -= 1;
      const piece = this.oldest as Piece;
      this.unlink(piece);
      if (piece.isInUse) {
        this.link(piece);
        continue;
      }
      const { byteLength } = piece;
      if (piece.putAway(store)) {
        this.bytes -= byteLength;
        this.writes += 1;
        continue;
      }
      this.link(piece);
      this.full = true;
      this.onFull();
    }
  }

  private link(piece: Piece): void {
    piece.older = this.newest;
    piece.newer = null;
    if (this.newest !== null) this.newest.newer = piece;
    else this.oldest = piece;
    this.newest = piece;
    piece.isListed = true;
    this.listed += 1;
  }

  private unlink(piece: Piece): void {
    if (piece.newer !== null) piece.newer.older = piece.older;
    else this.newest = piece.older;
    if (piece.older !== null) piece.older.newer = piece.newer;
    else this.oldest = piece.newer;
    piece.newer = null;
    piece.older = null;
    piece.isListed = false;
    this.listed -= 1;
  }
}
