/**
 * What the index keeps about each packet: numbers in fixed-size chunks of typed arrays,
 * never doubled and never copied. Packets are counted from 0 here (`position`); packet
 * numbers as people see them are position + 1.
 */

const CHUNK_BITS = 16;
/** Packets in a chunk; the last one of a capture is mostly not full. */
export const CHUNK_PACKETS = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK_PACKETS - 1;

/**
 * Kinds of conversations a packet can belong to: the innermost TCP or UDP stream, else the
 * pair of its innermost IP addresses.
 */
export const CONVERSATIONS = ['none', 'tcp', 'udp', 'ip'] as const;
export type ConversationKind = (typeof CONVERSATIONS)[number];

/** Parts of `marks`. */
export const HAS_TIME = 1;
export const KIND_SHIFT = 1;
export const KIND_MASK = 3;
const SEVERITY_SHIFT = 3;
const SEVERITY_MASK = 7;
export const FROM_B_SHIFT = 6;

/** Columns of up to `CHUNK_PACKETS` packets, for scans; to be read only. */
export interface ColumnChunk {
  /** Where the captured bytes start in the (decompressed) source. */
  readonly dataOffset: Float64Array;
  readonly capturedLength: Uint32Array;
  readonly wireLength: Uint32Array;
  /** Whole seconds since `baseSeconds`, unless the chunk has `farSeconds`. */
  readonly seconds: Int32Array;
  readonly timeNanos: Uint32Array;
  readonly interfaceId: Uint16Array;
  /** Bit 0: has a time. Bits 1-2: conversation kind. Bits 3-5: severity. Bit 6: sent by side B of its conversation. */
  readonly marks: Uint8Array;
  /** 0 = no rule matches, else index + 1 into RULES. */
  readonly rule: Uint8Array;
  /** Number of the Protocol column's name, from 1 (see ProtocolNames); 0 = not known (yet). */
  readonly protocol: Uint8Array;
  /** The 12 bits of the innermost TCP header; 0 where there is none. */
  readonly tcpFlags: Uint16Array;
  readonly conversation: Uint32Array;
  /** Previous packet of the conversation, as position + 1; 0 = first. */
  readonly previous: Uint32Array;
  readonly baseSeconds: number;
  /** Seconds as they are, where times lie further apart than 32 bits can tell; null in sane captures. */
  farSeconds: Float64Array | null;
}

function newChunk(baseSeconds: number): ColumnChunk {
  return {
    dataOffset: new Float64Array(CHUNK_PACKETS),
    capturedLength: new Uint32Array(CHUNK_PACKETS),
    wireLength: new Uint32Array(CHUNK_PACKETS),
    seconds: new Int32Array(CHUNK_PACKETS),
    timeNanos: new Uint32Array(CHUNK_PACKETS),
    interfaceId: new Uint16Array(CHUNK_PACKETS),
    marks: new Uint8Array(CHUNK_PACKETS),
    rule: new Uint8Array(CHUNK_PACKETS),
    protocol: new Uint8Array(CHUNK_PACKETS),
    tcpFlags: new Uint16Array(CHUNK_PACKETS),
    conversation: new Uint32Array(CHUNK_PACKETS),
    previous: new Uint32Array(CHUNK_PACKETS),
    baseSeconds,
    farSeconds: null,
  };
}

/** Bytes a packet takes in these columns. */
export const BYTES_PER_PACKET = 8 + 4 + 4 + 4 + 4 + 2 + 1 + 1 + 1 + 2 + 4 + 4;

export class PacketColumns {
  private readonly chunks: ColumnChunk[] = [];
  private last: ColumnChunk | null = null;
  count = 0;

  /** Appends a packet and gives its position. */
  append(dataOffset: number, capturedLength: number, wireLength: number, hasTime: boolean, timeSeconds: number, timeNanos: number, interfaceId: number): number {
    const position = this.count;
    const at = position & CHUNK_MASK;
    if (at === 0) {
      this.last = newChunk(timeSeconds);
      this.chunks.push(this.last);
    }
    const chunk = this.last as ColumnChunk;
    chunk.dataOffset[at] = dataOffset;
    chunk.capturedLength[at] = capturedLength;
    chunk.wireLength[at] = wireLength;
    const seconds = timeSeconds - chunk.baseSeconds;
    if (chunk.farSeconds === null && seconds === (seconds | 0)) chunk.seconds[at] = seconds;
    else farSeconds(chunk, at)[at] = timeSeconds;
    chunk.timeNanos[at] = timeNanos;
    chunk.interfaceId[at] = interfaceId;
    chunk.marks[at] = hasTime ? HAS_TIME : 0;
    this.count = position + 1;
    return position;
  }

  /** The chunk of positions from `index` × CHUNK_PACKETS on, as far as they are below `count`. */
  chunkAt(index: number): ColumnChunk {
    return this.chunk(index << CHUNK_BITS);
  }

