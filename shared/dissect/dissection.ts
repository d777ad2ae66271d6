/**
 * One packet's dissection: byte sources, layers, tape and column texts. One object is
 * reused for many packets; what it holds is valid until the next `run`.
 */
import { latin1, readU16, readU32, readU8 } from '../bytes/reader.ts';
import { ColumnTexts } from './columns-text.ts';
import type { FieldInfo, Peek, ProtocolInfo, TableName } from './define.ts';
import { Layer } from './layer.ts';
import type { NextOptions } from './layer.ts';
import type { Registry } from './registry.ts';
import type { CaptureState, Flow, PacketInput, Pass } from './state.ts';
import { SEVERITIES, Tape } from './tape.ts';
import type { Severity } from './tape.ts';

/** Caps against hostile bytes (issue: at most 100,000 items and depth 64 a packet). */
export const MAX_ITEMS = 100_000;
export const MAX_DEPTH = 64;

export interface ByteSource {
  /** For the tab above the bytes, for example "Frame" or "Reassembled TCP". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a dissection is wanted for; the less is wanted, the cheaper it is. */
export interface Wanted {
  /** Fields on the tape. */
  readonly items: boolean;
  /** Protocol, Info and addresses for the list. */
  readonly text: boolean;
  /** Labels that dissectors write themselves, for the tree. */
  readonly labels: boolean;
}

export const WANT_NOTHING: Wanted = { items: false, text: false, labels: false };
export const WANT_ROW: Wanted = { items: false, text: true, labels: false };
export const WANT_FIELDS: Wanted = { items: true, text: true, labels: false };
export const WANT_TREE: Wanted = { items: true, text: true, labels: true };

export class Dissection {
  readonly registry: Registry;
  readonly state: CaptureState;
  readonly tape = new Tape();
  readonly columns = new ColumnTexts();
  readonly sources: ByteSource[] = [];
  readonly layers: Layer[] = [];
  /** Names in the order in which dissectors were called; joined with ":" it is frame.protocols. */
  readonly protocolNames: string[] = [];
  packet!: PacketInput;
  pass: Pass = 'show';
  items = false;
  text = false;
  labels = false;
  /** Index into SEVERITIES: the worst remark of the packet. */
  severity = 0;
  /** True while dissecting the packet that an ICMP error quotes. */
  quoted = false;
  /** True while dissecting the first fragment of a packet that never became whole. */
  fragmented = false;
  /** Innermost conversation of the packet, set by tcp and udp outside of quoted packets. */
  flow: Flow | null = null;
  /** Ports of the innermost transport header; -1 where there is none. */
  sourcePort = -1;
  destinationPort = -1;
  /** Addresses of the innermost IP header, for pseudo headers and conversations. */
  network: { readonly version: 4 | 6; readonly bytes: Uint8Array; readonly source: number; readonly destination: number } | null = null;
  /** Flags of the innermost TCP header outside of quoted packets, and its ANALYSIS bits; for colouring. */
  tcpFlags = 0;
  tcpAnalysisFlags = 0;
  /** True for ICMP errors (RFC 792, RFC 4443), whatever they quote. */
  icmpError = false;
  /** What the message around says of the body it hands on: media type (lower case) and parameters (RFC 9110 §8.3). */
  media: { readonly type: string; readonly parameters: string } | null = null;
  /** True when an item or depth cap was hit. */
  full = false;
  private depth = 0;

  constructor(registry: Registry, state: CaptureState) {
    this.registry = registry;
    this.state = state;
  }

  /** Dissects one packet. `wanted` is ignored in the passes `index` and `deep`, which want nothing but state, unless told. */
  run(packet: PacketInput, pass: Pass, wanted: Wanted): void {
    this.packet = packet;
    this.pass = pass;
    this.items = wanted.items;
    this.text = wanted.text;
    this.labels = wanted.labels;
    this.tape.clear();
    this.columns.clear();
    this.sources.length = 0;
    this.layers.length = 0;
    this.protocolNames.length = 0;
    this.severity = 0;
    this.quoted = false;
    this.fragmented = false;
    this.flow = null;
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.network = null;
    this.tcpFlags = 0;
    this.tcpAnalysisFlags = 0;
    this.icmpError = false;
    this.media = null;
    this.full = false;
    this.depth = 0;
    this.sources.push({ name: 'Frame', bytes: packet.bytes });
    const frame = this.registry.protocol('frame');
    if (frame) this.start(frame, 0, 0, packet.bytes.length, Math.max(packet.wireLength, packet.bytes.length), false);
    else throw new Error('no frame dissector is registered');
    if (this.tape.disordered) this.settle();
  }

