/**
 * Answers a ColumnTest for all packets of a chunk at once: an array of NO, ASK and YES. What is
 * about conversations is judged once per conversation and direction; the rest is plain loops over
 * the chunk's arrays. Of three values, `and` is the least, `or` the greatest, `not` the mirrored one.
 *
 * Packets that are not final (kind 0) are answered by what the index knows of them; `wasEarly`
 * tells whether there were any, as they may have to be answered again.
 */
import type { Streams } from '../streams/streams.ts';
import { ANALYSED } from '../streams/tcp-facts.ts';
import { ASK, isIn, NO, simplified, YES } from './column-test.ts';
import type { ColumnTest, EndsTest, NumberRange } from './column-test.ts';
import { endsByKind } from './endpoints.ts';
import type { Ends } from './endpoints.ts';
import { CHUNK_PACKETS, CONVERSATIONS, FROM_B_SHIFT, KIND_MASK, KIND_SHIFT } from './packet-columns.ts';
import type { ColumnChunk, PacketColumns } from './packet-columns.ts';
import type { PacketKind, PacketKinds } from './packet-kinds.ts';
import type { Steps } from './steps.ts';

const SENT_BY_A = 1;
const SENT_BY_B = 2;
/** Conversations judged between two steps. */
const STEP = 16_384;
const TCP_KIND = CONVERSATIONS.indexOf('tcp');

/** Answers of the packets of one chunk, by place in it. */
export type Answers = Uint8Array;

export class ColumnScan {
  /** Packets were answered that are not final. */
  wasEarly = false;
  private readonly columns: PacketColumns;
  private readonly ends: readonly (Ends | null)[];
  private readonly root: Part;
  private readonly parts: Part[] = [];
  private readonly plain = new PlainKinds();
  private readonly isClosed: boolean;

  /** `isClosed`: packets have no protocols but those that their kinds name, whatever may be open about them. */
  constructor(test: ColumnTest, columns: PacketColumns, streams: Streams, isClosed = false) {
    this.columns = columns;
    this.ends = endsByKind(streams);
    this.isClosed = isClosed;
    this.root = this.partOf(simplified(test));
  }

  /** Before chunks are answered: judges conversations and kinds that have come since. A scan of few packets may do without. */
  *prepare(): Steps<void> {
    this.learnKinds();
    for (const part of this.parts) if (part instanceof EndsPart) yield* part.judge();
  }

  /** Answers of a chunk's packets from place `start` to `end` (not included); the array is used again. */
  answer(index: number, start: number, end: number): Answers {
    const chunk = this.columns.chunkAt(index);
    if (!this.wasEarly) this.wasEarly = hasEarly(chunk, start, end);
    return this.answerOf(chunk, index * CHUNK_PACKETS, start, end);
  }

  /** What was answered last. */
  get answers(): Answers {
    return this.root.answers;
  }

  /** The same of a chunk that is at hand, which may know more of its packets than the columns do. `base`: position of its first packet. */
  answerOf(chunk: ColumnChunk, base: number, start: number, end: number): Answers {
    this.learnKinds();
    this.root.fill(chunk, base, start, end);
    return this.root.answers;
  }

  /** Whether a final packet has one network and one transport header at the most: nothing is carried in something else. */
  isPlain(position: number): boolean {
    const kind = this.columns.kind(position);
    return kind !== 0 && this.plain.bits[kind] !== 0;
  }

  private partOf(test: ColumnTest): Part {
    const part = this.makePart(test);
    this.parts.push(part);
    return part;
  }

  private makePart(test: ColumnTest): Part {
    switch (test.kind) {
      case 'constant':
        return new ConstantPart(test.answer);
      case 'and':
      case 'or':
      case 'xor':
        return new JoinedPart(test.kind, test.operands.map((operand) => this.partOf(operand)));
      case 'not':
        return new NotPart(this.partOf(test.operand));
      case 'ends':
        return new EndsPart(test, this.ends, this.plain);
      case 'number':
        return new NumberPart(test.column, test.ranges);
      case 'packet':
        return new PacketPart(test.test);
      case 'flags':
        return new FlagsPart(test.mask, test.ranges, this.plain);
      case 'analysis':
        return new AnalysisPart(test.bits, this.plain);
      case 'protocols':
        return new ProtocolsPart(test, this.isClosed ? NO : ASK);
      case 'unless':
        return new ProtocolsPart({ ids: test.ids, isAnswer: false, mayHide: false, inBodies: false }, NO);
    }
  }

  private learnKinds(): void {
    if (!this.plain.learn(this.columns.kinds)) return;
    for (const part of this.parts) if (part instanceof ProtocolsPart) part.learn(this.columns);
  }
}

