/**
 * What stands inside a pcapng block, once its frame is known to be sound.
 *
 * Holds the state of the current section: byte order, interfaces. A block whose
 * inside does not fit its frame is left out and told; what follows is unharmed.
 */
import type { EndianReader } from '../bytes/endian-reader.ts';
import type { CaptureSink, PacketRecord } from '../records/record.ts';
import { largestPacketBytes } from './link-limits.ts';
import {
  BLOCK, OptionWalk, readInterface, readNames, readSection, readStatistics, SKIPPED_BLOCKS,
} from './pcapng-blocks.ts';
import { byteOrderAt } from './pcapng-salvage.ts';
import { setTime, timeScale, type TimeScale } from './pcapng-time.ts';
import { countOf, grouped, type ProblemLog } from './problem-log.ts';

export interface InterfaceState {
  /** Counted on through the sections of the file. */
  readonly id: number;
  readonly scale: TimeScale;
  readonly snapLength: number;
  readonly largestCaptured: number;
}

interface OpenGap {
  readonly code: string;
  readonly reason: string;
  readonly start: number;
  end: number;
}

const PACKET_OPTION_FLAGS = 2;

export class PcapngBlockReader {
  packetCount = 0;
  refused = false;
  readonly record: PacketRecord = {
    dataOffset: 0, capturedLength: 0, wireLength: 0, timeSeconds: 0, timeNanos: 0, hasTime: true, interfaceId: 0,
    bytes: new Uint8Array(0), bytesStart: 0, comments: null, packetFlags: 0,
  };
  #sink: CaptureSink;
  #problems: ProblemLog;
  #numbers: EndianReader;
  #interfaces: InterfaceState[] = [];
  #interfacesInFile = 0;
  #sectionIndex = -1;
  /** Start of a section of an unknown version, whose blocks are passed over; -1 = none. */
  #skippedSectionStart = -1;
  #skippedSectionVersion = '';
  /** Damaged blocks that follow each other are told as one. */
  #openGap: OpenGap | null = null;

  constructor(sink: CaptureSink, problems: ProblemLog, numbers: EndianReader) {
    this.#sink = sink;
    this.#problems = problems;
    this.#numbers = numbers;
  }

  /** False while no section header and no other block was read. */
  get hasBegun(): boolean {
    return this.#sectionIndex >= 0;
  }

  get hasOpenGap(): boolean {
    return this.#openGap !== null;
  }

