/**
 * Reads pcap files: chunks in, records out.
 *
 * The loop over records allocates nothing. A record whose header is unusual
 * (longer than the snapshot length or than the frame on the wire, no length at
 * all, a fraction of a second that is none, a time far from the last) is not believed if it cannot be, or
 * if no record follows where it says and others begin inside what it claims.
 * Then the reader searches for the next place where records follow each other,
 * and tells which bytes it left out.
 * Sources: IETF draft-ietf-opsawg-pcap §5; spec of salvage: see pcap-salvage.ts.
 */
import { EndianReader } from '../bytes/endian-reader.ts';
import type { CaptureReader, CaptureSink, PacketRecord } from '../records/record.ts';
import { largestPacketBytes } from './link-limits.ts';
import {
  choosePcapVariant, pcapFileHeaderLength, pcapLayout, readPcapFileHeader, type PcapFileHeader, type PcapLayout,
} from './pcap-header.ts';
import { followsChain, isLikelyHeader, NEAR_SECONDS, salvageLimits, SEARCH_SLACK_BYTES, type SalvageLimits } from './pcap-salvage.ts';
import { countOf, grouped, ProblemLog } from './problem-log.ts';
import type { PcapMark } from './sniff.ts';
import { Stitcher, type Parser } from './stitcher.ts';

type Verdict = 'sound' | 'damaged' | 'wait';

const NO_GAP = -1;

