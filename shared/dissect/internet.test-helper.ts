/** Frames for tests of the link and network layer, where every header field can be set wrong. */
import { concat, hex, ip, u16, u32, u8 } from '../../tools/craft/bytes.ts';
import type { Bytes } from '../../tools/craft/bytes.ts';
import { internetChecksum, withChecksum } from '../../tools/craft/checksum.ts';
import { dissectFrames } from './dissect-frames.ts';
import type { DissectedFrame, FrameOptions } from './dissect-frames.ts';

const DESTINATION_MAC = '020000000001';
const SOURCE_MAC = '020000000002';

/** Hex digits or bytes. */
export type Part = string | Bytes;

export function bytes(...parts: readonly Part[]): Bytes {
  return concat(...parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
}

/** An Ethernet frame with a type (or length) and what follows it. */
export function etherFrame(type: number, ...payload: readonly Part[]): Bytes {
  return bytes(DESTINATION_MAC, SOURCE_MAC, u16(type), ...payload);
}

export interface Ipv4Parts {
  readonly protocol: number;
  readonly payload: Part;
  readonly source?: string;
  readonly destination?: string;
  readonly ttl?: number;
  readonly identification?: number;
  /** Flags and fragment offset as they stand in the header. */
  readonly fragment?: number;
  readonly options?: Part;
  /** Total length, where it is to differ from the truth. */
  readonly totalLength?: number;
  readonly checksum?: number;
}

/** An IPv4 packet with a correct checksum, unless told. */
export function ipv4Packet(parts: Ipv4Parts): Bytes {
  const { protocol, source = '10.0.0.1', destination = '10.0.0.2', ttl = 64, identification = 1, fragment = 0 } = parts;
  const options = bytes(parts.options ?? '');
  const payload = bytes(parts.payload);
  const headerLength = 20 + options.length;
  const total = parts.totalLength ?? headerLength + payload.length;
  const header = concat(u8(0x40 + headerLength / 4, 0), u16(total), u16(identification), u16(fragment), u8(ttl, protocol), u16(0), ip(source), ip(destination), options);
  return concat(withChecksum(header, 10, parts.checksum ?? internetChecksum(header)), payload);
}

export function ipv4Frame(parts: Ipv4Parts): Bytes {
  return etherFrame(0x0800, ipv4Packet(parts));
}

export interface Ipv6Parts {
  readonly next: number;
  readonly payload: Part;
  readonly source?: string;
  readonly destination?: string;
  readonly hopLimit?: number;
  readonly payloadLength?: number;
}

export function ipv6Packet({ next, payload, source = '2001:db8::1', destination = '2001:db8::2', hopLimit = 64, payloadLength }: Ipv6Parts): Bytes {
  const content = bytes(payload);
  return concat(u32(0x6000_0000), u16(payloadLength ?? content.length), u8(next, hopLimit), ip(source), ip(destination), content);
}

export function ipv6Frame(parts: Ipv6Parts): Bytes {
  return etherFrame(0x86dd, ipv6Packet(parts));
}

/** A datagram; checksum 0x1234 unless told, so nothing here depends on the addresses. */
export function udpDatagram(payload: Part, { source = 4096, destination = 8192, length = -1, checksum = 0x1234 } = {}): Bytes {
  const content = bytes(payload);
  return concat(u16(source), u16(destination), u16(length < 0 ? 8 + content.length : length), u16(checksum), content);
}

/** An ICMP message with a correct checksum. */
export function icmpMessage(type: number, code: number, ...rest: readonly Part[]): Bytes {
  const message = concat(u8(type, code), u16(0), bytes(...rest));
  return withChecksum(message, 2, internetChecksum(message));
}

/** One frame dissected by itself. */
export function one(frame: Bytes, options?: FrameOptions): DissectedFrame {
  return dissectFrames([frame], options)[0] as DissectedFrame;
}

/** Lines of the tree from the one that begins with `title` to the next layer's. */
export function branch(frame: DissectedFrame, title: string): string {
  const lines = frame.tree.split('\n');
  const from = lines.findIndex((line) => line.startsWith(title));
  const length = lines.slice(from + 1).findIndex((line) => !line.startsWith(' '));
  return lines.slice(from, length < 0 ? undefined : from + 1 + length).join('\n');
}
