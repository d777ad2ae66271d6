/** Where packed or plain bytes come from: a file from its start, a named pipe, standard input. */
import { read } from 'node:fs';
import { promisify } from 'node:util';

const readAsync = promisify(read);

/** Two of these are in flight at most: one being read while the other is worked on. */
const CHUNK_BYTES = 4 << 20;
/** The first rows should not wait for a whole chunk, nor for more packets than a screen shows: code that never ran is slow. */
const FIRST_CHUNK_BYTES = 64 * 1024;

/** Node's streams give Buffers, whose `slice` shares memory where a Uint8Array's copies: what goes on from here is plain. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A read that failed, with the position at which it did. */
export class ReadFailure extends Error {
  readonly offset: number;

  constructor(offset: number, cause: unknown) {
    super('read failed', { cause });
    this.offset = offset;
  }
}

export type ChunkBuffers = readonly [Uint8Array, Uint8Array];

/** Memory as it comes, for whoever shows nothing of it that was not written: zeroing megabytes would be half of opening a small capture. */
export function unfilledBytes(length: number): Uint8Array {
  return plainBytes(Buffer.allocUnsafeSlow(length));
}

/** Buffers for `fileChunks`: for callers that read a growing file again and again, or know that there are at most so many bytes. */
export function chunkBuffers(mostBytes = Infinity): ChunkBuffers {
  const length = Math.max(FIRST_CHUNK_BYTES, Math.min(CHUNK_BYTES, mostBytes));
  return [unfilledBytes(length), unfilledBytes(length)];
}

/**
 * Chunks of a file from `start` to its present end. A chunk is valid until the next is asked for.
 * Throws ReadFailure.
 */
export async function* fileChunks(
  descriptor: number, start: number, buffers: ChunkBuffers = chunkBuffers(),
): AsyncGenerator<Uint8Array, void, undefined> {
  let offset = start;
  let turn = 0;
  const begin = (mostBytes: number): Promise<{ bytesRead: number }> => {
    const buffer = buffers[turn % 2 === 0 ? 0 : 1];
    const started = readAsync(descriptor, buffer, 0, Math.min(mostBytes, buffer.length), offset);
    // It is awaited a turn later; until then a failure must not count as unhandled.
    started.catch(() => undefined);
    return started;
  };
  let pending = begin(start === 0 ? FIRST_CHUNK_BYTES : CHUNK_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await pending.catch((error: unknown) => {
        throw new ReadFailure(offset, error);
      });
      if (bytesRead === 0) return;
      const chunk = buffers[turn % 2 === 0 ? 0 : 1].subarray(0, bytesRead);
      offset += bytesRead;
      turn += 1;
      pending = begin(CHUNK_BYTES);
      yield chunk;
    }
  } finally {
    // The descriptor may be closed only when nothing reads from it any more.
    await pending.catch(() => undefined);
  }
}

/** Chunks of a named pipe. It must have been opened non-blocking, so that a stop need not wait for its writer. */
export async function* pipeChunks(descriptor: number, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  // Loaded here: few captures come through a pipe, and every start would pay for it.
  const { Socket } = await import('node:net');
  const socket = new Socket({ fd: descriptor, readable: true, writable: false });
  yield* abortable(socket, signal);
}

/** Chunks of any stream; ends early, without an error, when the signal says so. */
export async function* abortable(stream: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = stream[Symbol.asyncIterator]();
  let offset = 0;
  let stop: (() => void) | undefined;
  const stopped = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal?.addEventListener('abort', stop);
  });
  try {
    while (signal?.aborted !== true) {
      const next = await Promise.race([iterator.next(), stopped]).catch((error: unknown) => {
        throw new ReadFailure(offset, error);
      });
      if (next === null || next.done === true) return;
      offset += next.value.length;
      yield plainBytes(next.value);
    }
  } finally {
    if (stop !== undefined) signal?.removeEventListener('abort', stop);
    // Not awaited: after a stop the stream may never give another chunk.
    iterator.return?.().catch(() => undefined);
  }
}
