/**
 * A cursor over one layer's bytes.
 *
 * - Reading past the captured bytes marks the layer as cut off and yields zero; from then on `left` is 0. Nothing throws.
 * - Cut off by the capture (snaplen) is `truncated`; cut off by the packet itself is `malformed`.
 * - Positions are absolute in the layer's byte source.
 */
import { latin1, readU8 } from '../bytes/reader.ts';
import type { ByteSource } from './run.ts';

export const EMPTY = new Uint8Array(0);

/** What a cursor needs of the dissection that it is part of. */
interface CursorRun {
  readonly sources: readonly ByteSource[];
  /** True when an item or depth cap was hit. */
  readonly full: boolean;
  noteBroken(layer: LayerCursor): void;
}

export class LayerCursor {
  readonly run: CursorRun;
  /** Index of the byte source and its bytes; `onSource` changes them for a while. */
  source: number;
  bytes: Uint8Array;
  start: number;
  /** Captured end and real end (on the wire), absolute; `shrink` may draw them in. */
  end: number;
  reportedEnd: number;
  cursor: number;
  broken: 'truncated' | 'malformed' | null = null;

  constructor(run: CursorRun, source: number, start: number, end: number, reportedEnd: number) {
    this.run = run;
    this.source = source;
    this.bytes = run.sources[source]?.bytes ?? EMPTY;
    this.start = start;
    this.end = Math.max(start, Math.min(end, this.bytes.length));
    this.reportedEnd = Math.max(reportedEnd, this.end);
    this.cursor = start;
  }

  /** Captured bytes that have not been read. */
  get left(): number {
    return this.end - this.cursor;
  }

  /** Bytes from the cursor to the real end of the layer. */
  get reportedLeft(): number {
    return this.broken ? 0 : this.reportedEnd - this.cursor;
  }

  /** Makes sure that `count` bytes follow the cursor; marks the layer as cut off where they do not. */
  has(count: number): boolean {
    if (this.cursor + count <= this.end) return true;
    this.cutOff(this.cursor + count);
    return false;
  }

  /** Makes sure that the layer's bytes reach up to `position` (absolute), wherever the cursor is. */
  reaches(position: number): boolean {
    if (position <= this.end) return true;
    this.cutOff(position);
    return false;
  }

  protected cutOff(wantedEnd: number): void {
    if (this.broken) return;
    this.broken = wantedEnd > this.reportedEnd ? 'malformed' : 'truncated';
    this.cursor = this.end;
    this.run.noteBroken(this);
  }

  /** Says that the bytes contradict the protocol; the rest of the layer is left alone. */
  malformed(): void {
    if (this.broken) return;
    this.broken = 'malformed';
    this.cursor = this.end;
    this.run.noteBroken(this);
  }

  /** Numbers ahead of the cursor, without consuming or recording; 0 beyond the captured bytes. */
  peekU8(ahead = 0): number {
    const at = this.cursor + ahead;
    return at < this.end ? readU8(this.bytes, at) : 0;
  }
  peekU16(ahead = 0): number {
    return (this.peekU8(ahead) << 8) | this.peekU8(ahead + 1);
  }
  peekU24(ahead = 0): number {
    return (this.peekU16(ahead) << 8) | this.peekU8(ahead + 2);
  }
  peekU32(ahead = 0): number {
    return ((this.peekU16(ahead) << 16) | this.peekU16(ahead + 2)) >>> 0;
  }
  peekText(ahead: number, length: number): string {
    const from = this.cursor + ahead;
    return latin1(this.bytes, from, Math.min(from + length, this.end));
  }

  /** Passes over bytes without recording them. */
  skip(count: number): void {
    if (count < 0) this.malformed();
    else if (this.has(count)) this.cursor += count;
  }

  /**
   * Repeats `step` until the layer's bytes (or those up to `stop`) are used up. A step that
   * does not move the cursor ends the loop, and so does the packet's item cap.
   */
  each(step: (index: number) => void, stop = this.end): void {
    for (let index = 0; this.cursor < stop && !this.broken && !this.run.full; index += 1) {
      const before = this.cursor;
      step(index);
      if (this.cursor <= before) return;
    }
  }

  /**
   * Runs `body` over another byte source, whole: bytes of this layer that were put together or
   * decoded. What it records is the layer's own. A body that is cut off leaves the layer broken.
   */
  onSource(source: number, body: () => void): void {
    const { start, end, reportedEnd, cursor } = this;
    const outer = { source: this.source, bytes: this.bytes };
    this.source = source;
    this.bytes = this.run.sources[source]?.bytes ?? EMPTY;
    this.start = 0;
    this.cursor = 0;
    this.end = this.bytes.length;
    this.reportedEnd = this.end;
    body();
    this.source = outer.source;
    this.bytes = outer.bytes;
    this.start = start;
    this.end = end;
    this.reportedEnd = reportedEnd;
    this.cursor = this.broken ? end : cursor;
  }

  /** Reads what `body` reads as if the layer ended at `end` (absolute), if not before; then goes on behind it. */
  within<T>(end: number, body: () => T): T {
    const outer = { end: this.end, reportedEnd: this.reportedEnd };
    this.reportedEnd = Math.min(end, outer.reportedEnd);
    this.end = Math.min(end, outer.end);
    const result = body();
    this.end = outer.end;
    this.reportedEnd = outer.reportedEnd;
    this.cursor = this.broken ? outer.end : Math.min(end, outer.end);
    return result;
  }
}