/** Of which kinds of packet the columns know all headers. */
export class PlainKinds {
  /** By kind of packet: a bit for each kind of conversation of which the columns know all headers. */
  bits = Uint8Array.of(0xff);

  /** Takes in kinds that have come since; false where there are none. */
  learn(kinds: PacketKinds): boolean {
    if (this.bits.length === kinds.count + 1) return false;
    const bits = new Uint8Array(kinds.count + 1);
    for (let number = 1; number <= kinds.count; number += 1) bits[number] = plainBits(kinds.kind(number) as PacketKind);
    // What is not known yet is taken for plain.
    bits[0] = 0xff;
    this.bits = bits;
    return true;
  }

  /** Answers ASK for packets that have other headers than the columns know. */
  askOthers(answers: Answers, { marks, kind }: ColumnChunk, start: number, end: number): void {
    const { bits } = this;
    // Nothing is known but that.
    if (bits.length === 1) return;
    for (let at = start; at < end; at += 1) {
      const which = ((marks[at] as number) >> KIND_SHIFT) & KIND_MASK;
      if ((((bits[kind[at] as number] as number) >> which) & 1) === 0) answers[at] = ASK;
    }
  }
}

function hasEarly({ kind }: ColumnChunk, start: number, end: number): boolean {
  return kind.subarray(start, end).includes(0);
}

/** Kinds of conversation for which a packet with these protocols has one header of each sort, the one that the columns know. */
function plainBits({ chain }: PacketKind): number {
  let networks = 0;
  let tcp = 0;
  let udp = 0;
  for (const id of chain.split(':')) {
    if (id === 'ip' || id === 'ipv6') networks += 1;
    else if (id === 'tcp') tcp += 1;
    else if (id === 'udp') udp += 1;
  }
  const bit = (kind: (typeof CONVERSATIONS)[number]): number => 1 << CONVERSATIONS.indexOf(kind);
  if (networks === 0) return tcp + udp === 0 ? bit('none') : 0;
  if (networks > 1 || tcp + udp > 1) return 0;
  return tcp === 1 ? bit('tcp') : udp === 1 ? bit('udp') : bit('ip');
}

// ── parts ───────────────────────────────────────────────────────────────────

abstract class Part {
  readonly answers: Answers = new Uint8Array(CHUNK_PACKETS);
  abstract fill(chunk: ColumnChunk, base: number, start: number, end: number): void;
}

class ConstantPart extends Part {
  constructor(answer: number) {
    super();
    this.answers.fill(answer);
  }
  override fill(): void {}
}

/** So few places are looked at one by one. */
const FEW_PLACES = 256;

class JoinedPart extends Part {
  private readonly kind: 'and' | 'or' | 'xor';
  private readonly operands: readonly Part[];

  constructor(kind: 'and' | 'or' | 'xor', operands: readonly Part[]) {
    super();
    this.kind = kind;
    this.operands = operands;
  }

  override fill(chunk: ColumnChunk, base: number, start: number, end: number): void {
    const { answers, kind } = this;
    for (const [index, operand] of this.operands.entries()) {
      const others = operand.answers;
      // What is NO stays so: where little is left of a chunk, only that is looked at.
      const left = index > 0 && kind === 'and' ? this.placesLeft(start, end) : null;
      if (left !== null) {
        for (const at of left) {
          operand.fill(chunk, base, at, at + 1);
          answers[at] = Math.min(answers[at] as number, others[at] as number);
        }
        continue;
      }
      operand.fill(chunk, base, start, end);
      if (index === 0) answers.set(others.subarray(start, end), start);
      else if (kind === 'and') for (let at = start; at < end; at += 1) answers[at] = Math.min(answers[at] as number, others[at] as number);
      else if (kind === 'or') for (let at = start; at < end; at += 1) answers[at] = Math.max(answers[at] as number, others[at] as number);
      else for (let at = start; at < end; at += 1) answers[at] = exclusive(answers[at] as number, others[at] as number);
    }
  }

  /** The places that are not NO; null where there are many. */
  private placesLeft(start: number, end: number): readonly number[] | null {
    const { answers } = this;
    const places: number[] = [];
    for (let at = start; at < end; at += 1) {
      if (answers[at] === NO) continue;
      if (places.length === FEW_PLACES) return null;
      places.push(at);
    }
    return places;
  }
}

function exclusive(first: number, second: number): number {
  return first === ASK || second === ASK ? ASK : first === second ? NO : YES;
}

class NotPart extends Part {
  private readonly operand: Part;

  constructor(operand: Part) {
    super();
    this.operand = operand;
  }

  override fill(chunk: ColumnChunk, base: number, start: number, end: number): void {
    this.operand.fill(chunk, base, start, end);
    const others = this.operand.answers;
    const { answers } = this;
    for (let at = start; at < end; at += 1) answers[at] = YES - (others[at] as number);
  }
}