  /** Sets the byte order from the section header at `at`; false where it has no mark. */
  takeByteOrder(at: number): boolean {
    const order = byteOrderAt(this.#numbers, at + 8);
    if (order < 0) this.#numbers.littleEndian = !this.#numbers.littleEndian;
    return order !== 0;
  }

  /** Interfaces that the current section has described so far. */
  get interfaceCount(): number {
    return this.#interfaces.length;
  }

  /** State of an interface by its number in the current section; null = not described. */
  interfaceState(index: number): InterfaceState | null {
    return index < this.#interfaces.length ? (this.#interfaces[index] as InterfaceState) : null;
  }

  /** Reads the block `[at…next)` of the given type. `shift` = source position minus buffer position. */
  read(type: number, at: number, next: number, shift: number): void {
    if (type === BLOCK.section) {
      this.#readSection(at, next, shift);
      return;
    }
    if (this.#skippedSectionStart >= 0) return;
    // The header of the first section was damaged: its blocks are read all the same.
    if (this.#sectionIndex < 0) this.#beginSection();
    if (type === BLOCK.enhancedPacket) this.#readTimedPacket(this.#numbers.u32(at + 8), at, next, shift);
    else if (type === BLOCK.simplePacket) this.#readSimple(at, next, shift);
    else if (type === BLOCK.packet) this.#readTimedPacket(this.#numbers.u16(at + 8), at, next, shift);
    else if (type === BLOCK.interface) this.#readInterface(at, next, shift);
    else if (type === BLOCK.names) this.#readNames(at, next, shift);
    else if (type === BLOCK.statistics) this.#readStatistics(at, next, shift);
    else if (type === BLOCK.secrets) this.#readSecrets(at, next, shift);
    else this.#skip(type, at, next, shift);
  }

  /** Tells what is still to be told. `end` = bytes of the file. */
  finish(end: number): void {
    this.closeGap();
    this.#endSkippedSection(end);
  }

  closeGap(): void {
    const gap = this.#openGap;
    if (gap === null) return;
    this.#openGap = null;
    this.#problems.gap(gap.code, gap.reason, gap.start, gap.end, this.packetCount);
  }

  #readSection(at: number, next: number, shift: number): void {
    this.closeGap();
    this.#endSkippedSection(at + shift);
    const major = this.#numbers.u16(at + 12);
    const minor = this.#numbers.u16(at + 14);
    if (major !== 1) {
      this.#meetUnknownVersion(`${major}.${minor}`, at + shift);
      return;
    }
    this.#beginSection();
    const { value, overrun } = readSection(this.#numbers, at, next - 4, this.#sectionIndex);
    if (overrun) this.#tellOverrun('section header', at, next, shift);
    if (minor !== 0 && minor !== 2) {
      this.#odd('unknown-version', `The section at byte ${grouped(at + shift)} says that its version is 1.${minor}; it was read as version 1.0.`, at, next, shift);
    }
    this.#sink.section?.(value);
    for (const comment of value.comments) this.#sink.comment(comment);
  }

  #beginSection(): void {
    this.#interfaces = [];
    this.#sectionIndex += 1;
    if (this.#sectionIndex === 0) this.#sink.format({ name: 'pcapng', container: 'pcapng' });
  }

  /** Nothing of the file was understood: says so in place of a tail that nothing comes before. */
  refuse(code: string, message: string, offset: number): void {
    this.refused = true;
    this.#problems.refuse(code, message, offset);
  }

  #meetUnknownVersion(version: string, at: number): void {
    if (this.#sectionIndex < 0) {
      this.refuse('unsupported-version', `This pcapng file says at byte ${at + 12} that its version is ${version}; only version 1 can be read.`, at + 12);
      return;
    }
    this.#interfaces = [];
    this.#skippedSectionStart = at;
    this.#skippedSectionVersion = version;
  }

  #endSkippedSection(end: number): void {
    if (this.#skippedSectionStart < 0) return;
    const reason = `the section there is of version ${this.#skippedSectionVersion} and only version 1 can be read`;
    this.#problems.gap('unsupported-version', reason, this.#skippedSectionStart, end, this.packetCount);
    this.#skippedSectionStart = -1;
  }

  #readInterface(at: number, next: number, shift: number): void {
    const { value, overrun } = readInterface(this.#numbers, at, next - 4, this.#interfacesInFile, this.#sectionIndex);
    if (overrun) this.#tellOverrun('interface description', at, next, shift);
    let offsetSeconds = Number(value.offsetSeconds);
    if (!Number.isSafeInteger(offsetSeconds)) {
      this.#odd('time-offset', `Interface ${value.id} at byte ${grouped(at + shift)} adds ${grouped(value.offsetSeconds)} s to each time, which cannot be shown; its times are shown without it.`, at, next, shift);
      offsetSeconds = 0;
    }
    this.#interfacesInFile += 1;
    this.#interfaces.push({
      id: value.id,
      scale: timeScale(value.ticksPerSecond, offsetSeconds),
      snapLength: value.snapLength,
      largestCaptured: largestPacketBytes(value.linkType),
    });
    this.#sink.interface(value);
  }

