/**
 * Decompression as Microsoft's protocols need it (MS-XCA): LZ77 without and with Huffman codes, and
 * LZNT1. Output grows with what is really there, never with what a header announces. Null is
 * damaged data; nothing throws.
 */
import { readU16le, readU32le, readU8 } from './reader.ts';

const FIRST_BYTES = 4096;

/** Bytes that grow; matches are copied from what is there already. */
class Output {
  bytes = new Uint8Array(FIRST_BYTES);
  length = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get isFull(): boolean {
    return this.length >= this.limit;
  }

  put(byte: number): void {
    this.reserve(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  /** False where the match begins before the first byte. What would pass the limit is left out. */
  copy(offset: number, size: number): boolean {
    if (offset > this.length) return false;
    const count = Math.min(size, this.limit - this.length);
    this.reserve(count);
    // A match may reach into itself: what is copied doubles with each turn.
    for (let done = 0; done < count; ) {
      const piece = Math.min(count - done, offset + done);
      this.bytes.copyWithin(this.length + done, this.length - offset, this.length - offset + piece);
      done += piece;
    }
    this.length += count;
    return true;
  }

  append(bytes: Uint8Array): void {
    const piece = bytes.subarray(0, Math.max(0, this.limit - this.length));
    this.reserve(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  result(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.result());
    this.bytes = grown;
  }
}

/** Bytes that are read one after the other; zeros behind the end, which `isOver` tells. */
class Input {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get isOver(): boolean {
    return this.at > this.bytes.length;
  }

  u8(): number {
    this.at += 1;
    return readU8(this.bytes, this.at - 1);
  }

  u16(): number {
    this.at += 2;
    return readU16le(this.bytes, this.at - 2);
  }

  u32(): number {
    this.at += 4;
    return readU32le(this.bytes, this.at - 4);
  }
}

/** Shortest match; lengths are written without it. */
const LEAST_MATCH = 3;
const LONG = 0xff;

// ── plain LZ77 (MS-XCA §2.4) ─────────────────────────────────────────────────

const SHORT_LENGTH = 7;
const HALF_LENGTH = 15;

/** Lengths of 7 and more go on in half a byte, which two matches share, then in bytes. */
class Lz77Lengths {
  /** Where the other half of a byte is still free; -1: nowhere. */
  private half = -1;
  private readonly input: Input;

  constructor(input: Input) {
    this.input = input;
  }

  /** -1 where the length is none. */
  more(): number {
    const { input } = this;
    let length: number;
    if (this.half < 0) {
      this.half = input.at;
      length = input.u8() & 0x0f;
    } else {
      length = readU8(input.bytes, this.half) >> 4;
      this.half = -1;
    }
    if (length < HALF_LENGTH) return length + SHORT_LENGTH;
    length = input.u8();
    if (length < LONG) return length + HALF_LENGTH + SHORT_LENGTH;
    const wide = input.u16();
    const whole = wide === 0 ? input.u32() : wide;
    return whole < HALF_LENGTH + SHORT_LENGTH ? -1 : whole;
  }
}

/** @param limit most bytes of output */
export function unpackLz77(bytes: Uint8Array, limit: number): Uint8Array | null {
  const input = new Input(bytes);
  const output = new Output(limit);
  const lengths = new Lz77Lengths(input);
  let flags = 0;
  let flagsLeft = 0;
  while (!output.isFull) {
    if (flagsLeft === 0) {
      flags = input.u32();
      flagsLeft = 32;
      if (input.isOver) break;
    }
    flagsLeft -= 1;
    if (input.at >= bytes.length) break;
    if (((flags >>> flagsLeft) & 1) === 0) output.put(input.u8());
    else {
      const match = input.u16();
      const short = match & SHORT_LENGTH;
      const length = short < SHORT_LENGTH ? short : lengths.more();
      if (input.isOver || length < 0 || !output.copy((match >> 3) + 1, length + LEAST_MATCH)) return null;
    }
  }
  return output.result();
}

// ── LZ77 with Huffman codes (MS-XCA §2.2) ────────────────────────────────────

const SYMBOLS = 512;
const TABLE_BYTES = SYMBOLS / 2;
const LONGEST_CODE = 15;
const BLOCK_BYTES = 65_536;
const FIRST_MATCH = 256;
const LENGTH_MASK = 15;

/** Symbol and length of its code (symbol × 16 + length) by the next 15 bits; null where the lengths are of no code. */
function decodingTable(bytes: Uint8Array, at: number): Uint16Array | null {
  const table = new Uint16Array(1 << LONGEST_CODE);
  let filled = 0;
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    const entries = 1 << (LONGEST_CODE - length);
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      const pair = readU8(bytes, at + (symbol >> 1));
      if ((symbol % 2 === 0 ? pair & 0x0f : pair >> 4) !== length) continue;
      if (filled + entries > table.length) return null;
      table.fill(symbol * 16 + length, filled, filled + entries);
      filled += entries;
    }
  }
  return filled === table.length ? table : null;
}

/** Bits of 16-bit words, the upper first; lengths of matches stand as bytes between the words. */
class BitInput extends Input {
  private bits: number;
  private left = 16;