class EndsPart extends Part {
  private readonly test: EndsTest;
  private readonly bySender: boolean;
  /** By kind of conversation. */
  private readonly allEnds: readonly (Ends | null)[];
  private readonly plain: PlainKinds;
  /** Of packets without a conversation. */
  private readonly withoutEnds: number;
  /** The verdicts on all kinds of conversation in one array, each kind from its place in `starts` on, so that packets are answered without a choice of arrays. */
  private verdicts = new Uint8Array(0);
  private readonly starts = new Int32Array(CONVERSATIONS.length);
  /** Conversations with a verdict, by kind; others are judged packet by packet. */
  private readonly judged = new Int32Array(CONVERSATIONS.length);

  constructor({ test, bySender }: { readonly test: EndsTest; readonly bySender: boolean }, allEnds: readonly (Ends | null)[], plain: PlainKinds) {
    super();
    this.test = test;
    this.bySender = bySender;
    this.allEnds = allEnds;
    this.plain = plain;
    this.withoutEnds = test(null, 0, 0) ? SENT_BY_A | SENT_BY_B : 0;
  }

  *judge(): Steps<void> {
    // Packets without a conversation share one.
    const counts = this.allEnds.map((ends) => ends?.count() ?? 1);
    const known = this.verdicts;
    const verdicts = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
    let start = 0;
    for (const [kind, ends] of this.allEnds.entries()) {
      const [knownStart, knownCount, count] = [this.starts[kind] as number, this.judged[kind] as number, counts[kind] as number];
      verdicts.set(known.subarray(knownStart, knownStart + knownCount), start);
      for (let conversation = knownCount; conversation < count; conversation += 1) {
        verdicts[start + conversation] = this.verdict(ends, conversation);
        if (conversation % STEP === STEP - 1) yield 0;
      }
      start += count;
    }
    start = 0;
    for (const [kind, count] of counts.entries()) {
      this.starts[kind] = start;
      this.judged[kind] = count;
      start += count;
    }
    this.verdicts = verdicts;
  }

  private verdict(ends: Ends | null, conversation: number): number {
    if (ends === null) return this.withoutEnds;
    if (!this.bySender) return this.test(ends, conversation, 0) ? SENT_BY_A | SENT_BY_B : 0;
    return (this.test(ends, conversation, 0) ? SENT_BY_A : 0) | (this.test(ends, conversation, 1) ? SENT_BY_B : 0);
  }

  override fill(chunk: ColumnChunk, _base: number, start: number, end: number): void {
    const isJudged = this.allEnds.every((ends, kind) => ends === null || ends.count() === this.judged[kind]);
    if (isJudged && this.verdicts.length > 0) this.fillJudged(chunk, start, end);
    else this.fillEach(chunk, start, end);
    this.plain.askOthers(this.answers, chunk, start, end);
  }

  private fillJudged({ marks, conversation }: ColumnChunk, start: number, end: number): void {
    const { answers, verdicts, starts } = this;
    for (let at = start; at < end; at += 1) {
      const mark = marks[at] as number;
      const verdict = verdicts[(starts[(mark >> KIND_SHIFT) & KIND_MASK] as number) + (conversation[at] as number)] as number;
      answers[at] = ((verdict >> ((mark >> FROM_B_SHIFT) & 1)) & 1) << 1;
    }
  }

  /** Packets of conversations that came after `judge`, or a few for which it does not pay. */
  private fillEach({ marks, conversation }: ColumnChunk, start: number, end: number): void {
    const { answers, verdicts, starts, judged, allEnds } = this;
    for (let at = start; at < end; at += 1) {
      const mark = marks[at] as number;
      const which = (mark >> KIND_SHIFT) & KIND_MASK;
      const number = conversation[at] as number;
      const verdict = number < (judged[which] as number) ? (verdicts[(starts[which] as number) + number] as number) : this.verdict(allEnds[which] as Ends | null, number);
      answers[at] = ((verdict >> ((mark >> FROM_B_SHIFT) & 1)) & 1) << 1;
    }
  }
}

class NumberPart extends Part {
  private readonly column: (chunk: ColumnChunk) => Uint32Array | Uint16Array;
  private readonly ranges: readonly NumberRange[];

  constructor(column: (chunk: ColumnChunk) => Uint32Array | Uint16Array, ranges: readonly NumberRange[]) {
    super();
    this.column = column;
    this.ranges = ranges;
  }

