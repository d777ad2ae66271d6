/**
 * What dissectors know beyond one packet.
 *
 * Three passes, always in this order (docs/ARCHITECTURE.md, "Passes"):
 *  - `index`: once, in file order: streams and TCP analysis; dissectors stop at L4.
 *  - `deep`:  once, in file order: L7 with reassembly; the only pass that may write facts.
 *  - `show`:  any packet, any order, any number of times: reads facts, writes nothing.
 * So a packet shows the same tree whatever was looked at before.
 */
import type { ChunkPool } from '../bytes/chunk-pool.ts';
import { PacketNotes } from '../bytes/packet-notes.ts';
import { Reassembler } from '../streams/reassembler.ts';
import { SegmentOrder } from '../streams/segment-order.ts';
import type { Streams } from '../streams/streams.ts';
import { Announcements } from './announced.ts';

export type Pass = 'index' | 'deep' | 'show';

/** One packet as handed to the dissectors. `bytes` holds exactly the captured bytes. */
export interface PacketInput {
  /** 1 for the first packet of the capture. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly wireLength: number;
  readonly timeSeconds: number;
  readonly timeNanos: number;
  readonly hasTime: boolean;
  /** LINKTYPE_ value. */
  readonly linkType: number;
  readonly interfaceId: number;
  readonly interfaceName: string | null;
  /** Index of the pcapng section; null or absent where the container has none (pcap). */
  readonly section?: number | null;
  readonly interfaceDescription?: string | null;
  /** pcapng epb_flags; 0 or absent where not stated. */
  readonly packetFlags?: number;
  /** Bytes of FCS at the end, where the file says so; null = not stated. */
  readonly fcsLength: number | null;
  readonly comments: readonly string[] | null;
  /** Times of the first packet and of the packet before; null for the first packet. */
  readonly firstTime: { readonly seconds: number; readonly nanos: number } | null;
  readonly previousTime: { readonly seconds: number; readonly nanos: number } | null;
  /** Left out by the user: nothing but its record is shown. */
  readonly isIgnored?: boolean;
  /** The colouring rule that the packet matches; null where none does. Absent where nobody colours packets. */
  readonly colouring?: (() => { readonly name: string; readonly filter: string } | null) | null;
}

export interface DissectSettings {
  /** Compute and judge IPv4, TCP, UDP and ICMP checksums. Off by default, as in Wireshark (offloading). */
  readonly verifyChecksums: boolean;
  /** TCP segments that come early wait for those before them. Off in Wireshark, as it costs memory there; on in windows. */
  readonly reassembleOutOfOrder?: boolean | undefined;
}

/**
 * Facts that the deep pass learned about single packets, by protocol. They are plain data
 * (plain-codec.ts), as most of them are kept as bytes: a fact that was changed after it was
 * set is set again, and no two facts share an object.
 */
export class Facts {
  private readonly notes: PacketNotes;

  constructor(pool: ChunkPool) {
    this.notes = new PacketNotes(pool);
  }

  get byteLength(): number {
    return this.notes.byteLength;
  }

  /** `occurrence` counts layers of one protocol within a packet, from 0. */
  get(protocol: string, packet: number, occurrence: number): unknown {
    return this.notes.get(protocol, packet, occurrence);
  }

  set(protocol: string, packet: number, occurrence: number, fact: unknown): void {
    this.notes.set(protocol, packet, occurrence, fact);
  }
}

/** One conversation as seen from the packet at hand. */
export interface Flow {
  readonly protocol: 'tcp' | 'udp' | 'sctp' | 'eap';
  readonly stream: number;
  /** 0: from the side that the stream table calls A (its first sender), or the one that EAP authenticates; 1: from B. */
  readonly direction: 0 | 1;
  /** What is spoken inside of its TLS, where the carrier says so; as tshark shows it. */
  readonly application?: string | undefined;
}

/** Stands for the whole capture where a conversation's key is asked for, and for packets outside of all conversations. */
export const CAPTURE_KEY = -1;
export const NO_FLOW_KEY = -2;

/** One number for a conversation, whatever its protocol. */
export function flowKey(flow: Flow | null): number {
  if (flow === null) return NO_FLOW_KEY;
  // Below all other keys: associations and EAP exchanges are numbered apart from the conversations of TCP and UDP.
  if (flow.protocol === 'sctp') return NO_FLOW_KEY - 1 - flow.stream * 2;
  if (flow.protocol === 'eap') return NO_FLOW_KEY - 2 - flow.stream * 2;
  return flow.stream * 2 + (flow.protocol === 'udp' ? 1 : 0);
}

