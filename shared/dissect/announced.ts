/**
 * Conversations that one packet announces for others: the media of a call (SDP), the second
 * connection of a file transfer. They are found by one of their two ends, an address and a
 * port; whoever the other end will be is not known when they are announced.
 *
 * Written in the deep pass only. What is announced in a packet holds from the packet on that
 * the announcement names, until the same end is announced again.
 */

export interface Announcement {
  /** Number among all announcements, from 0: state about the conversation is kept by it. */
  readonly id: number;
  /** Protocol that the conversation speaks. */
  readonly protocol: string;
  /** The packet that the conversation is set up by; it holds from there on. */
  readonly packet: number;
  /** Name of the protocol that announced it. */
  readonly method: string;
  /** The end that is announced, as `endOf` gives it. */
  readonly end: number;
  /** What the protocol wants to know of it. Not to be changed. */
  readonly details: unknown;
}

/** Announcements that are kept; a capture with more has something else going on. */
const MOST_ANNOUNCEMENTS = 1 << 17;

export type Transport = 'tcp' | 'udp';

/** One number for an end; `address` is an id of the address table. */
export function endOf(transport: Transport, address: number, port: number): number {
  return (address * 65_536 + port) * 2 + (transport === 'udp' ? 1 : 0);
}

export class Announcements {
  private readonly byEnd = new Map<number, Announcement[]>();
  private used = 0;

  get count(): number {
    return this.used;
  }

  announce(end: number, announcement: Omit<Announcement, 'id' | 'end'>): void {
    if (this.used >= MOST_ANNOUNCEMENTS) return;
    const entry = { ...announcement, end, id: this.used };
    this.used += 1;
    const known = this.byEnd.get(end);
    if (known === undefined) this.byEnd.set(end, [entry]);
    else replaceOrAdd(known, entry);
  }

  /** The newest announcement of an end that holds at `packet`. */
  at(end: number, packet: number): Announcement | undefined {
    return this.byEnd.get(end)?.findLast((announcement) => announcement.packet <= packet);
  }
}

/** What the announcement of a packet's conversation is found by; all of `Run` that is needed. */
interface Conversation {
  readonly network: { readonly version: 4 | 6; readonly bytes: Uint8Array; readonly source: number; readonly destination: number } | null;
  readonly packet: { readonly number: number };
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly state: { readonly announced: Announcements; readonly streams: { readonly addresses: { intern(version: 4 | 6, bytes: Uint8Array, at: number): number } } };
}

/** The announcement of the packet's receiver, or else of its sender. */
export function announcementHere(run: Conversation, transport: Transport): Announcement | null {
  const { network, packet, state } = run;
  if (network === null || state.announced.count === 0) return null;
  const { addresses } = state.streams;
  const to = endOf(transport, addresses.intern(network.version, network.bytes, network.destination), run.destinationPort);
  const from = endOf(transport, addresses.intern(network.version, network.bytes, network.source), run.sourcePort);
  return state.announced.at(to, packet.number) ?? state.announced.at(from, packet.number) ?? null;
}

/** Keeps the list in order of packets; what the same packet announces again replaces what it said before. */
function replaceOrAdd(known: Announcement[], entry: Announcement): void {
  let at = known.length;
  while (at > 0 && (known[at - 1] as Announcement).packet > entry.packet) at -= 1;
  const before = known[at - 1];
  if (before?.packet === entry.packet) known[at - 1] = { ...entry, id: before.id };
  else known.splice(at, 0, entry);
}
