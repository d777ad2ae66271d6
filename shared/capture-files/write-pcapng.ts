/**
 * Writes pcapng blocks (IETF draft-ietf-opsawg-pcapng), version 1.0. A file is a
 * section block, its interface blocks, then packets; blocks are separate, so
 * that a saver can write packet after packet without holding the file.
 */
import { EndianWriter } from '../bytes/endian-writer.ts';
import { BLOCK } from './pcapng-blocks.ts';
import type { WrittenPacket } from './write-pcap.ts';

const encoder = new TextEncoder();

/** An option by its code: text, or bytes as they are. */
export interface WrittenOption {
  readonly code: number;
  readonly value: string | Uint8Array;
}

export interface WrittenInterface {
  readonly linkType: number;
  /** Default 0: no limit. */
  readonly snapLength?: number;
  /** if_tsresol as its byte: 9 = nanoseconds, 0x80 | n = 2^-n s; absent = microseconds. */
  readonly timeResolution?: number;
  readonly timeOffsetSeconds?: bigint;
  readonly options?: readonly WrittenOption[];
}

export interface WrittenEnhancedPacket extends WrittenPacket {
  /** Number of the interface in its section; default 0. */
  readonly interfaceIndex?: number;
  readonly comments?: readonly string[];
  readonly packetFlags?: number;
}

/** Writes the blocks of one section in one byte order. */
export class PcapngBlocks {
  readonly littleEndian: boolean;
  #ticksPerSecond: bigint[] = [];
  #offsets: bigint[] = [];

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
  }

  /** Section Header Block; begins a section, so that interfaces count from 0 again. */
  section(options: readonly WrittenOption[] = []): Uint8Array {
    this.#ticksPerSecond = [];
    this.#offsets = [];
    const body = this.#body().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1n);
    return this.block(BLOCK.section, writeOptions(body, options).finish());
  }

  /** Interface Description Block. */
  interface(description: WrittenInterface): Uint8Array {
    const resolution = description.timeResolution ?? 6;
    const exponent = BigInt(resolution & 0x7f);
    this.#ticksPerSecond.push((resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent);
    this.#offsets.push(description.timeOffsetSeconds ?? 0n);
    const options: WrittenOption[] = [...(description.options ?? [])];
    if (description.timeResolution !== undefined) options.push({ code: 9, value: Uint8Array.of(resolution) });
    if (description.timeOffsetSeconds !== undefined) options.push({ code: 14, value: this.#body().u64(description.timeOffsetSeconds).finish() });
    const body = this.#body().u16(description.linkType).u16(0).u32(description.snapLength ?? 0);
    return this.block(BLOCK.interface, writeOptions(body, options).finish());
  }

  /** Enhanced Packet Block; the time is cut off to the interface's units. */
  enhancedPacket(packet: WrittenEnhancedPacket): Uint8Array {
    const index = packet.interfaceIndex ?? 0;
    const ticks = this.#ticks(packet, index);
    const options: WrittenOption[] = (packet.comments ?? []).map((value) => ({ code: 1, value }));
    if (packet.packetFlags !== undefined) options.push({ code: 2, value: this.#body().u32(packet.packetFlags).finish() });
    const body = this.#body()
      .u32(index)
      .u32(Number(ticks >> 32n)).u32(Number(ticks & 0xffff_ffffn))
      .u32(packet.bytes.length)
      .u32(packet.wireLength ?? packet.bytes.length)
      .bytes(packet.bytes)
      .align(4);
    return this.block(BLOCK.enhancedPacket, writeOptions(body, options).finish());
  }

  /** Simple Packet Block: no time, first interface. */
  simplePacket(bytes: Uint8Array, wireLength = bytes.length): Uint8Array {
    return this.block(BLOCK.simplePacket, this.#body().u32(wireLength).bytes(bytes).finish());
  }

  /** Interface Statistics Block. `options`: 4 received, 5 dropped by the interface, 7 by the system; 8 bytes each. */
  statistics(interfaceIndex: number, counters: ReadonlyMap<number, bigint>): Uint8Array {
    const options = Array.from(counters, ([code, count]) => ({ code, value: this.#body().u64(count).finish() }));
    return this.block(BLOCK.statistics, writeOptions(this.#body().u32(interfaceIndex).u32(0).u32(0), options).finish());
  }

  /** Decryption Secrets Block. */
  secrets(type: number, data: Uint8Array): Uint8Array {
    return this.block(BLOCK.secrets, this.#body().u32(type).u32(data.length).bytes(data).finish());
  }

  /** Any block by its type; the body is padded to a multiple of 4. */
  block(type: number, body: Uint8Array): Uint8Array {
    const length = 12 + ((body.length + 3) & ~3);
    return this.#body().u32(type).u32(length).bytes(body).align(4).u32(length).finish();
  }

  #body(): EndianWriter {
    return new EndianWriter(this.littleEndian);
  }

  #ticks(packet: WrittenPacket, index: number): bigint {
    const perSecond = this.#ticksPerSecond[index] ?? 1_000_000n;
    const seconds = BigInt(packet.timeSeconds) - (this.#offsets[index] ?? 0n);
    return BigInt.asUintN(64, seconds * perSecond + (BigInt(packet.timeNanos) * perSecond) / 1_000_000_000n);
  }
}

/** Options, closed by opt_endofopt; nothing at all where there are none. */
function writeOptions(body: EndianWriter, options: readonly WrittenOption[]): EndianWriter {
  for (const { code, value } of options) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    body.u16(code).u16(bytes.length).bytes(bytes).align(4);
  }
  return options.length === 0 ? body : body.u32(0);
}

/** A whole file of one section with one interface. */
export function writePcapng(
  packets: Iterable<WrittenEnhancedPacket>, description: WrittenInterface = { linkType: 1 }, littleEndian = true,
): Uint8Array {
  const blocks = new PcapngBlocks(littleEndian);
  const file = new EndianWriter(littleEndian).bytes(blocks.section()).bytes(blocks.interface(description));
  for (const packet of packets) file.bytes(blocks.enhancedPacket(packet));
  return file.finish();
}
