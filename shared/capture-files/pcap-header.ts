/**
 * The pcap file header, and which variant of pcap follows it.
 *
 * Sources: IETF draft-ietf-opsawg-pcap §4 (header, link type field); libpcap's
 * sf-pcap.c (versions before 2.4, Kuznetsov's record headers); the variants that
 * share a mark can only be told apart by trying, as Wireshark's wiretap does.
 */
import type { EndianReader } from '../bytes/endian-reader.ts';
import { largestPacketBytes } from './link-limits.ts';
import type { PcapMark } from './sniff.ts';

/** Everything needed to walk the records of one pcap file. */
export interface PcapLayout {
  /** For people, for example "pcap (nanoseconds, big-endian)". */
  readonly name: string;
  readonly recordHeaderLength: number;
  readonly unitsPerSecond: 1_000_000 | 1_000_000_000;
  /** Position of the captured and of the wire length in a record header. */
  readonly capturedAt: 8 | 12;
  readonly wireAt: 8 | 12;
  /** Version 2.3: some writers swapped the lengths; the smaller is the captured one. */
  readonly lengthsMaybeSwapped: boolean;
  /** Bytes before each frame that count as captured but belong to no frame (AIX, FDDI: 3). */
  readonly padding: 0 | 3;
  readonly linkType: number;
  readonly snapLength: number;
  readonly fcsLength: number | null;
}

/** How the record header differs between files that carry the same mark. */
export type PcapVariant = 'plain' | 'redhat61' | 'suse63' | 'kuznetsov' | 'nokia';

interface VariantFacts {
  readonly label: string;
  readonly recordHeaderLength: number;
}

const VARIANTS: Readonly<Record<PcapVariant, VariantFacts>> = {
  plain: { label: '', recordHeaderLength: 16 },
  redhat61: { label: 'Red Hat 6.1 variant', recordHeaderLength: 24 },
  kuznetsov: { label: 'modified by Kuznetsov', recordHeaderLength: 24 },
  suse63: { label: 'SuSE 6.3 variant', recordHeaderLength: 28 },
  nokia: { label: 'Nokia variant', recordHeaderLength: 20 },
};

export interface PcapFileHeader {
  readonly littleEndian: boolean;
  /** Bytes before the first record. */
  readonly length: 24 | 28;
  readonly versionMajor: number;
  readonly versionMinor: number;
  readonly nanoseconds: boolean;
  readonly aix: boolean;
  readonly linkType: number;
  /** Bits of the link type field that must be zero and are not. */
  readonly reservedBits: number;
  readonly fcsLength: number | null;
  readonly snapLength: number;
  /** More than one where records must be tried; the likeliest first. */
  readonly variants: readonly PcapVariant[];
}

/** AIX writes RFC 1573 ifTypes under version 2.2; these are the ones its LAN devices have. */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
]);
const LINKTYPE_FDDI = 10;

export function pcapFileHeaderLength(mark: PcapMark): 24 | 28 {
  return mark === 'ixia-hardware' || mark === 'ixia-software' ? 28 : 24;
}

/** Reads the header at `at`; the caller made sure that `pcapFileHeaderLength(mark)` bytes are there. */
export function readPcapFileHeader(numbers: EndianReader, at: number, mark: PcapMark): PcapFileHeader {
  const versionMajor = numbers.u16(at + 4);
  const versionMinor = numbers.u16(at + 6);
  const network = numbers.u32(at + 20);
  const aixLinkType = mark === 'micro' && versionMajor === 2 && versionMinor === 2 ? AIX_LINK_TYPES.get(network) : undefined;
  const fcsStated = (network & 0x0400_0000) !== 0;
  return {
    littleEndian: numbers.littleEndian,
    length: pcapFileHeaderLength(mark),
    versionMajor,
    versionMinor,
    nanoseconds: mark === 'nano' || mark === 'ixia-hardware' || aixLinkType !== undefined,
    aix: aixLinkType !== undefined,
    linkType: aixLinkType ?? network & 0xffff,
    reservedBits: network & 0x0bff_0000,
    fcsLength: fcsStated ? (network >>> 28) * 2 : null,
    snapLength: numbers.u32(at + 16),
    variants: variantsOf(mark, versionMajor, versionMinor),
  };
}

/** Only version 2.4 was ever written by the patched libraries. */
function variantsOf(mark: PcapMark, major: number, minor: number): readonly PcapVariant[] {
  if (mark === 'modified') return ['kuznetsov', 'suse63'];
  return mark === 'micro' && major === 2 && minor === 4 ? ['plain', 'redhat61', 'nokia'] : ['plain'];
}

