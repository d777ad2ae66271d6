/** The header that all chunks share (RFC 9260 §3.2). */
import { byteWords } from './lengths.ts';
import { chunkName } from './names.ts';
import type { SctpKey, SctpLayer } from './sctp-layer.ts';

export const CHUNK_HEADER = 4;

/** Type, flags and length; `flags`: what the bits of the flags mean, in the order of the tree. */
export function takeChunkHeader(layer: SctpLayer, flags: readonly SctpKey[]): void {
  layer.takeFlags('chunk_type');
  layer.take('chunk_flags');
  for (const key of flags) layer.flag(key);
  layer.take('chunk_length');
}

/** A chunk that an error tells of; it counts for nothing. */
export function takeUnrecognizedChunk(layer: SctpLayer): void {
  const type = layer.peekU8();
  const length = layer.peekU16(2);
  layer.group(null, () => {
    takeChunkHeader(layer, []);
    if (length > CHUNK_HEADER) layer.take('chunk_value', Math.min(length - CHUNK_HEADER, layer.reportedLeft));
  }, () => `${chunkName(type)} chunk (Type: ${type}, value length: ${byteWords(Math.max(0, length - CHUNK_HEADER))})`);
}
