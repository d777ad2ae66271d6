/**
 * Puts messages of TCP streams together in the deep pass, in the manner of Wireshark's
 * desegmentation (4.0): a segment either goes on with a message that a dissector asked for, or is
 * handed to the dissector, which may ask for more. Where segments are to be put in order
 * (`order`), one that comes early waits: the gap before it is the start of a message that is
 * whole once the gap is filled.
 *
 * Memory is bounded: 16 MiB of a message, 256 MiB in all. What is let go is read from the
 * packets again when the message is complete.
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { EarlySegments } from './early-segments.ts';
import { amount, noteWish, UNTIL_FIN } from './reassembly-need.ts';
import type { Dissect, Need, SegmentPayload } from './reassembly-need.ts';
import { ANALYSIS } from './tcp-segment.ts';
import { joinPieces, MAX_MESSAGE_BYTES, OpenMessage } from './reassembly-message.ts';
import type { Piece } from './reassembly-message.ts';
import { ReassemblySide } from './reassembly-side.ts';
import { PART, ReassemblyTable } from './reassembly-table.ts';
import type { PartKind } from './reassembly-table.ts';
import type { SegmentOrder } from './segment-order.ts';

const MAX_HELD_BYTES = 256 * 1024 * 1024;
/**
 * Bytes of one message that a dissector looks at again and again while it asks for one more
 * segment, beyond a few times its length; then it has to make do with what there is. Bounds
 * the work on hostile streams.
 */
const MAX_WORK_BYTES = 8 * 1024 * 1024;
/** What asking costs at least: a message's headers are read each time. */
const ASKING_BYTES = 512;
/** More than this behind the start of a message in one segment is not put together. */
const MAX_FIRST_PIECE = 1024 * 1024;
/** What the analysis calls a retransmission is not dissected again, even where it fills a gap. */
export const SENT_AGAIN = ANALYSIS.retransmission | ANALYSIS.spurious_retransmission;
const NOTHING = new Uint8Array(0);

const ONE_MORE_SEGMENT: Need = { from: 0, more: 'segment' };

export class Reassembler {
  readonly table: ReassemblyTable;
  /** Set where segments that come early wait for those before them. */
  order: SegmentOrder | null = null;
  private readonly readPacket: (packet: number) => Uint8Array;
  private readonly early: EarlySegments;
  private readonly sides = new Map<number, ReassemblySide>();
  /** Messages that hold bytes, oldest first. */
  private readonly holding = new Set<OpenMessage>();
  private heldBytes = 0;
  /** Times that bytes were let go because too many were held in all. */
  releases = 0;

  /** `readPacket` gives the captured bytes of an earlier packet; `pool` keeps what grows with the packets. */
  constructor(readPacket: (packet: number) => Uint8Array, pool?: ChunkPool) {
    this.table = new ReassemblyTable(pool);
    this.readPacket = readPacket;
    this.early = new EarlySegments(this.table, {
      open: (side, start, next, packet) => this.open(side, start, next, packet),
      addPiece: (message, segment, offset, isLast) => this.addPiece(message, segment, PART.early, segment.start, segment.end - segment.start, offset, isLast),
      keep: (message, part, offset, length, bytes, start, isLast) => this.keep(message, part, offset, length, bytes, start, isLast),
      finish: (message, packet, total) => this.finish(message, packet, (message.pieces.at(-1) as Piece).part, total, true),
      letGo: (message) => this.letGo(message),
    });
  }

  /** The bytes of a finished message, put together from its packets again. */
  messageBytes(message: number): Uint8Array {
    const placed = this.table.pieces(message).map((part) => ({ offset: this.table.part(part).offset, bytes: this.viewOfPart(part) }));
    return joinPieces(placed, this.table.total(message));
  }

  private side(number: number): ReassemblySide {
    let side = this.sides.get(number);
    if (side === undefined) {
      side = new ReassemblySide();
      this.sides.set(number, side);
    }
    return side;
  }

  /** Takes a segment with payload. */
  take(segment: SegmentPayload, dissect: Dissect): void {
    const { order } = this;
    if (order === null) return this.takeInTurn(segment, dissect);
    const end = (segment.sequence + (segment.end - segment.start)) >>> 0;
    const side = this.sides.get(segment.side);
    const isAwaited = side?.startingUpTo(segment.sequence)?.covers(segment.sequence) ?? false;
    if (!isAwaited && order.isEarly(segment.side, segment.sequence, segment.packet) && this.early.hold(this.side(segment.side), segment, order.expected(segment.side))) return;
    this.takeInTurn(segment, dissect);
    order.advance(segment.side, this.reached(segment.side, end));
  }

