/**
 * What holds for a packet while it is dissected: what is wanted, what was found, and what
 * layers tell each other. `Dissection` adds how one layer hands on to the next.
 */
import { ColumnTexts } from './columns-text.ts';
import type { Announcement } from './announced.ts';
import type { FieldChoice } from './field-choice.ts';
import type { FieldInfo, Peek, TableName } from './field.ts';
import type { RadioInfo } from './radio.ts';
import type { Registry } from './registry.ts';
import { flowKey } from './state.ts';
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
  /** With `items`: only these fields; all where absent. */
  readonly only?: FieldChoice;
}

/**
 * What a dissection leaves unread: nothing; bodies that only viewers need (of HTTP messages, mails), with the protocols in them; or
 * anything, as a message goes on.
 */
export type Openness = 'closed' | 'bodies' | 'any';

export const WANT_NOTHING: Wanted = { items: false, text: false, labels: false };
export const WANT_ROW: Wanted = { items: false, text: true, labels: false };
export const WANT_FIELDS: Wanted = { items: true, text: true, labels: false };
export const WANT_TREE: Wanted = { items: true, text: true, labels: true };

/** What a response says of the protocol that the connection goes over to (RFC 6455 §1.9, §9.1). */
export interface Upgrade {
  /** What its messages carry. */
  readonly subprotocol: string | null;
  /** Extensions in use, with their parameters. */
  readonly extensions: string | null;
}

export interface NextOptions {
  /** First byte of the payload; the cursor when absent. */
  readonly start?: number;
  /** Bytes that belong to the payload on the wire; all that is left of this layer when absent. */
  readonly length?: number;
  /** The payload's protocol may ask for more of the stream (`needMore`). */
  readonly canDesegment?: boolean;
  /** With `canDesegment`: see `Layer.checked`. */
  readonly checked?: number;
  /** Byte source of the payload where it is not this layer's (reassembled, decrypted): then `start` is 0 unless said, `length` all of it. */
  readonly source?: number;
}

/** The exchange that a session description belongs to. */
export interface Agreement {
  /** The packet that began it, from which on it holds. */
  readonly packet: number;
  readonly callId: string;
  /** False where it agrees on nothing new: sent before, or refused. */
  readonly isEffective: boolean;
}

/** `L` is `Layer`; layer.ts knows this class, so it cannot be named here. */
export abstract class Run<L extends object> {
  readonly registry: Registry;
  readonly state: CaptureState;
  readonly tape = new Tape();
  readonly columns = new ColumnTexts();
  readonly sources: ByteSource[] = [];
  readonly layers: L[] = [];
  /** Names in the order in which dissectors were called; joined with ":" it is frame.protocols. */
  readonly protocolNames: string[] = [];
  packet!: PacketInput;
  pass: Pass = 'show';
  /** Fields of the layer at hand go on the tape. */
  items = false;
  text = false;
  labels = false;
  /** Tape entry of what was recorded last; -1 where it is not wanted. */
  lastEntry = -1;
  /** Somebody looks at something of this packet, if not of the layer at hand. */
  isShown = false;
  /** What goes on the tape; null: everything. */
  only: FieldChoice | null = null;
  /** Remarks are looked for even where nothing shows them: the packet's severity is wanted. */
  remarks = false;
  /** Index into SEVERITIES: the worst remark of the packet. */
  severity = 0;
  /** True while dissecting the packet that an ICMP error quotes. */
  quoted = false;
  /** True while dissecting the first fragment of a packet that never became whole. */
  fragmented = false;
  /** Innermost conversation of the packet, set by tcp, udp and sctp outside of quoted packets, and by EAP where it carries TLS. */
  flow: Flow | null = null;
  /** What set up the innermost conversation, where another packet announced it. */
  announcement: Announcement | null = null;
  /** Ports of the innermost transport header; -1 where there is none. */
  sourcePort = -1;
  destinationPort = -1;
  /** Addresses of the innermost IP header, for pseudo headers and conversations. */
  network: { readonly version: 4 | 6; readonly bytes: Uint8Array; readonly source: number; readonly destination: number } | null = null;
  /** Flags of the innermost TCP header outside of quoted packets. */
  tcpFlags = 0;
  /** What the receiver said of the radio frame: set by radiotap, PPI and their like for wlan_radio and wlan. */
  radio: RadioInfo | null = null;
  /** What the message around says of the body it hands on: media type (lower case) and parameters (RFC 9110 §8.3). */
  media: { readonly type: string; readonly parameters: string } | null = null;
  /** What a handshake agreed on for the messages handed on; see http and websocket. */
  upgrade: Upgrade | null = null;
  /** What the message around says of the session that its description agrees on; see sdp. */
  agreement: Agreement | null = null;
  /** How much more there may be in the packet than this dissection reads. */
  openness: Openness = 'closed';
  /** Sections (see ProtocolDescription) of which the packet may have fields, with their protocols' ids, joined by ":". */
  sections = '';
  /** True when an item or depth cap was hit. */
  full = false;

