/**
 * Bytes that cannot be read twice: out of a pipe, or out of decompression. They
 * are kept in a spool while they pass by, and read again from there.
 */
import { closeSync } from 'node:fs';
import { packedRefusal, unpackAdvice } from '../../shared/capture-files/capture-reader.ts';
import { grouped } from '../../shared/capture-files/problem-log.ts';
import { sniff, SNIFF_BYTES, type Packing } from '../../shared/capture-files/sniff.ts';
import type { CaptureProblem } from '../../shared/records/record.ts';
import { ReadFailure } from './byte-streams.ts';
import type { FileIdentity } from './file-identity.ts';
import { outcomeOf, Slicer } from './slices.ts';
import { errorCode, readProblem, sourceProblem } from './source-problems.ts';
import type { ChunkConsumer, FeedOptions, FeedOutcome, FileSource, OpenOptions } from './source.ts';
import { Spool } from './spool.ts';
import { canUnpack, unpack } from './unpack.ts';
import type { UnpackDamage } from './unpack-decoder.ts';

export interface SpooledOrigin {
  readonly name: string;
  /** The bytes as they lie on disk or come in, from the start. */
  readonly open: (signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>;
  /** Present where the bytes come from a (packed) file, which can be read again. */
  readonly file?: { readonly descriptor: number; readonly identity: FileIdentity; readonly packing: Packing };
}

export class SpooledSource implements FileSource {
  compression: Packing | null;
  #origin: SpooledOrigin;
  #spool: Spool;
  #onProblem: ((problem: CaptureProblem) => void) | undefined;
  #bytesRead = 0;
  #spoolProblem: CaptureProblem | null = null;
  #isOpen = true;
  #running: Promise<unknown> = Promise.resolve();
  #closing = new AbortController();

  constructor(origin: SpooledOrigin, options: OpenOptions) {
    this.#origin = origin;
    this.#spool = new Spool(options.spool);
    this.#onProblem = options.onProblem;
    this.compression = origin.file?.packing ?? null;
  }

  get isPipe(): boolean {
    return this.#origin.file === undefined;
  }

  get name(): string {
    return this.#origin.name;
  }

  get sizeBytes(): number {
    return this.#origin.file?.identity.sizeBytes ?? 0;
  }

  feed(consumer: ChunkConsumer, options: FeedOptions = {}): Promise<FeedOutcome> {
    const run = this.#feed(consumer, options);
    this.#running = run.catch(() => undefined);
    return run;
  }

  async #feed(consumer: ChunkConsumer, options: FeedOptions): Promise<FeedOutcome> {
    const signal = options.signal === undefined ? this.#closing.signal : AbortSignal.any([options.signal, this.#closing.signal]);
    try {
      const raw = await peek(this.#counted(signal, options), SNIFF_BYTES);
      this.compression ??= packingOf(raw.first);
      if (this.compression === null) await this.#pass(raw.all, consumer, { ...options, signal });
      else if (!canUnpack(this.compression)) return this.#refusePacking(this.compression);
      else await this.#unpack(this.compression, raw.all, consumer, signal, options);
    } catch (error) {
      if (!(error instanceof ReadFailure)) throw error;
      this.#tell(readProblem(this.name, error.offset, error.cause, 0), consumer);
      consumer.flush();
      return 'failed';
    }
    return this.#finish(consumer, signal);
  }

  #finish(consumer: ChunkConsumer, signal: AbortSignal): FeedOutcome {
    if (this.#spoolProblem !== null) {
      this.#tell(this.#spoolProblem, consumer);
      consumer.flush();
      return 'failed';
    }
    const change = this.#origin.file?.identity.contentProblem() ?? null;
    if (change !== null) this.#tell(change, consumer);
    const outcome = outcomeOf(consumer, signal);
    if (outcome !== 'complete') return outcome;
    consumer.end();
    return outcomeOf(consumer, signal);
  }

  async *#counted(signal: AbortSignal, options: FeedOptions): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#origin.open(signal)) {
      this.#bytesRead += chunk.length;
      yield chunk;
      options.onProgress?.({ bytesRead: this.#bytesRead, totalBytes: this.sizeBytes });
    }
  }

