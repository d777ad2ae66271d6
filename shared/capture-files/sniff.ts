/**
 * What a file is, decided by its first bytes and never by its name.
 *
 * Packing (gzip, zstd, lz4, …) is told apart from the capture formats inside,
 * so that a message can say what stands in the way. Sources: the pcap and
 * pcapng drafts of the IETF opsawg, RFC 1952 §2.3.1, RFC 8878 §3.1.1, the LZ4
 * frame format, and the marks that the other formats document.
 */
import { EndianReader } from '../bytes/endian-reader.ts';

export type Packing = 'gzip' | 'zstd' | 'lz4' | 'bzip2' | 'xz' | 'zip' | '7z' | 'compress';

export type Sniffed =
  | { readonly kind: 'pcap'; readonly littleEndian: boolean; readonly mark: PcapMark }
  | { readonly kind: 'pcapng' }
  | { readonly kind: 'packed'; readonly packing: Packing }
  /** A capture of another format, which is not read yet. */
  | { readonly kind: 'foreign'; readonly name: string }
  /** Fewer bytes than a decision takes. */
  | { readonly kind: 'short' }
  | { readonly kind: 'unknown' };

export type PcapMark = 'micro' | 'nano' | 'modified' | 'ixia-hardware' | 'ixia-software';

/** As many bytes as the longest mark has. */
export const SNIFF_BYTES = 16;

const PCAP_MARKS: ReadonlyMap<number, PcapMark> = new Map([
  [0xa1b2c3d4, 'micro'],
  [0xa1b23c4d, 'nano'],
  [0xa1b2cd34, 'modified'],
  [0x1c0001ac, 'ixia-hardware'],
  [0x1c0001ab, 'ixia-software'],
]);

/** The Section Header Block's type reads the same in both byte orders. */
const PCAPNG_MARK = [0x0a, 0x0d, 0x0d, 0x0a];

const PACKINGS: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['lz4', [0x02, 0x21, 0x4c, 0x18]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['compress', [0x1f, 0x9d]],
];

const FOREIGN: readonly (readonly [string, string])[] = [
  ['snoop\0\0\0', 'Sun snoop'],
  ['GMBU', 'Microsoft Network Monitor 2'],
  ['RTSS', 'Microsoft Network Monitor 1'],
  ['TRSNIFF data', 'Sniffer (DOS)'],
  ['XCP\0', 'NetXRay or Windows Sniffer'],
  ['btsnoop\0', 'btsnoop (Bluetooth)'],
  ['ObserverPktBuffe', 'Observer'],
];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return bytes.length >= mark.length && mark.every((value, index) => bytes[index] === value);
}

function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes of a skippable frame before its contents: mark and length. */
const SKIPPABLE_HEADER_BYTES = 8;

/** A frame for other people's data, which zstd and lz4 files may begin with (RFC 8878 §3.1.2): marks 0x184D2A50 to …5F. */
function isSkippable(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0xf0) === 0x50 && bytes[1] === 0x2a && bytes[2] === 0x4d && bytes[3] === 0x18;
}

/** What follows a short one (pzstd begins with one of 4 bytes) is there to see; a longer one is more likely zstd's. */
function packingBehindSkippable(bytes: Uint8Array): Packing {
  const next = SKIPPABLE_HEADER_BYTES + (bytes.length < SKIPPABLE_HEADER_BYTES ? 0 : new EndianReader(true, bytes).u32(4));
  return startsWith(bytes.subarray(next), [0x04, 0x22, 0x4d, 0x18]) ? 'lz4' : 'zstd';
}

/** Looks at the first bytes of a source; `SNIFF_BYTES` of them always suffice. */
export function sniff(bytes: Uint8Array): Sniffed {
  for (const [packing, mark] of PACKINGS) if (startsWith(bytes, mark)) return { kind: 'packed', packing };
  if (bytes.length < 4) return { kind: 'short' };
  if (isSkippable(bytes)) return { kind: 'packed', packing: packingBehindSkippable(bytes) };
  for (const littleEndian of [true, false]) {
    const mark = PCAP_MARKS.get(new EndianReader(littleEndian, bytes).u32(0));
    if (mark !== undefined) return { kind: 'pcap', littleEndian, mark };
  }
  if (startsWith(bytes, PCAPNG_MARK)) return { kind: 'pcapng' };
  for (const [mark, name] of FOREIGN) if (startsWith(bytes, codes(mark))) return { kind: 'foreign', name };
  return { kind: 'unknown' };
}
