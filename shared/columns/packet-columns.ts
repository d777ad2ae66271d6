/**
 * What the index keeps about each packet: numbers in fixed-size chunks of typed arrays,
 * never doubled and never copied. Packets are counted from 0 here (`position`); packet
 * numbers as people see them are position + 1.
 */

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const CHUNK_MASK = CHUNK - 1;

/** Kinds of conversations a packet can belong to. */
export const CONVERSATIONS = ['none', 'tcp', 'udp'] as const;
export type ConversationKind = (typeof CONVERSATIONS)[number];

interface Chunk {
  /** Where the captured bytes start in the (decompressed) source. */
  readonly dataOffset: Float64Array;
  readonly capturedLength: Uint32Array;
  readonly wireLength: Uint32Array;
  readonly timeSeconds: Float64Array;
  readonly timeNanos: Uint32Array;
  readonly interfaceId: Uint16Array;
  /** Bit 0: has a time. Bits 1-2: conversation kind. Bits 3-5: severity. */
  readonly marks: Uint8Array;
  /** 0 = no rule matches, else index + 1 into RULES. */
  readonly rule: Uint8Array;
  readonly conversation: Uint32Array;
  /** Previous packet of the conversation, as position + 1; 0 = first. */
  readonly previous: Uint32Array;
}

function newChunk(): Chunk {
  return {
    dataOffset: new Float64Array(CHUNK),
    capturedLength: new Uint32Array(CHUNK),
    wireLength: new Uint32Array(CHUNK),
    timeSeconds: new Float64Array(CHUNK),
    timeNanos: new Uint32Array(CHUNK),
    interfaceId: new Uint16Array(CHUNK),
    marks: new Uint8Array(CHUNK),
    rule: new Uint8Array(CHUNK),
    conversation: new Uint32Array(CHUNK),
    previous: new Uint32Array(CHUNK),
  };
}

/** Bytes a packet takes in these columns. */
export const BYTES_PER_PACKET = 8 + 4 + 4 + 8 + 4 + 2 + 1 + 1 + 4 + 4;

export class PacketColumns {
  private readonly chunks: Chunk[] = [];
  private last: Chunk | null = null;
  count = 0;

  /** Appends a packet and gives its position. */
  append(dataOffset: number, capturedLength: number, wireLength: number, hasTime: boolean, timeSeconds: number, timeNanos: number, interfaceId: number): number {
    const position = this.count;
    const at = position & CHUNK_MASK;
    if (at === 0) {
      this.last = newChunk();
      this.chunks.push(this.last);
    }
    const chunk = this.last as Chunk;
    chunk.dataOffset[at] = dataOffset;
    chunk.capturedLength[at] = capturedLength;
    chunk.wireLength[at] = wireLength;
    chunk.timeSeconds[at] = timeSeconds;
    chunk.timeNanos[at] = timeNanos;
    chunk.interfaceId[at] = interfaceId;
    chunk.marks[at] = hasTime ? 1 : 0;
    this.count = position + 1;
    return position;
  }

  private chunk(position: number): Chunk {
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
    return this.chunk(position).timeSeconds[position & CHUNK_MASK] as number;
  }
  timeNanos(position: number): number {
    return this.chunk(position).timeNanos[position & CHUNK_MASK] as number;
  }
  hasTime(position: number): boolean {
    return ((this.chunk(position).marks[position & CHUNK_MASK] as number) & 1) !== 0;
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
    return ((this.chunk(position).marks[position & CHUNK_MASK] as number) >> 3) & 7;
  }
  conversationKind(position: number): ConversationKind {
    return CONVERSATIONS[((this.chunk(position).marks[position & CHUNK_MASK] as number) >> 1) & 3] ?? 'none';
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
    chunk.marks[at] = ((chunk.marks[at] as number) & 0b111) | (severity << 3);
  }

  setConversation(position: number, kind: ConversationKind, conversation: number, previous: number): void {
    const chunk = this.chunk(position);
    const at = position & CHUNK_MASK;
    chunk.marks[at] = ((chunk.marks[at] as number) & ~0b110) | (CONVERSATIONS.indexOf(kind) << 1);
    chunk.conversation[at] = conversation;
    chunk.previous[at] = previous + 1;
  }
}
