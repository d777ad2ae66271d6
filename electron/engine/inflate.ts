/** Decompression for dissectors, bounded: hostile bytes must not fill the memory. */
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Most bytes that one decompression may give. */
export const MAX_INFLATED_BYTES = 16 * 1024 * 1024;

export const decoders = { gunzip: gunzipSync, deflate: inflateSync, deflateRaw: inflateRawSync, brotli: brotliDecompressSync };