  private chunk(position: number): ColumnChunk {
    const chunk = this.chunks[position >>> CHUNK_BITS];
    if (!chunk || position >= this.count || position < 0) throw new RangeError(`no packet at position ${position} of ${this.count}`);
    return chunk;
  }

  dataOffset(position: number): number {
    return this.chunk(position).dataOffset[position & CHUNK_MASK] as number;
  }
  capturedLength(position: number): number {
    return this.chunk(position).capturedLength[position & CHUNK_MASK] as number;
  }
  wireLength(position: number): number {
    return this.chunk(position).wireLength[position & CHUNK_MASK] as number;
  }
  timeSeconds(position: number): number {
    return secondsAt(this.chunk(position), position & CHUNK_MASK);
  }
  timeNanos(position: number): number {
    return this.chunk(position).timeNanos[position & CHUNK_MASK] as number;
  }
  hasTime(position: number): boolean {
    return ((this.chunk(position).marks[position & CHUNK_MASK] as number) & HAS_TIME) !== 0;
  }
  interfaceId(position: number): number {
    return this.chunk(position).interfaceId[position & CHUNK_MASK] as number;
  }
  /** Index + 1 into RULES; 0 = none. */
  rule(position: number): number {
    return this.chunk(position).rule[position & CHUNK_MASK] as number;
  }
  /** Index into SEVERITIES. */
  severity(position: number): number {
    return ((this.chunk(position).marks[position & CHUNK_MASK] as number) >> SEVERITY_SHIFT) & SEVERITY_MASK;
  }
  conversationKind(position: number): ConversationKind {
    return CONVERSATIONS[((this.chunk(position).marks[position & CHUNK_MASK] as number) >> KIND_SHIFT) & KIND_MASK] ?? 'none';
  }
  /** 0: sent by side A of the conversation (the sender of its first packet); 1: by side B. */
  direction(position: number): 0 | 1 {
    return ((this.chunk(position).marks[position & CHUNK_MASK] as number) >> FROM_B_SHIFT) & 1 ? 1 : 0;
  }
  /** The 12 bits of the innermost TCP header; 0 where there is none. */
  tcpFlags(position: number): number {
    return this.chunk(position).tcpFlags[position & CHUNK_MASK] as number;
  }
  /** Number of the Protocol column's name (see ProtocolNames); 0 = not known (yet). */
  protocol(position: number): number {
    return this.chunk(position).protocol[position & CHUNK_MASK] as number;
  }
  /** Number of the conversation among those of its kind; meaningless for kind `none`. */
  conversation(position: number): number {
    return this.chunk(position).conversation[position & CHUNK_MASK] as number;
  }
  /** Position of the conversation's packet before this one; -1 for its first. */
  previousInConversation(position: number): number {
    return (this.chunk(position).previous[position & CHUNK_MASK] as number) - 1;
  }

  setRuleAndSeverity(position: number, rule: number, severity: number): void {
    const chunk = this.chunk(position);
    const at = position & CHUNK_MASK;
    chunk.rule[at] = rule;
    chunk.marks[at] = ((chunk.marks[at] as number) & ~(SEVERITY_MASK << SEVERITY_SHIFT)) | (severity << SEVERITY_SHIFT);
  }

  setProtocol(position: number, protocol: number): void {
    this.chunk(position).protocol[position & CHUNK_MASK] = protocol;
  }

  setTcpFlags(position: number, flags: number): void {
    this.chunk(position).tcpFlags[position & CHUNK_MASK] = flags;
  }

  setConversation(position: number, kind: ConversationKind, conversation: number, previous: number, direction: 0 | 1): void {
    const chunk = this.chunk(position);
    const at = position & CHUNK_MASK;
    const others = (chunk.marks[at] as number) & ~((KIND_MASK << KIND_SHIFT) | (1 << FROM_B_SHIFT));
    chunk.marks[at] = others | (CONVERSATIONS.indexOf(kind) << KIND_SHIFT) | (direction << FROM_B_SHIFT);
    chunk.conversation[at] = conversation;
    chunk.previous[at] = previous + 1;
  }
}

/** Whole seconds of the packet at `at` in its chunk; may be negative. */
export function secondsAt(chunk: ColumnChunk, at: number): number {
  return chunk.farSeconds === null ? chunk.baseSeconds + (chunk.seconds[at] as number) : (chunk.farSeconds[at] as number);
}

/** Switches a chunk to seconds of any distance, keeping those of its first `filled` packets. */
function farSeconds(chunk: ColumnChunk, filled: number): Float64Array {
  if (chunk.farSeconds !== null) return chunk.farSeconds;
  const far = new Float64Array(CHUNK_PACKETS);
  for (let at = 0; at < filled; at += 1) far[at] = secondsAt(chunk, at);
  chunk.farSeconds = far;
  return far;
}
