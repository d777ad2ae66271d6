/**
 * Packets whose headers are plain (plain-headers.ts) + TCP or UDP (and ARP, echoes and
 * neighbour discovery, which have nothing to index): read straight from the bytes, into the
 * same conversation tables as the dissectors use. Whatever is not exactly that is refused and
 * takes the way through the dissectors. Sources: RFC 9293 §3.1, RFC 768, RFC 792, RFC 4861 §4.
 */
import { readI32, readU16, readU32, readU8 } from '../bytes/reader.ts';
import { observeMultipath } from '../dissect/protocols/tcp/mptcp-observe.ts';
import type { PacketRecord } from '../records/record.ts';
import { FlowCache } from './flow-cache.ts';
import type { ConversationKind } from './packet-columns.ts';
import { PlainHeaders } from './plain-headers.ts';
import { isPlainTcp } from './plain-tcp.ts';
import type { Streams } from '../streams/streams.ts';
import { readOptions } from '../streams/tcp-options.ts';
import { emptySegment } from '../streams/tcp-segment.ts';

const ETHERNET = 1;
const UDP_HEADER = 8;

export class FastPath {
  /** What the last `index` that returned true found. */
  found: ConversationKind = 'none';
  stream = 0;
  /** Which side of the conversation sent the packet (see PacketColumns.direction). */
  direction: 0 | 1 = 0;
  /** What is shown of the packet is already sure to be final, and nothing is remarked on. */
  isSettled = false;
  private readonly streams: Streams;
  private readonly segment = emptySegment();
  readonly headers = new PlainHeaders();
  private readonly flows = new FlowCache();
  /** Conversations that had been let go when `flows` began to remember. */
  private forgottenFlows = 0;

  /** By port: 1 where datagrams carry packets that have conversations of their own. */
  private readonly tunnels = new Uint8Array(65_536);

  constructor(streams: Streams, tunnelPorts: readonly (number | string)[] = []) {
    this.streams = streams;
    for (const port of tunnelPorts) this.tunnels[Number(port)] = 1;
  }

  /** True when the packet was indexed here; false leaves everything as it was. */
  index(record: PacketRecord, linkType: number, packet: number): boolean {
    if (linkType !== ETHERNET) return false;
    const start = record.bytesStart;
    const end = start + record.capturedLength;
    const { headers } = this;
    this.isSettled = false;
    if (!headers.read(record.bytes, start, end, start + record.wireLength)) return false;
    if (headers.protocol === 6) return this.tcp(record, end, packet);
    if (headers.protocol === 17) return this.udp(record, end);
    this.found = 'none';
    if (!this.hasNoConversation(record.bytes, end)) return false;
    if (headers.protocol !== -1) this.pair(record.bytes);
    return true;
  }

  /** ARP, echoes and neighbour discovery belong to no conversation and quote no packet that does. */
  private hasNoConversation(bytes: Uint8Array, end: number): boolean {
    const { protocol, payloadAt } = this.headers;
    if (protocol === -1) return true;
    if (payloadAt >= end) return false;
    const type = readU8(bytes, payloadAt);
    if (protocol === 1) return type === 0 || type === 8;
    return protocol === 58 && (type === 128 || type === 129 || (type >= 133 && type <= 136));
  }

  private pair(bytes: Uint8Array): void {
    const { headers } = this;
    const { addresses, ip } = this.streams;
    this.found = 'ip';
    this.stream = ip.findOrAdd(addresses.intern(headers.version, bytes, headers.sourceAt), 0, addresses.intern(headers.version, bytes, headers.destinationAt), 0);
    this.direction = ip.direction;
  }

  private udp(record: PacketRecord, end: number): boolean {
    const { bytes } = record;
    const { headers } = this;
    const at = headers.payloadAt;
    if (at + UDP_HEADER > end || readU16(bytes, at + 4) !== headers.payloadLength) return false;
    const sourcePort = readU16(bytes, at);
    const destinationPort = readU16(bytes, at + 2);
    if (this.tunnels[sourcePort] === 1 || this.tunnels[destinationPort] === 1) return false;
    const { addresses, udp } = this.streams;
    const source = addresses.intern(headers.version, bytes, headers.sourceAt);
    const destination = addresses.intern(headers.version, bytes, headers.destinationAt);
    this.found = 'udp';
    this.stream = udp.findOrAdd(source, sourcePort, destination, destinationPort);
    this.direction = udp.direction;
    return true;
  }

  /** Hands the segment to the tracker, by the numbers of its addresses. */
  private observe(bytes: Uint8Array): number {
    const { headers, segment, streams } = this;
    segment.source = streams.addresses.intern(headers.version, bytes, headers.sourceAt);
    segment.destination = streams.addresses.intern(headers.version, bytes, headers.destinationAt);
    return streams.tcp.observe(segment, streams.addresses);
  }

  private observeIpv4(bytes: Uint8Array): number {
    const { headers, segment, streams, flows } = this;
    // The dissectors would not find those again either.
    if (streams.forgottenFlows !== this.forgottenFlows) {
      flows.clear();
      this.forgottenFlows = streams.forgottenFlows;
    }
    const source = readI32(bytes, headers.sourceAt);
    const destination = readI32(bytes, headers.destinationAt);
    const ports = readI32(bytes, headers.payloadAt);
    const flow = flows.find(source, destination, ports);
    if (flow >= 0) return streams.tcp.observeIn(segment, flow, flows.direction);
    const stream = this.observe(bytes);
    flows.note(source, destination, ports, streams.tcp.latestFlow, streams.tcp.latestFlowDirection);
    return stream;
  }

  private tcp(record: PacketRecord, end: number, packet: number): boolean {
    const { bytes } = record;
    const { headers, segment, streams } = this;
    const at = headers.payloadAt;
    if (at + 20 > end) return false;
    const headerLength = (readU8(bytes, at + 12) >> 4) * 4;
    if (headerLength < 20 || headerLength > headers.payloadLength || at + headerLength > end) return false;
    segment.flags = readU16(bytes, at + 12) & 0x0fff;
    readOptions(bytes, at + 20, at + headerLength, segment);
    segment.packet = packet;
    segment.timeSeconds = record.timeSeconds;
    segment.timeNanos = record.timeNanos;
    segment.sourcePort = readU16(bytes, at);
    segment.destinationPort = readU16(bytes, at + 2);
    segment.sequence = readU32(bytes, at + 4);
    segment.acknowledgment = readU32(bytes, at + 8);
    segment.window = readU16(bytes, at + 14);
    segment.payloadLength = headers.payloadLength - headerLength;
    this.found = 'tcp';
    this.stream = headers.version === 4 ? this.observeIpv4(bytes) : this.observe(bytes);
    this.direction = streams.tcp.direction;
    if (segment.multipath) observeMultipath(streams.multipath, this, bytes, at + 20, at + headerLength);
    // Without payload and remarks, no later packet can change what is shown.
    this.isSettled = segment.payloadLength === 0 && headers.isUnremarkable && streams.tcp.latestFlags === 0 && isPlainTcp(bytes, at, headerLength);
    return true;
  }
}
