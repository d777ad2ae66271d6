/** Which packet tells who logs in: the first one with more than the NUL that begins the connection. */
import { latin1 } from '../../../bytes/reader.ts';
import { indexOfByte } from '../http/lines.ts';
import type { RloginLayer } from './fields.ts';

interface Session {
  state: 'new' | 'waiting' | 'told';
  user: string;
}

/** What is known of a packet; plain data. */
export interface PacketFact {
  readonly tellsUser: boolean;
  /** Who has logged in; '' while nobody has. */
  readonly user: string;
}

export function packetFact(layer: RloginLayer): PacketFact {
  return (layer.run.quoted ? undefined : layer.fact<PacketFact>()) ?? { tellsUser: false, user: '' };
}

/** Deep pass. */
export function notePacket(layer: RloginLayer, isFromClient: boolean): void {
  const session = layer.run.quoted ? null : layer.learn<Session>(() => ({ state: 'new', user: '' }));
  if (session === null) return;
  const tellsUser = isFromClient && tellsUserNow(layer, session);
  if (tellsUser) session.user = nameAt(layer);
  if (session.user !== '') layer.setFact({ tellsUser, user: session.user } satisfies PacketFact);
}

function tellsUserNow(layer: RloginLayer, session: Session): boolean {
  const before = session.state;
  const begins = layer.peekU8() === 0;
  session.state = before === 'new' && begins && layer.left === 1 ? 'waiting' : 'told';
  return before === 'waiting' || (before === 'new' && begins && layer.left > 1);
}

function nameAt(layer: RloginLayer): string {
  const { bytes, start, end } = layer;
  const from = layer.peekU8() === 0 ? start + 1 : start;
  const nul = indexOfByte(bytes, 0, from, end);
  return latin1(bytes, from, nul < 0 ? end : nul);
}
