/**
 * Reads pcapng files: chunks in, records out.
 *
 * Every block must say its length twice; a block whose two lengths disagree, or
 * whose length cannot be, is damage. The reader then searches for the next block
 * that stands on its own feet (pcapng-salvage.ts) and tells which bytes it left
 * out. A packet block whose inside does not fit its frame costs that packet only.
 * Source: IETF draft-ietf-opsawg-pcapng §3, §4.
 */
import { EndianReader } from '../bytes/endian-reader.ts';
import type { CaptureReader, CaptureSink, PacketRecord } from '../records/record.ts';
import { PcapngBlockReader } from './pcapng-block-reader.ts';
import { BLOCK } from './pcapng-blocks.ts';
import { isKnownStart, isPossibleLength, isSoundBlock, LARGEST_BLOCK_BYTES, mayResumeAt, SEARCH_SLACK_BYTES } from './pcapng-salvage.ts';
import { setTime } from './pcapng-time.ts';
import { grouped, ProblemLog } from './problem-log.ts';
import { Stitcher, type Parser } from './stitcher.ts';

const NO_GAP = -1;
const SMALLEST_BLOCK_BYTES = 12;
const ENHANCED_FIXED_BYTES = 28;

export class PcapngReader implements CaptureReader, Parser {
  wantedBytes = SMALLEST_BLOCK_BYTES;
  #sink: CaptureSink;
  #problems: ProblemLog;
  #numbers = new EndianReader(true);
  #blocks: PcapngBlockReader;
  #stitcher: Stitcher;
  #gapStart = NO_GAP;
  #gapReason = '';
  /** The open gap is only a block that the file ends in, unless blocks are found inside. */
  #gapIsTail = false;
  #record: PacketRecord;

  constructor(sink: CaptureSink) {
    this.#sink = sink;
    this.#problems = new ProblemLog(sink);
    this.#blocks = new PcapngBlockReader(sink, this.#problems, this.#numbers);
    this.#record = this.#blocks.record;
    this.#stitcher = new Stitcher(this);
  }

  get packetCount(): number {
    return this.#blocks.packetCount;
  }

  get refused(): boolean {
    return this.#blocks.refused;
  }

  get consumedBytes(): number {
    return this.#stitcher.consumedBytes;
  }

  push(chunk: Uint8Array): void {
    if (!this.refused) this.#stitcher.push(chunk);
  }

  flush(): void {
    if (!this.refused) this.#stitcher.parseCarry(false);
  }

  end(): void {
    if (!this.refused) this.#stitcher.parseCarry(true);
    this.#blocks.finish(this.consumedBytes);
    if (!this.refused) this.#problems.finish(this.packetCount);
  }

  parse(bytes: Uint8Array, start: number, end: number, offset: number, last: boolean): number {
    if (this.refused) return end - start;
    this.#numbers.attach(bytes);
    this.#record.bytes = bytes;
    const shift = offset - start;
    let position = start;
    for (;;) {
      if (this.#gapStart !== NO_GAP) position = this.#search(position, end, shift, last);
      if (this.#gapStart !== NO_GAP) break;
      position = this.#readBlocks(position, end, shift, last);
      if (this.refused) return end - start;
      if (this.#gapStart !== NO_GAP) continue;
      if (!last || position === end) break;
      this.#openGap(position + shift, '', true);
    }
    return position - start;
  }

  /** The hot loop. Returns the position of the first byte that it is not done with. */
  #readBlocks(start: number, end: number, shift: number, last: boolean): number {
    const numbers = this.#numbers;
    let position = start;
    while (position + SMALLEST_BLOCK_BYTES <= end) {
      const type = numbers.u32(position);
      if (type === BLOCK.section && !this.#blocks.takeByteOrder(position)) {
        return this.#damaged(position, shift, `the section at byte ${grouped(position + shift)} has no byte-order mark`);
      }
      const length = numbers.u32(position + 4);
      if (!isPossibleLength(type, length)) {
        return this.#damaged(position, shift, this.#lengthReason(position + shift, length));
      }
      const next = position + length;
      if (next > end) {
        this.wantedBytes = length;
        return position;
      }
      const trailer = numbers.u32(next - 4);
      if (trailer !== length) {
        const verdict = this.#judgeTrailer(position, next, end, shift, trailer, last);
        if (verdict === 'wait') return position;
        if (verdict === 'damaged') return position + 1;
      }
      if (type !== BLOCK.enhancedPacket || !this.#readPlainEnhanced(position, next, shift)) {
        this.#blocks.read(type, position, next, shift);
        if (this.refused) return next;
      }
      position = next;
    }
    this.wantedBytes = SMALLEST_BLOCK_BYTES;
    return position;
  }

  /** An Enhanced Packet Block without options and without surprises; false = let the block reader see to it. */
  #readPlainEnhanced(at: number, next: number, shift: number): boolean {
    const numbers = this.#numbers;
    const captured = next - at >= 32 ? numbers.u32(at + 20) : 0xffff_ffff;
    // With options there are at least four more bytes.
    if (at + ENHANCED_FIXED_BYTES + ((captured + 3) & ~3) + 4 !== next) return false;
    const state = this.#blocks.interfaceState(numbers.u32(at + 8));
    if (state === null || captured > state.largestCaptured || this.#blocks.hasOpenGap) return false;
    const record = this.#record;
    record.interfaceId = state.id;
    record.hasTime = true;
    setTime(record, state.scale, numbers.u32(at + 12), numbers.u32(at + 16));
    record.capturedLength = captured;
    record.wireLength = numbers.u32(at + 24);
    record.dataOffset = at + ENHANCED_FIXED_BYTES + shift;
    record.bytesStart = at + ENHANCED_FIXED_BYTES;
    record.comments = null;
    record.packetFlags = 0;
    this.#blocks.packetCount += 1;
    this.#sink.packet(record);
    return true;
  }

  /** Whether a block is believed though its second length differs: another block, or the end, must follow it. */
  #judgeTrailer(
    at: number, next: number, end: number, shift: number, trailer: number, last: boolean,
  ): 'sound' | 'damaged' | 'wait' {
    const follows = next === end && last ? 'yes' : isSoundBlock(this.#numbers, next, end, last);
    if (typeof follows === 'number') {
      this.wantedBytes = next - at + follows;
      return 'wait';
    }
    const message = `the block at byte ${grouped(at + shift)} states its length as ${grouped(next - at)} and, at its end, as ${grouped(trailer)}`;
    if (follows === 'no') {
      this.#damaged(at, shift, message);
      return 'damaged';
    }
    this.#problems.odd(
      'length-mismatch', `Although ${message}, a block follows where the first says; it was read so.`,
      next - 4 + shift, next + shift, this.packetCount,
    );
    return 'sound';
  }

  #lengthReason(at: number, length: number): string {
    const why =
      length % 4 !== 0 ? 'is no multiple of 4'
      : length > LARGEST_BLOCK_BYTES ? 'is more than a block may have'
      : 'is less than such a block needs';
    return `the block at byte ${grouped(at)} states a length of ${grouped(length)}, which ${why}`;
  }