  /** Enhanced and obsolete packet blocks, which differ only in how they name the interface (§4.3, §A). */
  #readTimedPacket(interfaceIndex: number, at: number, next: number, shift: number): void {
    const numbers = this.#numbers;
    const record = this.record;
    const state = this.interfaceState(interfaceIndex);
    if (state === null) {
      this.#leaveOut('unknown-interface', `a packet there names interface ${grouped(interfaceIndex)}, which the file does not describe`, at, next, shift);
      return;
    }
    const captured = numbers.u32(at + 20);
    const dataEnd = at + 28 + captured;
    if (dataEnd > next - 4 || captured > state.largestCaptured) {
      this.#leaveOut('packet-too-long', `a packet there claims ${countOf(captured, 'captured byte')}, more than ${dataEnd > next - 4 ? 'its block holds' : 'a packet may have'}`, at, next, shift);
      return;
    }
    setTime(record, state.scale, numbers.u32(at + 12), numbers.u32(at + 16));
    record.interfaceId = state.id;
    record.hasTime = true;
    record.wireLength = numbers.u32(at + 24);
    record.packetFlags = 0;
    record.comments = this.#readPacketOptions(at, at + 28 + ((captured + 3) & ~3), next, shift);
    this.#emit(at + 28, captured, shift);
  }

  /** Sets the flags; returns the comments. */
  #readPacketOptions(at: number, start: number, next: number, shift: number): readonly string[] | null {
    const options = new OptionWalk(this.#numbers, start, next - 4);
    let comments: string[] | null = null;
    while (options.next()) {
      if (options.isComment()) (comments ??= []).push(options.text());
      else if (options.code === PACKET_OPTION_FLAGS && options.length >= 4) this.record.packetFlags = this.#numbers.u32(options.start);
    }
    if (options.overrun) this.#tellOverrun('packet', at, next, shift);
    return comments;
  }

  /** Simple Packet Block: no time, always the section's first interface, captured length from the block's (§4.4). */
  #readSimple(at: number, next: number, shift: number): void {
    const state = this.interfaceState(0);
    if (state === null) {
      this.#leaveOut('unknown-interface', 'a packet there belongs to the first interface, and the file describes none', at, next, shift);
      return;
    }
    const record = this.record;
    const wire = this.#numbers.u32(at + 8);
    const room = next - 4 - (at + 12);
    const limit = state.snapLength === 0 ? wire : Math.min(wire, state.snapLength);
    if (limit > room) {
      this.#odd('simple-packet-short', `Packet ${grouped(this.packetCount + 1)} at byte ${grouped(at + shift)} states ${countOf(wire, 'byte')}, more than its block holds; what is there is shown.`, at, next, shift);
    }
    record.interfaceId = state.id;
    record.hasTime = false;
    record.timeSeconds = 0;
    record.timeNanos = 0;
    record.wireLength = wire;
    record.packetFlags = 0;
    record.comments = null;
    this.#emit(at + 12, Math.min(limit, room), shift);
  }

  #emit(dataStart: number, captured: number, shift: number): void {
    if (this.#openGap !== null) this.closeGap();
    this.record.dataOffset = dataStart + shift;
    this.record.bytesStart = dataStart;
    this.record.capturedLength = captured;
    this.packetCount += 1;
    this.#sink.packet(this.record);
  }

  #readStatistics(at: number, next: number, shift: number): void {
    const index = this.#numbers.u32(at + 8);
    const state = this.interfaceState(index);
    if (state === null) {
      this.#odd('statistics-interface', `The statistics at byte ${grouped(at + shift)} name interface ${grouped(index)}, which the file does not describe; they were left out.`, at, next, shift);
      return;
    }
    const { value, overrun } = readStatistics(this.#numbers, at, next - 4, state.id);
    if (overrun) this.#tellOverrun('interface statistics', at, next, shift);
    this.#sink.statistics(value);
  }

  #readNames(at: number, next: number, shift: number): void {
    const overrun = readNames(this.#numbers, at, next - 4, (address, name) => this.#sink.name(address, name));
    if (overrun) this.#tellOverrun('name resolution', at, next, shift);
  }

  #readSecrets(at: number, next: number, shift: number): void {
    const length = this.#numbers.u32(at + 12);
    if (at + 16 + length > next - 4) {
      this.#leaveOut('secrets-too-long', `secrets there claim ${countOf(length, 'byte')}, more than their block holds`, at, next, shift);
      return;
    }
    // Not slice(): on Node's Buffer that would share the memory.
    this.#sink.secrets(this.#numbers.u32(at + 8), new Uint8Array(this.#numbers.bytes.subarray(at + 16, at + 16 + length)));
  }

  #skip(type: number, at: number, next: number, shift: number): void {
    if (SKIPPED_BLOCKS.has(type)) return;
    const hex = `0x${type.toString(16).padStart(8, '0')}`;
    this.#odd(`unknown-block-${hex}`, `The block at byte ${grouped(at + shift)} is of the unknown type ${hex}; it and others of its type were passed over.`, at, next, shift);
  }

  #leaveOut(code: string, reason: string, at: number, next: number, shift: number): void {
    const start = at + shift;
    const end = next + shift;
    if (this.#openGap !== null && this.#openGap.end === start && this.#openGap.code === code) {
      this.#openGap.end = end;
      return;
    }
    this.closeGap();
    this.#openGap = { code, reason, start, end };
  }

  #tellOverrun(what: string, at: number, next: number, shift: number): void {
    this.#odd(
      'options-overrun',
      `The options of the ${what} block at byte ${grouped(at + shift)} run past its end; those before were read.`, at, next, shift,
    );
  }

  #odd(code: string, message: string, at: number, next: number, shift: number): void {
    this.#problems.odd(code, message, at + shift, next + shift, this.packetCount);
  }
}
