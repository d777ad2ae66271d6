/** Headers around encrypted and compressed messages (MS-SMB2 §2.2.41, §2.2.42). */
import { concatenated } from '../../../bytes/concatenated.ts';
import { readU32le, readU64le, readU8 } from '../../../bytes/reader.ts';
import { unpackLz77, unpackLz77Huffman, unpackLznt1 } from '../../../bytes/xpress.ts';
import type { Smb2Layer } from './fields.ts';
import { putSession } from './header.ts';

export function takeEncrypted(layer: Smb2Layer): void {
  layer.info(() => 'Encrypted SMB3');
  layer.group(null, () => {
    layer.take('protocol_id');
    layer.take('header.transform.signature', 16);
    layer.take('header.transform.nonce', 16);
    layer.take('header.transform.msg_size');
    layer.take('header.transform.reserved', 2);
    layer.takeFlags('header.transform.flags');
    const sessionId = layer.has(8) ? String(readU64le(layer.bytes, layer.cursor)) : '';
    layer.take('sesid');
    putSession(layer, sessionId);
  }, () => 'SMB2 Transform Header');
  if (layer.broken || layer.left === 0) return;
  layer.group(null, () => void layer.take('header.transform.enc_data', layer.left), () => 'Encrypted SMB3 data');
}

// ── compression ──────────────────────────────────────────────────────────────

const FLAGS_AHEAD = 2;
const ORIGINAL_SIZE_BYTES = 4;
const NONE = 0;
const LZNT1 = 1;
const LZ77 = 2;
const LZ77_HUFFMAN = 3;
const PATTERN_V1 = 4;
const PATTERN_BYTES = 8;
/** LZNT1, LZ77 and LZ77+Huffman tell how long the payload was. */
const WITH_ORIGINAL_SIZE: ReadonlySet<number> = new Set([LZNT1, LZ77, LZ77_HUFFMAN]);
/** Most bytes of a message that are shown decompressed (servers give at most 8 MiB at once), and most of one of which only a row is made. */
const MOST_SHOWN_BYTES = 9 * 1024 * 1024;
const MOST_BYTES_FOR_ROW = 256 * 1024;

/** What was compressed, as far as it could be put together. */
interface Unpacked {
  readonly parts: Uint8Array[];
  length: number;
  isWhole: boolean;
}

/** The header and, where they can be decompressed, the messages behind it: `takeMessages` reads them. */
export function takeCompressed(layer: Smb2Layer, takeMessages: (layer: Smb2Layer) => void): void {
  const unpacked: Unpacked = { parts: [], length: 0, isWhole: true };
  layer.info(() => 'Compressed SMB3');
  // The messages within get lines of their own.
  layer.message(layer.reportedEnd, () => {
    layer.group(null, () => takeCompressionHeader(layer, unpacked), () => 'SMB2 Compression Transform Header');
    if (layer.broken) unpacked.isWhole = false;
  });
  if (!unpacked.isWhole || unpacked.length === 0) return;
  layer.info(() => 'Decomp. SMB3;');
  layer.infoFence();
  layer.onSource(layer.run.addSource('Decompressed SMB3', concatenated(unpacked.parts)), () => takeMessages(layer));
}

function takeCompressionHeader(layer: Smb2Layer, unpacked: Unpacked): void {
  layer.take('protocol_id');
  const size = layer.take('header.comp_transform.original_size');
  if (layer.broken) return;
  if (isChained(layer)) layer.each(() => layer.group(null, () => takePayload(layer, unpacked), () => 'COMPRESSION_PAYLOAD_HEADER'));
  else takeWhole(layer, size, unpacked);
}

function isChained(layer: Smb2Layer): boolean {
  return (layer.peekU8(FLAGS_AHEAD) & 1) !== 0;
}