  async #pass(raw: AsyncIterable<Uint8Array>, consumer: ChunkConsumer, options: FeedOptions): Promise<void> {
    const slicer = new Slicer();
    for await (const chunk of raw) {
      const kept = this.#keep(chunk);
      const goOn = await slicer.give(chunk.subarray(0, kept), consumer, options);
      // A pipe may pause: what is complete must be seen.
      consumer.flush();
      if (!goOn || kept < chunk.length) return;
      await this.#spool.room;
    }
  }

  async #unpack(packing: Packing, raw: AsyncIterable<Uint8Array>, consumer: ChunkConsumer, signal: AbortSignal, { onProgress, pause }: FeedOptions): Promise<void> {
    let opened = 0;
    const damage = await unpack({
      packing,
      canReopen: this.#origin.file !== undefined,
      signal,
      onTurn: (packedBytes) => onProgress?.({ bytesRead: packedBytes, totalBytes: this.sizeBytes }),
      open: () => {
        opened += 1;
        return opened === 1 ? raw : this.#origin.open(signal);
      },
      ...(this.#origin.file === undefined ? { onPause: () => consumer.flush() } : {}),
      take: (bytes) => {
        const kept = this.#keep(bytes);
        consumer.push(bytes.subarray(0, kept));
        const goOn = kept === bytes.length && !consumer.refused;
        const wait = pause?.() ?? null;
        const { room } = this.#spool;
        return wait === null && room === null ? goOn : Promise.all([wait, room]).then(() => goOn);
      },
    });
    if (damage !== null && !consumer.refused) this.#tell(damageProblem(this.name, packing, damage), consumer);
  }

  /** Keeps bytes for `readAt`; returns how many could be kept, and remembers why not all. */
  #keep(bytes: Uint8Array): number {
    try {
      const kept = this.#spool.append(bytes);
      if (kept < bytes.length) {
        this.#spoolProblem = sourceProblem('tail', 'spool-limit', `Reading ${this.name} stopped at byte ${grouped(this.#spool.length)} of its contents, the limit for what is kept of compressed files and pipes, or half of the free space of the temporary folder. ${this.#wayOn()}`, this.#spool.length);
      }
      return kept;
    } catch (error) {
      this.#spoolProblem = sourceProblem('tail', 'spool-failed', `Reading ${this.name} stopped at byte ${grouped(this.#spool.length)} of its contents because the temporary file cannot be written (${errorCode(error)}). ${this.#wayOn()}`, this.#spool.length);
      return 0;
    }
  }

  /** How all of it can be seen all the same. */
  #wayOn(): string {
    if (this.#origin.file === undefined) return 'Write it to a file, then open that.';
    return this.compression === null ? 'Free some space, then open it again.' : unpackAdvice(this.compression);
  }

  #refusePacking(packing: Packing): FeedOutcome {
    const { code, message } = packedRefusal(this.name, packing);
    this.#onProblem?.(sourceProblem('refused', code, message));
    return 'failed';
  }

  readAt(offset: number, length: number, into?: Uint8Array): Uint8Array {
    if (!this.#isOpen) return new Uint8Array(0);
    try {
      return this.#spool.readAt(offset, length, into);
    } catch (error) {
      this.#onProblem?.(readProblem(this.name, offset, error, 0));
      return new Uint8Array(0);
    }
  }

  readInto(offset: number, target: Uint8Array): Promise<number> {
    return Promise.resolve(this.readAt(offset, target.length, target).length);
  }

  unfedBytes(): number {
    return 0;
  }

  check(): CaptureProblem | null {
    return this.#isOpen ? (this.#origin.file?.identity.problem() ?? null) : null;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closing.abort();
    void this.#running.then(() => {
      this.#spool.close();
      if (this.#origin.file !== undefined) closeSync(this.#origin.file.descriptor);
    });
  }

  #tell(problem: CaptureProblem, consumer: ChunkConsumer): void {
    this.#onProblem?.({ ...problem, packetsBefore: consumer.packetCount });
  }
}

function damageProblem(name: string, packing: Packing, { kind, offset, reason }: UnpackDamage): CaptureProblem {
  const at = grouped(offset);
  if (kind === 'trailing') return sourceProblem('odd', `${packing}-trailing`, `From byte ${at} on, ${name} holds bytes that are not compressed with ${packing}; they were left out.`, offset);
  if (kind === 'torn') return sourceProblem('tail', `${packing}-torn`, `The compressed file ${name} ends too early, at byte ${at}; what could be unpacked is shown.`, offset);
  if (kind === 'unsupported') return sourceProblem('tail', `${packing}-unsupported`, `The compressed file ${name} cannot be unpacked from byte ${at} on: ${reason}. ${unpackAdvice(packing)}`, offset);
  return sourceProblem('tail', `${packing}-damaged`, `The compressed file ${name} is damaged at byte ${at} (${reason}); what could be unpacked before is shown.`, offset);
}

function packingOf(first: Uint8Array): Packing | null {
  const found = sniff(first);
  return found.kind === 'packed' ? found.packing : null;
}

/** The first bytes, and all of them again. The chunks held back are copies: their buffers may be reused. */
async function peek(raw: AsyncGenerator<Uint8Array, void, undefined>, count: number): Promise<{ readonly first: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
  let first = new Uint8Array(0);
  while (first.length < count) {
    const next = await raw.next();
    if (next.done === true) break;
    const joined = new Uint8Array(first.length + next.value.length);
    joined.set(first);
    joined.set(next.value, first.length);
    first = joined;
  }
  const held = first;
  return {
    first: held.subarray(0, count),
    all: (async function* () {
      if (held.length > 0) yield held;
      yield* raw;
    })(),
  };
}