interface Pin {
  readonly fromPacket: number;
  readonly protocol: string;
}

/** Decompressed bytes, all or as many as were asked for. */
export interface Inflated {
  readonly bytes: Uint8Array;
  /** Why there may be more: than `maxBytes`, or behind damaged data. */
  readonly cut: 'limit' | 'damage' | null;
}

/** Content codings (RFC 9110 §8.4.1), and deflate data without any header (RFC 1951). */
export type Coding = 'gzip' | 'deflate' | 'br' | 'deflate-raw';

/**
 * Undoes a coding; null where the data is not of that coding. What is truncated gives what it holds. `before` is what
 * bare deflate data may refer to.
 */
export type Inflate = (coding: Coding, data: Uint8Array, maxBytes: number, before?: Uint8Array) => Inflated | null;

export class CaptureState {
  readonly facts: Facts;
  readonly streams: Streams;
  /** Numbers of earlier packets whose remarks this packet changes; whoever drives the deep pass empties it. */
  readonly reconsidered: number[] = [];
  settings: DissectSettings;
  /**
   * Packets that the deep pass has finished. A later packet is shown up to L4 only (tcp hands
   * no payload on): its stream is not known yet, and what it showed would change.
   */
  finalPackets = 0;
  /** Captured bytes of an earlier packet, for rebuilding what spans packets; set by whoever holds the capture. */
  readPacketBytes: (packet: number) => Uint8Array = () => new Uint8Array(0);
  /** Decompression, which shared code cannot do; set by whoever has it. */
  inflate: Inflate | null = null;
  /** Conversations that other packets set up. */
  readonly announced = new Announcements();
  /** TCP messages that span segments. */
  readonly reassembler: Reassembler;
  /** By protocol, then by the key of the conversation. */
  private readonly flowStates = new Map<string, Map<number, unknown>>();
  private readonly pins = new Map<number, Pin[]>();
  private latestProtocol = '';
  private latestKey = 0;
  private latestState: unknown = undefined;

  constructor(streams: Streams, settings: DissectSettings) {
    this.streams = streams;
    this.settings = settings;
    this.facts = new Facts(streams.pool);
    this.reassembler = new Reassembler((packet) => this.readPacketBytes(packet), streams.pool);
    if (settings.reassembleOutOfOrder === true) this.reassembler.order = new SegmentOrder(streams.pool, (side) => streams.tcp.lastRepair(side >> 1, (side & 1) === 0 ? 0 : 1));
  }

  /** State of a protocol in a conversation (see `flowKey`); made on first use. Deep pass only. */
  flowState<T>(protocol: string, key: number, make: () => T): T {
    const known = this.knownFlowState<T>(protocol, key);
    if (known !== undefined) return known;
    let states = this.flowStates.get(protocol);
    if (states === undefined) {
      states = new Map();
      this.flowStates.set(protocol, states);
    }
    const state = make();
    states.set(key, state);
    this.noteLatest(protocol, key, state);
    return state;
  }

  /** A dissector asks for the same state several times a packet. */
  private noteLatest(protocol: string, key: number, state: unknown): void {
    this.latestProtocol = protocol;
    this.latestKey = key;
    this.latestState = state;
  }

  /** A conversation speaks a protocol from a packet on, whatever its ports say. Deep pass only. */
  pin(flow: number, fromPacket: number, protocol: string): void {
    const pins = this.pins.get(flow);
    if (pins === undefined) this.pins.set(flow, [{ fromPacket, protocol }]);
    else if (pins.at(-1)?.protocol !== protocol) pins.push({ fromPacket, protocol });
  }

  /** The protocol a conversation is known to speak at a packet. */
  pinned(flow: number, packet: number): string | undefined {
    return this.pins.size === 0 ? undefined : this.pins.get(flow)?.findLast(({ fromPacket }) => fromPacket <= packet)?.protocol;
  }

  /** What `flowState` keeps; undefined where nothing was kept. To be read only. */
  knownFlowState<T>(protocol: string, key: number): T | undefined {
    if (key === this.latestKey && protocol === this.latestProtocol) return this.latestState as T;
    const state = this.flowStates.get(protocol)?.get(key);
    if (state !== undefined) this.noteLatest(protocol, key, state);
    return state as T | undefined;
  }
}
