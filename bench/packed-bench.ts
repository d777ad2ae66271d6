/** Compressed captures: read as quickly as the decoder alone gives them, and a bomb that must do no harm. */
import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ZSTDDecoder } from 'zstddec/stream';
import { unpack } from '../electron/engine/unpack.ts';
import { concat, zeros } from '../tools/craft/bytes.ts';
import { pcapHeader, pcapRecord } from '../tools/craft/capture-file.ts';
import { cached, captureFile, type NamedCapture } from './captures.ts';
import { type Engine, withEngine } from './engine-process.ts';
import { measure, median } from './measure.ts';
import { layerscope, statisticsOf } from './programs.ts';

export interface PackedResult {
  readonly packing: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** The decoder alone, throwing away what it gives. */
  readonly decoderMs: number;
  /** The same file to its complete index, and the plain file, which no decoder slows down. */
  readonly indexMs: number;
  readonly plainIndexMs: number;
}

export interface BombResult {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly packets: number;
  readonly firstRowsMs: number;
  /** Largest resident set of the engine until all was unpacked, and what of it the index itself needs; null where it cannot be told. */
  readonly peakMemoryBytes: number | null;
  readonly columnBytes: number | null;
  /** From the request to stop, in the middle of it, until the engine says that it has stopped reading. */
  readonly stopMs: number;
}

interface Packing {
  readonly name: string;
  readonly suffix: string;
  /** Rejects where the tool for it is missing. */
  readonly pack: (from: string, to: string) => Promise<unknown>;
  /** Runs the decoder alone; resolves with the number of bytes it gave. */
  readonly decode: (path: string) => Promise<number>;
}

const chunkBytes = 256 * 1024;

const packings: readonly Packing[] = [
  {
    name: 'gzip',
    suffix: '.gz',
    pack: (from, to) => pipeline(createReadStream(from), createGzip({ chunkSize: chunkBytes }), createWriteStream(to)),
    decode: async (path) => {
      let bytes = 0;
      await pipeline(chunksOf(path), createGunzip({ chunkSize: chunkBytes }), async (unpacked: AsyncIterable<Uint8Array>) => {
        for await (const chunk of unpacked) bytes += chunk.length;
      });
      return bytes;
    },
  },
  {
    name: 'zstd',
    suffix: '.zst',
    pack: (from, to) => measure('zstd', ['-q', '-f', from, '-o', to]),
    decode: async (path) => {
      const library = new ZSTDDecoder();
      await library.init();
      let bytes = 0;
      // It unpacks on this thread and reads as it goes: the file's bytes have to be there.
      for (const chunk of library.decodeStreaming(piecesOf(readFileSync(path)))) bytes += chunk.length;
      return bytes;
    },
  },
  {
    name: 'lz4',
    suffix: '.lz4',
    pack: (from, to) => measure('lz4', ['-q', '-f', from, to]),
    // No library unpacks it as a stream: this is the engine's own decoder with nothing behind it.
    decode: async (path) => {
      let bytes = 0;
      const take = (chunk: Uint8Array): boolean => {
        bytes += chunk.length;
        return true;
      };
      await unpack({ packing: 'lz4', canReopen: false, open: () => chunksOf(path), take });
      return bytes;
    },
  },
];

function chunksOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: chunkBytes });
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export async function benchPacked(capture: NamedCapture, rounds: number): Promise<readonly PackedResult[]> {
  const results: PackedResult[] = [];
  for (const packing of packings) {
    const packed = await packedFile(capture, packing);
    if (packed !== null) results.push(await comparePacked(await captureFile(capture), packed, packing, rounds));
  }
  return results;
}

/** Null, after a line that says so, where there is nothing to pack it with. */
async function packedFile(capture: NamedCapture, { name, suffix, pack }: Packing): Promise<string | null> {
  const plain = await captureFile(capture);
  try {
    return await cached(`${capture.name}.pcap${suffix}`, async (path) => void (await pack(plain, path)));
  } catch (error) {
    process.stdout.write(`${name} was left out: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

async function comparePacked(plain: string, packed: string, { name, decode }: Packing, rounds: number): Promise<PackedResult> {
  const decoderMs: number[] = [];
  const indexMs: number[] = [];
  const plainIndexMs: number[] = [];
  let unpackedBytes = 0;
  for (let round = 0; round < rounds; round++) {
    const startedMs = performance.now();
    unpackedBytes = await decode(packed);
    decoderMs.push(performance.now() - startedMs);
    indexMs.push(statisticsOf(await layerscope.run(packed)).indexMs);
    plainIndexMs.push(statisticsOf(await layerscope.run(plain)).indexMs);
  }
  return { packing: name, packedBytes: statSync(packed).size, unpackedBytes, decoderMs: median(decoderMs), indexMs: median(indexMs), plainIndexMs: median(plainIndexMs) };
}

export async function benchBomb(unpackedBytes: number): Promise<BombResult> {
  const file = await cached(`bomb-${Math.round(unpackedBytes / 2 ** 20)}m.pcap.gz`, (path) => writeBomb(path, unpackedBytes));
  const whole = await withEngine(async (engine) => {
    const firstRowsMs = await engine.timeToFirstRows(file);
    const { packets } = await engine.until(({ state }) => state !== 'opening' && state !== 'reading');
    return { firstRowsMs, packets, peakMemoryBytes: engine.peakMemoryBytes() };
  });
  const stopMs = await withEngine((engine) => timeToStop(engine, file));
  const columnBytes = statisticsOf(await layerscope.run(file)).columnBytes ?? null;
  return { packedBytes: statSync(file).size, unpackedBytes, ...whole, columnBytes, stopMs };
}

/** A sound capture of packets that are all alike: nothing compresses better (RFC 1951 allows about 1:1030). */
function writeBomb(path: string, unpackedBytes: number): Promise<void> {
  const record = pcapRecord({ timeUs: 0, bytes: zeros(1514) });
  const block = concat(...Array.from({ length: 1024 }, () => record));
  const blocks = Math.ceil(unpackedBytes / block.length);
  const content = function* (): Generator<Uint8Array> {
    yield pcapHeader();
    for (let count = 0; count < blocks; count++) yield block;
  };
  return pipeline(Readable.from(content()), createGzip({ level: 9, chunkSize: chunkBytes }), createWriteStream(path));
}

/** Half a second into it: everything is in full swing then. */
const stopAfterMs = 500;

async function timeToStop(engine: Engine, file: string): Promise<number> {
  await engine.open(file);
  await pause(stopAfterMs);
  if (engine.progress?.state !== 'reading') throw new Error(`the bomb is too small: after ${stopAfterMs} ms the engine is ${engine.progress?.state ?? 'silent'}`);
  const startedMs = performance.now();
  await engine.window.call('capture.stop', {});
  await engine.until(({ state }) => state !== 'reading');
  return performance.now() - startedMs;
}
