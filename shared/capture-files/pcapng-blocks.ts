/**
 * Blocks and options of pcapng (IETF draft-ietf-opsawg-pcapng), read out of a
 * complete block. Packet blocks are not here: they have a fast path in pcapng.ts.
 */
import type { EndianReader } from '../bytes/endian-reader.ts';
import { utf8 } from '../bytes/reader.ts';
import type { CaptureInterface, CaptureSection, InterfaceStatistics } from '../records/record.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';

export const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 1,
  /** Obsolete; §A of the draft. */
  packet: 2,
  simplePacket: 3,
  names: 4,
  statistics: 5,
  enhancedPacket: 6,
  secrets: 10,
} as const;

/** Blocks that are known and hold nothing that is shown: a name for each. */
export const SKIPPED_BLOCKS: ReadonlyMap<number, string> = new Map([
  [7, 'IRIG time stamp'],
  [8, 'ARINC 429'],
  [9, 'systemd journal export'],
  [11, 'Hone project machine info'],
  [12, 'Hone project connection event'],
  [0x201, 'Sysdig machine info'],
  [0x202, 'Sysdig process list'],
  [0x203, 'Sysdig descriptor list'],
  [0x204, 'Sysdig event'],
  [0x205, 'Sysdig interface list'],
  [0x206, 'Sysdig user list'],
  [0x207, 'Sysdig process list 2'],
  [0x208, 'Sysdig event with flags'],
  [0x209, 'Sysdig process list 3'],
  [0x210, 'Sysdig process list 4'],
  [0x211, 'Sysdig process list 5'],
  [0x212, 'Sysdig process list 6'],
  [0x213, 'Sysdig process list 7'],
  [0x214, 'Sysdig process list 8'],
  [0x215, 'Sysdig process list 9'],
  [0x216, 'Sysdig event 2'],
  [0x217, 'Sysdig event with flags 2'],
  [0x80000001, 'macOS process information'],
  [0x00000bad, 'custom'],
  [0x40000bad, 'custom, not to be copied'],
]);

const OPTION = { end: 0, comment: 1, hardware: 2, os: 3, application: 4 } as const;
const INTERFACE_OPTION = {
  name: 2, description: 3, speed: 8, timeResolution: 9, filter: 11, os: 12, fcsLength: 13, timeOffset: 14, hardware: 15,
} as const;
const STATISTICS_OPTION = { received: 4, dropped: 5, droppedByKernel: 7 } as const;

/**
 * Options of a block. Walks as far as they make sense and remembers whether they
 * ran past their block: what was read before is kept (`overrun`).
 */
export class OptionWalk {
  code = 0;
  start = 0;
  length = 0;
  overrun = false;
  #numbers: EndianReader;
  #next: number;
  #end: number;

  constructor(numbers: EndianReader, start: number, end: number) {
    this.#numbers = numbers;
    this.#next = start;
    this.#end = end;
  }

