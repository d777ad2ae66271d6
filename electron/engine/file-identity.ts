/**
 * Notices that a file is not what it was when it was opened.
 *
 * The descriptor stays with the opened file whatever happens to its name; but
 * its bytes can be cut off or overwritten. Growing is usual (a capture that is
 * still being written) and is told from rewriting by two samples of the bytes.
 */
import { fstatSync, readSync, statSync, type BigIntStats } from 'node:fs';
import { grouped } from '../../shared/capture-files/problem-log.ts';
import type { CaptureProblem } from '../../shared/records/record.ts';
import { errorCode, sourceProblem } from './source-problems.ts';

const SAMPLE_BYTES = 4096;
/** A write takes so long at most, and changes of files are told within a second. */
const WRITE_PATIENCE_MS = 300;

export class FileIdentity {
  #name: string;
  #path: string;
  #descriptor: number;
  #opened: BigIntStats;
  #head: Uint8Array;
  #tail: Uint8Array;
  #tailAt: number;
  #change: CaptureProblem | null = null;
  /** When its time was first seen to differ while its size did not. */
  #suspectedAtMs: number | null = null;

  constructor(name: string, path: string, descriptor: number) {
    this.#name = name;
    this.#path = path;
    this.#descriptor = descriptor;
    this.#opened = fstatSync(descriptor, { bigint: true });
    this.#head = this.#sample(0);
    this.#tailAt = Math.max(0, this.sizeBytes - SAMPLE_BYTES);
    this.#tail = this.#sample(this.#tailAt);
  }

  /** Bytes of the file when it was last found sound. */
  get sizeBytes(): number {
    return Number(this.#opened.size);
  }

  /** What happened to the opened bytes, or null while they are what they were. Once changed, always changed. */
  contentProblem(): CaptureProblem | null {
    if (this.#change !== null) return this.#change;
    const now = fstatSync(this.#descriptor, { bigint: true });
    if (now.size === this.#opened.size && now.mtimeNs === this.#opened.mtimeNs) return null;
    if (now.size > this.#opened.size) this.#suspectedAtMs = null;
    if (now.size === this.#opened.size && this.#mayStillGrow()) return null;
    if (now.size < this.#opened.size) {
      this.#change = this.#loss('file-shrunk', `was cut from ${grouped(this.#opened.size)} to ${grouped(now.size)} bytes while it was open; open it again to see what is left.`);
    } else if (now.size === this.#opened.size || !this.#samplesAgree()) {
      this.#change = this.#loss('file-changed', 'was changed by another program while it was open; open it again to see what it holds now.');
    } else {
      this.#opened = now;
      this.#tailAt = this.sizeBytes - Math.min(SAMPLE_BYTES, this.sizeBytes);
      this.#tail = this.#sample(this.#tailAt);
    }
    return this.#change;
  }

  /** As `contentProblem`, and also whether the name still leads to the opened file. */
  problem(): CaptureProblem | null {
    const change = this.contentProblem();
    if (change !== null) return change;
    try {
      const now = statSync(this.#path, { bigint: true });
      if (now.ino === this.#opened.ino && now.dev === this.#opened.dev) return null;
      return this.#problem('file-replaced', 'was replaced by another file of that name; what is shown is the one that was opened.');
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') return null;
      return this.#problem('file-deleted', 'was deleted or moved; its packets can be seen until it is closed here.');
    }
  }

  /**
   * A write that extends a file sets its time before its size: who looks between the two sees another time
   * and the old size, as after rewriting. Only what stays so is rewriting, unless the samples show it at once.
   */
  #mayStillGrow(): boolean {
    const nowMs = performance.now();
    this.#suspectedAtMs ??= nowMs;
    return nowMs - this.#suspectedAtMs < WRITE_PATIENCE_MS && this.#samplesAgree();
  }

  #samplesAgree(): boolean {
    return equal(this.#head, this.#sample(0).subarray(0, this.#head.length)) &&
      equal(this.#tail, this.#sample(this.#tailAt).subarray(0, this.#tail.length));
  }

  #sample(at: number): Uint8Array {
    const bytes = new Uint8Array(SAMPLE_BYTES);
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, SAMPLE_BYTES, at));
  }

  /** Packets cannot be shown any more. */
  #loss(code: string, text: string): CaptureProblem {
    return sourceProblem('gap', code, `${this.#name} ${text}`, 0);
  }

  #problem(code: string, text: string): CaptureProblem {
    return sourceProblem('odd', code, `${this.#name} ${text}`, 0);
  }
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}
