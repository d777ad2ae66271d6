/**
 * The structure of Zstandard data (RFC 8878 §3.1): which bytes are a frame's header, its blocks, its
 * check sum. What is inside a block is for the decompressor.
 *
 * It is taken apart here because both decompressors need it: the one in WebAssembly does not tell
 * errors, the one of Node stops behind the first frame, and neither says how large a window is too large.
 */
import { formatBytes } from '../../shared/format/size.ts';
import { FrameDecoder, MARK_BYTES, numberAt, type Steps } from './frame-decoder.ts';

const FRAME_MARK = 0xfd2fb528;
/** libzstd's own limit (ZSTD_WINDOWLOG_LIMIT_DEFAULT), and what the memory of this process can bear. */
const MOST_WINDOW_BYTES = 2 ** 27;
const BLOCK_HEADER_BYTES = 3;
const MOST_BLOCK_BYTES = 1 << 17;
const RUN_LENGTH_BLOCK = 1;
const RESERVED_BLOCK = 3;

/** Packed bytes that belong to one part of a frame; valid until the next are asked for. */
export interface ZstdPart {
  readonly kind: 'header' | 'block' | 'sum';
  readonly bytes: Uint8Array;
  /** Where the part's header, block or check sum begins in the packed data. */
  readonly start: number;
  /** True for the last bytes of a frame. */
  readonly endsFrame: boolean;
}

export class ZstdFrames extends FrameDecoder<ZstdPart> {
  get position(): number {
    return this.input.position;
  }

  protected override isMark(mark: number): boolean {
    return mark === FRAME_MARK;
  }

  protected override *frame(_mark: number, markBytes: Uint8Array): Steps<ZstdPart> {
    const hasSum = yield* this.#header(markBytes);
    if (hasSum === null) return;
    for (let isLast = false; !isLast; ) {
      const start = this.input.position;
      const bytes = yield* this.need(BLOCK_HEADER_BYTES);
      if (bytes === null) return void this.#torn();
      const word = numberAt(bytes, 0, BLOCK_HEADER_BYTES);
      isLast = (word & 1) === 1;
      const kind = (word >> 1) & 3;
      if (kind === RESERVED_BLOCK || word >> 3 > MOST_BLOCK_BYTES) return this.fail('damaged', 'a block that cannot be', start);
      let left = kind === RUN_LENGTH_BLOCK ? 1 : word >> 3;
      const endsFrame = isLast && !hasSum;
      yield { kind: 'block', bytes, start, endsFrame: endsFrame && left === 0 };
      while (left > 0) {
        const part = yield* this.needUpTo(left);
        if (part.length === 0) return void this.#torn();
        left -= part.length;
        yield { kind: 'block', bytes: part, start, endsFrame: endsFrame && left === 0 };
      }
    }
    if (hasSum) yield* this.#sum();
  }

  /** Whether a check sum ends the frame; null where it cannot be read. */
  *#header(markBytes: Uint8Array): Steps<ZstdPart, boolean | null> {
    const start = this.input.position - MARK_BYTES;
    const first = yield* this.need(1);
    if (first === null) return this.#torn();
    const flags = first[0] ?? 0;
    const isSingleSegment = (flags & 0x20) !== 0;
    const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
    const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
    const dictionaryAt = isSingleSegment ? 0 : 1;
    const length = dictionaryAt + dictionaryBytes + sizeBytes;
    const rest = yield* this.need(length);
    if (rest === null) return this.#torn();
    const windowBytes = isSingleSegment ? numberAt(rest, dictionaryBytes, sizeBytes) + (sizeBytes === 2 ? 256 : 0) : windowOf(rest[0] ?? 0);
    if (windowBytes > MOST_WINDOW_BYTES) return this.#refuse('unsupported', `it needs ${formatBytes(windowBytes)} of memory at once, more than the ${formatBytes(MOST_WINDOW_BYTES)} allowed here`, start);
    if (numberAt(rest, dictionaryAt, dictionaryBytes) !== 0) return this.#refuse('unsupported', 'it needs a dictionary', start);
    if ((flags & 0x08) !== 0) return this.#refuse('damaged', 'a frame header that cannot be', start);
    const bytes = new Uint8Array(MARK_BYTES + 1 + length);
    bytes.set(markBytes);
    bytes[MARK_BYTES] = flags;
    bytes.set(rest, MARK_BYTES + 1);
    yield { kind: 'header', bytes, start, endsFrame: false };
    return (flags & 0x04) !== 0;
  }

  *#sum(): Steps<ZstdPart> {
    const start = this.input.position;
    const bytes = yield* this.need(4);
    if (bytes === null) return void this.#torn();
    yield { kind: 'sum', bytes, start, endsFrame: true };
  }

  #torn(): null {
    return this.#refuse('torn', 'the data ends within a frame', this.input.position + this.input.takeHeld().length);
  }

  #refuse(kind: 'torn' | 'damaged' | 'unsupported', reason: string, offset: number): null {
    this.fail(kind, reason, offset);
    return null;
  }
}

/** RFC 8878 §3.1.1.1.2. */
function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
