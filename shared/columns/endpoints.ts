/** Who sent a packet and to whom, from the numbers that the columns keep of its conversation. */
import type { FlowTable } from '../streams/flow-table.ts';
import type { TcpTracker } from '../streams/tcp-tracker.ts';
import type { Streams } from '../streams/streams.ts';
import type { ConversationKind } from './packet-columns.ts';

/** Conversations of one kind: how many there are, and their two sides. */
export interface Ends {
  readonly kind: Exclude<ConversationKind, 'none'>;
  count(): number;
  /** Interned address. */
  address(conversation: number, side: 0 | 1): number;
  /** 0 for kind `ip`. */
  port(conversation: number, side: 0 | 1): number;
}

/** By position in CONVERSATIONS; nothing for `none`. */
export function endsByKind(streams: Streams): readonly [null, Ends, Ends, Ends] {
  return [null, new TcpEnds(streams.tcp), flowEnds('udp', streams.udp), flowEnds('ip', streams.ip)];
}

/** Looks a stream up once for all that is asked of it in a row: its two sides never change. */
class TcpEnds implements Ends {
  readonly kind = 'tcp';
  readonly #tcp: TcpTracker;
  #stream = -1;
  #addressA = 0;
  #portA = 0;
  #addressB = 0;
  #portB = 0;

  constructor(tcp: TcpTracker) {
    this.#tcp = tcp;
  }

  count(): number {
    return this.#tcp.streamCount;
  }

  address(stream: number, side: 0 | 1): number {
    if (stream !== this.#stream) this.#load(stream);
    return side === 0 ? this.#addressA : this.#addressB;
  }

  port(stream: number, side: 0 | 1): number {
    if (stream !== this.#stream) this.#load(stream);
    return side === 0 ? this.#portA : this.#portB;
  }

  #load(stream: number): void {
    const tcp = this.#tcp;
    this.#stream = stream;
    this.#addressA = tcp.addressOf(stream, 0);
    this.#portA = tcp.portOf(stream, 0);
    this.#addressB = tcp.addressOf(stream, 1);
    this.#portB = tcp.portOf(stream, 1);
  }
}

function flowEnds(kind: 'udp' | 'ip', flows: FlowTable): Ends {
  return {
    kind,
    count: () => flows.count,
    address: (flow, side) => (side === 0 ? flows.addressA(flow) : flows.addressB(flow)),
    port: (flow, side) => (side === 0 ? flows.portA(flow) : flows.portB(flow)),
  };
}
