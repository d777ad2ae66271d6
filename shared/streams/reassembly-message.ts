/**
 * One message of a TCP stream that spans segments, while the deep pass collects it.
 *
 * The bytes of its pieces are kept up to a limit, so that a stream that never ends a message
 * cannot fill the memory; what was let go is read from the packets again (message-bytes.ts).
 */

import { giveBack, takeBuffer } from './buffer-pool.ts';

/** Bytes of one message that are put together and shown at most. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Memory is taken at once for a message that says that it has so many bytes at the most. */
const MAX_STATED_BYTES = 64 * 1024;
const NOTHING = new Uint8Array(0);

export interface Piece {
  /** Number in the ReassemblyTable. */
  readonly part: number;
  readonly offset: number;
  readonly length: number;
  /** Null where the message's buffer has them, or where they were let go. */
  bytes: Uint8Array | null;
}

export class OpenMessage {
  /** Number in the ReassemblyTable. */
  readonly id: number;
  /** Sequence number (relative) of its first byte. */
  readonly start: number;
  /** The number of the first byte behind it, as far as known. */
  next: number;
  readonly firstPacket: number;
  lastPacket: number;
  /** The dissector wants "at least one more segment": whatever comes is taken whole. */
  wantsSegment = false;
  complete = false;
  /** Nobody asked for it: segments wait in it for those before them. */
  isGap = false;
  /** The protocol of which nobody need see its bytes; "" where they are to be seen. */
  opaqueTo = '';
  /** Its pieces came in order, without gaps and overlaps. */
  private isOrderly = true;
  /** Bytes that dissectors looked at in vain so far. */
  work = 0;
  /** With fewer bytes than this the dissector need not be asked again. */
  wanted = 0;
  /** Bytes from the start that the dissector need not look at again. */
  checked = 0;
  pieces: Piece[] = [];
  /** Memory held for bytes when the reassembler last looked. */
  accountedBytes = 0;
  /** True when bytes were let go: then no more are kept. */
  isLetGo = false;
  /** Length, known when the piece that ends the message has come; -1 before. */
  total = -1;
  /** Everything up to here has come. */
  private contiguous = 0;
  /** Pieces that lie behind a gap. */
  private early: Piece[] = [];
  /** Bytes of the first `inBuffer` pieces, which follow each other; empty when let go. */
  private buffer: Uint8Array = NOTHING;
  private buffered = 0;
  private inBuffer = 0;
  /** Bytes of the other pieces. */
  private looseBytes = 0;

  constructor(id: number, start: number, next: number, packet: number) {
    this.id = id;
    this.start = start;
    this.next = next;
    this.firstPacket = packet;
    this.lastPacket = packet;
  }

  /** The sequence number up to which nothing is missing. */
  get contiguousEnd(): number {
    return (this.start + this.contiguous) >>> 0;
  }

  /** Does the sequence number lie within the message? */
  covers(sequence: number): boolean {
    return ((sequence - this.start) | 0) >= 0 && ((this.next - sequence) | 0) > 0;
  }

  /**
   * Adds a piece of `length` bytes, of which a copy is kept: those of `from` from `start` on; null: they are
   * not kept. `last` when it reaches the end. True when the message is complete with it.
   */
  add(part: number, offset: number, length: number, from: Uint8Array | null, start: number, last: boolean): boolean {
    const piece: Piece = { part, offset, length, bytes: null };
    if (from !== null) {
      // What follows the bytes before needs no copy of its own: allocating one costs more than everything else here.
      if (offset === this.buffered && this.inBuffer === this.pieces.length) this.append(from, start, length);
      else {
        piece.bytes = from.slice(start, start + length);
        this.looseBytes += length;
      }
    }
    this.pieces.push(piece);
    this.isOrderly &&= offset === this.contiguous;
    if (last && this.total < 0) this.total = offset + length;
    if (offset > this.contiguous) this.early.push(piece);
    else {
      this.contiguous = Math.max(this.contiguous, offset + length);
      if (this.early.length > 0) this.join();
    }
    return this.total >= 0 && this.contiguous >= this.total;
  }

  private append(from: Uint8Array, start: number, length: number): void {
    this.reserve(this.buffered + length);
    this.buffer.set(from.subarray(start, start + length), this.buffered);
    this.buffered += length;
    this.inBuffer += 1;
  }

