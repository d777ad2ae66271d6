/**
 * The options that TCP analysis needs, read into a `SegmentInput`. The same rules as in
 * dissect/protocols/tcp-options.ts, without recording anything: an option with a wrong
 * length counts as absent, and one that would end the list ends it here, too.
 */
import { readU16, readU32, readU8 } from '../bytes/reader.ts';
import type { SegmentInput } from './tcp-segment.ts';

/** RFC 7323 §2.3: larger shift counts mean 14. */
const MAX_SHIFT = 14;
/** Wireshark counts no more than three blocks when it works out bytes in flight. */
const COUNTED_BLOCKS = 3;

/** NOP, NOP, timestamps and its length: all that most segments have (RFC 7323 appendix A). */
export const NOP_NOP_TIMESTAMPS = 0x0101_080a;
const NOP_NOP_TIMESTAMPS_BYTES = 12;

/** Option kinds (IANA, "TCP Option Kind Numbers"). */
export const OPTION = {
  end: 0, noOperation: 1, mss: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8, multipath: 30, fastOpen: 34, accurateEcn0: 172, accurateEcn1: 174, experiment1: 253, experiment2: 254,
} as const;

/** Reads the options between two positions of `bytes` into `segment`; whatever they hold, it ends and does not throw. */
export function readOptions(bytes: Uint8Array, from: number, end: number, segment: SegmentInput): void {
  segment.windowScale = -1;
  segment.mss = -1;
  segment.sackPermitted = false;
  segment.timestamps = false;
  segment.sackBlocks = 0;
  segment.sackedBytes = 0;
  segment.fastOpenCookie = false;
  segment.accurateEcn = false;
  segment.multipath = false;
  if (end - from === NOP_NOP_TIMESTAMPS_BYTES && readU32(bytes, from) === NOP_NOP_TIMESTAMPS) {
    segment.timestamps = true;
    return;
  }
  for (let at = from; at < end; ) {
    const kind = readU8(bytes, at);
    const length = optionLength(kind, bytes, at, end);
    if (length === 0) return;
    if (length > 1) readOption(bytes, at, kind, length, segment);
    at += length;
  }
}

/** Bytes of the option of a kind at `at`: 1 only for padding (NOP), 0 where the list ends, by its mark or because the option cannot be. */
export function optionLength(kind: number, bytes: Uint8Array, at: number, end: number): number {
  if (kind === OPTION.noOperation) return 1;
  if (kind === OPTION.end || at + 1 >= end) return 0;
  const length = readU8(bytes, at + 1);
  return length < 2 || at + length > end ? 0 : length;
}

function readOption(bytes: Uint8Array, at: number, kind: number, length: number, segment: SegmentInput): void {
  switch (kind) {
    case OPTION.timestamps:
      if (length === 10) segment.timestamps = true;
      return;
    case OPTION.mss:
      if (length === 4) segment.mss = readU16(bytes, at + 2);
      return;
    case OPTION.windowScale:
      if (length === 3) segment.windowScale = Math.min(MAX_SHIFT, readU8(bytes, at + 2));
      return;
    case OPTION.sackPermitted:
      if (length === 2) segment.sackPermitted = true;
      return;
    case OPTION.sack:
      readSack(bytes, at + 2, (length - 2) >> 3, segment);
      return;
    case OPTION.multipath:
      segment.multipath = true;
      return;
    case OPTION.fastOpen:
      segment.fastOpenCookie = length > 2;
      return;
    case OPTION.accurateEcn0:
    case OPTION.accurateEcn1:
      if (length === 2 || length === 5 || length === 8 || length === 11) segment.accurateEcn = true;
      return;
    case OPTION.experiment1:
    case OPTION.experiment2:
      if (length >= 4) readExperiment(readU16(bytes, at + 2), length, segment);
      return;
    default:
  }
}

function readSack(bytes: Uint8Array, at: number, blocks: number, segment: SegmentInput): void {
  segment.sackBlocks = blocks;
  let covered = 0;
  for (let block = 0; block < Math.min(blocks, COUNTED_BLOCKS); block += 1) {
    covered += (readU32(bytes, at + block * 8 + 4) - readU32(bytes, at + block * 8)) | 0;
  }
  segment.sackedBytes = covered | 0;
}

/** Shared experimental options carry a two-byte identifier (RFC 6994 §3). */
function readExperiment(identifier: number, length: number, segment: SegmentInput): void {
  if (identifier === 0xf989) segment.fastOpenCookie = length > 4;
  else if ((identifier === 0xacc0 || identifier === 0xacc1) && length % 3 === 1 && length <= 13) segment.accurateEcn = true;
}
