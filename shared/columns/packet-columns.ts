/**
 * What the index keeps about each packet: 41 bytes of numbers, in fixed-size chunks of typed
 * arrays that are never doubled and never copied; a pool may put chunks away (ChunkPool).
 * Packets are counted from 0 here (`position`); packet numbers as people see them are
 * position + 1.
 *
 * Two ways to read:
 *  - one packet: the getters (`timeSeconds(position)`, …);
 *  - all of them (filters, sorting): `chunkAt(index)` for index 0 … chunkCount − 1 gives the
 *    arrays of CHUNK_PACKETS packets from position index × CHUNK_PACKETS on, of which
 *    `chunkLength(index)` are in use. Finish with one chunk before asking for the next; a chunk
 *    that is kept may be out of date.
 *
 * Addresses, ports and the IP conversation belong to a packet's conversation and stand there,
 * once (endpoints.ts): kind, number and direction of the conversation stand here. A scan judges
 * each conversation once, with an answer per direction, and each packet by its answer.
 * What only TCP packets have (acknowledged packet, bytes in flight, …) stands in tcp-facts.ts.
 */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { ChunkTable } from '../bytes/chunk-table.ts';
import { PooledRows } from '../bytes/pooled-rows.ts';
import { PacketKinds } from './packet-kinds.ts';

const CHUNK_BITS = 14;
/** Packets in a chunk; the last one of a capture is mostly not full. */
export const CHUNK_PACKETS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_PACKETS - 1;

/**
 * Kinds of conversations a packet can belong to: its own TCP or UDP stream, else the pair of
 * its innermost IP addresses.
 */
export const CONVERSATIONS = ['none', 'tcp', 'udp', 'ip'] as const;
export type ConversationKind = (typeof CONVERSATIONS)[number];

/** Parts of `ColumnChunk.marks`: a bit, two bits (index into CONVERSATIONS), three bits (index into SEVERITIES), a bit, a bit. */
export const HAS_TIME = 1;
export const KIND_SHIFT = 1;
export const KIND_MASK = 3;
export const SEVERITY_SHIFT = 3;
export const SEVERITY_MASK = 7;
/** Sent by the conversation's side B; side A sent its first packet. */
export const FROM_B_SHIFT = 6;
const CONVERSATION_MARKS = (KIND_MASK << KIND_SHIFT) | (1 << FROM_B_SHIFT);
const TCP_MARKS = CONVERSATIONS.indexOf('tcp') << KIND_SHIFT;
/** Nothing that comes later changes what is shown of the packet: the deep pass need not look at it. */
const SETTLED = 0x80;

/** Bytes a packet takes in these columns. */
export const BYTES_PER_PACKET = 8 * 4 + 4 * 2 + 1;

/** Columns of up to CHUNK_PACKETS packets in one buffer: four bytes wide first, so that each is aligned. */
class Chunk {
  /** Where the captured bytes start in the (decompressed) source: high × 2³² + low. */
  readonly dataOffsetLow: Uint32Array;
  readonly dataOffsetHigh: Uint16Array;
  readonly capturedLength: Uint32Array;
  readonly wireLength: Uint32Array;
  /** Whole seconds since `baseSeconds`, unless the chunk has `farSeconds`: ask `secondsAt`. */
  readonly seconds: Int32Array;
  readonly timeNanos: Uint32Array;
  /** Number of the conversation among those of its kind. */
  readonly conversation: Uint32Array;
  /** Previous packet of the conversation, as position + 1; 0 = first. */
  readonly previous: Uint32Array;
  /** ANALYSIS bits and ANALYSED (tcp-facts.ts) of packets that belong to a TCP stream; else 0. */
  readonly analysis: Uint32Array;
  readonly interfaceId: Uint16Array;
  /** The 12 bits of the TCP header of packets that belong to a TCP stream; else 0. */
  readonly tcpFlags: Uint16Array;
  /** See HAS_TIME and the others above. */
  readonly marks: Uint8Array;
  /** Number of the packet's kind, from 1 (see PacketKinds); 0 = not known (yet). */
  readonly kind: Uint16Array;
  baseSeconds = 0;
  /** Seconds by place, where times lie further apart than 32 bits can tell; null in sane captures. */
  farSeconds: ((at: number) => number) | null = null;

  constructor(buffer: ArrayBufferLike) {
    const count = CHUNK_PACKETS;
    const words = (column: number): number => column * 4 * count;
    const halves = (column: number): number => words(8) + column * 2 * count;
    this.dataOffsetLow = new Uint32Array(buffer, words(0), count);
    this.capturedLength = new Uint32Array(buffer, words(1), count);
    this.wireLength = new Uint32Array(buffer, words(2), count);
    this.seconds = new Int32Array(buffer, words(3), count);
    this.timeNanos = new Uint32Array(buffer, words(4), count);
    this.conversation = new Uint32Array(buffer, words(5), count);
    this.previous = new Uint32Array(buffer, words(6), count);
    this.analysis = new Uint32Array(buffer, words(7), count);
    this.dataOffsetHigh = new Uint16Array(buffer, halves(0), count);
    this.interfaceId = new Uint16Array(buffer, halves(1), count);
    this.tcpFlags = new Uint16Array(buffer, halves(2), count);
    this.kind = new Uint16Array(buffer, halves(3), count);
    this.marks = new Uint8Array(buffer, halves(4), count);
  }
}

