/**
 * LZ4 frames (github.com/lz4/lz4, doc/lz4_Frame_format.md v1.6.4), with blocks that refer to each
 * other, with check sums, one after another, and the older format that `lz4 -l` and Linux kernels write.
 *
 * A library was no choice: those that are kept up unpack whole buffers only.
 */
import { FrameDecoder, numberAt, type Steps } from './frame-decoder.ts';
import { decodeLz4Block } from './lz4-block.ts';
import type { Decoder } from './unpack-decoder.ts';
import { Xxh32, xxh32 } from '../../shared/bytes/xxh32.ts';

const FRAME_MARK = 0x184d2204;
const LEGACY_MARK = 0x184c2102;
/** A match reaches back this far at most. */
const HISTORY_BYTES = 1 << 16;
const LEGACY_BLOCK_BYTES = 8 << 20;
/** What a block of incompressible bytes may grow to (LZ4_compressBound). */
const LEGACY_MOST_PACKED = LEGACY_BLOCK_BYTES + Math.floor(LEGACY_BLOCK_BYTES / 255) + 16;
const STORED_FLAG = 0x80000000;

interface FrameLayout {
  readonly blockBytes: number;
  readonly areLinked: boolean;
  readonly hasBlockSums: boolean;
  readonly hasContentSum: boolean;
  /** -1 = not stated. */
  readonly contentBytes: number;
}

export class Lz4Decoder extends FrameDecoder implements Decoder {
  /** Damaged blocks give what comes before the damage. */
  readonly losesOutput = false;
  /** History, then room for one block. */
  #window = new Uint8Array(0);
  #historyBytes = 0;

  protected override isMark(mark: number): boolean {
    return mark === FRAME_MARK || mark === LEGACY_MARK;
  }

  protected override *frame(mark: number): Steps<Uint8Array> {
    this.#historyBytes = 0;
    if (mark === LEGACY_MARK) return yield* this.#legacyBlocks();
    const layout = yield* this.#descriptor();
    if (layout === null) return;
    yield* this.#blocks(layout);
  }

  *#descriptor(): Steps<Uint8Array, FrameLayout | null> {
    const start = this.input.position;
    const first = yield* this.need(2);
    if (first === null) return this.#torn();
    const flags = first[0] ?? 0;
    const sizeCode = ((first[1] ?? 0) >> 4) & 7;
    const hasContentSize = (flags & 0x08) !== 0;
    const hasDictionary = (flags & 0x01) !== 0;
    const head = first.slice();
    if (flags >> 6 !== 1 || sizeCode < 4) return this.#refuse('damaged', 'the frame header is not of version 1', start);
    const rest = yield* this.need((hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1);
    if (rest === null) return this.#torn();
    const summed = new Uint8Array(head.length + rest.length - 1);
    summed.set(head);
    summed.set(rest.subarray(0, -1), head.length);
    if (((xxh32(summed) >> 8) & 0xff) !== rest.at(-1)) return this.#refuse('damaged', 'wrong check sum of a frame header', start);
    if (hasDictionary) return this.#refuse('unsupported', 'it needs a dictionary', start);
    return {
      blockBytes: 1 << (8 + 2 * sizeCode),
      areLinked: (flags & 0x20) === 0,
      hasBlockSums: (flags & 0x10) !== 0,
      hasContentSum: (flags & 0x04) !== 0,
      contentBytes: hasContentSize ? numberAt(rest, 0, 8) : -1,
    };
  }

