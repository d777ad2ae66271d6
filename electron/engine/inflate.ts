/**
 * Decompression for the dissectors, with Node's zlib. It is loaded when the first compressed
 * body is shown, so that starting costs nothing.
 */
import { createRequire } from 'node:module';
import type * as Zlib from 'node:zlib';
import type { Coding, Inflate } from '../../shared/dissect/state.ts';

const require = createRequire(import.meta.url);

let loaded: typeof Zlib | null = null;

function zlib(): typeof Zlib {
  loaded ??= require('node:zlib') as typeof Zlib;
  return loaded;
}

/** zlib's CMF and FLG (RFC 1950 §2.2): deflate, and a multiple of 31. */
function hasZlibHeader(data: Uint8Array): boolean {
  const first = data[0] ?? 0;
  return (first & 0x0f) === 8 && (first * 256 + (data[1] ?? 0)) % 31 === 0;
}

/** Runs one decoder over truncated data, too: what it holds comes out. */
function decode(coding: Coding, data: Uint8Array, maxOutputLength: number, before?: Uint8Array): Buffer {
  const { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } = zlib();
  if (coding === 'br') return brotliDecompressSync(data, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength });
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength };
  if (coding === 'gzip') return gunzipSync(data, options);
  if (coding === 'deflate-raw') return inflateRawSync(data, before === undefined || before.length === 0 ? options : { ...options, dictionary: before });
  // "deflate" means the zlib format (RFC 9110 §8.4.1.2), but some servers send bare deflate data.
  return hasZlibHeader(data) ? inflateSync(data, options) : inflateRawSync(data, options);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** Decoders give all or nothing, so a start is found by halving; this many times. */
const MAX_HALVINGS = 16;

/** The output of the longest start of the data, as far as it is searched, that decodes within `maxBytes`. */
function decodeStart(coding: Coding, data: Uint8Array, maxBytes: number, before?: Uint8Array): Uint8Array {
  let good = 0;
  let bad = data.length;
  let bytes: Uint8Array = new Uint8Array(0);
  for (let halving = 0; halving < MAX_HALVINGS && bad - good > 1; halving += 1) {
    const middle = (good + bad) >> 1;
    try {
      bytes = decode(coding, data.subarray(0, middle), maxBytes, before);
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return bytes;
}

export const inflate: Inflate = (coding, data, maxBytes, before) => {
  try {
    return { bytes: decode(coding, data, maxBytes, before), cut: null };
  } catch (error) {
    const bytes = decodeStart(coding, data, maxBytes, before);
    if (isTooLarge(error)) return { bytes, cut: 'limit' };
    return bytes.length > 0 ? { bytes, cut: 'damage' } : null;
  }
};