/** A chunk for scans. */
export type ColumnChunk = Readonly<Chunk>;

const UINT32 = 2 ** 32;

/** Whole seconds of the packet at `at` in its chunk; may be negative. */
export function secondsAt(chunk: ColumnChunk, at: number): number {
  return chunk.farSeconds === null ? chunk.baseSeconds + (chunk.seconds[at] as number) : chunk.farSeconds(at);
}

/**
 * A function of its own: where a branch has never been taken, V8 makes the texts of its template before it tests the
 * condition, for every packet.
 */
function noPacket(position: number, count: number): RangeError {
  return new RangeError(`no packet at position ${position} of ${count}`);
}

export class PacketColumns {
  count = 0;
  /** What the numbers of `kind` stand for. */
  readonly kinds = new PacketKinds();
  private readonly chunks: ChunkTable<Chunk>;
  /** By chunk. */
  private readonly baseSeconds: number[] = [];
  private readonly isFar: boolean[] = [];
  private readonly farSeconds: PooledRows<Float64Array>;

  constructor(pool: ChunkPool = new ChunkPool()) {
    this.farSeconds = new PooledRows(Float64Array, 1, CHUNK_BITS, pool);
    this.chunks = new ChunkTable(CHUNK_PACKETS * BYTES_PER_PACKET, (buffer, index) => this.wrap(buffer, index), pool);
  }

  private wrap(buffer: ArrayBufferLike, index: number): Chunk {
    const chunk = new Chunk(buffer);
    chunk.baseSeconds = this.baseSeconds[index] ?? 0;
    if (this.isFar[index] === true) chunk.farSeconds = this.farSecondsOf(index);
    return chunk;
  }

  get chunkCount(): number {
    return Math.ceil(this.count / CHUNK_PACKETS);
  }

  /** Bytes of all chunks, wherever they are. */
  get byteLength(): number {
    return this.chunks.byteLength + this.farSeconds.byteLength;
  }

  /** Where the last packet's bytes end in the (decompressed) source; 0 where there is none. */
  get end(): number {
    const last = this.count - 1;
    return last < 0 ? 0 : this.dataOffset(last) + this.capturedLength(last);
  }

  /** Packets in a chunk. */
  chunkLength(index: number): number {
    return Math.max(0, Math.min(CHUNK_PACKETS, this.count - index * CHUNK_PACKETS));
  }

  /** The arrays of packets index × CHUNK_PACKETS on. To be read only. Throws a RangeError behind the last. */
  chunkAt(index: number): ColumnChunk {
    return this.at(index * CHUNK_PACKETS);
  }

  /** Appends a packet and gives its position. */
  append(dataOffset: number, capturedLength: number, wireLength: number, hasTime: boolean, timeSeconds: number, timeNanos: number, interfaceId: number): number {
    const position = this.count;
    const at = position & CHUNK_MASK;
    const index = position >>> CHUNK_BITS;
    if (at === 0) this.baseSeconds.push(timeSeconds);
    const chunk = this.chunks.forWriting(index);
    this.count = position + 1;
    chunk.dataOffsetLow[at] = dataOffset;
    chunk.dataOffsetHigh[at] = dataOffset / UINT32;
    chunk.capturedLength[at] = capturedLength;
    chunk.wireLength[at] = wireLength;
    chunk.timeNanos[at] = timeNanos;
    chunk.interfaceId[at] = interfaceId;
    chunk.marks[at] = hasTime ? HAS_TIME : 0;
    const seconds = timeSeconds - chunk.baseSeconds;
    if (chunk.farSeconds === null && seconds === (seconds | 0)) chunk.seconds[at] = seconds;
    else this.setFarSeconds(chunk, index, at, timeSeconds);
    return position;
  }

  /** Switches a chunk to seconds of any distance, keeping those of its packets before `at`. */
  private setFarSeconds(chunk: Chunk, index: number, at: number, timeSeconds: number): void {
    const first = index * CHUNK_PACKETS;
    const rows = this.farSeconds.chunk(first);
    if (chunk.farSeconds === null) for (let before = 0; before < at; before += 1) rows[before] = secondsAt(chunk, before);
    rows[at] = timeSeconds;
    this.isFar[index] = true;
    chunk.farSeconds = this.farSecondsOf(index);
  }

  private farSecondsOf(index: number): (at: number) => number {
    return (at) => this.farSeconds.peek(index * CHUNK_PACKETS)?.[at] ?? 0;
  }

  private check(position: number): void {
    if (position >= this.count || position < 0) throw noPacket(position, this.count);
  }

  private at(position: number): Chunk {
    this.check(position);
    return this.chunks.forReading(position >>> CHUNK_BITS) as Chunk;
  }

