/**
 * Which answer belongs to which request, and what was sent before: told by Call-ID and CSeq
 * in each direction of a conversation, as Wireshark does (RFC 3261 §17 goes by the branch).
 * Only over UDP, where SIP itself repeats what got lost.
 */
import type { TimeValue } from '../../field.ts';
import type { SipLayer } from './fields.ts';
import type { Summary } from './summary.ts';

/** The newest message of one call in one direction. */
interface Newest {
  sequence: number;
  method: string;
  state: 'nothing' | 'request' | 'provisional' | 'final';
  status: number;
  packet: number;
  /** Of the request. */
  time: TimeValue;
}

type Calls = Map<string, Newest>;

export interface MessageFact {
  /** Packet that this one repeats; 0: none. */
  readonly repeats: number;
  /** Packet of the request that is answered, or of the INVITE that is acknowledged; 0: not seen. */
  readonly request: number;
  readonly milliseconds: number;
}

const NOTHING: MessageFact = { repeats: 0, request: 0, milliseconds: 0 };

/** Deep pass: learns the message. Any pass: what is known about it. `status` is 0 for requests. */
export function factOf(layer: SipLayer, summary: Summary, status: number, message: number): MessageFact {
  const { run } = layer;
  const known = layer.fact<readonly MessageFact[]>() ?? [];
  if (run.pass !== 'deep') return known[message] ?? NOTHING;
  if (run.quoted || run.flow?.protocol !== 'udp' || summary.sequence < 0) return NOTHING;
  const calls = layer.learn((): Calls => new Map());
  if (calls === null) return NOTHING;
  const fact = learn(layer, calls, summary, status);
  layer.setFact([...known.slice(0, message), fact]);
  return fact;
}

function learn(layer: SipLayer, calls: Calls, summary: Summary, status: number): MessageFact {
  const { packet, flow } = layer.run;
  const direction = flow?.direction ?? 0;
  const time: TimeValue = { seconds: packet.timeSeconds, nanos: packet.timeNanos };
  const method = summary.sequenceMethod;
  const asked = method === 'ACK' ? calls.get(`${direction} ${summary.callId}`) : status > 0 ? calls.get(`${1 - direction} ${summary.callId}`) : undefined;
  const matches = asked !== undefined && asked.sequence === summary.sequence && asked.method === (method === 'ACK' ? 'INVITE' : method) && asked.packet > 0;
  const request = matches ? asked.packet : 0;
  const milliseconds = matches ? millisecondsBetween(asked.time, time) : 0;
  const repeats = note(calls, `${direction} ${summary.callId}`, summary, status, packet.number, time);
  return { repeats, request, milliseconds };
}

/** Whole milliseconds as Wireshark counts them: seconds and the rest by themselves, each cut off towards zero. */
function millisecondsBetween(from: TimeValue, to: TimeValue): number {
  return Math.max(0, (to.seconds - from.seconds) * 1000 + Math.trunc((to.nanos - from.nanos) / 1e6));
}

/** Makes the message the newest of its call; gives the packet that it repeats, or 0. */
function note(calls: Calls, key: string, { sequence, sequenceMethod: method }: Summary, status: number, packet: number, time: TimeValue): number {
  const known = calls.get(key);
  const newest: Newest = known?.sequence === sequence ? known : { sequence, method, state: 'nothing', status: 0, packet: 0, time };
  calls.set(key, newest);
  if (status === 0) {
    const isRepeated = newest.state === 'request' && newest.method === method && method !== 'ACK' && method !== 'CANCEL';
    const repeats = isRepeated ? newest.packet : 0;
    newest.state = 'request';
    if (!isRepeated) {
      newest.packet = packet;
      newest.time = time;
    }
    return repeats;
  }
  if (status < 200) {
    newest.state = 'provisional';
    return 0;
  }
  const isRepeated = newest.state === 'final' && newest.method === method && newest.status === status;
  const repeats = isRepeated ? newest.packet : 0;
  newest.state = 'final';
  newest.status = status;
  if (!isRepeated) newest.packet = packet;
  return repeats;
}