  /** Goes to the next option; false at the end. */
  next(): boolean {
    if (this.#next + 4 > this.#end) return false;
    this.code = this.#numbers.u16(this.#next);
    this.length = this.#numbers.u16(this.#next + 2);
    this.start = this.#next + 4;
    if (this.code === OPTION.end) return false;
    if (this.start + this.length > this.#end) {
      this.overrun = true;
      return false;
    }
    this.#next = this.start + ((this.length + 3) & ~3);
    return true;
  }

  /** The value as text; writers that count a closing NUL are forgiven. */
  text(): string {
    const value = utf8(this.#numbers.bytes, this.start, this.start + this.length);
    const nul = value.indexOf('\0');
    return nul < 0 ? value : value.slice(0, nul);
  }

  /** True where the option is a comment. */
  isComment(): boolean {
    return this.code === OPTION.comment;
  }
}

/** 10^-v, or 2^-v where the top bit is set; a missing option means microseconds. */
export function ticksPerSecondOf(timeResolution: number): bigint {
  const exponent = BigInt(timeResolution & 0x7f);
  return (timeResolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
}

export interface Parsed<T> {
  readonly value: T;
  readonly overrun: boolean;
}

/** `end` = first byte after the options, that is, of the trailing length. */
export function readSection(numbers: EndianReader, at: number, end: number, index: number): Parsed<CaptureSection> {
  const options = new OptionWalk(numbers, at + 24, end);
  let hardware: string | null = null;
  let os: string | null = null;
  let application: string | null = null;
  const comments: string[] = [];
  while (options.next()) {
    if (options.isComment()) comments.push(options.text());
    else if (options.code === OPTION.hardware) hardware ??= options.text();
    else if (options.code === OPTION.os) os ??= options.text();
    else if (options.code === OPTION.application) application ??= options.text();
  }
  const value = { index, littleEndian: numbers.littleEndian, hardware, os, application, comments };
  return { value, overrun: options.overrun };
}

export function readInterface(
  numbers: EndianReader, at: number, end: number, id: number, section: number,
): Parsed<CaptureInterface> {
  const options = new OptionWalk(numbers, at + 16, end);
  const texts = new Map<number, string>();
  const comments: string[] = [];
  let ticksPerSecond: bigint | null = null;
  let offsetSeconds: bigint | null = null;
  let fcsLength: number | null = null;
  let speed: number | null = null;
  while (options.next()) {
    const { code, start, length } = options;
    if (options.isComment()) comments.push(options.text());
    else if (code === INTERFACE_OPTION.timeResolution && length >= 1) ticksPerSecond ??= ticksPerSecondOf(numbers.u8(start));
    else if (code === INTERFACE_OPTION.timeOffset && length >= 8) offsetSeconds ??= numbers.i64(start);
    else if (code === INTERFACE_OPTION.fcsLength && length >= 1) fcsLength ??= numbers.u8(start);
    else if (code === INTERFACE_OPTION.speed && length >= 8) speed ??= Number(numbers.u64(start));
    else if (code === INTERFACE_OPTION.filter && length >= 1) setOnce(texts, code, filterText(numbers, start, length));
    else setOnce(texts, code, options.text());
  }
  const value: CaptureInterface = {
    id, section,
    linkType: numbers.u16(at + 8),
    snapLength: numbers.u32(at + 12),
    ticksPerSecond: ticksPerSecond ?? 1_000_000n,
    offsetSeconds: offsetSeconds ?? 0n,
    fcsLength,
    name: texts.get(INTERFACE_OPTION.name) ?? null,
    description: texts.get(INTERFACE_OPTION.description) ?? null,
    filter: texts.get(INTERFACE_OPTION.filter) ?? null,
    os: texts.get(INTERFACE_OPTION.os) ?? null,
    hardware: texts.get(INTERFACE_OPTION.hardware) ?? null,
    speedBitsPerSecond: speed,
    comments,
  };
  return { value, overrun: options.overrun };
}

/** An option that may be given once counts the first time (as in Wireshark). */
function setOnce(texts: Map<number, string>, code: number, text: string): void {
  if (!texts.has(code)) texts.set(code, text);
}

/** First byte 0 = filter text; 1 = BPF instructions of 8 bytes each. */
function filterText(numbers: EndianReader, start: number, length: number): string {
  const kind = numbers.u8(start);
  if (kind === 0) return utf8(numbers.bytes, start + 1, start + length).replace(/\0.*$/s, '');
  return kind === 1 ? `(BPF program, ${Math.floor((length - 1) / 8)} instructions)` : `(filter of unknown kind ${kind})`;
}

export function readStatistics(numbers: EndianReader, at: number, end: number, interfaceId: number): Parsed<InterfaceStatistics> {
  const options = new OptionWalk(numbers, at + 20, end);
  let received: number | null = null;
  let droppedByInterface: number | null = null;
  let droppedByKernel: number | null = null;
  while (options.next()) {
    if (options.length < 8) continue;
    if (options.code === STATISTICS_OPTION.received) received ??= Number(numbers.u64(options.start));
    else if (options.code === STATISTICS_OPTION.dropped) droppedByInterface ??= Number(numbers.u64(options.start));
    else if (options.code === STATISTICS_OPTION.droppedByKernel) droppedByKernel ??= Number(numbers.u64(options.start));
  }
  return { value: { interfaceId, received, droppedByInterface, droppedByKernel }, overrun: options.overrun };
}

const NAME_RECORD = { end: 0, ipv4: 1, ipv6: 2 } as const;

/** Tells every name of a Name Resolution Block; true where a record runs past the block. */
export function readNames(numbers: EndianReader, at: number, end: number, tell: (address: string, name: string) => void): boolean {
  let position = at + 8;
  while (position + 4 <= end) {
    const kind = numbers.u16(position);
    const length = numbers.u16(position + 2);
    const start = position + 4;
    if (kind === NAME_RECORD.end) return false;
    if (start + length > end) return true;
    const addressLength = kind === NAME_RECORD.ipv4 ? 4 : kind === NAME_RECORD.ipv6 ? 16 : 0;
    if (addressLength > 0 && length > addressLength) {
      const address = addressLength === 4 ? ipv4Text(numbers.bytes, start) : ipv6Text(numbers.bytes, start);
      const names = utf8(numbers.bytes, start + addressLength, start + length).split('\0');
      for (const name of names) if (name !== '') tell(address, name);
    }
    position = start + ((length + 3) & ~3);
  }
  return false;
}