  /** Brings lines that a layer added after its payload (trailers, totals) back to that layer's others. */
  private settle(): void {
    const moved = this.tape.groupByLayer();
    for (const layer of this.layers) if (layer.entry >= 0) layer.entry = moved[layer.entry] ?? layer.entry;
  }

  /** Adds bytes that are not a slice of the frame: reassembled, decompressed, decrypted. */
  addSource(name: string, bytes: Uint8Array): number {
    this.sources.push({ name, bytes });
    return this.sources.length - 1;
  }

  /**
   * Runs `body` over the packet that an error message quotes: it neither writes the list's
   * columns nor takes part in a conversation of its own.
   */
  quote<T>(body: () => T): T {
    const { quoted, text, network, flow, sourcePort, destinationPort } = this;
    const kept = this.columns.keep();
    this.quoted = true;
    this.text = false;
    const result = body();
    this.quoted = quoted;
    this.text = text;
    this.network = network;
    this.flow = flow;
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
    this.columns.restore(kept);
    return result;
  }

  flowKey(): string {
    return this.flow ? `${this.flow.protocol} ${this.flow.stream}` : 'none';
  }

  addItem(field: FieldInfo | null, source: number, start: number, length: number, depth: number, layer: number, marks: number, value: number, object: unknown): number {
    if (this.tape.count >= MAX_ITEMS) {
      this.full = true;
      return -1;
    }
    return this.tape.add(field, source, start, length, Math.min(depth, MAX_DEPTH), layer, marks, value, object);
  }

  mayNest(depth: number): boolean {
    return depth < MAX_DEPTH;
  }

  raiseSeverity(severity: Severity): void {
    this.severity = Math.max(this.severity, SEVERITIES.indexOf(severity));
  }

  /** A layer ran out of bytes: remembered, and told after the layer has ended. */
  noteBroken(layer: Layer): void {
    if (layer.broken === 'malformed') this.raiseSeverity('error');
  }

  // ── handing on ─────────────────────────────────────────────────────────────

  next(parent: Layer, table: TableName, key: number | string, options: NextOptions, elseData: boolean): Layer | null {
    if (parent.broken) return null;
    if (table === 'ethertype') this.protocolNames.push('ethertype');
    const found = this.registry.lookup(table, key);
    const start = options.start ?? parent.cursor;
    if (found && this.accepts(found, parent, start, options)) return this.hand(parent, found, options);
    const data = elseData ? this.registry.protocol('data') : undefined;
    return data ? this.hand(parent, data, options) : null;
  }

  call(parent: Layer, id: string, options: NextOptions): Layer | null {
    const found = this.registry.protocol(id);
    return found && !parent.broken ? this.hand(parent, found, options) : null;
  }

  private accepts(protocol: ProtocolInfo, parent: Layer, start: number, options: NextOptions): boolean {
    const accepts = protocol.spec.accepts;
    return accepts === undefined || accepts(this.peekPayload(parent, { ...options, start: options.source === undefined ? start : (options.start ?? 0) }));
  }

  /** A view of bytes for `accepts` and guesses. */
  peek(parent: Layer, start: number, length?: number): Peek {
    return peekAt(parent.bytes, start, Math.min(parent.end, start + (length ?? parent.end - start)));
  }

  /** Like `peek`, of the bytes that `options` would hand on. */
  peekPayload(parent: Layer, options: NextOptions): Peek {
    if (options.source === undefined || options.source === parent.source) return this.peek(parent, options.start ?? parent.cursor, options.length);
    const bytes = this.sources[options.source]?.bytes ?? new Uint8Array(0);
    const start = options.start ?? 0;
    return peekAt(bytes, start, Math.min(bytes.length, start + (options.length ?? bytes.length)));
  }

  private hand(parent: Layer, protocol: ProtocolInfo, options: NextOptions): Layer | null {
    if (options.source !== undefined && options.source !== parent.source) return this.handSource(parent, protocol, options.source, options);
    const start = options.start ?? parent.cursor;
    const reportedEnd = Math.min(start + (options.length ?? parent.reportedEnd - start), parent.reportedEnd);
    const end = Math.min(reportedEnd, parent.end);
    if (parent.headerEnd < 0) parent.headerEnd = start;
    return this.start(protocol, parent.source, start, end, reportedEnd, protocol.id === 'data', options.canDesegment === true ? mayDesegment : undefined);
  }

