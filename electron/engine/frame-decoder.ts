/**
 * What formats made of frames have in common (zstd, lz4): frames one after another, skippable
 * frames between them, each told by four bytes.
 *
 * A format is a generator that reads as if all bytes were there: `need` waits where they are not.
 */
import { PackedInput } from './packed-input.ts';
import type { UnpackDamage } from './unpack-decoder.ts';

/** Steps of a format: something to give, or null = the piece is used up. */
export type Steps<T, R = void> = Generator<T | null, R, undefined>;

/** Both formats keep these marks free for other people's data (RFC 8878 §3.1.2). */
const SKIPPABLE_MARK = 0x184d2a50;
export const MARK_BYTES = 4;

export abstract class FrameDecoder<T = Uint8Array> {
  damage: UnpackDamage | null = null;
  ended = false;
  protected readonly input = new PackedInput();
  #steps: Steps<T>;
  #isLast = false;

  constructor() {
    this.#steps = this.#frames();
  }

  *write(piece: Uint8Array): Generator<T, void, undefined> {
    this.input.push(piece);
    yield* this.#run();
  }

  *end(): Generator<T, void, undefined> {
    this.#isLast = true;
    this.input.push(new Uint8Array(0));
    yield* this.#run();
  }

  *#run(): Generator<T, void, undefined> {
    while (this.damage === null && !this.ended) {
      const { value, done } = this.#steps.next();
      if (done === true) this.ended = true;
      else if (value === null) return;
      else yield value;
    }
  }

  *#frames(): Steps<T> {
    for (let count = 0; ; count += 1) {
      const start = this.input.position;
      const bytes = yield* this.need(MARK_BYTES);
      if (bytes === null) return this.#noMark(start, this.input.takeHeld());
      const mark = numberAt(bytes, 0, MARK_BYTES);
      if ((mark & ~15) >>> 0 === SKIPPABLE_MARK) yield* this.#skip();
      else if (this.isMark(mark)) yield* this.frame(mark, bytes.slice());
      else return this.#noMark(start, bytes, count);
      if (this.damage !== null) return;
    }
  }

  /** Zeros behind the last frame are padding, as tapes and disk images have it. */
  #noMark(start: number, bytes: Uint8Array, framesBefore = 1): void {
    if (bytes.every((byte) => byte === 0) && framesBefore > 0) return;
    this.fail(framesBefore > 0 ? 'trailing' : 'damaged', 'no frame begins there', start);
  }

  *#skip(): Steps<T> {
    const length = yield* this.need(4);
    if (length === null) return this.fail('torn', 'a skippable frame ends too early');
    const end = this.input.position + numberAt(length, 0, 4);
    while (this.input.position < end) {
      if (this.input.takeUpTo(end - this.input.position).length > 0) continue;
      if (this.#isLast) return this.fail('torn', 'a skippable frame ends too early');
      yield null;
    }
  }

  /** Whether a frame of the format begins with these four bytes, read with the lowest first. */
  protected abstract isMark(mark: number): boolean;
  /** Reads the frame behind its mark, whose bytes are `markBytes`. */
  protected abstract frame(mark: number, markBytes: Uint8Array): Steps<T>;

  /** The next bytes, valid until more are asked for; null where the data ends before. */
  protected *need(count: number): Steps<T, Uint8Array | null> {
    for (;;) {
      const bytes = this.input.take(count);
      if (bytes !== null || this.#isLast) return bytes;
      yield null;
    }
  }

  /** The next bytes, at most so many and at least one; none where the data ends. */
  protected *needUpTo(most: number): Steps<T, Uint8Array> {
    for (;;) {
      const bytes = this.input.takeUpTo(most);
      if (bytes.length > 0 || this.#isLast) return bytes;
      yield null;
    }
  }

  protected fail(kind: UnpackDamage['kind'], reason: string, offset = this.input.position): void {
    this.damage ??= { kind, reason, offset };
  }

  close(): void {
    this.#steps.return();
  }
}

/** A number of up to 8 bytes, the lowest first; exact up to 2^53. */
export function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let index = length - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}
