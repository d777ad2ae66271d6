/**
 * What a parse function works with: a cursor over one layer's bytes (layer-cursor.ts) that records
 * fields, says what the layer is, hands its payload on and keeps what later packets need.
 *
 * - Once the layer is cut off, nothing more is recorded. Nothing here throws, whatever the bytes.
 * - Text is given as functions, called only when somebody wants to read it.
 * - Positions are absolute in the layer's byte source.
 */
import type { Fields, FieldInfo, FieldSpec, ProtocolInfo, TableName, Taken } from './field.ts';
import { EMPTY, LayerCursor } from './layer-cursor.ts';
import { bitsOf, readValue } from './read-field.ts';
import type { NextOptions, Run } from './run.ts';
import { CAPTURE_KEY } from './state.ts';
import { GENERATED, HAS_OBJECT, HIDDEN, SEVERITIES, SEVERITY_SHIFT } from './tape.ts';
import type { Severity } from './tape.ts';
import { sectionId } from './sections.ts';

/** Keys of a field table. */
type Key<F extends Fields> = keyof F & string;

export interface ItemOptions {
  /** Computed, not on the wire: drawn in brackets. */
  readonly generated?: boolean;
  readonly hidden?: boolean;
}

/** How much more a stream protocol wants before it can go on; see `Layer.needMore`. */
export interface StreamNeed {
  /** Where the unfinished message starts, absolute in the layer's source. */
  readonly from: number;
  /** Bytes missing at its end, or `segment` (unknown: at least one more), or `fin` (all until the stream ends). */
  readonly more: number | 'segment' | 'fin';
  /** With `segment`: so many bytes are missing at the least. */
  readonly atLeast?: number;
  /** With `segment`: up to here, absolute, the message need not be looked at again; comes back as `Layer.checked`. */
  readonly checked?: number;
  /** With a number, deep pass: the message tells nothing that anybody needs later, not even remarks; it is passed over once it is all there. */
  readonly opaque?: boolean;
}

/** A layer of any protocol that has these fields, whatever their names and words. */
export type LayerWith<F extends Fields> = Layer<{ readonly [K in keyof F]: FieldSpec & { readonly type: F[K]['type'] } }>;

export class Layer<F extends Fields = Fields> extends LayerCursor {
  declare readonly run: Run<Layer>;
  /** Whose fields are recorded; see `as`. */
  protocol: ProtocolInfo;
  /** Index of this layer among the packet's layers. */
  readonly index: number;
  /** How many layers of the same protocol came before in this packet. */
  readonly occurrence: number;
  need: StreamNeed | null = null;
  /** True when a TCP stream can hand over more bytes later (deep and show pass). */
  canDesegment = false;
  /** Where the protocol can go on looking for the end of the message at `start`, from what it said in `needMore`. */
  checked = 0;
  /** False for a layer that frame.protocols does not name again; see `Dissection.follow`. */
  isNamed = true;
  /** Where the header ends: set when the first payload is handed on. */
  headerEnd = -1;
  /** Tape entry of the layer's own line; -1 where it is not wanted. */
  entry: number;
  /** Entries that the tape had before this layer. */
  readonly firstEntry: number;
  private depth: number;
  /** Messages begun with `message`. */
  private messages = 0;
  /** Latest field that others may be bits of. */
  private parentStart = 0;
  private parentLength = 0;
  private parentValue = 0;

  constructor(run: Run<Layer>, protocol: ProtocolInfo, source: number, start: number, end: number, reportedEnd: number, depth: number, occurrence: number) {
    super(run, source, start, end, reportedEnd);
    this.protocol = protocol;
    this.occurrence = occurrence;
    this.index = run.layers.length;
    this.depth = depth + 1;
    this.firstEntry = run.tape.count;
    this.entry = run.items ? run.addItem(protocol.field, source, start, this.end - start, depth, this.index, 0, 0, null) : -1;
  }

  /** The packet as a whole. */
  get packet() {
    return this.run.packet;
  }

  // ── reading ────────────────────────────────────────────────────────────────