  override fill(chunk: ColumnChunk, _base: number, start: number, end: number): void {
    const values = this.column(chunk);
    const { answers, ranges } = this;
    const [only] = ranges;
    if (only !== undefined && ranges.length === 1) {
      const { low, high } = only;
      for (let at = start; at < end; at += 1) answers[at] = (values[at] as number) >= low && (values[at] as number) <= high ? YES : NO;
    } else {
      for (let at = start; at < end; at += 1) answers[at] = isIn(ranges, values[at] as number) ? YES : NO;
    }
  }
}

class PacketPart extends Part {
  private readonly test: (chunk: ColumnChunk, base: number, at: number) => boolean;

  constructor(test: (chunk: ColumnChunk, base: number, at: number) => boolean) {
    super();
    this.test = test;
  }

  override fill(chunk: ColumnChunk, base: number, start: number, end: number): void {
    const { answers, test } = this;
    for (let at = start; at < end; at += 1) answers[at] = test(chunk, base, at) ? YES : NO;
  }
}

class FlagsPart extends Part {
  /** By value of the flags. */
  private readonly verdicts = new Uint8Array(0x1000);
  private readonly plain: PlainKinds;

  constructor(mask: number, ranges: readonly NumberRange[], plain: PlainKinds) {
    super();
    this.plain = plain;
    for (let flags = 0; flags < this.verdicts.length; flags += 1) this.verdicts[flags] = isIn(ranges, flags & mask) ? YES : NO;
  }

  override fill(chunk: ColumnChunk, _base: number, start: number, end: number): void {
    const { answers, verdicts } = this;
    const { marks, tcpFlags } = chunk;
    for (let at = start; at < end; at += 1) {
      const isTcp = (((marks[at] as number) >> KIND_SHIFT) & KIND_MASK) === TCP_KIND;
      answers[at] = isTcp ? (verdicts[(tcpFlags[at] as number) & 0xfff] as number) : NO;
    }
    this.plain.askOthers(answers, chunk, start, end);
  }
}

class AnalysisPart extends Part {
  private readonly bits: number;
  private readonly plain: PlainKinds;

  constructor(bits: number, plain: PlainKinds) {
    super();
    this.bits = bits;
    this.plain = plain;
  }

  override fill(chunk: ColumnChunk, _base: number, start: number, end: number): void {
    const { answers, bits } = this;
    const { marks, analysis } = chunk;
    for (let at = start; at < end; at += 1) {
      const isTcp = (((marks[at] as number) >> KIND_SHIFT) & KIND_MASK) === TCP_KIND;
      const found = analysis[at] as number;
      answers[at] = isTcp && (found & ANALYSED) !== 0 && (found & bits) !== 0 ? YES : NO;
    }
    this.plain.askOthers(answers, chunk, start, end);
  }
}

/** Protocols of which nothing else is a part. */
const PLAIN_PROTOCOLS = new Set(['eth', 'ethertype', 'vlan', 'arp', 'ip', 'ipv6', 'tcp', 'udp', 'data']);

type ProtocolsTest = Omit<Extract<ColumnTest, { kind: 'protocols' }>, 'kind'>;

class ProtocolsPart extends Part {
  private readonly test: ProtocolsTest;
  /** What is answered where it is not known yet, or may be so. */
  private readonly unsure: typeof ASK | typeof NO;
  /** By kind of packet. */
  private byKind: Uint8Array;

  constructor(test: ProtocolsTest, unsure: typeof ASK | typeof NO) {
    super();
    this.test = test;
    this.unsure = unsure;
    this.byKind = Uint8Array.of(unsure);
  }

  learn({ kinds }: PacketColumns): void {
    const byKind = new Uint8Array(kinds.count + 1).fill(this.unsure);
    for (let number = 1; number <= kinds.count; number += 1) byKind[number] = this.answerOf(kinds.kind(number) as PacketKind);
    this.byKind = byKind;
  }

  private answerOf({ protocols, sections, openness }: PacketKind): number {
    const { ids, isAnswer, mayHide, inBodies } = this.test;
    if (ids.some((id) => protocols.has(id) || sections.has(id))) return isAnswer ? YES : ASK;
    const isOpen = openness === 'any' || (openness === 'bodies' && inBodies);
    return isOpen || (mayHide && ![...protocols].every((id) => PLAIN_PROTOCOLS.has(id))) ? this.unsure : NO;
  }

  override fill({ kind, marks }: ColumnChunk, _base: number, start: number, end: number): void {
    const { answers, byKind } = this;
    for (let at = start; at < end; at += 1) answers[at] = byKind[kind[at] as number] as number;
    if (!this.test.isAnswer || !this.test.ids.includes('tcp')) return;
    // What has a TCP stream has TCP, whatever else the deep pass will find.
    for (let at = start; at < end; at += 1) if (kind[at] === 0 && (((marks[at] as number) >> KIND_SHIFT) & KIND_MASK) === TCP_KIND) answers[at] = YES;
  }
}
