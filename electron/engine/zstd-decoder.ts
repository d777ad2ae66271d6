/**
 * Zstandard. Node has it from 22.15 on (so does every Electron of ours) and unpacks on its thread
 * pool; elsewhere it is libzstd in WebAssembly (the package zstddec).
 */
import * as zlib from 'node:zlib';
import { ZSTDDecoder } from 'zstddec/stream';
import type { Decoder, UnpackDamage } from './unpack-decoder.ts';
import { ZlibDecoder, type StreamOptions } from './zlib-decoder.ts';
import { ZstdFrames, type ZstdPart } from './zstd-frames.ts';

/** `wasm`: for tests; the runtime's own is used where there is one. */
export async function createZstdDecoder(wasm = false): Promise<Decoder> {
  if ('createZstdDecompress' in zlib && !wasm) return new NodeZstdDecoder();
  const library = new ZSTDDecoder();
  await library.init();
  return new WasmZstdDecoder(library);
}

/** Parts go to Node together, up to this much, but never bytes of two frames in one write: it would stop after the first. */
const WRITE_BYTES = 256 * 1024;

class NodeZstdDecoder implements Decoder {
  #frames = new ZstdFrames();
  #stream = new ZlibDecoder((zlib as unknown as { createZstdDecompress: (options: StreamOptions) => ReturnType<typeof zlib.createGunzip> }).createZstdDecompress);
  #parts = new Uint8Array(WRITE_BYTES);
  #partBytes = 0;
  #writesStart = 0;

  get damage(): UnpackDamage | null {
    const { damage } = this.#stream;
    // Where in the packed bytes the write began in which it showed.
    return damage === null ? this.#frames.damage : { ...damage, kind: 'damaged', offset: this.#writesStart };
  }

  /** What the structure of the frames tells is told exactly. */
  get losesOutput(): boolean {
    return this.#stream.damage !== null;
  }

  get ended(): boolean {
    return this.#frames.ended;
  }

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    this.#writesStart = this.#frames.position;
    yield* this.#pass(this.#frames.write(piece));
    yield* this.#flush();
  }

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#writesStart = this.#frames.position;
    yield* this.#pass(this.#frames.end());
    yield* this.#flush();
  }

  async *#pass(parts: Iterable<ZstdPart>): AsyncGenerator<Uint8Array, void, undefined> {
    for (const { bytes, endsFrame } of parts) {
      for (let at = 0; at < bytes.length; ) {
        if (this.#partBytes === WRITE_BYTES) yield* this.#flush();
        const some = bytes.subarray(at, at + WRITE_BYTES - this.#partBytes);
        this.#parts.set(some, this.#partBytes);
        this.#partBytes += some.length;
        at += some.length;
      }
      if (endsFrame) yield* this.#flush();
      if (this.#stream.damage !== null) return;
    }
  }

  async *#flush(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#partBytes === 0 || this.#stream.damage !== null) return;
    const parts = this.#parts.subarray(0, this.#partBytes);
    this.#partBytes = 0;
    yield* this.#stream.write(parts);
  }

  close(): void {
    this.#stream.close();
  }
}

/**
 * The library's generator asks for packed bytes and gives unpacked ones. It does not tell errors:
 * it tries the same bytes again. So it gets them part by part, each of which one step must use up;
 * a part that is still wanted in the next step was damaged.
 */
class WasmZstdDecoder implements Decoder {
  /** A block is unpacked as a whole or not at all, and blocks go in one by one. */
  readonly losesOutput = false;
  #frames = new ZstdFrames();
  #steps: Generator<Uint8Array>;
  #waiting: Uint8Array | null = null;
  #before: { readonly kind: ZstdPart['kind']; readonly start: number } = { kind: 'header', start: 0 };
  #damage: UnpackDamage | null = null;

  constructor(library: ZSTDDecoder) {
    this.#steps = library.decodeStreaming(this.#handOver());
  }

  get damage(): UnpackDamage | null {
    return this.#damage ?? this.#frames.damage;
  }

  get ended(): boolean {
    return this.#frames.ended;
  }

  *#handOver(): Generator<Uint8Array, void, undefined> {
    for (; this.#waiting !== null; ) {
      const bytes = this.#waiting;
      this.#waiting = null;
      yield bytes;
    }
  }

  *write(piece: Uint8Array): Generator<Uint8Array, void, undefined> {
    yield* this.#pass(this.#frames.write(piece));
  }

  *end(): Generator<Uint8Array, void, undefined> {
    yield* this.#pass(this.#frames.end());
    if (this.damage === null) this.#finish();
  }

  *#pass(parts: Iterable<ZstdPart>): Generator<Uint8Array, void, undefined> {
    for (const { kind, bytes, start } of parts) {
      if (bytes.length === 0) continue;
      this.#waiting = bytes;
      const { value, done } = this.#steps.next();
      if (done === true || this.#waiting !== null) return this.#fail();
      this.#before = { kind, start };
      if (value.length > 0) yield value;
    }
  }

  /** Ends the library's loop, so that it gives its memory back; it throws where a frame is not complete or was damaged. */
  #finish(): void {
    this.#waiting = null;
    try {
      if (this.#steps.next().done !== true) this.#fail();
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    const { kind, start } = this.#before;
    const reason = { header: 'a frame header cannot be read', block: 'a block cannot be unpacked', sum: 'wrong check sum of the contents' }[kind];
    this.#damage ??= { kind: 'damaged', offset: start, reason };
  }

  close(): void {
    // After damage the library would try for ever: its memory is then lost until the process ends.
    if (this.#damage === null) this.#finish();
  }
}
