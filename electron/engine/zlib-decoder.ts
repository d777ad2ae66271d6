/**
 * Decompression by Node's zlib, on its thread pool: while this thread works on what came out, the
 * next bytes are unpacked.
 */
import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { plainBytes } from './byte-streams.ts';
import type { Decoder, UnpackDamage } from './unpack-decoder.ts';

const OUTPUT_BYTES = 256 * 1024;
/** What may lie unpacked ahead of this thread: enough to keep both at work. */
const AHEAD_BYTES = 4 * OUTPUT_BYTES;

type ZlibStream = Transform & zlib.Zlib;
export type StreamOptions = zlib.ZlibOptions & { readonly readableHighWaterMark: number };

export class ZlibDecoder implements Decoder {
  damage: UnpackDamage | null = null;
  /** zlib drops what it unpacked in the write that met the damage. */
  readonly losesOutput = true;
  ended = false;
  #stream: ZlibStream;
  #writtenBytes = 0;
  #unpackedBytes = 0;
  #error: string | null = null;
  #wake: () => void = () => undefined;

  constructor(create: (options: StreamOptions) => ZlibStream = zlib.createGunzip) {
    const stream = create({ chunkSize: OUTPUT_BYTES, readableHighWaterMark: AHEAD_BYTES });
    this.#stream = stream;
    stream.on('readable', () => this.#wake());
    stream.on('error', (error: Error) => {
      this.#error = error.message;
      this.#wake();
    });
    stream.on('end', () => {
      this.ended = true;
      this.#wake();
    });
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    let isUsedUp = false;
    this.#stream.write(piece, () => {
      isUsedUp = true;
      this.#wake();
    });
    yield* this.#drain(() => isUsedUp);
    if (this.#error === null) this.#writtenBytes += piece.length;
    else this.#fail(this.#error);
  }

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#stream.end();
    yield* this.#drain(() => false);
    if (this.#error !== null) this.damage = { kind: 'torn', offset: this.#writtenBytes, reason: this.#error };
  }

  /** Gives what comes out until `isDone`, the end or an error. */
  async *#drain(isDone: () => boolean): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const bytes = this.#stream.read() as Uint8Array | null;
      if (bytes !== null) {
        this.#unpackedBytes += bytes.length;
        yield plainBytes(bytes);
      } else if (this.#error !== null || this.ended || isDone()) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #fail(reason: string): void {
    // Behind the last member zlib looks for another one: what is there is no gzip.
    const isTrailing = reason === 'incorrect header check' && this.#unpackedBytes > 0;
    this.damage = { kind: isTrailing ? 'trailing' : 'damaged', offset: this.#writtenBytes, reason };
  }

  close(): void {
    this.ended = true;
    this.#stream.destroy();
    this.#wake();
  }
}
