/**
 * The deep pass's shortcut: packets with plain headers (plain-headers.ts) enter the dissectors
 * at TCP or UDP, and a segment that only goes on with a message enters none. What comes out is
 * what the dissectors give (deep-pass.test.ts holds both to that, packet by packet).
 */
import { readU16, readU32, readU8 } from '../bytes/reader.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { WANT_NOTHING } from '../dissect/run.ts';
import type { ProtocolInfo } from '../dissect/field.ts';
import type { Layer } from '../dissect/layer.ts';
import { dissectPlainPayload } from '../dissect/protocols/tcp/payload.ts';
import type { TcpLayer } from '../dissect/protocols/tcp/tcp-layer.ts';
import type { PacketInput } from '../dissect/state.ts';
import type { TcpTracker } from '../streams/tcp-tracker.ts';
import { DEPTH, PlainHeaders } from './plain-headers.ts';
import { isPlainTcp } from './plain-tcp.ts';
import { plainChain, settledName } from './packet-kinds.ts';
import type { PacketKinds } from './packet-kinds.ts';

const ETHERNET = 1;
const TCP = 6;
const UDP = 17;
const MIN_TCP_HEADER = 20;

export class DeepFastPath {
  /** What the last `take` that returned true found out: index into SEVERITIES. */
  severity = 0;
  /** Number of the packet's kind. */
  kind = 0;
  private readonly run: Dissection;
  private readonly tracker: TcpTracker;
  private readonly tcp: ProtocolInfo | undefined;
  private readonly udp: ProtocolInfo | undefined;
  private readonly headers = new PlainHeaders();
  /** The plain segment at hand. */
  private readonly segment = { start: 0, flags: 0, sequence: 0, payloadLength: 0, serverPort: 0, analysis: { stream: 0, direction: 0 as 0 | 1, flags: 0 } };

  private readonly kinds: PacketKinds;

  constructor(run: Dissection, kinds: PacketKinds) {
    this.run = run;
    this.kinds = kinds;
    this.tracker = run.state.streams.tcp;
    this.tcp = run.registry.lookup('ip.proto', TCP);
    this.udp = run.registry.lookup('ip.proto', UDP);
  }

  /** True when the packet was worked through here; false leaves everything as it was. */
  take(packet: PacketInput): boolean {
    const { headers, run } = this;
    const { bytes } = packet;
    if (packet.linkType !== ETHERNET || packet.comments !== null) return false;
    if (!headers.read(bytes, 0, bytes.length, packet.wireLength) || !headers.isUnremarkable) return false;
    const protocol = headers.protocol === TCP ? this.tcp : headers.protocol === UDP ? this.udp : undefined;
    if (protocol === undefined) return false;
    const isPlain = protocol === this.tcp && this.readPlain(packet);
    if (isPlain && this.goOn(packet)) return true;
    const network = { version: headers.version, bytes, source: headers.sourceAt, destination: headers.destinationAt };
    const { payloadAt, payloadLength } = headers;
    run.enter(packet, 'deep', WANT_NOTHING, { protocol, depth: DEPTH, network, start: payloadAt, reportedEnd: payloadAt + payloadLength }, isPlain ? this.parsePlain : undefined);
    this.severity = run.severity;
    this.kind = this.kinds.number(settledName(run), `${plainChain(headers)}:${run.protocolNames.join(':')}`, run.isOpen);
    return true;
  }

  /** Whether the packet is a plain segment with payload, all captured and in its place; then `segment` describes it. */
  private readPlain({ bytes, number }: PacketInput): boolean {
    const { headers, tracker, segment } = this;
    const at = headers.payloadAt;
    const end = at + headers.payloadLength;
    const headerLength = (readU8(bytes, at + 12) >> 4) * 4;
    const start = at + headerLength;
    if (headerLength < MIN_TCP_HEADER || start >= end || end > bytes.length) return false;
    if (!isPlainTcp(bytes, at, headerLength) || tracker.flagsOf(number) !== 0 || this.run.state.settings.verifyChecksums) return false;
    const stream = tracker.streamOf(number);
    if (stream < 0) return false;
    const direction = tracker.directionOf(number);
    segment.start = start;
    segment.flags = readU16(bytes, at + 12) & 0x0fff;
    segment.payloadLength = end - start;
    segment.sequence = (readU32(bytes, at + 4) - tracker.baseSequence(stream, direction, number)) >>> 0;
    segment.analysis.stream = stream;
    segment.analysis.direction = direction;
    return true;
  }

  /** True where the segment goes on with a message and does not end it: no dissector need be asked. */
  private goOn({ bytes, number }: PacketInput): boolean {
    const { headers, segment } = this;
    const { stream, direction } = segment.analysis;
    const end = segment.start + segment.payloadLength;
    if (!this.run.state.reassembler.goOn(stream * 2 + direction, number, segment.sequence, bytes, segment.start, end)) return false;
    this.severity = 0;
    this.kind = this.kinds.plainTcp(headers);
    return true;
  }

  private readonly parsePlain = (layer: Layer): void => {
    const { run, segment } = this;
    run.sourcePort = readU16(layer.bytes, layer.start);
    run.destinationPort = readU16(layer.bytes, layer.start + 2);
    segment.serverPort = this.tracker.serverPort(segment.analysis.stream);
    dissectPlainPayload(layer as unknown as TcpLayer, segment.start, segment);
  };
}
