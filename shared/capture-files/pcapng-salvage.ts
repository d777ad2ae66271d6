/**
 * Finding the next pcapng block after damage.
 *
 * A place counts as a block only if its type is one that is known, its length
 * can be and is repeated at its end, and it convinces alone or by what follows. Positions that are no multiple of 4 are tried too: a file that
 * lost or gained bytes in a transfer has its blocks there.
 */
import type { EndianReader } from '../bytes/endian-reader.ts';
import { BLOCK, SKIPPED_BLOCKS } from './pcapng-blocks.ts';

/** As large as the largest packet of any link type, with room for options. */
export const LARGEST_BLOCK_BYTES = (128 << 20) + (1 << 20);

/** A search that must wait for bytes asks for this many more than it needs. */
export const SEARCH_SLACK_BYTES = 1 << 20;

/** A candidate's limit: tighter, so that a search never waits long for a block that is none. */
const LARGEST_CANDIDATE_BYTES = 1 << 20;

const SMALLEST_BYTES: ReadonlyMap<number, number> = new Map([
  [BLOCK.section, 28],
  [BLOCK.interface, 20],
  [BLOCK.packet, 32],
  [BLOCK.simplePacket, 16],
  [BLOCK.names, 12],
  [BLOCK.statistics, 24],
  [BLOCK.enhancedPacket, 32],
  [BLOCK.secrets, 20],
]);

const BYTE_ORDER_MARK = 0x1a2b3c4d;
const SWAPPED_BYTE_ORDER_MARK = 0x4d3c2b1a;

/** Whether a block of this type can have this length (§3.1: at least 12, a multiple of 4). */
export function isPossibleLength(type: number, length: number): boolean {
  if ((length & 3) !== 0 || length > LARGEST_BLOCK_BYTES || length < 12) return false;
  return length >= (type === BLOCK.enhancedPacket ? 32 : SMALLEST_BYTES.get(type) ?? 12);
}

/** +1: written in the reader's byte order, −1: in the other one, 0: no byte-order mark. */
export function byteOrderAt(numbers: EndianReader, at: number): -1 | 0 | 1 {
  const mark = numbers.u32(at);
  return mark === BYTE_ORDER_MARK ? 1 : mark === SWAPPED_BYTE_ORDER_MARK ? -1 : 0;
}

/** A cheap first look: whether a known block may begin at `at` (12 bytes are there). */
export function isKnownStart(numbers: EndianReader, at: number): boolean {
  const type = numbers.u32(at);
  if (type === BLOCK.section) return byteOrderAt(numbers, at + 8) !== 0;
  // The length first: it rules out nearly everything, and looking a type up costs more.
  const length = numbers.u32(at + 4);
  if (length > LARGEST_CANDIDATE_BYTES || !isPossibleLength(type, length)) return false;
  return SMALLEST_BYTES.has(type) || SKIPPED_BLOCKS.has(type);
}

/** 'yes', 'no', or how many bytes from the asked position on are needed to decide. */
export type BlockVerdict = 'yes' | 'no' | number;

/** Whether the block at `at` has a possible length that is repeated at its end. `last` = no more bytes will come. */
export function isSoundBlock(numbers: EndianReader, at: number, end: number, last: boolean): BlockVerdict {
  if (at + 12 > end) return last ? 'no' : 12;
  const order = numbers.u32(at) === BLOCK.section ? byteOrderAt(numbers, at + 8) : 1;
  if (order === 0) return 'no';
  const length = u32(numbers, at + 4, order < 0);
  if (!isPossibleLength(numbers.u32(at), length) || length > LARGEST_CANDIDATE_BYTES) return 'no';
  if (at + length > end) return last ? 'no' : length;
  return u32(numbers, at + length - 4, order < 0) === length ? 'yes' : 'no';
}

/**
 * Whether reading may go on with the block at `at`. A section header has its own mark and a
 * packet's lengths must fit each other, so these convince alone; others need a sound block,
 * or the end of the file, behind them. What names an interface must name one of the
 * `interfaceCount` that are described: small numbers in the other byte order, three bytes
 * further, look like a block of this order otherwise.
 */
export function mayResumeAt(numbers: EndianReader, at: number, end: number, interfaceCount: number, last: boolean): BlockVerdict {
  const verdict = isSoundBlock(numbers, at, end, last);
  const type = numbers.u32(at);
  if (verdict !== 'yes' || type === BLOCK.section) return verdict;
  const length = numbers.u32(at + 4);
  if (type === BLOCK.enhancedPacket || type === BLOCK.packet) {
    const captured = numbers.u32(at + 20);
    const interfaceIndex = type === BLOCK.packet ? numbers.u16(at + 8) : numbers.u32(at + 8);
    return captured > 0 && captured <= length - 32 && interfaceIndex < interfaceCount ? 'yes' : 'no';
  }
  if (type === BLOCK.statistics && numbers.u32(at + 8) >= interfaceCount) return 'no';
  if (at + length === end && last) return 'yes';
  const follower = isSoundBlock(numbers, at + length, end, last);
  return typeof follower === 'number' ? length + follower : follower;
}

/** The section header's type reads the same in both byte orders; its lengths do not. */
function u32(numbers: EndianReader, at: number, swapped: boolean): number {
  if (!swapped) return numbers.u32(at);
  numbers.littleEndian = !numbers.littleEndian;
  const value = numbers.u32(at);
  numbers.littleEndian = !numbers.littleEndian;
  return value;
}
