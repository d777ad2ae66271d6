/**
 * Counts packets by their chain of protocols. Most packets' chains are known as kinds (packet-kinds.ts); those of
 * which the deep pass has not read all are to be dissected: at once where it left out bodies, which only viewers need;
 * where a message goes on, only once later packets have been read, as those decide what the packet shows.
 */
import { CHUNK_PACKETS } from '../../columns/packet-columns.ts';
import type { ColumnChunk, PacketColumns } from '../../columns/packet-columns.ts';
import type { Dissection } from '../../dissect/dissection.ts';
import { eachPacket, PacketTimes } from './chosen-packets.ts';

/** What was counted of packets with one chain. */
export interface ChainCount {
  /** Names of protocols, outermost first, as in frame.protocols. */
  readonly chain: string;
  packets: number;
  /** On the wire. */
  bytes: number;
  /** Position of the first of them. */
  first: number;
}

/** Captures have a few dozen chains, or some hundred; hostile ones as many as packets. Further ones count by their first protocol. */
const MOST_CHAINS = 100_000;

export class ProtocolTally {
  readonly #columns: PacketColumns;
  readonly #times: PacketTimes;
  readonly #chains = new Map<string, ChainCount>();
  /** By number of the kind; null where its packets are to be asked. */
  readonly #byKind: (ChainCount | null | undefined)[] = [];
  /** Packets whose messages go on, ascending: they count as what their kinds name until they have been dissected. */
  #open: number[] = [];
  #fromNs = Infinity;
  #untilNs = -Infinity;

  constructor(columns: PacketColumns) {
    this.#columns = columns;
    this.#times = new PacketTimes(columns);
  }

  get chains(): Iterable<ChainCount> {
    return this.#open.length === 0 ? this.#chains.values() : [...this.#chains.values(), ...this.#openChains()];
  }

  /** Packets whose messages go on, and that were not told as due. */
  get waiting(): number {
    return this.#open.length;
  }

  /** Packets whose messages go on are to be dissected now: those up to (not including) a position. They are told once. */
  due(before: number): number[] {
    const first = this.#open.findIndex((position) => position >= before);
    return this.#open.splice(0, first < 0 ? this.#open.length : first);
  }

  #openChains(): Iterable<ChainCount> {
    const { kinds } = this.#columns;
    const found = new Map<number, ChainCount>();
    for (const position of this.#open) {
      const kind = this.#columns.kind(position);
      const count = found.get(kind) ?? { chain: kinds.kind(kind)?.chain ?? '', packets: 0, bytes: 0, first: position };
      count.packets += 1;
      count.bytes += this.#columns.wireLength(position);
      found.set(kind, count);
    }
    return found.values();
  }

  /** From the earliest packet to the latest, in nanoseconds; null where none has a time. */
  get durationNs(): number | null {
    return this.#fromNs === Infinity ? null : this.#untilNs - this.#fromNs;
  }

  /** Takes in packets, which are final; positions of those that are to be dissected go to `ask`. */
  take(positions: Uint32Array, count: number, ask: number[]): void {
    eachPacket(this.#columns, positions, count, (chunk, at, position) => {
      const kind = chunk.kind[at] as number;
      const known = this.#countOf(kind);
      if (known !== null) this.#add(known, chunk, at, position);
      else if (this.#columns.kinds.kind(kind)?.openness === 'any') this.#open.push(position);
      else ask.push(position);
    });
  }

  /** Takes in a packet that was asked for. */
  takeDissected(position: number, run: Dissection): void {
    // "frame" itself is not part of frame.protocols.
    const chain = run.protocolNames.slice(1).join(':');
    this.#add(this.#chain(chain), this.#columns.chunkAt(Math.floor(position / CHUNK_PACKETS)), position % CHUNK_PACKETS, position);
  }

  #countOf(kind: number): ChainCount | null {
    const known = this.#byKind[kind];
    if (known !== undefined) return known;
    const found = this.#columns.kinds.kind(kind);
    const count = found === null || found.openness !== 'closed' ? null : this.#chain(found.chain);
    this.#byKind[kind] = count;
    return count;
  }

  #chain(chain: string): ChainCount {
    const name = this.#chains.has(chain) || this.#chains.size < MOST_CHAINS ? chain : chain.replace(/:.*/, '');
    const known = this.#chains.get(name);
    if (known !== undefined) return known;
    const count: ChainCount = { chain: name, packets: 0, bytes: 0, first: -1 };
    this.#chains.set(name, count);
    return count;
  }

  #add(count: ChainCount, chunk: ColumnChunk, at: number, position: number): void {
    count.packets += 1;
    count.bytes += chunk.wireLength[at] as number;
    if (count.first < 0 || position < count.first) count.first = position;
    const timeNs = this.#times.timeNs(chunk, at);
    if (timeNs < this.#fromNs) this.#fromNs = timeNs;
    if (timeNs > this.#untilNs) this.#untilNs = timeNs;
  }
}
