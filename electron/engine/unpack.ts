/**
 * Decompression as a stream: packed chunks in, unpacked chunks out, other work in between.
 *
 * Some decompressors drop what they unpacked of the piece in which they meet damage. So where the
 * packed bytes can be read again, they are, in smaller pieces from there on: everything before the
 * damaged place comes out.
 */
import type { Packing } from '../../shared/capture-files/sniff.ts';
import { nextTurn, TURN_MS } from './turn.ts';
import type { Decoder, UnpackDamage } from './unpack-decoder.ts';
import { ZlibDecoder } from './zlib-decoder.ts';

/** Large enough that handing pieces over costs little. */
const PIECE_BYTES = 256 * 1024;
/** Pieces of the second and third reading, from where the one before met damage. */
const CAREFUL_PIECE_BYTES = [2048, 1] as const;

export interface UnpackRequest {
  readonly packing: Packing;
  /** Opens the packed bytes from the start; called again after damage if `canReopen`. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly canReopen: boolean;
  /** Takes unpacked bytes, which are valid during the call only; false = no more are wanted. A promise: not before it has resolved. */
  readonly take: (bytes: Uint8Array) => boolean | Promise<boolean>;
  /** Told between two turns, and after the first bytes, how many packed bytes have been used up. */
  readonly onTurn?: (packedBytes: number) => void;
  /** No more packed bytes are there at the moment: a pipe may pause. */
  readonly onPause?: () => void;
  readonly signal?: AbortSignal | undefined;
}

export function canUnpack(packing: Packing): boolean {
  return packing === 'gzip' || packing === 'zstd' || packing === 'lz4';
}

async function createDecoder(packing: Packing): Promise<Decoder> {
  // The rarer ones are loaded when such a file is opened: every start would pay for them.
  if (packing === 'zstd') return (await import('./zstd-decoder.ts')).createZstdDecoder();
  if (packing === 'lz4') return new (await import('./lz4-decoder.ts')).Lz4Decoder();
  return new ZlibDecoder();
}

/** Unpacks until the end, damage, `take` refusing or the signal; null = no damage was met. `packing` is one that `canUnpack`. */
export async function unpack(request: UnpackRequest): Promise<UnpackDamage | null> {
  let run = await runOnce(request, { pieceBytes: PIECE_BYTES, from: 0, skipOutput: 0 });
  for (const pieceBytes of CAREFUL_PIECE_BYTES) {
    const { damage, outputBytes } = run;
    if (damage === null || damage.kind === 'torn' || !run.losesOutput || !request.canReopen) break;
    run = await runOnce(request, { pieceBytes, from: damage.offset, skipOutput: outputBytes });
    // The file was repaired between two readings: what was met first is still true of what is shown.
    if (run.damage === null) return run.isStopped ? null : damage;
  }
  return run.damage;
}

interface Course {
  /** Pieces from `from` on have this size; those before are as large as can be. */
  readonly pieceBytes: number;
  readonly from: number;
  /** The caller has so many unpacked bytes already. */
  readonly skipOutput: number;
}

interface Run {
  readonly damage: UnpackDamage | null;
  /** Bytes that the caller has by now. */
  readonly outputBytes: number;
  readonly losesOutput: boolean;
  readonly isStopped: boolean;
}

async function runOnce(request: UnpackRequest, course: Course): Promise<Run> {
  const decoder = await createDecoder(request.packing);
  const output = new Output(request, course.skipOutput);
  const stop = (): void => decoder.close();
  request.signal?.addEventListener('abort', stop);
  try {
    const isStopped = !(await feed(request, course, decoder, output));
    const damage = isStopped ? null : markMember(decoder.damage, course);
    return { damage, outputBytes: Math.max(output.bytes, course.skipOutput), losesOutput: decoder.losesOutput, isStopped };
  } finally {
    request.signal?.removeEventListener('abort', stop);
    decoder.close();
  }
}

/** Where a further gzip member would begin, zlib has read two bytes before it finds that none does. */
const MEMBER_MARK_BYTES = 2;

/** The offset is that of the piece with the damage; byte by byte, that of the byte after it. */
function markMember(damage: UnpackDamage | null, { pieceBytes }: Course): UnpackDamage | null {
  if (damage === null || damage.kind === 'torn' || pieceBytes > 1) return damage;
  const offset = damage.offset + 1;
  return { ...damage, offset: damage.kind === 'trailing' ? offset - MEMBER_MARK_BYTES : offset };
}

/** False where no more is wanted. */
async function feed(request: UnpackRequest, course: Course, decoder: Decoder, output: Output): Promise<boolean> {
  let offset = 0;
  for await (const chunk of request.open()) {
    for (let at = 0; at < chunk.length; ) {
      const most = offset < course.from ? Math.min(PIECE_BYTES, course.from - offset) : course.pieceBytes;
      const piece = chunk.subarray(at, at + most);
      output.packedBytes = offset;
      for await (const bytes of decoder.write(piece)) if (!(await output.give(bytes))) return false;
      if (output.isUnwanted) return false;
      if (decoder.damage !== null || decoder.ended) return true;
      at += piece.length;
      offset += piece.length;
    }
    request.onPause?.();
  }
  for await (const bytes of decoder.end()) if (!(await output.give(bytes))) return false;
  return !output.isUnwanted;
}

/** What is worked on at once: a block of lz4 has 4 MiB. */
const SLICE_BYTES = 256 * 1024;

/** Hands unpacked bytes on, from the first that the caller does not have yet, and lets others have their turns. */
class Output {
  bytes = 0;
  packedBytes = 0;
  #request: UnpackRequest;
  #skip: number;
  #isFull = false;
  #turnStart = performance.now();

  constructor(request: UnpackRequest, skip: number) {
    this.#request = request;
    this.#skip = skip;
  }

  get isUnwanted(): boolean {
    return this.#isFull || this.#request.signal?.aborted === true;
  }

  async give(bytes: Uint8Array): Promise<boolean> {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      if (this.isUnwanted) return false;
      await this.#giveSlice(bytes.subarray(at, at + SLICE_BYTES));
    }
    return !this.isUnwanted;
  }

  async #giveSlice(bytes: Uint8Array): Promise<void> {
    const from = this.bytes;
    this.bytes += bytes.length;
    if (this.bytes > this.#skip) {
      const taken = this.#request.take(bytes.subarray(Math.max(0, this.#skip - from)));
      this.#isFull = !(typeof taken === 'boolean' ? taken : await taken);
    }
    if (from > 0 && performance.now() - this.#turnStart <= TURN_MS) return;
    this.#request.onTurn?.(this.packedBytes);
    await nextTurn();
    this.#turnStart = performance.now();
  }
}
