/**
 * The commonest headers up to the network layer, read straight from the bytes: Ethernet with
 * up to two VLAN tags and IPv4 without options or fragments, or IPv6 without extension headers
 * (and ARP, which is only recognised). Both fast paths stand on it; whatever is not exactly
 * that is refused and takes the way through the dissectors.
 * Sources: IEEE 802.3 §3, IEEE 802.1Q §9.3, RFC 791 §3.1, RFC 8200 §3.
 */
import { readU16, readU8 } from '../bytes/reader.ts';

const ARP = 0x0806;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN = 0x8100;
const MOST_TAGS = 2;
const TYPE_AT = 12;

/** Below this the IPv4 dissector remarks on the Time To Live. */
const TTL_WITHOUT_REMARK = 5;

export class PlainHeaders {
  version: 4 | 6 = 4;
  /** VLAN tags. */
  tags = 0;
  /** Positions of the addresses. */
  sourceAt = 0;
  destinationAt = 0;
  /** The network layer's payload: its position, and its length on the wire. */
  payloadAt = 0;
  payloadLength = 0;
  /** The payload's IP protocol number; -1 for ARP. */
  protocol = 0;
  /** True when the dissectors of these headers remark on nothing, so that they need not be asked about severity. */
  isUnremarkable = false;

  /** Reads a frame that is captured from `start` to `end` and ended at `wireEnd`. False: not plain. */
  read(bytes: Uint8Array, start: number, end: number, wireEnd: number): boolean {
    let at = start + TYPE_AT;
    this.isUnremarkable = false;
    if (at + 2 + 40 > end) return this.isArp(bytes, at, end);
    let type = readU16(bytes, at);
    this.tags = 0;
    while (this.tags < MOST_TAGS && type === VLAN) {
      at += 4;
      type = readU16(bytes, at);
      this.tags += 1;
    }
    at += 2;
    this.protocol = -1;
    if (type === ARP) return true;
    const isIp = type === IPV4 ? this.ipv4(bytes, at, end, wireEnd) : type === IPV6 && this.ipv6(bytes, at, end, wireEnd);
    // A group as source of a frame (IEEE 802.3 §3.2.3), and padding that is not zero.
    if (isIp && ((readU8(bytes, start + 6) & 1) !== 0 || wireEnd < end || !hasPlainEnd(bytes, this.payloadAt + this.payloadLength, end))) this.isUnremarkable = false;
    return isIp;
  }

  private isArp(bytes: Uint8Array, at: number, end: number): boolean {
    this.protocol = -1;
    return at + 2 <= end && readU16(bytes, at) === ARP;
  }

  private ipv4(bytes: Uint8Array, at: number, end: number, wireEnd: number): boolean {
    if (at + 20 > end || readU8(bytes, at) !== 0x45) return false;
    const total = readU16(bytes, at + 2);
    // Fragments, and lengths that contradict the frame, are for the dissectors.
    if ((readU16(bytes, at + 6) & 0xbfff) !== 0 || total < 20 || at + total > wireEnd) return false;
    this.version = 4;
    this.protocol = readU8(bytes, at + 9);
    this.sourceAt = at + 12;
    this.destinationAt = at + 16;
    this.payloadAt = at + 20;
    this.payloadLength = total - 20;
    const isMulticast = readU8(bytes, at + 16) >= 0xe0;
    this.isUnremarkable = readU8(bytes, at + 8) >= TTL_WITHOUT_REMARK && !isMulticast;
    return true;
  }

  private ipv6(bytes: Uint8Array, at: number, end: number, wireEnd: number): boolean {
    if (at + 40 > end || readU8(bytes, at) >> 4 !== 6) return false;
    this.version = 6;
    this.payloadLength = readU16(bytes, at + 4);
    this.protocol = readU8(bytes, at + 6);
    this.sourceAt = at + 8;
    this.destinationAt = at + 24;
    this.payloadAt = at + 40;
    this.isUnremarkable = true;
    return this.payloadLength > 0 && this.payloadAt + this.payloadLength <= wireEnd;
  }
}

/** Whether what follows the packet in the frame, if anything, is all zeros. */
function hasPlainEnd(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (bytes[at] !== 0) return false;
  return true;
}