  private writable(position: number): Chunk {
    this.check(position);
    return this.chunks.forWriting(position >>> CHUNK_BITS);
  }

  // ── one packet ─────────────────────────────────────────────────────────────

  dataOffset(position: number): number {
    const chunk = this.at(position);
    return (chunk.dataOffsetHigh[position & CHUNK_MASK] as number) * UINT32 + (chunk.dataOffsetLow[position & CHUNK_MASK] as number);
  }
  capturedLength(position: number): number {
    return this.at(position).capturedLength[position & CHUNK_MASK] as number;
  }
  wireLength(position: number): number {
    return this.at(position).wireLength[position & CHUNK_MASK] as number;
  }
  timeSeconds(position: number): number {
    return secondsAt(this.at(position), position & CHUNK_MASK);
  }
  timeNanos(position: number): number {
    return this.at(position).timeNanos[position & CHUNK_MASK] as number;
  }
  hasTime(position: number): boolean {
    return (this.marks(position) & HAS_TIME) !== 0;
  }
  interfaceId(position: number): number {
    return this.at(position).interfaceId[position & CHUNK_MASK] as number;
  }
  /** True where the index pass has found all that there is to find. */
  isSettled(position: number): boolean {
    return (this.marks(position) & SETTLED) !== 0;
  }
  /** Index into SEVERITIES. */
  severity(position: number): number {
    return (this.marks(position) >> SEVERITY_SHIFT) & SEVERITY_MASK;
  }
  /** Number of the packet's kind among `kinds`; 0 = not known (yet). */
  kind(position: number): number {
    return this.at(position).kind[position & CHUNK_MASK] as number;
  }
  conversationKind(position: number): ConversationKind {
    return CONVERSATIONS[(this.marks(position) >> KIND_SHIFT) & KIND_MASK] as ConversationKind;
  }
  /** Number of the conversation among those of its kind; meaningless for kind `none`. */
  conversation(position: number): number {
    return this.at(position).conversation[position & CHUNK_MASK] as number;
  }
  /** 0: sent by side A of the conversation (the sender of its first packet); 1: by side B. */
  direction(position: number): 0 | 1 {
    return ((this.marks(position) >> FROM_B_SHIFT) & 1) === 0 ? 0 : 1;
  }
  /** Position of the conversation's packet before this one; -1 for its first. */
  previousInConversation(position: number): number {
    return (this.at(position).previous[position & CHUNK_MASK] as number) - 1;
  }
  /** The TCP header's twelve bits of flags; 0 for packets that belong to no TCP stream. */
  tcpFlags(position: number): number {
    return this.at(position).tcpFlags[position & CHUNK_MASK] as number;
  }
  /** ANALYSIS bits and ANALYSED; 0 for packets that belong to no TCP stream. */
  tcpAnalysis(position: number): number {
    return this.at(position).analysis[position & CHUNK_MASK] as number;
  }

  private marks(position: number): number {
    return this.at(position).marks[position & CHUNK_MASK] as number;
  }

  // ── filled by the passes ───────────────────────────────────────────────────

  /** Says what the packet is (see `kind`), and that nothing that comes later changes it. */
  settle(position: number, kind: number): void {
    const chunk = this.writable(position);
    const at = position & CHUNK_MASK;
    chunk.marks[at] = (chunk.marks[at] as number) | SETTLED;
    chunk.kind[at] = kind;
  }

  /** `severity`: index into SEVERITIES. */
  setSeverity(position: number, severity: number): void {
    const chunk = this.writable(position);
    const at = position & CHUNK_MASK;
    chunk.marks[at] = ((chunk.marks[at] as number) & ~(SEVERITY_MASK << SEVERITY_SHIFT)) | (severity << SEVERITY_SHIFT);
  }

  setKind(position: number, kind: number): void {
    this.writable(position).kind[position & CHUNK_MASK] = kind;
  }

  /** `previous`: position of the conversation's packet before; -1 = none. */
  setConversation(position: number, kind: ConversationKind, conversation: number, previous: number, direction: 0 | 1): void {
    const chunk = this.writable(position);
    const at = position & CHUNK_MASK;
    chunk.marks[at] = ((chunk.marks[at] as number) & ~CONVERSATION_MARKS) | (CONVERSATIONS.indexOf(kind) << KIND_SHIFT) | (direction << FROM_B_SHIFT);
    chunk.conversation[at] = conversation;
    chunk.previous[at] = previous + 1;
  }

  /** `setConversation` for a packet of a TCP stream, with what only these have. */
  setTcp(position: number, stream: number, previous: number, direction: 0 | 1, flags: number, analysis: number): void {
    const chunk = this.writable(position);
    const at = position & CHUNK_MASK;
    chunk.marks[at] = ((chunk.marks[at] as number) & ~CONVERSATION_MARKS) | TCP_MARKS | (direction << FROM_B_SHIFT);
    chunk.conversation[at] = stream;
    chunk.previous[at] = previous + 1;
    chunk.tcpFlags[at] = flags;
    chunk.analysis[at] = analysis;
  }
}
