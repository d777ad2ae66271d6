/**
 * One packet's dissection: byte sources, layers, tape and column texts. One object is
 * reused for many packets; what it holds is valid until the next `run`.
 */
import { latin1, readU16, readU32, readU8 } from '../bytes/reader.ts';
import type { Peek, ProtocolInfo, TableName } from './field.ts';
import { Layer } from './layer.ts';
import { MAX_DEPTH, Run } from './run.ts';
import type { NextOptions, Wanted } from './run.ts';
import type { PacketInput, Pass } from './state.ts';

/** Where a dissection enters a packet. */
export interface Entry {
  readonly protocol: ProtocolInfo;
  /** Layers that are taken as passed. */
  readonly depth: number;
  readonly network: NonNullable<Run<Layer>['network']>;
  /** First byte of the protocol's layer in the frame, and where it ended on the wire. */
  readonly start: number;
  readonly reportedEnd: number;
}

export class Dissection extends Run<Layer> {
  private depth = 0;

  /** Dissects one packet. `wanted` is ignored in the passes `index` and `deep`, which want nothing but state, unless told. */
  run(packet: PacketInput, pass: Pass, wanted: Wanted): void {
    this.begin(packet, pass, wanted);
    this.depth = 0;
    this.sources.push({ name: 'Frame', bytes: packet.bytes });
    const frame = this.registry.protocol('frame');
    if (frame) this.start(frame, 0, 0, packet.bytes.length, Math.max(packet.wireLength, packet.bytes.length), false);
    else throw new Error('no frame dissector is registered');
    if (this.tape.disordered) this.settle();
  }

  /**
   * Starts with a protocol inside of the frame, whose lower headers have been read already and give
   * no cause for remarks: nothing of them is wanted. `parse` stands in for the protocol's own where
   * more is known.
   */
  enter(packet: PacketInput, pass: Pass, wanted: Wanted, { protocol, depth, network, start, reportedEnd }: Entry, parse?: (layer: Layer) => void): void {
    this.begin(packet, pass, wanted);
    this.depth = depth;
    this.network = network;
    this.sources.push({ name: 'Frame', bytes: packet.bytes });
    this.start(protocol, 0, start, Math.min(reportedEnd, packet.bytes.length), reportedEnd, false, NO_DESEGMENTING, parse);
    if (this.tape.disordered) this.settle();
  }

  /** Brings lines that a layer added after its payload (trailers, totals) back to that layer's others. */
  private settle(): void {
    const moved = this.tape.groupByLayer();
    for (const layer of this.layers) if (layer.entry >= 0) layer.entry = moved[layer.entry] ?? layer.entry;
  }

  // ── handing on ─────────────────────────────────────────────────────────────

  override next(parent: Layer, table: TableName, key: number | string, options: NextOptions, elseData: boolean): Layer | null {
    if (parent.broken) return null;
    if (table === 'ethertype') this.protocolNames.push('ethertype');
    const found = this.registry.lookup(table, key);
    const start = options.start ?? parent.cursor;
    if (found && (found === this.registry.forced(table, key) || this.accepts(found, table, parent, start, options))) return this.hand(parent, found, options);
    const data = elseData ? this.registry.protocol('data') : undefined;
    const taken = data ? this.hand(parent, data, options) : null;
    // Where nobody knows the type and no byte was captured behind it, tshark does not name the table either.
    if (table === 'ethertype' && elseData && taken === null) this.protocolNames.pop();
    return taken;
  }

  override call(parent: Layer, id: string, options: NextOptions): Layer | null {
    const found = this.registry.protocol(id);
    return found && !parent.broken ? this.hand(parent, found, options) : null;
  }

  private accepts(protocol: ProtocolInfo, table: TableName, parent: Layer, start: number, options: NextOptions): boolean {
    const accepts = protocol.spec.accepts;
    if (accepts === undefined) return true;
    return accepts(options.source === undefined ? this.peek(parent, start, options.length) : this.peekPayload(parent, options), table, this);
  }

  override peek(parent: Layer, start: number, length?: number): Peek {
    const reportedEnd = Math.min(parent.reportedEnd, start + (length ?? parent.reportedEnd - start));
    return new BytesPeek(parent.bytes, start, Math.min(parent.end, reportedEnd), reportedEnd);
  }

  override peekPayload(parent: Layer, options: NextOptions): Peek {
    if (options.source === undefined || options.source === parent.source) return this.peek(parent, options.start ?? parent.cursor, options.length);
    const bytes = this.sources[options.source]?.bytes ?? new Uint8Array(0);
    const start = options.start ?? 0;
    const end = Math.min(bytes.length, start + (options.length ?? bytes.length));
    return new BytesPeek(bytes, start, end, end);
  }

  private hand(parent: Layer, protocol: ProtocolInfo, options: NextOptions): Layer | null {
    if (options.source !== undefined && options.source !== parent.source) return this.handSource(parent, protocol, options.source, options);
    const start = options.start ?? parent.cursor;
    const reportedEnd = Math.min(start + (options.length ?? parent.reportedEnd - start), parent.reportedEnd);
    const end = Math.min(reportedEnd, parent.end);
    if (parent.headerEnd < 0) parent.headerEnd = start;
    return this.start(protocol, parent.source, start, end, reportedEnd, protocol.id === 'data', options.canDesegment === true ? (options.checked ?? 0) : NO_DESEGMENTING);
  }