  /**
   * Reads the next field, records it and moves on. Numbers come back as numbers, 64-bit
   * integers as bigint, everything else as the bytes themselves; zero or empty when cut off.
   * `size`: bytes, for fields without a fixed width.
   */
  take<K extends Key<F>>(key: K, size?: number): Taken<F[K]['type']> {
    const field = this.protocol.byKey[key] as FieldInfo;
    const width = size ?? field.width;
    if (width < 0) this.malformed();
    else this.has(width);
    if (this.broken) return this.zero(field) as Taken<F[K]['type']>;
    const at = this.cursor;
    this.cursor = at + width;
    return this.record(field, at, width, 0) as Taken<F[K]['type']>;
  }

  /** Like `take`, at a position of this layer, without moving the cursor. */
  at<K extends Key<F>>(key: K, position: number, size?: number, options?: ItemOptions): Taken<F[K]['type']> {
    const field = this.protocol.byKey[key] as FieldInfo;
    const width = size ?? field.width;
    if (this.broken || position < this.start || width < 0) return this.zero(field) as Taken<F[K]['type']>;
    if (position + width > this.end) {
      this.cutOff(position + width);
      return this.zero(field) as Taken<F[K]['type']>;
    }
    return this.record(field, position, width, marksOf(options)) as Taken<F[K]['type']>;
  }

  /**
   * Says that the layer is only `length` bytes long, as its own length field tells. What
   * follows belongs to whoever carries the layer (padding, trailer, checksum); it finds the
   * end in the layer that `next` gives back. A layer never grows.
   */
  shrink(length: number): void {
    this.reportedEnd = Math.max(this.cursor, Math.min(this.reportedEnd, this.start + length));
    this.end = Math.min(this.end, this.reportedEnd);
    // The lines of several messages have lengths of their own.
    if (this.messages < 2) this.setLength(this.end - this.start);
  }

  private zero(field: FieldInfo): unknown {
    const type = field.type;
    if (type === 'u64' || type === 'i64' || type === 'u64le') return 0n;
    return type === 'bytes' || type === 'string' || type === 'ether' || type === 'ipv4' || type === 'ipv6' ? EMPTY : 0;
  }

  private record(field: FieldInfo, at: number, width: number, marks: number): unknown {
    const value = readValue(field, this.bytes, at, width);
    if (typeof value === 'number') {
      if (field.bits.length > 0) {
        this.parentStart = at;
        this.parentLength = width;
        this.parentValue = value;
      }
      const bits = field.spec.of === undefined && field.spec.mask !== undefined ? bitsOf(field, value) : value;
      this.store(field, at, width, marks, bits, null);
      return bits;
    } else {
      this.store(field, at, width, marks | HAS_OBJECT, 0, value);
    }
    return value;
  }

  private store(field: FieldInfo | null, at: number, width: number, marks: number, value: number, object: unknown): number {
    if (!this.run.items) return -1;
    const hidden = field?.spec.hidden ? HIDDEN : 0;
    return this.run.addItem(field, this.source, at, width, this.depth, this.index, marks | hidden, value, object);
  }

  // ── fields that are not simply read ────────────────────────────────────────

  /**
   * Records one field that is part of the field taken last (its `of`), and gives its value,
   * shifted down. The field is drawn as bits below its parent.
   */
  flag(key: Key<F>): number {
    const field = this.protocol.byKey[key] as FieldInfo;
    if (this.broken && this.cursor === this.end && this.parentLength === 0) return 0;
    const value = bitsOf(field, this.parentValue);
    if (this.run.items) {
      const hidden = field.spec.hidden ? HIDDEN : 0;
      this.run.addItem(field, this.source, this.parentStart, this.parentLength, this.depth + 1, this.index, hidden, value, null);
    }
    return value;
  }

  /** `take`, and then `flags`. */
  takeFlags<K extends Key<F>>(key: K, size?: number): Taken<F[K]['type']> {
    const value = this.take(key, size);
    this.flags(key);
    return value;
  }

  /** Records all fields that are bits of `key`, which was taken last. */
  flags(key: Key<F>): void {
    if (this.broken || !this.run.items) return;
    for (const bit of (this.protocol.byKey[key] as FieldInfo).bits) this.flag(bit.key as Key<F>);
  }

  /** Records a field with a value of its own, and below it all fields that are bits of it. */
  putFlags(key: Key<F>, value: number, start = 0, length = 0): void {
    if (!this.run.items) return;
    this.put(key, value, start, length);
    this.withBits(value, start, length, () => {
      for (const bit of (this.protocol.byKey[key] as FieldInfo).bits) this.flag(bit.key as Key<F>);
    });
  }