  /** Where a side has got to without a gap, after a segment that ended at `end`. */
  private reached(number: number, end: number): number {
    const side = this.sides.get(number);
    const latest = side?.latest ?? null;
    if (latest !== null && !latest.complete) return latest.contiguousEnd;
    return side?.gap?.complete === true && before(end, side.gap.next) ? side.gap.next : end;
  }

  private takeInTurn(segment: SegmentPayload, dissect: Dissect): void {
    const side = this.sides.get(segment.side);
    const end = segment.sequence + (segment.end - segment.start);
    // Each round takes at least one byte, so this ends.
    for (let start = segment.start; start < segment.end; ) {
      const sequence = (segment.sequence + (start - segment.start)) >>> 0;
      const exact = side?.startingAt(sequence) ?? null;
      if (exact !== null && !exact.fillsGap && !before(exact.next, end) && exact.lastPacket !== segment.packet) {
        this.table.addPart(segment.packet, segment.occurrence, PART.old, start, segment.end - start, -1, 0);
        return;
      }
      const message = exact ?? side?.startingUpTo(sequence) ?? null;
      if (segment.flags & SENT_AGAIN && message?.fillsGap !== true) return;
      if (side === undefined || message === null || !message.covers(sequence)) {
        this.begin(segment, start, dissect);
        return;
      }
      const taken = this.continue(side, segment, message, start, sequence, dissect);
      if (taken <= 0) return;
      start += taken;
    }
  }

  /**
   * Takes the bytes from `start` to `end` of a frame where they only go on with a message and do
   * not end it, so that no dissector would be asked; false, with nothing changed, where that is not
   * sure. A shortcut for `take` with a segment that is neither repeated nor out of order.
   */
  goOn(sideNumber: number, packet: number, sequence: number, bytes: Uint8Array, start: number, end: number): boolean {
    const message = this.sides.get(sideNumber)?.latest ?? null;
    if (message === null || message.complete || message.wantsSegment || message.total >= 0) return false;
    const next = (sequence + (end - start)) >>> 0;
    if (!before(message.start, sequence) || !before(next, message.next)) return false;
    message.lastPacket = packet;
    const offset = (sequence - message.start) >>> 0;
    const part = this.table.addPart(packet, 0, PART.middle, start, end - start, message.id, offset);
    this.keep(message, part, offset, end - start, bytes, start, false);
    return true;
  }

  /** Bytes that belong to no message yet: the dissector sees them, and a message may start in them. */
  private begin(segment: SegmentPayload, start: number, dissect: Dissect): void {
    const need = dissect.segment(start);
    if (need === null) return;
    // Only streams in which something spans segments are remembered.
    const side = this.side(segment.side);
    const at = start + need.from;
    const length = segment.end - at;
    if (need.more === 'fin') side.untilFin = true;
    if (length > MAX_FIRST_PIECE || length <= 0) return;
    const sequence = (segment.sequence + (at - segment.start)) >>> 0;
    const message = this.open(side, sequence, (sequence + length + amount(need.more)) >>> 0, segment.packet);
    if (message === null) return;
    message.wantsSegment = need.more === 'segment';
    noteWish(message, need, length);
    this.addPiece(message, segment, need.from === 0 ? PART.start : PART.tail, at, length, 0, false);
  }

  /** Bytes that go on with a message. Returns how many were taken; 0 when the rest of the segment is used up. */
  private continue(side: ReassemblySide, segment: SegmentPayload, message: OpenMessage, start: number, sequence: number, dissect: Dissect): number {
    message.lastPacket = segment.packet;
    const left = segment.end - start;
    const end = (sequence + left) >>> 0;
    const length = message.wantsSegment ? left : Math.min(left, (message.next - sequence) >>> 0);
    const offset = (sequence - message.start) >>> 0;
    if (message.complete) {
      this.table.addPart(segment.packet, segment.occurrence, PART.repeated, start, left, message.id, offset);
      return 0;
    }
    const complete = this.addPiece(message, segment, PART.middle, start, length, offset, !before(end, message.next));
    if (message.wantsSegment) {
      message.wantsSegment = false;
      if (before(message.next, end)) message.next = end;
    }
    if (!complete) return before(message.next, end) ? length : 0;
    return this.complete(side, segment, message, start, sequence, length, dissect);
  }