  #damaged(position: number, shift: number, reason: string): number {
    this.#openGap(position + shift, reason, false);
    return position + 1;
  }

  #openGap(at: number, reason: string, isTail: boolean): void {
    this.#blocks.closeGap();
    this.#gapStart = at;
    this.#gapReason = reason;
    this.#gapIsTail = isTail;
  }

  /** Looks for the next sound block; returns the position up to which bytes are settled. */
  #search(start: number, end: number, shift: number, last: boolean): number {
    let position = Math.max(start, this.#gapStart + 1 - shift);
    for (; position + SMALLEST_BLOCK_BYTES <= end; position += 1) {
      if (!isKnownStart(this.#numbers, position)) continue;
      const wanted = mayResumeAt(this.#numbers, position, end, this.#blocks.interfaceCount, last);
      if (wanted === 'no') continue;
      if (wanted === 'yes') {
        this.#tellGap(position + shift);
        return position;
      }
      // More than asked for, so that a file full of half-likely blocks is not copied about byte by byte.
      this.wantedBytes = wanted + SEARCH_SLACK_BYTES;
      return position;
    }
    if (!last) {
      // A search goes on by large steps: what is left of one would otherwise be joined with the next byte by byte.
      this.wantedBytes = SEARCH_SLACK_BYTES;
      return Math.min(position, end);
    }
    this.#giveUp(end, shift);
    return end;
  }

  #tellGap(at: number): void {
    const reason = this.#gapIsTail
      ? `the block at byte ${grouped(this.#gapStart)} states more bytes than the file has left`
      : this.#gapReason;
    this.#problems.gap('damaged-block', reason, this.#gapStart, at, this.packetCount);
    this.#gapStart = NO_GAP;
  }

  #giveUp(end: number, shift: number): void {
    const at = end + shift;
    const begin = this.#gapStart;
    if (!this.#blocks.hasBegun) this.#refuse(at);
    else if (this.#gapIsTail) this.#problems.tornTail(this.#tornBlockName(begin - shift, end), begin, at, this.packetCount);
    else this.#problems.unreadableRest('damaged-rest', this.#gapReason, begin, at, this.packetCount);
    this.#gapStart = NO_GAP;
  }

  #refuse(end: number): void {
    const message = this.#gapIsTail
      ? `The file ends inside the pcapng section header at byte ${grouped(end)}; no packet can be read.`
      : `This pcapng file cannot be read because ${this.#gapReason}, and no sound block follows.`;
    this.#blocks.refuse(this.#gapIsTail ? 'torn-header' : 'damaged-header', message, this.#gapIsTail ? end : this.#gapStart);
  }

  #tornBlockName(at: number, end: number): string {
    if (at + 4 > end) return 'a block header';
    const type = this.#numbers.u32(at);
    const isPacket = type === BLOCK.enhancedPacket || type === BLOCK.simplePacket || type === BLOCK.packet;
    return isPacket ? `packet ${grouped(this.packetCount + 1)}` : 'a block that is no packet';
  }
}
