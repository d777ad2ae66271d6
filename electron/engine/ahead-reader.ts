/**
 * A capture's bytes in file order for the deep pass: one window is worked on while the next is
 * read, so that waiting for the file costs nothing where another processor can do it.
 */
import { unfilledBytes } from './byte-streams.ts';
import type { FileSource } from './source.ts';

const WINDOW_BYTES = 4 << 20;
/** Larger than packets are. */
const LEAST_WINDOW_BYTES = 512 << 10;

/** Bytes of a window over a capture that has so many now: a small one needs no megabytes. */
export function windowOver(captureBytes: number, most = WINDOW_BYTES): number {
  return Math.max(LEAST_WINDOW_BYTES, Math.min(most, captureBytes));
}

interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class AheadReader {
  readonly #source: FileSource;
  /** In front of each is room for what a packet has in the window before. */
  #buffers: [Uint8Array, Uint8Array];
  readonly #room: number;
  readonly #keeps: number;
  #current: Window = { start: 0, bytes: new Uint8Array(0) };
  /** Windows that were passed, the oldest first, with their buffers. */
  readonly #passed: { readonly window: Window; readonly buffer: Uint8Array }[] = [];
  #next: { readonly start: number; readonly filled: Promise<number> } | null = null;

  /** `keeps`: so many windows that were passed can still be looked at (`recent`). */
  constructor(source: FileSource, windowBytes: number, keeps = 0) {
    this.#source = source;
    this.#room = windowBytes;
    this.#keeps = keeps;
    this.#buffers = [unfilledBytes(2 * windowBytes), unfilledBytes(2 * windowBytes)];
  }

  /** The bytes, where the window holds them all, or as many as there are; else null. Valid until the window moves. */
  view(offset: number, length: number): Uint8Array | null {
    const { start, bytes } = this.#current;
    const from = offset - start;
    return from >= 0 && from + length <= bytes.length ? bytes.subarray(from, from + length) : null;
  }

  /** Like `view`, also from windows that were passed. */
  recent(offset: number, length: number): Uint8Array | null {
    const current = this.view(offset, length);
    if (current !== null) return current;
    for (const { window } of this.#passed) {
      const from = offset - window.start;
      if (from >= 0 && from + length <= window.bytes.length) return window.bytes.subarray(from, from + length);
    }
    return null;
  }

  /** Where the window ends. */
  get end(): number {
    return this.#current.start + this.#current.bytes.length;
  }

  /** Moves the window so that it holds these bytes, if the source has them and they are not too many. */
  async moveTo(offset: number, length: number): Promise<void> {
    if (this.view(offset, length) !== null) return;
    const { start, bytes } = this.#current;
    const end = start + bytes.length;
    const next = this.#next;
    const filled = await next?.filled;
    if (next !== null && filled !== undefined && next.start === end && offset >= start && end - offset <= this.#room && offset + length <= end + filled) {
      const carried = bytes.subarray(Math.min(offset, end) - start);
      const buffer = this.#buffers[1];
      buffer.set(carried, this.#room - carried.length);
      this.#show(end - carried.length, buffer.subarray(this.#room - carried.length, this.#room + filled));
      return;
    }
    const buffer = this.#buffers[1];
    const jumped = await this.#source.readInto(offset, buffer.subarray(this.#room));
    this.#show(offset, buffer.subarray(this.#room, this.#room + jumped));
  }

  /** Makes the second buffer the current one, and has another filled. */
  #show(start: number, bytes: Uint8Array): void {
    this.#buffers = [this.#buffers[1], this.#spareBuffer()];
    this.#current = { start, bytes };
    const end = start + bytes.length;
    this.#next = { start: end, filled: this.#source.readInto(end, this.#buffers[1].subarray(this.#room)) };
  }

  /** The buffer of the window that is passed now, or of the one that is given up for it. */
  #spareBuffer(): Uint8Array {
    const [buffer] = this.#buffers;
    if (this.#keeps === 0) return buffer;
    this.#passed.push({ window: this.#current, buffer });
    return this.#passed.length > this.#keeps ? (this.#passed.shift()?.buffer ?? buffer) : unfilledBytes(2 * this.#room);
  }
}
