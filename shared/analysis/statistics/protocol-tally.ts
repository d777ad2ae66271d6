/**
 * Counts packets by their chain of protocols. Most packets' chains are known as kinds (packet-kinds.ts); those of
 * which the deep pass has not read all (bodies that only viewers need, messages that go on) are to be dissected.
 */
import { CHUNK_PACKETS } from '../../columns/packet-columns.ts';
import type { ColumnChunk, PacketColumns } from '../../columns/packet-columns.ts';
import type { Dissection } from '../../dissect/dissection.ts';
import { PacketTimes } from './traffic-tally.ts';

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
  readonly #beginsMessage: (position: number) => boolean;
  readonly #times: PacketTimes;
  readonly #chains = new Map<string, ChainCount>();
  /** By number of the kind; null where its packets are to be asked. */
  readonly #byKind: (ChainCount | null | undefined)[] = [];
  #fromNs = Infinity;
  #untilNs = -Infinity;

  /** `beginsMessage`: whether a packet shows nothing above TCP, holding but the beginning of a message that another packet shows. */
  constructor(columns: PacketColumns, beginsMessage: (position: number) => boolean) {
    this.#columns = columns;
    this.#beginsMessage = beginsMessage;
    this.#times = new PacketTimes(columns);
  }

  get chains(): Iterable<ChainCount> {
    return this.#chains.values();
  }

  /** From the earliest packet to the latest, in nanoseconds; null where none has a time. */
  get durationNs(): number | null {
    return this.#fromNs === Infinity ? null : this.#untilNs - this.#fromNs;
  }

  /** Takes in packets, which are final; positions of those that are to be dissected go to `ask`. */
  take(positions: Uint32Array, count: number, ask: number[]): void {
    let index = -1;
    let chunk: ColumnChunk | null = null;
    for (let number = 0; number < count; number += 1) {
      const position = positions[number] as number;
      const at = position % CHUNK_PACKETS;
      if (chunk === null || (position - at) / CHUNK_PACKETS !== index) {
        index = (position - at) / CHUNK_PACKETS;
        chunk = this.#columns.chunkAt(index);
      }
      const kind = chunk.kind[at] as number;
      const known = this.#countOf(kind);
      if (known !== null) this.#add(known, chunk, at, position);
      else if (kind !== 0 && this.#beginsMessage(position)) this.#add(this.#chain(this.#columns.kinds.kind(kind)?.chain ?? ''), chunk, at, position);
      else ask.push(position);
    }
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
