/** IPv4, IPv6, ICMP and ICMPv6, with their checksums. */
import { type Bytes, concat, u16, u32, u8 } from './bytes.ts';
import { internetChecksum, transportChecksum, withChecksum } from './checksum.ts';
import { etherType } from './link.ts';

export const ipProtocol = { hopByHop: 0, icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

export interface IpPacket {
  /** 4 bytes make it IPv4, 16 bytes IPv6. */
  readonly source: Bytes;
  readonly destination: Bytes;
  readonly protocol: number;
  readonly payload: Bytes;
  /** Time to live or hop limit; 64 unless told. */
  readonly ttl?: number;
  /** IPv4 identification; 0 unless told (RFC 6864 allows it with DF set). */
  readonly identification?: number;
  readonly dontFragment?: boolean;
  /** DSCP and ECN. */
  readonly trafficClass?: number;
  readonly flowLabel?: number;
}

/** RFC 791 §3.1 or RFC 8200 §3. */
export function ipPacket(packet: IpPacket): Bytes {
  return packet.source.length === 4 ? ipv4(packet) : ipv6(packet);
}

export function etherTypeOf(address: Bytes): number {
  return address.length === 4 ? etherType.ipv4 : etherType.ipv6;
}

function ipv4({ source, destination, protocol, payload, ttl = 64, identification = 0, dontFragment = true, trafficClass = 0 }: IpPacket): Bytes {
  const header = concat(u8(0x45, trafficClass), u16(20 + payload.length), u16(identification), u16(dontFragment ? 0x4000 : 0), u8(ttl, protocol), u16(0), source, destination);
  return concat(withChecksum(header, 10, internetChecksum(header)), payload);
}

function ipv6({ source, destination, protocol, payload, ttl = 64, trafficClass = 0, flowLabel = 0 }: IpPacket): Bytes {
  const first = 0x60000000 + trafficClass * 0x100000 + flowLabel;
  return concat(u32(first), u16(payload.length), u8(protocol, ttl), source, destination, payload);
}

export interface IcmpMessage {
  readonly type: number;
  readonly code?: number;
  /** The four bytes after the checksum: identifier and sequence number, MTU, or unused. */
  readonly rest?: Bytes;
  readonly body?: Bytes;
}

export function echo(identifier: number, sequence: number): Bytes {
  return concat(u16(identifier), u16(sequence));
}

/** RFC 792. */
export function icmp({ type, code = 0, rest = u32(0), body = u8() }: IcmpMessage): Bytes {
  const message = concat(u8(type, code), u16(0), rest, body);
  return withChecksum(message, 2, internetChecksum(message));
}

/** RFC 4443: its checksum covers the addresses. */
export function icmpv6(source: Bytes, destination: Bytes, { type, code = 0, rest = u32(0), body = u8() }: IcmpMessage): Bytes {
  const message = concat(u8(type, code), u16(0), rest, body);
  return withChecksum(message, 2, transportChecksum(source, destination, ipProtocol.icmpv6, message));
}

/** What an ICMP error quotes: the IPv4 header and 8 bytes, or more as Linux does (RFC 1812 §4.3.2.3). */
export function quote(packet: Bytes, length = 28): Bytes {
  return packet.subarray(0, length);
}

/** A neighbour discovery option (RFC 4861 §4.6): its length counts units of 8 bytes. */
export function ndpOption(type: number, content: Bytes): Bytes {
  return concat(u8(type, (content.length + 2) / 8), content);
}
