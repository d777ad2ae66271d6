/** Bodies in chunks (RFC 9112 §7.1). */
import { concatenated } from '../../../bytes/concatenated.ts';
import type { HttpLayer } from './fields.ts';
import { isWholeLine, lineEnd, nextLine, shownText } from './lines.ts';
import { readChunkSize } from './missing.ts';

export interface Dechunked {
  /** Bytes of the chunks together. */
  readonly bytes: Uint8Array;
  /** Where the body ends; `from` again where there are no chunks. */
  readonly end: number;
}

/** One chunk's place: data from `data` on, of `size` bytes. */
interface Chunk {
  readonly start: number;
  readonly data: number;
  readonly size: number;
}

/** Shows the chunks from `from` on and puts their data together. `end`: where the bytes end, on the wire. */
export function takeChunks(layer: HttpLayer, from: number, end: number): Dechunked {
  layer.cursor = from;
  return layer.group(null, () => {
    const chunks: Chunk[] = [];
    let at = from;
    for (let isLast = false; at < end && !isLast; ) {
      const chunk = readChunk(layer, at, end);
      if (chunk === null) break;
      chunks.push(chunk);
      putChunk(layer, chunk);
      isLast = chunk.size === 0;
      at = isLast ? takeTrailer(layer, chunk.data, end) : chunk.data + chunk.size + 2;
    }
    layer.cursor = Math.min(at, layer.end);
    return { bytes: concatenated(chunks.map(({ data, size }) => layer.bytes.subarray(data, data + size))), end: Math.min(at, end) };
  }, () => 'HTTP chunked response');
}

/** The chunk at `start`; null where its first line is not all there. A size beyond the bytes means all of them. */
function readChunk(layer: HttpLayer, start: number, end: number): Chunk | null {
  const { bytes } = layer;
  const limit = Math.min(end, layer.end);
  const stop = lineEnd(bytes, start, limit);
  if (stop === start || !isWholeLine(bytes, stop, limit)) return null;
  const data = nextLine(bytes, stop, limit);
  const size = Math.max(0, readChunkSize(bytes, start, stop));
  return { start, data, size: Math.min(size, end - data) };
}

function putChunk(layer: HttpLayer, { start, data, size }: Chunk): void {
  if (!layer.run.items) return;
  const end = Math.min(data + size + 2, layer.end);
  layer.text(() => (size === 0 ? 'End of chunked encoding' : `Data chunk (${size} octets)`), start, end - start);
  layer.inside(() => {
    layer.put('chunk_size', size, start, data - start);
    if (size === 0) return;
    layer.at('chunk_data', data, size);
    layer.at('chunk_boundary', data + size, 2);
  });
}

/** Headers behind the last chunk, and the empty line; gives where the body ends. */
function takeTrailer(layer: HttpLayer, from: number, end: number): number {
  const { bytes } = layer;
  const limit = Math.min(end, layer.end);
  let start = from;
  let stop = lineEnd(bytes, start, limit);
  while (stop > start && isWholeLine(bytes, stop, limit)) {
    start = nextLine(bytes, stop, limit);
    stop = lineEnd(bytes, start, limit);
  }
  if (start > from) layer.at('chunked_trailer_part', from, start - from);
  if (!isWholeLine(bytes, stop, limit)) return start;
  const next = nextLine(bytes, stop, limit);
  layer.text(() => shownText(bytes, start, next), start, next - start);
  return next;
}
