/**
 * Conversations between two address/port pairs, whichever side sends: each gets a number
 * in order of first appearance. Side A is the sender of the first packet.
 * Keys are address ids (AddressTable) and ports; nothing is allocated per look-up.
 */
import { ChunkPool } from '../bytes/chunk-pool.ts';
import { SpillingRows } from '../bytes/spilling-rows.ts';
import { KeyIndex } from './key-index.ts';
import { NumberSet } from './number-set.ts';

/** Per flow: address A, port A, address B, port B, and the number of its pair of addresses. */
const ADDRESS_A = 0;
const PORT_A = 1;
const ADDRESS_B = 2;
const PORT_B = 3;
const PAIR = 4;
const WIDTH = 5;
const ROW_BITS = 12;

export class FlowTable {
  private readonly rows: SpillingRows<Uint32Array>;
  private readonly index = new KeyIndex();
  private used = 0;
  /** Flows that were seen again since `forgetSilent`. */
  private readonly seenAgain = new NumberSet();
  /** Where given, numbers the pairs of addresses. */
  private readonly pairs: FlowTable | null;
  /** Direction of the packet given to the last `find` or `findOrAdd`: 0 from A, 1 from B. */
  direction: 0 | 1 = 0;

  constructor(pairs: FlowTable | null = null, pool: ChunkPool = new ChunkPool()) {
    this.pairs = pairs;
    this.rows = new SpillingRows(Uint32Array, WIDTH, ROW_BITS, pool);
  }

  get count(): number {
    return this.used;
  }

  /** Flows that a packet's addresses and ports still lead to. */
  get knownCount(): number {
    return this.index.count;
  }

  get byteLength(): number {
    return this.rows.byteLength + this.index.byteLength + this.seenAgain.byteLength;
  }

  /** Number of the flow's pair of addresses; -1 where no table numbers them. */
  pair(flow: number): number {
    return this.pairs === null ? -1 : this.field(flow, PAIR);
  }

  addressA(flow: number): number {
    return this.field(flow, ADDRESS_A);
  }
  portA(flow: number): number {
    return this.field(flow, PORT_A);
  }
  addressB(flow: number): number {
    return this.field(flow, ADDRESS_B);
  }
  portB(flow: number): number {
    return this.field(flow, PORT_B);
  }

  private field(flow: number, field: number): number {
    return this.rows.peek(flow)?.[this.rows.offset(flow) + field] ?? 0;
  }

  /** The flow's number, or -1. Sets `direction`. */
  find(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    return this.index.at(this.slotOf(hashEnds(source, sourcePort, destination, destinationPort), source, sourcePort, destination, destinationPort));
  }

  findOrAdd(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const hash = hashEnds(source, sourcePort, destination, destinationPort);
    const slot = this.slotOf(hash, source, sourcePort, destination, destinationPort);
    const known = this.index.at(slot);
    if (known >= 0) {
      this.touch(known);
      return known;
    }
    const flow = this.used;
    const pair = this.pairs === null ? 0 : this.pairs.findOrAdd(source, 0, destination, 0);
    const row = this.rows.chunk(flow);
    const at = this.rows.offset(flow);
    row[at + ADDRESS_A] = source;
    row[at + PORT_A] = sourcePort;
    row[at + ADDRESS_B] = destination;
    row[at + PORT_B] = destinationPort;
    row[at + PAIR] = pair;
    this.used = flow + 1;
    this.index.add(slot, flow, hash);
    this.direction = 0;
    return flow;
  }

  /** Notes a packet of a flow that was found otherwise. */
  touch(flow: number): void {
    this.seenAgain.add(flow);
  }

  /**
   * Lets go of the flows that are not kept by `isNeeded`, are not among the newest `newest`, and were not seen
   * again since the last time: what is known of them stays, but their next packet begins another flow. Where too
   * many were seen again, the newest `newest` alone stay. Gives how many went.
   */
  forgetSilent(newest: number, isNeeded: (flow: number) => boolean = () => false): number {
    const before = this.index.count;
    const from = this.used - newest;
    this.index.keep((flow) => flow >= from || this.seenAgain.has(flow) || isNeeded(flow));
    this.seenAgain.clear();
    if (this.index.count > 3 * newest) this.index.keep((flow) => flow >= from || isNeeded(flow));
    return before - this.index.count;
  }

  /** Flows that a packet's addresses and ports still lead to, in ascending order. */
  knownFlows(): Uint32Array {
    return this.index.numbers();
  }

  /** The slot that holds the flow, or the free slot where it belongs. */
  private slotOf(hash: number, source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const { index } = this;
    let slot = index.start(hash);
    this.direction = 0;
    for (let flow = index.at(slot); flow >= 0; flow = index.at(slot)) {
      if (index.hash(slot) === hash) {
        const ends = this.rows.peek(flow) as Uint32Array;
        const at = this.rows.offset(flow);
        if (ends[at] === source && ends[at + PORT_A] === sourcePort && ends[at + ADDRESS_B] === destination && ends[at + PORT_B] === destinationPort) return slot;
        if (ends[at] === destination && ends[at + PORT_A] === destinationPort && ends[at + ADDRESS_B] === source && ends[at + PORT_B] === sourcePort) {
          this.direction = 1;
          return slot;
        }
      }
      slot = index.next(slot);
    }
    return slot;
  }
}

/** The same for both directions: the two ends are mixed by themselves and then added. */
function hashEnds(source: number, sourcePort: number, destination: number, destinationPort: number): number {
  const value = (mix(source, sourcePort) + mix(destination, destinationPort)) | 0;
  return value ^ (value >>> 15);
}

function mix(address: number, port: number): number {
  let value = Math.imul(address ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(port + 1, 0xc2b2ae35);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