  /** Hands on bytes that are no slice of the parent's. */
  private handSource(parent: Layer, protocol: ProtocolInfo, source: number, options: NextOptions): Layer | null {
    const total = this.sources[source]?.bytes.length ?? 0;
    const start = Math.min(options.start ?? 0, total);
    const end = Math.min(start + (options.length ?? total - start), total);
    if (parent.headerEnd < 0) parent.headerEnd = parent.cursor;
    return this.start(protocol, source, start, end, end, protocol.id === 'data', options.canDesegment === true ? (options.checked ?? 0) : NO_DESEGMENTING);
  }

  /**
   * Runs one protocol over a span of a source. `start` and `end` are absolute; bytes between
   * `end` and `reportedEnd` existed on the wire but were not captured. `checked`: NO_DESEGMENTING,
   * or the layer may ask for more of its stream, and this is what it said itself when it did (see `Layer.checked`).
   */
  private start(protocol: ProtocolInfo, source: number, start: number, end: number, reportedEnd: number, onlyIfBytes: boolean, checked = NO_DESEGMENTING, parse?: (layer: Layer) => void): Layer | null {
    if (onlyIfBytes && end <= start) return null;
    // Its payload is not read where nothing of it is wanted, unlike that of UDP, which may be a tunnel.
    if (this.only?.endsAtNetwork === true && protocol.id === 'tcp') return null;
    if (this.depth >= MAX_DEPTH || this.full) {
      this.full = true;
      return null;
    }
    const { layers } = this;
    let occurrence = 0;
    for (let index = 0; index < layers.length; index += 1) if (layers[index]?.protocol === protocol) occurrence += 1;
    if (!protocol.spec.unnamed) this.protocolNames.push(protocol.id);
    const { items, remarks } = this;
    if (this.only !== null) {
      this.items = this.only.hasProtocol(protocol);
      this.remarks = this.items || this.pass === 'deep';
      this.lastEntry = -1;
    }
    const layer = new Layer(this, protocol, source, start, end, reportedEnd, 0, occurrence);
    layer.isNamed = !protocol.spec.unnamed;
    this.layers.push(layer);
    if (checked !== NO_DESEGMENTING) {
      layer.canDesegment = true;
      layer.checked = checked;
    }
    this.depth += 1;
    if (parse) parse(layer);
    else protocol.spec.parse(layer);
    this.depth -= 1;
    this.finish(layer);
    this.items = items;
    this.remarks = remarks;
    if (!items) this.lastEntry = -1;
    return layer;
  }

  override follow(before: Layer, start: number, end: number, reportedEnd: number, parse: (layer: Layer) => void): Layer | null {
    if (this.full) return null;
    const layer = new Layer(this, before.protocol, before.source, start, end, reportedEnd, 0, before.occurrence + 1);
    layer.isNamed = false;
    layer.canDesegment = before.canDesegment;
    this.layers.push(layer);
    parse(layer);
    this.finish(layer);
    return layer;
  }

  override withdraw(layer: Layer): void {
    if (this.layers.at(-1) !== layer) return;
    this.layers.pop();
    if (layer.isNamed) this.protocolNames.pop();
    this.tape.truncate(layer.firstEntry);
    layer.entry = -1;
    // What is learned of the conversation later may change that.
    this.openness = 'any';
  }

  private finish(layer: Layer): void {
    if (layer.headerEnd < 0) layer.headerEnd = layer.end;
    const lengths = this.tape.lengths;
    // The layer's line covers its header; a dissector that set a length of its own keeps it.
    if (layer.index > 0 && layer.entry >= 0 && lengths[layer.entry] === layer.end - layer.start) lengths[layer.entry] = layer.headerEnd - layer.start;
    if (layer.broken) this.tellBroken(layer);
  }

  override tellBroken(layer: Layer): void {
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

const NO_DESEGMENTING = -1;

/** A look at a span of bytes; what is outside reads as zero. */
class BytesPeek implements Peek {
  readonly length: number;
  readonly reportedLength: number;
  private readonly bytes: Uint8Array;
  private readonly start: number;
  private readonly end: number;

  constructor(bytes: Uint8Array, start: number, end: number, reportedEnd: number) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.length = Math.max(0, end - start);
    this.reportedLength = Math.max(0, reportedEnd - start);
  }

  u8(at: number): number {
    return this.start + at < this.end ? readU8(this.bytes, this.start + at) : 0;
  }
  u16(at: number): number {
    return this.start + at + 1 < this.end ? readU16(this.bytes, this.start + at) : 0;
  }
  u32(at: number): number {
    return this.start + at + 3 < this.end ? readU32(this.bytes, this.start + at) : 0;
  }
  text(at: number, count: number): string {
    return latin1(this.bytes, this.start + at, Math.min(this.start + at + count, this.end));
  }
}
