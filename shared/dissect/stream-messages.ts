/**
 * Messages of a stream that say, near their start, how long they are: as many as the bytes at
 * hand hold, and the wish for more bytes where the last one is not all there.
 */
import type { Fields } from './field.ts';
import type { Layer } from './layer.ts';

/** Messages read of one stretch of bytes; hostile streams hold millions of the shortest. */
const MAX_MESSAGES = 20_000;

/** How messages of a protocol are told apart. */
export interface Framing<F extends Fields> {
  /** So many bytes are needed to tell the length. */
  readonly headBytes: number;
  /** Bytes of the whole message at the cursor, head included; 0 where more than `headBytes` are needed to tell. */
  readonly lengthOf: (layer: Layer<F>) => number;
}

/**
 * Reads the messages from the cursor on; `body` sees the bytes of one, numbered from 0. A
 * message whose length is less than its own head makes the layer malformed.
 */
export function eachMessage<F extends Fields>(layer: Layer<F>, { headBytes, lengthOf }: Framing<F>, body: (ordinal: number) => void): void {
  for (let ordinal = 0; ordinal < MAX_MESSAGES && layer.cursor < layer.end && !layer.run.full; ordinal += 1) {
    const start = layer.cursor;
    if (layer.left < headBytes && layer.canDesegment) {
      layer.needMore(start, 'segment');
      return;
    }
    const length = lengthOf(layer);
    if (length === 0 && layer.canDesegment) {
      layer.needMore(start, 'segment');
      return;
    }
    if (length > layer.left && layer.canDesegment) {
      layer.needMore(start, length - layer.left);
      return;
    }
    if (length < headBytes) {
      layer.malformed();
      return;
    }
    layer.pduSize(length);
    layer.message(start + length, () => body(ordinal));
  }
}
