/**
 * Decompression for the dissectors, with Node's zlib. It is loaded when the first compressed
 * body is shown, so that starting costs nothing.
 */
import { createRequire } from 'node:module';
import type * as Zlib from 'node:zlib';
import type { Inflate, Inflated } from '../../shared/dissect/state.ts';

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
function decode(coding: 'gzip' | 'deflate' | 'br', data: Uint8Array, maxOutputLength: number): Buffer {
  const { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } = zlib();
  if (coding === 'br') return brotliDecompressSync(data, { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength });
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength };
  if (coding === 'gzip') return gunzipSync(data, options);
  // "deflate" means the zlib format (RFC 9110 §8.4.1.2), but some servers send bare deflate data.
  return hasZlibHeader(data) ? inflateSync(data, options) : inflateRawSync(data, options);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** The first `maxBytes`, by a decoder that is fed only as much as it takes to make them. */
function decodeStart(coding: 'gzip' | 'deflate' | 'br', data: Uint8Array, maxBytes: number): Inflated | null {
  let low = 0;
  let high = data.length;
  let bytes: Uint8Array | null = null;
  // The largest start of the data whose output fits; about 20 steps, each shorter than the whole.
  while (high - low > Math.max(64, data.length >> 8)) {
    const middle = (low + high) >> 1;
    try {
      bytes = decode(coding, data.subarray(0, middle), maxBytes);
      low = middle;
    } catch (error) {
      if (!isTooLarge(error)) return null;
      high = middle;
    }
  }
  return bytes === null ? null : { bytes, cut: true };
}

export const inflate: Inflate = (coding, data, maxBytes) => {
  try {
    return { bytes: decode(coding, data, maxBytes), cut: false };
  } catch (error) {
    return isTooLarge(error) ? decodeStart(coding, data, maxBytes) : null;
  }
};
