/**
 * Ethernet (with up to two VLAN tags) + IPv4 without options or fragments, or IPv6 without
 * extension headers, + TCP or UDP (and ARP, echoes, neighbour discovery, which have nothing to index): read straight from the bytes, into the same conversation
 * tables as the dissectors use. Whatever is not exactly that is refused and takes the way
 * through the dissectors. Sources: IEEE 802.3 §3, RFC 791 §3.1,
 * RFC 8200 §3, RFC 9293 §3.1, RFC 768.
 */
import { readU16, readU32, readU8 } from '../bytes/reader.ts';
import type { PacketRecord } from '../records/record.ts';
import type { ConversationKind } from './packet-columns.ts';
import type { Streams } from '../streams/streams.ts';
import { readOptions } from '../streams/tcp-options.ts';
import { emptySegment } from '../streams/tcp-segment.ts';

const ETHERNET = 1;
const UDP_HEADER = 8;
const ARP = 0x0806;

export class FastPath {
  /** What the last `index` that returned true found. */
  found: ConversationKind = 'none';
  stream = 0;
  private readonly streams: Streams;
  private readonly segment = emptySegment();
  /** Network header found by `network`: addresses and the payload's span on the wire. */
  private version: 4 | 6 = 4;
  private sourceAt = 0;
  private destinationAt = 0;
  private payloadAt = 0;
  private payloadLength = 0;
  private protocol = 0;
  /** Where the frame ended on the wire; capturing may have cut it before. */
  private wireEnd = 0;

  constructor(streams: Streams) {
    this.streams = streams;
  }

  /** True when the packet was indexed here; false leaves everything as it was. */
  index(record: PacketRecord, linkType: number, packet: number): boolean {
    if (linkType !== ETHERNET) return false;
    const start = record.bytesStart;
    const end = start + record.capturedLength;
    this.wireEnd = start + record.wireLength;
    if (!this.network(record.bytes, start, end)) return false;
    if (this.protocol === 6) return this.tcp(record, end, packet);
    if (this.protocol === 17) return this.udp(record, end);
    this.found = 'none';
    return this.hasNoConversation(record.bytes, end);
  }

  /** ARP, echoes and neighbour discovery belong to no conversation and quote no packet that does. */
  private hasNoConversation(bytes: Uint8Array, end: number): boolean {
    if (this.protocol === -1) return true;
    if (this.payloadAt >= end) return false;
    const type = readU8(bytes, this.payloadAt);
    if (this.protocol === 1) return type === 0 || type === 8;
    return this.protocol === 58 && (type === 128 || type === 129 || (type >= 133 && type <= 136));
  }

  private network(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start + 12;
    if (at + 2 + 40 > end) return this.isArp(bytes, at, end);
    let type = readU16(bytes, at);
    for (let tags = 0; tags < 2 && type === 0x8100; tags += 1) {
      at += 4;
      type = readU16(bytes, at);
    }
    at += 2;
    this.protocol = -1;
    if (type === ARP) return true;
    if (type === 0x0800) return this.ipv4(bytes, at, end);
    return type === 0x86dd && this.ipv6(bytes, at, end);
  }

  private isArp(bytes: Uint8Array, at: number, end: number): boolean {
    this.protocol = -1;
    return at + 2 <= end && readU16(bytes, at) === ARP;
  }

  private ipv4(bytes: Uint8Array, at: number, end: number): boolean {
    if (at + 20 > end || readU8(bytes, at) !== 0x45) return false;
    const total = readU16(bytes, at + 2);
    // Fragments, and lengths that contradict the frame, are for the dissectors.
    if ((readU16(bytes, at + 6) & 0xbfff) !== 0 || total < 20 || at + total > this.wireEnd) return false;
    this.version = 4;
    this.protocol = readU8(bytes, at + 9);
    this.sourceAt = at + 12;
    this.destinationAt = at + 16;
    this.payloadAt = at + 20;
    this.payloadLength = total - 20;
    return true;
  }

  private ipv6(bytes: Uint8Array, at: number, end: number): boolean {
    if (at + 40 > end || readU8(bytes, at) >> 4 !== 6) return false;
    this.version = 6;
    this.payloadLength = readU16(bytes, at + 4);
    this.protocol = readU8(bytes, at + 6);
    this.sourceAt = at + 8;
    this.destinationAt = at + 24;
    this.payloadAt = at + 40;
    return this.payloadLength > 0 && this.payloadAt + this.payloadLength <= this.wireEnd;
  }

  private udp(record: PacketRecord, end: number): boolean {
    const { bytes } = record;
    const at = this.payloadAt;
    if (at + UDP_HEADER > end || readU16(bytes, at + 4) !== this.payloadLength) return false;
    const { addresses, udp } = this.streams;
    const source = addresses.intern(this.version, bytes, this.sourceAt);
    const destination = addresses.intern(this.version, bytes, this.destinationAt);
    this.found = 'udp';
    this.stream = udp.findOrAdd(source, readU16(bytes, at), destination, readU16(bytes, at + 2));
    return true;
  }

  private tcp(record: PacketRecord, end: number, packet: number): boolean {
    const { bytes } = record;
    const at = this.payloadAt;
    if (at + 20 > end) return false;
    const headerLength = (readU8(bytes, at + 12) >> 4) * 4;
    if (headerLength < 20 || headerLength > this.payloadLength || at + headerLength > end) return false;
    const { segment, streams } = this;
    segment.flags = readU16(bytes, at + 12) & 0x0fff;
    readOptions(bytes, at + 20, at + headerLength, segment);
    segment.packet = packet;
    segment.timeSeconds = record.timeSeconds;
    segment.timeNanos = record.timeNanos;
    segment.source = streams.addresses.intern(this.version, bytes, this.sourceAt);
    segment.destination = streams.addresses.intern(this.version, bytes, this.destinationAt);
    segment.sourcePort = readU16(bytes, at);
    segment.destinationPort = readU16(bytes, at + 2);
    segment.sequence = readU32(bytes, at + 4);
    segment.acknowledgment = readU32(bytes, at + 8);
    segment.window = readU16(bytes, at + 14);
    segment.payloadLength = this.payloadLength - headerLength;
    this.found = 'tcp';
    this.stream = streams.tcp.observe(segment, streams.addresses);
    return true;
  }
}
