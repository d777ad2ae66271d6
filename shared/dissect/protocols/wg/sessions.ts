/**
 * Sessions of WireGuard: both sides choose a number in the handshake, and later messages are
 * addressed by it. Numbers repeat, so the receiver's address and port count, too.
 */
import type { Fields } from '../../field.ts';
import type { Layer } from '../../layer.ts';

/** An end of a conversation; its address by its number in the address table. */
interface End {
  readonly address: number;
  readonly port: number;
}

interface Session {
  readonly stream: number;
  readonly initiationPacket: number;
  readonly initiationOccurrence: number;
  readonly initiator: End;
  responder: End;
  isAnswered: boolean;
}

interface Sessions {
  count: number;
  /** By the number of either side, in the order of their handshakes. */
  readonly byNumber: Map<number, Session[]>;
}

/** What the deep pass notes of a message. */
interface Place {
  readonly stream: number;
  /** Packet of the answer, or of what this answers; 0 where there is none. */
  readonly peer: number;
}

type AnyLayer<F extends Fields> = Layer<F>;

function known<F extends Fields>(layer: AnyLayer<F>): Sessions | null {
  return layer.run.quoted ? null : layer.learnGlobally<Sessions>(() => ({ count: 0, byNumber: new Map() }));
}

/** The two ends of the packet, or null where it has none. */
function endsOf<F extends Fields>(layer: AnyLayer<F>): { readonly from: End; readonly to: End } | null {
  const { network, state, sourcePort, destinationPort } = layer.run;
  if (network === null) return null;
  const { addresses } = state.streams;
  return {
    from: { address: addresses.intern(network.version, network.bytes, network.source), port: sourcePort },
    to: { address: addresses.intern(network.version, network.bytes, network.destination), port: destinationPort },
  };
}

function isSame(one: End, other: End): boolean {
  return one.address === other.address && one.port === other.port;
}

function list(sessions: Sessions, number: number, session: Session): void {
  const same = sessions.byNumber.get(number);
  if (same === undefined) sessions.byNumber.set(number, [session]);
  else same.push(session);
}

export function learnInitiation<F extends Fields>(layer: AnyLayer<F>, sender: number): void {
  const sessions = known(layer);
  const ends = sessions === null ? null : endsOf(layer);
  if (sessions === null || ends === null) return;
  const session: Session = { stream: sessions.count, initiationPacket: layer.packet.number, initiationOccurrence: layer.occurrence, initiator: ends.from, responder: ends.to, isAnswered: false };
  sessions.count += 1;
  list(sessions, sender, session);
  layer.setFact({ stream: session.stream, peer: 0 } satisfies Place);
}

/** A response, or a cookie instead of one (`sender` null): it belongs to the latest initiation that nothing has answered yet. */
export function learnAnswer<F extends Fields>(layer: AnyLayer<F>, receiver: number, sender: number | null): void {
  const sessions = known(layer);
  const ends = sessions === null ? null : endsOf(layer);
  if (sessions === null || ends === null) return;
  const session = sessions.byNumber.get(receiver)?.findLast((candidate) => !candidate.isAnswered && isSame(candidate.initiator, ends.to));
  if (session === undefined) return;
  session.isAnswered = true;
  if (sender !== null) {
    session.responder = ends.from;
    list(sessions, sender, session);
  }
  layer.setFact({ stream: session.stream, peer: session.initiationPacket } satisfies Place);
  layer.setFactOf(session.initiationPacket, session.initiationOccurrence, { stream: session.stream, peer: layer.packet.number } satisfies Place);
}

export function learnData<F extends Fields>(layer: AnyLayer<F>, receiver: number): void {
  const sessions = known(layer);
  const ends = sessions === null ? null : endsOf(layer);
  if (sessions === null || ends === null) return;
  const session = sessions.byNumber.get(receiver)?.findLast((candidate) => candidate.isAnswered && (isSame(candidate.initiator, ends.to) || isSame(candidate.responder, ends.to)));
  if (session !== undefined) layer.setFact({ stream: session.stream, peer: 0 } satisfies Place);
}

/** What the deep pass found out about this message; undefined where no session is known. */
export function joinSession<F extends Fields>(layer: AnyLayer<F>): Place | undefined {
  return layer.fact<Place>();
}