  constructor(bytes: Uint8Array, at: number) {
    super(bytes, at);
    const first = this.u16();
    this.bits = ((first << 16) | this.u16()) >>> 0;
  }

  /** The next bits, at most 15 of them, without passing over them. */
  peek(count: number): number {
    return count === 0 ? 0 : this.bits >>> (32 - count);
  }

  pass(count: number): void {
    this.bits = (this.bits << count) >>> 0;
    this.left -= count;
    if (this.left >= 0) return;
    this.bits = (this.bits | (this.u16() << -this.left)) >>> 0;
    this.left += 16;
  }
}

function huffmanLength(input: Input, short: number): number {
  if (short < LENGTH_MASK) return short;
  const length = input.u8();
  if (length < LONG) return length + LENGTH_MASK;
  const wide = input.u16();
  return wide === 0 ? input.u32() : wide;
}

/** One block, which has a table of its own. Gives where the next begins; -1 where the data are damaged or at their end. */
function unpackBlock(bytes: Uint8Array, at: number, output: Output): number {
  const table = decodingTable(bytes, at);
  if (table === null) return -1;
  const input = new BitInput(bytes, at + TABLE_BYTES);
  const end = output.length + BLOCK_BYTES;
  while (output.length < end && !output.isFull) {
    const entry = table[input.peek(LONGEST_CODE)] as number;
    input.pass(entry & 0x0f);
    const symbol = entry >> 4;
    if (symbol < FIRST_MATCH) output.put(symbol);
    else {
      if (symbol === FIRST_MATCH && input.at >= bytes.length) return -1;
      const offsetBits = (symbol - FIRST_MATCH) >> 4;
      const length = huffmanLength(input, symbol & LENGTH_MASK);
      const offset = (1 << offsetBits) + input.peek(offsetBits);
      input.pass(offsetBits);
      if (!output.copy(offset, length + LEAST_MATCH)) return -1;
    }
    // Two words are read ahead.
    if (input.at > bytes.length + 4) return -1;
  }
  return input.at;
}

/** @param size bytes of output, as a header tells: the data themselves do not say where they end */
export function unpackLz77Huffman(bytes: Uint8Array, size: number): Uint8Array | null {
  const output = new Output(size);
  for (let at = 0; at >= 0 && at + TABLE_BYTES < bytes.length && !output.isFull; ) at = unpackBlock(bytes, at, output);
  return output.isFull ? output.result() : null;
}

// ── LZNT1 (MS-XCA §2.5) ──────────────────────────────────────────────────────

const CHUNK_SIZE_MASK = 0x0fff;
const IS_COMPRESSED = 0x8000;
const MATCH_BITS = 16;
const LEAST_OFFSET_BITS = 4;

/** The farther into a chunk, the more bits of a match are offset, and the fewer length. */
function offsetBitsAt(position: number): number {
  let bits = LEAST_OFFSET_BITS;
  for (let reach = position - 1; reach >= 1 << LEAST_OFFSET_BITS; reach >>= 1) bits += 1;
  return bits;
}

function unpackChunk(input: Input, end: number, output: Output): boolean {
  const start = output.length;
  while (input.at < end && !output.isFull) {
    const flags = input.u8();
    for (let bit = 0; bit < 8 && input.at < end; bit += 1) {
      if (((flags >> bit) & 1) === 0) {
        output.put(input.u8());
        continue;
      }
      const match = input.u16();
      const lengthBits = MATCH_BITS - offsetBitsAt(output.length - start);
      const length = (match & ((1 << lengthBits) - 1)) + LEAST_MATCH;
      const offset = (match >> lengthBits) + 1;
      if (input.at > end || offset > output.length - start || !output.copy(offset, length)) return false;
    }
  }
  return true;
}

/** @param limit most bytes of output */
export function unpackLznt1(bytes: Uint8Array, limit: number): Uint8Array | null {
  const input = new Input(bytes);
  const output = new Output(limit);
  while (input.at + 2 <= bytes.length && !output.isFull) {
    const header = input.u16();
    if (header === 0) break;
    const end = input.at + (header & CHUNK_SIZE_MASK) + 1;
    if (end > bytes.length) return null;
    if ((header & IS_COMPRESSED) === 0) output.append(bytes.subarray(input.at, end));
    else if (!unpackChunk(input, end, output)) return null;
    input.at = end;
  }
  return output.result();
}