  /** Lets `flag` in `body` take its bits from a value that was not simply taken. */
  withBits(value: number, start: number, length: number, body: () => void): void {
    this.parentStart = start;
    this.parentLength = length;
    this.parentValue = value;
    body();
  }

  /**
   * Records a field with a value of its own: computed, looked up or decoded elsewhere.
   * A number for integers, booleans, reltime and framenum; a string, bytes, bigint or
   * TimeValue otherwise. `start` and `length` name its bytes; none when absent. Nothing is
   * recorded once the layer is broken: what was computed from missing bytes is not true.
   */
  put(key: Key<F>, value: unknown, start = 0, length = 0, options?: ItemOptions): void {
    if (!this.run.items || this.broken) return;
    const field = this.protocol.byKey[key] as FieldInfo;
    const marks = marksOf(options);
    if (typeof value === 'number') this.store(field, start, length, marks, value, null);
    else this.store(field, start, length, marks | HAS_OBJECT, 0, value);
  }

  /**
   * `put` for a field of any protocol, where one notation serves many (see ber/). Null is a line
   * of text. Gives the entry; -1 where nothing is recorded.
   */
  putField(field: FieldInfo | null, value: unknown, start: number, length: number, options?: ItemOptions): number {
    if (!this.run.items || this.broken) return -1;
    const marks = marksOf(options);
    if (typeof value === 'number') return this.store(field, start, length, marks, value, null);
    return this.store(field, start, length, value === null ? marks : marks | HAS_OBJECT, 0, value);
  }

  /** Lets `body` record fields of another protocol in this layer: for structures that other protocols embed. */
  as<G extends Fields>(protocol: ProtocolInfo, body: (layer: Layer<G>) => void): void {
    const own = this.protocol;
    this.protocol = protocol;
    body(this as unknown as Layer<G>);
    this.protocol = own;
  }

  /** `put` for what is computed and not on the wire. */
  putGenerated(key: Key<F>, value: unknown, start = 0, length = 0): void {
    this.put(key, value, start, length, { generated: true });
  }

  /** Whether anything is to be recorded whose key begins with one of these: spares whole parts of a header that nobody asked for. */
  wants(...prefixes: readonly string[]): boolean {
    const { items, only } = this.run;
    return items && (only === null || prefixes.some((prefix) => only.hasGroup(this.protocol, prefix)));
  }

  /** A line of plain text; `make` is called only when labels are wanted. */
  text(make: () => string, start = this.cursor, length = 0, options?: ItemOptions): void {
    if (!this.run.items) return;
    this.store(null, start, length, marksOf(options), 0, null);
    this.label(make);
  }

  /** Replaces the label of the entry recorded last. */
  label(make: () => string): void {
    if (this.run.labels && this.run.tape.count > 0) this.run.tape.labels.set(this.run.tape.count - 1, make());
  }

  /** `label` for an earlier entry; -1 is passed over. */
  labelOf(entry: number, make: () => string): void {
    if (this.run.labels && entry >= 0) this.run.tape.labels.set(entry, make());
  }

  /**
   * Records everything that `body` records one level deeper, below a field or a line of
   * text; its span ends where the cursor is after `body`. Returns what `body` returns.
   * `label`, when given, is asked after `body` has run.
   */
  group<T>(head: Key<F> | null, body: () => T, label?: () => string): T {
    const run = this.run;
    const from = this.cursor;
    const field = head === null ? null : (this.protocol.byKey[head] as FieldInfo);
    let entry = -1;
    if (run.items && run.mayNest(this.depth)) entry = run.addItem(field, this.source, from, 0, this.depth, this.index, 0, 0, null);
    this.depth += 1;
    const result = body();
    this.depth -= 1;
    if (entry >= 0) {
      run.tape.lengths[entry] = Math.max(0, this.cursor - from);
      if (label && run.labels) run.tape.labels.set(entry, label());
    }
    return result;
  }

  /** Records what `body` records as children of the entry recorded last. */
  inside<T>(body: () => T): T {
    this.depth += 1;
    const result = body();
    this.depth -= 1;
    return result;
  }

