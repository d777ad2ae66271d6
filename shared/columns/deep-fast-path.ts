/**
 * The deep pass's shortcut: packets with plain headers (plain-headers.ts) enter the dissectors
 * at TCP or UDP, and a segment that only goes on with a message enters none. What comes out is
 * what the dissectors give (deep-pass.test.ts holds both to that, packet by packet).
 */
import { readU16, readU32, readU8 } from '../bytes/reader.ts';
import type { Dissection } from '../dissect/dissection.ts';
import { WANT_NOTHING } from '../dissect/run.ts';
import type { Layer } from '../dissect/layer.ts';
import { dissectPlainPayload } from '../dissect/protocols/tcp/payload.ts';
import type { TcpLayer } from '../dissect/protocols/tcp/tcp-layer.ts';
import type { PacketInput } from '../dissect/state.ts';
import type { TcpTracker } from '../streams/tcp-tracker.ts';
import { PlainEntry } from './plain-entry.ts';
import { isPlainTcp } from './plain-tcp.ts';
import { plainChain } from './packet-kinds.ts';
import type { PacketKinds } from './packet-kinds.ts';

const MIN_TCP_HEADER = 20;

export class DeepFastPath {
  /** What the last `take` that returned true found out: index into SEVERITIES. */
  severity = 0;
  /** Number of the packet's kind. */
  kind = 0;
  private readonly run: Dissection;
  private readonly tracker: TcpTracker;
  private readonly entry: PlainEntry;
  /** The plain segment at hand. */
  private readonly segment = { start: 0, flags: 0, sequence: 0, payloadLength: 0, serverPort: 0, analysis: { stream: 0, direction: 0 as 0 | 1, flags: 0 } };

  private readonly kinds: PacketKinds;

  constructor(run: Dissection, kinds: PacketKinds) {
    this.run = run;
    this.kinds = kinds;
    this.tracker = run.state.streams.tcp;
    this.entry = new PlainEntry(run.registry);
  }

  /** True when the packet was worked through here; false leaves everything as it was. */
  take(packet: PacketInput): boolean {
    const { entry, run } = this;
    if (!entry.find(packet)) return false;
    const isPlain = entry.isTcp && this.readPlain(packet);
    if (isPlain && this.goOn(packet)) return true;
    run.enter(packet, 'deep', WANT_NOTHING, entry.of(packet), isPlain ? this.parsePlain : undefined);
    this.severity = run.severity;
    this.kind = this.kinds.dissected(run, plainChain(entry.headers), 0);
    return true;
  }

  /** Whether the packet is a plain segment with payload, all captured and in its place; then `segment` describes it. */
  private readPlain({ bytes, number }: PacketInput): boolean {
    const { tracker, segment } = this;
    const { payloadAt: at, payloadLength } = this.entry.headers;
    const end = at + payloadLength;
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
    const { segment } = this;
    const { stream, direction } = segment.analysis;
    const end = segment.start + segment.payloadLength;
    if (!this.run.state.reassembler.goOn(stream * 2 + direction, number, segment.sequence, bytes, segment.start, end)) return false;
    this.severity = 0;
    this.kind = this.kinds.plainTcp(this.entry.headers);
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
