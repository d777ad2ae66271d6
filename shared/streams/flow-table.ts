/**
 * Conversations between two address/port pairs, whichever side sends: each gets a number
 * in order of first appearance. Side A is the sender of the first packet.
 * Keys are address ids (AddressTable) and ports; nothing is allocated per look-up.
 */

export class FlowTable {
  /** Per flow: address A, port A, address B, port B. */
  private ends = new Uint32Array(1024 * 4);
  private slots = new Uint32Array(4096);
  private used = 0;
  /** Where given, numbers the pairs of addresses; and each flow's pair there. */
  private readonly pairs: FlowTable | null;
  private pairOf = new Uint32Array(0);
  /** Direction of the packet given to the last `find` or `findOrAdd`: 0 from A, 1 from B. */
  direction: 0 | 1 = 0;

  constructor(pairs: FlowTable | null = null) {
    this.pairs = pairs;
    if (pairs !== null) this.pairOf = new Uint32Array(1024);
  }

  get count(): number {
    return this.used;
  }

  get byteLength(): number {
    return this.ends.byteLength + this.slots.byteLength + this.pairOf.byteLength;
  }

  /** Number of the flow's pair of addresses; -1 where no table numbers them. */
  pair(flow: number): number {
    return this.pairOf[flow] ?? -1;
  }

  addressA(flow: number): number {
    return this.ends[flow * 4] as number;
  }
  portA(flow: number): number {
    return this.ends[flow * 4 + 1] as number;
  }
  addressB(flow: number): number {
    return this.ends[flow * 4 + 2] as number;
  }
  portB(flow: number): number {
    return this.ends[flow * 4 + 3] as number;
  }

  /** The flow's number, or -1. Sets `direction`. */
  find(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const slot = this.slotOf(source, sourcePort, destination, destinationPort);
    return (this.slots[slot] as number) - 1;
  }

  findOrAdd(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const slot = this.slotOf(source, sourcePort, destination, destinationPort);
    const taken = this.slots[slot] as number;
    if (taken !== 0) return taken - 1;
    const flow = this.used;
    if (flow * 4 + 4 > this.ends.length) this.ends = doubled(this.ends);
    this.ends.set([source, sourcePort, destination, destinationPort], flow * 4);
    if (this.pairs !== null) {
      if (flow >= this.pairOf.length) this.pairOf = doubled(this.pairOf);
      this.pairOf[flow] = this.pairs.findOrAdd(source, 0, destination, 0);
    }
    this.slots[slot] = flow + 1;
    this.used = flow + 1;
    this.direction = 0;
    if (this.used * 2 > this.slots.length) this.growSlots();
    return flow;
  }

  /** The slot that holds the flow, or the free slot where it belongs. */
  private slotOf(source: number, sourcePort: number, destination: number, destinationPort: number): number {
    const mask = this.slots.length - 1;
    let slot = hashEnds(source, sourcePort, destination, destinationPort) & mask;
    const ends = this.ends;
    for (;;) {
      const taken = this.slots[slot] as number;
      if (taken === 0) {
        this.direction = 0;
        return slot;
      }
      const at = (taken - 1) * 4;
      if (ends[at] === source && ends[at + 1] === sourcePort && ends[at + 2] === destination && ends[at + 3] === destinationPort) {
        this.direction = 0;
        return slot;
      }
      if (ends[at] === destination && ends[at + 1] === destinationPort && ends[at + 2] === source && ends[at + 3] === sourcePort) {
        this.direction = 1;
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private growSlots(): void {
    const old = this.used;
    this.slots = new Uint32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let flow = 0; flow < old; flow += 1) {
      const at = flow * 4;
      let slot = hashEnds(this.ends[at] as number, this.ends[at + 1] as number, this.ends[at + 2] as number, this.ends[at + 3] as number) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = flow + 1;
    }
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The same for both directions: the two ends are mixed by themselves and then added. */
function hashEnds(source: number, sourcePort: number, destination: number, destinationPort: number): number {
  const value = (mix(source, sourcePort) + mix(destination, destinationPort)) | 0;
  return (value ^ (value >>> 15)) >>> 0;
}

function mix(address: number, port: number): number {
  let value = Math.imul(address ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(port + 1, 0xc2b2ae35);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
