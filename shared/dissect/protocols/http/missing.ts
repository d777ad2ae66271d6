/**
 * How much of a message is still to come: looked at before anything of it is shown
 * (RFC 9112 §6.3: the body ends with its chunks, its Content-Length, or the connection).
 */
import { latin1 } from '../../../bytes/reader.ts';
import type { HttpLayer } from './fields.ts';
import { isWholeLine, lineEnd, nextLine, skipSpaces, startsWith } from './lines.ts';

/** What is missing, and for `segment` how much at the least and from where to look on next time. */
export type Missing = { readonly more: number | 'segment' | 'fin'; readonly atLeast?: number; readonly checked?: number } | null;

const LARGEST_INT = 0x7fff_ffff;
const LARGEST_CHUNK = 0x8000_0000;
/** RPC over HTTP announces lengths from here on that say nothing (MS-RPCH §2.1.2.1.1). */
const RPC_LENGTH = 128 * 1024;

/** What the headers say about the body's length. */
interface Framing {
  /** First byte behind the headers; -1 where they do not end. */
  bodyStart: number;
  chunked: boolean;
  contentLength: number;
  contentType: string;
}

/**
 * What the message at `from` lacks; null where all is there, or more cannot help.
 * `wantsBody` false: the headers are enough. `untilFin`: a body without a stated length ends with the stream.
 */
export function missingOf(layer: HttpLayer, from: number, wantsBody: boolean, untilFin: boolean): Missing {
  if (!layer.canDesegment) return null;
  const framing = readFraming(layer, from);
  if (framing.bodyStart < 0) return { more: 'segment' };
  if (!wantsBody) return null;
  if (framing.chunked) return missingOfChunks(layer, framing.bodyStart);
  if (framing.contentLength >= 0) return missingOfLength(layer, framing);
  return untilFin ? { more: 'fin' } : null;
}

function readFraming(layer: HttpLayer, from: number): Framing {
  const { bytes, end } = layer;
  const framing: Framing = { bodyStart: -1, chunked: false, contentLength: -1, contentType: '' };
  for (let start = from; start < end; ) {
    const stop = lineEnd(bytes, start, end);
    if (!isWholeLine(bytes, stop, end)) break;
    const next = nextLine(bytes, stop, end);
    if (stop === start) {
      framing.bodyStart = next;
      break;
    }
    readFramingHeader(framing, bytes, start, stop);
    start = next;
  }
  return framing;
}

function readFramingHeader(framing: Framing, bytes: Uint8Array, start: number, stop: number): void {
  if (startsWith(bytes, start, stop, 'content-length:')) {
    const value = latin1(bytes, start + 15, Math.min(stop, start + 64)).trim();
    if (/^\+?\d+$/.test(value) && Number(value) <= LARGEST_INT) framing.contentLength = Number(value);
  } else if (startsWith(bytes, start, stop, 'content-type:')) {
    framing.contentType = latin1(bytes, skipSpaces(bytes, start + 13, stop), Math.min(stop, start + 64));
  } else if (startsWith(bytes, start, stop, 'transfer-encoding:')) {
    if (/^[ \t]*chunked/i.test(latin1(bytes, start + 18, stop))) framing.chunked = true;
  }
}

/** Looks from chunk to chunk, from where it left off; their data is passed over. */
function missingOfChunks(layer: HttpLayer, from: number): Missing {
  const { bytes, end } = layer;
  for (let start = Math.max(from, layer.checked); ; ) {
    const unknown: Missing = { more: 'segment', checked: start };
    const stop = lineEnd(bytes, start, end);
    if (!isWholeLine(bytes, stop, end)) return unknown;
    const size = readChunkSize(bytes, start, stop);
    if (size < 0 || size > LARGEST_CHUNK) return null;
    const data = nextLine(bytes, stop, end);
    if (size === 0) return isWholeLine(bytes, lineEnd(bytes, data, end), end) ? null : unknown;
    if (end - start <= size) return { ...unknown, atLeast: size - (end - start) + 1 };
    start = data + size + 2;
  }
}

/** The size in a chunk's first line, before any extension; -1 where there is none. */
export function readChunkSize(bytes: Uint8Array, start: number, stop: number): number {
  const digits = /^\s*(?:0x)?([0-9a-f]+)/i.exec(latin1(bytes, start, Math.min(stop, start + 64)))?.[1];
  return digits === undefined ? -1 : parseInt(digits, 16);
}

function missingOfLength(layer: HttpLayer, { bodyStart, contentLength, contentType }: Framing): Missing {
  const have = layer.end - bodyStart;
  if (have >= contentLength) return null;
  if (contentLength >= RPC_LENGTH && (contentType.startsWith('application/rpc') || /^RPC_(IN|OUT)_DATA/.test(latin1(layer.bytes, layer.start, layer.start + 12)))) return null;
  return { more: contentLength - have };
}