  /**
   * One of several messages of the same protocol in the layer's bytes: `body` sees only the
   * bytes up to `end`, and a message that is cut off does not keep the next one from being
   * read. Every message after the first gets a line of its own in the tree; frame.protocols
   * names the protocol once, as Wireshark does.
   */
  message(end: number, body: () => void): void {
    const { run } = this;
    const outer = { end: this.end, reportedEnd: this.reportedEnd };
    const start = this.cursor;
    if (run.items && this.messages > 0) this.entry = run.addItem(this.protocol.field, this.source, start, 0, this.depth - 1, this.index, 0, 0, null);
    this.messages += 1;
    this.reportedEnd = Math.min(end, outer.reportedEnd);
    this.end = Math.min(end, outer.end);
    body();
    if (this.entry >= 0) run.tape.lengths[this.entry] = Math.max(0, this.end - start);
    if (this.broken) run.tellBroken(this);
    this.broken = null;
    this.end = outer.end;
    this.reportedEnd = outer.reportedEnd;
    this.cursor = Math.min(end, outer.end);
  }

  // ── what the layer says as a whole ─────────────────────────────────────────

  /** The text of the layer's line in the tree; the protocol's title stands before it. */
  summary(make: () => string): void {
    if (this.run.labels && this.entry >= 0) this.run.tape.labels.set(this.entry, make());
  }

  /** Ends the layer's own line in the tree at `end` (for trailers and padding: see eth). */
  setLength(length: number): void {
    if (this.entry >= 0) this.run.tape.lengths[this.entry] = length;
  }

  /** Info column: set (from the fence on), append, prepend; and the fence that keeps what is there. */
  info(make: () => string): void {
    if (this.run.text) this.run.columns.setInfo(make());
  }
  infoAppend(make: () => string, separator = ''): void {
    if (this.run.text) this.run.columns.appendInfo(make(), separator);
  }
  infoPrepend(make: () => string): void {
    if (this.run.text) this.run.columns.prependInfo(make());
  }
  /** Puts text in front that stays there whatever the payload's protocol sets. */
  infoPrependFence(make: () => string): void {
    if (this.run.text) this.run.columns.prependFence(make());
  }
  infoFence(): void {
    if (this.run.text) this.run.columns.fenceInfo();
  }
  /** Protocol column, where it is not the protocol's short name ("TLSv1.3"). */
  protocolName(name: string): void {
    this.run.columns.protocol = name;
  }
  /** Source and Destination columns: addresses of this layer at these positions. */
  addresses(kind: 'ether' | 'ipv4' | 'ipv6', source: number, destination: number, sourceRole = '', destinationRole = ''): void {
    this.run.columns.setAddresses(kind, this.bytes, source, destination, sourceRole, destinationRole);
  }

  /**
   * Attaches an expert remark to the entry recorded last, or to entry `below`. `key` is the
   * remark's own filter name, for example `analysis.retransmission`.
   */
  expert(key: Key<F> | null, severity: Severity, group: string, text: string, below = this.run.tape.count - 1): void {
    this.remark(key === null ? null : (this.protocol.byKey[key] as FieldInfo), severity, group, text, below);
  }

  /** `expert` with a field of any protocol. */
  remark(field: FieldInfo | null, severity: Severity, group: string, text: string, below = this.run.tape.count - 1): void {
    const run = this.run;
    run.raiseSeverity(severity);
    if (!run.items) return;
    const marks = GENERATED | (SEVERITIES.indexOf(severity) << SEVERITY_SHIFT);
    const last = Math.min(below, run.tape.count - 1);
    const depth = last >= 0 ? (run.tape.depths[last] as number) + 1 : this.depth;
    run.addItem(field, this.source, last >= 0 ? (run.tape.starts[last] as number) : 0, last >= 0 ? (run.tape.lengths[last] as number) : 0, depth, this.index, marks, 0, null);
    this.label(() => `Expert Info (${SEVERITY_WORDS[severity]}/${group}): ${text}`);
  }

  // ── what comes next ────────────────────────────────────────────────────────