  /** A message that looks complete: dissected, unless the dissector finds that it wants more. */
  private complete(side: ReassemblySide, segment: SegmentPayload, message: OpenMessage, start: number, sequence: number, length: number, dissect: Dissect): number {
    if (message.isGap) {
      const left = this.early.release(side, segment, message, this.join(message), dissect);
      if (left === null) return length;
      return this.goOnWith(side, segment, message, sequence, length, left);
    }
    const { total } = message;
    // Only where pieces repeat bytes of each other must these be compared.
    if (message.opaqueTo !== '' && !message.hasOverlaps) {
      this.finish(message, segment.packet, (message.pieces.at(-1) as Piece).part, total, true);
      dissect.passOver(message.opaqueTo);
      return Math.min(length, (message.next - sequence) >>> 0);
    }
    const mayAsk = total <= MAX_MESSAGE_BYTES && message.work <= MAX_WORK_BYTES + 4 * total;
    const need = this.ask(message, mayAsk, dissect);
    const last = (message.pieces.at(-1) as Piece).part;
    if (need === null) {
      this.finish(message, segment.packet, last, total, mayAsk);
      return Math.min(length, (message.next - sequence) >>> 0);
    }
    const split = (message.start + need.from - sequence) | 0;
    if (need.from > 0 && split > 0 && split < length) {
      if (need.more === 'fin') side.untilFin = true;
      this.split(side, segment, message, start, split, length, need);
      return length;
    }
    return this.goOnWith(side, segment, message, sequence, length, need);
  }

  /** Nothing of a message, or nothing of this segment, could be dissected: the whole goes on. */
  private goOnWith(side: ReassemblySide, segment: SegmentPayload, message: OpenMessage, sequence: number, length: number, need: Need): number {
    const { total } = message;
    if (need.more === 'fin') side.untilFin = true;
    if (need !== ONE_MORE_SEGMENT) noteWish(message, need.from === 0 ? need : { from: 0, more: need.more }, total);
    message.reopen();
    const end = (segment.sequence + (segment.end - segment.start)) >>> 0;
    if (need.more === 'segment') {
      message.next = (before(message.next, end) ? end : message.next) + 1;
      message.wantsSegment = true;
    } else if (need.more === 'fin') message.next = message.start + UNTIL_FIN;
    else message.next = (before(sequence + length, message.next) ? message.next : sequence + length) + need.more;
    message.next >>>= 0;
    return length;
  }

  /** Asks the dissector about a message, unless it is known to be too short still. */
  private ask(message: OpenMessage, mayAsk: boolean, dissect: Dissect): Need | null {
    if (mayAsk && message.total < message.wanted) return ONE_MORE_SEGMENT;
    message.work += message.total - message.checked + ASKING_BYTES;
    const asked = dissect.message(this.join(message), mayAsk, message.checked);
    return mayAsk ? asked : null;
  }

  /** The first `split` bytes from `start` on end the message; what follows starts another. */
  private split(side: ReassemblySide, segment: SegmentPayload, message: OpenMessage, start: number, split: number, length: number, need: Need): void {
    const { more } = need;
    const last = (message.pieces.at(-1) as Piece).part;
    this.table.setLength(last, split);
    const sequence = (segment.sequence + (start - segment.start) + split) >>> 0;
    message.next = sequence;
    this.finish(message, segment.packet, last, (sequence - message.start) >>> 0, true);
    const rest = length - split;
    // "One more segment" means behind this one; a number counts from what the message had.
    const known = more === 'segment' ? segment.end - start - split : rest;
    const following = this.open(side, sequence, (sequence + known + amount(more)) >>> 0, segment.packet);
    if (following === null) return;
    following.wantsSegment = more === 'segment';
    noteWish(following, need, rest);
    this.addPiece(following, segment, PART.start, start + split, rest, 0, false);
  }

  private open(side: ReassemblySide, start: number, next: number, packet: number): OpenMessage | null {
    const id = this.table.addMessage();
    if (id < 0) return null;
    const message = new OpenMessage(id, start, next, packet);
    this.remember(side, message);
    return message;
  }

