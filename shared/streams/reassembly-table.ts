/**
 * Which pieces of which packets make up the messages that span TCP segments: written by the
 * deep pass, read by every later look at a packet. Only such messages cost anything: 20 bytes
 * for a piece, 16 for a message, 4 for a packet that has pieces.
 */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { KeyedRows } from '../bytes/keyed-rows.ts';
import { PacketNotes } from '../bytes/packet-notes.ts';
import { PooledRows } from '../bytes/pooled-rows.ts';

/** What a piece of a packet's payload is. */
export const PART = {
  /** Came before what it follows, and waits; in the end it belongs to a message, or to none (see early-segments.ts). */
  early: 0,
  /** A message starts here; the dissector could do nothing with it yet. */
  start: 1,
  /** A message starts here, after others that the dissector was given. */
  tail: 2,
  /** Goes on with a message and does not end it. */
  middle: 3,
  /** Ends a message, which is dissected in this packet. */
  final: 4,
  /** Ends a message that lasts until the stream ends. */
  finalAtFin: 5,
  /** Sent again, from the start of a message on: dissected in an earlier packet. */
  old: 6,
  /** Repeats bytes of a message that is complete; no piece of it. */
  repeated: 7,
} as const;
export type PartKind = (typeof PART)[keyof typeof PART];

/** A piece as it is stored. */
export interface Part {
  readonly packet: number;
  readonly kind: PartKind;
  /** Where it starts in the byte source that holds the segment (mostly the frame). */
  readonly position: number;
  readonly length: number;
  /** The message; -1 for old data. */
  readonly message: number;
  readonly overlaps: boolean;
  readonly conflicts: boolean;
  /** Where in the message the piece belongs. */
  readonly offset: number;
}

const PACKET = 0;
const POSITION = 1;
/** Length in bits 0-25, which TCP header of the packet in bits 26-31. */
const LENGTH = 2;
const LENGTH_MASK = 0x03ff_ffff;
const OCCURRENCE_SHIFT = 26;
/** Kind in bits 0-2, marks, message + 1 in bits 5-31. */
const WHAT = 3;
const OFFSET = 4;
/** Next piece of the same message, + 1. */
const NEXT = 5;
const PART_WIDTH = 6;
const KIND_MASK = 7;
const OVERLAPS = 8;
const CONFLICTS = 16;
const MESSAGE_SHIFT = 5;

const FIRST = 0;
const LAST = 1;
const DONE_IN = 2;
/** Length in bits 0-30; bit 31: the dissector had to make do with that. */
const TOTAL = 3;
const ALL_THERE_IS = 0x8000_0000;
const MESSAGE_WIDTH = 4;

const MAX_OCCURRENCES = 64;
const OWN_BYTES = 'bytes';
const NO_ROWS = new Uint32Array(0);
/** Messages that 27 bits can count. */
const MAX_MESSAGES = 2 ** 27 - 2;