  constructor(registry: Registry, state: CaptureState) {
    this.registry = registry;
    this.state = state;
  }

  /** Starts over with another packet. */
  protected begin(packet: PacketInput, pass: Pass, wanted: Wanted): void {
    this.packet = packet;
    this.pass = pass;
    this.items = wanted.items;
    this.text = wanted.text;
    this.labels = wanted.labels;
    this.only = wanted.only ?? null;
    this.isShown = wanted.items || wanted.text;
    this.lastEntry = -1;
    this.remarks = wanted.items || pass === 'deep';
    this.tape.clear();
    this.columns.clear();
    empty(this.sources);
    empty(this.layers);
    empty(this.protocolNames);
    this.severity = 0;
    this.quoted = false;
    this.fragmented = false;
    this.flow = null;
    this.announcement = null;
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.network = null;
    this.tcpFlags = 0;
    this.radio = null;
    this.media = null;
    this.upgrade = null;
    this.agreement = null;
    this.openness = 'closed';
    this.sections = '';
    this.full = false;
  }

  noteSection(id: string): void {
    if (this.sections === '') this.sections = id;
    else if (!this.sections.split(':').includes(id)) this.sections = `${this.sections}:${id}`;
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

  /** Whether parts that nobody but viewers needs (bodies, payloads) are to be read; where not, the packet is left open. */
  readsForViewers(): boolean {
    if (!this.isShown && this.openness === 'closed') this.openness = 'bodies';
    return this.isShown;
  }

  /** True where nothing that is wanted lies above the transport layer: its payloads need not be read. */
  get endsAtTransport(): boolean {
    return this.pass === 'index' || (this.only !== null && !this.only.reachesUp);
  }

  flowKey(): number {
    return flowKey(this.flow);
  }

  /** Notes an entry and gives its number; -1 where it is not wanted. */
  addItem(field: FieldInfo | null, source: number, start: number, length: number, depth: number, layer: number, marks: number, value: number, object: unknown): number {
    this.lastEntry = -1;
    if (this.only !== null && !this.only.hasField(field)) return -1;
    if (this.tape.count >= MAX_ITEMS) {
      this.full = true;
      return -1;
    }
    this.lastEntry = this.tape.add(field, source, start, length, Math.min(depth, MAX_DEPTH), layer, marks, value, object);
    return this.lastEntry;
  }

  mayNest(depth: number): boolean {
    return depth < MAX_DEPTH;
  }

  raiseSeverity(severity: Severity): void {
    this.severity = Math.max(this.severity, SEVERITIES.indexOf(severity));
  }

  /** A layer ran out of bytes: remembered, and told after the layer has ended. */
  noteBroken(layer: { readonly broken: 'truncated' | 'malformed' | null }): void {
    if (layer.broken === 'malformed') this.raiseSeverity('error');
  }

  // ── handing on: see Dissection ─────────────────────────────────────────────

  abstract next(parent: L, table: TableName, key: number | string, options: NextOptions, elseData: boolean): L | null;
  abstract call(parent: L, id: string, options: NextOptions): L | null;
  /** A view of bytes for `accepts` and guesses. */
  abstract peek(parent: L, start: number, length?: number): Peek;
  /** Like `peek`, of the bytes that `options` would hand on. */
  abstract peekPayload(parent: L, options: NextOptions): Peek;
  /**
   * One more message of the same protocol behind `before`, as a layer of its own: `parse` reads
   * the bytes from `start` on. frame.protocols names the protocol once, as Wireshark does.
   */
  abstract follow(before: L, start: number, end: number, reportedEnd: number, parse: (layer: L) => void): L | null;
  /** Forgets the newest layer and all that it recorded. */
  abstract withdraw(layer: L): void;
  /** Says in list and tree that a layer, or a message of it, ended too early. */
  abstract tellBroken(layer: L): void;
}

/** Takes everything out of a short array. Setting its length would leave V8's compiled code, for every packet. */
function empty(array: unknown[]): void {
  while (array.length > 0) array.pop();
}