  private remember(side: ReassemblySide, message: OpenMessage): void {
    const forgotten = side.add(message);
    if (forgotten !== null) this.letGo(forgotten);
  }

  private finish(message: OpenMessage, packet: number, lastPart: number, total: number, mayAsk: boolean): void {
    this.table.setKind(lastPart, PART.final);
    this.table.finish(message.id, packet, total, mayAsk);
    message.complete = true;
    this.letGo(message);
    message.pieces = [];
  }

  /**
   * A FIN ends what waited for it. True when a message was completed and dissected: then the
   * segment's payload is used up.
   */
  takeFin(segment: SegmentPayload, dissect: Dissect): boolean {
    const side = this.sides.get(segment.side);
    if (side === undefined || !side.untilFin || (side.finPacket !== 0 && side.finPacket !== segment.packet)) return false;
    side.finPacket = segment.packet;
    const message = side.startingUpTo(segment.sequence);
    if (message === null || message.complete) return false;
    const length = segment.end - segment.start;
    const offset = (segment.sequence - message.start) >>> 0;
    if (!this.addPiece(message, segment, PART.finalAtFin, segment.start, length, offset, true)) return false;
    const last = (message.pieces.at(-1) as Piece).part;
    dissect.message(this.join(message), false, 0);
    this.finish(message, segment.packet, last, message.total, false);
    this.table.setKind(last, PART.finalAtFin);
    return true;
  }

  /** The packet whose FIN ended this side of a stream; 0 = none. */
  finPacket(side: number): number {
    return this.sides.get(side)?.finPacket ?? 0;
  }

  private addPiece(message: OpenMessage, segment: SegmentPayload, kind: PartKind, start: number, length: number, offset: number, last: boolean): boolean {
    const part = this.table.addPart(segment.packet, segment.occurrence, kind, start, length, message.id, offset);
    if (!segment.fromFrame) this.table.setOwnBytes(part, segment.bytes.slice(start, start + length));
    return this.keep(message, part, offset, length, segment.bytes, start, last);
  }

  private keep(message: OpenMessage, part: number, offset: number, length: number, bytes: Uint8Array, start: number, last: boolean): boolean {
    const keeps = offset < MAX_MESSAGE_BYTES && !message.isLetGo && message.opaqueTo === '';
    const complete = message.add(part, offset, length, keeps ? bytes : null, start, last);
    if (keeps) this.account(message);
    return complete;
  }

  /** Counts what a message holds now, and lets the oldest bytes go where all hold too much. */
  private account(message: OpenMessage): void {
    const { heldBytes } = message;
    if (heldBytes === message.accountedBytes) return;
    this.holding.add(message);
    this.heldBytes += heldBytes - message.accountedBytes;
    message.accountedBytes = heldBytes;
    if (this.heldBytes <= MAX_HELD_BYTES) return;
    for (const oldest of this.holding) {
      if (this.heldBytes <= MAX_HELD_BYTES) return;
      this.letGo(oldest);
      this.releases += 1;
    }
  }

  /** Lets all held bytes go, for want of memory; messages are then put together from their packets. */
  releaseAll(): void {
    for (const message of this.holding) this.letGo(message);
  }

  private letGo(message: OpenMessage): void {
    this.holding.delete(message);
    this.heldBytes -= message.accountedBytes;
    message.accountedBytes = 0;
    message.release();
  }

  private join(message: OpenMessage): Uint8Array {
    const { pieces, total } = message;
    const joined = message.inOrder();
    if (joined !== null && joined.length === total) return joined;
    const placed = pieces.map(({ part, offset }, index) => ({ offset, bytes: message.bytesOf(index) ?? (offset < MAX_MESSAGE_BYTES ? this.bytesOfPart(part) : NOTHING) }));
    return joinPieces(placed, total, (index, conflicts) => this.table.setOverlap((pieces[index] as Piece).part, conflicts));
  }

  private bytesOfPart(number: number): Uint8Array {
    return this.viewOfPart(number).slice();
  }

  /** To be copied before anything is awaited: what was read stays where it is no longer. */
  private viewOfPart(number: number): Uint8Array {
    const { packet, position, length } = this.table.part(number);
    return this.table.ownBytesOf(number) ?? this.readPacket(packet).subarray(position, position + length);
  }
}

/** Is one sequence number before another, across the wrap? */
function before(sequence: number, other: number): boolean {
  return ((sequence - other) | 0) < 0;
}