  /** Pieces behind a gap that is closed now. */
  private join(): void {
    this.early.sort((a, b) => a.offset - b.offset);
    let joined = 0;
    for (const piece of this.early) {
      if (piece.offset > this.contiguous) break;
      this.contiguous = Math.max(this.contiguous, piece.offset + piece.length);
      joined += 1;
    }
    this.early.splice(0, joined);
  }

  /** It still waits for what is missing at its start. */
  get fillsGap(): boolean {
    return this.isGap && !this.complete;
  }

  /** The dissector wants more than it said: the message goes on. */
  reopen(): void {
    this.total = -1;
  }

  /**
   * The bytes of all pieces, where these follow each other without gap or overlap; else null.
   * They move from the pieces into one growing buffer, so that asking again costs only what is new.
   */
  inOrder(): Uint8Array | null {
    while (this.inBuffer < this.pieces.length) {
      const piece = this.pieces[this.inBuffer] as Piece;
      if (piece.bytes === null || piece.offset !== this.buffered) return null;
      this.append(piece.bytes, 0, piece.length);
      piece.bytes = null;
      this.looseBytes -= piece.length;
    }
    return this.buffer.length > 0 ? this.buffer.subarray(0, this.buffered) : null;
  }

  /** Whether pieces repeat bytes of others. */
  get hasOverlaps(): boolean {
    if (this.isOrderly) return false;
    const sorted = [...this.pieces].sort((a, b) => a.offset - b.offset);
    return sorted.some(({ offset }, index) => index > 0 && offset < (sorted[index - 1] as Piece).offset + (sorted[index - 1] as Piece).length);
  }

  /** The bytes of a piece; null where they are not kept. */
  bytesOf(index: number): Uint8Array | null {
    const piece = this.pieces[index] as Piece;
    return index < this.inBuffer ? this.buffer.subarray(piece.offset, piece.offset + piece.length) : piece.bytes;
  }

  private reserve(length: number): void {
    if (length <= this.buffer.length) return;
    // The length that the message is known to have, unless that is far away or open.
    const stated = (this.next - this.start) >>> 0;
    const wanted = stated <= MAX_STATED_BYTES ? stated : Math.min(2 * this.buffer.length, MAX_MESSAGE_BYTES);
    const larger = takeBuffer(Math.max(length, wanted));
    larger.set(this.buffer.subarray(0, this.buffered));
    giveBack(this.buffer);
    this.buffer = larger;
  }

  /** Memory held for bytes. */
  get heldBytes(): number {
    return this.buffer.length + this.looseBytes;
  }

  /** Lets the bytes go, not what is known about them. Nobody may hold views of them any more. */
  release(): void {
    for (const piece of this.pieces) piece.bytes = null;
    giveBack(this.buffer);
    this.buffer = NOTHING;
    this.buffered = 0;
    this.inBuffer = 0;
    this.looseBytes = 0;
    this.isLetGo = true;
  }
}

/** One piece's bytes and where in the message they belong. */
export interface PlacedBytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Called for a piece that repeats bytes of an earlier one, and whether they differ. */
export type OnOverlap = (index: number, conflicts: boolean) => void;

/**
 * Puts pieces together to at most `total` bytes. Where they overlap, what lies further to the
 * front counts (as in Wireshark's reassembly). A gap reads as zeros.
 */
export function joinPieces(pieces: readonly PlacedBytes[], total: number, onOverlap?: OnOverlap): Uint8Array {
  const joined = new Uint8Array(Math.min(total, MAX_MESSAGE_BYTES));
  const order = pieces.map((_, index) => index).sort((a, b) => (pieces[a] as PlacedBytes).offset - (pieces[b] as PlacedBytes).offset);
  let filled = 0;
  for (const index of order) {
    const { offset, bytes } = pieces[index] as PlacedBytes;
    const end = Math.min(offset + bytes.length, joined.length);
    if (offset < Math.min(filled, end) && onOverlap) onOverlap(index, differs(joined, offset, Math.min(filled, end), bytes));
    if (end <= filled) continue;
    const from = Math.max(offset, filled);
    joined.set(bytes.subarray(from - offset, end - offset), from);
    filled = end;
  }
  return joined;
}

function differs(joined: Uint8Array, from: number, to: number, bytes: Uint8Array): boolean {
  for (let at = from; at < to; at += 1) if (joined[at] !== bytes[at - from]) return true;
  return false;
}