  /**
   * Hands the payload to the protocol that claims `key`; to `data` when nobody does and
   * bytes are left. Returns the layer that was run, or null.
   */
  next(table: TableName, key: number | string, options?: NextOptions): Layer | null {
    return this.run.next(this, table, key, options ?? {}, true);
  }
  /** Like `next`, but leaves unclaimed payload alone. */
  tryNext(table: TableName, key: number | string, options?: NextOptions): Layer | null {
    return this.run.next(this, table, key, options ?? {}, false);
  }
  /** Hands the payload to a protocol by its id. */
  call(protocolId: string, options?: NextOptions): Layer | null {
    return this.run.call(this, protocolId, options ?? {});
  }
  /** Shows the payload as plain data. */
  data(options?: NextOptions): Layer | null {
    return this.run.call(this, 'data', options ?? {});
  }

  /**
   * A message that starts at `from` goes on in later segments of the stream. Only where
   * `canDesegment`; the layer must not record anything of the unfinished message.
   */
  needMore(from: number, more: number | 'segment' | 'fin', hints: Pick<StreamNeed, 'atLeast' | 'checked' | 'opaque'> = {}): void {
    this.need = { from, more, ...hints };
    this.cursor = this.end;
  }

  /** Leaves no trace of the layer: its protocol can do nothing with the bytes. Before anything was handed on. */
  withdraw(): void {
    this.cursor = this.end;
    this.run.withdraw(this as unknown as Layer);
  }

  /** Withdraws from a datagram that is something else, where nobody asked whether its protocol accepts it (Decode As): it shows as data. */
  refuse(): void {
    this.withdraw();
    this.run.layers.at(-1)?.data();
  }

  /** Takes the layer's name out of frame.protocols: its protocol shows what it saw and leaves the bytes to others. Before anything was handed on. */
  unnamed(): void {
    if (!this.isNamed || this.run.layers.at(-1) !== (this as unknown as Layer)) return;
    this.isNamed = false;
    this.run.protocolNames.pop();
  }

  /** Says that the packet may have fields of one of the protocol's `sections`; before the first of them, and in every pass. */
  section(key: string): void {
    this.run.noteSection(sectionId(this.protocol, key));
  }

  /** Says how long a message of a stream is, length field included; the stream's layer shows it (tcp.pdu.size). */
  pduSize(length: number): void {
    if (!this.run.items) return;
    const below = this.run.layers.findLast((layer) => layer.index < this.index && layer.protocol.byKey['pdu.size'] !== undefined);
    below?.putGenerated('pdu.size', length);
  }

  // ── across packets ─────────────────────────────────────────────────────────

  /** What this protocol keeps for the conversation; only in the deep pass, else null. */
  learn<T>(make: () => T): T | null {
    return this.run.pass === 'deep' ? this.run.state.flowState(this.protocol.id, this.run.flowKey(), make) : null;
  }
  /** What this protocol has learned about the conversation so far, in any pass. To be read only. */
  learned<T>(): T | undefined {
    return this.run.state.knownFlowState<T>(this.protocol.id, this.run.flowKey());
  }
  /** Like `learn`, but one state for the whole capture. */
  learnGlobally<T>(make: () => T): T | null {
    return this.run.pass === 'deep' ? this.run.state.flowState(this.protocol.id, CAPTURE_KEY, make) : null;
  }
  /** What the deep pass noted about this layer of this packet. */
  fact<T>(): T | undefined {
    return this.run.state.facts.get(this.protocol.id, this.run.packet.number, this.occurrence) as T | undefined;
  }
  setFact(fact: unknown): void {
    if (this.run.pass === 'deep') this.run.state.facts.set(this.protocol.id, this.run.packet.number, this.occurrence, fact);
  }
  /** Deep pass: an earlier packet's remarks are no longer what they were, its severity is to be judged again. */
  reconsider(packet: number): void {
    if (this.run.pass === 'deep') this.run.state.reconsidered.push(packet);
  }
  /** Notes something about another packet's layer, for example its response. Deep pass only. */
  setFactOf(packet: number, occurrence: number, fact: unknown): void {
    if (this.run.pass === 'deep') this.run.state.facts.set(this.protocol.id, packet, occurrence, fact);
  }
}

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { chat: 'Chat', note: 'Note', warn: 'Warning', error: 'Error' };

function marksOf(options: ItemOptions | undefined): number {
  return options === undefined ? 0 : (options.generated ? GENERATED : 0) | (options.hidden ? HIDDEN : 0);
}
