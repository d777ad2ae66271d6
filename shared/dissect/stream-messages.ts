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
 * Length of the message at the cursor; -1 where it is to be asked for or cannot be. A length
 * that is less than the message's own head makes the layer malformed.
 */
function messageLength<F extends Fields>(layer: Layer<F>, { headBytes, lengthOf }: Framing<F>): number {
  const { cursor, left, canDesegment } = layer;
  const length = left < headBytes && canDesegment ? 0 : lengthOf(layer);
  if (canDesegment && (length === 0 || length > left)) {
    layer.needMore(cursor, length === 0 ? 'segment' : length - left);
    return -1;
  }
  if (length < headBytes) {
    if (layer.has(headBytes)) layer.malformed();
    return -1;
  }
  layer.pduSize(length);
  return length;
}

/** Reads the messages from the cursor on; `body` sees the bytes of one, numbered from 0. */
export function eachMessage<F extends Fields>(layer: Layer<F>, framing: Framing<F>, body: (ordinal: number) => void): void {
  for (let ordinal = 0; ordinal < MAX_MESSAGES && layer.cursor < layer.end && !layer.run.full; ordinal += 1) {
    const start = layer.cursor;
    const length = messageLength(layer, framing);
    if (length < 0) return;
    layer.message(start + length, () => body(ordinal));
  }
}

/**
 * Like `eachMessage`, for messages that hand something on: each gets a layer of its own, so
 * that it stands before what it carries. The first one's is `layer`, which nothing was read of.
 */
export function eachMessageLayer<F extends Fields>(layer: Layer<F>, framing: Framing<F>, body: (layer: Layer<F>) => void): void {
  const { run, end, reportedEnd } = layer;
  const takeOne = (own: Layer<F>): number => {
    const length = messageLength(own, framing);
    if (length < 0) return -1;
    own.shrink(length);
    body(own);
    return Math.min(own.start + length, end);
  };
  let before = layer as unknown as Layer;
  let at = takeOne(layer);
  if (layer.broken && at >= 0 && at < end) {
    // Told before the next message sets the list's text, and not again when the layer ends.
    run.tellBroken(before);
    layer.broken = null;
  }
  for (let count = 1; at >= 0 && at < end && count < MAX_MESSAGES; count += 1) {
    const next = run.follow(before, at, end, reportedEnd, (own) => {
      at = takeOne(own as unknown as Layer<F>);
      if (own.need !== null) own.withdraw();
    });
    if (next === null) return;
    if (next.need !== null) layer.need = next.need;
    before = next;
  }
}