export class PcapReader implements CaptureReader, Parser {
  wantedBytes: number;
  packetCount = 0;
  refused = false;
  #sink: CaptureSink;
  #problems: ProblemLog;
  #mark: PcapMark;
  #numbers: EndianReader;
  #stitcher: Stitcher;
  #header: PcapFileHeader | null = null;
  #layout: PcapLayout | null = null;
  #limits: SalvageLimits = salvageLimits(1, 1_000_000, 16);
  /** Captured lengths up to here need no proof; grows when a longer record proves sound. */
  #usualCaptured = 0;
  #largestCaptured = 0;
  /** Decide on the variant with the bytes at hand. */
  #settle = false;
  /** Source position of the first damaged byte; NO_GAP while all is well. */
  #gapStart = NO_GAP;
  #gapReason = '';
  /** The open gap is only a record that the file ends in, unless records are found inside. */
  #gapIsTail = false;
  /** Result of `#findChain`. */
  #chainAt = 0;
  #record: PacketRecord = {
    dataOffset: 0, capturedLength: 0, wireLength: 0, timeSeconds: 0, timeNanos: 0, hasTime: true, interfaceId: 0,
    bytes: new Uint8Array(0), bytesStart: 0, comments: null, packetFlags: 0,
  };

  constructor(sink: CaptureSink, mark: PcapMark, littleEndian: boolean) {
    this.#sink = sink;
    this.#problems = new ProblemLog(sink);
    this.#mark = mark;
    this.#numbers = new EndianReader(littleEndian);
    this.#stitcher = new Stitcher(this);
    this.wantedBytes = pcapFileHeaderLength(mark);
  }

  get consumedBytes(): number {
    return this.#stitcher.consumedBytes;
  }

  push(chunk: Uint8Array): void {
    if (!this.refused) this.#stitcher.push(chunk);
  }

  flush(): void {
    if (this.refused) return;
    this.#settle = true;
    this.#stitcher.parseCarry(false);
    this.#settle = false;
  }

  end(): void {
    if (this.refused) return;
    this.#stitcher.parseCarry(true);
    this.#problems.finish(this.packetCount);
  }

  parse(bytes: Uint8Array, start: number, end: number, offset: number, last: boolean): number {
    if (this.refused) return end - start;
    this.#numbers.attach(bytes);
    this.#record.bytes = bytes;
    const shift = offset - start;
    let position = start;
    if (this.#layout === null) {
      position = this.#readFileHeader(start, end, last);
      if (this.#layout === null) return position - start;
    }
    for (;;) {
      if (this.#gapStart !== NO_GAP) position = this.#search(position, end, shift, last);
      if (this.#gapStart !== NO_GAP) break;
      position = this.#readRecords(this.#layout, position, end, shift, last);
      if (this.#gapStart !== NO_GAP) continue;
      if (!last || position === end) break;
      this.#openGap(position + shift, '', true);
    }
    return position - start;
  }

  /** Returns the position of the first record, or `start` while the header is not complete. */
  #readFileHeader(start: number, end: number, last: boolean): number {
    const length = pcapFileHeaderLength(this.#mark);
    if (end - start < length) {
      if (last) this.#refuse('torn-header', `The file ends inside the pcap file header at byte ${grouped(end - start)}; no packet can be read.`, end - start);
      return start;
    }
    this.#header ??= readPcapFileHeader(this.#numbers, start, this.#mark);
    const header = this.#header;
    if (header.versionMajor < 2) {
      this.#refuse('unsupported-version', `This pcap file says at byte 4 that its version is ${header.versionMajor}.${header.versionMinor}; only version 2 can be read.`, 4);
      return end;
    }
    const choice = choosePcapVariant(this.#numbers, start + length, end, header, last, this.#settle);
    if ('wantedBytes' in choice) {
      this.wantedBytes = length + choice.wantedBytes;
      return start;
    }
    this.#begin(header, pcapLayout(header, choice.variant));
    return start + length;
  }

  #begin(header: PcapFileHeader, layout: PcapLayout): void {
    const limit = largestPacketBytes(layout.linkType);
    this.#layout = layout;
    this.#limits = salvageLimits(layout.linkType, layout.unitsPerSecond, layout.recordHeaderLength, layout.capturedAt, layout.wireAt);
    this.#largestCaptured = limit;
    this.#usualCaptured = layout.snapLength === 0 ? limit : Math.min(layout.snapLength, limit);
    this.wantedBytes = layout.recordHeaderLength;
    this.#sink.format({ name: layout.name, container: 'pcap' });
    this.#sink.interface({
      id: 0, section: 0, linkType: layout.linkType, snapLength: layout.snapLength,
      ticksPerSecond: BigInt(layout.unitsPerSecond), offsetSeconds: 0n, fcsLength: layout.fcsLength,
      name: null, description: null, filter: null, os: null, hardware: null, speedBitsPerSecond: null, comments: [],
    });
    if (header.reservedBits !== 0) {
      this.#odd('reserved-link-bits', `The link type field at byte 20 has reserved bits set (0x${header.reservedBits.toString(16)}); they were ignored.`, 20, 24);
    }
    const known = (header.versionMajor === 2 && header.versionMinor <= 4) || header.versionMajor === 543;
    if (!known) {
      this.#odd('unknown-version', `The file says at byte 4 that its version is ${header.versionMajor}.${header.versionMinor}; it was read as version 2.4.`, 4, 8);
    }
  }

  /** The hot loop. Returns the position of the first byte that it is not done with. */
  #readRecords(layout: PcapLayout, start: number, end: number, shift: number, last: boolean): number {
    const { recordHeaderLength, unitsPerSecond, capturedAt, wireAt, lengthsMaybeSwapped } = layout;
    const numbers = this.#numbers;
    const record = this.#record;
    const sink = this.#sink;
    const nanosPerUnit = 1_000_000_000 / unitsPerSecond;
    let position = start;
    if (position + recordHeaderLength > end) {
      this.wantedBytes = recordHeaderLength;
      return position;
    }
    let previousSeconds = this.packetCount > 0 ? record.timeSeconds : numbers.u32(position);
    while (position + recordHeaderLength <= end) {
      const seconds = numbers.u32(position);
      const fraction = numbers.u32(position + 4);
      let captured = numbers.u32(position + capturedAt);
      let wire = numbers.u32(position + wireAt);
      if (lengthsMaybeSwapped && captured > wire) [captured, wire] = [wire, captured];
      const isFarInTime = seconds - previousSeconds > NEAR_SECONDS || previousSeconds - seconds > NEAR_SECONDS;
      if (captured > this.#usualCaptured || captured > wire || wire === 0 || fraction >= unitsPerSecond || isFarInTime) {
        const verdict = this.#judge(layout, position, end, shift, captured, wire, fraction, last);
        if (verdict === 'wait') return position;
        if (verdict === 'damaged') return position + 1;
      }
      const next = position + recordHeaderLength + captured;
      if (next > end) {
        this.wantedBytes = next - position;
        return position;
      }
      record.timeSeconds = seconds;
      previousSeconds = seconds;
      record.timeNanos = fraction * nanosPerUnit;
      if (fraction >= unitsPerSecond) carryNanos(record);
      record.dataOffset = position + recordHeaderLength + shift;
      record.bytesStart = position + recordHeaderLength;
      record.capturedLength = captured;
      record.wireLength = wire;
      if (layout.padding > 0) skipPadding(record, layout.padding);
      this.packetCount += 1;
      sink.packet(record);
      position = next;
    }
    this.wantedBytes = recordHeaderLength;
    return position;
  }

  /** Whether an unusual record is believed: unless other records turn up in the bytes that it claims. */
  #judge(
    layout: PcapLayout, position: number, end: number, shift: number,
    captured: number, wire: number, fraction: number, last: boolean,
  ): Verdict {
    const at = position + shift;
    const number = grouped(this.packetCount + 1);
    if (captured > this.#largestCaptured) {
      return this.#damaged(at, `the record of packet ${number} claims ${countOf(captured, 'captured byte')}, more than the ${grouped(this.#largestCaptured)} that a packet may have`);
    }
    const next = position + layout.recordHeaderLength + captured;
    if (next + layout.recordHeaderLength > end && !last) {
      this.wantedBytes = next + layout.recordHeaderLength - position;
      return 'wait';
    }
    // A record that the file ends in is judged with the tail.
    if (next > end) return 'wait';
    const seconds = this.#numbers.u32(position);
    if (captured === 0 && wire === 0 && seconds === 0 && fraction === 0) {
      return this.#damaged(at, `only zeros are where the record of packet ${number} should begin`);
    }
    const isFollowed = next + layout.recordHeaderLength <= end && isLikelyHeader(this.#numbers, next, this.#limits, seconds, true);
    if (isFollowed) {
      this.#usualCaptured = Math.max(this.#usualCaptured, captured);
    } else {
      // Nothing speaks for this record; other records inside the bytes that it claims speak against it.
      const nearSeconds = this.packetCount > 0 ? this.#record.timeSeconds : null;
      const inside = this.#findChain(position + 1, next, end, nearSeconds, last);
      if (inside === 'wait') {
        this.wantedBytes += this.#chainAt - position;
        return 'wait';
      }
      if (inside === 'found') {
        return this.#damaged(at, `the record of packet ${number} claims ${countOf(captured, 'captured byte')} of ${grouped(wire)}, but other records begin before it would end`);
      }
    }
    this.#tellOddity(layout, at, captured, wire, fraction);
    return 'sound';
  }

  #tellOddity(layout: PcapLayout, at: number, captured: number, wire: number, fraction: number): void {
    const where = `Packet ${grouped(this.packetCount + 1)} at byte ${grouped(at)}`;
    const end = at + layout.recordHeaderLength;
    if (fraction >= layout.unitsPerSecond) {
      this.#odd('fraction-over-second', `${where} has a time stamp whose fraction is more than a second; it was carried over.`, at, end);
    }
    if (captured > wire) {
      this.#odd('captured-over-wire', `${where} says that more bytes were captured (${grouped(captured)}) than were on the wire (${grouped(wire)}).`, at, end);
    }
    if (layout.snapLength > 0 && captured > layout.snapLength) {
      this.#odd('captured-over-snaplen', `${where} has ${countOf(captured, 'captured byte')}, more than the ${grouped(layout.snapLength)} that the file header states as the limit.`, at, end);
    }
  }

  #damaged(at: number, reason: string): Verdict {
    this.#openGap(at, reason, false);
    return 'damaged';
  }

  #openGap(at: number, reason: string, isTail: boolean): void {
    this.#gapStart = at;
    this.#gapReason = reason;
    this.#gapIsTail = isTail;
  }

  /**
   * Looks for records that follow each other, beginning at a position from `start` to before `stop`;
   * `#chainAt` is where they begin, or how far the search came. 'wait': `wantedBytes`, from there on, decide.
   */
  #findChain(start: number, stop: number, end: number, nearSeconds: number | null, last: boolean): 'found' | 'none' | 'wait' {
    const lastStart = Math.min(stop - 1, end - this.#limits.headerLength);
    let position = start;
    for (; position <= lastStart; position += 1) {
      if (!isLikelyHeader(this.#numbers, position, this.#limits, nearSeconds, false)) continue;
      const verdict = followsChain(this.#numbers, position, end, this.#limits, last);
      if (verdict === 'no') continue;
      this.#chainAt = position;
      if (verdict === 'yes') return 'found';
      // More than asked for, so that a file full of half-likely headers is not copied about byte by byte.
      this.wantedBytes = verdict + SEARCH_SLACK_BYTES;
      return 'wait';
    }
    this.#chainAt = position;
    return 'none';
  }

  /** Looks for the end of the open gap; returns the position up to which bytes are settled. */
  #search(start: number, end: number, shift: number, last: boolean): number {
    const nearSeconds = this.packetCount > 0 ? this.#record.timeSeconds : null;
    const from = Math.max(start, this.#gapStart + 1 - shift);
    const found = this.#findChain(from, end, end, nearSeconds, last);
    if (found === 'wait') return this.#chainAt;
    if (found === 'found') {
      this.#closeGap(this.#chainAt + shift);
      return this.#chainAt;
    }
    if (!last) {
      // A search goes on by large steps: what is left of one would otherwise be joined with the next byte by byte.
      this.wantedBytes = SEARCH_SLACK_BYTES;
      return Math.min(this.#chainAt, end);
    }
    this.#giveUp(end + shift);
    return end;
  }

  #closeGap(at: number): void {
    const reason = this.#gapIsTail
      ? `the record of packet ${grouped(this.packetCount + 1)} claims more bytes than the file has left`
      : this.#gapReason;
    this.#problems.gap('damaged-record', reason, this.#gapStart, at, this.packetCount);
    this.#gapStart = NO_GAP;
  }

  #giveUp(at: number): void {
    if (this.#gapIsTail) this.#problems.tornTail(`packet ${grouped(this.packetCount + 1)}`, this.#gapStart, at, this.packetCount);
    else this.#problems.unreadableRest('damaged-rest', this.#gapReason, this.#gapStart, at, this.packetCount);
    this.#gapStart = NO_GAP;
  }

  #odd(code: string, message: string, offset: number, end: number): void {
    this.#problems.odd(code, message, offset, end, this.packetCount);
  }

  #refuse(code: string, message: string, offset: number): void {
    this.refused = true;
    this.#problems.refuse(code, message, offset);
  }
}

/** Makes time of a fraction of a second that is more than one. */
function carryNanos(record: PacketRecord): void {
  const seconds = Math.floor(record.timeNanos / 1_000_000_000);
  record.timeSeconds += seconds;
  record.timeNanos -= seconds * 1_000_000_000;
}

/** AIX puts bytes before FDDI frames that belong to no frame. */
function skipPadding(record: PacketRecord, padding: number): void {
  const skipped = Math.min(padding, record.capturedLength);
  record.dataOffset += skipped;
  record.bytesStart += skipped;
  record.capturedLength -= skipped;
  record.wireLength = Math.max(0, record.wireLength - padding);
}
