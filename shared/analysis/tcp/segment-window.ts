/** Keeps a bounded run of a stream's segments around one packet, while the stream is read once from start to end. */

/** Most segments that are kept; a stream that has no more is kept whole. */
export const mostShownSegments = 2000;

export class SegmentWindow<Segment extends { readonly packet: number }> {
  readonly #aroundPacket: number;
  #segments: Segment[] = [];
  /** Position in the stream of the first kept segment. */
  #first = 0;
  /** Position in `#segments` of the packet that the window is laid around; -1 until it comes. */
  #centre = -1;

  constructor(aroundPacket: number) {
    this.#aroundPacket = aroundPacket;
  }

  /** Packet numbers must ascend. */
  push(segment: Segment): void {
    const half = mostShownSegments / 2;
    if (this.#centre < 0 && segment.packet >= this.#aroundPacket) this.#centre = this.#segments.length;
    if (this.#segments.length >= mostShownSegments) {
      // Full, and the packet is in the middle or before it: the rest is not shown.
      if (this.#centre >= 0 && this.#centre <= half) return;
      this.#drop(this.#centre < 0 ? half : Math.min(half, this.#centre - half));
    }
    this.#segments.push(segment);
  }

  #drop(count: number): void {
    this.#segments = this.#segments.slice(count);
    this.#first += count;
    if (this.#centre >= 0) this.#centre -= count;
  }

  result(): { readonly first: number; readonly segments: Segment[] } {
    return { first: this.#first, segments: this.#segments };
  }
}
