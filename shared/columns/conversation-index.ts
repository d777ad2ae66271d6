/** Per conversation of one kind: first packet, last packet, number of packets. Positions count from 0. */
import type { TcpTracker } from '../streams/tcp-tracker.ts';

/** What is known of the conversations of one kind. */
export interface Conversations {
  readonly count: number;
  /** -1 where there is no such conversation. */
  firstPacket(conversation: number): number;
  lastPacket(conversation: number): number;
  packets(conversation: number): number;
}

/** TCP streams: the tracker counts them itself, with the packets that only quote a segment of one. */
export class TcpConversations implements Conversations {
  private readonly tracker: TcpTracker;

  constructor(tracker: TcpTracker) {
    this.tracker = tracker;
  }

  get count(): number {
    return this.tracker.streamCount;
  }
  firstPacket(conversation: number): number {
    return (this.tracker.stream(conversation)?.firstPacket ?? 0) - 1;
  }
  lastPacket(conversation: number): number {
    return (this.tracker.stream(conversation)?.lastPacket ?? 0) - 1;
  }
  packets(conversation: number): number {
    return this.tracker.stream(conversation)?.packets ?? 0;
  }
}

export class ConversationIndex implements Conversations {
  private first = new Uint32Array(512);
  private latest = new Uint32Array(512);
  private counts = new Uint32Array(512);
  count = 0;

  constructor() {
    this.grow();
  }

  get byteLength(): number {
    return this.first.byteLength + this.latest.byteLength + this.counts.byteLength;
  }

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
