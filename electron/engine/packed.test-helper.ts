/** Makes packed data for tests: simple packers, but all parts of the formats that the unpackers read. */
import { xxh32 } from '../../shared/bytes/xxh32.ts';

const BLOCK_BYTES = 1 << 16;

export interface Lz4Options {
  readonly areLinked?: boolean;
  readonly areStored?: boolean;
  readonly hasBlockSums?: boolean;
  readonly hasContentSize?: boolean;
}

export function lz4Frame(bytes: Uint8Array, options: Lz4Options = {}): Uint8Array {
  const { areLinked = false, areStored = false, hasBlockSums = false, hasContentSize = false } = options;
  const flags = 0x44 | (areLinked ? 0 : 0x20) | (hasBlockSums ? 0x10 : 0) | (hasContentSize ? 0x08 : 0);
  const descriptor = joined(Uint8Array.of(flags, 0x40), hasContentSize ? number(bytes.length, 8) : NOTHING);
  const parts = [number(0x184d2204, 4), descriptor, Uint8Array.of((xxh32(descriptor) >> 8) & 0xff)];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const end = Math.min(at + BLOCK_BYTES, bytes.length);
    const block = areStored ? bytes.subarray(at, end) : lz4Block(bytes.subarray(0, end), at, areLinked ? Math.max(0, at - 65_000) : at);
    parts.push(number(areStored ? block.length + 0x80000000 : block.length, 4), block);
    if (hasBlockSums) parts.push(number(xxh32(block), 4));
  }
  return joined(...parts, number(0, 4), number(xxh32(bytes), 4));
}

export function lz4Legacy(bytes: Uint8Array): Uint8Array {
  const block = lz4Block(bytes);
  return joined(number(0x184c2102, 4), number(block.length, 4), block);
}

/** One block for `bytes` from `start` on; matches begin at `historyStart` or later. */
export function lz4Block(bytes: Uint8Array, start = 0, historyStart = start): Uint8Array {
  const out: number[] = [];
  const seen = new Map<number, number>();
  const key = (at: number): number => ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) * 256 + (bytes[at + 3] ?? 0);
  let literalsFrom = start;
  for (let at = historyStart; at < start; at += 1) seen.set(key(at), at);
  // The format wants literals at the end.
  for (let at = start; at < bytes.length - 12; ) {
    const from = seen.get(key(at));
    seen.set(key(at), at);
    if (from === undefined || at - from > 65_535) {
      at += 1;
      continue;
    }
    let length = 4;
    while (at + length < bytes.length - 5 && bytes[from + length] === bytes[at + length]) length += 1;
    sequence(out, bytes.subarray(literalsFrom, at), at - from, length);
    at += length;
    literalsFrom = at;
  }
  sequence(out, bytes.subarray(literalsFrom), 0, 0);
  return Uint8Array.from(out);
}

function sequence(out: number[], literals: Uint8Array, distance: number, length: number): void {
  const isLast = length === 0;
  out.push((Math.min(literals.length, 15) << 4) | (isLast ? 0 : Math.min(length - 4, 15)));
  extended(out, literals.length);
  for (const byte of literals) out.push(byte);
  if (isLast) return;
  out.push(distance & 0xff, distance >> 8);
  extended(out, length - 4);
}

function extended(out: number[], length: number): void {
  if (length < 15) return;
  let left = length - 15;
  for (; left >= 255; left -= 255) out.push(255);
  out.push(left);
}

/** A frame of stored blocks, with a run-length block for each 128 KiB of one byte: bombs are made of these. */
export function zstdFrame(bytes: Uint8Array, { hasSum = false, runs = 0 }: { hasSum?: boolean; runs?: number } = {}): Uint8Array {
  const most = 1 << 17;
  // A window of 2 MiB (RFC 8878 §3.1.1.1.2).
  const parts = [number(0xfd2fb528, 4), Uint8Array.of(hasSum ? 0x04 : 0, 11 << 3)];
  const count = Math.ceil(bytes.length / most);
  for (let index = 0; index < count; index += 1) {
    const block = bytes.subarray(index * most, (index + 1) * most);
    const isLast = index === count - 1 && runs === 0;
    parts.push(number((block.length << 3) | (isLast ? 1 : 0), 3), block);
  }
  for (let index = 0; index < runs; index += 1) parts.push(number((most << 3) | 2 | (index === runs - 1 ? 1 : 0), 3), Uint8Array.of(0));
  if (hasSum) parts.push(number(Number(xxh64(bytes) & 0xffffffffn), 4));
  return joined(...parts);
}

export function skippable(content: Uint8Array): Uint8Array {
  return joined(number(0x184d2a51, 4), number(content.length, 4), content);
}

const NOTHING = new Uint8Array(0);

function number(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => Math.floor(value / 2 ** (8 * at)) % 256);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

const MASK = 0xffffffffffffffffn;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const rotated = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & MASK;
const round = (lane: bigint, input: bigint): bigint => (rotated((lane + input * P2) & MASK, 31n) * P1) & MASK;

/** xxHash64 with seed 0, whose lower half ends a zstd frame. */
export function xxh64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lanes = [(P1 + P2) & MASK, P2, 0n, (-P1) & MASK];
  let at = 0;
  for (; at + 32 <= bytes.length; at += 32) {
    const start = at;
    lanes = lanes.map((lane, index) => round(lane, view.getBigUint64(start + 8 * index, true)));
  }
  const [a = 0n, b = 0n, c = 0n, d = 0n] = lanes;
  let sum = P5;
  if (bytes.length >= 32) {
    sum = (rotated(a, 1n) + rotated(b, 7n) + rotated(c, 12n) + rotated(d, 18n)) & MASK;
    for (const lane of lanes) sum = ((sum ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  sum = (sum + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) sum = (rotated(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & MASK;
  if (at + 4 <= bytes.length) {
    sum = (rotated(sum ^ ((BigInt(view.getUint32(at, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at += 1) sum = (rotated(sum ^ ((BigInt(view.getUint8(at)) * P5) & MASK), 11n) * P1) & MASK;
  sum = ((sum ^ (sum >> 33n)) * P2) & MASK;
  sum = ((sum ^ (sum >> 29n)) * P3) & MASK;
  return sum ^ (sum >> 32n);
}
