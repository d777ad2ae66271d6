/**
 * Writes pcap (IETF draft-ietf-opsawg-pcap), version 2.4. Header and records are
 * separate, so that a saver can write packet after packet without holding the file.
 */
import { EndianWriter } from '../bytes/endian-writer.ts';

export interface PcapWriteOptions {
  /** Default true. */
  readonly littleEndian?: boolean;
  /** Default false: microseconds, and finer times are cut off. */
  readonly nanoseconds?: boolean;
  /** LINKTYPE_ value; default 1 (Ethernet). */
  readonly linkType?: number;
  /** Default 262,144. */
  readonly snapLength?: number;
  /** Bytes of frame check sequence at the end of each packet; an even number up to 30. */
  readonly fcsLength?: number;
}

export interface WrittenPacket {
  readonly timeSeconds: number;
  readonly timeNanos: number;
  readonly bytes: Uint8Array;
  /** Default: as many as `bytes` has. */
  readonly wireLength?: number;
}

export function pcapFileHeader(options: PcapWriteOptions = {}): Uint8Array {
  const { fcsLength } = options;
  const fcsBits = fcsLength === undefined ? 0 : ((fcsLength / 2) << 28) | 0x0400_0000;
  return new EndianWriter(options.littleEndian ?? true)
    .u32(options.nanoseconds === true ? 0xa1b23c4d : 0xa1b2c3d4)
    .u16(2).u16(4)
    .u32(0).u32(0)
    .u32(options.snapLength ?? 262_144)
    .u32(((options.linkType ?? 1) | fcsBits) >>> 0)
    .finish();
}

export function pcapRecord(packet: WrittenPacket, options: PcapWriteOptions = {}): Uint8Array {
  return new EndianWriter(options.littleEndian ?? true)
    .u32(packet.timeSeconds)
    .u32(options.nanoseconds === true ? packet.timeNanos : Math.floor(packet.timeNanos / 1000))
    .u32(packet.bytes.length)
    .u32(packet.wireLength ?? packet.bytes.length)
    .bytes(packet.bytes)
    .finish();
}

/** A whole file. */
export function writePcap(packets: Iterable<WrittenPacket>, options: PcapWriteOptions = {}): Uint8Array {
  const file = new EndianWriter(options.littleEndian ?? true).bytes(pcapFileHeader(options));
  for (const packet of packets) file.bytes(pcapRecord(packet, options));
  return file.finish();
}
