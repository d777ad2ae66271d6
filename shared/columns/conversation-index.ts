/** Per conversation of one kind: first packet, last packet, number of packets. Positions count from 0. */

export class ConversationIndex {
  private first = new Uint32Array(1024);
  private latest = new Uint32Array(1024);
  private counts = new Uint32Array(1024);
  count = 0;

  /** Notes a packet and gives the position of the conversation's packet before it; -1 for its first. */
  add(conversation: number, position: number): number {
    while (conversation >= this.first.length) this.grow();
    this.count = Math.max(this.count, conversation + 1);
    const packets = this.counts[conversation] as number;
    const previous = packets === 0 ? -1 : (this.latest[conversation] as number);
    if (packets === 0) this.first[conversation] = position;
    this.latest[conversation] = position;
    this.counts[conversation] = packets + 1;
    return previous;
  }

  firstPacket(conversation: number): number {
    return this.first[conversation] ?? -1;
  }
  lastPacket(conversation: number): number {
    return this.latest[conversation] ?? -1;
  }
  packets(conversation: number): number {
    return this.counts[conversation] ?? 0;
  }

  private grow(): void {
    this.first = doubled(this.first);
    this.latest = doubled(this.latest);
    this.counts = doubled(this.counts);
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}
