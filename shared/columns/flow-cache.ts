/**
 * Remembers the flows of IPv4 packets seen lately by their raw addresses and ports: most
 * packets belong to one of these, and need neither address numbers nor the flow table then.
 */
const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;

export class FlowCache {
  /** Per slot: source, destination, both ports, and 2 × flow + direction + 1 (0 = free). */
  private readonly slots = new Int32Array(SLOTS * 4);
  /** Direction of the flow that `find` gave: 1 where the source is the flow's side B. */
  direction: 0 | 1 = 0;

  /** The flow of a packet from `source` to `destination`, ports as they follow each other, each as `readI32` gives it; -1: not remembered. */
  find(source: number, destination: number, ports: number): number {
    const { slots } = this;
    const at = slotOf(source, destination, ports);
    const known = slots[at + 3] as number;
    if (known === 0 || slots[at] !== source || slots[at + 1] !== destination || slots[at + 2] !== ports) return -1;
    this.direction = ((known - 1) & 1) as 0 | 1;
    return (known - 1) >>> 1;
  }

  /** Remembers nothing any more. */
  clear(): void {
    this.slots.fill(0);
  }

  note(source: number, destination: number, ports: number, flow: number, direction: 0 | 1): void {
    const { slots } = this;
    const at = slotOf(source, destination, ports);
    slots[at] = source;
    slots[at + 1] = destination;
    slots[at + 2] = ports;
    slots[at + 3] = flow * 2 + direction + 1;
  }
}

function slotOf(source: number, destination: number, ports: number): number {
  const mixed = Math.imul(source ^ Math.imul(destination, 0x85eb_ca6b) ^ Math.imul(ports, 0xc2b2_ae35), 0x9e37_79b1);
  return (mixed >>> (32 - SLOT_BITS)) * 4;
}