export class ReassemblyTable {
  private readonly firstParts: PooledRows<Uint32Array>;
  /** First parts of further TCP headers of a packet: which header, which part. */
  private readonly innerParts: KeyedRows;
  private readonly parts: PooledRows<Uint32Array>;
  private readonly messages: PooledRows<Uint32Array>;
  /** Bytes of pieces that no frame has as they are (segments in put-together IP fragments), by piece. */
  private readonly ownBytes: PacketNotes;
  private partCount = 0;
  private messageCount = 0;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.firstParts = new PooledRows(Uint32Array, 1, 14, pool);
    this.innerParts = new KeyedRows(2, pool);
    this.parts = new PooledRows(Uint32Array, PART_WIDTH, 12, pool);
    this.messages = new PooledRows(Uint32Array, MESSAGE_WIDTH, 12, pool);
    this.ownBytes = new PacketNotes(pool);
  }

  get byteLength(): number {
    return this.firstParts.byteLength + this.innerParts.byteLength + this.parts.byteLength + this.messages.byteLength + this.ownBytes.byteLength;
  }

  /** A new message without pieces; -1 when no more can be counted. */
  addMessage(): number {
    if (this.messageCount >= MAX_MESSAGES) return -1;
    this.messageCount += 1;
    return this.messageCount - 1;
  }

  /** Adds a piece behind the others of its packet (and of its message, where it has one). Returns its number. */
  addPart(packet: number, occurrence: number, kind: PartKind, position: number, length: number, message: number, offset: number): number {
    const part = this.partCount;
    this.partCount = part + 1;
    const rows = this.parts.chunk(part);
    const at = this.parts.offset(part);
    rows[at + PACKET] = packet;
    rows[at + POSITION] = position;
    rows[at + LENGTH] = Math.min(length, LENGTH_MASK) | (Math.min(occurrence, MAX_OCCURRENCES - 1) << OCCURRENCE_SHIFT);
    rows[at + WHAT] = kind | ((message + 1) << MESSAGE_SHIFT);
    rows[at + OFFSET] = offset;
    this.index(packet, occurrence, part);
    if (message >= 0 && kind !== PART.repeated) this.link(message, part);
    return part;
  }

  private index(packet: number, occurrence: number, part: number): void {
    if (occurrence > 0) {
      if (this.firstInner(packet, occurrence) < 0) this.innerParts.append(packet, [Math.min(occurrence, MAX_OCCURRENCES - 1), part]);
      return;
    }
    const rows = this.firstParts.chunk(packet);
    const at = this.firstParts.offset(packet);
    if (rows[at] === 0) rows[at] = part + 1;
  }

  /** First part of a further TCP header; -1 where it has none. */
  private firstInner(packet: number, occurrence: number): number {
    const { innerParts } = this;
    const wanted = Math.min(occurrence, MAX_OCCURRENCES - 1);
    for (let row = innerParts.first(packet); row >= 0 && innerParts.packet(row) === packet; row += 1) if (innerParts.value(row, 0) === wanted) return innerParts.value(row, 1);
    return -1;
  }

  private link(message: number, part: number): void {
    const rows = this.messages.chunk(message);
    const at = this.messages.offset(message);
    const last = rows[at + LAST] as number;
    if (last === 0) rows[at + FIRST] = part + 1;
    else this.parts.chunk(last - 1)[this.parts.offset(last - 1) + NEXT] = part + 1;
    rows[at + LAST] = part + 1;
  }

  /** Makes pieces those of a message, behind those that it has. */
  assign(message: number, pieces: readonly { readonly part: number; readonly offset: number }[]): void {
    for (const { part, offset } of pieces) {
      const rows = this.parts.chunk(part);
      const at = this.parts.offset(part);
      rows[at + WHAT] = ((rows[at + WHAT] as number) & (OVERLAPS | CONFLICTS | KIND_MASK)) | ((message + 1) << MESSAGE_SHIFT);
      rows[at + OFFSET] = offset;
      rows[at + NEXT] = 0;
      this.link(message, part);
    }
  }

  /** Forgets which pieces a message has. */
  unlink(message: number): void {
    const rows = this.messages.chunk(message);
    const at = this.messages.offset(message);
    rows[at + FIRST] = 0;
    rows[at + LAST] = 0;
  }

  setKind(part: number, kind: PartKind): void {
    const rows = this.parts.chunk(part);
    const at = this.parts.offset(part) + WHAT;
    rows[at] = ((rows[at] as number) & ~KIND_MASK) | kind;
  }

  setLength(part: number, length: number): void {
    const rows = this.parts.chunk(part);
    const at = this.parts.offset(part) + LENGTH;
    rows[at] = ((rows[at] as number) & ~LENGTH_MASK) | Math.min(length, LENGTH_MASK);
  }

  setOverlap(part: number, conflicts: boolean): void {
    const rows = this.parts.chunk(part);
    const at = this.parts.offset(part) + WHAT;
    rows[at] = (rows[at] as number) | OVERLAPS | (conflicts ? CONFLICTS : 0);
  }

  setOwnBytes(part: number, bytes: Uint8Array): void {
    this.ownBytes.set(OWN_BYTES, part, 0, bytes);
  }

  /** The message is complete and shown in a packet. */
  finish(message: number, packet: number, total: number, mayAsk: boolean): void {
    const rows = this.messages.chunk(message);
    const at = this.messages.offset(message);
    rows[at + DONE_IN] = packet;
    rows[at + TOTAL] = total + (mayAsk ? 0 : ALL_THERE_IS);
  }

  /** Packet in which a message is shown; 0 where it never became complete. */
  doneIn(message: number): number {
    return this.messages.peek(message)?.[this.messages.offset(message) + DONE_IN] ?? 0;
  }

  total(message: number): number {
    return (this.messages.peek(message)?.[this.messages.offset(message) + TOTAL] ?? 0) & ~ALL_THERE_IS;
  }

  /** True where the dissector of a finished message was free to ask for more, and did not. */
  mayAsk(message: number): boolean {
    return (this.messages.peek(message)?.[this.messages.offset(message) + TOTAL] ?? 0) < ALL_THERE_IS;
  }

  ownBytesOf(part: number): Uint8Array | undefined {
    return this.ownBytes.get(OWN_BYTES, part, 0) as Uint8Array | undefined;
  }

  /** The pieces of a packet's payload in order; empty where it needs none of this. */
  partsOf(packet: number, occurrence: number): readonly number[] {
    const first = occurrence > 0 ? this.firstInner(packet, occurrence) : (this.firstParts.peek(packet)?.[this.firstParts.offset(packet)] ?? 0) - 1;
    const found: number[] = [];
    for (let part = first; part >= 0 && part < this.partCount; part += 1) {
      const rows = this.partRows(part);
      const at = this.parts.offset(part);
      if (rows[at + PACKET] !== packet) break;
      if ((rows[at + LENGTH] as number) >>> OCCURRENCE_SHIFT === Math.min(occurrence, MAX_OCCURRENCES - 1)) found.push(part);
    }
    return found;
  }

  private partRows(part: number): Uint32Array {
    return this.parts.peek(part) ?? NO_ROWS;
  }

  /** The pieces of a message, in the order in which they came. */
  pieces(message: number): readonly number[] {
    const found: number[] = [];
    let part = (this.messages.peek(message)?.[this.messages.offset(message) + FIRST] ?? 0) - 1;
    while (part >= 0) {
      found.push(part);
      part = (this.partRows(part)[this.parts.offset(part) + NEXT] as number) - 1;
    }
    return found;
  }

  part(part: number): Part {
    const rows = this.partRows(part);
    const at = this.parts.offset(part);
    const what = rows[at + WHAT] as number;
    return {
      packet: rows[at + PACKET] as number,
      kind: (what & KIND_MASK) as PartKind,
      position: rows[at + POSITION] as number,
      length: (rows[at + LENGTH] as number) & LENGTH_MASK,
      message: (what >>> MESSAGE_SHIFT) - 1,
      overlaps: (what & OVERLAPS) !== 0,
      conflicts: (what & CONFLICTS) !== 0,
      offset: rows[at + OFFSET] as number,
    };
  }
}