  *#blocks(layout: FrameLayout): Steps<Uint8Array> {
    const contentSum = layout.hasContentSum ? new Xxh32() : null;
    let contentBytes = 0;
    this.#makeRoom(layout.blockBytes);
    for (;;) {
      const start = this.input.position;
      const head = yield* this.need(4);
      if (head === null) return void this.#torn();
      const word = numberAt(head, 0, 4);
      if (word === 0) break;
      const length = word % STORED_FLAG;
      if (length > layout.blockBytes) return this.fail('damaged', 'a block is larger than its frame allows', start);
      const block = yield* this.#block(length, word >= STORED_FLAG, layout.hasBlockSums, start);
      contentSum?.update(block);
      contentBytes += block.length;
      if (block.length > 0) yield block;
      if (this.damage !== null) return;
      if (layout.areLinked) this.#keepHistory(block.length);
    }
    if (contentSum !== null) yield* this.#checkContent(contentSum);
    if (this.damage === null && layout.contentBytes >= 0 && layout.contentBytes !== contentBytes) this.fail('damaged', 'a frame holds fewer or more bytes than it states');
  }

  /** One block's bytes. Of a torn or damaged one, as many as can be had; `damage` is set then. */
  *#block(length: number, isStored: boolean, hasSum: boolean, start: number): Steps<Uint8Array, Uint8Array> {
    const whole = yield* this.need(length + (hasSum ? 4 : 0));
    if (whole === null) {
      const part = this.#unpack(this.input.takeHeld().subarray(0, length), isStored);
      this.#torn();
      return part.bytes;
    }
    const packed = whole.subarray(0, length);
    // Nothing of a block that its check sum denies is shown.
    if (hasSum && xxh32(packed) !== numberAt(whole, length, 4)) {
      this.fail('damaged', 'wrong check sum of a block', start);
      return new Uint8Array(0);
    }
    const { bytes, fault } = this.#unpack(packed, isStored);
    if (fault !== null) this.fail('damaged', fault, start);
    return bytes;
  }

  #unpack(packed: Uint8Array, isStored: boolean): { readonly bytes: Uint8Array; readonly fault: string | null } {
    const start = HISTORY_BYTES;
    if (isStored) {
      this.#window.set(packed, start);
      return { bytes: this.#window.subarray(start, start + packed.length), fault: null };
    }
    const { end, fault } = decodeLz4Block(packed, { bytes: this.#window, historyStart: start - this.#historyBytes, start, limit: this.#window.length });
    return { bytes: this.#window.subarray(start, end), fault };
  }

  #makeRoom(blockBytes: number): void {
    if (this.#window.length !== HISTORY_BYTES + blockBytes) this.#window = new Uint8Array(HISTORY_BYTES + blockBytes);
  }

  /** Moves the last 64 KiB to where the next block finds them. */
  #keepHistory(blockBytes: number): void {
    const end = HISTORY_BYTES + blockBytes;
    this.#historyBytes = Math.min(HISTORY_BYTES, this.#historyBytes + blockBytes);
    this.#window.copyWithin(HISTORY_BYTES - this.#historyBytes, end - this.#historyBytes, end);
  }

  *#checkContent(sum: Xxh32): Steps<Uint8Array> {
    const start = this.input.position;
    const stated = yield* this.need(4);
    if (stated === null) return void this.#torn();
    if (numberAt(stated, 0, 4) !== sum.digest()) this.fail('damaged', 'wrong check sum of the contents', start);
  }

  /** The older format has no end mark: another frame's mark, or the end of the data, ends it. */
  *#legacyBlocks(): Steps<Uint8Array> {
    this.#makeRoom(LEGACY_BLOCK_BYTES);
    for (;;) {
      const start = this.input.position;
      const head = yield* this.need(4);
      if (head === null) {
        if (this.input.takeHeld().length > 0) this.#torn();
        return;
      }
      const length = numberAt(head, 0, 4);
      if (length === LEGACY_MARK) continue;
      if (length === FRAME_MARK) return yield* this.frame(FRAME_MARK);
      if (length === 0 || length > LEGACY_MOST_PACKED) return this.fail(length === 0 ? 'trailing' : 'damaged', 'a block is larger than its frame allows', start);
      const block = yield* this.#block(length, false, false, start);
      if (block.length > 0) yield block;
      if (this.damage !== null) return;
    }
  }

  #torn(): null {
    return this.#refuse('torn', 'the data ends within a frame', this.input.position + this.input.takeHeld().length);
  }

  #refuse(kind: 'torn' | 'damaged' | 'unsupported', reason: string, offset: number): null {
    this.fail(kind, reason, offset);
    return null;
  }
}
