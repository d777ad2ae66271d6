/**
 * Decompression as a stream: packed chunks in, unpacked chunks out.
 *
 * zlib drops what it unpacked of the piece in which it meets damage. So where
 * the packed bytes can be read again, they are, up to the damage and there byte
 * by byte: everything before the damaged place comes out.
 */
import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import type { Packing } from '../../shared/capture-files/sniff.ts';
import { plainBytes } from './byte-streams.ts';

const OUTPUT_BYTES = 256 * 1024;
/** Small enough that one piece of a decompression bomb cannot delay a stop for long. */
const PIECE_BYTES = 16 * 1024;

export interface UnpackDamage {
  /** Position in the packed bytes at which the damage showed. */
  readonly offset: number;
  readonly kind: 'torn' | 'damaged' | 'trailing';
  /** zlib's words, for example "incorrect data check". */
  readonly reason: string;
}

export interface UnpackRequest {
  readonly packing: Packing;
  /** Opens the packed bytes from the start; called once more after damage if `canReopen`. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly canReopen: boolean;
  /** Takes unpacked bytes, which are valid during the call only; false = no more are wanted. */
  readonly take: (bytes: Uint8Array) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The decompressor of this runtime for a packing, or null: Node has zstd from 22.15 on and lz4 never. */
export function unpackerFor(packing: Packing): ((options: zlib.ZlibOptions) => Transform & zlib.Zlib) | null {
  if (packing === 'gzip') return zlib.createGunzip;
  if (packing !== 'zstd' || !('createZstdDecompress' in zlib)) return null;
  return zlib.createZstdDecompress as (options: zlib.ZlibOptions) => Transform & zlib.Zlib;
}

/** Unpacks until the end, damage, `take` refusing or the signal; null = no damage was met. */
export async function unpack(request: UnpackRequest): Promise<UnpackDamage | null> {
  const first = await runOnce(request, Number.POSITIVE_INFINITY, 0);
  const failed = first.failure;
  if (failed === null || failed.kind !== 'damaged' || !request.canReopen) return failed;
  const again = await runOnce(request, failed.offset, first.outputBytes);
  return again.failure === null ? failed : orTrailing(again.failure, again.outputBytes);
}

/** Where a further gzip member would begin, zlib has read two bytes before it finds that none does. */
const MEMBER_MARK_BYTES = 2;

function orTrailing(failure: UnpackDamage, outputBytes: number): UnpackDamage {
  if (failure.reason !== 'incorrect header check' || outputBytes === 0) return failure;
  return { ...failure, kind: 'trailing', offset: failure.offset - MEMBER_MARK_BYTES };
}

interface Run {
  readonly failure: UnpackDamage | null;
  readonly outputBytes: number;
}

/**
 * Feeds one decompressor. From `carefulFrom` on, bytes go in one by one; the first
 * `skipOutput` unpacked bytes are known to the caller already.
 */
async function runOnce(request: UnpackRequest, carefulFrom: number, skipOutput: number): Promise<Run> {
  const create = unpackerFor(request.packing);
  if (create === null) throw new Error(`no decompressor for ${request.packing}`);
  const pump = new Pump(create({ chunkSize: OUTPUT_BYTES }), request, skipOutput);
  let offset = 0;
  try {
    for await (const chunk of request.open()) {
      for (let at = 0; at < chunk.length; ) {
        const step = offset >= carefulFrom ? 1 : Math.min(PIECE_BYTES, carefulFrom - offset);
        const piece = chunk.subarray(at, at + step);
        const error = await pump.write(piece);
        if (pump.stopped) return { failure: null, outputBytes: pump.outputBytes };
        if (error !== null) return { failure: { offset: step === 1 ? offset + 1 : offset, kind: 'damaged', reason: error }, outputBytes: pump.outputBytes };
        at += piece.length;
        offset += piece.length;
        // Zeros behind the last member: padding, as tapes and disk images have it.
        if (pump.ended) return { failure: null, outputBytes: pump.outputBytes };
      }
    }
    const error = await pump.end();
    return { failure: error === null ? null : { offset, kind: 'torn', reason: error }, outputBytes: pump.outputBytes };
  } finally {
    pump.destroy();
  }
}

/** A decompressor with promises for its events. */
class Pump {
  outputBytes = 0;
  ended = false;
  stopped = false;
  #stream: Transform & zlib.Zlib;
  #error: string | null = null;
  #wake: (() => void) | null = null;

  constructor(stream: Transform & zlib.Zlib, request: UnpackRequest, skipOutput: number) {
    this.#stream = stream;
    const { signal } = request;
    const stop = (): void => {
      this.stopped = true;
      this.#stream.destroy();
      this.#wakeUp();
    };
    stream.on('data', (bytes: Uint8Array) => {
      const from = this.outputBytes;
      this.outputBytes += bytes.length;
      if (this.stopped || this.outputBytes <= skipOutput) return;
      if (!request.take(plainBytes(bytes).subarray(Math.max(0, skipOutput - from)))) stop();
    });
    stream.on('error', (error: Error) => {
      this.#error = error.message;
      this.#wakeUp();
    });
    stream.on('end', () => {
      this.ended = true;
      this.#wakeUp();
    });
    stream.on('close', () => {
      signal?.removeEventListener('abort', stop);
      this.#wakeUp();
    });
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
  }

  /** Resolves when the piece is unpacked; a text is what went wrong. */
  write(piece: Uint8Array): Promise<string | null> {
    return this.#until((done) => this.#stream.write(piece, done));
  }

  end(): Promise<string | null> {
    return this.#until((done) => {
      this.#stream.on('end', done);
      this.#stream.end();
    });
  }

  #until(start: (done: () => void) => void): Promise<string | null> {
    if (this.stopped || this.#error !== null) return Promise.resolve(this.#error);
    return new Promise((resolve) => {
      this.#wake = () => resolve(this.#error);
      start(() => this.#wakeUp());
    });
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  destroy(): void {
    this.#stream.destroy();
  }
}