  /** Hands on bytes that are no slice of the parent's. */
  private handSource(parent: Layer, protocol: ProtocolInfo, source: number, options: NextOptions): Layer | null {
    const total = this.sources[source]?.bytes.length ?? 0;
    const start = Math.min(options.start ?? 0, total);
    const end = Math.min(start + (options.length ?? total - start), total);
    if (parent.headerEnd < 0) parent.headerEnd = parent.cursor;
    return this.start(protocol, source, start, end, end, protocol.id === 'data', options.canDesegment === true ? mayDesegment : undefined);
  }

  /**
   * Runs one protocol over a span of a source. `start` and `end` are absolute; bytes between
   * `end` and `reportedEnd` existed on the wire but were not captured.
   */
  start(protocol: ProtocolInfo, source: number, start: number, end: number, reportedEnd: number, onlyIfBytes: boolean, prepare?: (layer: Layer) => void): Layer | null {
    if (onlyIfBytes && end <= start) return null;
    if (this.depth >= MAX_DEPTH || this.full) {
      this.full = true;
      return null;
    }
    let occurrence = 0;
    for (const layer of this.layers) if (layer.protocol === protocol) occurrence += 1;
    this.protocolNames.push(protocol.id);
    const layer = new Layer(this, protocol, source, start, end, reportedEnd, 0, occurrence);
    this.layers.push(layer);
    prepare?.(layer);
    this.depth += 1;
    protocol.spec.parse(layer);
    this.depth -= 1;
    this.finish(layer);
    return layer;
  }

  /**
   * One more message of the same protocol behind `before`, as a layer of its own: `parse` reads
   * the bytes from `start` on. frame.protocols names the protocol once, as Wireshark does.
   */
  follow(before: Layer, start: number, end: number, reportedEnd: number, parse: (layer: Layer) => void): Layer | null {
    if (this.full) return null;
    const layer = new Layer(this, before.protocol, before.source, start, end, reportedEnd, 0, before.occurrence + 1);
    layer.isNamed = false;
    layer.canDesegment = before.canDesegment;
    this.layers.push(layer);
    parse(layer);
    this.finish(layer);
    return layer;
  }

  /** Forgets the newest layer and all that it recorded. */
  withdraw(layer: Layer): void {
    if (this.layers.at(-1) !== layer) return;
    this.layers.pop();
    if (layer.isNamed) this.protocolNames.pop();
    if (layer.entry < 0) return;
    this.tape.truncate(layer.entry);
    layer.entry = -1;
  }

  private finish(layer: Layer): void {
    if (layer.headerEnd < 0) layer.headerEnd = layer.end;
    const lengths = this.tape.lengths;
    // The layer's line covers its header; a dissector that set a length of its own keeps it.
    if (layer.index > 0 && layer.entry >= 0 && lengths[layer.entry] === layer.end - layer.start) lengths[layer.entry] = layer.headerEnd - layer.start;
    if (layer.broken) this.tellBroken(layer);
  }

  /** Says in list and tree that a layer, or a message of it, ended too early. */
  tellBroken(layer: Layer): void {
    const malformed = layer.broken === 'malformed';
    const mark = this.registry.protocol(malformed ? '_ws.malformed' : '_ws.short');
    if (!mark) return;
    if (this.text) this.columns.appendInfo(malformed ? '[Malformed Packet]' : '[Packet size limited during capture]', '');
    if (!this.items) return;
    const name = layer.protocol.spec.short;
    const words = malformed ? `Malformed Packet: ${name}` : `Packet size limited during capture: ${name} truncated`;
    const entry = this.addItem(mark.field, layer.source, layer.end, 0, 0, layer.index, 1, 0, null);
    if (entry >= 0 && this.labels) this.tape.labels.set(entry, words);
  }
}

function mayDesegment(layer: Layer): void {
  layer.canDesegment = true;
}

function peekAt(bytes: Uint8Array, start: number, end: number): Peek {
  return {
    length: Math.max(0, end - start),
    u8: (at) => (start + at < end ? readU8(bytes, start + at) : 0),
    u16: (at) => (start + at + 1 < end ? readU16(bytes, start + at) : 0),
    u32: (at) => (start + at + 3 < end ? readU32(bytes, start + at) : 0),
    text: (at, count) => latin1(bytes, start + at, Math.min(start + at + count, end)),
  };
}
