/** Who sent a packet and to whom, from the numbers that the columns keep of its conversation. */
import type { FlowTable } from '../streams/flow-table.ts';
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
  const { tcp, udp, ip } = streams;
  const tcpEnds: Ends = { kind: 'tcp', count: () => tcp.streamCount, address: (stream, side) => tcp.addressOf(stream, side), port: (stream, side) => tcp.portOf(stream, side) };
  return [null, tcpEnds, flowEnds('udp', udp), flowEnds('ip', ip)];
}

function flowEnds(kind: 'udp' | 'ip', flows: FlowTable): Ends {
  return {
    kind,
    count: () => flows.count,
    address: (flow, side) => (side === 0 ? flows.addressA(flow) : flows.addressB(flow)),
    port: (flow, side) => (side === 0 ? flows.portA(flow) : flows.portB(flow)),
  };
}
