/**
 * Cuts off what the writer of a capture had not finished when it was killed, so that every program
 * takes the file for whole. Only block and record lengths are read.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { EndianReader } from '../../shared/bytes/endian-reader.ts';
import { sniff, SNIFF_BYTES } from '../../shared/capture-files/sniff.ts';

const CHUNK_BYTES = 1 << 20;
/** It reads the same in both byte orders. */
const SECTION_BLOCK = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Larger blocks are damage, which is not ours to cut off. */
const LARGEST_BLOCK = 64 << 20;
const PCAP_HEADER = 24;
const PCAP_RECORD_HEADER = 16;

/** Where the next block ends; null where no block can begin so. */
type Step = (bytes: Uint8Array, at: number) => number | 'more' | null;

/** Bytes cut off the end; 0 where the file is whole, damaged otherwise, or no capture. Rejects where it cannot be read or cut. */
export async function trimTornTail(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const end = await soundEnd(file, size);
    if (end === null || end === size) return 0;
    await file.truncate(end);
    await file.sync();
    return size - end;
  } finally {
    await file.close();
  }
}

/** The end of the last whole block; null where what follows is no torn block, but something else. */
async function soundEnd(file: FileHandle, size: number): Promise<number | null> {
  const first = await bytesAt(file, 0, SNIFF_BYTES);
  const found = sniff(first);
  if (found.kind !== 'pcap' && found.kind !== 'pcapng') return null;
  const step = found.kind === 'pcap' ? pcapStep(found.littleEndian) : pcapngStep();
  let position = found.kind === 'pcap' ? PCAP_HEADER : 0;
  while (position < size) {
    const chunk = await bytesAt(file, position, CHUNK_BYTES);
    let at = 0;
    for (;;) {
      const length = step(chunk, at);
      if (length === null) return (await isZeroFrom(file, position + at)) ? position + at : null;
      if (length === 'more' || at + length > chunk.length) break;
      at += length;
    }
    // Not one whole block in a chunk: it is torn, or longer than chunks are.
    if (at === 0) {
      const length = step(chunk, 0);
      if (length === null) return null;
      if (length === 'more' || position + length > size) return position;
      at = length;
    }
    position += at;
  }
  return position;
}

/** draft-ietf-opsawg-pcapng §3.1: type, total length, body, total length. The byte order is that of the section. */
function pcapngStep(): Step {
  const numbers = new EndianReader(true);
  return (bytes, at) => {
    if (bytes.length - at < 12) return 'more';
    numbers.attach(bytes);
    if (numbers.u32(at) === SECTION_BLOCK && numbers.u32(at + 8) !== BYTE_ORDER_MAGIC) numbers.littleEndian = !numbers.littleEndian;
    const length = numbers.u32(at + 4);
    return length >= 12 && length % 4 === 0 && length <= LARGEST_BLOCK ? length : null;
  };
}

function pcapStep(littleEndian: boolean): Step {
  const numbers = new EndianReader(littleEndian);
  return (bytes, at) => {
    if (bytes.length - at < PCAP_RECORD_HEADER) return 'more';
    numbers.attach(bytes);
    const captured = numbers.u32(at + 8);
    // A record of no bytes and no time is what a power cut leaves: zeros.
    const isEmpty = captured === 0 && numbers.u32(at) === 0 && numbers.u32(at + 12) === 0;
    return isEmpty || captured > LARGEST_BLOCK ? null : PCAP_RECORD_HEADER + captured;
  };
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Power cuts leave files whose length is further than their contents. */
async function isZeroFrom(file: FileHandle, from: number): Promise<boolean> {
  for (let position = from; ; ) {
    const chunk = await bytesAt(file, position, CHUNK_BYTES);
    if (chunk.length === 0) return true;
    if (chunk.some((byte) => byte !== 0)) return false;
    position += chunk.length;
  }
}