/** A message compressed as one, from `offset` on (MS-SMB2 §2.2.42.1). */
function takeWhole(layer: Smb2Layer, size: number, unpacked: Unpacked): void {
  const algorithm = layer.take('header.comp_transform.comp_alg');
  layer.take('header.comp_transform.flags');
  const offset = layer.take('header.comp_transform.offset');
  if (layer.broken) return;
  const { bytes, cursor, end } = layer;
  const plainEnd = Math.min(end, cursor + offset);
  if (plainEnd > cursor) keep(layer, unpacked, bytes.subarray(cursor, plainEnd));
  keep(layer, unpacked, unpack(algorithm, bytes.subarray(plainEnd, end), Math.min(size, room(layer, unpacked))));
  if (!unpacked.isWhole && layer.left > 0) layer.take('header.comp_transform.data', layer.left);
}

/** One of several payloads, each compressed in its own way (MS-SMB2 §2.2.42.2.1). */
function takePayload(layer: Smb2Layer, unpacked: Unpacked): void {
  const algorithm = layer.take('header.comp_transform.comp_alg');
  layer.take('header.comp_transform.flags');
  let length = layer.take('header.comp_transform.length');
  let size = length;
  if (WITH_ORIGINAL_SIZE.has(algorithm)) {
    size = layer.take('header.comp_transform.orig_payload_size');
    length -= ORIGINAL_SIZE_BYTES;
  }
  const { bytes, cursor } = layer;
  if (algorithm === PATTERN_V1 && length === PATTERN_BYTES) size = takePattern(layer, cursor);
  if (layer.broken || !layer.reaches(cursor + length)) return;
  keep(layer, unpacked, unpack(algorithm, bytes.subarray(cursor, cursor + length), Math.min(size, room(layer, unpacked))));
  if (length > 0) layer.take('header.comp_transform.data', length);
}

/** A byte and how often it comes (MS-SMB2 §2.2.42.2.2); gives the latter. The cursor stays: all of it is shown as data, too. */
function takePattern(layer: Smb2Layer, start: number): number {
  const pattern = layer.peekU8();
  const repetitions = readU32le(layer.bytes, start + PATTERN_BYTES - ORIGINAL_SIZE_BYTES);
  layer.group(null, () => {
    layer.take('pattern_v1.pattern');
    layer.take('pattern_v1.reserved1');
    layer.take('pattern_v1.reserved2');
    layer.take('pattern_v1.repetitions');
  }, () => `Pattern 0x${pattern.toString(16).padStart(2, '0')} repeated ${repetitions} times`);
  layer.cursor = start;
  return repetitions;
}

/** At most `size` bytes; null where they are damaged or of an algorithm that nobody knows. */
function unpack(algorithm: number, bytes: Uint8Array, size: number): Uint8Array | null {
  switch (algorithm) {
    case NONE:
      return bytes.subarray(0, size);
    case LZNT1:
      return unpackLznt1(bytes, size);
    case LZ77:
      return unpackLz77(bytes, size);
    case LZ77_HUFFMAN:
      return unpackLz77Huffman(bytes, size);
    case PATTERN_V1:
      return bytes.length === PATTERN_BYTES ? new Uint8Array(size).fill(readU8(bytes, 0)) : null;
    default:
      return null;
  }
}

function room(layer: Smb2Layer, { length }: Unpacked): number {
  return (layer.run.items ? MOST_SHOWN_BYTES : MOST_BYTES_FOR_ROW) - length;
}

/** Bytes beyond the limit are left out, and the tree says so. */
function keep(layer: Smb2Layer, unpacked: Unpacked, part: Uint8Array | null): void {
  if (part === null) {
    unpacked.isWhole = false;
    layer.expert(null, 'warn', 'Undecoded', 'Damaged data, or a compression that is not known');
    return;
  }
  unpacked.parts.push(part);
  unpacked.length += part.length;
  if (part.length > 0 && room(layer, unpacked) <= 0) layer.expert(null, 'note', 'Undecoded', `Only the first ${MOST_SHOWN_BYTES / 1024 / 1024} MiB are shown decompressed`);
}
