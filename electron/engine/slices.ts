/** Hands chunks to a consumer without keeping the event loop from its other work. */
import type { ChunkConsumer, FeedOptions, FeedOutcome } from './source.ts';
import { nextTurn, TURN_MS } from './turn.ts';

const SLICE_BYTES = 256 * 1024;
/** The first ones are smaller: code that never ran is slow, and somebody waits for a first screen of rows. */
const FIRST_SLICE_BYTES = 16 * 1024;

/** Hands bytes on in slices and lets the event loop run between them. */
export class Slicer {
  #turnStart = performance.now();
  #sliceBytes = FIRST_SLICE_BYTES;

  /** False when the consumer or the signal wants no more. */
  async give(chunk: Uint8Array, consumer: ChunkConsumer, { signal, pause }: FeedOptions): Promise<boolean> {
    for (let at = 0; at < chunk.length; ) {
      const end = Math.min(at + this.#sliceBytes, chunk.length);
      consumer.push(chunk.subarray(at, end));
      at = end;
      this.#sliceBytes = Math.min(SLICE_BYTES, this.#sliceBytes * 2);
      const wait = pause?.() ?? null;
      if (wait !== null || performance.now() - this.#turnStart > TURN_MS) {
        await (wait ?? nextTurn());
        this.#turnStart = performance.now();
      }
      if (consumer.refused || signal?.aborted === true) return false;
    }
    return true;
  }
}

/** How a feed ended that was not cut short by a failure. */
export function outcomeOf(consumer: ChunkConsumer, signal: AbortSignal | undefined): FeedOutcome {
  if (consumer.refused) return 'refused';
  return signal?.aborted === true ? 'stopped' : 'complete';
}