export function pcapLayout(header: PcapFileHeader, variant: PcapVariant): PcapLayout {
  const { versionMajor: major, versionMinor: minor } = header;
  const swapped = (major === 2 && minor < 3) || major === 543;
  const facts = VARIANTS[variant];
  const notes = [
    header.nanoseconds ? 'nanoseconds' : 'microseconds',
    header.littleEndian ? 'little-endian' : 'big-endian',
    ...(header.aix ? ['AIX'] : []),
    ...(facts.label === '' ? [] : [facts.label]),
  ];
  return {
    name: `pcap (${notes.join(', ')})`,
    recordHeaderLength: facts.recordHeaderLength,
    unitsPerSecond: header.nanoseconds ? 1_000_000_000 : 1_000_000,
    capturedAt: swapped ? 12 : 8,
    wireAt: swapped ? 8 : 12,
    lengthsMaybeSwapped: major === 2 && minor === 3,
    padding: header.aix && header.linkType === LINKTYPE_FDDI ? 3 : 0,
    linkType: header.linkType,
    snapLength: header.snapLength,
    fcsLength: header.fcsLength,
  };
}

const RECORDS_TO_TRY = 3;
const IMPLAUSIBLE_WIRE_BYTES = 128 << 20;

/**
 * Picks the variant whose first three record headers make the most sense.
 * `last`: no more bytes will come, so a record that does not fit counts against a variant.
 * Returns how many bytes from `start` on it needs where the bytes at hand do not decide.
 */
export function choosePcapVariant(
  numbers: EndianReader, start: number, end: number, header: PcapFileHeader, last: boolean, settle: boolean,
): { readonly variant: PcapVariant } | { readonly wantedBytes: number } {
  let best: PcapVariant = header.variants[0] ?? 'plain';
  let fewestFaults = Number.POSITIVE_INFINITY;
  for (const variant of header.variants) {
    const trial = tryVariant(numbers, start, end, header, variant, last);
    if (trial.wantedBytes > 0 && !settle && !last) return { wantedBytes: trial.wantedBytes };
    if (trial.faults < fewestFaults) {
      best = variant;
      fewestFaults = trial.faults;
    }
    if (fewestFaults === 0) break;
  }
  return { variant: best };
}

interface Trial {
  faults: number;
  /** Bytes from `start` on that would let the trial go further; 0 = it is finished. */
  wantedBytes: number;
}

function tryVariant(
  numbers: EndianReader, start: number, end: number, header: PcapFileHeader, variant: PcapVariant, last: boolean,
): Trial {
  const headerLength = VARIANTS[variant].recordHeaderLength;
  const limit = largestPacketBytes(header.linkType);
  let faults = 0;
  let at = start;
  for (let index = 0; index < RECORDS_TO_TRY; index += 1) {
    if (at === end && last) break;
    if (at + headerLength > end) return { faults: faults + (last ? 1 : 0), wantedBytes: at + headerLength - start };
    faults += recordFaults(numbers, at, header, variant);
    const captured = numbers.u32(at + 8);
    // Beyond the limit, nothing that follows can be trusted: the faults so far decide.
    if (captured > limit) break;
    // Two sound headers in a row, the second where the first says, are proof enough: a live file need not wait for a third.
    if (index === 1 && faults === 0) break;
    at += headerLength + captured;
    if (at > end && last) return { faults: faults + 1, wantedBytes: 0 };
  }
  return { faults, wantedBytes: 0 };
}

function recordFaults(numbers: EndianReader, at: number, header: PcapFileHeader, variant: PcapVariant): number {
  const captured = numbers.u32(at + 8);
  const wire = numbers.u32(at + 12);
  const limit = largestPacketBytes(header.linkType);
  let faults = 0;
  if (numbers.u32(at + 4) >= 1_000_000) faults += 1;
  if (captured > limit) faults += 1;
  if (header.snapLength > 0 && captured > header.snapLength) faults += 1;
  if (wire > IMPLAUSIBLE_WIRE_BYTES) faults += 1;
  if (captured > wire) faults += 1;
  if (variant === 'nokia') return faults + (isNokiaMark(numbers.u32(at + 16)) ? 0 : 1);
  return variant === 'plain' ? faults : faults + patchedFieldFaults(numbers, at);
}

/** Interface index, protocol (linux/if_ether.h) and packet type (linux/if_packet.h) of 1999's patches. */
function patchedFieldFaults(numbers: EndianReader, at: number): number {
  const protocol = numbers.u16(at + 20);
  const knownProtocol = protocol >= 0x0600 || protocol <= 0x17 || protocol === 0x60 || protocol === 0x200 || protocol === 0x400;
  return (numbers.u32(at + 16) > 10_000 ? 1 : 0) + (knownProtocol ? 0 : 1) + (numbers.u8(at + 22) > 4 ? 1 : 0);
}

/** Values seen in Nokia files: 0x[9b]fbf[bd][69]0[12]. */
function isNokiaMark(value: number): boolean {
  const hex = value.toString(16).padStart(8, '0');
  return /^[9b]fbf[bd][69]0[12]$/.test(hex);
}
